"""The manifest of one build: inputs, configuration, versions, outputs, each with its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from board_report import __version__
from board_report.model import Reconciliation, SourceFile
from board_report.project import Project

APPROVED = "Approved"
LIBRARIES = ("weasyprint", "matplotlib", "pandas", "numpy", "scipy", "jinja2", "numpy-financial")


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def library_versions() -> dict[str, str]:
    """Versions of the libraries that a page depends on; missing ones are left out."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def font_hashes(fonts: Path) -> dict[str, str]:
    """The hash of each font file."""
    return {path.name: sha256(path.read_bytes()) for path in sorted(fonts.glob("*.ttf"))}


def files_read(folder: Path, names: Iterable[str]) -> tuple[SourceFile, ...]:
    """Files of a project beside its tables, with their hashes: commentary and signatures.

    Args:
        folder: the project.
        names: relative to it, with forward slashes.
    """
    read = ((name, (folder / name).read_bytes()) for name in sorted(set(names)))
    return tuple(SourceFile(name, sha256(data), len(data)) for name, data in read)


def inputs_fingerprint(project: Project, sources: Sequence[SourceFile]) -> str:
    """One hash over configuration, quarter, as-of date and inputs: equal inputs, equal hash."""
    parts = [
        __version__,
        str(project.quarter),
        project.as_of.isoformat(),
        project.config_sha256,
        *(f"{each.path} {each.sha256}" for each in sorted(sources, key=lambda one: one.path)),
    ]
    return sha256("\n".join(parts).encode())


def manifest(
    project: Project,
    sources: Sequence[SourceFile],
    reconciliation: Sequence[Reconciliation],
    outputs: Mapping[str, bytes],
    *,
    fonts: Path,
    fingerprint: str,
    approvals: Sequence[Mapping[str, object]] = (),
    states: Mapping[str, str] | None = None,
    risk_model: Mapping[str, object] | None = None,
) -> str:
    """The manifest as JSON text. It holds no time of its own, so equal builds are equal bytes.

    Args:
        project: what was asked for.
        sources: every input file, commentary and signatures among them.
        reconciliation: where each file's rows went.
        outputs: file name to bytes, as written.
        fonts: folder of the fonts in use.
        fingerprint: of the inputs, see :func:`inputs_fingerprint`.
        approvals: each signature: section, step, role, on, content_sha256, and ``valid`` or
            ``void``.
        states: document's file name to its state as printed, ``Draft`` or ``Approved`` with a day.
        risk_model: what the figures of risk in money rest on, beside the seed; None where there
            are none.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for each in reconciliation:
        rows.setdefault(each.file, []).append(
            {key: count for key, count in asdict(each).items() if key != "file"}
        )
    record = {
        "format": "board-report manifest",
        "format_version": 1,
        "program": {"name": "board-report", "version": __version__},
        "libraries": library_versions(),
        "fonts": font_hashes(fonts),
        "company": project.company.name,
        "quarter": str(project.quarter),
        "as_of": project.as_of.isoformat(),
        "frozen_on": project.frozen_on.isoformat(),
        "configuration_sha256": project.config_sha256,
        "risk_model": {"seed": project.risk.seed, **(risk_model or {})},
        "inputs_sha256": fingerprint,
        "inputs": [
            {
                "path": each.path,
                "sha256": each.sha256,
                "bytes": each.size_bytes,
                "rows": rows.get(each.path, []),
            }
            for each in sorted(sources, key=lambda one: one.path)
        ],
        "approvals": [dict(each) for each in approvals],
        "documents": [
            {"path": name, "state": state, "approved": state.startswith(APPROVED)}
            for name, state in sorted((states or {}).items())
            if name in outputs
        ],
        "outputs": [
            {"path": name, "sha256": sha256(data), "bytes": len(data)}
            for name, data in sorted(outputs.items())
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
