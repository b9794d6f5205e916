"""Look at the beginning of a file: what it is written in, and what its records are called."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from board_report.sources.decode import lenient
from board_report.sources.faults import ReadFaultError
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.packed import refuse_crowd
from board_report.sources.workbook import first_rows

LOOKED_AT = 60
"""Lines of a text file, or rows of each sheet, among which a header is looked for."""

_HEAD = 200_000
"""Bytes of a text or XML file that are looked at."""

_DELIMITERS = (",", ";", "\t", "|")
_ROOT = re.compile(r"<(?!\?|!)(?:[\w.\-]+:)?([\w.\-]+)")


@dataclass(frozen=True)
class HeaderRow:
    """One row among the first of a file, and what it takes to make it the header."""

    cells: frozenset[str]
    """Plain: without case and surplus spaces."""
    skip_rows: int
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Peek:
    """The beginning of a file."""

    kind: Kind | None
    """None for a file that cannot be read."""
    rows: tuple[HeaderRow, ...] = ()
    document: Any = None
    """JSON: the whole value; JSON lines: the first records as a list."""
    head: str = field(default="", repr=False)
    root: str = ""


def peek(file: str, content: bytes) -> Peek:
    """Look at a file's (unpacked) bytes; what cannot be understood gives an empty look."""
    kind = kind_of(file, content)
    try:
        if kind is Kind.TEXT:
            return Peek(kind, rows=tuple(_text_rows(lenient(content[:_HEAD]))))
        if kind is Kind.WORKBOOK:
            return Peek(kind, rows=tuple(_sheet_rows(content)))
        if kind is Kind.XML:
            head = lenient(content[:_HEAD])
            root = _ROOT.search(_without_comments(head))
            return Peek(kind, head=head, root=root[1] if root else "")
        if kind is Kind.JSON:
            refuse_crowd(content)
            return Peek(kind, document=json.loads(lenient(content)))
        if kind is Kind.JSON_LINES:
            return Peek(kind, document=list(_first_lines(lenient(content[:_HEAD]))))
    except (ValueError, RecursionError, ReadFaultError):
        return Peek(kind)
    return Peek(None)


def _without_comments(text: str) -> str:
    """XML without its comments; a pattern would search the rest again at each that never ends."""
    first, *others = text.split("<!--")
    return first + "".join(each.partition("-->")[2] for each in others)


def _first_lines(text: str) -> Iterator[Any]:
    for line in text.split("\n")[:LOOKED_AT]:
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                return


def _text_rows(text: str) -> Iterator[HeaderRow]:
    for at, line in enumerate(io.StringIO(text, newline=None)):
        if at >= LOOKED_AT:
            return
        for delimiter in _DELIMITERS:
            if delimiter not in line:
                continue
            try:
                cells = next(csv.reader([line], delimiter=delimiter), [])
            except csv.Error:
                continue
            yield HeaderRow(frozenset(map(plain, cells)), at, delimiter=delimiter)


def _sheet_rows(content: bytes) -> Iterator[HeaderRow]:
    for sheet, rows in first_rows(content, LOOKED_AT).items():
        for at, cells in enumerate(rows):
            yield HeaderRow(frozenset(map(plain, cells)), at, sheet=sheet)


def plain(header: str) -> str:
    """A header without case, surplus spaces and byte order mark, for comparing."""
    return " ".join(header.replace("\ufeff", "").split()).casefold()


def records_at(document: Any, at: str) -> Iterator[Mapping[str, Any]]:
    """The records of a JSON value that a dotted path with ``*`` leads to."""
    level = [document]
    for key in at.split(".") if at else ():
        if key == "*":
            level = [each for some in level for each in _items(some)]
        else:
            level = [some[key] for some in level if isinstance(some, dict) and key in some]
    for value in level:
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, dict):
                yield each


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def field_of(record: Mapping[str, Any], path: str) -> Any:
    """A field of a record by its path; None where there is none.

    A key that itself holds dots, as ``kibana.alert.severity`` does in some exports, is found too.
    """
    if path in record:
        return record[path]
    head, _, rest = path.partition(".")
    while rest:
        if head in record and isinstance(record[head], dict):
            found = field_of(record[head], rest)
            if found is not None:
                return found
        more, _, rest = rest.partition(".")
        head = f"{head}.{more}"
    return None


def has_field(record: Mapping[str, Any], path: str) -> bool:
    """True when a record has the field, be it empty."""
    if path in record:
        return True
    head, _, rest = path.partition(".")
    while rest:
        inner = record.get(head)
        if isinstance(inner, dict) and has_field(inner, rest):
            return True
        more, _, rest = rest.partition(".")
        head = f"{head}.{more}"
    return False
