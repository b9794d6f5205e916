"""Small reports on configurations and controls, read as a user's project reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from board_report.model import Finding
from board_report.tables.load import LoadedTables
from tests.projects import load

UNITS = "business_unit"


@dataclass(frozen=True)
class Reading:
    """What came of one file."""

    loaded: LoadedTables
    table: str
    file: str

    @property
    def ends(self) -> tuple[int, int, int, int, int]:
        """Rows read, used in the period, rejected, duplicate and left out; they add up."""
        (part,) = [each for each in self.loaded.reconciliation if each.file == self.file]
        ends = (part.used, part.rejected, part.duplicate, part.left_out)
        assert part.read == sum(ends) + part.out_of_period
        return part.read, *ends

    @property
    def reader(self) -> str:
        """Id of the reader that recognized the file."""
        (told,) = self.found("reader_found")
        return told.mend.split('"')[1]

    def found(self, code: str) -> list[Finding]:
        """The findings of this code about the file."""
        return [
            each for each in self.loaded.findings if each.code == code and each.file == self.file
        ]

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
    return Reading(loaded, table, file)
