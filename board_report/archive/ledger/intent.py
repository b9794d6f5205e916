"""What a writer is about to add, written down first, so that a crash can be told and mended.

An object that no entry names may be what a dead writer left, or what a removed entry kept. Only
the first is named by such a note, and only that is ever cleared away.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from board_report.archive.ledger.canonical import NotCanonicalError, canonical, parse
from board_report.archive.ledger.store import INCOMING, Store

FORMAT = "board-report archive intent"
SUFFIX = ".intent"


def write_intent(store: Store, number: int, kind: str, objects: Iterable[str]) -> str:
    """Say which objects are about to be written, for which entry.

    Returns:
        The name of the note.

    Raises:
        OSError: it cannot be written.
    """
    data = canonical(
        {"format": FORMAT, "entry": number, "kind": kind, "objects": sorted(set(objects))}
    )
    attempt = 0
    while not store.write_once(name := _name(number, attempt), [data]):
        attempt += 1
    return name


def _name(number: int, attempt: int) -> str:
    return f"{INCOMING}{number:08d}-{os.getpid()}-{attempt}{SUFFIX}"


def is_intent(name: str) -> bool:
    """Whether a file of the archive is such a note."""
    return name.startswith(INCOMING) and name.endswith(SUFFIX)


def read_intent(store: Store, name: str) -> dict[str, Any]:
    """What a note says: ``entry``, ``kind``, ``objects``; empty where it cannot be read."""
    try:
        found = parse(store.read(name))
    except (OSError, NotCanonicalError):
        return {}
    objects = found.get("objects")
    if found.get("format") != FORMAT or not isinstance(objects, list):
        return {}
    return found if all(isinstance(each, str) for each in objects) else {}


def intended(store: Store, names: Iterable[str]) -> set[str]:
    """Hashes of all objects that notes name."""
    return {
        each
        for name in names
        if is_intent(name)
        for each in read_intent(store, name).get("objects", ())
    }
