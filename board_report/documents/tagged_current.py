"""A current report as the record that Inline XBRL is made from; sees its public context alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from board_report.documents.xbrl.records import AspectKind, CurrentReport, IncidentAspect
from board_report.errors import DocumentError

if TYPE_CHECKING:
    from board_report.story.current_report import CurrentReport as Page

MATERIAL = "Item 1.05"


def is_tagged(page: Page) -> bool:
    """Whether the form is one whose cover and text are tagged: Form 8-K, and not Form 6-K."""
    return page.is_domestic


def tagged_report(page: Page) -> CurrentReport:
    """What is tagged: the attested statements, aspect by aspect, without any gap.

    Raises:
        DocumentError: nothing is attested yet, or there is no date to report.
    """
    if page.event_date is None:
        raise DocumentError(
            "the report has no date of an event, which its tags need.",
            mend="Record the determination, or for Item 8.01 the discovery.",
        )
    said = [part for part in page.parts if part.paragraphs]
    if not said:
        raise DocumentError(
            "no statement is attested, so there is nothing to tag.",
            mend="Use: board-report incident state.",
        )
    is_material = page.item == MATERIAL
    texts = tuple(each.text for part in said for each in part.paragraphs)
    aspects = tuple(
        IncidentAspect(cast(AspectKind, part.aspect), tuple(each.text for each in part.paragraphs))
        for part in said
    )
    return CurrentReport(
        filer=page.filer,
        event_date=page.event_date,
        item="1.05" if is_material else "8.01",
        aspects=aspects if is_material else (),
        paragraphs=() if is_material else texts,
        amendment=" ".join(page.explanatory),
        amendment_number=page.amendment or 1,
        signer=page.signs,
        notice=_notice(page) if page.is_draft else (),
    )


def _notice(page: Page) -> tuple[str, ...]:
    open_parts = ", ".join(part.label.lower() for part in page.parts if part.gaps)
    gaps = f" Open: {open_parts}." if open_parts else ""
    return (
        f"{page.state}, not for filing.{gaps}",
        f"Not legal advice. Rules checked on {page.rules_checked_on}.",
    )
