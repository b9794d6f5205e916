"""Hold a built quarter's folder and its inputs against the manifest, before they are sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from board_report.archive.folder import MANIFEST, read_manifest
from board_report.archive.ledger.entries import is_safe_name
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.sealing import (
    MANIFEST_ROLE,
    FileToSeal,
    LeftOut,
    bytes_to_seal,
    path_to_seal,
)

PROJECT = "project/"
"""Inputs stand under it in an archive, as they lie in the project."""
SOURCE = "source"
SETTINGS = "settings"
BY_POLICY = "report.toml keeps sources out of the archive"
NO_FILE = "it is no file of the project"
MOST_NAMED = 10
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Rules:
    """What the caller knows of the files."""

    role_of_output: Callable[[str], str]
    role_of_input: Callable[[str], str]
    no_files: Collection[str]
    """Inputs that are no files of the project: objects of a store, answers of a database."""
    keep_sources: bool
    project_file: str


@dataclass
class Gathered:
    """The quarter's files, and what does not agree with the manifest."""

    manifest: Mapping[str, Any]
    manifest_sha256: str
    files: list[FileToSeal] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    extra: tuple[str, ...] = ()
    """In the folder, and made by no build; they are not sealed."""
    missing: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        """True unless the manifest says of every document that it was approved."""
        told = self.manifest.get("documents")
        if not isinstance(told, list) or not told:
            return True
        return not all(isinstance(each, dict) and each.get("approved") is True for each in told)


def gather(folder: Path, project: Path, rules: Rules) -> Gathered:
    """Read a built quarter, and refuse what is not as it was built.

    Args:
        folder: of the quarter, with its manifest.
        project: whose inputs the manifest names.
        rules: what the files are.

    Raises:
        ArchiveError: nothing was built, or files are missing or were changed since; all are named.
    """
    manifest = read_manifest(folder)
    if not manifest:
        raise ArchiveError(
            f"there is no {MANIFEST} that can be read, so that nothing says what was built.",
            where=str(folder),
            mend="Run `board-report build` first.",
        )
    data = (folder / MANIFEST).read_bytes()
    own = bytes_to_seal(MANIFEST, data, MANIFEST_ROLE)
    found = Gathered(manifest, own.kept.sha256, [own])
    outputs = _listed(manifest, "outputs", folder)
    for each in outputs:
        _take(found, folder, "", each, rules.role_of_output(each["path"]), rules)
    for each in _inputs(manifest, folder, rules):
        _take(found, project, PROJECT, each, _role(each["path"], rules), rules)
    known = {MANIFEST, *(each["path"] for each in outputs)}
    found.extra = tuple(
        name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (name := path.relative_to(folder).as_posix()) not in known
    )
    _refuse(found, folder)
    return found


def _role(path: str, rules: Rules) -> str:
    return SETTINGS if path == rules.project_file else rules.role_of_input(path)


def _inputs(manifest: Mapping[str, Any], folder: Path, rules: Rules) -> Iterable[dict[str, Any]]:
    """Every input, with the project file, whose size the manifest does not give."""
    yield {
        "path": rules.project_file, "sha256": manifest.get("configuration_sha256"), "bytes": None
    }  # fmt: skip
    yield from _listed(manifest, "inputs", folder)


def _listed(manifest: Mapping[str, Any], key: str, folder: Path) -> list[dict[str, Any]]:
    given = manifest.get(key)
    is_good = isinstance(given, list) and all(
        isinstance(each, dict) and {"path", "sha256", "bytes"} <= each.keys() for each in given
    )
    if not is_good or not isinstance(given, list):
        raise ArchiveError(
            f"its {key} are not listed as they must be.",
            where=str(folder / MANIFEST),
            mend="Run `board-report build` again.",
        )
    return given


def _take(
    found: Gathered, folder: Path, prefix: str, each: Mapping[str, Any], role: str, rules: Rules
) -> None:
    """Keep one file, leave it out, or note what is wrong with it."""
    name, sha256 = str(each["path"]), str(each["sha256"])
    is_file = not (prefix and name in rules.no_files)
    if not is_file or (role == SOURCE and not rules.keep_sources):
        why = BY_POLICY if is_file else NO_FILE
        found.left_out.append(LeftOut(f"{prefix}{name}", sha256, int(each["bytes"]), why))
        return
    path = folder / name
    if not is_safe_name(name) or not path.is_file():
        found.missing.append(f"{prefix}{name}")
        return
    actual, size = _digest(path)
    if actual != sha256:
        found.differing.append(f"{prefix}{name}")
        return
    found.files.append(path_to_seal(f"{prefix}{name}", path, sha256, size, role))


def _digest(path: Path) -> tuple[str, int]:
    running, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as stream:
            while part := stream.read(_CHUNK):
                running.update(part)
                size += len(part)
    except OSError as error:
        raise ArchiveError(
            f"it cannot be read: {error.strerror or error}.", where=str(path)
        ) from error
    return running.hexdigest(), size


def _refuse(found: Gathered, folder: Path) -> None:
    told = []
    for names, words in ((found.missing, "missing"), (found.differing, "changed since the build")):
        if names:
            more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            told.append(f"{words}: {', '.join(names[:MOST_NAMED])}{more}")
    if told:
        raise ArchiveError(
            f"it is not as its manifest says ({'; '.join(told)}).",
            where=str(folder),
            mend="Put the files back, or run `board-report build` again; nothing was sealed.",
        )
