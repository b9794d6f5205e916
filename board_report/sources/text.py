"""Read CSV and its relatives with the true line number of every row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from board_report.model import RawRow
from board_report.project import SourceSpec
from board_report.sources.decode import decode
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import MOST_COLUMNS, Grid, Note
from board_report.sources.typed_rows import LARGEST_CELLS, LARGEST_ROWS

DELIMITERS = (",", ";", "\t", "|")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MOST_SHARED = 200_000
"""Different cells after which a file is taken to repeat few of them."""


def read_text(content: bytes, spec: SourceSpec) -> Grid:
    """Rows of a delimited text file.

    Raises:
        ReadFaultError: the file cannot be read as what it is declared to be.
    """
    text, marked = decode(content, spec.encoding)
    delimiter, told = find_delimiter(text, spec)
    if marked:
        told = ((ReadCode.BYTE_ORDER_MARK, 1, {"encoding": marked.upper()}), *told)
    rows: list[RawRow] = []
    blank: list[int] = []
    count = 0
    for row in rows_of_lines(_lines(text), delimiter, spec.skip_rows):
        count += len(row.cells)
        refuse_surplus(len(rows) + len(blank), count)
        if any(cell.strip() for cell in row.cells):
            rows.append(row)
        else:
            blank.append(row.line)
    if not rows:
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    header, *rest = rows
    if len(header.cells) > MOST_COLUMNS:
        width = f"{len(header.cells):,}"
        raise ReadFaultError(ReadCode.TOO_WIDE, line=header.line, count=width, most=MOST_COLUMNS)
    check_declared(header, spec)
    return Grid(header, tuple(rest), notes=told, blank_lines=tuple(blank))


def rows_of_lines(lines: Iterator[str], delimiter: str, skip: int) -> Iterator[RawRow]:
    """Rows with the line that each starts on, blank ones too, from lines with their ends.

    Raises:
        ReadFaultError: quotation marks do not pair up.
    """
    for _ in range(skip):
        next(lines, "")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    known: dict[str, str] = {}
    share = known.setdefault
    while True:
        starts = skip + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                longest = f"{csv.field_size_limit():,}"
                raise ReadFaultError(ReadCode.CELL_TOO_LONG, line=starts, most=longest) from error
            raise ReadFaultError(ReadCode.BAD_QUOTING, line=starts, detail=str(error)) from error
        if len(known) < _MOST_SHARED:
            # One text for equal cells: exports repeat a few texts many times.
            cells = [share(cell, cell) for cell in cells]
        yield RawRow(starts, tuple(cells))


def refuse_surplus(rows: int, cells: int) -> None:
    """Refuse what would fill the memory, before it does; a small packed file can hold it.

    Raises:
        ReadFaultError: there are more rows or cells than a source may have.
    """
    if rows > LARGEST_ROWS:
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{LARGEST_ROWS:,} rows")
    if cells > LARGEST_CELLS:
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{LARGEST_CELLS:,} cells")


def _lines(text: str) -> Iterator[str]:
    """The physical lines with their ends; a stream of the text would hold it four times over."""
    for found in _LINE.finditer(text):
        yield found[0]


def find_delimiter(text: str, spec: SourceSpec) -> tuple[str, tuple[Note, ...]]:
    """The declared delimiter, or the one that splits the header into most columns."""
    if spec.delimiter:
        return spec.delimiter, ()
    number, line = _header_line(text, spec.skip_rows)
    found = max(DELIMITERS, key=lambda each: _width(line, each))
    if found == ",":
        return found, ()
    return found, ((ReadCode.DELIMITER_FOUND, number, {"delimiter": _quoted(found)}),)


def _header_line(text: str, skip: int) -> tuple[int, str]:
    for number, line in enumerate(_lines(text), start=1):
        if number > skip and line.strip():
            return number, line
    return 1, ""


def _width(line: str, delimiter: str) -> int:
    """Cells of a line; one where they cannot be told apart."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 1


def check_declared(header: RawRow, spec: SourceSpec) -> None:
    """Refuse a declared delimiter that leaves the header in one piece where another would not.

    Raises:
        ReadFaultError: it does.
    """
    if not spec.delimiter or len(header.cells) != 1:
        return
    line = header.cells[0]
    other = max(DELIMITERS, key=lambda each: _width(line, each))
    if _width(line, other) > 1:
        raise ReadFaultError(
            ReadCode.WRONG_DELIMITER,
            line=header.line,
            value=line,
            delimiter=_quoted(spec.delimiter),
            other=_quoted(other),
        )


def _quoted(delimiter: str) -> str:
    return '"\\t"' if delimiter == "\t" else f'"{delimiter}"'
