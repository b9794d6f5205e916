"""Write a signed file beside the others: whole or not at all, and over nothing unasked."""

from __future__ import annotations

import os
from pathlib import Path

from board_report.archive.pades.faults import SigningError
from board_report.archive.synced import sync_folder, write_synced


def save_signed(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write the file under a temporary name, sync it, and then give it its own.

    Raises:
        SigningError: there is such a file already and ``overwrite`` is not set, or it cannot be
            written; nothing was changed.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        write_synced(fresh, data)
        try:
            if overwrite:
                fresh.replace(path)
            else:
                _take_name(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(path.parent)
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
        raise SigningError(
            "there is such a file already.",
            where=str(path),
            mend="Move it, name another with --output, or say --overwrite.",
        )


def _take_name(fresh: Path, path: Path) -> None:
    refuse_existing(path)
    try:
        os.link(fresh, path)
    except FileExistsError:
        refuse_existing(path)
        raise
    except OSError:
        # A file system without hard links, as on a memory stick.
        write_synced(path, fresh.read_bytes(), "xb")
