"""Entries of an incident on file: how they are written, and which of those found can be relied on.

An entry is never changed. Each has a hash of itself and of the file before it, and ``latest.txt``
names the last one, so that an edit, a removed file and one that was slipped in are noticed.
Whoever can write to the folder can also write the hashes anew: keep the project under version
control.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

from board_report.governance.incident_codes import INCIDENT_FAULTS, IncidentCode, IncidentError
from board_report.governance.incident_kinds import CONTENT_OF, Content, EntryKind
from board_report.governance.incident_record import Entry, IncidentRecord
from board_report.governance.incident_times import YEARS
from board_report.governance.sign_off_files import file_sha256
from board_report.model import Finding
from board_report.sources.faults import explained

FOLDER = "governance/incidents"
LATEST = "latest.txt"
FORMAT = "board-report incident"
FORMAT_VERSION = 1
_NAME = re.compile(r"(\d{4,})-[a-z]+\.json")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
_TEXTS = ("incident", "kind", "at", "zone", "role", "person", "entered_at", "previous_sha256")


@dataclass(frozen=True)
class IncidentFiles:
    """What is on file of one incident."""

    record: IncidentRecord
    """The entries that can be relied on."""
    findings: tuple[Finding, ...]
    next_number: int
    last_sha256: str
    """Of the last file, whatever it holds; empty when there is none."""


class _DamagedError(Exception):
    """Why a file is no entry."""


def safe_id(incident_id: str) -> str:
    """The number of an incident, which can name a folder on every system.

    Raises:
        IncidentError: it cannot.
    """
    name = incident_id.strip()
    if not _SAFE.fullmatch(name) or name.endswith(".") or _RESERVED.fullmatch(name):
        raise IncidentError(IncidentCode.ID_UNSAFE, value=repr(incident_id))
    return name


def incident_folder(incident_id: str) -> str:
    """``governance/incidents/INC0014390``."""
    return f"{FOLDER}/{incident_id}"


def file_of(entry: Entry) -> str:
    """``governance/incidents/INC0014390/0003-determination.json``."""
    return f"{incident_folder(entry.incident_id)}/{entry.number:04d}-{entry.kind}.json"


def incident_ids(project: Path) -> tuple[str, ...]:
    """The incidents that have a record, in order."""
    folder = project / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(each.name for each in found if each.is_dir() and _is_safe(each.name)))


def _is_safe(name: str) -> bool:
    try:
        return safe_id(name) == name
    except IncidentError:
        return False


def incident_files(project: Path) -> tuple[str, ...]:
    """Every file of every record, relative to the project."""
    return tuple(
        f"{incident_folder(each)}/{name}"
        for each in incident_ids(project)
        for name in (*(path.name for _, path in _numbered(project / incident_folder(each))), LATEST)
        if (project / incident_folder(each) / name).is_file()
    )


def entry_text(entry: Entry) -> str:
    """The file of an entry: JSON with a hash over all that it holds."""
    told: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "incident": entry.incident_id,
        "number": entry.number,
        "kind": str(entry.kind),
        "at": entry.at.isoformat(timespec="seconds"),
        "zone": entry.zone,
        "role": entry.role,
        "person": entry.person,
        "entered_at": entry.entered_at.isoformat(timespec="seconds"),
        "content": asdict(entry.content),
        "previous_sha256": entry.previous_sha256,
    }
    whole = {**told, "entry_sha256": _own_sha256(told)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def latest_text(entry: Entry) -> str:
    """What ``latest.txt`` says after an entry: its number and the hash of its file."""
    return f"{entry.number:04d} {file_sha256(entry_text(entry).encode())}\n"


def _own_sha256(told: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


# --- reading -------------------------------------------------------------------------------------


def read_incident(project: Path, incident_id: str) -> IncidentFiles:
    """All entries of an incident; what cannot be relied on is a finding.

    An entry that cannot be read, or whose own hash does not hold, is damaged and does not count.
    One that follows another file than the one it was written after has a broken chain: it counts,
    and is told.
    """
    folder = incident_folder(incident_id)
    entries: list[Entry] = []
    findings: list[Finding] = []
    number, before = 0, ""
    for at, path in _numbered(project / folder):
        name = f"{folder}/{path.name}"
        data = _bytes(path)
        try:
            entry = _parsed(data, incident_id, at, name)
        except _DamagedError as error:
            findings.append(_finding(IncidentCode.DAMAGED, name, detail=str(error)))
        else:
            entries.append(entry)
            if entry.previous_sha256 != before or at != number + 1:
                findings.append(_finding(IncidentCode.CHAIN_BROKEN, name))
        number, before = at, file_sha256(data)
    findings += _removed(project / folder / LATEST, f"{folder}/{LATEST}", number)
    return IncidentFiles(
        IncidentRecord(incident_id, tuple(entries)), tuple(findings), number + 1, before
    )


def _removed(path: Path, name: str, last: int) -> Iterator[Finding]:
    """The entries at the end that ``latest.txt`` knows of and that are no longer there."""
    found = re.match(rb"(\d{1,9}) ", _bytes(path))
    if found and int(found[1]) > last:
        yield _finding(IncidentCode.REMOVED, name, number=int(found[1]))


def _numbered(folder: Path) -> list[tuple[int, Path]]:
    found = folder.glob("*.json") if folder.is_dir() else ()
    named = ((_NAME.fullmatch(path.name), path) for path in found)
    return sorted(((int(match[1]), path) for match, path in named if match), key=_place)


def _place(numbered: tuple[int, Path]) -> tuple[int, str]:
    return numbered[0], numbered[1].name


def _bytes(path: Path) -> bytes:
    """The file's bytes; nothing when the system refuses, which is then damaged."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _finding(code: IncidentCode, file: str, **facts: object) -> Finding:
    return explained(INCIDENT_FAULTS[code], code, facts, file=file)


def _parsed(data: bytes, incident_id: str, number: int, file: str) -> Entry:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _DamagedError("it is not JSON") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _DamagedError("it is not an entry of this program")
    if found.get("format_version") != FORMAT_VERSION:
        raise _DamagedError(f"its format is of version {found.get('format_version')}")
    own = found.pop("entry_sha256", None)
    if own != _own_sha256(found):
        raise _DamagedError("it was changed after it was written")
    texts = {name: found.get(name) for name in _TEXTS}
    if not all(isinstance(each, str) for each in texts.values()):
        raise _DamagedError("something is missing in it")
    if (texts["incident"], found.get("number")) != (incident_id, number):
        raise _DamagedError("it is another entry, or one of another incident")
    return Entry(
        number=number,
        incident_id=incident_id,
        at=_moment(str(texts["at"])),
        zone=str(texts["zone"]),
        role=str(texts["role"]),
        person=str(texts["person"]),
        entered_at=_moment(str(texts["entered_at"])),
        content=_content(str(texts["kind"]), found.get("content")),
        previous_sha256=str(texts["previous_sha256"]),
        file=file,
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _DamagedError(f"{text!r} is no time") from error
    if moment.tzinfo is None:
        raise _DamagedError("its time has no offset")
    if moment.year not in YEARS:
        raise _DamagedError(f"{text!r} is no time of an incident")
    return moment


def _content(kind: str, found: Any) -> Content:
    """What an entry says, each value of the type that its kind asks for."""
    if kind not in list(EntryKind) or not isinstance(found, dict):
        raise _DamagedError("what it says is of no known kind")
    form = CONTENT_OF[EntryKind(kind)]
    hints = get_type_hints(form)
    if found.keys() != {each.name for each in fields(form)}:
        raise _DamagedError("something is missing in it")
    try:
        values: Any = {name: _value(hints[name], value) for name, value in found.items()}
    except ValueError as error:
        raise _DamagedError(str(error)) from error
    made: Content = form(**values)
    return made


def _value(kind: type, value: object) -> object:
    if issubclass(kind, StrEnum):
        return kind(str(value))
    if type(value) is not kind:
        raise _DamagedError(f"{value!r} is not what it must be")
    return value
