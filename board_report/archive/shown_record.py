"""Add lines to the project's record of what a board was shown: all of them or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from board_report.archive.synced import replace_file
from board_report.errors import DocumentError

_DELIMITERS = (",", ";", "\t", "|")


def added_to(path: Path, columns: Sequence[str], lines: Sequence[Mapping[str, str]]) -> bytes:
    """A CSV file with lines added at its end; everything that was there stays byte for byte.

    The new lines are written as the file is: its columns in their order, its delimiter and its
    ends of lines. A file that is not there begins with its header.

    Args:
        path: the file.
        columns: those that the lines have, the last ones of which the file may lack.
        lines: cells by column; a column of the file's own is left empty.

    Raises:
        DocumentError: the file cannot be read, or has no column for a cell.
    """
    before = _read(path)
    if not before.strip():
        return before + _lines([columns, *([each[name] for name in columns] for each in lines)])
    text = _decoded(before, path)
    end = "\r\n" if "\r\n" in text.split("\n", 1)[0] + "\n" else "\n"
    delimiter, header = _header(text)
    lacking = [name for name in columns if name not in header and any(each[name] for each in lines)]
    if lacking:
        raise DocumentError(
            f"there is no column {', '.join(lacking)}, so that nothing can be added.",
            where=str(path),
            mend=f"Its first line must name the columns {', '.join(columns)}.",
        )
    cells = [[each.get(name, "") for name in header] for each in lines]
    gap = b"" if before.endswith(b"\n") else end.encode()
    return before + gap + _lines(cells, delimiter, end)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise _unwritten(path, error) from error


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            "it is not written in UTF-8, so that nothing can be added.",
            where=str(path),
            mend="Save it as CSV in UTF-8.",
        ) from error


def _header(text: str) -> tuple[str, list[str]]:
    """The delimiter and the names of the first line."""
    first = text.split("\n", 1)[0].rstrip("\r")
    delimiter = max(_DELIMITERS, key=first.count)
    (names,) = csv.reader([first], delimiter=delimiter)
    return delimiter, [name.strip() for name in names]


def _lines(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue().encode()


def write_record(files: Mapping[Path, bytes]) -> None:
    """Put new content in place of files, one after the other; each is then the old or the new.

    Raises:
        DocumentError: one cannot be written; it and those after it are as they were.
    """
    for path, data in files.items():
        try:
            replace_file(path, data)
        except OSError as error:
            raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError) -> DocumentError:
    return DocumentError(
        f"what was shown cannot be recorded: {error.strerror or error}.",
        where=str(path),
        mend="Make sure that you may write to the project's folder; the file is as it was.",
    )
