"""Add an entry to an incident's record: whole or not at all, and never over another."""

from __future__ import annotations

from pathlib import Path

from board_report.archive.synced import NameTakenError, create_file, replace_file
from board_report.errors import DocumentError


def add_entry(path: Path, text: str, latest: Path, latest_text: str) -> None:
    """Write a new file, and then which entry is the latest.

    A crash between the two leaves the entry on record and ``latest`` one behind, which the next
    entry mends.

    Args:
        path: of the entry; its folder is made when it is not there.
        text: what it is to hold.
        latest: the file that names the latest entry.
        latest_text: what that is to hold.

    Raises:
        DocumentError: the entry is there already, or cannot be written.
    """
    try:
        create_file(path, text.encode())
        replace_file(latest, latest_text.encode())
    except NameTakenError as error:
        raise DocumentError(
            "somebody else recorded an entry at the same time.",
            where=str(path),
            mend="Look at it, and try again.",
        ) from error
    except OSError as error:
        raise DocumentError(
            f"the entry cannot be recorded: {error.strerror or error}.",
            where=str(path),
            mend="Make sure that you may write to the project's folder, and look with "
            "`board-report incident show` whether it is there.",
        ) from error
