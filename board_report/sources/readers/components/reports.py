"""Walk through a scanner's JSON report and keep of each finding the few texts that are used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from board_report.model import RawRow
from board_report.project import SourceSpec
from board_report.sources.decode import decode
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid, Note
from board_report.sources.located import DECODER
from board_report.sources.peek import field_of
from board_report.sources.records import flatten, table_of

Texts = dict[str, str]
"""The texts of one row by the name of their column."""

Walk = Callable[[str, Any], Iterator[tuple[int, Texts]]]
"""From a JSON text and its value to the line and texts of each row."""

_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,}", re.IGNORECASE)


def read_report(content: bytes, spec: SourceSpec, walk: Walk, columns: Iterable[str] = ()) -> Grid:
    """The rows of a JSON report.

    Args:
        content: the file.
        spec: its block.
        walk: gives the rows; it may meet values of any type where it expects another.
        columns: headers that rows have in any case.

    Raises:
        ReadFaultError: not JSON, nested too deeply, or what ``walk`` raises.
    """
    text, marked = decode(content, spec.encoding)
    if not text.strip():
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    try:
        grid = grid_of(walk(text, DECODER.decode(text)), columns)
    except json.JSONDecodeError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, line=error.lineno, detail=error.msg) from error
    except RecursionError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, detail="it is nested too deeply") from error
    if not marked:
        return grid
    note: Note = (ReadCode.BYTE_ORDER_MARK, 1, {"encoding": marked.upper()})
    return replace(grid, notes=(note,))


def grid_of(rows: Iterable[tuple[int, Texts]], columns: Iterable[str]) -> Grid:
    """A table of rows; one without any has no columns either, so that none is missed in it."""
    header, found = table_of(rows, columns)
    return Grid(header if found else RawRow(header.line, ()), found)


def texts_of(record: Any, paths: Sequence[str], prefix: str = "") -> Texts:
    """The texts at these paths of a record, named ``prefix`` and path; empty where there is none.

    An object where a single value is expected has no text.
    """
    return {f"{prefix}{path}": text_at(record, path) for path in paths}


def text_at(record: Any, path: str) -> str:
    """The text of one field by its path; a list's items are joined by semicolons."""
    value = field_of(record, path) if isinstance(record, dict) else None
    return "" if isinstance(value, dict) else flatten({"": value})[""]


def objects_at(record: Any, path: str) -> tuple[Mapping[str, Any], ...]:
    """The objects of a list in a record; none where there is no such list."""
    value = field_of(record, path) if isinstance(record, dict) else None
    return (
        tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()
    )


def with_known(texts: Texts) -> Texts:
    """The texts without those that are empty: what a whole file does not say has no column."""
    return {name: text for name, text in texts.items() if text}


def cve_numbers(*texts: str) -> str:
    """The different CVE numbers in some texts, with one space between; empty where none is.

    An identifier of another list (``GHSA-...``, ``TEMP-...``) is no CVE number, and must not look
    like one to what is known of CVEs.
    """
    found = (each.upper() for text in texts for each in _CVE.findall(text))
    return " ".join(dict.fromkeys(found))
