"""Signatures on file: how they are written as text, and which of those found can be relied on.

A record is never changed. Each has a hash of itself and of the file before it in its section, so
that a later edit, a removed file and one that was slipped in are noticed. Whoever can write to the
folder can also write the hashes anew: keep the project under version control.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from board_report.governance.sign_off_codes import SIGN_OFF_FAULTS, SignOffCode
from board_report.governance.sign_offs import SignOff, Step, content_sha256
from board_report.model import Finding
from board_report.period import Quarter
from board_report.sources.faults import explained

FOLDER = "sign_off"
FORMAT = "board-report sign-off"
FORMAT_VERSION = 1
_NAME = re.compile(r"(\d{3,})-[a-z]+-.+\.json")
_TEXTS = ("section", "step", "role", "person", "on", "note", "content_sha256", "previous_sha256")


@dataclass(frozen=True)
class SectionFiles:
    """What is on file of one section in one quarter."""

    records: tuple[SignOff, ...]
    """Those that can be relied on, in order."""
    findings: tuple[Finding, ...]
    next_number: int
    last_sha256: str
    """Of the last file, whatever it holds; empty when there is none."""
    last_on: datetime | None
    """Of the last record that can be relied on."""


class _DamagedError(Exception):
    """Why a file is no record."""


def section_folder(quarter: Quarter, section: str) -> str:
    """``sign_off/2026-Q3/security``."""
    return f"{FOLDER}/{quarter}/{section}"


def file_of(folder: str, number: int, step: Step, role: str) -> str:
    """``sign_off/2026-Q3/security/003-approved-CISO.json``."""
    word = re.sub(r"[^A-Za-z0-9]+", "-", role).strip("-") or "role"
    return f"{folder}/{number:03d}-{step}-{word}.json"


def file_sha256(data: bytes) -> str:
    """Hash of a file; line ends are taken as one, since version control may rewrite them."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def record_text(record: SignOff) -> str:
    """The file of a signature: JSON with a hash over all that it holds."""
    fields: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "section": record.section,
        "step": str(record.step),
        "role": record.role,
        "person": record.person,
        "on": record.on.isoformat(timespec="seconds"),
        "note": record.note,
        "content_sha256": record.content_sha256,
        "previous_sha256": record.previous_sha256,
        "content": dict(record.content),
    }
    whole = {**fields, "record_sha256": _own_sha256(fields)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _own_sha256(fields: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def signed_files(project: Path, quarter: Quarter) -> tuple[str, ...]:
    """Every file of signatures of a quarter, relative to the project, in the order of names."""
    folder = project / FOLDER / str(quarter)
    return tuple(
        path.relative_to(project).as_posix()
        for path in sorted(folder.glob("*/*.json"))
        if _NAME.fullmatch(path.name) and path.is_file()
    )


def read_section(project: Path, quarter: Quarter, section: str) -> SectionFiles:
    """Read all signatures of a section; what cannot be relied on is a finding.

    A file that cannot be read, or whose own hash does not hold, is damaged; one that follows
    another file than the one it was written after has a broken chain. Neither counts.
    """
    folder = section_folder(quarter, section)
    records: list[SignOff] = []
    findings: list[Finding] = []
    number, before = 0, ""
    for number, path in _numbered(project / folder):
        name = f"{folder}/{path.name}"
        data = _bytes(path)
        try:
            record = _parsed(data, section, number, name)
        except _DamagedError as error:
            findings.append(_finding(SignOffCode.DAMAGED, name, detail=str(error)))
        else:
            if record.previous_sha256 == before:
                records.append(record)
            else:
                findings.append(_finding(SignOffCode.CHAIN_BROKEN, name))
        before = file_sha256(data)
    return SectionFiles(
        records=tuple(records),
        findings=tuple(findings),
        next_number=number + 1,
        last_sha256=before,
        last_on=records[-1].on if records else None,
    )


def _numbered(folder: Path) -> Sequence[tuple[int, Path]]:
    return sorted(_records_in(folder), key=lambda each: (each[0], each[1].name))


def _records_in(folder: Path) -> Iterator[tuple[int, Path]]:
    for path in folder.glob("*.json") if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            yield int(match[1]), path


def _bytes(path: Path) -> bytes:
    """The file's bytes; nothing when the system refuses, which is then damaged."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _finding(code: SignOffCode, file: str, **facts: object) -> Finding:
    return explained(SIGN_OFF_FAULTS[code], code, facts, file=file)


def _parsed(data: bytes, section: str, number: int, file: str) -> SignOff:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _DamagedError("it is not JSON") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _DamagedError("it is not a signature of this program")
    if found.get("format_version") != FORMAT_VERSION:
        raise _DamagedError(f"its format is of version {found.get('format_version')}")
    own = found.pop("record_sha256", None)
    if own != _own_sha256(found):
        raise _DamagedError("it was changed after it was written")
    return _record(found, section, number, file)


def _record(found: Mapping[str, object], section: str, number: int, file: str) -> SignOff:
    texts = {name: found.get(name) for name in _TEXTS}
    content = found.get("content")
    if not isinstance(content, dict) or not all(
        isinstance(each, str) for each in (*texts.values(), *content.values())
    ):
        raise _DamagedError("something is missing in it")
    if texts["section"] != section:
        raise _DamagedError(f"it is of another section, {texts['section']}")
    if texts["content_sha256"] != content_sha256(content):
        raise _DamagedError("its content is not what its hash says")
    try:
        step, on = Step(str(texts["step"])), datetime.fromisoformat(str(texts["on"]))
    except ValueError as error:
        raise _DamagedError(str(error)) from error
    if on.tzinfo is None:
        raise _DamagedError("its time has no offset")
    return SignOff(
        section=section,
        step=step,
        role=str(texts["role"]),
        person=str(texts["person"]),
        on=on,
        note=str(texts["note"]),
        content=content,
        content_sha256=str(texts["content_sha256"]),
        previous_sha256=str(texts["previous_sha256"]),
        number=number,
        file=file,
    )
