"""Read the entries in order and hold each against the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from board_report.archive.ledger.entries import (
    NOTHING_BEFORE,
    Entry,
    EntryFaultError,
    entry_name,
    entry_number,
    read_entry,
    sha256_of,
)
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.faults import Fault, fault
from board_report.archive.ledger.state import State, replay
from board_report.archive.ledger.store import ENTRIES, Store


@dataclass(frozen=True)
class Chain:
    """All entries that can be read, and what is wrong with them."""

    entries: tuple[Entry, ...]
    state: State
    faults: tuple[Fault, ...]
    sha256s: dict[int, str]
    """Number to the hash of the file, also of one that is no entry."""
    last: int
    """The highest number; 0 where there is none."""

    @property
    def head(self) -> str:
        """Hash of the last entry; zeros where there is none."""
        return self.sha256s.get(self.last, NOTHING_BEFORE)


def read_chain(store: Store, names: Iterable[str] | None = None) -> Chain:
    """Read everything that is on record.

    Args:
        store: the archive's.
        names: of its files, where they are known.

    Raises:
        OSError: the store cannot be listed.
    """
    listed = store.names(ENTRIES) if names is None else names
    numbers = sorted(filter(None, map(entry_number, listed)))
    entries: list[Entry] = []
    found: list[Fault] = list(_gaps(numbers))
    sha256s: dict[int, str] = {}
    for number in numbers:
        name = entry_name(number)
        try:
            data = store.read(name)
            sha256s[number] = sha256_of(data)
            entry = read_entry(data)
        except OSError as error:
            found.append(fault("entry-unreadable", name, _words(error)))
            continue
        except EntryFaultError as error:
            found.append(fault(error.code, name, str(error)))
            continue
        if entry.number != number:
            found.append(fault("entry-number", name, f"it says that it is entry {entry.number}"))
            continue
        found += _link_faults(entry, sha256s)
        entries.append(entry)
    state, wrong = replay(entries)
    return Chain(tuple(entries), state, (*found, *wrong), sha256s, max(numbers, default=0))


def _gaps(numbers: list[int]) -> Iterable[Fault]:
    """Numbers that are missing below the last; a run of them is one fault."""
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number == before + 2:
            yield fault("entry-missing", entry_name(before + 1), "it is not there")
        elif number > before + 2:
            run = f"neither it nor those after it are there, up to {entry_name(number - 1)}"
            yield fault("entry-missing", entry_name(before + 1), run)


def _link_faults(entry: Entry, sha256s: dict[int, str]) -> Iterable[Fault]:
    before = NOTHING_BEFORE if entry.number == 1 else sha256s.get(entry.number - 1)
    if before is not None and entry.previous != before:
        words = "it was written after another entry than the one before it"
        yield fault("entry-chain", entry_name(entry.number), words)


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def sound_chain(store: Store) -> Chain:
    """The entries, for a writer, who adds to nothing that is damaged.

    Raises:
        ArchiveError: something is wrong with one of them.
        OSError: the store cannot be listed.
    """
    chain = read_chain(store)
    wrong = [each for each in chain.faults if each.severity == "fault"]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise ArchiveError(
            f"{wrong[0].what}{more}. Nothing was written to an archive that is damaged.",
            where=f"{store.address}/{wrong[0].where}",
            mend="Run `board-report archive verify`, and bring back what was there from a copy.",
        )
    return chain
