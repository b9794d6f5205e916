"""Add the record of a signature to the project: whole or not at all, and never over another."""

from __future__ import annotations

import os
from pathlib import Path

from board_report.archive.synced import sync_folder, write_synced
from board_report.errors import DocumentError


def add_record(path: Path, text: str) -> None:
    """Write a new file; its folder is made when it is not there.

    The text is written beside it under a temporary name, synced, and then given the name, which
    fails where somebody took the name in the meantime.

    Raises:
        DocumentError: the file is there already, or cannot be written.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        write_synced(fresh, text.encode())
        try:
            _take_name(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise DocumentError(
            f"the signature cannot be recorded: {error.strerror or error}.",
            where=str(path),
            mend="Make sure that you may write to the project's folder; nothing was recorded.",
        ) from error


def _take_name(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError as error:
        raise DocumentError(
            "somebody else signed at the same time.", where=str(path), mend="Try again."
        ) from error
    except OSError:
        # A file system without hard links, as on a memory stick.
        write_synced(path, fresh.read_bytes(), "xb")
