"""Write a quarter's folder whole or not at all, and lose nothing that was in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from board_report.archive.manifest import sha256
from board_report.archive.synced import sync_folder, write_synced
from board_report.errors import DocumentError

MANIFEST = "manifest.json"


def write_quarter(folder: Path, outputs: Mapping[str, bytes]) -> tuple[str, ...]:
    """Replace a quarter's folder by these files.

    The new folder is written beside the old one under a temporary name, synced, and then takes
    its place; a crash leaves the old folder or the new one (see :func:`recover`). Files in the
    old folder that no build wrote, or that were changed since, are carried over.

    Args:
        folder: the quarter's folder, such as ``output/2026-Q3``.
        outputs: relative name to bytes.

    Returns:
        Names of files that were carried over.

    Raises:
        DocumentError: the folder cannot be written.
    """
    try:
        return _write(folder, outputs)
    except OSError as error:
        raise DocumentError(
            f"the documents cannot be written: {error.strerror or error}.",
            where=str(folder),
            mend="Free space or choose another place with --output; the old files are untouched.",
        ) from error


def _write(folder: Path, outputs: Mapping[str, bytes]) -> tuple[str, ...]:
    recover(folder)
    fresh = folder.parent / f".{folder.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name, data in outputs.items():
            write_synced(fresh / name, data)
        carried = _carry_over(folder, fresh, outputs)
        sync_folder(fresh)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _swap(folder, fresh)
    return carried


def recover(folder: Path) -> bool:
    """Put back the old folder if a crash fell between the two renames; True if it did."""
    previous = _previous(folder)
    if previous.is_dir() and not folder.exists():
        previous.rename(folder)
        return True
    shutil.rmtree(previous, ignore_errors=True)
    return False


def _previous(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.previous"


def _swap(folder: Path, fresh: Path) -> None:
    previous = _previous(folder)
    if folder.exists():
        folder.rename(previous)
    fresh.rename(folder)
    sync_folder(folder.parent)
    shutil.rmtree(previous, ignore_errors=True)


def _carry_over(old: Path, fresh: Path, outputs: Mapping[str, bytes]) -> tuple[str, ...]:
    """Copy what the old folder holds beside its own build's files.

    A document that somebody changed after it was built is theirs: it stays, under ``kept`` and
    with its hash in its name where a new file takes its place.
    """
    if not old.is_dir():
        return ()
    carried = []
    for path in sorted(old.rglob("*")):
        name = path.relative_to(old).as_posix()
        if not path.is_file() or name == MANIFEST or is_as_built(old, name):
            continue
        target = _kept_name(path, name) if name in outputs else name
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, fresh / target, follow_symlinks=False)
        carried.append(target)
    return tuple(carried)


def _kept_name(path: Path, name: str) -> str:
    return f"kept/{Path(name).stem}-{sha256(path.read_bytes())[:8]}{path.suffix}"


def is_as_built(folder: Path, name: str) -> bool:
    """True when the file is, byte for byte, what the folder's manifest says a build wrote."""
    path = folder / name
    recorded = built_files(folder).get(name)
    return recorded is not None and path.is_file() and sha256(path.read_bytes()) == recorded


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest of an earlier build; empty when there is none that can be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def built_files(folder: Path) -> dict[str, str]:
    """Files that an earlier build wrote there, by its manifest: name to SHA-256."""
    outputs = read_manifest(folder).get("outputs")
    if not isinstance(outputs, list):
        return {}
    return {
        str(each["path"]): str(each["sha256"])
        for each in outputs
        if isinstance(each, dict) and {"path", "sha256"} <= each.keys()
    }
