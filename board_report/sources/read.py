"""Read one source of the project: the bytes once, then its rows as text."""

from __future__ import annotations

import gzip
import io
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from board_report.model import Finding, RawTable, SourceFile
from board_report.project import SourceSpec
from board_report.sources.faults import READ_FAULTS, ReadCode, ReadFaultError, explained
from board_report.sources.grid import Grid, Note
from board_report.sources.records import read_records
from board_report.sources.text import read_text
from board_report.sources.workbook import read_workbook

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
RECORD_SUFFIXES = (".json", ".jsonl", ".ndjson")
LARGEST_UNPACKED = 1_000_000_000
"""Bytes that a gzip file may unpack to; a small file can hold far more than memory has."""


@dataclass(frozen=True)
class Reading:
    """One file as read: the table (None when it could not be) and what was noticed."""

    spec: SourceSpec
    source: SourceFile | None
    table: RawTable | None
    findings: tuple[Finding, ...]


def read_source(folder: Path, spec: SourceSpec) -> Reading:
    """Read one file as rows of text; nothing is interpreted, fixed or dropped.

    Lines without any value are skipped and counted in a note. Faults of the file come back as
    findings; no exception is raised for them.

    Args:
        folder: the project's folder, which the file must lie in.
        spec: which file, and how to read it.
    """
    source: SourceFile | None = None
    try:
        content = _bytes_of(folder, spec)
        source = SourceFile(spec.file, sha256(content).hexdigest(), len(content))
        grid = _read_grid(content, spec)
    except ReadFaultError as fault:
        return Reading(spec, source, None, (_finding(spec, fault),))
    table = RawTable(
        source=source,
        columns=tuple(cell.strip() for cell in grid.header.cells),
        rows=grid.rows,
        header_line=grid.header.line,
        sheet=grid.sheet,
    )
    return Reading(spec, source, table, tuple(_notices(spec, grid)))


def _bytes_of(folder: Path, spec: SourceSpec) -> bytes:
    path = folder / spec.file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ReadFaultError(ReadCode.FILE_OUTSIDE)
    if not path.exists():
        raise ReadFaultError(ReadCode.FILE_MISSING)
    try:
        return path.read_bytes()
    except OSError as error:
        detail = error.strerror or "unknown reason"
        raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail=detail) from error


def _unpacked(content: bytes) -> bytes:
    """What a gzip file holds, up to the size that a report's source may have."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            data = packed.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadFaultError(ReadCode.BAD_GZIP, detail=str(error).rstrip(".")) from error
    if len(data) > LARGEST_UNPACKED:
        detail = f"it holds more than {LARGEST_UNPACKED:,} bytes"
        raise ReadFaultError(ReadCode.BAD_GZIP, detail=detail)
    return data


def _read_grid(content: bytes, spec: SourceSpec) -> Grid:
    path = Path(spec.file)
    if path.suffix.lower() == ".gz":
        content = _unpacked(content)
        path, spec = path.with_suffix(""), replace(spec, file=spec.file[: -len(".gz")])
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return read_text(content, spec)
    if suffix in WORKBOOK_SUFFIXES:
        return read_workbook(content, spec)
    if suffix in RECORD_SUFFIXES:
        return read_records(content, spec)
    raise ReadFaultError(ReadCode.FORMAT_UNKNOWN)


def _finding(spec: SourceSpec, fault: ReadFaultError) -> Finding:
    return explained(
        READ_FAULTS[fault.code],
        fault.code,
        fault.facts,
        file=spec.file,
        line=fault.line,
        value=fault.value,
        table=spec.table,
    )


def _notices(spec: SourceSpec, grid: Grid) -> list[Finding]:
    """Findings about a file that could be read."""
    told: list[Note] = list(grid.notes)
    if grid.blank_lines:
        count = len(grid.blank_lines)
        words = "1 line" if count == 1 else f"{count:,} lines"
        told.append((ReadCode.BLANK_LINES, grid.blank_lines[0], {"count": words}))
    if not grid.rows:
        told.append((ReadCode.NO_ROWS, grid.header.line, {}))
    for name, count in Counter(cell.strip() for cell in grid.header.cells).items():
        if count > 1 and name:
            told.append(
                (ReadCode.DUPLICATE_HEADER, grid.header.line, {"value": name, "count": count})
            )
    return [
        explained(
            READ_FAULTS[code],
            code,
            facts,
            file=spec.file,
            line=line,
            value=str(facts.get("value", "")),
            table=spec.table,
        )
        for code, line, facts in told
    ]
