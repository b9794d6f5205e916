"""The annual record from what the disclosure may print, and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from board_report.documents.xbrl.records import (
    AnnualRecord,
    TaggedHeading,
    TaggedItem,
    TaggedSection,
)

if TYPE_CHECKING:
    from board_report.governance.rules import Rules
    from board_report.model import Filer
    from board_report.story.public_page import PublicContext, TagRow, TextHeading

ANSWERS = {"Yes": True, "No": False}


def annual_record(
    context: PublicContext, rules: Rules, filer: Filer, *, year_starts: date, year_ends: date
) -> AnnualRecord:
    """The item as it is drafted, with the attested answers; a gap is not a word of it.

    Args:
        context: what the disclosure may print.
        rules: the rule data by which it was drafted.
        filer: the registrant as its cover page names it.
        year_starts: first day of the fiscal year.
        year_ends: its last day.

    Raises:
        ValueError: the context was drafted by other rules.
    """
    answers = {each.element: _answer(each) for each in context.tags}
    return AnnualRecord(
        filer=filer,
        form=context.form,
        item=context.item,
        item_title=context.item_title,
        fiscal_year=int(context.fiscal_year),
        year_starts=year_starts,
        year_ends=year_ends,
        sections=tuple(
            TaggedSection(
                section.title,
                tuple(_heading(each, rules, answers) for each in section.headings),
            )
            for section in context.sections
        ),
        notice=_notice(context),
    )


def _heading(
    heading: TextHeading, rules: Rules, answers: Mapping[str, bool | None]
) -> TaggedHeading:
    """Entries stand in the order of the rule, which tells those of one paragraph apart."""
    sub_items = [each for each in rules.sub_items if each.heading == heading.number]
    return TaggedHeading(
        heading.title,
        tuple(
            TaggedItem(
                sub_item.id,
                tuple(paragraph.text for paragraph in entry.paragraphs),
                answers.get(sub_item.flag) if sub_item.flag else None,
            )
            for sub_item, entry in zip(sub_items, heading.entries, strict=True)
        ),
    )


def _answer(tag: TagRow) -> bool | None:
    """A fact that nobody attested is no fact."""
    return ANSWERS.get(tag.answer) if tag.attested else None


def _notice(context: PublicContext) -> tuple[str, ...]:
    """What a draft says above its page; an approved one that is complete says nothing."""
    if not context.is_draft:
        return ()
    return (
        f"{context.state}, {context.as_of}. Not legal advice, not filed, not accepted by EDGAR.",
        f"Rules checked on {context.rules_checked_on}. This page is {context.item} alone, with the "
        "cover facts that are on file.",
    )
