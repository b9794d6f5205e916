"""What is fuzzed: each reader up to typed rows, and the plain readers by themselves."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from board_report.model import RawTable, SourceFile
from board_report.project import Project, SourceSpec, load_project
from board_report.sources.faults import ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.peek import peek
from board_report.sources.read import _read_grid, notices
from board_report.sources.reader import Reader
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import Recognized, recognize, with_preset
from board_report.sources.records import read_records
from board_report.sources.survey import survey
from board_report.sources.text import read_text
from board_report.sources.workbook import read_workbook
from board_report.tables.catalogue import TABLES
from board_report.tables.proposals.block import source_block
from board_report.tables.proposals.propose import propose
from board_report.tables.rows import rows_of
from board_report.toml_reader import parse_toml
from tests.projects import make_project

Target = Callable[[bytes], None]


def targets() -> dict[str, Target]:
    """Every target by its name: ``text``, ``workbook``, ... and the readers' ids."""
    folder = Path(tempfile.mkdtemp(prefix="board-report-fuzz-project-"))
    project = load_project(make_project(folder))
    plain: dict[str, Target] = {
        "text": partial(_plain, read_text, "x.csv"),
        "workbook": partial(_plain, read_workbook, "x.xlsx"),
        "records": partial(_plain, read_records, "x.json"),
        "recognize": _recognized,
        "propose": partial(_proposed, folder),
    }
    readers = {each.id: partial(_by_reader, each, project) for each in readers_by_id().values()}
    return {**plain, **readers}


def name_of(content: bytes) -> str:
    """A name whose ending says what the bytes seem to be."""
    start = content.lstrip()[:1]
    if content.startswith(b"PK"):
        return "x.xlsx"
    if start == b"<":
        return "x.xml"
    return "x.json" if start in (b"{", b"[") else "x.csv"


def _plain(read: Callable[[bytes, SourceSpec], Grid], file: str, content: bytes) -> None:
    spec = SourceSpec(table="incidents", file=file)
    try:
        grid = read(content, spec)
    except ReadFaultError:
        return
    check_grid(grid)
    notices(spec, grid)


def check_grid(grid: Grid) -> None:
    """A grid holds texts and lines, whatever the file."""
    for row in (grid.header, *grid.rows):
        assert row.line >= 1, row
        assert all(isinstance(cell, str) for cell in row.cells), row


def _recognized(content: bytes) -> None:
    recognize(peek(name_of(content), content), tuple(readers_by_id().values()))


def _proposed(folder: Path, content: bytes) -> None:
    file = name_of(content)
    (folder / file).write_bytes(content)
    try:
        _, _, spec = survey(folder, file)
        grid = _read_grid(content, spec)
    except ReadFaultError:
        return
    for table in ("", "incidents", "it_projects"):
        proposal = propose(_raw(grid, spec, content), spec, TABLES, table=table)
        if proposal:
            parse_toml(source_block(proposal).encode(), "the proposed block")


def _by_reader(reader: Reader, project: Project, content: bytes) -> None:
    """Recognized or not: a user may name the reader, and a file may change after it was."""
    file = name_of(content)
    known = recognize(peek(file, content), [reader])
    block = SourceSpec(table="", file=file, reader=reader.id)
    spec = with_preset(block, known[0] if known else Recognized(reader))
    try:
        grid = _read_grid(content, spec)
    except ReadFaultError:
        return
    check_grid(grid)
    notices(spec, grid)
    rows = rows_of(_raw(grid, spec, content), spec, TABLES[reader.table], project)
    assert len(rows) == len(grid.rows)


def _raw(grid: Grid, spec: SourceSpec, content: bytes) -> RawTable:
    source = SourceFile(spec.file, "0" * 64, len(content))
    columns = tuple(cell.strip() for cell in grid.header.cells)
    return RawTable(source, columns, grid.rows, header_line=grid.header.line, sheet=grid.sheet)


def kinds_of(name: str) -> tuple[Kind | None, ...]:
    """The kinds of file that a plain target reads; none for a reader, which says it itself."""
    files = {"text": "x.csv", "workbook": "x.xlsx", "records": "x.json"}
    return (kind_of(files[name]),) if name in files else ()
