"""Read one source of the project: the bytes once, then its rows as text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from board_report.model import Finding, RawTable, SourceFile
from board_report.project import SourceSpec
from board_report.project.origins import is_object
from board_report.project.places import Place
from board_report.sources.database import read_query
from board_report.sources.faults import READ_FAULTS, ReadCode, ReadFaultError, explained
from board_report.sources.grid import Grid, Note
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.objects import content_of
from board_report.sources.packed import bare_name, refuse_crowd, unpacked
from board_report.sources.parquet import parquet_in_memory, read_parquet
from board_report.sources.parquet_files import is_parquet
from board_report.sources.readers import reader_named
from board_report.sources.records import read_records
from board_report.sources.resolve import told
from board_report.sources.text import read_text
from board_report.sources.workbook import read_workbook


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
        if spec.connection:
            source, grid = read_query(folder, spec)
        elif is_parquet(folder, spec.file) and not is_object(spec.file):
            source, grid = read_parquet(folder, spec)
        else:
            content = content_of(folder, spec)
            source = SourceFile(spec.file, sha256(content).hexdigest(), len(content))
            grid = _read_grid(content, spec)
    except ReadFaultError as fault:
        return Reading(spec, source, None, (told(spec, fault, folder),))
    table = RawTable(
        source=source,
        columns=tuple(cell.strip() for cell in grid.header.cells),
        rows=grid.rows,
        header_line=grid.header.line,
        sheet=grid.sheet,
    )
    return Reading(spec, source, table, tuple(notices(spec, grid)))


def _read_grid(content: bytes, spec: SourceSpec) -> Grid:
    """The rows of a file's bytes, by its reader or by its kind.

    Raises:
        ReadFaultError: they cannot be read, or memory does not hold them.
    """
    try:
        return _grid_of(content, spec)
    except RecursionError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, detail="it is nested too deeply") from error
    except MemoryError as error:
        limit = "the memory of this machine does"
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=limit) from error


def _grid_of(content: bytes, spec: SourceSpec) -> Grid:
    content = unpacked(spec.file, content)
    spec = replace(spec, file=bare_name(spec.file))
    kind = kind_of(spec.file, content)
    if kind in (Kind.JSON, Kind.JSON_LINES):
        refuse_crowd(content)
    reader = reader_named(spec.reader) if spec.reader else None
    if reader and reader.read:
        return reader.read(content, spec)
    if kind is Kind.PARQUET:
        return parquet_in_memory(content, spec)
    if kind is Kind.TEXT:
        return read_text(content, spec)
    if kind is Kind.WORKBOOK:
        return read_workbook(content, spec)
    if kind in (Kind.JSON, Kind.JSON_LINES):
        return read_records(content, spec)
    raise ReadFaultError(ReadCode.FORMAT_UNKNOWN)


def notices(spec: SourceSpec, grid: Grid) -> list[Finding]:
    """Findings about a file that could be read; of its rows only whether there are any counts."""
    noted: list[Note] = list(grid.notes)
    if grid.blank_lines:
        count = len(grid.blank_lines)
        words = "1 line" if count == 1 else f"{count:,} lines"
        noted.append((ReadCode.BLANK_LINES, grid.blank_lines[0], {"count": words}))
    if not grid.rows:
        noted.append((ReadCode.NO_ROWS, grid.header.line, {}))
    for name, count in Counter(cell.strip() for cell in grid.header.cells).items():
        if count > 1 and name:
            noted.append(
                (ReadCode.DUPLICATE_HEADER, grid.header.line, {"value": name, "count": count})
            )
    return [
        explained(
            READ_FAULTS[code],
            code,
            {"block": Place(spec), **facts},
            file=spec.file,
            line=line,
            value=str(facts.get("value", "")),
            table=spec.table,
        )
        for code, line, facts in noted
    ]
