"""Find the input rows that a figure came from, with the columns that matter to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.model import RowRef

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec
    from board_report.tables.schema import Column, TableSet


@dataclass(frozen=True)
class SourceRow:
    """One row of an input file, as typed."""

    table: str
    file: str
    line: int
    values: dict[str, str]
    """The table's key and the columns that the figure reads."""

    @property
    def place(self) -> str:
        """``ciso/incidents.csv:12``."""
        return f"{self.file}:{self.line}"


def source_rows(tables: TableSet, spec: MetricSpec, refs: Sequence[RowRef]) -> list[SourceRow]:
    """The rows behind a value, in the order in which they are referred to."""
    found: dict[RowRef, SourceRow] = {}
    for name in dict.fromkeys(each.table for each in refs):
        found |= _of_table(tables, name, spec, {each for each in refs if each.table == name})
    return [found[each] for each in refs]


def _of_table(
    tables: TableSet, name: str, spec: MetricSpec, wanted: set[RowRef]
) -> dict[RowRef, SourceRow]:
    from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

    table = tables[name].spec
    columns = [table.column(each) for each in _columns(spec, name, table.key)]
    frame = tables.frame(name)
    places = zip(frame[SOURCE_COLUMN], frame[LINE_COLUMN], strict=True)
    found = {}
    for at, (file, line) in enumerate(places):
        ref = RowRef(name, str(file), int(line))
        if ref in wanted:
            row = frame.iloc[at]
            values = {each.name: _text(row[each.name], each) for each in columns}
            found[ref] = SourceRow(name, ref.file, ref.line, values)
    return found


def _columns(spec: MetricSpec, table: str, key: Sequence[str]) -> list[str]:
    read = [each.split(".", 1)[1] for each in spec.all_columns if each.split(".", 1)[0] == table]
    return list(dict.fromkeys([*key, *read]))


def _text(value: object, column: Column) -> str:
    """A typed value as a person writes it; empty where there is none."""
    from board_report.tables.schema import Kind

    if isinstance(value, (list, tuple)):
        return "; ".join(str(each) for each in value)
    if value is None or value != value or str(value) in ("NaT", "<NA>"):
        return ""
    if column.kind is Kind.DATE:
        return str(value)[:10]
    if column.kind is Kind.DATETIME:
        return f"{str(value)[:16]} UTC"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
