"""Make the disclosure's context from the public record, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from board_report.governance.committees import committee_meetings, oversight
from board_report.governance.item_106 import cover
from board_report.governance.item_106_records import Coverage
from board_report.governance.prior_filing import TABLE as PRIOR_DISCLOSURE
from board_report.governance.prior_filing import PriorFiling, prior_filing
from board_report.governance.rules import FormRule, Rules, load_rules
from board_report.governance.statements import Statement, facts_from, statements_from
from board_report.story import formats
from board_report.story.public_draft import Cited, Draft
from board_report.story.public_page import PublicContext
from board_report.story.public_text import resolve

if TYPE_CHECKING:
    from board_report.story.public_record import PublicRecord, PublicRow


def public_context(record: PublicRecord) -> PublicContext:
    """Draft the annual item for the fiscal year that the record's quarter belongs to.

    Raises:
        CommentaryError: a statement cites a figure that is not public or does not exist.
        ProjectError: the company files a form for which no item is drafted.
    """
    rules = load_rules()
    form = rules.form(record.form)
    coverage, cited = coverage_of(record)
    draft = Draft(record, form, coverage)
    checks = draft.checks(_committee(record), cited)
    return PublicContext(
        company_name=record.company_name,
        form=record.form,
        cik=record.cik,
        item=form.item,
        item_title=form.title,
        rule=form.rule,
        rule_in_full=form.rule_in_full,
        rule_note=form.note,
        fiscal_year=str(record.fiscal_year),
        year_ends=formats.day_long(record.year_ends),
        as_of=formats.day(record.as_of),
        rules_checked_on=formats.day(record.rules_checked_on or rules.checked_on),
        rules_sources=tuple(_checked(record, rules)),
        language="en",
        sections=draft.sections(rules),
        summary=_summary(coverage, form),
        is_complete=coverage.complete == len(coverage.items) and not coverage.findings,
        completeness=(*map(draft.completeness, coverage.items), draft.tagging()),
        tags=tuple(draft.tag(each) for each in coverage.items if each.sub_item.flag),
        checks=checks,
        figures=draft.figures(cited),
        year=(record.year_starts, record.year_ends),
        filer=record.filer,
    )


def coverage_of(record: PublicRecord) -> tuple[Coverage, Cited]:
    """What answers each sub-item, and the figures that each statement cites.

    Raises:
        CommentaryError: a statement cites a figure that is not public or does not exist.
    """
    statements, cited = _statements(record)
    coverage = cover(
        load_rules(),
        statements,
        facts_from(record.rows("item_106_facts")),
        year_starts=record.year_starts,
        drawn_on=record.drawn_on,
        committee=_committee(record),
        offices=record.offices,
        prior=prior_of(record),
    )
    return coverage, cited


def prior_of(record: PublicRecord) -> PriorFiling | None:
    """The last filing before the record's fiscal year; None where there is none on record."""
    rows = record.rows(PRIOR_DISCLOSURE)
    return prior_filing(rows, year=record.fiscal_year, drawn_on=record.drawn_on)


def with_approval(
    context: PublicContext, approved_on: date | None, roles: Sequence[str]
) -> PublicContext:
    """The context with its state; a disclosure that is not complete stays a draft.

    Args:
        context: as made by :func:`public_context`.
        approved_on: date of the last approval that was needed; None while one is missing.
        roles: who approved it.
    """
    if approved_on is None or not context.is_complete:
        return context
    return replace(
        context,
        state=f"Approved {formats.day(approved_on)}",
        is_draft=False,
        approved_by=formats.listed(list(roles)),
    )


def _statements(record: PublicRecord) -> tuple[tuple[Statement, ...], Cited]:
    """The statements with their figures in place, and the figures that each cites, by its id."""
    said: list[Statement] = []
    cited: Cited = {}
    for row in record.tables.get("attestations", ()):
        statement, metric_ids = _resolved(row, record)
        said.append(statement)
        cited[statement.id] = metric_ids if statement.counts else ()
    return tuple(sorted(said, key=lambda each: each.position)), cited


def _resolved(row: PublicRow, record: PublicRecord) -> tuple[Statement, tuple[str, ...]]:
    (statement,) = statements_from([row.cells])
    found = resolve(statement.text, record.figures, record.offices, where=row.where)
    withheld = ""
    if found.unmeasured:
        missing = record.figures[found.unmeasured[0]]
        withheld = f"it cites {missing.metric_id}, for which there is no value ({missing.text})"
    if found.no_line:
        withheld = f"it cites the reporting line of {found.no_line[0]}, which is not on record"
    return replace(statement, text=found.text, withheld=withheld), found.metric_ids


def _committee(record: PublicRecord) -> str:
    meetings = committee_meetings(record.rows("committee_calendar"))
    return oversight(meetings, *record.trailing_year).committee


def _checked(record: PublicRecord, rules: Rules) -> Iterable[str]:
    """Who checked the rules, when, and against what."""
    if record.rules_checked_on:
        yield f"The company last checked the rules on {formats.day(record.rules_checked_on)}."
    yield f"This draft follows the program's copy of {formats.day(rules.checked_on)}."
    yield from rules.sources


def _summary(coverage: Coverage, form: FormRule) -> str:
    whole, complete = len(coverage.items), coverage.complete
    if complete == whole and not coverage.findings:
        return f"All {whole} sub-items of {form.rule} are complete, and facts and text agree."
    open_points = formats.listed(
        [
            formats.counted(number, noun)
            for number, noun in ((coverage.gaps, "gap"), (len(coverage.findings), "disagreement"))
            if number
        ]
    )
    verb = "keeps" if coverage.gaps + len(coverage.findings) == 1 else "keep"
    return (
        f"{complete} of {whole} sub-items of {form.rule} are complete. "
        f"{open_points[:1].upper()}{open_points[1:]} {verb} this draft from approval."
    )


__all__ = ["PublicContext", "coverage_of", "public_context", "with_approval"]
