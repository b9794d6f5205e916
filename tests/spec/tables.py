"""Small typed tables from readable row literals, and the metrics computed over them.

A row names only the columns that matter to the case; every other column of it is empty, except
that identifiers are numbered and ``quarter`` is 2026-Q3. Times without an offset are local to
Chicago, where the company of these specifications has its fiscal calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pandas as pd

from board_report.metrics.declare import Measure, MetricSpec, Scope, Settings
from board_report.metrics.evaluate import compute
from board_report.model import MetricResult
from board_report.period import FiscalCalendar, Quarter, Window, window
from board_report.tables.catalogue import TABLES
from board_report.tables.schema import (
    LINE_COLUMN,
    SOURCE_COLUMN,
    Column,
    Kind,
    Table,
    TableSet,
    TableSpec,
)

QUARTER = "2026-Q3"
CALENDAR = FiscalCalendar(first_month=1, time_zone="America/Chicago")

Row = Mapping[str, object]
Rows = Sequence[Row]

_TEXT = (Kind.ID, Kind.TEXT, Kind.CATEGORY, Kind.ROLE, Kind.QUARTER)
_NUMBERS = (Kind.NUMBER, Kind.RATIO, Kind.MONEY, Kind.AMOUNT)


def tables(**given: Rows) -> TableSet:
    """A set in which the tables named here are measured and all others are not.

    ``tables(incidents=[])`` was given and has no rows; a table left out was not given.
    """
    unknown = given.keys() - TABLES.keys()
    if unknown:
        raise KeyError(f"no such table: {', '.join(sorted(unknown))}")
    measured = {name: _table(TABLES[name], rows) for name, rows in given.items()}
    return TableSet({name: measured.get(name) or _not_given(name) for name in TABLES})


def window_of(quarter: str = QUARTER, as_of: str | None = None) -> Window:
    """The window of a quarter, as known on its last day unless said otherwise."""
    name = Quarter.parse(quarter)
    return window(CALENDAR, name, date.fromisoformat(as_of) if as_of else CALENDAR.last_day(name))


def measure(
    spec: MetricSpec,
    tables: TableSet,
    quarter: str = QUARTER,
    as_of: str | None = None,
    settings: Settings | None = None,
) -> Measure:
    """What the metric's own function returns."""
    return spec.function(Scope(tables, window_of(quarter, as_of), settings or Settings()))


def result_of(
    spec: MetricSpec,
    tables: TableSet,
    quarter: str = QUARTER,
    as_of: str | None = None,
    settings: Settings | None = None,
) -> MetricResult:
    """What the evaluator makes of it, with the rows it came from."""
    return compute(spec, tables, window_of(quarter, as_of), settings or Settings(), trace=True)


def value_of(
    spec: MetricSpec,
    tables: TableSet,
    quarter: str = QUARTER,
    as_of: str | None = None,
    settings: Settings | None = None,
) -> float | None:
    """The value that would be printed; None when there is none."""
    return result_of(spec, tables, quarter, as_of, settings).value


@cache
def _not_given(name: str) -> Table:
    """One empty table is enough for all sets: frames are never changed."""
    return replace(_table(TABLES[name], ()), measured=False)


def _table(spec: TableSpec, rows: Rows) -> Table:
    found = list(rows)
    for row in found:
        unknown = row.keys() - set(spec.column_names)
        if unknown:
            raise KeyError(f"{spec.name} has no column {', '.join(sorted(unknown))}")
    columns = {
        column.name: _typed(column, [_cell(column, row, at) for at, row in enumerate(found)])
        for column in spec.columns
    }
    columns[SOURCE_COLUMN] = pd.Series([f"{spec.name}.csv"] * len(found), dtype="str")
    columns[LINE_COLUMN] = pd.Series(range(2, len(found) + 2), dtype="int64")
    return Table(spec=spec, frame=pd.DataFrame(columns), measured=True, read=len(found))


def _cell(column: Column, row: Row, position: int) -> object:
    if column.name in row:
        return row[column.name]
    if column.kind is Kind.ID and column.required:
        return f"{column.name}-{position + 1}"
    if column.name == "quarter":
        return QUARTER
    return () if column.kind is Kind.LIST else None


def _typed(column: Column, cells: list[object]) -> pd.Series:
    if column.kind in _TEXT:
        return pd.Series(cells, dtype="str")
    if column.kind in _NUMBERS:
        return pd.Series(cells, dtype="float64")
    return _MAKERS[column.kind](cells)


def _instants(cells: list[object]) -> pd.Series:
    zone = ZoneInfo(CALENDAR.time_zone)

    def read(cell: object) -> datetime | None:
        if cell is None:
            return None
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(str(cell))
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    moments = [read(cell) for cell in cells]
    return pd.Series(pd.to_datetime(moments, utc=True), dtype="datetime64[s, UTC]")


_MAKERS: dict[Kind, Callable[[list[object]], pd.Series]] = {
    Kind.LIST: lambda cells: pd.Series(cells, dtype="object"),
    Kind.DATETIME: _instants,
    Kind.DATE: lambda cells: pd.Series(pd.to_datetime(cells), dtype="datetime64[s]"),
    Kind.BOOLEAN: lambda cells: pd.Series(cells, dtype="boolean"),
    Kind.INTEGER: lambda cells: pd.Series(cells, dtype="Int64"),
}
