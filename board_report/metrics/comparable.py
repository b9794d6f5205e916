"""Whether two quarters can be set against each other: half a quarter is no match for a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec
    from board_report.period import Window
    from board_report.tables.schema import Table, TableSet


def covers_both(
    spec: MetricSpec, tables: TableSet, windows: Sequence[Window], ago: int = 1
) -> bool:
    """Whether the last quarter and the one so many before can be set against each other.

    What accumulates over a quarter (incidents, spend) cannot, where the last quarter is not over at
    the as-of date, where its records have stopped inside it, or where they begin inside the one
    before: half a quarter of incidents is fewer, and no better.
    """
    if not spec.accumulates or len(windows) <= ago:
        return True
    before, now = windows[-1 - ago], windows[-1]
    return now.is_over and not any(
        _stops_inside(tables[name], now) or _begins_inside(tables[name], before)
        for name in spec.tables
    )


def _stops_inside(table: Table, window: Window) -> bool:
    return table.is_stale and table.records_to is not None and table.records_to < window.last_day


def _begins_inside(table: Table, window: Window) -> bool:
    return (
        table.records_from is not None and window.first_day < table.records_from <= window.last_day
    )
