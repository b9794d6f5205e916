"""Take files out of an archive, checked, into a folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from board_report.archive.ledger.actions import record
from board_report.archive.ledger.append import Told
from board_report.archive.ledger.archive import Archive, Seal
from board_report.archive.ledger.entries import Entry, KeptFile, Stamp, entry_name
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.sealing import PUBLIC
from board_report.archive.synced import sync_folder

SUMS = "SHA256SUMS"
"""As ``sha256sum -c`` reads it."""
SEAL = "seal.json"
"""The entry itself, byte for byte."""


def export(
    archive: Archive,
    seal: Seal,
    folder: Path,
    stamp: Stamp,
    *,
    roles: Iterable[str] = (),
    told: Told = lambda _: None,
) -> tuple[KeptFile, ...]:
    """Write the files of a seal into a new folder, with their hashes, and record that it was done.

    Only the public pack alone comes without the entry, since that names what is for the board.
    The folder appears whole, and only once the record has it.

    Args:
        archive: where from.
        seal: of which quarter.
        folder: must not be there, or be empty.
        stamp: who, when, and by which command.
        roles: kinds of record; none: all that are still kept.
        told: of what an earlier, interrupted command left.

    Returns:
        The files.

    Raises:
        ArchiveError: the folder holds something, cannot be written, or a file is damaged, was
            deleted, or none is of these kinds.
    """
    files = _chosen(archive, seal, tuple(roles))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(
            "there is something in it.", where=str(folder), mend="Name a new folder."
        )
    fresh = folder.parent / f".{folder.name}.new"
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        for each in files:
            _write(fresh / each.name, archive.chunks(each.sha256))
        is_public = {each.role for each in files} == {PUBLIC}
        if not is_public:
            _write(fresh / SEAL, (archive.store.read(entry_name(seal.number)),))
        _write(fresh / SUMS, (_sums(files).encode(),))
        _record(archive, seal, files, stamp, told)
        if folder.is_dir():
            folder.rmdir()
        fresh.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise ArchiveError(
            f"it cannot be written: {error.strerror or error}.",
            where=str(folder),
            mend="Free space or choose another place.",
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return files


def _chosen(archive: Archive, seal: Seal, roles: tuple[str, ...]) -> tuple[KeptFile, ...]:
    kept = archive.chain().state.records[seal.number].files
    found = tuple(each for each in kept if not roles or each.role in roles)
    if not found:
        what = f"no file of the kinds {', '.join(roles)}" if roles else "no file any more"
        raise ArchiveError(
            f"entry {seal.number} keeps {what}.",
            where=archive.store.address,
            mend="`board-report archive show` lists what it keeps.",
        )
    return found


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        for chunk in chunks:
            stream.write(chunk)


def _sums(files: Iterable[KeptFile]) -> str:
    return "".join(f"{each.sha256}  {each.name}\n" for each in files)


def _record(
    archive: Archive, seal: Seal, files: tuple[KeptFile, ...], stamp: Stamp, told: Told
) -> Entry:
    body: dict[str, object] = {
        "action": "export",
        "quarter": seal.quarter,
        "entity": seal.entity,
        "seal": seal.number,
        "exported": [{"name": each.name, "sha256": each.sha256} for each in files],
    }
    return record(archive, stamp, body, told)
