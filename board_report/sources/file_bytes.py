"""Read a file of the project once, whole, and make sure that nobody changed it meanwhile."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from board_report.sources.faults import ReadCode, ReadFaultError

LARGEST_FILE = 2_000_000_000
"""Bytes of a file that are read into memory; larger tables are reduced where they lie."""


def is_text(name: str) -> bool:
    """True for a file's name that is UTF-8; some systems have others, which no record can hold."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def file_bytes(folder: Path, file: str, most: int | None = None) -> bytes:
    """The bytes of a file, or the first ``most`` of them.

    Args:
        folder: the project's folder, which the file must lie in, its links followed.
        file: relative to it.
        most: how many bytes to read; all when None.

    Raises:
        ReadFaultError: it is missing, lies outside, is no plain file, is too large, cannot be
            read, or changed while it was read.
    """
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ReadFaultError(ReadCode.FILE_OUTSIDE)
        if not path.exists():
            raise ReadFaultError(ReadCode.FILE_MISSING)
        return _read(path, most)
    except (OSError, ValueError, RuntimeError) as error:
        # A name that cannot be, a link to itself, or no permission.
        detail = getattr(error, "strerror", None) or "its name cannot be"
        raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail=detail) from error


def _read(path: Path, most: int | None) -> bytes:
    # Without waiting: a named pipe would hold the program until somebody writes to it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail="it is not a plain file")
        if most is None and before.st_size > LARGEST_FILE:
            size, limit = f"{before.st_size:,}", f"{LARGEST_FILE:,}"
            raise ReadFaultError(ReadCode.FILE_TOO_LARGE, size=size, most=limit)
        content = stream.read() if most is None else stream.read(most)
        after = os.fstat(stream.fileno())
    now = path.stat()
    if most is None and len({_identity(each) for each in (before, after, now)}) > 1:
        raise ReadFaultError(ReadCode.FILE_CHANGED)
    return content


def _identity(state: os.stat_result) -> tuple[int, int, int, int]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
