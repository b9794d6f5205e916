"""Hold the rows behind a figure now against those on record: added, gone, changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from board_report.governance.row_marks import RowMark, RowSet, names_digest
from board_report.governance.shown_figures import RowsOnRecord

Places = Mapping[str, tuple[str, int]]
"""Record of a table to the file and line where it stands."""


class RowChange(StrEnum):
    """What became of a row since the figure was shown."""

    CHANGED = "changed"
    ADDED = "added"
    """It counts now and did not then."""
    GONE = "gone"
    """It counted then and does not now; it may still stand in its file."""


class Evidence(StrEnum):
    """What is known of the rows of one table."""

    LISTED = "listed"
    """Each row that is otherwise is named."""
    COUNTED = "counted"
    """They are too many to keep one by one: their number is known, and that they are otherwise."""
    INCOMPLETE = "incomplete"
    """The record lacks lines, so nothing is said of single rows."""


@dataclass(frozen=True)
class MovedRow:
    """One row that is behind a figure otherwise than when it was shown."""

    table: str
    record: str
    change: RowChange
    columns: tuple[str, ...] = ()
    """Columns whose cell changed; empty where the figure reads other columns than it did then."""
    file: str = ""
    """Where the row stands now; empty where it is in no file any more."""
    line: int = 0

    @property
    def place(self) -> str:
        """``ciso/incidents.csv:12``; empty where it stands nowhere."""
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True)
class TableChange:
    """How the rows of one table behind a figure differ from those on record."""

    table: str
    evidence: Evidence
    then: int
    """Rows behind the figure when it was shown."""
    now: int
    is_same: bool
    """True when the same rows say the same; of an incomplete record it is not known."""
    rows: tuple[MovedRow, ...] = ()
    """Those that are otherwise: changed, added, gone."""


def compare_rows(
    then: Sequence[RowsOnRecord], now: Sequence[RowSet], places: Mapping[str, Places]
) -> tuple[TableChange, ...]:
    """How the rows behind a figure differ from those on record, table by table.

    Args:
        then: what is on record; a table that is not named had no rows behind the figure.
        now: the rows behind the figure now.
        places: for each table, where each of its records stands now.
    """
    before = {each.table: each for each in then}
    today = {each.table: each for each in now}
    return tuple(
        _compare(
            before.get(name) or RowsOnRecord(name, 0, "", {}, is_whole=True),
            today.get(name) or RowSet(name, (), (), 0, ""),
            places.get(name, {}),
        )
        for name in dict.fromkeys((*before, *today))
    )


def _compare(then: RowsOnRecord, now: RowSet, places: Places) -> TableChange:
    is_same = then.count == now.count and (then.digest == now.digest or not now.count)
    if not then.is_whole:
        return TableChange(then.table, Evidence.INCOMPLETE, then.count, now.count, is_same=False)
    if then.rows is None or now.rows is None:
        return TableChange(then.table, Evidence.COUNTED, then.count, now.count, is_same)
    moved = _moved(then.table, then.rows, now, places)
    return TableChange(then.table, Evidence.LISTED, then.count, now.count, not moved, moved)


def _moved(
    table: str, then: Mapping[str, str], now: RowSet, places: Places
) -> tuple[MovedRow, ...]:
    marks: dict[str, RowMark] = {each.record: each for each in now.rows or ()}
    changed, added = [], []
    for record, mark in marks.items():
        if record not in then:
            added.append(MovedRow(table, record, RowChange.ADDED, (), mark.file, mark.line))
        elif then[record] != mark.digest:
            columns = _changed_columns(then[record], mark.digest, now.columns)
            if columns is not None:
                changed.append(
                    MovedRow(table, record, RowChange.CHANGED, columns, mark.file, mark.line)
                )
    gone = [
        MovedRow(table, record, RowChange.GONE, (), *places.get(record, ("", 0)))
        for record in then
        if record not in marks
    ]
    return (*changed, *added, *gone)


def _changed_columns(then: str, now: str, columns: Sequence[str]) -> tuple[str, ...] | None:
    """The columns whose part of the hash differs.

    None where the figure read other columns then: what it reads now says nothing of a change.
    """
    before, today = then.split("-"), now.split("-")
    if before[0] != names_digest(columns) or len(before) != len(today):
        return None
    pairs = zip(before[1:], today[1:], columns, strict=True)
    return tuple(column for one, other, column in pairs if one != other)
