"""Take JSON records out of the objects in which an API or an export wraps them, or a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from board_report.project import SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.located import DECODER, Number, located
from board_report.sources.parquet import parquet_in_memory
from board_report.sources.records import grid_of_json
from board_report.sources.text import read_text
from board_report.sources.workbook import read_workbook

Texts = Mapping[str, str]
Listed = list[tuple[int, dict[str, Any]]]
"""Each record with the line that it begins on."""


def grid_of(
    content: bytes,
    spec: SourceSpec,
    paths: Sequence[str],
    texts_of: Callable[[Listed], Iterator[tuple[int, Texts]]],
) -> Grid:
    """Rows of the records of JSON lines, a list, a wrapping object, or of one record alone.

    Args:
        content: the file's bytes.
        spec: its block, merged with the preset.
        paths: dotted keys of the outermost object under which the records may be, as a list or
            one alone; the first that is there is taken.
        texts_of: from all records to the texts of each row, by name.

    Raises:
        ReadFaultError: not JSON, or not records.
    """

    def texts(text: str, is_lines: bool) -> Iterator[tuple[int, Texts]]:
        found = _of_lines(text) if is_lines else _of_document(text, paths)
        return texts_of(list(found))

    return grid_of_json(content, spec, texts)


def table_in(content: bytes, spec: SourceSpec) -> Grid | None:
    """The rows of a file that is a table; None for JSON, of which a tool writes the same records.

    Raises:
        ReadFaultError: the table cannot be read.
    """
    kind = kind_of(spec.file, content)
    if kind in (Kind.JSON, Kind.JSON_LINES):
        return None
    if kind is Kind.WORKBOOK:
        return read_workbook(content, spec)
    if kind is Kind.PARQUET:
        return parquet_in_memory(content, spec)
    return read_text(content, spec)


def _of_lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = DECODER.decode(line)
        except json.JSONDecodeError as error:
            raise ReadFaultError(ReadCode.BAD_JSON, line=number, detail=error.msg) from error
        yield number, _record(value, number)


def _of_document(text: str, paths: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    whole = DECODER.decode(text)
    for each in located(text, _path(whole, paths)):
        yield each.line, _record(each.value, each.line)


def _path(whole: Any, paths: Sequence[str]) -> tuple[str, ...]:
    """Where the records are: in a list, under the first of the paths, or the object itself."""
    if isinstance(whole, list):
        return ("*",)
    for path in paths:
        keys = tuple(path.split("."))
        value = whole
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list):
            return (*keys, "*")
        if isinstance(value, dict):
            return keys
    return ()


def _record(value: Any, line: int) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    kind = "a number" if isinstance(value, Number) else "a single value"
    kind = "a list" if isinstance(value, list) else kind
    raise ReadFaultError(ReadCode.NOT_RECORDS, line=line, detail=f"{kind} where a record should be")
