"""Records of a JSON report with the lists that lie in them, for readers that must look inside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from board_report.project import SourceSpec
from board_report.sources.decode import decode
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.located import DECODER, located

Record = dict[str, Any]


def findings_of(
    content: bytes, spec: SourceSpec, keys: Sequence[str] = ()
) -> Iterator[tuple[int, Record]]:
    """Each record with its line: of a list, of the first of the keys that holds one, of JSON lines.

    Args:
        content: the file's bytes.
        spec: its block.
        keys: where an outermost object may have the list; ``a.b`` goes through objects.

    Raises:
        ReadFaultError: not JSON, or not records.
    """
    text, _ = decode(content, spec.encoding)
    if not text.strip():
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    try:
        if kind_of(spec.file, content) is Kind.JSON_LINES:
            yield from _of_lines(text)
            return
        path = _path_to_records(DECODER.decode(text), keys)
        for each in located(text, path):
            yield each.line, _record(each.value, each.line)
    except json.JSONDecodeError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, line=error.lineno, detail=error.msg) from error
    except RecursionError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, detail="it is nested too deeply") from error


def _of_lines(text: str) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                value = DECODER.decode(line)
            except json.JSONDecodeError as error:
                raise ReadFaultError(ReadCode.BAD_JSON, line=number, detail=error.msg) from error
            yield number, _record(value, number)


def _path_to_records(whole: Any, keys: Sequence[str]) -> tuple[str, ...]:
    if isinstance(whole, list):
        return ("*",)
    for key in keys:
        path = tuple(key.split("."))
        if isinstance(inside(whole, *path), list):
            return (*path, "*")
    if isinstance(whole, dict):
        return ()
    raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail="a single value")


def _record(value: Any, line: int) -> Record:
    if not isinstance(value, dict):
        raise ReadFaultError(
            ReadCode.NOT_RECORDS, line=line, detail="a list that holds something else"
        )
    return value


def inside(value: Any, *path: str) -> Any:
    """What lies at a path of keys; None where there is nothing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_of(value: Any, *path: str) -> str:
    """The single value at a path of keys as text; empty where there is none."""
    found = inside(value, *path)
    if isinstance(found, bool):
        return "true" if found else "false"
    return "" if found is None or isinstance(found, (dict, list)) else str(found)


def objects_of(value: Any, *path: str) -> list[Record]:
    """The objects of the list at a path of keys; none where there is no list."""
    found = inside(value, *path)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def texts_of(value: Any, *path: str) -> list[str]:
    """The single values of the list at a path of keys as texts."""
    found = inside(value, *path)
    texts = [text_of(each) for each in found] if isinstance(found, list) else []
    return [each for each in texts if each]


def in_list(texts: Sequence[str]) -> str:
    """Texts as one cell of a list; their own semicolons become commas, lest they cut it."""
    return ";".join(each.replace(";", ",") for each in texts)
