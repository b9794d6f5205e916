"""Add the record of a signature to the project: whole or not at all, and never over another."""

from __future__ import annotations

from pathlib import Path

from board_report.archive.synced import NameTakenError, create_file
from board_report.errors import DocumentError


def add_record(path: Path, text: str) -> None:
    """Write a new file; its folder is made when it is not there.

    Raises:
        DocumentError: the file is there already, or cannot be written.
    """
    try:
        create_file(path, text.encode())
    except NameTakenError as error:
        raise DocumentError(
            "somebody else signed at the same time.", where=str(path), mend="Try again."
        ) from error
    except OSError as error:
        raise DocumentError(
            f"the signature cannot be recorded: {error.strerror or error}.",
            where=str(path),
            mend="Make sure that you may write to the project's folder; nothing was recorded.",
        ) from error
