"""The lint of the disclosure's draft: what is in it, held against everything on record.

Its findings may tell what is not public. They stand beside the data's and the deck's, and on papers
of the board; no public document is made from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.governance.disclosure_lint.evidence import evidence_from
from board_report.governance.disclosure_lint.findings import as_findings
from board_report.governance.disclosure_lint.lint import lint
from board_report.governance.disclosure_lint.records import LintFinding, LintSeverity
from board_report.governance.disclosure_lint.rules import load_lint_rules
from board_report.governance.filed_reports import filed_reports
from board_report.governance.filing_text import drafted
from board_report.governance.item_106_findings import committee_findings, item_106_findings
from board_report.governance.rows import plain_rows, text_of
from board_report.story.final_disclosure import OpenPoint
from board_report.story.public import coverage_of, prior_of
from board_report.story.public_record import public_record
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.governance.disclosure_lint.records import FiledReport
    from board_report.model import Finding
    from board_report.story.facts import BoardFacts
    from board_report.story.public_record import PublicRecord


def find_objections(facts: BoardFacts) -> tuple[LintFinding, ...]:
    """All findings about the draft, in the order of its text; none where nothing is attested.

    Raises:
        CommentaryError: a statement cites a figure that is not public or does not exist.
    """
    record = public_record(facts.project, facts.tables, facts.figures)
    coverage, _ = coverage_of(record)
    text = drafted(coverage.items, fiscal_year=record.fiscal_year, form=record.form)
    if not any(item.sentences for item in text.items):
        return ()
    prior = prior_of(record)
    evidence = evidence_from(
        facts.tables,
        facts.figures,
        facts.window,
        facts.project.calendar,
        printed=facts.text,
        prior=prior.text if prior else None,
        filed=_filed(facts, record),
    )
    # What is missing altogether is a gap of the draft, which says so itself and stays incomplete.
    found = lint(text, evidence, rules=load_lint_rules())
    return tuple(each for each in found if each.code != "filing_item_missing")


def _filed(facts: BoardFacts, record: PublicRecord) -> tuple[FiledReport, ...]:
    """The current reports of the fiscal year that were on record when the data were drawn."""
    register = facts.incident_register
    if register is None:
        return ()
    return filed_reports(
        register.records,
        register.settings.calendar,
        first_day=record.year_starts,
        last_day=record.year_ends,
        known_at=facts.project.calendar.end_of_day(record.drawn_on),
    )


def disclosure_findings(facts: BoardFacts) -> tuple[Finding, ...]:
    """What does not agree with the record, and what a reader would object to, at their lines.

    Raises:
        CommentaryError: a statement cites a figure that is not public or does not exist.
    """
    coverage, _ = coverage_of(public_record(facts.project, facts.tables, facts.figures))
    rows = plain_rows(facts.rows("attestations"), ("attestation_id", SOURCE_COLUMN, LINE_COLUMN))
    places = {
        text_of(row, "attestation_id"): (
            text_of(row, SOURCE_COLUMN),
            int(text_of(row, LINE_COLUMN)),
        )
        for row in rows
    }
    is_begun = facts.tables.measured("attestations") or facts.tables.measured("item_106_facts")
    return (
        *committee_findings(facts.project.company.board_committee, facts.tables),
        *(item_106_findings(coverage.findings, facts.tables) if is_begun else ()),
        *as_findings(facts.disclosure_lint, places),
    )


def lint_points(findings: Sequence[LintFinding]) -> tuple[OpenPoint, ...]:
    """The errors among them, each as a point that keeps the disclosure from being final."""
    return tuple(
        OpenPoint(each.sub_item or "The text", _pointed(each), each.mend)
        for each in findings
        if each.severity is LintSeverity.ERROR
    )


def _pointed(finding: LintFinding) -> str:
    """The sentence with the words that it is about."""
    return f"{finding.sentence} (“{finding.quote}”)" if finding.quote else finding.sentence
