"""Disagreements of the disclosure's record are findings at the line where they are mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from board_report.governance.item_106_findings import ITEM_106_FAULTS, committee_findings
from board_report.governance.item_106_records import Disagreement
from board_report.model import Severity
from tests.conftest import call_program
from tests.governance_data import tables


def test_every_disagreement_has_words_and_stops_nothing() -> None:
    assert {f"item_106_{each}" for each in Disagreement} <= ITEM_106_FAULTS.keys()
    assert {each.severity for each in ITEM_106_FAULTS.values()} == {Severity.WARNING}
    assert len({each.meaning for each in ITEM_106_FAULTS.values()}) == len(ITEM_106_FAULTS)


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line"),
    [
        (
            "attestations.csv",
            "Technology and Risk Committee, which",
            "Cyber Oversight Committee, which",
            "item_106_committee_not_named",
            14,
        ),
        (
            "item_106_facts.csv",
            "106(b)(1)(iii),yes,,GC,2026-10-08",
            "106(b)(1)(iii),no,,GC,2026-10-08",
            "item_106_no_but_text",
            8,
        ),
        (
            "item_106_facts.csv",
            "106(b)(1)(i),yes,,CFO,2026-10-07",
            "106(b)(1)(i),yes,,CFO,",
            "item_106_fact_not_dated",
            3,
        ),
    ],
)
def test_a_disagreement_of_the_sample_is_told_at_its_line(
    tmp_path: Path, pristine_project: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    project = Path(shutil.copytree(pristine_project, tmp_path / "project"))
    path = project / "governance" / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")

    told = call_program("check", "--project", project).stdout

    expected = "attestations.csv" if "text" in code else file
    assert f"governance/{expected}:{line}: warning {code} " in told


def test_a_committee_that_does_not_meet_is_told() -> None:
    meetings = [
        {"committee": "Audit Committee", "meeting_on": "2026-04-21", "is_cyber_on_agenda": True}
    ]
    some = tables(committee_calendar=meetings)

    (found,) = committee_findings("Moon Committee", some)
    assert (found.code, found.value, found.file) == (
        "committee_unknown", "Moon Committee", "report.toml",
    )  # fmt: skip
    assert "Audit Committee" in found.reason
    assert not list(committee_findings("audit committee", some))
    assert not list(committee_findings("Board of Directors", some))
    assert not list(committee_findings("Moon Committee", tables(committee_calendar=[])))
