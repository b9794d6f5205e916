"""``build --final``: it refuses with every open point, or makes the text for filing."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from board_report.pipeline import build, review
from board_report.story.final_disclosure import NotFinalError
from tests.conftest import CallCli
from tests.functional.test_sign_off import approve_all, close_the_gap, replace_once

NAME = "disclosure-for-filing.pdf"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, pristine_project: Path) -> Path:
    """A project whose disclosure is complete and approved; never change it."""
    folder = tmp_path_factory.mktemp("final") / "project"
    shutil.copytree(pristine_project, folder)
    close_the_gap(folder)
    approve_all(review(folder))
    return folder


def test_the_sample_is_refused_with_every_open_point(
    call_cli: CallCli, tmp_path: Path, pristine_project: Path
) -> None:
    arguments = ("build", "--project", str(pristine_project), "--only", "disclosure", "--final")
    done = call_cli(*arguments, "--output", str(tmp_path))

    assert done.exit_code == 2
    said = done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert "Error: the disclosure: two points keep it from being final." in said
    assert "106(b)(1)(ii): A drafted statement waits to be attested (AT-06)" in said
    assert "Have it attested by I. Drummond, CISO in governance/attestations.csv." in said
    assert "board-report sign-off disclosure --step prepared --role ROLE" in said
    assert not list(tmp_path.iterdir())


def test_final_is_refused_for_another_document(
    call_cli: CallCli, tmp_path: Path, pristine_project: Path
) -> None:
    arguments = ("build", "--project", str(pristine_project), "--only", "deck", "--final")
    done = call_cli(*arguments, "--output", str(tmp_path))

    assert done.exit_code == 2
    assert "--final is about the disclosure" in done.stderr


def test_a_complete_draft_that_nobody_approved_is_refused(
    tmp_path: Path, pristine_project: Path
) -> None:
    folder = Path(shutil.copytree(pristine_project, tmp_path / "project"))
    close_the_gap(folder)

    with pytest.raises(NotFinalError) as refused:
        build(folder, tmp_path / "output", only="disclosure", final=True)

    assert [each.where for each in refused.value.points] == ["Approval"]
    assert not (tmp_path / "output").exists()


def test_a_word_changed_after_approval_is_refused(tmp_path: Path, ready: Path) -> None:
    folder = Path(shutil.copytree(ready, tmp_path / "project"))
    replace_once(folder / "governance/attestations.csv", "We use monitoring", "We make use of")

    with pytest.raises(NotFinalError) as refused:
        build(folder, tmp_path / "output", only="disclosure", final=True)

    assert "Changed since it was signed" in refused.value.message


def test_detail_that_would_help_an_intruder_is_refused(
    tmp_path: Path, pristine_project: Path
) -> None:
    folder = Path(shutil.copytree(pristine_project, tmp_path / "project"))
    close_the_gap(folder)
    attestations = folder / "governance/attestations.csv"
    replace_once(attestations, "We use monitoring", "We use a sensor at 10.20.30.40, monitoring")

    with pytest.raises(NotFinalError) as refused:
        build(folder, tmp_path / "output", only="disclosure", final=True)

    detail, approval = refused.value.points
    assert (detail.where, approval.where) == ("106(b)(1)", "Approval")
    assert "10.20.30.40" in detail.sentence


def test_the_text_for_filing_is_the_attested_text_and_nothing_else(
    tmp_path: Path, ready: Path
) -> None:
    built = build(ready, tmp_path, only="disclosure", final=True)

    names = [each.name for each in built.documents]
    assert names == ["governance-disclosure.pdf", "disclosure-tags.pdf", NAME]
    pages = PdfReader(BytesIO((built.folder / NAME).read_bytes())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "We also engage an external assessor to examine our controls" in text
    assert "Approved 20 Oct 2026" in text.replace("\N{NO-BREAK SPACE}", " ")
    for margin in ("AT-0", "Drummond, CISO", "106(b)", "Completeness", "Draft"):
        assert margin not in text
    manifest = json.loads((built.folder / "manifest.json").read_text("utf-8"))
    assert NAME in [each["path"] for each in manifest["outputs"]]


def test_what_is_said_is_written_as_it_was_signed(tmp_path: Path, ready: Path) -> None:
    built = build(ready, tmp_path, only="disclosure")

    written = json.loads((built.folder / "contents.json").read_text("utf-8"))
    sections = {each["id"]: each for each in written["sections"]}
    signed = sorted((ready / "sign_off" / "2026-Q3").glob("*/*-approved-*.json"))
    assert {each.parent.name for each in signed} == sections.keys()
    for path in signed:
        record = json.loads(path.read_text("utf-8"))
        assert sections[record["section"]]["content"] == record["content"]
        assert sections[record["section"]]["state"].startswith("Approved")
