"""A few typed rows of the engine as rows in memory, for the checks that speak of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from board_report.model import RawRow
from board_report.tables.engine.cells_in_sql import TIMES
from board_report.tables.engine.work import Source, Work
from board_report.tables.frames import Cells, Rows
from board_report.tables.mapping import map_columns
from board_report.tables.schema import Column, Kind


def sample(work: Work, sql: str, *, with_cells: bool = False) -> Rows:
    """Rows in memory from a SELECT of ``src``, ``line`` and the typed columns, in its order.

    Args:
        work: the table.
        sql: what follows ``SELECT src, pos, line, ...``: ``FROM typed WHERE ... LIMIT 100``.
        with_cells: with the cells as they are in the file, for findings that repeat them.
    """
    names = ", ".join(f"v_{name}" for name in work.spec.column_names)
    found = work.rows(f"SELECT src, pos, line, {names} {sql}")
    rows = Rows(columns={name: [] for name in work.spec.column_names})
    cells = _cells(work, [(src, at) for src, at, *_ in found]) if with_cells else {}
    known = {src for src, *_ in found} if with_cells else ()
    origins = {src: _origins(work, work.source(src)) for src in known}
    for src, at, line, *values in found:
        source = work.source(src)
        rows.raws.append(source.staged.raw)
        rows.rows.append(RawRow(line, cells.get((src, at), ())))
        if with_cells:
            rows.cells.append(origins[src])
        for column, value in zip(work.spec.columns, values, strict=True):
            rows.columns[column.name].append(python_value(column, value))
    return rows


def _origins(work: Work, source: Source) -> Cells:
    """Where a source's columns are read from."""
    return map_columns(source.staged.raw, source.spec, work.spec).cells(source.spec)


def _cells(work: Work, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, ...]]:
    """The cells of some rows, each by the number of its source and its place there."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for index in {src for src, _ in places}:
        source = work.source(index)
        names = "".join(f", c{at}" for at in range(len(source.staged.raw.columns)))
        rows = work.rows(
            f"SELECT _at{names} FROM {source.relation} AS row_ "
            "WHERE _at IN (SELECT unnest(?::BIGINT[]))",
            [[at for src, at in places if src == index]],
        )
        found |= {(index, at): tuple(each or "" for each in cells) for at, *cells in rows}
    return found


def python_value(column: Column, value: Any) -> Any:
    """A typed value of the engine as our parsers give it."""
    if value is None:
        return None
    if column.kind in TIMES:
        return datetime.fromtimestamp(value, UTC).replace(tzinfo=None)
    return bool(value) if column.kind is Kind.BOOLEAN else value
