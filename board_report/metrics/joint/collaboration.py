"""How the two offices work together: meetings held, actions agreed and done, and disputes."""

from __future__ import annotations

from dataclasses import replace

from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    days_in_trailing_year,
    days_within,
    equals,
    metric,
    on_or_before,
    on_time_of,
    past,
    remark,
    share_of,
    stands_at_cutoff,
)

SUBJECT = "Working together"
MEETINGS = "sync_meetings"
ACTIONS = "joint_actions"
DISPUTES = "disputes"


@metric(
    id="sync_meetings_held",
    title="Joint meetings held",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Planned meetings of the two offices that were held / meetings planned.",
    denominator="meetings, cross-trainings and joint exercises planned in the quarter",
    empty="nothing happened",
    columns=(f"{MEETINGS}.planned_on", f"{MEETINGS}.held_on"),
    splits=("meeting_kind",),
    minimum_n=5,
    reference="Held on any day up to quarter end counts; a meeting moved past it does not.",
    withhold_below=0,
)
def sync_meetings_held(scope: Scope) -> Measure:
    """Meetings planned in the quarter and held by its end, over those planned."""
    frame = scope.frame(MEETINGS)
    planned = days_within(frame["planned_on"], scope.window)
    return share_of(MEETINGS, on_or_before(frame["held_on"], scope.window), planned)


@metric(
    id="joint_actions_on_time",
    title="Joint actions on time",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Joint actions done by their due date / joint actions due.",
    denominator="joint actions due in the quarter",
    empty="nothing happened",
    columns=(f"{ACTIONS}.due_on", f"{ACTIONS}.closed_on"),
    minimum_n=5,
    reference="Divided by actions due, not by actions done.",
    withhold_below=0,
)
def joint_actions_on_time(scope: Scope) -> Measure:
    """Actions of exercises and reviews done by their due date, over those due in the quarter."""
    frame = scope.frame(ACTIONS)
    return on_time_of(ACTIONS, frame["due_on"], frame["closed_on"], scope.window)


@metric(
    id="joint_actions_overdue",
    title="Joint actions overdue",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.JOINT,
    formula="Joint actions open at quarter end and due before it.",
    denominator="joint actions open at quarter end past their due date",
    empty="0",
    columns=(f"{ACTIONS}.raised_on", f"{ACTIONS}.due_on", f"{ACTIONS}.closed_on"),
    reference="An action due on the last day itself is not overdue.",
    comparison=Comparison.STATED,
)
def joint_actions_overdue(scope: Scope) -> Measure:
    """Actions agreed and not done by quarter end whose due date had gone by."""
    frame = scope.frame(ACTIONS)
    standing = stands_at_cutoff(frame["raised_on"], frame["closed_on"], scope.window)
    return count_of(ACTIONS, standing & past(frame["due_on"], scope.window))


@metric(
    id="exercise_actions_closed",
    title="Exercise actions closed",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Actions of joint exercises closed by quarter end / actions of exercises due.",
    denominator="actions of joint exercises due in the four quarters to quarter end",
    empty="nothing happened",
    columns=(f"{ACTIONS}.origin", f"{ACTIONS}.due_on", f"{ACTIONS}.closed_on"),
    minimum_n=5,
    reference="Four quarters to quarter end; one that was closed late counts as closed.",
    is_trailing=True,
    withhold_below=0,
)
def exercise_actions_closed(scope: Scope) -> Measure:
    """Actions of exercises that fell due in four quarters and are done, late or not."""
    frame = scope.frame(ACTIONS)
    due = equals(frame["origin"], "joint_exercise") & days_in_trailing_year(
        frame["due_on"], scope.window
    )
    closed = on_or_before(frame["closed_on"], scope.window)
    late = due & closed & (frame["closed_on"] > frame["due_on"]).to_numpy(dtype=bool)
    counted = {"late": float(late.sum()), "open": float((due & ~closed).sum())}
    said = remark((counted["late"], "closed late"), (counted["open"], "still open"))
    found = share_of(ACTIONS, closed, due, note=said)
    return replace(found, parts={**found.parts, **counted})


@metric(
    id="disputes_open",
    title="Disputes open",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.JOINT,
    formula="Disputes of the two offices raised by quarter end and not settled by it.",
    denominator="disputes open at quarter end",
    empty="0",
    columns=(f"{DISPUTES}.raised_on", f"{DISPUTES}.settled_on"),
    reference="A dispute settled on the last day itself is settled.",
    comparison=Comparison.STATED,
)
def disputes_open(scope: Scope) -> Measure:
    """Matters on which the two offices disagreed at quarter end."""
    frame = scope.frame(DISPUTES)
    return count_of(
        DISPUTES, stands_at_cutoff(frame["raised_on"], frame["settled_on"], scope.window)
    )


METRICS = (
    sync_meetings_held,
    joint_actions_on_time,
    joint_actions_overdue,
    exercise_actions_closed,
    disputes_open,
)
