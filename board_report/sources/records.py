"""Read JSON records as text, with the line that each record starts on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import Any

from board_report.model import RawRow
from board_report.project import SourceSpec
from board_report.sources.decode import decode
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import MOST_COLUMNS, Grid, Note
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.located import DECODER, Located, Number, located
from board_report.sources.typed_rows import check_size

_MOST_TOLD = 20
"""Keys that a message names."""

_LONGEST_TOLD = 60
"""Characters of each."""


def read_records(content: bytes, spec: SourceSpec) -> Grid:
    """Rows of a JSON list of records, of the one list in an object, or of JSON lines.

    Fields of nested objects become columns named by their path: ``assignee.name``. Lists of plain
    values are joined by semicolons. ``sheet`` names the list where an object has several, or the
    path to lists within lists, with ``*`` for each item: ``Results.*.Vulnerabilities``. Single
    values of the objects around a record are columns too: ``../Target``.

    Raises:
        ReadFaultError: not JSON, or not records.
    """

    def texts(text: str, is_lines: bool) -> Iterator[tuple[int, dict[str, str]]]:
        found = _json_lines(text) if is_lines else _records(text, spec)
        # All of them first: a file that breaks off gives no rows at all.
        for line, record in list(found):
            yield line, flatten(record, spec.decimal_comma)

    return replace(grid_of_json(content, spec, texts), sheet=spec.sheet)


def grid_of_json(
    content: bytes,
    spec: SourceSpec,
    texts: Callable[[str, bool], Iterable[tuple[int, Mapping[str, str]]]],
) -> Grid:
    """Rows of a JSON text, whatever wraps its records.

    Args:
        content: the file's bytes.
        spec: its block.
        texts: from the text, and whether it is JSON lines, to the line and texts of each row.

    Raises:
        ReadFaultError: it is empty, not JSON, nested too deeply, or ``texts`` finds a fault.
    """
    text, marked = decode(content, spec.encoding)
    if not text.strip():
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    try:
        header, rows = table_of(texts(text, kind_of(spec.file, content) is Kind.JSON_LINES))
    except json.JSONDecodeError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, line=error.lineno, detail=error.msg) from error
    except RecursionError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, detail="it is nested too deeply") from error
    notes: tuple[Note, ...] = ()
    if marked:
        notes = ((ReadCode.BYTE_ORDER_MARK, 1, {"encoding": marked.upper()}),)
    return Grid(header, rows, notes=notes)


def table_of(
    records: Iterable[tuple[int, Mapping[str, str]]], columns: Iterable[str] = ()
) -> tuple[RawRow, tuple[RawRow, ...]]:
    """A header of all names and the rows of records, each with its line.

    Args:
        records: line and texts by name.
        columns: names that the header has first, though no record may have them.

    Raises:
        ReadFaultError: the records have more different names than a table can, or are too many.
    """
    held = []
    for record in records:
        held.append(record)
        check_size(len(held), 1)
    names = tuple(dict.fromkeys((*columns, *(name for _, record in held for name in record))))
    if len(names) > MOST_COLUMNS:
        raise ReadFaultError(ReadCode.TOO_WIDE, line=1, count=f"{len(names):,}", most=MOST_COLUMNS)
    check_size(len(held), len(names))
    known: dict[str, str] = {}
    rows = tuple(
        RawRow(line, tuple(known.setdefault(each, each) for each in map(record_of(record), names)))
        for line, record in held
    )
    return RawRow(1, names), rows


def record_of(record: Mapping[str, str]) -> Callable[[str], str]:
    """Look up a record's texts; a name that it does not have is empty."""
    return lambda name: record.get(name, "")


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = DECODER.decode(line)
        except json.JSONDecodeError as error:
            raise ReadFaultError(ReadCode.BAD_JSON, line=number, detail=error.msg) from error
        yield number, _record(value, number)


def _records(text: str, spec: SourceSpec) -> Iterator[tuple[int, dict[str, Any]]]:
    """Records of the list, each with its line; the whole text must be JSON."""
    whole = DECODER.decode(text)
    path = ("*",) if isinstance(whole, list) and not spec.sheet else _path_to_list(whole, spec)
    is_nested = "*" in spec.sheet.split(".")
    for each in located(text, path):
        above = _above(each) if is_nested else {}
        yield each.line, _record(each.value, each.line) | above


def _path_to_list(whole: Any, spec: SourceSpec) -> tuple[str, ...]:
    """The keys that lead to each record; ``*`` stands for every item of a list."""
    if "*" in spec.sheet.split("."):
        return _through_lists(whole, spec)
    if not isinstance(whole, dict):
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail=_kind(whole))
    if spec.sheet:
        return (*_declared_path(whole, spec.sheet), "*")
    lists = [key for key, value in whole.items() if _is_records(value)]
    empty = [key for key, value in whole.items() if value == []]
    choices = lists or empty
    if not choices:
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail="an object without such a list")
    if len(choices) > 1:
        raise ReadFaultError(
            ReadCode.SHEET_NOT_DECLARED,
            line=1,
            others=", ".join(each[:_LONGEST_TOLD] for each in choices[:_MOST_TOLD]),
            nearest=choices[0],
        )
    return (choices[0], "*")


def _through_lists(whole: Any, spec: SourceSpec) -> tuple[str, ...]:
    """A path through lists, such as ``Results.*.Vulnerabilities``; its records may be none."""
    path = tuple(spec.sheet.split("."))
    first = path[0]
    if first == "*" and not isinstance(whole, (list, dict)):
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail=_kind(whole))
    if first != "*":
        _declared_key(whole, first, spec.sheet)
    return path if path[-1] == "*" else (*path, "*")


def _declared_path(whole: Any, sheet: str) -> tuple[str, ...]:
    path = tuple(sheet.split("."))
    value = whole
    for key in path:
        value = _declared_key(value, key, sheet)
    if not isinstance(value, list):
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail=_kind(value))
    return path


def _declared_key(value: Any, key: str, sheet: str) -> Any:
    if isinstance(value, dict) and key in value:
        return value[key]
    others = (
        [each[:_LONGEST_TOLD] for each in islice(value, _MOST_TOLD)]
        if isinstance(value, dict)
        else []
    )
    near = get_close_matches(key, others, n=1, cutoff=0.0)
    raise ReadFaultError(
        ReadCode.SHEET_MISSING,
        line=1,
        value=f'key "{sheet}"',
        others=", ".join(others) or "none",
        nearest=near[0] if near else "",
    )


def _above(found: Located) -> dict[str, Any]:
    """Single values of the objects around a record, as ``../name``, ``../../name``."""
    return {
        f"{'../' * up}{key}": value
        for up, parent in enumerate(reversed(found.parents), start=1)
        for key, value in parent.items()
        if not _holds_objects(value)
    }


def _holds_objects(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_objects(each) for each in value.values())
    return isinstance(value, list) and any(isinstance(each, (dict, list)) for each in value)


def _record(value: Any, line: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReadFaultError(
            ReadCode.NOT_RECORDS, line=line, detail=f"a list that holds {_kind(value)}"
        )
    return value


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return "a number" if isinstance(value, Number) else "a single value"


def flatten(record: Mapping[str, Any], comma: bool = False, prefix: str = "") -> dict[str, str]:
    """A record's fields as text by their path; ``comma`` writes numbers with a decimal comma."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update(flatten(value, comma, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = _text(value, comma)
    return flat


def _text(value: Any, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Number):
        return value.replace(".", ",") if comma else str(value)
    if isinstance(value, list):
        return ";".join(
            json.dumps(item) if isinstance(item, (dict, list)) else _text(item, comma)
            for item in value
        )
    return str(value)
