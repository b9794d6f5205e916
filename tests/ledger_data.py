"""Small archives for tests, and disks that fail."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from board_report.archive.ledger import KeptFile, Seal, Stamp, verify
from board_report.archive.ledger import begin as begin_module
from board_report.archive.ledger.entries import sha256_of
from board_report.archive.ledger.local import READ_ONLY, Disk, LocalStore
from board_report.archive.ledger.sealing import FileToSeal, SealRequest, bytes_to_seal, seal
from board_report.archive.ledger.store import Store

ENTITY = "Example, Inc."
FIRST = "2026-10-28T09:15:00Z"
VERIFIER = Path(begin_module.__file__).with_name("verify_archive.py")

Found = set[tuple[str, str, str]]
"""(severity, code, where) of what a check has found."""


def stamp(at: str = FIRST, by: str = "A. Example", command: str = "archive seal") -> Stamp:
    return Stamp(at=at, by=by, command=command, options={}, program="board-report test")


def request(
    quarter: str = "2026-Q3",
    files: Mapping[str, tuple[bytes, str]] | None = None,
    *,
    entity: str = ENTITY,
    reason: str = "",
    years: Mapping[str, int] | None = None,
    is_draft: bool = False,
) -> SealRequest:
    """A seal of some files; the manifest's text follows from the quarter."""
    manifest = bytes_to_seal("manifest.json", f"manifest of {quarter}".encode(), "manifest")
    given = files if files is not None else usual_files(quarter)
    others = tuple(bytes_to_seal(name, data, role) for name, (data, role) in given.items())
    return SealRequest(
        quarter=quarter,
        entity=entity,
        as_of="2026-09-30",
        is_draft=is_draft,
        manifest_sha256=manifest.kept.sha256,
        inputs_sha256="0" * 64,
        program={"name": "board-report", "version": "test"},
        files=(manifest, *others),
        left_out=(),
        years=years or {"default": 7},
        reason=reason,
    )


def usual_files(quarter: str) -> dict[str, tuple[bytes, str]]:
    """A deck and a disclosure of the quarter's own, and a source that all quarters share."""
    return {
        "board-deck.pdf": (f"deck {quarter} ".encode() * 9, "document"),
        "governance-disclosure.pdf": (f"disclosure {quarter} ".encode() * 5, "public"),
        "project/ciso/kev.csv": (b"cve,added_on\n" * 7, "source"),
        f"project/ciso/tickets-{quarter}.csv": (f"id,{quarter}\n".encode() * 7, "source"),
        "metrics.json": (b"{}", "data"),
        "empty.csv": (b"", "data"),
    }


def sealed(store: Store, *quarters: str, at: str = FIRST) -> tuple[Seal, ...]:
    """An archive with these quarters in it."""
    return tuple(seal(store, request(each), stamp(at)) for each in quarters)


def file_to_seal(name: str, chunks: Iterable[bytes], declared: bytes, role: str) -> FileToSeal:
    """A file whose bytes may turn out to be others than were declared."""
    kept = KeptFile(name, sha256_of(declared), len(declared), role)
    return FileToSeal(kept, lambda: iter(chunks), name)


@cache
def standalone() -> dict[str, Any]:
    """The verifier that auditors get, loaded from its file as they would run it."""
    return runpy.run_path(str(VERIFIER))


def found_alone(folder: Path, head: str = "") -> Found:
    """What the verifier in the archive finds."""
    check = standalone()["Check"](str(folder))
    check.run(head)
    return {(severity, code, where) for where, severity, code, _ in check.found}


def found_ours(folder: Path, head: str = "") -> Found:
    """What the program's own check finds, but for the index, which the other one leaves out."""
    report = verify(folder, head=head)
    return {
        (str(each.severity), each.code, each.where)
        for each in report.faults
        if each.code != "index"
    }


def found_both(folder: Path, head: str = "") -> Found:
    """What both find, which must be the same."""
    ours, alone = found_ours(folder, head), found_alone(folder, head)
    assert ours == alone
    return ours


def faults(found: Found) -> Found:
    return {each for each in found if each[0] == "fault"}


class DeadError(BaseException):
    """The process is gone: nothing it does after this reaches the disk."""


class QuickDisk(Disk):
    """A disk that is not waited for, so that thousands of tests take seconds."""

    def create(self, path: Path, chunks: Iterable[bytes]) -> None:
        with path.open("xb") as stream:
            for chunk in chunks:
                stream.write(chunk)
        path.chmod(READ_ONLY)

    def sync(self, folder: Path) -> None:
        assert folder.is_dir()


class MortalDisk(QuickDisk):
    """A disk whose machine dies at the n-th call, and forgets what was not synced.

    Args:
        dies_at: number of the call that is not carried out; a write gets half its way.
        forgets: True undoes names that were given or taken in folders that were not synced
            since, as a power cut may; False keeps them, as a killed process leaves them.
    """

    def __init__(self, dies_at: int, *, forgets: bool = False) -> None:
        self.calls = 0
        self.dies_at = dies_at
        self.forgets = forgets
        self._unsynced: list[tuple[Path, str, Path, bytes]] = []

    def _call(self) -> None:
        self.calls += 1
        if self.calls == self.dies_at and self.forgets:
            self._forget()
        if self.calls >= self.dies_at:
            raise DeadError

    def _forget(self) -> None:
        for _, action, path, data in reversed(self._unsynced):
            if action == "added" and path.is_dir():
                # What was in it has been forgotten before, unless its own names were synced.
                if not any(path.iterdir()):
                    path.rmdir()
            elif action == "added":
                path.unlink(missing_ok=True)
            elif not path.exists():
                path.write_bytes(data)

    def make_folder(self, path: Path) -> None:
        self._call()
        super().make_folder(path)
        self._unsynced.append((path.parent, "added", path, b""))

    def create(self, path: Path, chunks: Iterable[bytes]) -> None:
        self.calls += 1
        if self.calls >= self.dies_at:
            if self.calls == self.dies_at:
                data = b"".join(chunks)
                path.write_bytes(data[: len(data) // 2])
                if self.forgets:
                    self._forget()
            raise DeadError
        super().create(path, chunks)
        self._unsynced.append((path.parent, "added", path, b""))

    def link(self, old: Path, new: Path) -> None:
        self._call()
        super().link(old, new)
        self._unsynced.append((new.parent, "added", new, b""))

    def unlink(self, path: Path) -> None:
        self._call()
        data = path.read_bytes()
        super().unlink(path)
        self._unsynced.append((path.parent, "removed", path, data))

    def sync(self, folder: Path) -> None:
        self._call()
        super().sync(folder)
        self._unsynced = [each for each in self._unsynced if each[0] != folder]


class FullDisk(QuickDisk):
    """A disk that has no space left after so many bytes."""

    def __init__(self, space: int) -> None:
        self.space = space

    def create(self, path: Path, chunks: Iterable[bytes]) -> None:
        import errno

        def counted() -> Iterable[bytes]:
            for chunk in chunks:
                self.space -= len(chunk)
                if self.space < 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                yield chunk

        super().create(path, counted())


def local(folder: Path, disk: Disk | None = None) -> LocalStore:
    return LocalStore(folder, disk or QuickDisk())


def writable(path: Path) -> None:
    """Give back the right to change a file, as whoever tampers with it does."""
    if path.exists() and not path.is_symlink():
        path.chmod(0o644)
