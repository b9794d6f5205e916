"""Add one entry with the objects that it keeps: all of it or nothing.

The order is what makes it safe. A note says what is about to come; the objects are written and
synced; then the entry gets its name, which is the one moment from which it counts; then what a
prune lets go of is removed, and the note at last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from board_report.archive.ledger.chain import Chain, sound_chain
from board_report.archive.ledger.entries import (
    Entry,
    EntryFaultError,
    Stamp,
    entry_bytes,
    entry_name,
    read_entry,
    sha256_of,
)
from board_report.archive.ledger.errors import ArchiveError, write_error
from board_report.archive.ledger.intent import write_intent
from board_report.archive.ledger.mend import mend
from board_report.archive.ledger.reading import digest
from board_report.archive.ledger.store import Store, object_name

ATTEMPTS = 20
"""How often another writer may be quicker where a store has no lock."""


@dataclass(frozen=True)
class NewObject:
    """Bytes to be kept."""

    sha256: str
    size_bytes: int
    chunks: Callable[[], Iterable[bytes]]
    """Reads them; the hash is checked while they are written."""
    origin: str
    """Where they come from, for messages."""


@dataclass(frozen=True)
class Planned:
    """The entry to add to a chain as it is now."""

    kind: str
    body: dict[str, object]
    objects: tuple[NewObject, ...] = ()
    removes: tuple[str, ...] = ()
    """Hashes of objects that go once the entry is on record."""


@dataclass
class _Write:
    """How far a writer has come, over all its attempts."""

    is_alone: bool
    """Whether the lock keeps others out; else what was written may be in use by now."""
    fresh: list[str] = field(default_factory=list)
    """Names of objects that were not there before."""
    notes: list[str] = field(default_factory=list)


Plan = Callable[[Chain], Planned]
Told = Callable[[str], None]


def append(store: Store, plan: Plan, stamp: Stamp, told: Told = lambda _: None) -> Entry:
    """Add an entry at the end of the chain.

    Args:
        store: the archive's.
        plan: from the chain to what to add; called anew where another writer was quicker. What it
            raises goes to the caller, and nothing was written then.
        stamp: who, when, and by which command.
        told: of what an earlier, interrupted command left.

    Raises:
        ArchiveError: nothing was added, or the disk gave up after the entry was; it says which.
    """
    try:
        with store.lock() as is_alone:
            if is_alone:
                for each in mend(store):
                    told(each)
            progress = _Write(is_alone)
            for _ in range(ATTEMPTS):
                entry = _attempt(store, plan, stamp, progress)
                if entry is not None:
                    return entry
    except OSError as error:
        raise write_error(store.address, error, "Nothing was added.") from error
    raise ArchiveError(
        "others keep adding to it at the same time. Nothing was added.",
        where=store.address,
        mend="Try again.",
    )


def _attempt(store: Store, plan: Plan, stamp: Stamp, progress: _Write) -> Entry | None:
    """One try; None where another writer took the number."""
    chain = sound_chain(store)
    planned = plan(chain)
    number = chain.last + 1
    try:
        data = entry_bytes(number, planned.kind, stamp, chain.head, planned.body)
    except EntryFaultError as error:
        raise ArchiveError(f"the entry cannot be written: {error}.", where=store.address) from error
    try:
        _write_objects(store, planned, number, progress)
        is_mine = store.write_once(entry_name(number), [data])
    except (OSError, ArchiveError) as error:
        if not _is_there(store, number, data):
            _undo(store, progress)
            if isinstance(error, OSError):
                raise write_error(store.address, error, "Nothing was added.") from error
            raise
        is_mine = True
    if not is_mine:
        return None
    try:
        _finish(store, planned, progress)
    except OSError as error:
        happened = f"{entry_name(number)} was written; make sure of it with verify."
        raise write_error(store.address, error, happened) from error
    return read_entry(data)


def _write_objects(store: Store, planned: Planned, number: int, progress: _Write) -> None:
    wanted = {each.sha256: each for each in planned.objects}
    missing = [each for each in wanted.values() if not store.exists(object_name(each.sha256))]
    for each in wanted.values():
        if each not in missing:
            _check_kept(store, each)
    if missing or planned.removes:
        hashes = [each.sha256 for each in missing]
        progress.notes.append(write_intent(store, number, planned.kind, hashes))
        store.settle()
    for each in missing:
        if store.write_once(object_name(each.sha256), _checked(each)):
            progress.fresh.append(object_name(each.sha256))
    store.settle()


def _check_kept(store: Store, wanted: NewObject) -> None:
    """An object that is there already must be what its name says, or the seal would rest on it."""
    name = object_name(wanted.sha256)
    if digest(store, name) != (wanted.sha256, wanted.size_bytes):
        raise ArchiveError(
            "what is kept there is not what its name says. Nothing was added.",
            where=f"{store.address}/{name}",
            mend="Run `board-report archive verify`, and bring back what was there from a copy.",
        )


def _checked(wanted: NewObject) -> Iterator[bytes]:
    """The bytes, which must turn out to be those that the entry will name."""
    import hashlib

    running = hashlib.sha256()
    for chunk in wanted.chunks():
        running.update(chunk)
        yield chunk
    if running.hexdigest() != wanted.sha256:
        raise ArchiveError(
            "it changed while it was being sealed. Nothing was added.",
            where=wanted.origin,
            mend="Run the command again once nobody writes to it.",
        )


def _is_there(store: Store, number: int, data: bytes) -> bool:
    """Whether the entry got its name although an error was reported."""
    try:
        return sha256_of(store.read(entry_name(number))) == sha256_of(data)
    except OSError:
        return False


def _undo(store: Store, progress: _Write) -> None:
    """Take back what was written for an entry that did not come; the next writer does the rest."""
    if not progress.is_alone:
        return
    with suppress(OSError):
        for names in (progress.fresh, progress.notes):
            for name in names:
                store.remove(name)
            store.settle()


def _finish(store: Store, planned: Planned, progress: _Write) -> None:
    store.settle()
    for each in planned.removes:
        store.remove(object_name(each))
    store.settle()
    for name in progress.notes:
        store.remove(name)
    store.settle()
