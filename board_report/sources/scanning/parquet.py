"""Let the engine scan Parquet where it lies, or stream what it would not write as we do."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.model import RawRow, SourceFile
from board_report.project import SourceSpec
from board_report.sources.extras import extra
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.parquet import read_parquet
from board_report.sources.parquet_files import SUFFIX, Part, opener, parquet_files
from board_report.sources.scanning.engine import quoted
from board_report.sources.scanning.staged import Staged
from board_report.sources.scanning.stream import streamed
from board_report.sources.scanning.value_text import text_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class _File:
    """One file of a source as the engine describes it."""

    part: Part
    path: Path
    rows: int
    columns: tuple[tuple[str, str], ...]
    """Name and type."""


def parquet_rows(folder: Path, spec: SourceSpec) -> int:
    """The rows of a Parquet source, from what its files say at their ends.

    Raises:
        ReadFaultError: it cannot be read.
    """
    with extra("parquet"):
        from pyarrow import ArrowException
        from pyarrow.parquet import read_metadata
    try:
        return sum(read_metadata(each).num_rows for each in parquet_files(folder, spec))
    except (ArrowException, OSError) as error:
        raise ReadFaultError(ReadCode.BAD_PARQUET, part=spec.file, detail=str(error)) from error


def stage_parquet(
    connection: DuckDBPyConnection, folder: Path, spec: SourceSpec, name: str
) -> Staged:
    """A Parquet file or folder as a relation of the engine, its rows numbered through from 1.

    Nothing is copied where every column is text, a number, a date or a time, and no row is blank.
    Other files are streamed through the usual reader.

    Raises:
        ReadFaultError: it cannot be read.
    """
    found = _in_place(connection, folder, spec, name)
    if found:
        return found
    return streamed(
        connection, name, lambda store_of: read_parquet(folder, spec, store_of), spec.file
    )


def _in_place(
    connection: DuckDBPyConnection, folder: Path, spec: SourceSpec, name: str
) -> Staged | None:
    import duckdb

    top = folder / spec.file
    try:
        files = [_described(connection, top, each) for each in parquet_files(folder, spec)]
        header = _header(files)
        if header is None:
            return None
        parts, before = [], 0
        for each in files:
            part = _select(each, header, before, decimal_comma=spec.decimal_comma)
            if part is None:
                return None
            parts.append(part)
            before += each.rows
        connection.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(parts)}")
        if _has_blank_rows(connection, name, len(header)):
            connection.execute(f"DROP VIEW {name}")
            return None
    except duckdb.Error:
        return None
    rows = (RawRow(0, header),) if before else ()
    return Staged(name, before, _source(spec, files), Grid(RawRow(0, header), rows))


def _described(connection: DuckDBPyConnection, top: Path, path: Path) -> _File:
    resolved = quoted(str(path.resolve()))
    name = path.relative_to(top).as_posix() if top.is_dir() else path.name
    columns = connection.execute(
        f"DESCRIBE SELECT * FROM read_parquet({resolved}, hive_partitioning = false)"
    ).fetchall()
    counted = connection.execute(
        f"SELECT num_rows FROM parquet_file_metadata({resolved})"
    ).fetchone()
    return _File(
        Part(name, opener(path)),
        path,
        int(counted[0]) if counted else 0,
        tuple((column[0], column[1]) for column in columns),
    )


def _header(files: Sequence[_File]) -> tuple[str, ...] | None:
    """The columns of all files in order; None where names differ in their case alone."""
    names: dict[str, None] = {}
    for each in files:
        own = [name for name, _ in each.columns]
        if len({name.casefold() for name in own}) < len(own) or "file_row_number" in own:
            return None
        names |= dict.fromkeys(own)
        names |= dict.fromkeys(key for key in each.part.folders if key not in own)
    return tuple(names) if len({name.casefold() for name in names}) == len(names) else None


def _select(file: _File, header: Sequence[str], before: int, *, decimal_comma: bool) -> str | None:
    kinds = dict(file.columns)
    cells = []
    for at, name in enumerate(header):
        if name in kinds:
            column = '"' + name.replace('"', '""') + '"'
            text = text_of(column, kinds[name], decimal_comma=decimal_comma)
        else:
            text = quoted(file.part.folders.get(name, ""))
        if text is None:
            return None
        cells.append(f", {text} AS c{at}")
    return (
        f"SELECT file_row_number + {before} AS _at, file_row_number + {before + 1} AS _line, "
        f"NULL::VARCHAR AS _odd{''.join(cells)} FROM read_parquet("
        f"{quoted(str(file.path.resolve()))}, file_row_number = true, hive_partitioning = false)"
    )


def _has_blank_rows(connection: DuckDBPyConnection, name: str, width: int) -> bool:
    """True when some row may have no value at all: such rows are no rows to us."""
    filled = " OR ".join(f"coalesce(regexp_matches(c{at}, '[!-~]'), false)" for at in range(width))
    found = connection.execute(f"SELECT 1 FROM {name} WHERE NOT ({filled}) LIMIT 1").fetchone()
    return found is not None


def _source(spec: SourceSpec, files: Sequence[_File]) -> SourceFile:
    """The hash of one file is that of its bytes; of a folder that of one line for each file."""
    hashes, size = [], 0
    for each in files:
        with each.path.open("rb") as stream:
            hashes.append(hashlib.file_digest(stream, "sha256").hexdigest())
            size += stream.tell()
    if Path(spec.file).suffix.lower() == SUFFIX and len(files) == 1:
        return SourceFile(spec.file, hashes[0], size)
    lines = "".join(
        f"{digest}  {each.part.name}\n" for digest, each in zip(hashes, files, strict=True)
    )
    digest = hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
    return SourceFile(spec.file, digest, size)
