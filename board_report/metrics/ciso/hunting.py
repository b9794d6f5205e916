"""Threat hunts: finished, what they found, and the detections written because of them."""

from __future__ import annotations

from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    days_within,
    equals,
    known,
    metric,
    numbers,
    share_of,
    sum_of,
)

SUBJECT = "Threat hunting"
TABLE = "threat_hunts"
FINISHED = "threat hunts finished in the quarter"


def _finished(scope: Scope) -> BoolArray:
    return days_within(scope.frame(TABLE)["finished_on"], scope.window)


@metric(
    id="hunts_finished",
    title="Threat hunts finished",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Number of threat hunts that ended in the quarter.",
    denominator=FINISHED,
    empty="0",
    columns=("threat_hunts.finished_on",),
    accumulates=True,
    comparison=Comparison.STATED,
)
def hunts_finished(scope: Scope) -> Measure:
    """Hunts by the quarter of their end; one still running is not counted."""
    return count_of(TABLE, _finished(scope))


@metric(
    id="hunt_yield",
    title="Hunts that found something",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.NEITHER,
    owner=Owner.CISO,
    formula="Hunts that found a weakness or an attacker / hunts finished in the quarter.",
    denominator=f"{FINISHED} whose result is known",
    empty="nothing happened",
    columns=("threat_hunts.finished_on", "threat_hunts.result"),
    minimum_n=5,
    withhold_below=0,
)
def hunt_yield(scope: Scope) -> Measure:
    """Neither good nor bad: a low yield may mean few weaknesses or poor hypotheses."""
    result = scope.frame(TABLE)["result"]
    finished = _finished(scope)
    return share_of(
        TABLE,
        equals(result, "weakness_found", "attacker_found"),
        finished,
        unknown=finished & ~known(result),
        unknown_word="of unknown result",
    )


@metric(
    id="detections_from_hunts",
    title="Detections from hunts",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Sum of the detection rules written because of hunts finished in the quarter.",
    denominator=f"{FINISHED} whose rules are counted",
    empty="0",
    columns=("threat_hunts.finished_on", "threat_hunts.detections_added"),
    headline="sum",
    accumulates=True,
    comparison=Comparison.LEVEL,
)
def detections_from_hunts(scope: Scope) -> Measure:
    """What a hunt leaves behind when it finds nobody."""
    added = numbers(scope.frame(TABLE)["detections_added"])
    return sum_of(TABLE, added, _finished(scope), unknown_word="with rules not counted")


METRICS = (hunts_finished, hunt_yield, detections_from_hunts)
