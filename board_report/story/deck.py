"""Put the deck's pages in order and freeze them with the furniture they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING

from board_report.errors import CommentaryError
from board_report.story import formats
from board_report.story.fit import fitted
from board_report.story.modes import GLOSSARY, PAGE_IDS, PAGES, TITLES, is_page_id, pages_in
from board_report.story.page import BoardContext, Mode, Page
from board_report.story.page_voices import voices_of

if TYPE_CHECKING:
    from board_report.story.facts import BoardFacts


def build_pages(facts: BoardFacts) -> dict[str, tuple[Page, ...]]:
    """Every page by the module that built it, with the leaders' commentary in its place.

    All are built whatever deck is printed, since words and figures are checked on all of them.
    """
    built = {name: import_module(f"board_report.story.pages.{name}").build(facts) for name in PAGES}
    _check_pages_exist(facts, [page for pages in built.values() for page in pages])
    told = {
        name: tuple(_with_commentary(page, facts) for page in pages)
        for name, pages in built.items()
    }
    glossary = import_module("board_report.story.pages.glossary")
    return {
        **told,
        GLOSSARY: glossary.build(facts, [page for some in told.values() for page in some]),
    }


def _check_pages_exist(facts: BoardFacts, pages: Sequence[Page]) -> None:
    """Refuse commentary that no page would show, whatever data there are.

    On a page that is only left out of this report it stays unprinted, which is a finding.

    Raises:
        CommentaryError: a file names a page that no report has.
    """
    from difflib import get_close_matches

    ids = list(dict.fromkeys([*(page.id for page in pages), *PAGE_IDS]))
    for name, commentary in facts.commentary.items():
        if name not in ids and not is_page_id(name):
            parts = [each for each in ids if each.startswith(f"{name}-")]
            near = parts or get_close_matches(name, ids, n=1, cutoff=0.4)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise CommentaryError(
                f"the deck has no page {name!r}.{hint}",
                where=f"{commentary.file}:{commentary.line}",
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
    voices = voices_of(commentary, page.voices, facts)
    voices = fitted(voices, page.voices_room, where=commentary.file)
    return replace(page, voices=voices, title=commentary.title or page.title)


def build_board_context(
    facts: BoardFacts,
    pages: Mapping[str, Sequence[Page]],
    mode: Mode,
    created: datetime,
    approved_on: date | None = None,
) -> BoardContext:
    """Everything that the templates of one deck may see.

    Args:
        facts: figures, rows, governance and commentary.
        pages: as made by :func:`build_pages`.
        mode: which of them the deck holds.
        created: instant for the PDF's metadata; the same inputs must be given the same instant.
        approved_on: date of the last approval that was needed; None while one is missing.
    """
    project = facts.project
    chosen = pages_in(mode, pages)
    chosen = tuple(_with_page_numbers(page, chosen) for page in chosen)
    cover = import_module("board_report.story.pages.cover").build(facts, chosen, mode)
    return BoardContext(
        mode=mode,
        title=TITLES[mode],
        company_name=project.company.name,
        quarter=str(project.quarter),
        quarter_words=project.quarter.words,
        as_of=formats.day(facts.as_of),
        meeting=_meeting(facts, mode),
        classification=project.company.classification,
        audience=_audience(facts, mode),
        state=f"Approved {formats.day(approved_on)}" if approved_on else "Draft",
        is_draft=approved_on is None,
        leaders=facts.leaders,
        language="en-US",
        created=created.isoformat(),
        pages=(*cover, *chosen),
    )


def _audience(facts: BoardFacts, mode: Mode) -> str:
    """Who reads the deck: the body that meets, and the committee that oversees cyber risk."""
    if mode is Mode.AUDIT_COMMITTEE:
        return "Audit Committee"
    named = dict.fromkeys((facts.project.meeting.committee, facts.project.company.board_committee))
    return "; ".join(each for each in named if each)


def _meeting(facts: BoardFacts, mode: Mode) -> str:
    """For which meeting; the audit committee sits before the body that the report is made for."""
    meeting = facts.project.meeting
    if mode is Mode.AUDIT_COMMITTEE and "audit" not in meeting.committee.lower():
        return f"before the {meeting.committee} meets on {formats.day_long(meeting.on)}"
    return f"for the meeting of {formats.day_long(meeting.on)}"
