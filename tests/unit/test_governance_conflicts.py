"""Conflicts that a reporting line carries, and whether something on record compensates them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from board_report.governance.conflicts import (
    CONFLICTS,
    Control,
    ControlState,
    review_reporting,
)
from board_report.governance.roles import Structure
from board_report.period import FiscalCalendar, window
from tests.governance_data import CALENDAR, PEOPLE, QUARTER, meeting, person, table_set

WINDOW = window(FiscalCalendar(), QUARTER, date(2026, 9, 30))


def accepted(number: str, asked: str, approved: str, on: str = "2026-03-01") -> dict[str, Any]:
    return {
        "acceptance_id": number, "requester_role": asked, "approver_role": approved,
        "accepted_on": on, "expires_on": "2027-01-01",
    }  # fmt: skip


def control(code: str, **given: Sequence[dict[str, Any]]) -> Control:
    tables = table_set(**({"people": PEOPLE} | given))
    return {each.code: each for each in review_reporting(tables, WINDOW).controls}[code]


def people(to: str = "CTO", dotted: str = "") -> list[dict[str, Any]]:
    return [
        person("CISO", "Chief Information Security Officer", "Ilse", to, dotted),
        person("CTO", "Chief Technology Officer", "Marek", "CEO"),
        person("CEO", "Chair and Chief Executive Officer", "Tamsin"),
        person("CHAIR", "Chair, Technology and Risk Committee", "Josune"),
        person("VP", "Vice President, Director of IT", "Otto", "CTO"),
    ]


def test_review_reads_the_line_its_conflicts_and_the_change_of_holder() -> None:
    tables = table_set(
        people=[*PEOPLE, person("COO", "Chief Operating Officer", "Nia", since="2026-08-01")]
    )

    review = review_reporting(tables, WINDOW)

    assert review.line.structure is Structure.UNDER_CTO
    assert review.conflicts == CONFLICTS[Structure.UNDER_CTO]
    assert [each.sentence for each in review.changes] == [
        "COO: Nia holds the role, which nobody held before."
    ]


def test_every_structure_has_its_conflicts() -> None:
    assert set(CONFLICTS) == set(Structure)
    assert all(CONFLICTS.values())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (people(dotted="CHAIR"), ControlState.ON_RECORD),
        (people(dotted="Board of Directors"), ControlState.ON_RECORD),
        (people(dotted="Technology and Risk Committee"), ControlState.ON_RECORD),
        (people(to="BOARD"), ControlState.ON_RECORD),
        (people(dotted="CEO"), ControlState.NOT_ON_RECORD),
        (people(dotted="VP"), ControlState.NOT_ON_RECORD),
        (people(), ControlState.NOT_ON_RECORD),
    ],
)
def test_dotted_line_counts_only_when_it_leads_to_directors(
    line: list[dict[str, Any]], expected: ControlState
) -> None:
    assert control("dotted_line", people=line, committee_calendar=CALENDAR).state is expected


def test_line_is_named_by_the_title_of_the_role() -> None:
    found = control("dotted_line", people=people(dotted="CHAIR"))

    assert found.evidence == "The CISO has a line to the Chair, Technology and Risk Committee."


def test_executive_sessions_of_the_trailing_year_are_counted() -> None:
    older = meeting("Committee", "2025-09-30", is_executive_session=True)
    later = meeting("Committee", "2026-10-01", is_executive_session=True)

    found = control("executive_sessions", committee_calendar=[*CALENDAR, older, later])

    # 20 Oct 2025 and 10 Feb 2026; 30 Sep 2025 is a year too early and 1 Oct 2026 not yet known.
    assert found.state is ControlState.ON_RECORD
    assert found.evidence == "2 in the trailing year, the last on 10 Feb 2026."


def test_no_session_and_no_calendar_are_two_things() -> None:
    none = control("executive_sessions", committee_calendar=[meeting("Committee", "2026-05-01")])

    assert none.state is ControlState.NOT_ON_RECORD
    assert control("executive_sessions").state is ControlState.NOT_MEASURED


def test_acceptance_approved_by_its_requester_is_named() -> None:
    found = control(
        "second_approver",
        risk_acceptances=[accepted("RA-1", "CTO", "CISO"), accepted("RA-2", "CTO", "CTO")],
    )

    assert found.state is ControlState.NOT_ON_RECORD
    assert found.references == ("RA-2",)


def test_two_roles_of_one_person_are_one_approver_only_while_the_person_held_both() -> None:
    one = [
        person("CISO", "CISO", "Ilse", "CEO"),
        person("CTO", "CTO", "Ilse", "CEO", until="2026-02-28"),
        person("CTO", "CTO", "Marek", "CEO", since="2026-03-01"),
    ]
    rows = [
        accepted("RA-1", "CTO", "CISO", "2026-02-28"),
        accepted("RA-2", "CTO", "CISO", "2026-03-01"),
    ]

    assert control("second_approver", people=one, risk_acceptances=rows).references == ("RA-1",)


def test_acceptances_of_other_years_are_not_judged() -> None:
    old = [accepted("RA-1", "CTO", "CTO", "2025-09-30")]

    assert control("second_approver", risk_acceptances=old).state is ControlState.NOTHING_TO_JUDGE
    assert control("second_approver").state is ControlState.NOT_MEASURED


def test_separate_approvers_are_on_record() -> None:
    found = control("second_approver", risk_acceptances=[accepted("RA-1", "CTO", "CISO")])

    assert (found.state, found.references) == (ControlState.ON_RECORD, ())
