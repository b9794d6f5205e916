"""Hold back a figure, or its parts, where what it needs to know is missing from too many rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Measure,
    MetricSpec,
    counted,
    known,
    not_measured,
)
from board_report.model import State
from board_report.tables.mapping import in_words

if TYPE_CHECKING:
    from board_report.tables.schema import Table, TableSet

_NOUNS = {
    "audience_group": "audience",
    "bypass": "state of bypass",
    "gates_passed": "number of gates passed",
    "gates_required": "number of gates required",
    "reported": "number of reports",
    "requested_on": "date of request",
    "due_on": "due date",
}
"""What a column is called after "do not say their"; others are their name in words."""
_ROWS = {
    "training_enrollments": "training enrollments",
    "technology_portfolio": "technologies",
}
"""What the rows of a table are called where its title does not name them."""


@dataclass(frozen=True)
class Gap:
    """How many of the rows that a figure rests on leave out one column."""

    unknown: int
    rows: int
    note: str

    def is_above(self, share: float) -> bool:
        """True when no figure can be printed: all rows, or more than the share, leave it out."""
        return self.unknown > 0 and (self.unknown == self.rows or self.unknown > share * self.rows)


def never_said(spec: MetricSpec, tables: TableSet) -> str:
    """A note naming the first needed column that no row of its table fills; else empty."""
    for each in spec.needs:
        name, column = each.split(".")
        if is_never_said(tables[name], column):
            return never_note(tables[name], column)
    return ""


def is_never_said(table: Table, column: str) -> bool:
    """True when the table has rows and none of them fills the column."""
    return len(table.frame) > 0 and not known(table.frame[column]).any()


def never_note(table: Table, column: str) -> str:
    """``no row of vulnerability findings says its exposure``."""
    return f"no row of {in_words(table.spec.title)} says its {_noun(column)}"


def held_back(measure: Measure, spec: MetricSpec, tables: TableSet, share: float) -> Measure:
    """The measure with a note on rows that could not be judged; withheld where they are too many.

    Args:
        measure: what the metric's function returned.
        spec: the metric, with the columns that it ``needs``.
        tables: what it was computed from.
        share: above this share of unknown rows, 0 to 1, nothing is printed.
    """
    if measure.state is State.NOT_MEASURED:
        return measure
    gaps = [gap for each in spec.needs if (gap := _gap(measure, each, tables)).unknown]
    if not gaps:
        return measure
    stopping = [gap for gap in gaps if gap.is_above(share)]
    if not stopping and _together(measure, spec, tables, share):
        stopping = gaps
    if stopping and measure.state is None:
        note = ", ".join(gap.note for gap in stopping)
        return Measure(None, 0, note=note, rows=measure.rows, state=State.WITHHELD)
    notes = (measure.note, *(gap.note for gap in gaps))
    return replace(measure, note=", ".join(filter(None, notes)))


def _gap(measure: Measure, needed: str, tables: TableSet) -> Gap:
    name, column = needed.split(".")
    return gap_of(tables[name], column, _asked(measure, needed, tables[name]))


def _asked(measure: Measure, needed: str, table: Table) -> BoolArray:
    """The rows for which a needed column decides whether, or how, they count."""
    rows = measure.judged.get(needed)
    return np.ones(len(table.frame), dtype=bool) if rows is None else rows


def _together(measure: Measure, spec: MetricSpec, tables: TableSet, share: float) -> bool:
    """Whether the rows that leave out one needed column or another are too many together."""
    for name in dict.fromkeys(each.split(".")[0] for each in spec.needs):
        table = tables[name]
        asked, unknown = (np.zeros(len(table.frame), dtype=bool) for _ in range(2))
        for each in spec.needs:
            if each.startswith(f"{name}."):
                rows = _asked(measure, each, table)
                asked |= rows
                unknown |= rows & ~known(table.frame[each.split(".")[1]])
        gap = Gap(counted(unknown, table.weights), counted(asked, table.weights), note="")
        if gap.is_above(share):
            return True
    return False


def gap_of(table: Table, column: str, rows: BoolArray) -> Gap:
    """How many of these rows of a table leave a column empty, in a note with both counts."""
    weights = table.weights
    unknown, size = counted(rows & ~known(table.frame[column]), weights), counted(rows, weights)
    plural = _ROWS.get(table.spec.name, in_words(table.spec.title))
    in_question = " in question" if size < table.size else ""
    verb, own = ("does", "its") if unknown == 1 else ("do", "their")
    note = f"{unknown:,} of {size:,} {plural}{in_question} {verb} not say {own} {_noun(column)}"
    return Gap(unknown, size, note)


def hidden_slices(
    spec: MetricSpec, tables: TableSet, column: str, whole: Sequence[Measure], share: float
) -> list[Measure | None]:
    """For each measure of the whole, why its parts along a column cannot be told; None if they can.

    A row that does not say the column is in no part, so all parts would read too low. Judged over
    the rows that the whole was measured on; over all rows of the table where it was not measured.
    Where the whole is withheld and needs the column itself, its parts would be what is left of it.
    """
    cut = [tables[name] for name in spec.tables if column in tables[name].spec.column_names]
    never = [never_note(table, column) for table in cut if is_never_said(table, column)]
    if never:
        return [not_measured(never[0]) for _ in whole]
    is_needed = any(f"{table.spec.name}.{column}" in spec.needs for table in cut)
    return [
        Measure(None, 0, note=each.note, state=State.WITHHELD)
        if is_needed and each.state is State.WITHHELD
        else _hidden(cut, column, each, share)
        for each in whole
    ]


def _hidden(cut: Sequence[Table], column: str, whole: Measure, share: float) -> Measure | None:
    for table in cut:
        gap = gap_of(table, column, _used(table, whole))
        if gap.is_above(share):
            return Measure(None, 0, note=gap.note, state=State.WITHHELD)
    return None


def _used(table: Table, whole: Measure) -> BoolArray:
    """The rows that a measure was taken on, as a mask; all rows where it names none."""
    size = len(table.frame)
    chosen = whole.rows.get(table.spec.name) if whole.state is None else None
    if chosen is None:
        return np.ones(size, dtype=bool)
    if chosen.dtype == bool:
        return chosen
    mask = np.zeros(size, dtype=bool)
    mask[chosen] = True
    return mask


def _noun(column: str) -> str:
    return _NOUNS.get(column, column.replace("_", " "))
