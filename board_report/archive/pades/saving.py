"""Write a signed file beside the others: whole or not at all, and over nothing unasked."""

from __future__ import annotations

from pathlib import Path

from board_report.archive.pades.faults import SigningError
from board_report.archive.synced import NameTakenError, create_file, replace_file


def save_signed(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write the file under a temporary name, sync it, and then give it its own.

    Raises:
        SigningError: there is such a file already and ``overwrite`` is not set, or it cannot be
            written; nothing was changed.
    """
    try:
        if overwrite:
            replace_file(path, data)
        else:
            refuse_existing(path)
            create_file(path, data)
    except NameTakenError as error:
        raise _taken(path) from error
    except OSError as error:
        raise SigningError(
            f"the signed file cannot be written: {error.strerror or error}.",
            where=str(path),
            mend="Make sure that you may write there; nothing was written.",
        ) from error


def refuse_existing(path: Path) -> None:
    """Stop before a key is opened where the result would take another file's place.

    Raises:
        SigningError: it would.
    """
    if path.exists() or path.is_symlink():
        raise _taken(path)


def _taken(path: Path) -> SigningError:
    return SigningError(
        "there is such a file already.",
        where=str(path),
        mend="Move it, name another with --output, or say --overwrite.",
    )
