"""What the reader of any format gives: a header, rows of text, and what it noticed."""

from __future__ import annotations

from dataclasses import dataclass

from board_report.model import RawRow
from board_report.sources.faults import ReadCode

MOST_COLUMNS = 16_384
"""Columns that a table may have: as many as a spreadsheet."""

Note = tuple[ReadCode, int, dict[str, object]]
"""(code, line, facts) of something noticed on the way."""


@dataclass(frozen=True)
class Grid:
    """What a reader of one format gives: rows of text, the header among them."""

    header: RawRow
    rows: tuple[RawRow, ...]
    sheet: str = ""
    notes: tuple[Note, ...] = ()
    blank_lines: tuple[int, ...] = ()
