"""Arelle as the independent judge: what we write is clean, and each fault is heard of."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from board_report.documents.xbrl.package import taxonomy_package
from board_report.documents.xbrl.reader import read_facts
from board_report.documents.xbrl.records import AnnualRecord, CurrentReport
from board_report.documents.xbrl.validator import (
    Message,
    Validation,
    is_installed,
    read_log,
    validate,
    validator_findings,
)
from board_report.documents.xbrl.writer import write_annual, write_current_report
from board_report.errors import DocumentError
from board_report.model import Severity
from tests.unit.xbrl.samples import TWO_CLASSES, annual, incident, other_event

pytestmark = pytest.mark.xdist_group("arelle")
VARIABLE = "BOARD_REPORT_SHARED_DATA"
NATURE = "cyd:MaterialCybersecurityIncidentNatureTextBlock"
RECORDS: dict[str, AnnualRecord | CurrentReport] = {
    "annual": annual(notice=("A draft.",)),
    "8-K": incident(),
    "8-K/A of two classes": incident(filer=TWO_CLASSES, amendment="To report the impact."),
    "8.01": other_event(),
}


def write(
    folder: Path,
    record: AnnualRecord | CurrentReport,
    change: Callable[[str], str] = lambda text: text,
) -> Path:
    """The record's files in a folder, the document changed; gives the document."""
    files = (
        write_annual(record) if isinstance(record, AnnualRecord) else write_current_report(record)
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    page = folder / f"{record.stem}.htm"
    page.write_text(change(page.read_text(encoding="ascii")), encoding="ascii")
    return page


def squeezed(value: str) -> str:
    return re.sub(r">\s+<", "><", " ".join(value.split()))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Validation]]:
    """Every kind of report, each validated once against our own package, with its facts."""
    folder = tmp_path_factory.mktemp("clean")
    pages = {name: write(folder / name.replace("/", "-"), each) for name, each in RECORDS.items()}
    return {name: (page, validate(page, with_facts=True)) for name, page in pages.items()}


def test_arelle_is_installed() -> None:
    """It is among the locks; without it nothing here would be tested."""
    assert is_installed()


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_written_is_clean(clean: dict[str, tuple[Path, Validation]], name: str) -> None:
    _, validation = clean[name]
    assert validation.objections == ()
    assert any("validated" in each.text for each in validation.messages)


@pytest.mark.parametrize("name", RECORDS)
def test_arelle_reads_the_same_facts(clean: dict[str, tuple[Path, Validation]], name: str) -> None:
    """Element, context and value; of text blocks the markup, but for the space between blocks."""
    page, validation = clean[name]
    ours = [
        (each.name, each.context_id, squeezed(each.value)) for each in read_facts(page.read_bytes())
    ]
    theirs = [(each.name, each.context_id, squeezed(each.value)) for each in validation.facts]
    assert sorted(ours) == sorted(theirs)
    assert len(ours) > 20


def test_clean_against_the_other_reconstruction(tmp_path: Path) -> None:
    """The package that was made independently of ours."""
    package = Path(os.environ.get(VARIABLE, "/nowhere")).parent / "sec/sec-cyd-reconstructed.zip"
    if not package.is_file():
        assert not (os.environ.get("CI") == "true" and VARIABLE in os.environ), package
        pytest.skip(f"{VARIABLE} names no folder with the package")
    for name in ("annual", "8-K"):
        page = write(tmp_path / name, RECORDS[name])
        assert validate(page, [package]).objections == ()


# (name, Arelle's code, what is changed in the report of an incident)
CONTROLS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    (
        "unknown element",
        "ix11.12.1.2:missingReferences",
        lambda text: text.replace(NATURE, "cyd:MaterialCybersecurityIncidentKindTextBlock"),
    ),
    (
        "bad boolean",
        "xmlSchema:valueError",
        lambda text: text.replace(">false<", ">maybe<"),
    ),
    (
        "wrong context",
        "ix11.11.1.2:contextReference",
        lambda text: text.replace('contextRef="c-1" name="cyd', 'contextRef="c-7" name="cyd'),
    ),
    (
        "end before start",
        "xbrl.4.7.2:periodStartBeforeEnd",
        lambda text: text.replace("<xbrli:startDate>2026-08-17", "<xbrli:startDate>2026-08-19"),
    ),
    (
        "continuation missing",
        "ix11.11.1.2:continuationMissing",
        lambda text: text.replace('escape="true"', 'escape="true" continuedAt="nowhere"', 1),
    ),
)


@pytest.mark.parametrize(
    ("code", "change"), [each[1:] for each in CONTROLS], ids=[each[0] for each in CONTROLS]
)
def test_a_fault_is_heard_of(tmp_path: Path, code: str, change: Callable[[str], str]) -> None:
    page = write(tmp_path, incident(), change)
    found = validate(page)
    assert code in {each.code for each in found.objections}
    findings = validator_findings(found, file=page.name)
    assert {each.code for each in findings} == {"xbrl_validator"}
    assert any(each.severity is Severity.ERROR for each in findings)
    assert all(str(tmp_path) not in each.reason for each in findings)


def test_without_a_package_every_element_is_unknown(tmp_path: Path) -> None:
    """What offline means: nothing is fetched in its place."""
    found = validate(write(tmp_path, incident()), [])
    codes = [each.code for each in found.objections]
    assert codes.count("ix11.12.1.2:missingReferences") > 20
    assert "IOerror" in codes


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the user's home nor beside the document."""
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    page = write(work, incident())
    before = sorted(work.iterdir())
    package = tmp_path / "own.zip"
    package.write_bytes(taxonomy_package())
    validate(page, [package])
    assert list(home.iterdir()) == []
    assert sorted(work.iterdir()) == before


def test_without_arelle_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("board_report.documents.xbrl.validator.find_spec", lambda _: None)
    with pytest.raises(DocumentError, match=r'pip install "board-report\[xbrl\]"'):
        validate(tmp_path / "x.htm")


def test_an_arelle_that_cannot_run_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("board_report.documents.xbrl.validator.sys.executable", "/bin/false")
    with pytest.raises(DocumentError, match="could not run"):
        validate(tmp_path / "x.htm", [])


def test_the_log_is_read_as_messages() -> None:
    text = """{"log": [{"code": "xmlSchema:valueError", "level": "ERROR", "refs": [
      {"href": "/a/b/x.htm#f-1", "sourceLine": 12}], "message": {"text":
      "[xmlSchema:valueError] Value is\\n wrong - x.htm 12"}},
      {"code": "info", "level": "info"}]}"""
    first, second = read_log(text)
    assert first == Message("xmlSchema:valueError", "error", "Value is wrong", "x.htm", 12)
    assert second.level == "info"
    assert Validation((first, second)).objections == (first,)
