"""Write a quarter's folder whole or not at all, and lose nothing that was in it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from board_report.errors import DocumentError

MANIFEST = "manifest.json"


def write_quarter(
    folder: Path, outputs: Mapping[str, bytes], *, keep: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Replace a quarter's folder by these files.

    The new folder is written beside the old one under a temporary name, synced, and then takes
    its place; a crash leaves the old folder or the new one (see :func:`recover`). Files in the
    old folder that no build wrote are carried over.

    Args:
        folder: the quarter's folder, such as ``output/2026-Q3``.
        outputs: relative name to bytes.
        keep: names that an earlier build wrote and that stay, because their inputs are the same.

    Returns:
        Names of files that were carried over.

    Raises:
        DocumentError: the folder cannot be written.
    """
    try:
        return _write(folder, outputs, keep)
    except OSError as error:
        raise DocumentError(
            f"the documents cannot be written: {error.strerror or error}.",
            where=str(folder),
            mend="Free space or choose another place with --output; the old files are untouched.",
        ) from error


def _write(folder: Path, outputs: Mapping[str, bytes], keep: frozenset[str]) -> tuple[str, ...]:
    recover(folder)
    fresh = folder.parent / f".{folder.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name, data in outputs.items():
            _write_synced(fresh / name, data)
        carried = _carry_over(folder, fresh, outputs, keep)
        _sync_folder(fresh)
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
    _sync_folder(folder.parent)
    shutil.rmtree(previous, ignore_errors=True)


def _carry_over(
    old: Path, fresh: Path, outputs: Mapping[str, bytes], keep: frozenset[str]
) -> tuple[str, ...]:
    """Copy what the old folder holds beside its own build's files."""
    if not old.is_dir():
        return ()
    built = built_files(old)
    names = [
        path.relative_to(old).as_posix()
        for path in sorted(old.rglob("*"))
        if path.is_file() or path.is_symlink()
    ]
    carried = [
        name
        for name in names
        if name not in outputs and name != MANIFEST and (name not in built or name in keep)
    ]
    for name in carried:
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(old / name, target, follow_symlinks=False)
    return tuple(carried)


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest of an earlier build; empty when there is none that can be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def built_files(folder: Path) -> frozenset[str]:
    """Names of the files that an earlier build wrote there, by its manifest."""
    outputs = read_manifest(folder).get("outputs")
    if not isinstance(outputs, list):
        return frozenset()
    return frozenset(str(each["path"]) for each in outputs if isinstance(each, dict))


def _write_synced(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
