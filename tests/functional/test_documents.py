"""The finished documents of the sample company: figures, layout, conformance, equal bytes."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from board_report import pipeline, side_process
from board_report.pipeline import Built, build
from board_report.pipeline.names import TAGS
from board_report.resources import sample_folder
from tests.tools.layout import Word, check_layout, pages_of
from tests.verapdf import assert_archival

DECKS = (pipeline.DECK, pipeline.APPENDIX)
"""What a director is handed of the sample, beside the disclosure."""
OUTPUTS = (
    *(*DECKS, pipeline.BRIEFING, pipeline.DISCLOSURE, pipeline.REDLINE, pipeline.COMMITTEE),
    *("metrics.json", "manifest.json"),
)


def read(built: Built, name: str) -> bytes:
    return (built.folder / name).read_bytes()


def metrics_of(built: Built) -> dict[str, dict]:
    return {each["id"]: each for each in json.loads(read(built, "metrics.json"))["metrics"]}


def printed(metric: dict) -> str:
    return metric["series"][-1]["printed"]


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return plain(" ".join(pages))


def plain(text: str) -> str:
    """Text with every kind of space, and soft line ends, made one space."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\ufffe", "-"))


def rows_of(words: list[Word]) -> Iterator[str]:
    """The words of a page by line: those whose middles lie within three points."""
    ordered = sorted(words, key=lambda word: ((word.top + word.bottom) / 2, word.left))
    line: list[Word] = []
    for word in ordered:
        middle = (word.top + word.bottom) / 2
        if line and middle - (line[0].top + line[0].bottom) / 2 > 3:
            yield plain(" ".join(each.text for each in sorted(line, key=lambda one: one.left)))
            line = []
        line.append(word)
    if line:
        yield plain(" ".join(each.text for each in sorted(line, key=lambda one: one.left)))


def pages_of_section(built: Built, heading: str) -> list[list[str]]:
    """The lines of each page of deck and appendix on which a heading's words stand."""
    return [
        lines
        for name in DECKS
        for _, words in pages_of(read(built, name))
        if heading in " ".join(lines := list(rows_of(words)))
    ]


def test_every_figure_is_printed_in_the_definitions_as_in_the_data(sample_build):
    """Title and value of each metric stand on one line of the appendix."""
    lines = [line for page in pages_of_section(sample_build, "Definitions") for line in page]
    missing = [
        f"{metric['title']}: {printed(metric)}"
        for metric in metrics_of(sample_build).values()
        if not any(
            line.startswith(metric["title"]) and plain(printed(metric)) in line for line in lines
        )
    ]
    assert missing == []


def test_the_disclosure_prints_public_figures_as_the_deck_does(sample_build):
    """Each figure of the disclosure's own list equals the data, and the deck says the same."""
    metrics = metrics_of(sample_build)
    deck = " ".join(text_of(read(sample_build, name)) for name in DECKS)
    pages = [
        list(rows_of(words))
        for _, words in pages_of(read(sample_build, "governance-disclosure.pdf"))
    ]
    listed = {
        metric_id: line
        for lines in pages
        for line in lines
        for metric_id in metrics
        if re.search(rf"\b{metric_id}\b", line)
    }
    assert {"training_completion", "committee_cyber_meetings"} <= set(listed)
    for metric_id, line in listed.items():
        assert metrics[metric_id]["audience"] == "public"
        assert line.endswith(f" {plain(printed(metrics[metric_id]))}")
        assert plain(printed(metrics[metric_id])) in deck


def test_the_scorecard_prints_what_the_data_hold(sample_build):
    metrics = metrics_of(sample_build)
    (page, *_) = pages_of_section(sample_build, "Executive summary Page owner")
    from board_report.story.pages.executive_summary import SCORECARD

    for metric_id in (each for _, group in SCORECARD for each in group):
        value = plain(printed(metrics[metric_id])).split(" ")[0].removesuffix("%")
        assert any(value in line.split(" ") for line in page), (metric_id, value)


@pytest.mark.parametrize("name", DECKS)
def test_no_word_left_its_place(sample_build, name):
    assert check_layout(read(sample_build, name)) == []


@pytest.mark.parametrize("name", DECKS)
def test_no_page_is_lost_or_split(sample_build, name):
    """As many pages as the contents say, and a bookmark for each."""
    document = pypdfium2.PdfDocument(read(sample_build, name))
    try:
        bookmarks = list(document.get_toc())
        assert len(document) == len(bookmarks)
        assert [each.get_dest().get_index() for each in bookmarks] == list(range(len(document)))
    finally:
        document.close()


def test_documents_are_archival_and_accessible(sample_build):
    """PDF/A-3a and PDF/UA-1 at once, by veraPDF's word."""
    assert_archival(sample_build.documents)


def test_no_traceback_of_other_machines(sample_build):
    """No machine path, user name or clock stands in what is handed on."""
    for name in OUTPUTS:
        data = read(sample_build, name)
        assert str(Path.home()).encode() not in data
        assert str(Path(__file__).parents[2]).encode() not in data


@pytest.mark.slow
def test_same_inputs_same_bytes(sample_build, tmp_path):
    """Another process, hash seed, time zone, locale and working directory."""
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    subprocess.run(
        [sys.executable, "-m", "board_report", "build", "--project", sample_folder(),
         "--output", tmp_path / "out"],
        check=True, cwd=tmp_path, env=environment, capture_output=True,
    )  # fmt: skip
    again = tmp_path / "out" / "2026-Q3"
    differing = [
        path.relative_to(sample_build.folder).as_posix()
        for path in sorted(sample_build.folder.rglob("*"))
        if path.is_file()
        and (again / path.relative_to(sample_build.folder)).read_bytes() != path.read_bytes()
    ]
    assert differing == []


@pytest.mark.slow
def test_one_core_gives_the_same_bytes(sample_build, tmp_path, monkeypatch):
    monkeypatch.setattr(side_process, "usable_cores", lambda: 1)
    built = build(sample_folder(), tmp_path)
    for name in (
        *DECKS,
        pipeline.BRIEFING,
        pipeline.DISCLOSURE,
        pipeline.REDLINE,
        pipeline.COMMITTEE,
    ):
        assert read(built, name) == read(sample_build, name)


def test_one_document_alone_keeps_the_other_of_the_same_inputs(sample_build, tmp_path):
    """A deck of the same inputs stays and stays listed; one that somebody changed is theirs."""
    shutil.copytree(sample_build.folder, tmp_path / "2026-Q3")
    again = build(sample_folder(), tmp_path, only="disclosure")
    assert [each.name for each in again.documents] == [pipeline.DISCLOSURE, TAGS]
    assert pipeline.DECK in listed_outputs(again)
    (again.folder / pipeline.DECK).write_bytes(b"with notes")
    third = build(sample_folder(), tmp_path, only="disclosure")
    assert pipeline.DECK not in listed_outputs(third)
    assert third.carried_over == (pipeline.DECK,)


def listed_outputs(built: Built) -> set[str]:
    return {each["path"] for each in json.loads(read(built, "manifest.json"))["outputs"]}


def test_manifest_lists_every_file_with_its_hash(sample_build):
    import hashlib

    record = json.loads(read(sample_build, "manifest.json"))
    found = {
        path.relative_to(sample_build.folder).as_posix()
        for path in sample_build.folder.rglob("*")
        if path.is_file()
    }
    assert {each["path"] for each in record["outputs"]} == found - {"manifest.json"}
    for each in record["outputs"]:
        assert hashlib.sha256(read(sample_build, each["path"])).hexdigest() == each["sha256"]
    assert {each["path"] for each in record["inputs"]} >= {"ciso/servicenow_incidents.csv"}
