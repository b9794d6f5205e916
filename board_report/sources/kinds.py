"""What a file is written in: text, a workbook, JSON, JSON lines, XML or Parquet."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

from board_report.sources.packed import bare_name


class Kind(StrEnum):
    """What a file is written in, whatever its name says."""

    TEXT = "delimited text"
    WORKBOOK = "workbook"
    JSON = "JSON"
    JSON_LINES = "JSON lines"
    XML = "XML"
    PARQUET = "Parquet"


_SUFFIXES = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), Kind.TEXT),
    **dict.fromkeys((".xlsx", ".xlsm"), Kind.WORKBOOK),
    **dict.fromkeys((".json", ".sarif"), Kind.JSON),
    **dict.fromkeys((".jsonl", ".ndjson"), Kind.JSON_LINES),
    ".parquet": Kind.PARQUET,
    **dict.fromkeys((".xml", ".nessus"), Kind.XML),
}


def kind_of(file: str, content: bytes = b"") -> Kind | None:
    """What a file is written in, by its name; JSON is told from JSON lines by its content."""
    kind = _SUFFIXES.get(Path(bare_name(file)).suffix.lower())
    if kind is Kind.JSON and _is_json_lines(content):
        return Kind.JSON_LINES
    return kind


def _is_json_lines(content: bytes) -> bool:
    """True when the first line is a whole object and another follows."""
    first, _, rest = content[:1_000_000].partition(b"\n")
    if not first.strip().startswith(b"{") or not rest.strip().startswith(b"{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True
