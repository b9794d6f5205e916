"""A series beside its target and beside earlier quarters: what is better, worse, or no news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board_report.metrics.declare import Direction, MetricSpec
from board_report.model import (
    Change,
    Compared,
    MetricResult,
    MetricSeries,
    Status,
    Target,
    Verdict,
)
from board_report.period import Quarter

SAME = 1e-9
"""Two values closer than this are the same value."""

REPORTED_ALIKE = 5e-7
"""A value reported before and today's are alike when they agree at six decimals."""

YEAR = 4
"""Quarters."""


def judge(
    spec: MetricSpec,
    values: Sequence[MetricResult],
    target: Target | None,
    reported: Mapping[Quarter, float],
    *,
    compared: Compared | None = None,
    year_compared: Compared | None = None,
    is_comparable: bool = True,
    is_year_comparable: bool = True,
    is_over: bool = True,
) -> MetricSeries:
    """Put a series beside its target, the quarter before, and the same quarter a year before.

    Args:
        spec: the metric.
        values: by quarter, oldest first.
        target: what it is held against, where one was declared.
        reported: what a board was shown before, by quarter.
        compared: what a test says of the move since the quarter before; without one every move is
            taken as real.
        year_compared: the same of the move since the year before.
        is_comparable: False where the records cover one of the last two quarters in part alone,
            and the value accumulates over a quarter (see :mod:`~board_report.metrics.comparable`).
        is_year_comparable: the same of the last quarter and that of a year before.
        is_over: False while the last quarter still runs.
    """
    status = _status(values[-1], target, is_final=is_over or not spec.accumulates)
    none: tuple[Change, float | None] = (Change.NONE, None)
    change, change_by = _change(spec, values, 1, compared) if is_comparable else none
    year, year_by = _change(spec, values, YEAR, year_compared) if is_year_comparable else none
    return MetricSeries(
        metric_id=spec.id,
        values=tuple(values),
        target=target,
        status=status,
        change=change,
        change_by=change_by,
        reported_before=_restated(values, reported),
        year_change=year,
        year_change_by=year_by,
        compared=compared,
        year_compared=year_compared,
    )


def is_thin(spec: MetricSpec, now: MetricResult, before: MetricResult) -> bool:
    """Whether either population is too small for the metric to judge a move by."""
    return spec.minimum_n > 1 and min(now.n, before.n) < spec.minimum_n


def _status(now: MetricResult, target: Target | None, *, is_final: bool) -> Status:
    """The value against its target; while it still grows, only what growing cannot undo."""
    if target is None or now.value is None:
        return Status.NONE
    status = target.status(now.value)
    is_settled = (status is Status.ON) == target.at_least
    return status if is_final or is_settled else Status.NONE


def _change(
    spec: MetricSpec, values: Sequence[MetricResult], ago: int, compared: Compared | None
) -> tuple[Change, float | None]:
    if len(values) <= ago:
        return Change.NONE, None
    now, before = values[-1], values[-1 - ago]
    if now.value is None or before.value is None:
        return Change.NONE, None
    moved = now.value - before.value
    if is_thin(spec, now, before):
        return Change.TOO_FEW, moved
    if abs(moved) < SAME:
        return Change.UNCHANGED, 0.0
    no_news = {
        Verdict.CHANCE: Change.CHANCE,
        Verdict.TOO_FEW: Change.TOO_FEW,
        Verdict.NONE: Change.NONE,
    }
    if compared is not None and compared.verdict in no_news:
        return no_news[compared.verdict], moved
    if spec.direction is Direction.NEITHER:
        return Change.MOVED, moved
    improved = (moved > 0) == (spec.direction is Direction.UP)
    return (Change.BETTER if improved else Change.WORSE), moved


def _restated(
    values: Sequence[MetricResult], reported: Mapping[Quarter, float]
) -> dict[Quarter, float]:
    """Values shown before for these quarters that differ from today's at six decimals.

    A quarter that has no value any more differs as well: the board saw one.
    """
    return {
        each.quarter: reported[each.quarter]
        for each in values[:-1]
        if each.quarter in reported
        and (each.value is None or abs(each.value - reported[each.quarter]) > REPORTED_ALIKE)
    }
