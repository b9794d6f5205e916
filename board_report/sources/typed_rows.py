"""Write rows of typed values as text that reads back as the same values, and take their hash."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from board_report.model import RawRow, SourceFile
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid, Note

LARGEST_ROWS = 5_000_000
"""Rows of one result that are read into memory."""
LARGEST_CELLS = 200_000_000
"""Cells of one result; each takes memory even where its text is shared."""
LARGEST_TEXT = 1_000_000_000
"""Characters of one result that are read into memory; a text that repeats is counted once."""
LARGEST_SIZE = 5_000_000_000
"""Bytes of one result, a text that repeats counted each time: a small file can say one forever."""
BINARY_CELL = "#BINARY!"
"""What stands for bytes: no text that could be taken for a value, as with a spreadsheet's #REF!."""

_MOST_SHARED = 200_000


def cell_text(value: Any, decimal_comma: bool = False) -> str:
    """One value as text; NULL is empty, a list is joined by semicolons, bytes are refused."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (float, Decimal)):
        text = _number(value)
        return text.replace(".", ",") if decimal_comma else text
    if isinstance(value, (bytes, bytearray, memoryview)):
        return BINARY_CELL
    if isinstance(value, (datetime, date, time, timedelta)):
        return _moment(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ";".join(_item(each, decimal_comma) for each in value)
    if isinstance(value, dict):
        return _json(value)
    return str(value)


def _number(value: float | Decimal) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))


def _moment(value: date | time | timedelta) -> str:
    if not isinstance(value, timedelta):
        return value.isoformat()
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _item(value: Any, decimal_comma: bool) -> str:
    nested = isinstance(value, (dict, list, tuple))
    return _json(value) if nested else cell_text(value, decimal_comma)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=cell_text)


def check_size(rows: int, columns: int) -> None:
    """Refuse a result that memory should not hold.

    Raises:
        ReadFaultError: it has too many rows or cells.
    """
    if rows > LARGEST_ROWS:
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{LARGEST_ROWS:,} rows")
    if rows * columns > LARGEST_CELLS:
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{LARGEST_CELLS:,} cells")


@dataclass
class RowStore:
    """Rows of a result, taken in batches: as text, counted, hashed, and bounded.

    The hash is over one JSON array of texts in each line, the header first, in UTF-8: it proves
    which texts were read, in which order. A query without ORDER BY may give another order, and
    then another hash; nothing is sorted here.
    """

    header: tuple[str, ...]
    decimal_comma: bool = False
    is_bounded: bool = True
    """False where the rows are handed on as they come, and memory holds none of them for long."""
    rows: list[RawRow] = field(default_factory=list)
    blank_lines: list[int] = field(default_factory=list)
    _shared: dict[str, str] = field(default_factory=dict)
    _binary: Counter[int] = field(default_factory=Counter)
    _first_binary: dict[int, int] = field(default_factory=dict)
    _count: int = 0
    _characters: int = 0

    def __post_init__(self) -> None:
        self._hash = sha256()
        self._size = 0
        self._add_to_hash(self.header)

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take further rows of values, in the order of the header.

        Raises:
            ReadFaultError: they are more than memory should hold.
        """
        for values in rows:
            self._count += 1
            if self.is_bounded:
                check_size(self._count, len(self.header))
            cells = tuple(self._cell(at, value) for at, value in enumerate(values))
            self._add_to_hash(cells)
            if self.is_bounded and self._size > LARGEST_SIZE:
                raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{LARGEST_SIZE:,} bytes")
            if any(cell.strip() for cell in cells):
                self.rows.append(RawRow(self._count, cells))
            else:
                self.blank_lines.append(self._count)

    def take_rows(self) -> list[RawRow]:
        """The rows taken since this was last asked; they are not kept."""
        taken, self.rows = self.rows, []
        return taken

    def grid(self) -> Grid:
        """What was taken, the row numbers as lines, and a note for each column of bytes."""
        return Grid(
            RawRow(0, self.header),
            tuple(self.rows),
            notes=tuple(self._notes()),
            blank_lines=tuple(self.blank_lines),
        )

    def source(self, path: str) -> SourceFile:
        """The result as an input of the report, with its hash."""
        return SourceFile(path, self._hash.hexdigest(), self._size)

    def _cell(self, at: int, value: Any) -> str:
        text = cell_text(value, self.decimal_comma)
        if text is BINARY_CELL:
            self._binary[at] += 1
            self._first_binary.setdefault(at, self._count)
        if len(self._shared) < _MOST_SHARED:
            known = self._shared.setdefault(text, text)
        else:
            known = self._shared.get(text, text)
        if known is text:
            self._characters += len(text)
            if self.is_bounded and self._characters > LARGEST_TEXT:
                limit = f"{LARGEST_TEXT:,} characters"
                raise ReadFaultError(ReadCode.TOO_LARGE, limit=limit)
        return known

    def _add_to_hash(self, cells: tuple[str, ...]) -> None:
        line = json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        self._hash.update(line)
        self._size += len(line)

    def _notes(self) -> Iterable[Note]:
        for at, count in sorted(self._binary.items()):
            cells = "1 cell" if count == 1 else f"{count:,} cells"
            facts: dict[str, object] = {"column": self.header[at], "count": cells}
            yield ReadCode.BINARY_CELLS, self._first_binary[at], facts


StoreOf = Callable[[tuple[str, ...], bool], RowStore]
"""Makes the store of a result from its header, and whether decimals are set off by a comma."""
