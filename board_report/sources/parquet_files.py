"""Which files a Parquet source has: the one it names, or all below the folder that it names."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote

from board_report.project import SourceSpec
from board_report.project.places import Place, quoted
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.kinds import kind_of

SUFFIX = ".parquet"

_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True)
class Part:
    """One file of a source."""

    name: str
    """Relative to the source's folder; the file's own name where the source is one file."""
    open_file: Callable[[], IO[bytes]]
    """Opens it anew, from its beginning."""

    @property
    def folders(self) -> dict[str, str]:
        """Columns that the names of its folders give, as ``severity=high/``, and their value."""
        pairs = (each.partition("=") for each in PurePosixPath(self.name).parts[:-1])
        return {
            unquote(key): "" if value == _NO_VALUE else unquote(value)
            for key, sign, value in pairs
            if sign
        }


def is_parquet(folder: Path, file: str) -> bool:
    """True for a Parquet file, and for a folder, which can hold nothing else that is read."""
    if Path(file).suffix.lower() == SUFFIX:
        return True
    try:
        is_folder = "://" not in file and (folder / file).is_dir()
    except (OSError, ValueError):
        return False
    return is_folder and kind_of(file) is None


def parquet_files(folder: Path, spec: SourceSpec) -> tuple[Path, ...]:
    """The files of a Parquet source: the one it names, or all below its folder, by name.

    Names that begin with a dot or an underscore, and what lies in folders of such names, are left
    out: writers keep their unfinished parts and their own notes there.

    Args:
        folder: the project.
        spec: the source; its file or folder must lie in the project, links followed.

    Raises:
        ReadFaultError: there is none, or one lies outside of the project.
    """
    top = folder / spec.file
    _check_inside(folder, top)
    if not top.exists():
        raise ReadFaultError(ReadCode.FILE_MISSING)
    if not top.is_dir():
        return (top,)
    found = [each for each in top.rglob("*") if each.suffix.lower() == SUFFIX]
    found = [each for each in found if not _is_kept_back(each.relative_to(top)) and each.is_file()]
    if not found:
        raise _no_parquet(top, spec)
    for each in found:
        _check_inside(folder, each)
    return tuple(sorted(found, key=lambda each: each.relative_to(top).as_posix()))


def _no_parquet(top: Path, spec: SourceSpec) -> ReadFaultError:
    """A folder is read as Parquet alone; what else it holds is named by a pattern."""
    kinds = Counter(each.suffix.lower() for each in top.iterdir() if kind_of(each.name))
    detail = f"it is a folder, and it holds no {SUFFIX} file"
    advice = f"Put {SUFFIX} files there, correct `file` in {Place(spec)}, or delete the block."
    if kinds:
        (suffix, count), *_ = kinds.most_common(1)
        files = "1 file" if count == 1 else f"{count:,} files"
        pattern = quoted(f"{spec.file.rstrip('/')}/*{suffix}")
        advice = f"To read the {files} of {suffix} in it, {Place(spec):-file} {pattern}."
    return ReadFaultError(ReadCode.BAD_PARQUET, part=spec.file, detail=detail, advice=advice)


def parts_of(folder: Path, spec: SourceSpec) -> tuple[Part, ...]:
    """The same files with their names, ready to be opened.

    Raises:
        ReadFaultError: as :func:`parquet_files`.
    """
    top = folder / spec.file
    start = top if top.is_dir() else top.parent
    return tuple(
        Part(each.relative_to(start).as_posix(), opener(each))
        for each in parquet_files(folder, spec)
    )


def _check_inside(folder: Path, path: Path) -> None:
    try:
        is_inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError) as error:
        raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail="its name cannot be") from error
    if not is_inside:
        raise ReadFaultError(ReadCode.FILE_OUTSIDE)


def _is_kept_back(name: Path) -> bool:
    return any(part.startswith((".", "_")) for part in name.parts)


def opener(path: Path) -> Callable[[], IO[bytes]]:
    """What opens a plain file anew, from its beginning."""

    def open_file() -> IO[bytes]:
        try:
            # Without waiting: a named pipe would hold the program until somebody writes to it.
            stream = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")
        except OSError as error:
            detail = error.strerror or "unknown reason"
            raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail=detail) from error
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            stream.close()
            raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail="it is not a plain file")
        return stream

    return open_file
