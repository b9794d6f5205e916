"""What is to be added to the record of what a board was shown; nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from board_report.errors import DataError, UnknownMetricError
from board_report.governance.restatements import is_alike
from board_report.governance.row_marks import RowMarker, RowSet
from board_report.governance.shown_figures import (
    ROWS,
    FigureKey,
    RowsOnRecord,
    Shown,
    rows_on_record,
    shown_figures,
)
from board_report.metrics.evaluate import find_spec

if TYPE_CHECKING:
    from board_report.metrics.declare import Settings
    from board_report.metrics.evaluate import Figures
    from board_report.model import MetricResult
    from board_report.period import Window
    from board_report.tables.schema import TableSet

FIGURE_COLUMNS = ("metric_id", "quarter", "value", "reported_on", "restatement_reason")
ROW_COLUMNS = ("metric_id", "quarter", "reported_on", "table", "record", "rows", "digest")
NO_ROWS = f"x{0:016}"
"""Digest of the line that says that a figure rested on no row."""

Line = Mapping[str, str]
"""Column to cell."""


@dataclass(frozen=True)
class ToRecord:
    """Lines to add to the two files, and what they stand for."""

    figures: tuple[Line, ...]
    rows: tuple[Line, ...]
    of_quarter: int
    """Figures of the quarter reported on among them."""
    of_earlier: int
    """Figures of earlier quarters, which the deck shows otherwise than an earlier deck did."""
    already: int
    """Figures that were on record with the same value, of which nothing is added."""
    counted: tuple[str, ...]
    """Figures of which some rows are counted and not listed."""


def to_record(
    figures: Figures,
    tables: TableSet,
    windows: Sequence[Window],
    settings: Settings,
    *,
    on: date,
    metric_ids: Collection[str] = (),
    max_rejected_share: float = 1.0,
) -> ToRecord:
    """What a deck shows that is not on record yet.

    Of the quarter reported on that is every figure with a value. Of earlier quarters it is those
    that the deck shows otherwise than a board saw them last: with it the board has seen the new
    value.

    Args:
        figures: as the deck shows them.
        tables: with what is on record.
        windows: of the quarters of the figures, the oldest first.
        settings: what ``report.toml`` says that metrics need.
        on: date of the meeting.
        metric_ids: the figures to record; all when there are none.
        max_rejected_share: above this share of rows set aside a figure is withheld.

    Raises:
        UnknownMetricError: a metric is asked for that there is not, or that has no value.
        DataError: a figure is on record with another value and a date that is not before ``on``.
    """
    last = _last_shown(tables)
    chosen = _chosen(figures, metric_ids)
    wanted = [
        (window, result)
        for at, window in enumerate(windows)
        for metric_id in chosen
        for result in (figures[metric_id].values[at],)
        if result.value is not None
        and (at == len(windows) - 1 or (metric_id, window.quarter) in last)
    ]
    new = [each for each in wanted if _is_new(each[1], last, on)]
    now = windows[-1].quarter
    marker = RowMarker(tables, settings, max_rejected_share)
    sets = [marker.mark(figures.specs[each.metric_id], window)[1] for window, each in new]
    return ToRecord(
        figures=tuple(_figure_line(each, on) for _, each in new),
        rows=tuple(
            line
            for (_, each), some in zip(new, sets, strict=True)
            if not _is_there(each, some, tables, on)
            for line in _row_lines(each, some or (_none_of(figures, each),), on)
        ),
        of_quarter=sum(each.quarter == now for _, each in new),
        of_earlier=sum(each.quarter != now for _, each in new),
        already=sum(each.quarter == now for _, each in wanted)
        - sum(each.quarter == now for _, each in new),
        counted=tuple(
            dict.fromkeys(
                each.metric_id
                for (_, each), some in zip(new, sets, strict=True)
                if any(one.rows is None for one in some)
            )
        ),
    )


def _last_shown(tables: TableSet) -> dict[FigureKey, Shown]:
    found: dict[FigureKey, Shown] = {}
    for each in sorted(shown_figures(tables), key=lambda one: one.order):
        found[each.metric_id, each.quarter] = each
    return found


def _chosen(figures: Figures, metric_ids: Collection[str]) -> tuple[str, ...]:
    """The metrics asked for, in the order of the catalogue; all where none is."""
    for each in metric_ids:
        find_spec(figures.specs, each)
        if figures.now(each).value is None:
            raise UnknownMetricError(
                f"{each} has no value in {figures.now(each).quarter}: {figures.now(each).state}.",
                mend=f"`board-report explain {each}` says why; leave it out.",
            )
    return tuple(each for each in figures.series if not metric_ids or each in metric_ids)


def _is_new(result: MetricResult, last: Mapping[FigureKey, Shown], on: date) -> bool:
    """Whether a value has to be recorded.

    Raises:
        DataError: another value is on record for the same day or a later one.
    """
    shown = last.get((result.metric_id, result.quarter))
    if shown is None:
        return True
    if is_alike(shown, result):
        return False
    if shown.on is not None and shown.on >= on:
        raise DataError(
            f"{result.metric_id} of {result.quarter} is on record as shown on {shown.on} with "
            f"{number_text(shown.value)}, and is {number_text(result.value or 0.0)} now.",
            where=f"{shown.file}:{shown.line}",
            mend="A line is never changed: where a later meeting was shown the new value, give its "
            "date with --on.",
        )
    return True


def _is_there(result: MetricResult, sets: Sequence[RowSet], tables: TableSet, on: date) -> bool:
    """Whether the rows are on record though their figure is not: an earlier run was cut short.

    Raises:
        DataError: other rows are.
    """
    value = result.value or 0.0
    there = rows_on_record(
        tables, Shown(result.metric_id, result.quarter, value, on, reason="", file="", line=0)
    )
    if not there:
        return False
    if _seen(there) == {(each.table, each.count, each.digest) for each in sets}:
        return True
    raise DataError(
        f"other rows of {result.metric_id} of {result.quarter} are on record for {on}, without "
        "their figure.",
        where=f"governance/{ROWS}.csv",
        mend="Remove those lines, which an earlier run left behind when it was cut short.",
    )


def _seen(there: Iterable[RowsOnRecord]) -> set[tuple[str, int, str]]:
    return {(each.table, each.count, each.digest) for each in there if each.count}


def _none_of(figures: Figures, result: MetricResult) -> RowSet:
    """The line that says that no row stood behind a figure."""
    return RowSet(figures.specs[result.metric_id].tables[0], (), (), 0, NO_ROWS)


def _figure_line(result: MetricResult, on: date) -> Line:
    cells = (result.metric_id, str(result.quarter), number_text(result.value or 0.0), str(on), "")
    return dict(zip(FIGURE_COLUMNS, cells, strict=True))


def _row_lines(result: MetricResult, sets: Sequence[RowSet], on: date) -> Iterable[Line]:
    """For each table the line that stands for all its rows, then one for each."""
    for each in sets:
        head = (result.metric_id, str(result.quarter), str(on), each.table)
        yield dict(zip(ROW_COLUMNS, (*head, "", str(each.count), each.digest), strict=True))
        for row in each.rows or ():
            yield dict(zip(ROW_COLUMNS, (*head, row.record, "1", row.digest), strict=True))


def number_text(value: float) -> str:
    """A number with at most nine decimals and no exponent."""
    text = repr(round(value, 9) + 0.0)
    if "e" in text:
        text = f"{value:.9f}"
    return text.removesuffix(".0") if "." in text else text
