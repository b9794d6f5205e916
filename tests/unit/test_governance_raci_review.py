"""Risks accepted and decisions taken, held against the RACI."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from board_report.governance.findings import governance_findings
from board_report.governance.raci_codes import RaciCode, RaciFinding
from board_report.governance.raci_review import review_raci
from board_report.metrics.evaluate import Figures
from board_report.period import FiscalCalendar, window
from tests.governance_data import PEOPLE, QUARTER, person, table_set

NO_FIGURES = Figures({}, {})
WINDOW = window(FiscalCalendar(), QUARTER, date(2026, 9, 30))


def cell(activity: str, role: str, letter: str, subject: str | None = None) -> dict[str, Any]:
    return {"activity": activity, "role": role, "assignment": letter, "subject": subject}


OVERLAPS = tuple(
    cell(each, "GC", "A/R", each)
    for each in ("vendor_selection", "major_incident", "cyber_budget", "zero_trust")
)
MATRIX = (
    *OVERLAPS,
    cell("Lead a breach", "CISO", "A"),
    cell("Lead a breach", "CTO", "R"),
    cell("Accept a risk", "CEO", "A", "risk_acceptance"),
    cell("Accept a risk", "CISO", "R", "risk_acceptance"),
)


def found(**given: Sequence[dict[str, Any]]) -> list[RaciFinding]:
    tables = table_set(**({"people": PEOPLE, "raci": MATRIX} | given))
    return list(review_raci(tables, WINDOW).findings)


def accepted(asked: str, approved: str, on: str = "2026-03-01", **more: Any) -> dict[str, Any]:
    return {
        "acceptance_id": "RA-1", "requester_role": asked, "approver_role": approved,
        "accepted_on": on, "expires_on": "2027-01-01", **more,
    }  # fmt: skip


def taken(role: str, activity: str = "Lead a breach", on: str = "2026-07-15") -> dict[str, Any]:
    return {
        "entry_id": "DL-1", "activity": activity, "title": "Restore first", "decided_on": on,
        "decided_by_role": role,
    }  # fmt: skip


ONE_PERSON = (*PEOPLE, person("COO", "Chief Operating Officer", "Marek Adeyinka", "CEO"))


def test_sound_matrix_without_more_has_no_finding() -> None:
    assert found() == []
    assert found(risk_acceptances=[], decision_log=[]) == []


@pytest.mark.parametrize(
    ("row", "people", "is_found"),
    [
        (accepted("CTO", "CTO"), PEOPLE, True),
        (accepted("CTO", "CISO"), PEOPLE, False),
        (accepted("CTO", "COO"), ONE_PERSON, True),
        (accepted("CTO", "COO"), PEOPLE, False),
        (accepted("CTO", "CTO", "2024-03-01"), PEOPLE, True),  # old, and still in force
        (accepted("CTO", "CTO", "2024-03-01", closed_on="2025-03-01"), PEOPLE, False),
        (accepted("CTO", "CTO", "2026-10-01"), PEOPLE, False),  # not known yet
    ],
)
def test_risk_accepted_by_whoever_asked_is_found(
    row: dict[str, Any], people: Sequence[dict[str, Any]], is_found: bool
) -> None:
    codes = [each.code for each in found(risk_acceptances=[row], people=people)]

    assert codes == ([RaciCode.OWN_ACCEPTANCE] if is_found else [])


def test_own_acceptance_is_told_at_its_row_with_who_can_approve() -> None:
    rows = [accepted("CTO", "CISO"), {**accepted("CTO", "CTO"), "acceptance_id": "RA-2"}]
    (own,) = found(risk_acceptances=rows)
    finding = own.finding()

    assert (finding.file, finding.line) == ("governance/risk_acceptances.csv", 3)
    assert finding.reason == ("Risk acceptance RA-2 was approved by whoever asked for it: the CTO.")
    assert finding.mend == "Have RA-2 approved again by CEO."


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (taken("CTO"), RaciCode.DECIDED_BY_OTHER),
        (taken("CISO"), None),
        (taken("BOTH"), None),
        (taken("CTO", "Lead a fire drill"), RaciCode.ACTIVITY_UNKNOWN),
        (taken("CTO", on="2025-09-30"), None),  # before the trailing year
        (taken("CTO", on="2026-10-01"), None),
    ],
)
def test_decision_is_taken_by_whoever_is_accountable(
    row: dict[str, Any], code: RaciCode | None
) -> None:
    assert [each.code for each in found(decision_log=[row])] == ([code] if code else [])


def test_the_person_counts_on_the_day_of_the_decision() -> None:
    people = (
        person("CISO", "CISO", "Ilse", "CEO"),
        person("CTO", "CTO", "Ilse", "CEO", until="2026-07-15"),
        person("CTO", "CTO", "Marek", "CEO", since="2026-07-16"),
        person("CEO", "Chief Executive Officer", "Tamsin"),
    )
    on_the_day = found(people=people, decision_log=[taken("CTO", on="2026-07-15")])
    a_day_later = found(people=people, decision_log=[taken("CTO", on="2026-07-16")])

    assert on_the_day == []
    assert [each.code for each in a_day_later] == [RaciCode.DECIDED_BY_OTHER]


def test_decision_of_an_activity_with_two_or_no_accountable_is_its_own_finding() -> None:
    two = [*OVERLAPS, cell("Waive", "CISO", "A"), cell("Waive", "CTO", "A"),
           cell("Waive", "COO", "R")]  # fmt: skip
    none = [*OVERLAPS, cell("Waive", "CISO", "R")]
    log = [taken("CTO", "Waive")]

    assert [each.code for each in found(raci=two, decision_log=log)] == [
        RaciCode.SEVERAL_ACCOUNTABLE
    ]
    assert [each.code for each in found(raci=none, decision_log=log)] == [RaciCode.NO_ACCOUNTABLE]


def test_without_a_raci_no_decision_is_judged() -> None:
    assert review_raci(table_set(people=PEOPLE, decision_log=[taken("CTO")]), WINDOW).findings == ()


def test_sentence_and_mend_say_who_is_to_do_what() -> None:
    (other,) = found(decision_log=[taken("CTO")])
    (unknown,) = found(decision_log=[taken("CTO", "Lead a breech")])

    assert (
        other.sentence == "The CTO decided DL-1, “Restore first”; the RACI gives that to the CISO."
    )
    assert other.mend.startswith("Have the CISO confirm DL-1 of 15 Jul 2026 or take it back")
    assert "did you mean “Lead a breach”?" in unknown.mend


def test_governance_findings_carry_both_subjects() -> None:
    codes = {
        each.code
        for each in governance_findings(
            table_set(people=PEOPLE, raci=MATRIX, decision_log=[taken("CTO")]), WINDOW, NO_FIGURES
        )
    }

    assert {"raci_decided_by_other", "reporting_conflict_open"} <= codes
