"""Hand-overs in major incidents, their reviews, disputes, and what is said of them."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.governance.collaboration import (
    COLLABORATION_FAULTS,
    CollaborationCode,
    collaboration_findings,
)
from board_report.governance.disputes import disputes_of
from board_report.governance.hand_overs import major_incidents
from board_report.governance.incident_reviews import ReviewState, incident_reviews
from board_report.metrics.catalogue import metric_catalogue
from board_report.model import Severity
from tests.spec.tables import tables, value_of, window_of


def incident(name: str = "INC-1", **cells: Any) -> dict[str, Any]:
    return {
        "incident_id": name,
        "title": "Ransomware in a depot",
        "severity": "high",
        "detected_at": "2026-08-03T08:00",
        "recovered_at": "2026-08-05T20:00",
        **cells,
    }


def passed(step: int, at: str, taken: str | None, **cells: Any) -> dict[str, Any]:
    return {
        "incident_id": "INC-1",
        "step": step,
        "from_role": "CISO",
        "to_role": "CTO",
        "handed_over_at": at,
        "taken_up_at": taken,
        **cells,
    }


def review(**cells: Any) -> dict[str, Any]:
    return {
        "review_id": "PIR-1",
        "incident_id": "INC-1",
        "held_on": "2026-08-20",
        "ciso_office_owner": "Head of response",
        "cto_office_owner": "Head of platforms",
        **cells,
    }


def action(**cells: Any) -> dict[str, Any]:
    return {
        "origin": "post_incident_review",
        "review_id": "PIR-1",
        "raised_on": "2026-08-20",
        "due_on": "2026-09-15",
        "closed_on": None,
        **cells,
    }


def dispute(**cells: Any) -> dict[str, Any]:
    return {
        "dispute_id": "DS-1",
        "subject": "Patch windows",
        "raised_on": "2026-08-31",
        "raised_by_role": "CISO",
        "settled_on": None,
        **cells,
    }


def only_review(*reviews: dict[str, Any], **given: Any) -> Any:
    cells = given.pop("incident", {})
    some = tables(incidents=[incident(**cells)], incident_reviews=list(reviews), **given)
    (found,) = incident_reviews(some, window_of())
    return found


def codes(**given: Any) -> list[str]:
    return [each.code for each in collaboration_findings(tables(**given), window_of())]


# --- hand-overs --------------------------------------------------------------------------------


def test_an_incident_loses_the_hours_between_handing_over_and_taking_up() -> None:
    some = tables(
        incidents=[incident()],
        incident_handovers=[
            passed(2, "2026-08-04T10:00", "2026-08-04T14:30", from_role="CTO", to_role="CISO"),
            passed(1, "2026-08-03T09:00", "2026-08-03T09:45"),
        ],
    )

    (found,) = major_incidents(some, window_of())

    assert [(each.step, each.to_role, each.hours) for each in found.hand_overs] == [
        (1, "CTO", 0.75),
        (2, "CISO", 4.5),
    ]
    assert (found.hours_lost, found.hours_to_recover) == (5.25, 60.0)


@pytest.mark.parametrize(
    ("closed", "is_open"), [(None, True), ("2026-08-20T08:00", False), ("2026-10-20T08:00", True)]
)
def test_an_incident_is_open_until_it_is_recovered_or_closed(
    closed: str | None, is_open: bool
) -> None:
    """As far as is known on the as-of date; a closing is no recovery."""
    some = tables(incidents=[incident(recovered_at=None, closed_at=closed)])
    (found,) = major_incidents(some, window_of())
    assert (found.is_open, found.recovered) == (is_open, None)


def test_work_that_nobody_has_taken_up_waits_and_is_in_no_total() -> None:
    some = tables(
        incidents=[incident()],
        incident_handovers=[
            passed(1, "2026-08-03T09:00", "2026-08-03T10:00"),
            passed(2, "2026-08-04T09:00", None),
            passed(3, "2026-08-05T09:00", "2026-10-02T09:00"),
            passed(4, "2026-10-01T09:00", "2026-10-01T10:00"),
        ],
    )

    (found,) = major_incidents(some, window_of())

    assert found.hours_lost == 1.0
    assert [each.step for each in found.waiting] == [2, 3]


def test_without_a_hand_over_taken_up_there_is_no_total() -> None:
    some = tables(incidents=[incident()], incident_handovers=[])
    assert major_incidents(some, window_of())[0].hours_lost is None


def test_the_quarters_incidents_sum_to_the_metric() -> None:
    some = tables(
        incidents=[
            incident(),
            incident("INC-2", severity="critical", detected_at="2026-09-01T08:00"),
            incident("INC-3", severity="medium"),
            incident("INC-4", detected_at="2026-06-30T23:00"),
        ],
        incident_handovers=[
            passed(1, "2026-08-03T09:00", "2026-08-03T09:50"),
            passed(2, "2026-08-04T09:00", None),
            passed(1, "2026-09-01T09:00", "2026-09-01T12:10", incident_id="INC-2"),
            passed(1, "2026-08-03T09:00", "2026-08-03T19:00", incident_id="INC-3"),
            passed(1, "2026-07-01T09:00", "2026-07-01T19:00", incident_id="INC-4"),
        ],
    )
    window = window_of()

    inside = [each for each in major_incidents(some, window) if each.detected >= window.start]

    assert sum(each.hours_lost or 0 for each in inside) == pytest.approx(4.0)
    assert value_of(metric_catalogue()["handover_time_lost"], some) == pytest.approx(4.0)


def test_major_incidents_of_four_quarters_the_latest_first() -> None:
    some = tables(
        incidents=[
            incident("before", detected_at="2025-09-30T23:59"),
            incident("first", detected_at="2025-10-01T00:00"),
            incident("minor", severity="medium"),
            incident("last", detected_at="2026-09-30T23:59"),
            incident("after", detected_at="2026-10-01T00:00"),
        ]
    )

    assert [each.incident_id for each in major_incidents(some, window_of())] == ["last", "first"]


# --- reviews -----------------------------------------------------------------------------------


def test_a_review_with_its_owners_and_actions() -> None:
    found = only_review(
        review(),
        joint_actions=[
            action(closed_on="2026-09-10"),
            action(),  # due 15 September and open: overdue
            action(due_on="2026-09-30"),  # due on the last day: not overdue yet
            action(closed_on="2026-10-02"),  # closed after the quarter: open and overdue
            action(raised_on="2026-10-01", due_on="2026-11-01"),
            action(review_id="PIR-2"),
        ],
    )

    assert (found.state, found.offices_without_owner) == (ReviewState.HELD, ())
    assert (found.actions, found.closed_actions, found.open_actions) == (4, 1, 3)
    assert found.overdue_actions == 2


def test_a_review_is_missing_thirty_days_after_recovery() -> None:
    # The quarter ends at midnight after 30 September.
    late = only_review(incident={"recovered_at": "2026-08-31T23:59"})
    just = only_review(incident={"recovered_at": "2026-09-01T00:00"})
    waits = only_review(incident={"recovered_at": None})
    planned = only_review(review(held_on="2026-10-05"))

    assert late.state is ReviewState.MISSING
    assert just.state is ReviewState.NOT_DUE
    assert waits.state is ReviewState.NOT_DUE
    assert (planned.state, planned.held_on) == (ReviewState.MISSING, None)


def test_the_review_that_was_held_counts_among_several() -> None:
    found = only_review(review(review_id="PIR-0", held_on=None), review())
    assert (found.review_id, found.state) == ("PIR-1", ReviewState.HELD)


# --- disputes ----------------------------------------------------------------------------------


def test_open_disputes_stand_first_then_those_settled_lately() -> None:
    some = tables(
        disputes=[
            dispute(dispute_id="lately", settled_on="2026-09-02", settled_by_role="COO"),
            dispute(dispute_id="new", raised_on="2026-09-20"),
            dispute(dispute_id="long", raised_on="2026-04-14"),
            dispute(dispute_id="old", raised_on="2025-01-02", settled_on="2025-09-30"),
            dispute(dispute_id="year", raised_on="2025-09-01", settled_on="2025-10-01"),
            dispute(dispute_id="tomorrow", raised_on="2026-10-01"),
            dispute(dispute_id="settled later", raised_on="2026-09-30", settled_on="2026-10-03"),
        ]
    )

    found = disputes_of(some, window_of())

    assert [(each.dispute_id, each.days) for each in found] == [
        ("long", 169),
        ("new", 10),
        ("settled later", 0),
        ("lately", 2),
        ("year", 30),
    ]
    assert [each.is_open for each in found] == [True, True, True, False, False]
    open_now = sum(each.is_open for each in found)
    assert value_of(metric_catalogue()["disputes_open"], some) == open_now == 3


# --- findings ----------------------------------------------------------------------------------


def test_a_review_that_was_not_held_is_told_at_the_incident() -> None:
    some = tables(incidents=[incident()], incident_reviews=[])

    (found,) = collaboration_findings(some, window_of())

    assert (found.code, found.severity) == ("review_missing", Severity.WARNING)
    assert (found.file, found.line, found.value) == ("incidents.csv", 2, "INC-1")
    assert found.reason == (
        "INC-1 (Ransomware in a depot) was recovered 56 days before 2026-09-30 and no review was "
        "held."
    )


def test_a_review_that_is_only_planned_is_told_at_its_own_row() -> None:
    some = tables(incidents=[incident()], incident_reviews=[review(held_on=None)])

    (found,) = collaboration_findings(some, window_of())

    assert (found.code, found.file, found.column) == (
        "review_missing",
        "incident_reviews.csv",
        "held_on",
    )


def test_a_review_of_one_office() -> None:
    some = tables(incidents=[incident()], incident_reviews=[review(cto_office_owner=None)])

    (found,) = collaboration_findings(some, window_of())

    assert (found.code, found.line, found.column) == ("review_one_office", 2, "cto_office_owner")
    assert found.reason == "the review PIR-1 of INC-1 has no owner in the CTO's office."


def test_nothing_is_said_of_a_review_of_both_or_one_not_due_or_a_minor_incident() -> None:
    assert codes(incidents=[incident()], incident_reviews=[review()]) == []
    assert codes(incidents=[incident(recovered_at=None)], incident_reviews=[]) == []
    assert codes(incidents=[incident(severity="medium")], incident_reviews=[]) == []
    old = incident(detected_at="2025-05-01T08:00", recovered_at="2025-05-02T08:00")
    assert codes(incidents=[old], incident_reviews=[]) == []


def test_nothing_is_said_of_reviews_that_were_not_given() -> None:
    assert codes(incidents=[incident()]) == []


def test_a_dispute_is_long_after_thirty_days() -> None:
    assert codes(disputes=[dispute(raised_on="2026-08-31")]) == []
    some = tables(disputes=[dispute(raised_on="2026-08-30")])

    (found,) = collaboration_findings(some, window_of())

    assert (found.code, found.file, found.line) == ("dispute_open_long", "disputes.csv", 2)
    assert found.reason == (
        "DS-1 (Patch windows) is open for 31 days; the CISO raised it on 2026-08-30."
    )


def test_a_dispute_that_was_settled_after_long_is_no_finding() -> None:
    assert codes(disputes=[dispute(raised_on="2026-01-05", settled_on="2026-09-30")]) == []


def test_every_code_is_explained() -> None:
    assert set(COLLABORATION_FAULTS) == set(CollaborationCode)
