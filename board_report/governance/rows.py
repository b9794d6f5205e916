"""Plain rows: what governance reads, whether they come from a table or from the public record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window

Row = Mapping[str, object]
"""Column name to str, int, float, bool, date, datetime or tuple; None where there is no value."""


def plain_rows(frame: pd.DataFrame, columns: Iterable[str] | None = None) -> tuple[Row, ...]:
    """The rows of a typed frame as plain values, in order.

    Args:
        frame: the typed rows of a canonical table.
        columns: those to keep, in this order; all of them when None.
    """
    names = [str(name) for name in frame.columns] if columns is None else list(columns)
    kept = [[_plain(value) for value in frame[name].array] for name in names]
    return tuple(dict(zip(names, values, strict=True)) for values in zip(*kept, strict=True))


def _plain(value: object) -> object:
    import pandas as pd

    if isinstance(value, (str, tuple)):
        return value
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if value.tzinfo is None else value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def text_of(row: Row, column: str) -> str:
    """The text of a cell without surrounding blanks; empty when there is none."""
    value = row.get(column)
    return "" if value is None else str(value).strip()


def day_of(row: Row, column: str) -> date | None:
    """The date of a cell, or None."""
    value = row.get(column)
    return value if isinstance(value, date) else None


def flag_of(row: Row, column: str) -> bool | None:
    """True, False, or None where nothing is recorded."""
    value = row.get(column)
    return None if value is None else bool(value)


def trailing_year(window: Window) -> tuple[date, date]:
    """First and last day of the four quarters that end with this one, as far as they are known."""
    months = window.first_day.year * 12 + window.first_day.month - 1 - 9
    return window.first_day.replace(year=months // 12, month=months % 12 + 1), window.cutoff_day


def title_beside(number: str, title: str) -> str:
    """A title as it stands beside its number: without the number, where it begins with it."""
    rest = title.removeprefix(number)
    if not number or rest == title or rest[:1].isalnum():
        return title
    return rest.lstrip(" /:,;–-") or title
