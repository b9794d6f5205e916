"""Read lists of IT projects with the currency that their dollar sign leaves open."""

from __future__ import annotations

from dataclasses import replace

from board_report.model import RawRow
from board_report.project import SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.text import read_text
from board_report.sources.workbook import read_workbook

CURRENCY = "currency"


def read_canadian_dollars(content: bytes, spec: SourceSpec) -> Grid:
    """The rows as they are, with one more field that says CAD.

    Raises:
        ReadFaultError: neither text nor workbook, or one that cannot be read.
    """
    return _read(content, spec, "CAD")


def read_us_dollars(content: bytes, spec: SourceSpec) -> Grid:
    """The rows as they are, with one more field that says USD.

    Raises:
        ReadFaultError: neither text nor workbook, or one that cannot be read.
    """
    return _read(content, spec, "USD")


def _read(content: bytes, spec: SourceSpec, code: str) -> Grid:
    kind = kind_of(spec.file, content)
    if kind is Kind.TEXT:
        grid = read_text(content, spec)
    elif kind is Kind.WORKBOOK:
        grid = read_workbook(content, spec)
    else:
        raise ReadFaultError(ReadCode.FORMAT_UNKNOWN)
    width = len(grid.header.cells)
    return replace(
        grid,
        header=_with(grid.header, CURRENCY),
        # A row of another width keeps it, to be set aside for that.
        rows=tuple(_with(row, code) if len(row.cells) == width else row for row in grid.rows),
    )


def _with(row: RawRow, cell: str) -> RawRow:
    return replace(row, cells=(*row.cells, cell))
