"""Alerts: how many the tools raised, how many meant something, and how long triage took."""

from __future__ import annotations

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    counted,
    equals,
    known,
    known_before,
    metric,
    remark,
    seconds_between,
    share_of,
    within,
)
from board_report.metrics.durations import duration_of, seconds_so_far

SUBJECT = "Detections"
SPLITS = ("severity",)
DETECTIONS = "detections"


def _raised(scope: Scope) -> BoolArray:
    return within(scope.frame(DETECTIONS)["created_at"], scope.window)


def _triaged(scope: Scope) -> BoolArray:
    """Alerts with a verdict on the as-of date; one without a time of triage counts as triaged."""
    frame = scope.frame(DETECTIONS)
    in_time = known_before(frame["triaged_at"], scope.window) | ~known(frame["triaged_at"])
    return known(frame["verdict"]) & in_time


@metric(
    id="alerts_raised",
    title="Alerts raised",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    owner=Owner.CISO,
    formula="Number of alerts that detection tools raised in the quarter.",
    denominator="alerts raised in the quarter",
    empty="0",
    columns=("detections.created_at",),
    splits=SPLITS,
    accumulates=True,
    comparison=Comparison.LEVEL,
)
def alerts_raised(scope: Scope) -> Measure:
    """A workload, neither good nor bad: never shown as attacks stopped."""
    return count_of(DETECTIONS, _raised(scope), weights=scope.weights(DETECTIONS))


@metric(
    id="alert_precision",
    title="Alert precision",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="True positives / alerts judged a true positive, a false positive or benign.",
    denominator="alerts raised in the quarter with a clear verdict",
    empty="nothing happened",
    columns=("detections.created_at", "detections.verdict", "detections.triaged_at"),
    splits=SPLITS,
    minimum_n=5,
)
def alert_precision(scope: Scope) -> Measure:
    """Alerts that meant something; undetermined and untriaged ones are counted, not judged."""
    verdict = scope.frame(DETECTIONS)["verdict"]
    raised, triaged = _raised(scope), _triaged(scope)
    clear = equals(verdict, "true_positive", "false_positive", "benign")
    weights = scope.weights(DETECTIONS)
    undetermined = float(counted(raised & triaged & ~clear, weights))
    waiting = float(counted(raised & ~triaged, weights))
    return share_of(
        DETECTIONS,
        equals(verdict, "true_positive"),
        raised,
        unknown=raised & ~(triaged & clear),
        unknown_word=f"without a clear verdict ({_which(undetermined, waiting)})",
        weights=weights,
    )


def _which(undetermined: float, waiting: float) -> str:
    return remark((undetermined, "undetermined"), (waiting, "not triaged yet"))


@metric(
    id="time_to_triage",
    title="Time to triage",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Median (Kaplan-Meier) of triaged minus raised, over alerts raised in the quarter.",
    denominator="alerts raised in the quarter, triaged or still waiting",
    empty="nothing happened",
    columns=("detections.created_at", "detections.verdict", "detections.triaged_at"),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference="What still waits counts for as long as it has waited (docs/statistics.md).",
)
def time_to_triage(scope: Scope) -> Measure:
    """From the alert to the analyst's verdict; what still waits counts for as long as it has."""
    frame = scope.frame(DETECTIONS)
    seconds = seconds_between(frame["created_at"], frame["triaged_at"])
    seconds[~known_before(frame["triaged_at"], scope.window)] = np.nan
    return duration_of(
        DETECTIONS,
        _raised(scope),
        seconds,
        seconds_per_unit=3600,
        so_far=seconds_so_far(frame["created_at"], scope.window, ~_triaged(scope)),
        open_word="not triaged yet",
        unknown_word="of unknown time of triage",
        weights=scope.weights(DETECTIONS),
        beyond=scope.beyond(DETECTIONS),
    )


METRICS = (alerts_raised, alert_precision, time_to_triage)
