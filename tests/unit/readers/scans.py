"""Small scan reports in the shape of their tools, read as a user's project reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tests.projects import load
from tests.unit.readers.file_read import StateRead


@dataclass(frozen=True)
class Scan(StateRead):
    """What came of one file."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that are used, empty cells as None and dates as text."""
        frame = self.loaded.tables.frame("vulnerability_findings")
        return [
            {name: _plain(value) for name, value in row.items()} for row in frame.to_dict("records")
        ]

    def column(self, name: str) -> list[Any]:
        """One column of the rows that are used."""
        return [row[name] for row in self.rows]


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return None if pd.isna(value) else value


def read_scan(folder: Path, name: str, content: str, more: str = "") -> Scan:
    """A project with this file in a block that names it alone; ``more`` follows in the block."""
    file = f"ciso/{name}"
    report = f'\n[[source]]\nfile = "{file}"\n{more}'
    _, loaded = load(folder, {file: content}, report)
    return Scan(loaded, file)


def csv_of(header: Sequence[str], *rows: dict[str, str], delimiter: str = ",") -> str:
    """A CSV file with this header; cells that a row does not name are empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    for row in rows:
        assert set(row) <= set(header)
        writer.writerow([row.get(name, "") for name in header])
    return text.getvalue()


DAY = '[source.constants]\nfirst_seen_on = "2026-08-03"\n'
"""What a user adds where an export has no date of detection."""
