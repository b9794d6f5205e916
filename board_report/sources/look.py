"""Look again at a file whose columns do not fit: a known export, or a header further down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.peek import HeaderRow, plain
from board_report.sources.reader import Reader
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import recognize
from board_report.sources.resolve import look_at
from board_report.sources.survey import survey


@dataclass(frozen=True)
class Misfit:
    """What explains that a file's columns do not fit its block."""

    readers: tuple[Reader, ...] = ()
    """Those that know the file; those of the block's table first."""
    skip_rows: int | None = None
    """Lines before the row that looks like the header, where it is not the one that was read."""


def look_again(folder: Path, source: SourceSpec, wanted: Collection[str]) -> Misfit:
    """What a file is, when it is not what its block says.

    Args:
        folder: the project.
        source: the block, which names no reader.
        wanted: the headers that it reads.
    """
    if source.connection:
        return Misfit()
    try:
        looked = look_at(folder, source)
    except ReadFaultError:
        return Misfit()
    known = [each.reader for each in recognize(looked, tuple(readers_by_id().values()))]
    if known:
        return Misfit(tuple(sorted(known, key=lambda each: each.table != source.table)))
    return Misfit(skip_rows=_header_at(folder, source, looked.rows, set(map(plain, wanted))))


def _header_at(
    folder: Path, source: SourceSpec, rows: Sequence[HeaderRow], wanted: set[str]
) -> int | None:
    """Where a row has more of the wanted headers than the one that was read, and two at least."""
    if not rows:
        return None
    if source.sheet:
        rows = [row for row in rows if row.sheet == source.sheet]
    best = max(rows, key=lambda row: (len(row.cells & wanted), -row.skip_rows))
    read = [row for row in rows if row.skip_rows == source.skip_rows and row.sheet == best.sheet]
    most = max((len(row.cells & wanted) for row in read), default=0)
    if len(best.cells & wanted) > max(most, 1):
        return best.skip_rows
    widest = max((len(row.cells) for row in read), default=1)
    return None if most or widest > 1 else _by_shape(folder, source)


def _by_shape(folder: Path, source: SourceSpec) -> int | None:
    """Where a header stands by its shape, below a line that is no row of cells."""
    try:
        _, _, found = survey(folder, source.file)
    except ReadFaultError:
        return None
    return found.skip_rows if found.skip_rows > source.skip_rows else None
