"""The disclosure as the record that Inline XBRL is made from; sees the public context alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.documents.xbrl.cover import missing_cover_facts
from board_report.documents.xbrl.records import (
    AnnualRecord,
    TaggedHeading,
    TaggedItem,
    TaggedSection,
)
from board_report.errors import DocumentError

if TYPE_CHECKING:
    from board_report.model import Filer
    from board_report.story.public_page import Entry, PublicContext, TextHeading


def annual_record(context: PublicContext) -> AnnualRecord:
    """What is tagged: the text as it would be filed and the attested answers, without any gap.

    Raises:
        DocumentError: nothing is on file of the registrant.
    """
    if context.filer is None:
        raise DocumentError(
            "there is no [filer], and a tagged document names the registrant.",
            where="report.toml",
            mend="Add what stands on the cover page; docs/data-formats.md has an example.",
        )
    starts, ends = context.year
    return AnnualRecord(
        filer=context.filer,
        form=context.form,
        item=context.item,
        item_title=context.item_title,
        fiscal_year=int(context.fiscal_year),
        year_starts=starts,
        year_ends=ends,
        sections=tuple(
            TaggedSection(each.title, tuple(map(_heading, each.headings)))
            for each in context.sections
        ),
        notice=_notice(context, context.filer),
    )


def _heading(heading: TextHeading) -> TaggedHeading:
    return TaggedHeading(heading.title, tuple(map(_item, heading.entries)))


def _item(entry: Entry) -> TaggedItem:
    return TaggedItem(entry.id, tuple(each.text for each in entry.paragraphs), entry.answer)


def _notice(context: PublicContext, filer: Filer) -> tuple[str, ...]:
    """Why it is not for filing; nothing where the text is approved and the cover has its facts."""
    missing = missing_cover_facts(filer)
    if context.is_draft:
        why = f"{context.state}, not for filing. {context.summary}"
    elif missing:
        why = f"Not for filing: report.toml does not give {', '.join(missing)}."
    else:
        return ()
    return why, f"Not legal advice. Rules checked on {context.rules_checked_on}."
