"""Two sealed quarters held against each other, from what the archive keeps of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from board_report.errors import DocumentError
from board_report.pipeline.names import CONTENTS_JSON, FIGURES_JSON

if TYPE_CHECKING:
    from board_report.archive.ledger import Archive, Seal
    from board_report.archive.quarter_changes import QuarterChanges, ReportData

NO_CLASSIFICATION = "For the board"


def compare_seals(archive: Archive, was: Seal, now: Seal) -> QuarterChanges:
    """What changed from one seal to another: figures, definitions, words, approvals, program.

    Raises:
        ArchiveError: a file is not there or is not what was sealed.
        DocumentError: a seal keeps no figures.
    """
    from board_report.archive.quarter_changes import changes_between

    return changes_between(_report(archive, was), _report(archive, now))


def _report(archive: Archive, seal: Seal) -> ReportData:
    from board_report.archive.folder import MANIFEST
    from board_report.archive.quarter_changes import ReportData

    return ReportData(
        name=seal_name(seal),
        metrics=_read(archive, seal, FIGURES_JSON),
        contents=_read(archive, seal, CONTENTS_JSON, is_needed=False),
        manifest=_read(archive, seal, MANIFEST),
    )


def seal_name(seal: Seal) -> str:
    """``2026-Q3``; with the entry's number where it stands in the place of another."""
    return f"{seal.quarter} ({seal.number})" if seal.supersedes else seal.quarter


def _read(archive: Archive, seal: Seal, name: str, *, is_needed: bool = True) -> dict[str, Any]:
    kept = seal.file(name)
    if kept is None:
        if not is_needed:
            return {}
        raise DocumentError(
            f"entry {seal.number} keeps no {name}, so that it cannot be compared.",
            where=archive.store.address,
            mend="Seal a quarter that was built whole: board-report build, then archive seal.",
        )
    found = json.loads(archive.read(kept.sha256))
    return found if isinstance(found, dict) else {}


def changes_pdf(changes: QuarterChanges, was: Seal, now: Seal) -> bytes:
    """The same as a paper for a director; dated by the later seal, so that it is the same again.

    Raises:
        DocumentError: it would not be printed as designed.
    """
    from datetime import datetime

    from board_report.archive.changes_paper import changes_paper, render_changes
    from board_report.resources import templates_folder

    paper = changes_paper(
        changes,
        company_name=now.entity,
        classification=NO_CLASSIFICATION,
        origin=f"Entries {was.number} and {now.number} of the archive",
    )
    at = datetime.fromisoformat(now.entry.at)
    result = render_changes(paper, templates=templates_folder(), generated_at=at)
    if result.warnings:
        raise DocumentError(f"it would not be printed as designed: {result.warnings[0]}.")
    return result.data


def write_paper(path: Path, data: bytes) -> None:
    """Write the paper whole or not at all.

    Raises:
        DocumentError: it cannot be written.
    """
    from board_report.archive.synced import replace_file

    try:
        replace_file(path, data)
    except OSError as error:
        raise DocumentError(
            f"it cannot be written: {error.strerror or error}.",
            where=str(path),
            mend="Name a file in a folder that you may write to.",
        ) from error
