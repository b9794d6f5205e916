"""An archive that is there: its entries, its seals and its objects, to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from board_report.archive.ledger import index
from board_report.archive.ledger.chain import Chain, read_chain
from board_report.archive.ledger.entries import (
    SEALS,
    Entry,
    EntryFaultError,
    KeptFile,
    entry_name,
    entry_number,
    read_entry,
)
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.local import LocalStore
from board_report.archive.ledger.mend import mend
from board_report.archive.ledger.reading import checked_chunks
from board_report.archive.ledger.store import ENTRIES, INDEX

if TYPE_CHECKING:
    from board_report.archive.ledger.store import Store


@dataclass(frozen=True)
class Seal:
    """A quarter as it was sealed."""

    entry: Entry

    @property
    def number(self) -> int:
        """Of its entry."""
        return self.entry.number

    @property
    def quarter(self) -> str:
        """Such as ``2026-Q3``."""
        return str(self.entry.body["quarter"])

    @property
    def entity(self) -> str:
        """The company's name."""
        return str(self.entry.body["entity"])

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """All that was sealed, whether or not it was deleted since."""
        return self.entry.files

    @property
    def manifest_sha256(self) -> str:
        """Of ``manifest.json``."""
        return str(self.entry.body["manifest_sha256"])

    @property
    def program(self) -> Mapping[str, Any]:
        """``name`` and ``version`` of the program that built it, by the manifest."""
        found = self.entry.body.get("program")
        return found if isinstance(found, dict) else {}

    @property
    def is_draft(self) -> bool:
        """Whether a document of it said "Draft"."""
        return self.entry.body.get("state") != "approved"

    @property
    def supersedes(self) -> int | None:
        """Number of the seal in whose place it stands."""
        found = self.entry.body.get("supersedes")
        return int(found["entry"]) if isinstance(found, dict) else None

    @property
    def reason(self) -> str:
        """Why it stands in the place of another; empty where it does not."""
        found = self.entry.body.get("supersedes")
        return str(found["reason"]) if isinstance(found, dict) else ""

    def file(self, name: str) -> KeptFile | None:
        """The file of that name; None where none was sealed."""
        return next((each for each in self.files if each.name == name), None)


@dataclass(frozen=True)
class Archive:
    """An archive, to read."""

    store: Store

    def chain(self) -> Chain:
        """All entries and what follows from them, faults among them.

        Raises:
            ArchiveError: the place cannot be read.
        """
        try:
            return read_chain(self.store)
        except OSError as error:
            raise self._unreadable(error) from error

    def entry(self, number: int) -> Entry:
        """One entry.

        Raises:
            ArchiveError: there is none of that number, or it is damaged.
        """
        name = entry_name(number)
        try:
            return read_entry(self.store.read(name))
        except FileNotFoundError as error:
            raise ArchiveError(
                f"there is no entry {number}.",
                where=self.store.address,
                mend="`board-report archive list --all` shows those that there are.",
            ) from error
        except OSError as error:
            raise self._unreadable(error) from error
        except EntryFaultError as error:
            raise self._damaged(name, str(error)) from error

    def lines(self) -> tuple[index.Line, ...]:
        """Every entry in a line, from the index.

        Raises:
            ArchiveError: the index disagrees with the entries, or the place cannot be read.
        """
        try:
            with index.opened(self.store) as connection:
                return index.lines(connection)
        except index.IndexDiffersError as error:
            raise self._damaged(INDEX, str(error)) from error
        except OSError as error:
            raise self._unreadable(error) from error

    def seals(self, *, quarter: str = "", entity: str = "") -> tuple[Seal, ...]:
        """The seals, oldest first; the last one of a quarter and an entity is the one that counts.

        Args:
            quarter: of this one alone; empty: of all.
            entity: of this one alone; empty: of all.

        Raises:
            ArchiveError: an entry is damaged, or the index disagrees with the entries.
        """
        try:
            with index.opened(self.store) as connection:
                found = index.seals_of(connection, quarter, entity)
        except index.IndexDiffersError as error:
            raise self._damaged(INDEX, str(error)) from error
        except OSError as error:
            raise self._unreadable(error) from error
        return tuple(Seal(self._as_known(*each)) for each in found)

    def _as_known(self, number: int, sha256: str) -> Entry:
        entry = self.entry(number)
        if entry.sha256 != sha256 or entry.kind not in SEALS:
            raise self._damaged(entry_name(number), "it is not the entry that the index knows")
        return entry

    def read(self, sha256: str) -> bytes:
        """An object's bytes, checked against their hash.

        Raises:
            ArchiveError: it is not there, or is not what its name says.
        """
        return b"".join(self.chunks(sha256))

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """An object's bytes, part by part; an error comes before the last part."""
        return checked_chunks(self.store, sha256)

    def mend(self) -> tuple[str, ...]:
        """Clear away what an interrupted command left; nothing where another is at work.

        Returns:
            What was done; none where there was nothing, or it cannot be done here.
        """
        try:
            with self.store.lock(wait=False) as is_alone:
                return mend(self.store) if is_alone else ()
        except OSError:
            return ()

    def _unreadable(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"it cannot be read: {(error.strerror or str(error)).lower()}.",
            where=self.store.address,
            mend="Name the archive with --archive.",
        )

    def _damaged(self, name: str, words: str) -> ArchiveError:
        return ArchiveError(
            f"{words}.",
            where=f"{self.store.address}/{name}",
            mend="Run `board-report archive verify`.",
        )


def open_archive(place: Path | str | Store) -> Archive:
    """An archive that is there, in a folder or at the address of an object store.

    Args:
        place: a folder, ``s3://bucket/prefix``, or a store.

    Raises:
        ArchiveError: there is none.
    """
    store = store_at(place) if isinstance(place, Path | str) else place
    archive = Archive(store)
    try:
        is_there = store.exists(entry_name(1)) or any(map(entry_number, store.names(ENTRIES)))
    except OSError as error:
        raise archive._unreadable(error) from error
    if not is_there:
        raise ArchiveError(
            "there is no archive.",
            where=store.address,
            mend="`board-report archive seal` begins one; --archive names another.",
        )
    return archive


def store_at(place: Path | str) -> Store:
    """The store of that address: a folder of this machine or an object store."""
    if isinstance(place, str) and "://" in place:
        from board_report.archive.ledger.objects import open_object_store

        return open_object_store(place)
    return LocalStore(Path(place))
