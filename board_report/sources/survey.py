"""Read a file of which nothing is known: find its encoding, delimiter, sheet and header."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from board_report.project import SourceSpec
from board_report.sources.decode import decode
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.file_bytes import file_bytes
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.packed import bare_name, refuse_crowd, unpacked
from board_report.sources.peek import Peek, peek
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import Recognized, recognize
from board_report.sources.records import read_records
from board_report.sources.text import DELIMITERS
from board_report.sources.workbook import first_rows

_LOOKED_AT = 200
"""Rows from which the shape of a table is judged."""

_HEADER_FILLED = 0.7
"""Share of the cells of a header that have a text."""


def survey(folder: Path, file: str) -> tuple[tuple[Recognized, ...], Peek, SourceSpec]:
    """The readers that know a file, a look at it, and how it can be read without one.

    Raises:
        ReadFaultError: it cannot be read at all.
    """
    content = unpacked(file, file_bytes(folder, file))
    looked = peek(file, content)
    known = recognize(looked, tuple(readers_by_id().values()))
    spec = SourceSpec(table="", file=bare_name(file))
    kind = kind_of(file, content)
    if kind is Kind.TEXT:
        spec = _text(content, spec)
    elif kind is Kind.WORKBOOK:
        spec = _workbook(content, spec)
    elif kind in (Kind.JSON, Kind.JSON_LINES):
        spec = _records(content, spec)
    elif kind is not Kind.XML:
        raise ReadFaultError(ReadCode.FORMAT_UNKNOWN)
    return known, looked, replace(spec, file=file)


def _text(content: bytes, spec: SourceSpec) -> SourceSpec:
    try:
        text, _ = decode(content, "utf-8")
    except ReadFaultError as fault:
        encoding = str(fault.facts.get("guess", "cp1252"))
        text, _ = decode(content, encoding)
        spec = replace(spec, encoding=encoding)
    shapes = {each: _rows(text, each) for each in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: _width(shapes[each])[1])
    at = _header_at([cells for _, cells in shapes[delimiter]])
    lines = [line for line, _ in shapes[delimiter]]
    return replace(
        spec,
        delimiter="" if delimiter == "," else delimiter,
        skip_rows=lines[at] if lines else 0,
    )


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The first rows, each with the number of lines before it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    with suppress(csv.Error):  # what was read up to a fault tells the shape
        while len(rows) < _LOOKED_AT:
            before = reader.line_num
            cells = next(reader, None)
            if cells is None:
                break
            if any(each.strip() for each in cells):
                rows.append((before, cells))
    return rows


def _width(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, float]:
    """The usual number of cells, and how well the rows agree on it: cells in agreeing rows."""
    if not rows:
        return 0, 0.0
    width, count = Counter(len(cells) for _, cells in rows).most_common(1)[0]
    return width, (width - 1) * count / len(rows)


def _header_at(rows: Sequence[Sequence[str]]) -> int:
    """The first row as wide as most rows whose cells nearly all have a text of their own."""
    widths = Counter(_filled_width(cells) for cells in rows)
    usual = max(widths, key=lambda each: (widths[each] * each, each), default=0)
    for at, cells in enumerate(rows):
        filled = [each.strip() for each in cells if each.strip()]
        enough = len(filled) >= _HEADER_FILLED * max(usual, 1)
        if enough and len(set(filled)) == len(filled) and not any(map(_is_number, filled)):
            return at
    return 0


def _filled_width(cells: Sequence[str]) -> int:
    """Cells up to the last that has a text."""
    return max((at for at, each in enumerate(cells, start=1) if each.strip()), default=0)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "").isdigit()


def _workbook(content: bytes, spec: SourceSpec) -> SourceSpec:
    sheets = first_rows(content, _LOOKED_AT)
    if not sheets:
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    sizes = {name: sum(bool(each) for row in rows for each in row) for name, rows in sheets.items()}
    name = max(sizes, key=lambda each: sizes[each])
    filled = [(at, row) for at, row in enumerate(sheets[name]) if any(each.strip() for each in row)]
    if not filled:
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    at = _header_at([row for _, row in filled])
    return replace(spec, sheet=name if len(sheets) > 1 else "", skip_rows=filled[at][0])


def _records(content: bytes, spec: SourceSpec) -> SourceSpec:
    """Records, or the first of several lists of them."""
    refuse_crowd(content)
    try:
        read_records(content, spec)
    except ReadFaultError as fault:
        if fault.code is not ReadCode.SHEET_NOT_DECLARED:
            raise
        return replace(spec, sheet=str(fault.facts["nearest"]))
    return spec
