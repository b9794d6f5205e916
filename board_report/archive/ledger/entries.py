"""An entry of the record: what it holds, how it is written, and how it is read back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from board_report.archive.ledger.canonical import NotCanonicalError, canonical, parse

FORMAT = "board-report archive entry"
FORMAT_VERSION = 1
NOTHING_BEFORE = "0" * 64
"""What the first entry names as the one before it."""
FIELDS = frozenset(
    ("format", "format_version", "number", "kind", "at", "by", "command", "previous", "body")
)
OWN = "own_sha256"

_NAME = re.compile(r"entries/([0-9]{8})\.json")
_AT = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHA = re.compile(r"[0-9a-f]{64}")
_WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_BAD_IN_NAME = re.compile(r"[\x00-\x1f\x7f\\:]")


class Kind(StrEnum):
    """What an entry records; a reader keeps and checks entries of kinds that it does not know."""

    BEGIN = "begin"
    SEAL = "seal"
    SUPERSEDE = "supersede"
    HOLD = "hold"
    RELEASE = "release"
    PRUNE = "prune"
    AUDIT = "audit"


SEALS = (Kind.SEAL, Kind.SUPERSEDE)


class EntryFaultError(ValueError):
    """Why bytes are no entry: a code and words."""

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        super().__init__(words)


@dataclass(frozen=True)
class KeptFile:
    """A file that an entry keeps."""

    name: str
    """Relative, with forward slashes."""
    sha256: str
    size_bytes: int
    role: str
    """What kind of record it is; says how long it is kept."""

    def record(self) -> dict[str, object]:
        """As it stands in an entry."""
        return {
            "name": self.name, "sha256": self.sha256, "bytes": self.size_bytes, "role": self.role
        }  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry, as it was read."""

    number: int
    kind: str
    at: str
    """UTC, as ``2026-10-28T09:15:00Z``."""
    by: str
    command: Mapping[str, Any]
    """What was run: ``name``, ``options`` (texts by name) and ``program``."""
    previous: str
    """SHA-256 of the whole file of the entry before."""
    body: Mapping[str, Any]
    sha256: str
    """Of its whole file."""
    files: tuple[KeptFile, ...]
    """What the body's ``files`` names; empty where it has none."""


@dataclass(frozen=True)
class Stamp:
    """Who runs which command at what time: handed in, never looked up."""

    at: str
    by: str
    command: str
    options: Mapping[str, str]
    program: str

    def record(self) -> dict[str, object]:
        """The command, as it stands in an entry."""
        return {"name": self.command, "options": dict(self.options), "program": self.program}


def entry_name(number: int) -> str:
    """``entries/00000012.json``."""
    return f"entries/{number:08d}.json"


def entry_number(name: str) -> int | None:
    """The number of the entry of that name; None where the name is not an entry's."""
    found = _NAME.fullmatch(name)
    return int(found[1]) or None if found else None


def sha256_of(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def entry_bytes(
    number: int, kind: str, stamp: Stamp, previous: str, body: Mapping[str, object]
) -> bytes:
    """The file of an entry.

    The hash of itself stands in it, so that damage to the last entry, which no later one names,
    shows as well. Whoever edits on purpose can write it anew; the chain and a head that is kept
    elsewhere are for that.

    Raises:
        EntryFaultError: it would not be an entry that can be read back.
    """
    fields: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "number": number,
        "kind": kind,
        "at": stamp.at,
        "by": stamp.by,
        "command": stamp.record(),
        "previous": previous,
        "body": dict(body),
    }
    try:
        data = canonical({**fields, OWN: sha256_of(canonical(fields))})
    except NotCanonicalError as error:
        raise EntryFaultError("entry-form", str(error)) from error
    read_entry(data)
    return data


def read_entry(data: bytes) -> Entry:
    """An entry from its file.

    Raises:
        EntryFaultError: it is none. The code is ``entry-form``, or ``entry-hash`` where it is
            written as one but its own hash does not hold.
    """
    try:
        fields = parse(data)
    except NotCanonicalError as error:
        raise EntryFaultError("entry-form", f"{error}") from error
    own = fields.pop(OWN, None)
    if fields.keys() != FIELDS or not _is_sha(own):
        raise EntryFaultError("entry-form", "it has other fields than an entry has")
    if fields["format"] != FORMAT or fields["format_version"] != FORMAT_VERSION:
        raise EntryFaultError("entry-form", "it is of a format that is not known here")
    if sha256_of(_without_own(data, own, fields)) != own:
        raise EntryFaultError("entry-hash", "its own hash does not hold")
    if not _has_shape(fields):
        raise EntryFaultError("entry-form", "a field is not what it must be")
    return Entry(
        number=fields["number"],
        kind=fields["kind"],
        at=fields["at"],
        by=fields["by"],
        command=fields["command"],
        previous=fields["previous"],
        body=fields["body"],
        sha256=sha256_of(data),
        files=_files(fields["body"]),
    )


def _without_own(data: bytes, own: str, fields: Mapping[str, Any]) -> bytes:
    """An entry's canonical bytes without its own hash, which is the last field but one."""
    text, after = f',"{OWN}":"{own}"'.encode(), len(f',"previous":"{NOTHING_BEFORE}"}}\n')
    at = len(data) - after - len(text)
    if data[at : at + len(text)] == text:
        return data[:at] + data[at + len(text) :]
    return canonical(fields)


def _has_shape(fields: Mapping[str, Any]) -> bool:
    return (
        _is_count(fields["number"])
        and fields["number"] > 0
        and _is_word(fields["kind"])
        and is_instant(fields["at"])
        and isinstance(fields["by"], str)
        and fields["by"] != ""
        and isinstance(fields["command"], dict)
        and _is_sha(fields["previous"])
        and isinstance(fields["body"], dict)
    )


def _files(body: Mapping[str, Any]) -> tuple[KeptFile, ...]:
    given = body.get("files", [])
    if not isinstance(given, list):
        raise EntryFaultError("entry-form", "its files are not a list")
    found = tuple(map(_file, given))
    if len({each.name.casefold() for each in found}) != len(found):
        raise EntryFaultError("entry-form", "two of its files have one name")
    return found


def _file(given: object) -> KeptFile:
    if (
        not isinstance(given, dict)
        or given.keys() != {"name", "sha256", "bytes", "role"}
        or not is_safe_name(given["name"])
        or not _is_sha(given["sha256"])
        or not _is_count(given["bytes"])
        or not _is_word(given["role"])
    ):
        raise EntryFaultError("entry-form", "a file of it is not named as it must be")
    return KeptFile(given["name"], given["sha256"], given["bytes"], given["role"])


def is_safe_name(name: object) -> bool:
    """True for a relative path that leads to no other folder on any system."""
    if not isinstance(name, str) or not name or _BAD_IN_NAME.search(name):
        return False
    return all(part not in ("", ".", "..") for part in name.split("/"))


def is_instant(value: object) -> bool:
    """True for a UTC time of this millennium, as ``2026-10-28T09:15:00Z``."""
    if not isinstance(value, str) or not _AT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value[:-1])
    except ValueError:
        return False
    return True


def _is_sha(value: object) -> bool:
    return isinstance(value, str) and _SHA.fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_word(value: object) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None
