"""An SQLite file made from the entries, to find them faster; never the truth."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from board_report.archive.ledger.entries import (
    SEALS,
    Entry,
    EntryFaultError,
    entry_name,
    entry_number,
    read_entry,
)
from board_report.archive.ledger.local import LocalStore
from board_report.archive.ledger.store import ENTRIES, INDEX, Store

VERSION = 1
_TABLES = """
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
    sha256 TEXT NOT NULL, quarter TEXT NOT NULL, entity TEXT NOT NULL, command TEXT NOT NULL,
    files INTEGER NOT NULL, size_bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX entry_quarter ON entry (quarter, entity);
CREATE TABLE file (
    entry INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL,
    role TEXT NOT NULL, PRIMARY KEY (entry, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_sha256 ON file (sha256);
"""


@dataclass(frozen=True)
class Line:
    """What the index knows of an entry."""

    number: int
    kind: str
    at: str
    by: str
    sha256: str
    quarter: str
    entity: str
    command: str
    files: int
    size_bytes: int

    @property
    def is_seal(self) -> bool:
        """Whether it seals a quarter."""
        return self.kind in SEALS


def line_of(entry: Entry) -> Line:
    """What the index is to know of an entry."""
    quarter, entity = (
        each if isinstance(each := entry.body.get(key), str) else ""
        for key in ("quarter", "entity")
    )
    return Line(
        number=entry.number,
        kind=entry.kind,
        at=entry.at,
        by=entry.by,
        sha256=entry.sha256,
        quarter=quarter,
        entity=entity,
        command=str(entry.command.get("name", "")),
        files=len(entry.files),
        size_bytes=sum(each.size_bytes for each in entry.files),
    )


class IndexDiffersError(Exception):
    """The index knows entries that the archive does not hold as they were."""


@contextmanager
def opened(store: Store) -> Iterator[sqlite3.Connection]:
    """The index, brought up to the entries, for as long as it is needed.

    It is kept beside the entries where that can be written, else in memory. One that cannot be
    used is made anew; one that disagrees is left as it is, since it may bear witness.

    Raises:
        IndexDiffersError: it disagrees with the entries.
        OSError: the store cannot be read.
    """
    with closing(_usable(store)) as connection:
        yield connection


def _usable(store: Store) -> sqlite3.Connection:
    path = store.folder / INDEX if isinstance(store, LocalStore) else None
    if path is None:
        return _filled(store, sqlite3.connect(":memory:"))
    connection: sqlite3.Connection | None = None
    for is_second in (False, True):
        try:
            connection = sqlite3.connect(path)
            return _filled(store, connection)
        except sqlite3.Error:
            if connection is not None:
                connection.close()
            if is_second or not _removed(path):
                break
    return _filled(store, sqlite3.connect(":memory:"))


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _filled(store: Store, connection: sqlite3.Connection) -> sqlite3.Connection:
    """Add the entries that it lacks."""
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            connection.executescript(
                "DROP TABLE IF EXISTS entry; DROP TABLE IF EXISTS file;"
                f"{_TABLES} PRAGMA user_version = {VERSION};"
            )
        numbers = sorted(filter(None, map(entry_number, store.names(ENTRIES))))
        known = connection.execute("SELECT number, sha256 FROM entry ORDER BY number").fetchall()
        _compare(store, known, numbers)
        with connection:
            for number in numbers[len(known) :]:
                _insert(connection, read_entry(store.read(entry_name(number))))
    except EntryFaultError as error:
        connection.close()
        raise IndexDiffersError(f"an entry cannot be read: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _compare(store: Store, known: list[tuple[int, str]], numbers: list[int]) -> None:
    """The entries that are known must be there, and the last of them as it was."""
    if [number for number, _ in known] != numbers[: len(known)]:
        missing = sorted({number for number, _ in known} - set(numbers))
        gone = entry_name(missing[0]) if missing else "an entry"
        raise IndexDiffersError(f"the index knows {gone}, which is not in its place")
    if known:
        number, sha256 = known[-1]
        if read_entry(store.read(entry_name(number))).sha256 != sha256:
            raise IndexDiffersError(f"the index knows {entry_name(number)} as another than it is")


def _insert(connection: sqlite3.Connection, entry: Entry) -> None:
    connection.execute(f"INSERT INTO entry VALUES ({', '.join('?' * 10)})", astuple(line_of(entry)))
    connection.executemany(
        "INSERT INTO file VALUES (?, ?, ?, ?, ?)",
        [
            (entry.number, each.name, each.sha256, each.size_bytes, each.role)
            for each in entry.files
        ],
    )


def lines(connection: sqlite3.Connection) -> tuple[Line, ...]:
    """All entries, in order."""
    return tuple(Line(*row) for row in connection.execute("SELECT * FROM entry ORDER BY number"))


def seals_of(connection: sqlite3.Connection, quarter: str, entity: str) -> list[tuple[int, str]]:
    """Numbers and hashes of the seals of a quarter and an entity; an empty text means any."""
    return connection.execute(
        "SELECT number, sha256 FROM entry WHERE kind IN (?, ?) AND (? = '' OR quarter = ?) "
        "AND (? = '' OR entity = ?) ORDER BY number",
        (*map(str, SEALS), quarter, quarter, entity, entity),
    ).fetchall()


def differences(path: Path, entries: Sequence[Entry]) -> Iterator[str]:
    """Where an index says otherwise than the entries; one that is behind does not.

    Args:
        path: of the index; nothing is written to it.
        entries: those that can be read, in order.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            known = lines(connection)
            files = connection.execute("SELECT * FROM file ORDER BY entry, name").fetchall()
    except (sqlite3.Error, TypeError) as error:
        yield f"it cannot be read ({error}); it may be deleted, and is then made anew"
        return
    told = {each.number: line_of(each) for each in entries}
    for line in known:
        if told.get(line.number) != line:
            yield f"it says otherwise of {entry_name(line.number)} than is there"
    wanted = sorted(
        (entry.number, each.name, each.sha256, each.size_bytes, each.role)
        for entry in entries[: len(known)]
        for each in entry.files
    )
    if sorted(files) != wanted:
        yield "it lists other files than the entries do"
