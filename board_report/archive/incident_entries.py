"""Add an entry to an incident's record: whole or not at all, and never over another."""

from __future__ import annotations

import os
from pathlib import Path

from board_report.archive.synced import replace_file, sync_folder, write_synced
from board_report.errors import DocumentError


def add_entry(path: Path, text: str, latest: Path, latest_text: str) -> None:
    """Write a new file, and then which entry is the latest.

    The text is written beside it under a temporary name, synced, and then given the name, which
    fails where somebody took the name in the meantime. A crash between the two leaves the entry
    on record and ``latest`` one behind, which the next entry mends.

    Args:
        path: of the entry; its folder is made when it is not there.
        text: what it is to hold.
        latest: the file that names the latest entry.
        latest_text: what that is to hold.

    Raises:
        DocumentError: the entry is there already, or cannot be written.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        write_synced(fresh, text.encode())
        try:
            _take_name(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(path.parent)
        replace_file(latest, latest_text.encode())
    except OSError as error:
        raise DocumentError(
            f"the entry cannot be recorded: {error.strerror or error}.",
            where=str(path),
            mend="Make sure that you may write to the project's folder, and look with "
            "`board-report incident show` whether it is there.",
        ) from error


def _take_name(fresh: Path, path: Path) -> None:
    try:
        os.link(fresh, path)
    except FileExistsError as error:
        raise DocumentError(
            "somebody else recorded an entry at the same time.",
            where=str(path),
            mend="Look at it, and try again.",
        ) from error
    except OSError:
        # A file system without hard links, as on a memory stick.
        try:
            write_synced(path, fresh.read_bytes(), "xb")
        except FileExistsError as error:
            raise DocumentError(
                "somebody else recorded an entry at the same time.",
                where=str(path),
                mend="Look at it, and try again.",
            ) from error
