"""Small reports on configurations and controls, read as a user's project reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tests.projects import load
from tests.unit.readers.file_read import StateRead

UNITS = "business_unit"


@dataclass(frozen=True)
class Reading(StateRead):
    """What came of one file."""

    table: str

    def column(self, name: str) -> list[Any]:
        """One column of the rows that are used, empty cells as None and dates as text."""
        return [_plain(each) for each in self.loaded.tables.frame(self.table)[name]]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, tuple):
        return value
    return None if pd.isna(value) else value


def read_checks(
    folder: Path,
    name: str,
    content: str | bytes,
    more: str = "",
    table: str = "configuration_checks",
) -> Reading:
    """A project with this file in a block that names it alone; ``more`` follows in the block."""
    file = f"ciso/{name}"
    _, loaded = load(folder, {file: content}, f'\n[[source]]\nfile = "{file}"\n{more}')
    return Reading(loaded, file, table)
