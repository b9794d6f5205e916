"""What the board's decisions were to bring, against what the figures say now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.decision_checks import DecisionCode, decision_finding
from board_report.governance.decisions import Fate, fate_of
from board_report.governance.rows import Row, text_of
from board_report.metrics.declare import Direction
from board_report.model import Finding

ValueOf = Callable[[str], float | None]
"""Metric id to its value now; None where it has none (or there is no such metric)."""
DirectionOf = Callable[[str], Direction]
Shown = Callable[[float, str], float]
"""A value of a metric, rounded to what its printed digits stand for."""


class Outcome(StrEnum):
    """How a promise stands."""

    KEPT = "kept"
    MISSED = "missed"
    NOT_YET = "not yet"
    """The decision is agreed and neither done nor due."""
    NOT_MEASURED = "not measured"
    """The metric has no value now, or neither of its directions is good."""


@dataclass(frozen=True)
class Promise:
    """One promise that a metric measures."""

    row: Row
    """Of ``decisions``."""
    metric_id: str
    promised: float
    actual: float | None
    outcome: Outcome


def promises(
    rows: Sequence[Row],
    as_of: date,
    value_of: ValueOf,
    direction_of: DirectionOf,
    shown: Shown,
) -> tuple[Promise, ...]:
    """The promises of the decisions that the board agreed to, in the rows' order.

    Both values are compared as they are printed, so that the words never contradict the digits;
    a value that equals the promised one keeps it. A decision that is done, or due and not done, is
    held to its promise; one that is still under way is not yet.

    Args:
        rows: of ``decisions``; those without a metric and a value promise nothing measurable.
        as_of: the last day that counts.
        value_of: the metric's value now.
        direction_of: which way is good; asked only for a metric that has a value.
        shown: rounds as the documents print.
    """
    found = []
    for row in rows:
        metric_id, promised = text_of(row, "promised_metric_id"), row.get("promised_value")
        fate = fate_of(row, as_of)
        is_agreed = fate in (Fate.DONE, Fate.DONE_LATE, Fate.LATE, Fate.UNDER_WAY)
        if not metric_id or not isinstance(promised, float | int) or not is_agreed:
            continue
        actual = value_of(metric_id)
        if actual is None:
            outcome = Outcome.NOT_MEASURED
        else:
            good = direction_of(metric_id)
            outcome = _outcome(good, shown(promised, metric_id), shown(actual, metric_id))
        if fate is Fate.UNDER_WAY:
            outcome = Outcome.NOT_YET
        found.append(Promise(row, metric_id, float(promised), actual, outcome))
    return tuple(found)


def _outcome(good: Direction, promised: float, actual: float) -> Outcome:
    if good is Direction.NEITHER:
        return Outcome.NOT_MEASURED
    is_kept = actual >= promised if good is Direction.UP else actual <= promised
    return Outcome.KEPT if is_kept else Outcome.MISSED


def promise_findings(
    found: Sequence[Promise],
    since: str,
    name_of: Callable[[str], str],
    say: Callable[[float, str], str],
) -> tuple[Finding, ...]:
    """A warning for each promise missed by a decision asked in or after a quarter.

    Args:
        found: of :func:`promises`.
        since: the first quarter that counts, such as ``2025-Q3``; older ones were told before.
        name_of: a metric's title.
        say: a metric's value in words.
    """
    return tuple(
        decision_finding(
            DecisionCode.PROMISE_MISSED,
            each.row,
            metric=name_of(each.metric_id),
            promised=say(each.promised, each.metric_id),
            actual=say(each.actual, each.metric_id),
        )
        for each in found
        if each.outcome is Outcome.MISSED
        and each.actual is not None
        and text_of(each.row, "quarter") >= since
    )
