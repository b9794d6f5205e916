"""Findings about the CISO's line: open conflicts, an unknown or circular line, what is new."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from board_report.governance.conflicts import review_reporting
from board_report.governance.reporting import (
    REPORTING_FAULTS,
    ReportingCode,
    reporting_findings,
)
from board_report.model import Finding, Severity
from board_report.period import FiscalCalendar, window
from tests.governance_data import QUARTER, meeting, person, table_set

WINDOW = window(FiscalCalendar(), QUARTER, date(2026, 9, 30))
TOP = person("CEO", "Chief Executive Officer", "Tamsin")
CTO = person("CTO", "Chief Technology Officer", "Marek", "CEO")
CHAIR = person("CHAIR", "Chair, Risk Committee", "Josune")
SOUND: dict[str, Any] = {
    "committee_calendar": [
        meeting("Risk Committee", "2026-05-12", is_executive_session=True,
                is_security_budget_shown=True),
    ],
    "risk_acceptances": [],
}  # fmt: skip


def ciso(to: str, dotted: str = "CHAIR", **dates: str) -> dict[str, Any]:
    return person("CISO", "Chief Information Security Officer", "Ilse", to, dotted, **dates)


def found(people: Sequence[dict[str, Any]], **given: Any) -> list[Finding]:
    return list(reporting_findings(review_reporting(table_set(people=people, **given), WINDOW)))


def codes(people: Sequence[dict[str, Any]], **given: Any) -> list[str]:
    return [each.code for each in found(people, **given)]


def test_compensated_line_has_no_finding() -> None:
    assert found([ciso("CTO"), CTO, TOP, CHAIR], **SOUND) == []


def test_each_open_conflict_is_a_finding_at_the_ciso_s_row() -> None:
    bare = found([TOP, ciso("CTO", ""), CTO])

    assert [(each.code, each.value) for each in bare] == [
        ("reporting_conflict_open", "own_homework"),
        ("reporting_conflict_open", "security_second"),
        ("reporting_conflict_open", "filtered_news"),
        ("reporting_conflict_open", "own_risk_acceptance"),
    ]
    assert {(each.file, each.line, each.severity) for each in bare} == {
        ("governance/people.csv", 3, Severity.WARNING)
    }
    assert "No committee calendar was given." in bare[1].reason
    assert bare[1].mend.startswith("To compensate it, show the directors the security budget")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([CTO, TOP], "Nobody holds the role CISO"),
        ([ciso("", ""), CTO], "Nobody is on record whom the CISO reports to"),
        ([ciso("VP", "")], "breaks off at VP"),
    ],
)
def test_line_that_is_not_on_record_is_told(people: list[dict[str, Any]], said: str) -> None:
    (only,) = found(people)

    assert only.code == "reporting_line_unknown"
    assert said in only.reason


def test_circle_is_told_and_a_straight_line_is_not() -> None:
    circle = [ciso("COO"), person("COO", "Chief Operating Officer", "Nia", "CISO"), CHAIR]

    assert codes(circle)[:2] == ["reporting_line_circular", "reporting_line_unknown"]
    assert "CISO to COO to CISO" in found(circle)[0].reason
    assert "reporting_line_circular" not in codes([ciso("CTO"), CTO, TOP])


def test_change_of_structure_says_both() -> None:
    people = [
        ciso("CTO", until="2026-07-31"), ciso("CEO", since="2026-08-01"), CTO, TOP, CHAIR,
    ]  # fmt: skip
    structure, line = found(people, **SOUND)

    assert (structure.code, structure.severity) == ("reporting_changed", Severity.NOTE)
    assert structure.reason == (
        "The structure was CISO under the CTO, dotted line to the chair, and is now independent "
        "CISO under the CEO, dotted line to the chair."
    )
    assert line.reason == "CISO: reports to CEO, before to CTO."


def test_line_of_another_role_that_moved_is_told_and_a_new_person_is_not() -> None:
    moved = [ciso("CTO"), {**CTO, "until": "2026-07-31"},
             person("CTO", "Chief Technology Officer", "Otto", "COO", since="2026-08-01"),
             person("COO", "Chief Operating Officer", "Nia", "CEO"), TOP, CHAIR]  # fmt: skip
    followed = [ciso("CTO"), {**CTO, "until": "2026-07-31"},
                person("CTO", "Chief Technology Officer", "Otto", "CEO", since="2026-08-01"),
                TOP, CHAIR]  # fmt: skip

    assert [each.reason for each in found(moved, **SOUND)] == [
        "CTO: reports to COO, before to CEO."
    ]
    assert found(followed, **SOUND) == []


def test_every_code_is_explained() -> None:
    assert set(REPORTING_FAULTS) == set(ReportingCode)
    assert all(each.startswith("reporting_") for each in ReportingCode)
