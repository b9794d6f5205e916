"""Bring delimited text within reach of the engine: by its own reader, or streamed through ours."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.model import RawRow, SourceFile
from board_report.project import SourceSpec
from board_report.sources.decode import MARKS, decode, refuse_nul
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid, Note
from board_report.sources.scanning.csv_proof import CHUNK, Proof, head_of, opened, prove
from board_report.sources.scanning.engine import quoted
from board_report.sources.scanning.staged import Staged
from board_report.sources.scanning.stream import RowStream
from board_report.sources.text import check_declared, find_delimiter, rows_of_lines

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LONGEST_CELL = 131_072
"""Characters of a cell that Python's reader takes; a longer one is left to it to refuse."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")


@dataclass(frozen=True)
class _Text:
    """One file of delimited text: where it lies, and what its first bytes and its pass told."""

    path: Path
    spec: SourceSpec
    delimiter: str
    notes: tuple[Note, ...]
    proof: Proof
    name: str
    """Of its table in the engine."""

    @property
    def source(self) -> SourceFile:
        return SourceFile(self.spec.file, self.proof.sha256, self.proof.size)


def stage_text(connection: DuckDBPyConnection, path: Path, spec: SourceSpec, name: str) -> Staged:
    """The rows of a delimited text file as a table of the engine.

    The engine's own reader is used where the pass over the bytes proved that it sees the same
    cells: every line is a record, and quotation marks stand at the edges of cells alone. Any other
    file is streamed through the reader that small files have.

    Raises:
        ReadFaultError: it cannot be read as what it is declared to be.
    """
    head, is_whole = _head(path, spec)
    delimiter, notes = find_delimiter(head, spec)
    proof = prove(path, spec.file, spec.encoding, delimiter)
    if proof.mark:
        notes = ((ReadCode.BYTE_ORDER_MARK, 1, {"encoding": proof.encoding.upper()}), *notes)
    text = _Text(path, spec, delimiter, notes, proof, name)
    if proof.is_plain:
        before = _header(head if is_whole else _whole_lines(head), text)
        if before is not None:
            found = _scan(connection, text, *before)
            if found:
                return found
    return _stream(connection, text)


def _head(path: Path, spec: SourceSpec) -> tuple[str, bool]:
    """The first bytes as text, and whether they are all."""
    content = head_of(path, spec.file)
    is_whole = len(content) < CHUNK
    marks = [(mark, marked) for mark, marked in MARKS if content.startswith(mark)]
    mark, encoding = marks[0] if marks else (b"", spec.encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        # A character of several bytes may be cut off at the end.
        text = decoder.decode(content[len(mark) :], final=is_whole)
    except UnicodeDecodeError:
        text = decode(content, spec.encoding)[0]
    if not mark:
        refuse_nul(content, text)
    return text, is_whole


def _whole_lines(head: str) -> str:
    return head[: head.rfind("\n") + 1]


def _header(head: str, text: _Text) -> tuple[RawRow, list[int]] | None:
    """The header and the blank lines before it; None where it is no line of its own."""
    blank: list[int] = []
    lines = (found[0] for found in _LINE.finditer(head if head.endswith("\n") else f"{head}\n"))
    for row in rows_of_lines(lines, text.delimiter, text.spec.skip_rows):
        if not any(cell.strip() for cell in row.cells):
            blank.append(row.line)
            continue
        check_declared(row, text.spec)
        return None if any("\n" in cell for cell in row.cells) else (row, blank)
    return None


def _scan(
    connection: DuckDBPyConnection, text: _Text, header: RawRow, blank: Sequence[int]
) -> Staged | None:
    """By the engine's reader; None where its records are not the file's lines after all."""
    import duckdb

    width, expected = len(header.cells), text.proof.lines - header.line
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    packing = "gzip" if text.spec.file.lower().endswith(".gz") else "none"
    line_end = "\\r\\n" if text.proof.newline == "\r\n" else "\\n"
    try:
        connection.execute(
            f"CREATE TABLE {text.name} AS SELECT * FROM read_csv("
            f"{quoted(str(text.path.resolve()))}, auto_detect = false, header = false, "
            f"skip = {header.line}, delim = {quoted(text.delimiter)}, quote = '\"', "
            f"escape = '\"', columns = {{{columns}}}, new_line = '{line_end}', "
            f"compression = '{packing}', strict_mode = true, null_padding = false, "
            f"ignore_errors = false)"
        )
        if _is_as_proved(connection, text.name, width, expected):
            relation = (
                f"(SELECT rowid AS _at, rowid + {header.line + 1} AS _line, "
                f"NULL::VARCHAR AS _odd, * FROM {text.name})"
            )
            rows = (header,) if expected else ()
            grid = Grid(header, rows, notes=text.notes, blank_lines=tuple(blank))
            return Staged(relation, expected, text.source, grid)
    except duckdb.Error:
        # The engine's reader sees a fault where the proof saw none: ours reads the file instead,
        # and says of a fault what it is and where; a want of disk shows there again.
        pass
    connection.execute(f"DROP TABLE IF EXISTS {text.name}")
    return None


def _is_as_proved(connection: DuckDBPyConnection, name: str, width: int, expected: int) -> bool:
    """As many records as lines, no cell too long, and no row without any printable character."""
    cells = [f"c{at}" for at in range(width)]
    longest = ", ".join(f"coalesce(max(length({each})), 0)" for each in cells)
    filled = " OR ".join(f"coalesce(regexp_matches({each}, '[!-~]'), false)" for each in cells)
    found = connection.execute(
        f"SELECT count(*), count(*) FILTER (NOT ({filled})), greatest(0, {longest}) FROM {name}"
    ).fetchone()
    return found is not None and found[:2] == (expected, 0) and found[2] < LONGEST_CELL


def _stream(connection: DuckDBPyConnection, text: _Text) -> Staged:
    """Through Python's reader, a batch at a time."""
    blank: list[int] = []
    count = 0
    header: RawRow | None = None
    stream: RowStream | None = None
    for row in _rows(text):
        if not any(cell.strip() for cell in row.cells):
            count += 1
            if len(blank) < 1:
                blank.append(row.line)
        elif header is None or stream is None:
            header = row
            check_declared(header, text.spec)
            stream = RowStream(connection, text.name, len(header.cells))
        else:
            stream.add((row,))
    if header is None or stream is None:
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    stream.flush()
    rows = (header,) if stream.rows else ()
    # Only their number and the first of them are told.
    lines = (blank[0],) * count if count else ()
    grid = Grid(header, rows, notes=text.notes, blank_lines=lines)
    return Staged(text.name, stream.rows, text.source, grid)


def _rows(text: _Text) -> Iterator[RawRow]:
    with opened(text.path, text.spec.file) as stream:
        stream.read(len(text.proof.mark))
        lines = io.TextIOWrapper(stream, encoding=text.proof.encoding, newline="")
        try:
            yield from rows_of_lines(iter(lines), text.delimiter, text.spec.skip_rows)
        finally:
            lines.detach()
