"""A few typed rows of the engine as rows in memory, for the checks that speak of rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from board_report.model import RawRow
from board_report.tables.engine.cells_in_sql import TIMES
from board_report.tables.engine.work import Work
from board_report.tables.frames import Rows
from board_report.tables.schema import Column, Kind


def sample(work: Work, sql: str) -> Rows:
    """Rows in memory from a SELECT of ``src``, ``line`` and the typed columns, in its order.

    Args:
        work: the table.
        sql: what follows ``SELECT src, line, ...``: ``FROM typed WHERE ... LIMIT 100``.
    """
    names = ", ".join(f"v_{name}" for name in work.spec.column_names)
    found = work.rows(f"SELECT src, line, {names} {sql}")
    rows = Rows(columns={name: [] for name in work.spec.column_names})
    for src, line, *values in found:
        rows.raws.append(work.source(src).staged.raw)
        rows.rows.append(RawRow(line, ()))
        for column, value in zip(work.spec.columns, values, strict=True):
            rows.columns[column.name].append(python_value(column, value))
    return rows


def python_value(column: Column, value: Any) -> Any:
    """A typed value of the engine as our parsers give it."""
    if value is None:
        return None
    if column.kind in TIMES:
        return datetime.fromtimestamp(value, UTC).replace(tzinfo=None)
    return bool(value) if column.kind is Kind.BOOLEAN else value
