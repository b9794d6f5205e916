"""Read an object and make sure that it is what its name says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.store import Store, object_name


def digest(store: Store, name: str) -> tuple[str, int]:
    """SHA-256 and number of bytes of a file of the archive.

    Raises:
        OSError: it cannot be read.
    """
    running, size = hashlib.sha256(), 0
    for chunk in store.chunks(name):
        running.update(chunk)
        size += len(chunk)
    return running.hexdigest(), size


def checked_chunks(store: Store, sha256: str) -> Iterator[bytes]:
    """An object's bytes, part by part; the last part comes only if all of them are right.

    Raises:
        ArchiveError: it is not there, cannot be read, or is not what its name says.
    """
    name = object_name(sha256)
    running, waiting = hashlib.sha256(), b""
    try:
        for chunk in store.chunks(name):
            running.update(chunk)
            if waiting:
                yield waiting
            waiting = chunk
    except OSError as error:
        raise ArchiveError(
            f"it cannot be read: {(error.strerror or str(error)).lower()}.",
            where=f"{store.address}/{name}",
            mend="Run `board-report archive verify`, and bring it back from a copy.",
        ) from error
    if running.hexdigest() != sha256:
        raise ArchiveError(
            "it is not what its name says: it was damaged or changed.",
            where=f"{store.address}/{name}",
            mend="Run `board-report archive verify`, and bring it back from a copy.",
        )
    if waiting:
        yield waiting
