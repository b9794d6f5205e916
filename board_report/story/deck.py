"""Put the deck's pages in order and freeze them with the furniture they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from board_report.errors import CommentaryError
from board_report.story import formats
from board_report.story.fit import fitted
from board_report.story.page import Action, Ask, BoardContext, Judgement, Page, Voices

if TYPE_CHECKING:
    from board_report.story.facts import BoardFacts

PAGES = (
    "executive_summary",
    "decisions",
    "risk_against_appetite",
    "what_changed",
    "incidents",
    "detect_and_respond",
    "exposure",
    "third_parties",
    "people",
    "control_coverage",
    "csf_profile",
    "compliance_and_audit",
    "technology_adoption",
    "secure_by_design",
    "zero_trust",
    "ai_governance",
    "investment",
    "forecasts",
    "operating_model",
    "disclosure_readiness",
    "definitions",
    "data_quality",
    "provenance",
    "not_shown",
)
"""Modules of ``board_report.story.pages`` in the order of the deck, after the cover."""


def build_pages(facts: BoardFacts) -> tuple[Page, ...]:
    """Every page in order, the cover first, with the leaders' commentary in its place."""
    built = tuple(
        page
        for name in PAGES
        for page in import_module(f"board_report.story.pages.{name}").build(facts)
    )
    _check_pages_exist(facts, built)
    pages = tuple(_with_commentary(page, facts) for page in built)
    pages = tuple(_with_page_numbers(page, pages) for page in pages)
    cover = import_module("board_report.story.pages.cover").build(facts, pages)
    return (*cover, *pages)


def _check_pages_exist(facts: BoardFacts, pages: Sequence[Page]) -> None:
    """Refuse commentary that no page would show.

    Raises:
        CommentaryError: a file names a page that the deck does not have.
    """
    from difflib import get_close_matches

    ids = [page.id for page in pages]
    for name, commentary in facts.commentary.items():
        if name not in ids:
            near = get_close_matches(name, ids, n=1, cutoff=0.4)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise CommentaryError(
                f"the deck has no page {name!r}.{hint}",
                where=f"{commentary.file}:2",
                mend=f"The pages are: {', '.join(ids)}.",
            )


def _with_page_numbers(page: Page, pages: Sequence[Page]) -> Page:
    """Messages that point to a page (by its id, under ``page``) say its number."""
    messages = page.body.get("messages")
    if not isinstance(messages, list):
        return page
    numbers = {each.id: at for at, each in enumerate(pages, 2)}
    numbered = [
        {**each, "pages": f"page {numbers[each['page']]}" if each["page"] in numbers else ""}
        for each in messages
    ]
    return replace(page, body={**page.body, "messages": numbered})


def _with_commentary(page: Page, facts: BoardFacts) -> Page:
    """The page with the voices and the title that the leaders wrote for it."""
    commentary = facts.commentary.get(page.id)
    if commentary is None:
        return page
    needs = commentary.needs
    voices = Voices(
        means=tuple(Judgement(who, text) for who, text in commentary.means) or page.voices.means,
        does=tuple(
            Action(each.text, facts.surname(each.role), formats.day(each.by) if each.by else "")
            for each in commentary.does
        )
        or page.voices.does,
        needs=Ask(*needs) if needs else page.voices.needs,
    )
    voices = fitted(voices, page.voices_room, where=commentary.file)
    return replace(page, voices=voices, title=commentary.title or page.title)


def build_board_context(facts: BoardFacts, created: datetime) -> BoardContext:
    """Everything that the deck's templates may see.

    Args:
        facts: figures, rows, governance and commentary.
        created: instant for the PDF's metadata; the same inputs must be given the same instant.
    """
    project = facts.project
    approved = project.approved_on
    leaders = [
        f"{facts.holders[role].person_name}, {role}"
        for role in ("CISO", "CTO")
        if role in facts.holders
    ]
    return BoardContext(
        company_name=project.company.name,
        quarter=str(project.quarter),
        quarter_words=project.quarter.words,
        as_of=formats.day(facts.as_of),
        meeting=f"for the meeting of {formats.day_long(project.meeting.on)}",
        classification=project.company.classification,
        audience=project.company.board_committee,
        state=f"Approved {formats.day(approved)}" if approved else "Draft",
        leaders=formats.listed(leaders),
        language="en-US",
        created=created.isoformat(),
        pages=build_pages(facts),
    )
