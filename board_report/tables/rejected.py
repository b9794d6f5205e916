"""Rows that were set aside, as files a person can mend: the row as it was, and why."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from board_report.model import RejectedRow

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that a spreadsheet will not take for a formula: a leading sign gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def rejected_files(rows: Sequence[RejectedRow]) -> dict[str, str]:
    """One CSV text for each input file that had rows set aside, by file name.

    The columns are ``line``, ``reasons``, ``neutralized`` and then the file's own columns. A cell
    that a spreadsheet would run as a formula gets an apostrophe, and ``neutralized`` names its
    column; every other cell is as it was.
    """
    by_file: dict[str, list[RejectedRow]] = {}
    for row in rows:
        by_file.setdefault(row.file, []).append(row)
    return {_file_name(file): _csv(some) for file, some in sorted(by_file.items())}


def _file_name(file: str) -> str:
    """A name that every system allows: that of an object or a query has colons."""
    path = PurePosixPath(re.sub(r":/*", "-", file))
    return f"{'-'.join(path.parts)}.csv" if path.suffix != ".csv" else "-".join(path.parts)


def _csv(rows: Sequence[RejectedRow]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    columns = rows[0].columns
    writer.writerow(["line", "reasons", "neutralized", *columns])
    for row in sorted(rows, key=lambda one: one.line):
        cells = [neutral(cell) for cell in row.cells]
        risky = [
            column
            for column, was, now in zip(row.columns, row.cells, cells, strict=False)
            if now != was
        ]
        writer.writerow([row.line, "; ".join(row.reasons), "; ".join(risky), *cells])
    return buffer.getvalue()
