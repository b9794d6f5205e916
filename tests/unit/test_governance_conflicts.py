"""Conflicts that a reporting line carries, and whether something on record compensates them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from board_report.governance.conflict_controls import (
    Control,
    ControlState,
    second_approver_control,
)
from board_report.governance.conflicts import (
    CONFLICTS,
    Conflict,
    ConflictCode,
    ConflictState,
    review_reporting,
)
from board_report.governance.roles import Structure
from board_report.governance.rows import plain_rows
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
    assert [each.code for each in review.conflicts] == [
        "own_homework", "security_second", "filtered_news", "own_risk_acceptance",
    ]  # fmt: skip
    assert not review.has_new_structure
    assert [each.sentence for each in review.changes] == [
        "COO: Nia holds the role, which nobody held before."
    ]


def test_every_structure_that_is_known_has_its_conflicts_and_each_has_a_control() -> None:
    assert set(CONFLICTS) == set(Structure)
    assert [each for each, conflicts in CONFLICTS.items() if not conflicts] == [Structure.UNKNOWN]
    assert all(needed for conflicts in CONFLICTS.values() for _, _, needed in conflicts)
    assert {code for conflicts in CONFLICTS.values() for code, _, _ in conflicts} == set(
        ConflictCode
    )


# Conflicts


def conflict(code: str, persons: Sequence[dict[str, Any]], **given: Any) -> Conflict:
    review = review_reporting(table_set(people=persons, **given), WINDOW)
    return {str(each.code): each for each in review.conflicts}[code]


SESSION = meeting("Committee", "2026-05-12", is_executive_session=True)
BUDGET = meeting("Committee", "2026-05-12", is_security_budget_shown=True)
NO_BUDGET = meeting("Committee", "2026-05-12", is_security_budget_shown=False)
OLD_BUDGET = meeting("Committee", "2025-09-30", is_security_budget_shown=True)


def combined(*more: dict[str, Any], dotted: str = "") -> list[dict[str, Any]]:
    return [
        person("CISO", "Chief Information Security Officer", "Ilse", "CEO", dotted),
        person("CTO", "Chief Technology Officer", "Ilse", "CEO"),
        person("CEO", "Chief Executive Officer", "Tamsin"),
        person("CHAIR", "Chair, Technology and Risk Committee", "Josune"),
        *more,
    ]


def deputy(title: str, name: str = "Nia", dotted: str = "") -> dict[str, Any]:
    return person("DEPUTY_CISO" if "Security" in title else "D2", title, name, "CISO", dotted)


@pytest.mark.parametrize(
    ("code", "persons", "given", "expected"),
    [
        ("own_homework", people(dotted="CHAIR"), {}, "compensated"),
        ("own_homework", people(), {"risk_acceptances": [accepted("R", "CTO", "CISO")]},
         "compensated"),
        ("own_homework", people(), {"risk_acceptances": [accepted("R", "CTO", "CTO")]}, "open"),
        ("security_second", people(), {"committee_calendar": [BUDGET]}, "compensated"),
        ("security_second", people(), {"committee_calendar": [NO_BUDGET]}, "open"),
        ("security_second", people(), {"committee_calendar": [OLD_BUDGET]}, "open"),
        ("security_second", people(dotted="CHAIR"), {"committee_calendar": [SESSION]}, "open"),
        ("filtered_news", people(), {"committee_calendar": [SESSION]}, "compensated"),
        ("filtered_news", people(dotted="CHAIR"), {}, "compensated"),
        ("filtered_news", people(), {"committee_calendar": [BUDGET]}, "open"),
        ("own_risk_acceptance", people(), {"risk_acceptances": [accepted("R", "CTO", "CISO")]},
         "compensated"),
        ("own_risk_acceptance", people(), {"risk_acceptances": []}, "nothing to judge"),
        ("own_risk_acceptance", people(), {}, "open"),
        ("no_authority", people(to="CEO", dotted="CHAIR"), {}, "compensated"),
        ("no_authority", people(to="CEO"), {"committee_calendar": [SESSION]}, "compensated"),
        ("no_authority", people(to="CEO"), {}, "open"),
        # in one person the own line, and sessions, are with the officer whom the news concerns
        ("filtered_news", combined(dotted="CHAIR"), {"committee_calendar": [SESSION]}, "open"),
        ("filtered_news", combined(deputy("Deputy CISO", dotted="CHAIR")), {}, "compensated"),
        ("burnout_and_depth", combined(), {}, "open"),
        ("burnout_and_depth", combined(deputy("Deputy Chief Technology Officer")), {},
         "compensated"),
        ("burnout_and_depth", combined(deputy("Deputy CISO", name="Ilse")), {}, "open"),
        ("burnout_and_depth", combined(deputy("Deputy General Counsel")), {}, "open"),
        ("own_homework", combined(), {"risk_acceptances": [accepted("R", "CTO", "CISO")]}, "open"),
        ("own_homework", combined(), {"risk_acceptances": [accepted("R", "CTO", "CEO")]},
         "compensated"),
    ],
)  # fmt: skip
def test_conflict_is_open_until_one_of_its_controls_is_on_record(
    code: str, persons: list[dict[str, Any]], given: dict[str, Any], expected: str
) -> None:
    assert conflict(code, persons, **given).state is ConflictState(expected)


def test_structure_of_the_quarter_before_is_reviewed_beside_todays() -> None:
    moved = [
        person("CISO", "CISO", "Ilse", "CTO", "CHAIR", until="2026-07-31"),
        person("CISO", "CISO", "Ilse", "CEO", "CHAIR", since="2026-08-01"),
        *people()[1:],
    ]
    review = review_reporting(table_set(people=moved), WINDOW)

    assert review.has_new_structure
    assert (review.before.structure, review.line.structure) == (
        Structure.UNDER_CTO, Structure.INDEPENDENT,
    )  # fmt: skip
    assert [each.role for each in review.changed_lines] == ["CISO"]


def test_a_first_quarter_on_record_has_no_new_structure() -> None:
    started = [{**each, "since": "2026-07-01"} for each in people()]

    assert not review_reporting(table_set(people=started), WINDOW).has_new_structure


# Controls


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


def test_budget_that_no_meeting_speaks_of_is_not_measured() -> None:
    silent = control("budget_visibility", committee_calendar=[meeting("Committee", "2026-05-12")])

    assert silent.state is ControlState.NOT_MEASURED
    assert control("budget_visibility", committee_calendar=[BUDGET]).evidence == (
        "The directors last saw it on 12 May 2026."
    )


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
    rows = table_set(
        people=one,
        risk_acceptances=[
            accepted("RA-1", "CTO", "CISO", "2026-02-28"),
            accepted("RA-2", "CTO", "CISO", "2026-03-01"),
        ],
    )
    year = (date(2025, 10, 1), date(2026, 9, 30))
    found = second_approver_control(
        plain_rows(rows.frame("risk_acceptances")), plain_rows(rows.frame("people")), year
    )

    assert found.references == ("RA-1",)


@pytest.mark.parametrize(
    ("asked", "approved", "expected"),
    [
        ("BOTH", "CISO", ControlState.NOT_ON_RECORD),
        ("CISO", "BOTH", ControlState.ON_RECORD),
        ("BOTH", "BOTH", ControlState.NOT_ON_RECORD),
        ("BOTH", "CEO", ControlState.ON_RECORD),
    ],
)
def test_both_leaders_are_two_persons(asked: str, approved: str, expected: ControlState) -> None:
    found = control("second_approver", risk_acceptances=[accepted("RA-1", asked, approved)])

    assert found.state is expected


def test_acceptances_of_other_years_are_not_judged() -> None:
    old = [accepted("RA-1", "CTO", "CTO", "2025-09-30")]

    assert control("second_approver", risk_acceptances=old).state is ControlState.NOTHING_TO_JUDGE
    assert control("second_approver").state is ControlState.NOT_MEASURED


def test_separate_approvers_are_on_record() -> None:
    found = control("second_approver", risk_acceptances=[accepted("RA-1", "CTO", "CISO")])

    assert (found.state, found.references) == (ControlState.ON_RECORD, ())
