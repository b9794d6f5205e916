"""Stream rows of text into a table of the engine, a bounded batch at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from board_report.model import RawRow, SourceFile
from board_report.sources.grid import Grid
from board_report.sources.scanning.staged import Staged
from board_report.sources.typed_rows import RowStore, StoreOf

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 20_000
"""Rows that are in memory at a time."""


class RowStream:
    """A table of the engine that takes rows in batches."""

    def __init__(self, connection: DuckDBPyConnection, name: str, width: int) -> None:
        self.name = name
        self.rows = 0
        self._connection, self._width = connection, width
        self._waiting: list[RawRow] = []
        cells = "".join(f", c{at} VARCHAR" for at in range(width))
        connection.execute(f"CREATE TABLE {name} (_at BIGINT, _line BIGINT, _odd VARCHAR{cells})")

    def add(self, rows: Iterable[RawRow]) -> None:
        """Take further rows."""
        for row in rows:
            self._waiting.append(row)
            if len(self._waiting) >= BATCH:
                self.flush()

    def flush(self) -> None:
        """Hand over what waits."""
        if not self._waiting:
            return
        import pandas as pd

        rows, self._waiting = self._waiting, []
        frame: dict[str, Any] = {
            "_at": range(self.rows, self.rows + len(rows)),
            "_line": [row.line for row in rows],
            "_odd": _texts([self._odd(row.cells) for row in rows]),
        }
        regular = [self._fitted(row.cells) for row in rows]
        for at, cells in enumerate(zip(*regular, strict=True)):
            frame[f"c{at}"] = _texts(cells)
        self._connection.register("_batch", pd.DataFrame(frame))
        self._connection.execute(f"INSERT INTO {self.name} SELECT * FROM _batch")
        self._connection.unregister("_batch")
        self.rows += len(rows)

    def _odd(self, cells: Sequence[str]) -> str | None:
        return None if len(cells) == self._width else json.dumps(cells)

    def _fitted(self, cells: Sequence[str]) -> Sequence[str]:
        missing = self._width - len(cells)
        return cells if not missing else (*cells[: self._width], *("",) * missing)


def _texts(cells: Sequence[str | None]) -> Any:
    import numpy as np

    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    return column


def streamed(
    connection: DuckDBPyConnection,
    name: str,
    read: Callable[[StoreOf], tuple[SourceFile, Grid]],
    file: str,
) -> Staged:
    """A result that its reader gives in batches, handed on to a table of the engine as it comes.

    Args:
        connection: the engine.
        name: of the table to make.
        read: the reader, which takes a maker of stores.
        file: the source, for its hash.

    Raises:
        ReadFaultError: the reader's own.
    """
    stores: list[_StreamedStore] = []

    def store_of(header: tuple[str, ...], decimal_comma: bool) -> RowStore:
        stream = RowStream(connection, name, len(header))
        stores.append(_StreamedStore(header, decimal_comma, is_bounded=False, stream=stream))
        return stores[-1]

    source, grid = read(store_of)
    stream = stores[-1].stream
    if stream is None:
        raise ValueError(f"{file} was read without its stream")
    stream.flush()
    rows = (grid.header,) if stream.rows else ()
    return Staged(name, stream.rows, source, replace(grid, rows=rows))


@dataclass
class _StreamedStore(RowStore):
    """Texts, counts and hash of a result, whose rows go on to the engine."""

    stream: RowStream | None = None

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take further rows of values and hand them on."""
        super().add(rows)
        taken = self.take_rows()
        if self.stream:
            self.stream.add(taken)
