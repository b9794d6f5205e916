"""Cells of typed rows as plain values: None for what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, object]


def rows_where(frame: pd.DataFrame, column: str, value: str) -> list[Row]:
    """The rows of a frame whose cell is this text, in order."""
    chosen = frame[(frame[column] == value).to_numpy(dtype=bool)]
    return list(records(chosen))


def records(frame: pd.DataFrame) -> Iterable[Row]:
    """All rows of a frame as mappings."""
    return ({str(key): value for key, value in row.items()} for row in frame.to_dict("records"))


def number(row: Row, column: str) -> float | None:
    """The number of a cell; None where it is empty or the column was not given."""
    value = row.get(column)
    if value is None or value != value or not isinstance(value, (int, float)):
        return None
    return float(value)


def word(row: Row, column: str) -> str:
    """The text of a cell; empty where it is missing."""
    value = row.get(column)
    return value if isinstance(value, str) else ""


def place(row: Row) -> tuple[str, int]:
    """File and line of a row."""
    return str(row.get(SOURCE_COLUMN, "")), int(str(row.get(LINE_COLUMN, 0)))
