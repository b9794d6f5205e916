"""Read JSON records as text, with the line that each record starts on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from board_report.model import RawRow
from board_report.project import SourceSpec
from board_report.sources.decode import decode
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid, Note

_SPACE = re.compile(r"[ \t\r\n]*")


class _Number(str):
    """A number as it is written in the file."""

    __slots__ = ()


_DECODER = json.JSONDecoder(
    parse_float=_Number, parse_int=_Number, parse_constant=_Number, strict=False
)


def read_records(content: bytes, spec: SourceSpec) -> Grid:
    """Rows of a JSON list of records, of the one list in an object, or of JSON lines.

    Fields of nested objects become columns named by their path: ``assignee.name``. Lists of plain
    values are joined by semicolons. ``sheet`` names the list where an object has several.

    Raises:
        ReadFaultError: not JSON, or not records.
    """
    text, marked = decode(content, spec.encoding)
    if not text.strip():
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    lines = spec.file.lower().endswith((".jsonl", ".ndjson"))
    try:
        found = list(_json_lines(text) if lines else _records(text, spec))
    except json.JSONDecodeError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, line=error.lineno, detail=error.msg) from error
    except RecursionError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, detail="it is nested too deeply") from error
    flat = [(line, _flatten(record, spec.decimal_comma)) for line, record in found]
    names = tuple(dict.fromkeys(name for _, record in flat for name in record))
    rows = tuple(
        RawRow(line, tuple(record.get(name, "") for name in names)) for line, record in flat
    )
    notes: tuple[Note, ...] = ()
    if marked:
        notes = ((ReadCode.BYTE_ORDER_MARK, 1, {"encoding": marked.upper()}),)
    return Grid(RawRow(1, names), rows, sheet=spec.sheet, notes=notes)


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = _DECODER.decode(line)
        except json.JSONDecodeError as error:
            raise ReadFaultError(ReadCode.BAD_JSON, line=number, detail=error.msg) from error
        yield number, _record(value, number)


def _records(text: str, spec: SourceSpec) -> Iterator[tuple[int, dict[str, Any]]]:
    """Records of the list, each with its line; the whole text must be JSON."""
    whole = _DECODER.decode(text)
    path = _path_to_list(whole, spec)
    at = _skip(text, 0)
    for key in path:
        at = _value_at(text, at, key)
    line, counted = text.count("\n", 0, at) + 1, at
    at = _skip(text, at + 1)
    while text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, after = _DECODER.raw_decode(text, at)
        yield line, _record(value, line)
        at = _skip(text, after)
        if text[at] == ",":
            at = _skip(text, at + 1)


def _path_to_list(whole: Any, spec: SourceSpec) -> tuple[str, ...]:
    """The keys that lead to the list of records."""
    if isinstance(whole, list) and not spec.sheet:
        return ()
    if not isinstance(whole, dict):
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail=_kind(whole))
    if spec.sheet:
        return _declared_path(whole, spec.sheet)
    lists = [key for key, value in whole.items() if _is_records(value)]
    empty = [key for key, value in whole.items() if value == []]
    choices = lists or empty
    if not choices:
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail="an object without such a list")
    if len(choices) > 1:
        raise ReadFaultError(
            ReadCode.SHEET_NOT_DECLARED, line=1, others=", ".join(choices), nearest=choices[0]
        )
    return (choices[0],)


def _declared_path(whole: Any, sheet: str) -> tuple[str, ...]:
    path = tuple(sheet.split("."))
    value = whole
    for key in path:
        if not isinstance(value, dict) or key not in value:
            others = list(value) if isinstance(value, dict) else []
            near = get_close_matches(key, others, n=1, cutoff=0.0)
            raise ReadFaultError(
                ReadCode.SHEET_MISSING,
                line=1,
                value=f'key "{sheet}"',
                others=", ".join(others) or "none",
                nearest=near[0] if near else "",
            )
        value = value[key]
    if not isinstance(value, list):
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail=_kind(value))
    return path


def _value_at(text: str, at: int, key: str) -> int:
    """Where the value of a key begins, in the object that begins here (the last one wins)."""
    found = at
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, after = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, after) + 1)
        if name == key:
            found = at
        _, after = _DECODER.raw_decode(text, at)
        at = _skip(text, after)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


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
    return "a number" if isinstance(value, _Number) else "a single value"


def _flatten(record: dict[str, Any], comma: bool, prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update(_flatten(value, comma, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = _text(value, comma)
    return flat


def _text(value: Any, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Number):
        return value.replace(".", ",") if comma else str(value)
    if isinstance(value, list):
        return ";".join(
            json.dumps(item) if isinstance(item, (dict, list)) else _text(item, comma)
            for item in value
        )
    return str(value)
