"""Small exports of incidents and alerts, read as a user's project reads them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tests.projects import load
from tests.unit.readers.file_read import FileRead


@dataclass(frozen=True)
class Handled(FileRead):
    """What came of one file."""

    table: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that are used, without columns that hold nothing; times as text in UTC."""
        frame = self.loaded.tables.frame(self.table)
        frame = frame[frame["_source"] == self.file].drop(columns=["_source", "_line"])
        return [
            {str(name): _plain(value) for name, value in row.items() if not _is_empty(value)}
            for row in frame.to_dict("records")
        ]

    @property
    def lines(self) -> list[int]:
        """The line of each row that is used."""
        return [int(line) for line in self.loaded.tables.frame(self.table)["_line"]]

    @property
    def ends(self) -> dict[str, int]:
        """Rows read, and where they went; ends that no row met are left out."""
        names = ("used", "rejected", "duplicate", "superseded", "left_out", "out_of_period")
        counts = {name: getattr(self.account, name) for name in names}
        return {name: count for name, count in counts.items() if count}

    @property
    def faults(self) -> list[tuple[str, int, str, str]]:
        """Code, line, column and value of each error."""
        return [
            (each.code, each.line, each.column, each.value)
            for each in self.loaded.findings
            if each.file == self.file and each.severity == "error"
        ]


def _is_empty(value: Any) -> bool:
    return value == () or (not isinstance(value, tuple) and bool(pd.isna(value)))


def _plain(value: Any) -> Any:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, pd.Timestamp) else value


def read_incidents(folder: Path, name: str, content: str | bytes, more: str = "") -> Handled:
    """A project with this file of incidents in a block that names it alone; ``more`` is added."""
    return _read(folder, name, content, more, "incidents")


def read_alerts(folder: Path, name: str, content: str | bytes, more: str = "") -> Handled:
    """The same of alerts."""
    return _read(folder, name, content, more, "detections")


def _read(folder: Path, name: str, content: str | bytes, more: str, table: str) -> Handled:
    file = f"ciso/{name}"
    report = f'\n[[source]]\nfile = "{file}"\n{more}'
    _, loaded = load(folder, {file: content}, report)
    return Handled(loaded, file, table)


def csv_of(header: Sequence[str], *rows: dict[str, str]) -> str:
    """A CSV file with this header; cells that a row does not name are empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        assert set(row) <= set(header)
        writer.writerow([row.get(name, "") for name in header])
    return text.getvalue()


def lines_of(*records: dict[str, Any]) -> str:
    """JSON lines."""
    return "".join(json.dumps(each) + "\n" for each in records)


UTC = 'time_zone = "UTC"\n'
SEVERITY = '[source.constants]\nseverity = "medium"\n'
"""What a user adds where an export has no severity."""
