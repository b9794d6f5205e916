"""Rows that were set aside, as files a person can mend: the row as it was, and why."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from hashlib import sha256
from itertools import chain, count
from pathlib import PurePosixPath

from board_report.model import RejectedRow

_UNUSUAL = '<>:"/\\|?*'
_LONGEST_NAME = 150
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that a spreadsheet will not take for a formula: a leading sign gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def rejected_files(rows: Sequence[RejectedRow]) -> dict[str, str]:
    """One CSV text for each input file that had rows set aside, by file name.

    The columns are ``line``, ``reasons``, ``neutralized`` and then the file's own columns. A cell
    that a spreadsheet would run as a formula gets an apostrophe, and ``neutralized`` names its
    column; every other cell is as it was.
    """
    by_file: dict[tuple[str, tuple[str, ...]], list[RejectedRow]] = {}
    for row in rows:
        by_file.setdefault((row.file, row.columns), []).append(row)
    files: dict[str, str] = {}
    for (file, _), some in sorted(by_file.items()):
        files[_free_name(_file_name(file), files)] = _csv(some)
    return files


def _file_name(file: str) -> str:
    """A name that every system allows: that of an object or a query has colons.

    A name that is too long, or that a terminal or a page could not show, keeps what it can of its
    letters and gets a part of its hash, so that two of them stay two.
    """
    path = PurePosixPath(re.sub(r":/*", "-", file))
    name = "-".join(path.parts).removesuffix(".csv")
    plain = "".join(each if each.isprintable() and each not in _UNUSUAL else "_" for each in name)
    if plain != name or len(plain.encode()) > _LONGEST_NAME:
        mark = sha256(file.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        plain = f"{plain.encode()[:_LONGEST_NAME].decode('utf-8', 'ignore')}-{mark}"
    return f"{plain}.csv"


def _free_name(name: str, taken: Collection[str]) -> str:
    """The name, or one with a number where another file has it: ``a/b.csv`` beside ``a-b.csv``."""
    names = (f"{name.removesuffix('.csv')}-{number}.csv" for number in count(2))
    return next(each for each in chain((name,), names) if each not in taken)


def _csv(rows: Sequence[RejectedRow]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["line", "reasons", "neutralized", *map(neutral, rows[0].columns)])
    for row in sorted(rows, key=lambda one: one.line):
        cells = [neutral(cell) for cell in row.cells]
        risky = [
            neutral(column)
            for column, was, now in zip(row.columns, row.cells, cells, strict=False)
            if now != was
        ]
        writer.writerow([row.line, neutral("; ".join(row.reasons)), "; ".join(risky), *cells])
    # Half of a pair of surrogates, as JSON can hold, is no text that a file can.
    return buffer.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")
