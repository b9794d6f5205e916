"""Working together: what the figures come to, by hand."""

import pytest

from board_report.metrics.joint.collaboration import METRICS
from tests.spec.spec import Spec, check


def meeting(planned_on, held_on=None):
    return {"planned_on": planned_on, "held_on": held_on, "meeting_kind": "sync"}


def action(due_on, closed_on=None, raised_on="2026-05-04"):
    return {"raised_on": raised_on, "due_on": due_on, "closed_on": closed_on}


def exercise(due_on, closed_on=None, origin="joint_exercise"):
    return {"origin": origin, "raised_on": "2025-01-06", "due_on": due_on, "closed_on": closed_on}


def dispute(raised_on, settled_on=None):
    return {"raised_on": raised_on, "settled_on": settled_on}


SPECS = (
    Spec(
        metric="sync_meetings_held",
        title="held by quarter end",
        rows={
            "sync_meetings": [
                meeting("2026-07-01", "2026-07-01"),
                meeting("2026-07-15", "2026-09-30"),
                meeting("2026-09-30", "2026-10-01"),
                meeting("2026-08-12"),
                meeting("2026-06-30", "2026-07-01"),
                meeting("2026-10-01", "2026-09-30"),
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="A meeting moved within the quarter was held; one moved past its end was not.",
        n=4,
        lines={"sync_meetings": (1, 2, 3, 4)},
    ),
    Spec(
        metric="sync_meetings_held",
        title="none planned",
        rows={"sync_meetings": []},
        expected="nothing happened",
        value=None,
        says="Without a planned meeting there is no share.",
    ),
    Spec(
        metric="sync_meetings_held",
        title="no plan given",
        rows={},
        expected="not measured",
        value=None,
        says="Without the file it is not measured.",
    ),
    Spec(
        metric="joint_actions_on_time",
        title="due in the quarter",
        rows={
            "joint_actions": [
                action("2026-07-01", "2026-06-15"),
                action("2026-09-30", "2026-09-30"),
                action("2026-08-10", "2026-08-11"),
                action("2026-08-10"),
                action("2026-06-30", "2026-06-30"),
                action("2026-10-01", "2026-08-01"),
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="Done on the due date is on time; a day later or not at all is not.",
        note="1 closed late, 1 still open",
        n=4,
        lines={"joint_actions": (1, 2, 3, 4)},
    ),
    Spec(
        metric="joint_actions_on_time",
        title="none due",
        rows={"joint_actions": [action("2026-10-01")]},
        expected="nothing happened",
        value=None,
        says="Without an action due there is no share.",
    ),
    Spec(
        metric="joint_actions_overdue",
        title="open and past due",
        rows={
            "joint_actions": [
                action("2026-09-29"),
                action("2026-09-30"),
                action("2025-12-01", "2026-10-01"),
                action("2026-07-01", "2026-09-30"),
                action("2026-10-20", raised_on="2026-10-05"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="Due before the last day and not done by it; what was done later was open then.",
        lines={"joint_actions": (1, 3)},
    ),
    Spec(
        metric="joint_actions_overdue",
        title="none",
        rows={"joint_actions": []},
        expected="0",
        value=0,
        says="No action is a measured zero.",
    ),
    Spec(
        metric="exercise_actions_closed",
        title="due in four quarters",
        rows={
            "joint_actions": [
                exercise("2025-09-30", "2025-09-30"),
                exercise("2025-10-01", "2025-09-20"),
                exercise("2026-03-31", "2026-06-15"),
                exercise("2026-09-30"),
                exercise("2026-08-14", "2026-10-01"),
                exercise("2026-10-01", "2026-09-01"),
                exercise("2026-08-14", "2026-08-14", origin="post_incident_review"),
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="Late ones count as closed; one closed after quarter end is still open then.",
        note="1 closed late, 2 still open",
        n=4,
        parts={"late": 1, "open": 2},
        lines={"joint_actions": (2, 3, 4, 5)},
    ),
    Spec(
        metric="exercise_actions_closed",
        title="actions of reviews alone",
        rows={
            "joint_actions": [exercise("2026-08-14", "2026-08-14", origin="post_incident_review")]
        },
        expected="nothing happened",
        value=None,
        says="Actions that come from a review of an incident are no actions of an exercise.",
    ),
    Spec(
        metric="exercise_actions_closed",
        title="part of a quarter",
        rows={
            "joint_actions": [
                exercise("2026-08-20", "2026-08-31"),
                exercise("2026-08-31", "2026-09-01"),
                exercise("2026-09-01", "2026-08-15"),
            ]
        },
        expected="1 / 2",
        value=0.5,
        says="On 31 August an action due the day after is not counted yet, though it is done.",
        n=2,
        as_of="2026-08-31",
    ),
    Spec(
        metric="disputes_open",
        title="raised and not settled",
        rows={
            "disputes": [
                dispute("2026-09-30"),
                dispute("2024-02-12", "2026-10-01"),
                dispute("2026-07-17", "2026-09-30"),
                dispute("2026-10-01"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="Raised on the last day is open; settled on the last day is settled.",
        lines={"disputes": (1, 2)},
    ),
    Spec(
        metric="disputes_open",
        title="none",
        rows={"disputes": []},
        expected="0",
        value=0,
        says="A record without a dispute is a measured zero.",
    ),
    Spec(
        metric="disputes_open",
        title="no record given",
        rows={},
        expected="not measured",
        value=None,
        says="Without the file it is not measured, which is not the same as no dispute.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
