"""A current report on an incident: drafted, tagged and written from what of it is public."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import ProjectError
from board_report.model import Finding
from board_report.pipeline.names import XBRL_FOLDER

if TYPE_CHECKING:
    from board_report.governance.disclosure_lint.records import LintFinding
    from board_report.pipeline.incident import IncidentBook
    from board_report.story.current_report import CurrentReport


@dataclass(frozen=True)
class DraftedReport:
    """A report's page, its files, and what is said against it."""

    page: CurrentReport
    files: Mapping[str, bytes]
    """By name; none of them names the incident."""
    lint: tuple[LintFinding, ...]
    tag_findings: tuple[Finding, ...]
    untagged: str = ""
    """Why there are no tags; empty where there are."""


def draft_report(
    book: IncidentBook,
    incident_id: str,
    *,
    form: str | None = None,
    event_on: date | None = None,
    signs: str = "",
) -> DraftedReport:
    """Draft the report that an incident needs next, or the one asked for.

    Args:
        book: the project's records.
        incident_id: of the incident.
        form: ``8-K 1.05``, ``8-K/A``, ``8-K 8.01`` or ``6-K``; the next one when None.
        event_on: date of the earliest event reported; the determination's when None.
        signs: role of the officer who signs.

    Raises:
        IncidentError: the incident has no record.
        ProjectError: nothing is on file of the registrant, or nobody holds the role.
        DocumentError: the page cannot be made.
    """
    from board_report.governance.incident_kinds import Form
    from board_report.governance.incident_public import incident_public_record
    from board_report.pipeline.incident import incident_on_file
    from board_report.story.incident_report import current_report

    filer = book.project.filer
    if filer is None:
        raise ProjectError(
            "there is no [filer], and a current report has a cover.",
            where="report.toml",
            mend="Add what stands on the cover page; docs/data-formats.md has an example.",
        )
    files, _ = incident_on_file(book, incident_id)
    settings = book.register.settings
    public = incident_public_record(
        files.record,
        book.register.around.people,
        settings.calendar,
        is_foreign=settings.is_foreign,
        form=Form(form) if form else None,
        day_zone=settings.day_zone,
    )
    if event_on is not None:
        public = replace(public, event_on=event_on)
    page = current_report(
        public,
        filer,
        signs=_title(book, signs) if signs else "",
        rules_checked_on=book.project.rules_checked_on,
    )
    return _drafted(book, page)


def _title(book: IncidentBook, role: str) -> str:
    """The title of the role's holder on the day of the data."""
    from board_report.governance.roles import holders_at

    holders = holders_at(book.register.around.people, book.project.frozen_on)
    held = {name.casefold(): each for name, each in holders.items()}
    if role.casefold() not in held:
        raise ProjectError(
            f"nobody holds the role {role!r}.",
            where="governance/people.csv",
            mend=f"Its roles are: {', '.join(holders)}.",
        )
    return held[role.casefold()].role_title


def _drafted(book: IncidentBook, page: CurrentReport) -> DraftedReport:
    from board_report.documents.current_report import render_current_report
    from board_report.documents.tagged_current import is_tagged, tagged_report
    from board_report.documents.xbrl.readiness import filing_findings
    from board_report.documents.xbrl.review import render_tagged_review
    from board_report.documents.xbrl.writer import write_current_report
    from board_report.errors import DocumentError
    from board_report.resources import templates_folder

    templates = templates_folder()
    # The day of the data, as in every other document: the same record gives the same bytes.
    created = datetime.combine(book.project.frozen_on, time(12), UTC)
    stem = f"form-{page.form.lower().replace('/', '-')}"
    stem = f"{stem}-{page.amendment}" if page.amendment else stem
    pdf = render_current_report(page, templates=templates, generated_at=created)
    files = {f"{stem}.pdf": pdf.data}
    findings: tuple[Finding, ...] = ()
    untagged = "" if is_tagged(page) else f"Form {page.form} is not tagged."
    if not untagged:
        try:
            record = tagged_report(page)
        except DocumentError as error:
            untagged = error.message
        else:
            written = write_current_report(record)
            review = render_tagged_review(record, templates, created)
            files[f"{stem}-tags.pdf"] = review.data
            files |= {f"{XBRL_FOLDER}/{name}": data for name, data in written.items()}
            findings = filing_findings(record, folder=XBRL_FOLDER)
    return DraftedReport(page, files, _linted(book, page), findings, untagged)


def _linted(book: IncidentBook, page: CurrentReport) -> tuple[LintFinding, ...]:
    """The statements held against the rules, and against the names of the company's own records."""
    from board_report.governance.disclosure_lint.evidence import vocabulary_of
    from board_report.governance.disclosure_lint.lint import lint_statements
    from board_report.governance.disclosure_lint.records import IncidentStatement, LintEvidence
    from board_report.governance.disclosure_lint.rules import load_lint_rules
    from board_report.pipeline.inputs import read_inputs

    said = [
        IncidentStatement(part.aspect, each.text, page.item.removeprefix("Item "))
        for part in page.parts
        for each in part.paragraphs
    ]
    if not said:
        return ()
    tables = read_inputs(book.project.folder).loaded.tables
    evidence = LintEvidence(vocabulary=vocabulary_of(tables, book.project.as_of))
    return lint_statements(said, evidence, rules=load_lint_rules())


def write_report(
    book: IncidentBook, incident_id: str, drafted: DraftedReport, output: Path
) -> Path:
    """Write a report's files into a folder of their own, whole or not at all.

    What somebody changed in an earlier draft is kept beside the new one.

    Returns:
        The folder.

    Raises:
        DocumentError: it cannot be written.
    """
    from board_report import __version__
    from board_report.archive.folder import MANIFEST, write_quarter
    from board_report.archive.manifest import files_read, sha256

    folder = output / "current-reports" / incident_id
    inputs = files_read(book.project.folder, book.register.files)
    record = {
        "format": "board-report current report",
        "format_version": 1,
        "program": {"name": "board-report", "version": __version__},
        "form": drafted.page.form,
        "item": drafted.page.item,
        "state": drafted.page.state,
        "gaps": list(drafted.page.gaps),
        "configuration_sha256": book.project.config_sha256,
        "inputs": [
            {"path": each.path, "sha256": each.sha256, "bytes": each.size_bytes} for each in inputs
        ],
        "outputs": [
            {"path": name, "sha256": sha256(data), "bytes": len(data)}
            for name, data in sorted(drafted.files.items())
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write_quarter(folder, {**drafted.files, MANIFEST: text.encode()})
    return folder
