"""Begin an archive: the first entry, and what an auditor needs who does not have this program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from board_report.archive.ledger.append import Planned, Told, append
from board_report.archive.ledger.chain import Chain
from board_report.archive.ledger.entries import Entry, Kind, Stamp, entry_name, sha256_of
from board_report.archive.ledger.errors import ArchiveError, write_error
from board_report.archive.ledger.store import INCOMING, INDEX, LOCK, README, VERIFIER, Store

SCHEMA = 1
"""Version of the archive's format; docs/archive.md describes it."""

README_TEXT = """\
This folder is a record of quarterly reports that is only ever added to.

  entries/        one numbered file for each thing that was done, each naming the one before it
  objects/        the bytes that were sealed, each under its SHA-256
  index.sqlite    made from the entries to find things faster; it may be deleted, and proves nothing
  incoming/       what is being written; empty unless a command was interrupted
  lock            keeps two programs from writing at once; it is empty

To check it you need Python 3.9 or newer and nothing else, and no network:

  python3 verify_archive.py .
  python3 verify_archive.py . --head HASH

HASH is the hash of an entry that was kept somewhere else, such as in the minutes of a meeting.
Without one, nobody can tell whether entries at the end are missing, or whether all was made anew.
Take verify_archive.py from a place that you trust: whoever can change this folder can change that
file as well. It is short enough to be read before it is run.

To do it by hand: sha256sum of entries/00000001.json is what entries/00000002.json has as
"previous", and so on; each object's name is its own sha256sum; and each entry of the kind "seal"
or "supersede" lists its files by name and hash.

Change, add and remove nothing here.
"""


def tools() -> dict[str, bytes]:
    """The files that stand at the top of every archive, by name."""
    verifier = Path(__file__).with_name(VERIFIER).read_bytes()
    return {README: README_TEXT.encode(), VERIFIER: verifier}


def begin(store: Store, stamp: Stamp, told: Told = lambda _: None) -> Entry | None:
    """Make an archive where there is none; None where there is one.

    Raises:
        ArchiveError: the place holds something else, cannot be written, or would let a file be
            written over.
    """
    try:
        if store.exists(entry_name(1)):
            return None
        names = store.names()
    except FileNotFoundError:
        names = []
    except OSError as error:
        raise write_error(store.address, error, "Nothing was begun.") from error
    if any(each.startswith("entries/") for each in names):
        return None
    ours = {README, VERIFIER, INDEX, LOCK}
    foreign = [each for each in names if each not in ours and not each.startswith(INCOMING)]
    if foreign:
        raise ArchiveError(
            f"it is no archive, and holds other files, such as {foreign[0]}.",
            where=store.address,
            mend="Name an empty folder, or one that is not there yet.",
        )
    try:
        with store.lock():
            for name, data in tools().items():
                _put(store, name, data)
            store.settle()
    except OSError as error:
        raise write_error(store.address, error, "Nothing was begun.") from error
    try:
        return append(store, _first, stamp, told)
    except _BegunMeanwhileError:
        return None


def _put(store: Store, name: str, data: bytes) -> None:
    """Write a tool; one of another version that an interrupted beginning left makes way."""
    if not store.write_once(name, [data]) and store.read(name) != data:
        store.remove(name)
        store.write_once(name, [data])
    # The same bytes again do no harm, and show whether the store refuses.
    if store.write_once(name, [data]):
        raise ArchiveError(
            "this store lets a file be written over, so that nothing in it would be safe.",
            where=store.address,
            mend="Use one that refuses (S3: conditional writes), or a folder.",
        )


def _first(chain: Chain) -> Planned:
    if chain.last:
        raise _BegunMeanwhileError("somebody else began it at the same time.")
    named: list[Mapping[str, object]] = [
        {"name": name, "sha256": sha256_of(data), "bytes": len(data)}
        for name, data in sorted(tools().items())
    ]
    return Planned(Kind.BEGIN, {"schema": SCHEMA, "tools": named})


class _BegunMeanwhileError(ArchiveError):
    """Another process began the archive between the look and the write."""
