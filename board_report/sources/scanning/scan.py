"""Choose how each source comes within reach of the engine, and which are large enough for it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.model import RawRow, SourceFile
from board_report.project import SourceSpec
from board_report.project.origins import is_object
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.parquet_files import is_parquet
from board_report.sources.read import notices, read_source
from board_report.sources.readers import reader_named
from board_report.sources.resolve import told
from board_report.sources.scanning.delimited import stage_text
from board_report.sources.scanning.staged import Scan, Staged
from board_report.sources.scanning.stream import RowStream

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LARGE_BYTES = 200_000_000
"""Bytes of a file of text from which its table is reduced by the engine, unless its block says."""
LARGE_PACKED_BYTES = 20_000_000
"""The same of a file that is packed: text packs to a tenth."""
LARGE_ROWS = 1_000_000
"""Rows of Parquet from which its table is reduced by the engine."""


def is_large(folder: Path, spec: SourceSpec) -> bool:
    """True when a source is large enough for the engine, by its size alone; nothing is read."""
    if spec.connection or is_object(spec.file):
        return False
    path = folder / spec.file
    try:
        if is_parquet(folder, spec.file):
            from board_report.sources.scanning.parquet import parquet_rows

            return parquet_rows(folder, spec) >= LARGE_ROWS
        packed = spec.file.lower().endswith(".gz")
        return path.stat().st_size >= (LARGE_PACKED_BYTES if packed else LARGE_BYTES)
    except (OSError, ReadFaultError):
        return False


def scan_source(connection: DuckDBPyConnection, folder: Path, spec: SourceSpec, name: str) -> Scan:
    """The rows of one source within reach of the engine; faults of the file are findings.

    Parquet is scanned where it lies, text by the engine's reader or streamed, and everything else
    is read as a small file is and handed over.

    Args:
        connection: the engine.
        folder: the project.
        spec: which source.
        name: of the table that the engine may make for it.
    """
    try:
        if spec.connection:
            from board_report.sources.scanning.query import stage_query

            staged = stage_query(connection, folder, spec, name)
        elif is_parquet(folder, spec.file) and not is_object(spec.file):
            from board_report.sources.scanning.parquet import stage_parquet

            staged = stage_parquet(connection, folder, spec, name)
        elif _is_text(spec):
            staged = stage_text(connection, _inside(folder, spec.file), spec, name)
        else:
            return _handed_over(connection, folder, spec, name)
    except ReadFaultError as fault:
        return Scan(_bytes_of(folder, spec), None, (told(spec, fault, folder),))
    return Scan(staged.source, staged, tuple(notices(spec, staged.grid)))


def _bytes_of(folder: Path, spec: SourceSpec) -> SourceFile | None:
    """The file of text that could not be read, as it was found; None for any other source."""
    if spec.connection or not _is_text(spec):
        return None
    try:
        with _inside(folder, spec.file).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return SourceFile(spec.file, digest, stream.tell())
    except (OSError, ReadFaultError):
        return None


def _is_text(spec: SourceSpec) -> bool:
    """True for text that the usual reader reads: no object, and no reader of its own."""
    reader = reader_named(spec.reader) if spec.reader else None
    own = reader is not None and reader.read is not None
    return kind_of(spec.file) is Kind.TEXT and not is_object(spec.file) and not own


def _inside(folder: Path, file: str) -> Path:
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ReadFaultError(ReadCode.FILE_OUTSIDE)
        if not path.exists():
            raise ReadFaultError(ReadCode.FILE_MISSING)
    except (OSError, ValueError, RuntimeError) as error:
        detail = getattr(error, "strerror", None) or "its name cannot be"
        raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail=detail) from error
    return path


def _handed_over(connection: DuckDBPyConnection, folder: Path, spec: SourceSpec, name: str) -> Scan:
    """A source that only the usual reader understands: read whole, then given to the engine."""
    reading = read_source(folder, spec)
    if reading.table is None or reading.source is None:
        return Scan(reading.source, None, reading.findings)
    raw = reading.table
    stream = RowStream(connection, name, len(raw.columns))
    stream.add(raw.rows)
    stream.flush()
    grid = Grid(RawRow(raw.header_line, raw.columns), (), sheet=raw.sheet)
    return Scan(reading.source, Staged(name, stream.rows, reading.source, grid), reading.findings)
