"""Check an archive, every byte of it, with nothing but the archive.

``verify_archive.py`` beside this module does the same without it; what the two find must agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from board_report.archive.ledger import index
from board_report.archive.ledger.archive import Archive, store_at
from board_report.archive.ledger.chain import Chain, read_chain
from board_report.archive.ledger.entries import Kind, entry_name, entry_number, is_safe_name
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.faults import Fault, Severity, fault, notice
from board_report.archive.ledger.intent import intended
from board_report.archive.ledger.reading import digest
from board_report.archive.ledger.store import (
    ENTRIES,
    INCOMING,
    INDEX,
    LOCK,
    README,
    VERIFIER,
    object_name,
)

if TYPE_CHECKING:
    from board_report.archive.ledger.store import Store

WORKERS = 4
"""Threads that hash large objects at the same time; hashing leaves the interpreter free."""
LARGE = 1 << 20
ATTEMPTS = 3
"""How often to begin anew where somebody writes meanwhile, whose half-done work is no damage."""
_OBJECT = re.compile(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_OURS = frozenset((README, VERIFIER, INDEX, LOCK, f"{INDEX}-journal"))

Check = Callable[[Archive, Chain], Iterable[Fault]]
"""A further check, as of signatures: from the archive and its entries to what is wrong."""


@dataclass(frozen=True)
class Report:
    """What a check has found."""

    address: str
    entries: int
    objects: int
    """Of those that must be there."""
    size_bytes: int
    """Of the objects that were read."""
    head_number: int
    head: str
    """SHA-256 of the last entry."""
    anchored: int | None
    """Number of the entry whose hash was kept elsewhere; None: none was given, or it is not
    here."""
    faults: tuple[Fault, ...]
    """Everything that was found, by place."""

    @property
    def is_intact(self) -> bool:
        """True when nothing speaks against what was sealed."""
        return all(each.severity is not Severity.FAULT for each in self.faults)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "archive": self.address,
            "intact": self.is_intact,
            "entries": self.entries,
            "objects": self.objects,
            "bytes": self.size_bytes,
            "head": {"number": self.head_number, "sha256": self.head},
            "anchored_at": self.anchored,
            "found": [each.record() for each in self.faults],
        }


def verify(place: Path | str | Store, *, head: str = "", checks: Sequence[Check] = ()) -> Report:
    """Check the whole chain and every byte that is kept.

    Nothing is written, and nothing outside of the archive is read.

    Args:
        place: a folder, the address of an object store, or a store.
        head: hash of an entry that was kept elsewhere; it must be one of this archive's.
        checks: further ones.

    Raises:
        ArchiveError: the place cannot be read at all.
    """
    store = store_at(place) if isinstance(place, Path | str) else place
    try:
        for _ in range(ATTEMPTS):
            names = store.names()
            report = _report(store, names, head, checks)
            if store.names() == names:
                break
    except OSError as error:
        raise ArchiveError(
            f"it cannot be read: {(error.strerror or str(error)).lower()}.",
            where=store.address,
            mend="Name the archive with --archive.",
        ) from error
    return report


def _report(store: Store, names: Sequence[str], head: str, checks: Sequence[Check]) -> Report:
    chain = read_chain(store, names)
    found = [*chain.faults, *_strays(names), *_tools(store, chain, names)]
    if not chain.last:
        found.append(fault("no-entry", ENTRIES.rstrip("/"), "there is no entry"))
    objects, read, size = _objects(store, chain, names)
    found += objects
    anchored = _anchor(chain, head)
    if head and anchored is None:
        words = f"no entry has the hash {head}, which was kept"
        found.append(fault("head", ENTRIES.rstrip("/"), words))
    found += _index(store, chain, names)
    for check in checks:
        found += check(Archive(store), chain)
    return Report(
        address=store.address,
        entries=len(chain.entries),
        objects=read,
        size_bytes=size,
        head_number=chain.last,
        head=chain.head,
        anchored=anchored,
        faults=tuple(sorted(set(found), key=lambda each: (each.where, each))),
    )


def _anchor(chain: Chain, head: str) -> int | None:
    wanted = head.strip().lower()
    return next((number for number, sha256 in chain.sha256s.items() if sha256 == wanted), None)


def _strays(names: Iterable[str]) -> Iterator[Fault]:
    """Files that the format does not know."""
    for name in names:
        if name.startswith(INCOMING):
            yield notice("leftover", name, "an interrupted command left it")
        elif not (name in _OURS or entry_number(name) or _OBJECT.fullmatch(name)):
            yield notice("stray", printable(name), "it is no part of an archive")


def printable(name: str) -> str:
    """A file's name with the bytes that are no text written out."""
    return name.encode("utf-8", "backslashreplace").decode()


def _tools(store: Store, chain: Chain, names: Sequence[str]) -> Iterator[Fault]:
    """What stands at the top must be what the first entry says."""
    first = next((each for each in chain.entries if each.kind == Kind.BEGIN), None)
    given = first.body.get("tools") if first else None
    for each in given if isinstance(given, list) else ():
        name = each.get("name") if isinstance(each, dict) else None
        if not isinstance(name, str) or not is_safe_name(name):
            continue
        if name not in names:
            yield fault("tool-missing", name, "it is not there")
            continue
        try:
            is_same = digest(store, name)[0] == each.get("sha256")
        except OSError as error:
            yield fault("tool-unreadable", name, _words(error))
            continue
        if not is_same:
            yield fault("tool-differs", name, "it is not the file that the archive began with")


@dataclass(frozen=True)
class _Use:
    """An object as an entry keeps it."""

    number: int
    name: str
    size_bytes: int


def _uses(chain: Chain) -> dict[str, list[_Use]]:
    """Hash of each object that must be there, to what keeps it."""
    found: dict[str, list[_Use]] = {}
    for number, record in chain.state.records.items():
        for each in record.files:
            found.setdefault(each.sha256, []).append(_Use(number, each.name, each.size_bytes))
    return found


def _objects(store: Store, chain: Chain, names: Sequence[str]) -> tuple[list[Fault], int, int]:
    """Every object against its name; how many, and how many bytes, were read."""
    listed = {each[2] for each in map(_OBJECT.fullmatch, names) if each}
    uses = _uses(chain)
    found = [
        fault("object-missing", object_name(each), f"it is not there; {_said(uses[each])}")
        for each in sorted(uses.keys() - listed)
    ]
    wanted = sorted(uses.keys() & listed)
    size = 0
    for sha256, (actual, count, words) in _digests(store, wanted, uses):
        size += count
        found += _against(sha256, actual, count, words, uses[sha256])
    found += _unneeded(store, chain, names, listed - uses.keys())
    return found, len(wanted), size


_Digest = tuple[str, int, str]
"""Hash, bytes, and why it cannot be read."""


def _digests(
    store: Store, wanted: Sequence[str], uses: Mapping[str, list[_Use]]
) -> Iterator[tuple[str, _Digest]]:
    """Large objects are hashed at the same time; small ones are sooner done than handed over."""
    large = [each for each in wanted if uses[each][0].size_bytes >= LARGE]
    with ThreadPoolExecutor(WORKERS) as workers:
        yield from zip(large, workers.map(lambda each: _digest(store, each), large), strict=True)
    beside = set(large)
    for each in wanted:
        if each not in beside:
            yield each, _digest(store, each)


def _digest(store: Store, sha256: str) -> _Digest:
    try:
        return (*digest(store, object_name(sha256)), "")
    except OSError as error:
        return "", 0, _words(error)


def _against(
    sha256: str, actual: str, count: int, words: str, uses: Sequence[_Use]
) -> Iterator[Fault]:
    """What is wrong with one object."""
    name = object_name(sha256)
    if words:
        yield fault("object-unreadable", name, f"{words}; {_said(uses)}")
    elif actual != sha256:
        yield fault("object-differs", name, f"its bytes have another hash; {_said(uses)}")
    else:
        for each in uses:
            if each.size_bytes != count:
                what = f"{each.name} has {count} bytes and not {each.size_bytes}, as it says"
                yield fault("entry-meaning", entry_name(each.number), what)


def _said(uses: Sequence[_Use]) -> str:
    """``entry 3 keeps it as board-deck.pdf``; the first of them, and how many more."""
    more = f" (and {len(uses) - 1} more)" if len(uses) > 1 else ""
    return f"entry {uses[0].number} keeps it as {uses[0].name}{more}"


def _unneeded(
    store: Store, chain: Chain, names: Sequence[str], unneeded: Iterable[str]
) -> Iterator[Fault]:
    """Objects that no entry keeps: left by a crash, to be gone by now, or of an unknown past."""
    unneeded = sorted(unneeded)
    noted = intended(store, names) if unneeded else set()
    for sha256 in unneeded:
        name = object_name(sha256)
        if sha256 in chain.state.gone:
            yield notice("leftover", name, "it was deleted by an entry, and is still there")
        elif sha256 in noted:
            yield notice("leftover", name, "an interrupted command left it")
        else:
            words = "no entry that can be read names it: one may be missing, or it was put here"
            yield fault("object-unnamed", name, words)


def _index(store: Store, chain: Chain, names: Sequence[str]) -> Iterator[Fault]:
    """What the index says must be what the entries say, as far as it goes."""
    if INDEX not in names or not isinstance(folder := getattr(store, "folder", None), Path):
        return
    for words in index.differences(folder / INDEX, chain.entries):
        yield fault("index", INDEX, words)


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
