"""Disclosure readiness: which parts of Item 106 are attested, which are gaps, and by whom."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from board_report.errors import CommentaryError
from board_report.governance.committees import committee_meetings, oversight
from board_report.governance.disclosure_lint.records import LintSeverity
from board_report.governance.item_106 import cover
from board_report.governance.item_106_records import Answer, Coverage, Covered
from board_report.governance.prior_filing import prior_filing
from board_report.governance.rows import plain_rows, trailing_year
from board_report.governance.rules import FormRule, load_rules
from board_report.governance.statements import facts_from, statements_from
from board_report.period import Quarter
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import unstated
from board_report.story.key_figures import first_that_fits
from board_report.story.page import Page

FINDINGS_SHOWN = 1
_MARKS = {
    Answer.ADDRESSED: "on",
    Answer.NOT_APPLICABLE: "later",
    Answer.PARTLY: "near",
    Answer.GAP: "off",
}


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: the sub-items of the rule with their state, and what does not agree."""
    rules = load_rules()
    form = rules.form(facts.project.company.form)
    coverage = _coverage(facts)
    objections = _objections(facts)
    checked = facts.project.rules_checked_on or rules.checked_on
    return (
        Page(
            id="disclosure-readiness",
            section="Disclosure readiness",
            title=_title(coverage, form, objections),
            context=(
                f"{form.rule}; rules checked on {formats.day_long(checked)}. The draft is for "
                "counsel and is not legal advice."
            ),
            owners=facts.owner("GC", "CISO"),
            sources=(
                "Sources: attestations, Item 106 facts, committee calendar. A statement counts "
                "when an officer attested it on a date; nothing is claimed by default."
            ),
            body={
                "rows": [_row(facts, form, each) for each in coverage.items],
                "findings": _findings(coverage),
                "reviews": _reviews(facts, objections),
            },
            voices_room=(198, 340),
            metric_ids=("committee_cyber_meetings", "materiality_reviews_open"),
        ),
    )


def _coverage(facts: BoardFacts) -> Coverage:
    project = facts.project
    meetings = committee_meetings(plain_rows(facts.rows("committee_calendar")))
    return cover(
        load_rules(),
        statements_from(plain_rows(facts.rows("attestations"))),
        facts_from(plain_rows(facts.rows("item_106_facts"))),
        year_starts=project.calendar.first_day(Quarter(project.quarter.year, 1)),
        drawn_on=project.frozen_on,
        committee=oversight(meetings, *trailing_year(facts.window)).committee,
        prior=prior_filing(
            plain_rows(facts.rows("prior_disclosure")),
            year=project.quarter.year,
            drawn_on=project.frozen_on,
        ),
    )


def _title(coverage: Coverage, form: FormRule, objections: int | None) -> str:
    total = len(coverage.items)
    open_items = total - coverage.complete
    start = f"{form.item} is attested in {coverage.complete} of {total} parts"
    if not open_items and not coverage.findings:
        if not objections:
            return f"{start}; nothing is open"
        points = formats.counted(objections, "point")
        return f"{start}; a reader would object to {points} of the text"
    held = formats.counted(open_items, "part keeps", "parts keep")
    held = f"{held} the draft from being final"
    if not coverage.findings:
        return f"{start}; {held}"
    count = len(coverage.findings)
    against = formats.counted(count, "point does", "points do")
    against = f"{against} not agree with the record"
    if not open_items:
        return f"{start}; {against}"
    few = f"{formats.count_words(open_items)} {'is' if open_items == 1 else 'are'} open"
    return first_that_fits(f"{start}; {held} and {against}", f"{start}; {few} and {against}")


def _findings(coverage: Coverage) -> list[str]:
    """What does not agree, each sentence once, with how often it holds."""
    found = Counter(each.sentence for each in coverage.findings)
    said = [
        sentence if times == 1 else f"{sentence} ({times} sub-items)"
        for sentence, times in found.items()
    ]
    rest = len(said) - FINDINGS_SHOWN
    return said if rest <= 0 else [*said[:FINDINGS_SHOWN], f"and {rest} more, in the draft"]


def _row(facts: BoardFacts, form: FormRule, item: Covered) -> dict[str, str]:
    last = item.attested[-1] if item.attested else None
    roles = list(dict.fromkeys(facts.person(role) for role, _ in item.attested))
    return {
        "sub_item": f"{form.prefix}{item.sub_item.paragraph}",
        "asks": item.sub_item.asks,
        "by": formats.listed(roles) or "–",
        "on": formats.day(last[1]) if last else "–",
        "status": _MARKS[item.answer],
        "word": sentences.capital(str(item.answer)),
        "gap": item.gaps[0].sentence if item.gaps else "",
    }


def _reviews(facts: BoardFacts, objections: int | None) -> list[dict[str, str]]:
    """What a disclosure committee watches beside the annual item."""

    def plural(metric_id: str, word: str) -> str:
        return word if facts.now(metric_id).value == 1 else f"{word}s"

    reviews, meetings = "materiality_reviews_open", "committee_cyber_meetings"
    silent = unstated(facts)
    others = f" ({formats.number(silent)} more do not state it)" if silent else ""
    return [
        {
            "label": f"{plural(reviews, 'incident')} under materiality review{others}",
            "value": facts.text(reviews),
        },
        {
            "label": f"{plural(meetings, 'meeting')} with cybersecurity on the agenda in four "
            "quarters",
            "value": facts.text(meetings),
        },
        {
            "label": f"{'point' if objections == 1 else 'points'} in the text to mend (lint)",
            "value": "not known:" if objections is None else formats.number(objections),
        },
    ]


def _objections(facts: BoardFacts) -> int | None:
    """How much the lint would have mended of the draft; None where it cannot be drafted."""
    with suppress(CommentaryError):
        return sum(each.severity is not LintSeverity.NOTE for each in facts.disclosure_lint)
    return None
