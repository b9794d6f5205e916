"""What a board was shown: the figures on record, and the rows on record behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.governance.row_marks import DIGEST, set_digest
from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.model import Finding
from board_report.period import Quarter
from board_report.sources.faults import Explanation, explained, warning
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.tables.schema import TableSet

FIGURES, ROWS = "reported_figures", "reported_rows"
"""The two tables."""

FigureKey = tuple[str, Quarter]
"""A metric, and the quarter that its value is about."""


@dataclass(frozen=True)
class Shown:
    """One value that a board was shown."""

    metric_id: str
    quarter: Quarter
    value: float
    """In the metric's unit."""
    on: date | None
    """Date of the meeting whose deck showed it."""
    reason: str
    """Why it has changed since, once known."""
    file: str
    line: int

    @property
    def order(self) -> date:
        """By which the values of one figure follow one another."""
        return self.on or date.min


@dataclass(frozen=True)
class RowsOnRecord:
    """The rows of one table that stood behind a figure when it was shown."""

    table: str
    count: int
    digest: str
    """Of all of them."""
    rows: Mapping[str, str] | None
    """Record to digest; None where they were counted and not listed."""
    is_whole: bool
    """False where lines are missing: the file was changed, or some of it was set aside."""


class RowCode(StrEnum):
    """What can be wrong with the record of rows."""

    TABLE_UNKNOWN = "reported_rows_table_unknown"
    DIGEST_UNREADABLE = "reported_rows_digest_unreadable"


_MEND = (
    "Put back the file as `board-report record-shown` wrote it; nobody needs to write in it by "
    "hand."
)
ROW_FAULTS: dict[RowCode, Explanation] = {
    RowCode.TABLE_UNKNOWN: warning(
        "The record of rows behind a figure names a table that there is not.",
        "there is no table {value}{more}: these rows cannot be compared.",
        _MEND,
    ),
    RowCode.DIGEST_UNREADABLE: warning(
        "The record of rows behind a figure has a hash that no row can have.",
        "{value} is no hash of a row{more}: these rows cannot be compared.",
        _MEND,
    ),
}
"""Each code's severity, meaning, message and how to mend it."""


def shown_figures(tables: TableSet) -> tuple[Shown, ...]:
    """Every value on record, in the order of the file."""
    return tuple(map(_shown, plain_rows(tables.frame(FIGURES))))


def _shown(row: Row) -> Shown:
    value, line = row.get("value"), row.get(LINE_COLUMN)
    return Shown(
        metric_id=text_of(row, "metric_id"),
        quarter=Quarter.parse(text_of(row, "quarter")),
        value=float(value) if isinstance(value, int | float) else 0.0,
        on=day_of(row, "reported_on"),
        reason=text_of(row, "restatement_reason"),
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
    )


def shown_before(shown: Iterable[Shown], meeting_on: date) -> dict[FigureKey, tuple[Shown, ...]]:
    """The values of each figure that a meeting had been shown before, oldest first.

    The first value of a figure always counts: the deck of its own quarter showed it. A later one
    counts where an earlier meeting saw it, so that a report reads the same after its own figures
    were recorded as before.

    Args:
        shown: every value on record.
        meeting_on: date of the meeting that the report is for.
    """
    by_figure: dict[FigureKey, list[Shown]] = {}
    for each in sorted(shown, key=lambda one: one.order):
        by_figure.setdefault((each.metric_id, each.quarter), []).append(each)
    return {
        key: (first, *(each for each in later if each.order < meeting_on))
        for key, (first, *later) in by_figure.items()
    }


def latest_shown(tables: TableSet, meeting_on: date) -> dict[str, dict[Quarter, float]]:
    """The last value that a meeting had been shown before, by metric and quarter."""
    found: dict[str, dict[Quarter, float]] = {}
    for (metric_id, quarter), values in shown_before(shown_figures(tables), meeting_on).items():
        found.setdefault(metric_id, {})[quarter] = values[-1].value
    return found


def rows_on_record(tables: TableSet, shown: Shown) -> tuple[RowsOnRecord, ...]:
    """The rows that stood behind a value when it was shown, by table; none where none are known."""
    frame = tables.frame(ROWS)
    if shown.on is None or frame.empty:
        return ()
    chosen = (
        (frame["metric_id"] == shown.metric_id)
        & (frame["quarter"] == str(shown.quarter))
        & (frame["reported_on"] == shown.on.isoformat())
    )
    by_table: dict[str, list[Row]] = {}
    for row in plain_rows(frame[chosen.to_numpy(dtype=bool)]):
        by_table.setdefault(text_of(row, "table"), []).append(row)
    return tuple(_of_table(name, rows) for name, rows in by_table.items())


def _of_table(table: str, rows: Sequence[Row]) -> RowsOnRecord:
    whole = [row for row in rows if not text_of(row, "record")]
    listed = {
        text_of(row, "record"): text_of(row, "digest") for row in rows if text_of(row, "record")
    }
    count = _count(whole[0]) if whole else 0
    digest = text_of(whole[0], "digest") if whole else ""
    return RowsOnRecord(
        table=table,
        count=count,
        digest=digest,
        rows=listed if listed or not count else None,
        is_whole=bool(whole) and (not listed or _is_all(listed, count, digest)),
    )


def _is_all(listed: Mapping[str, str], count: int, digest: str) -> bool:
    """Whether these are the rows that were recorded, none more, none fewer and none other."""
    return len(listed) == count and set_digest(tuple(listed.items())) == digest


def _count(row: Row) -> int:
    count = row.get("rows")
    return count if isinstance(count, int) else 0


def row_findings(tables: TableSet) -> tuple[Finding, ...]:
    """What is wrong with the record of rows, each kind told once at the first line that has it."""
    frame = tables.frame(ROWS)
    faulty = (
        (RowCode.TABLE_UNKNOWN, "table", ~frame["table"].isin(list(tables.tables))),
        (RowCode.DIGEST_UNREADABLE, "digest", ~frame["digest"].str.fullmatch(DIGEST.pattern)),
    )
    return tuple(
        _row_finding(code, column, plain_rows(frame[mask.to_numpy(dtype=bool)]))
        for code, column, mask in faulty
        if mask.any()
    )


def _row_finding(code: RowCode, column: str, rows: Sequence[Row]) -> Finding:
    first, others = rows[0], len(rows) - 1
    line = first.get(LINE_COLUMN)
    return explained(
        ROW_FAULTS[code],
        code,
        {"more": f" (and {others:,} more such lines)" if others else ""},
        file=text_of(first, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
        column=column,
        value=text_of(first, column),
        table=ROWS,
    )
