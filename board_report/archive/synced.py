"""Write so that a crash right afterwards loses nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal


class NameTakenError(FileExistsError):
    """There is a file of that name; unlike its kind, never about a folder above it."""


def write_synced(path: Path, data: bytes, mode: Literal["wb", "xb"] = "wb") -> None:
    """Write a file, with the folders above it, and wait until it is on the disk.

    Args:
        path: the file.
        data: what it is to hold.
        mode: ``xb`` fails where the file is there already.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open(mode) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in place of a file: a crash leaves the old content or the new, whole.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        write_synced(fresh, data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def create_file(path: Path, data: bytes) -> None:
    """Write a new file, whole or not at all; its folder is made when it is not there.

    It is written beside under a temporary name, synced, and then given its own, which fails where
    somebody took that in the meantime.

    Raises:
        NameTakenError: there is such a file already; it is as it was.
        OSError: it cannot be written.
    """
    fresh = path.with_name(f".{path.name}.new")
    write_synced(fresh, data)
    try:
        _take_name(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def _take_name(fresh: Path, path: Path) -> None:
    try:
        try:
            os.link(fresh, path)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links, as on a memory stick.
            write_synced(path, fresh.read_bytes(), "xb")
    except FileExistsError as error:
        raise NameTakenError(*error.args) from error


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk, as after a file in it was renamed.

    Raises:
        OSError: the folder cannot be opened.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
