"""The briefing book for those who present the deck: what to say, what may be asked, what it means.

It follows a deck page by page in its mode and shows no figure that the deck or its appendix has
not. It is not for directors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board_report.story.briefing_notes import figure_lines, notes_for
from board_report.story.briefing_page import BriefingContext, BriefingPage
from board_report.story.briefing_questions import homes, questions_for
from board_report.story.facts import BoardFacts
from board_report.story.glossary import Term, glossary, terms_in
from board_report.story.page import BoardContext, Page
from board_report.story.page_text import page_texts


def briefing_context(
    facts: BoardFacts, deck: BoardContext, *, deck_file: str, appendix_file: str
) -> BriefingContext:
    """The book that goes with one deck.

    Args:
        facts: what the deck was made from.
        deck: the deck in its mode, with its page numbers.
        deck_file: name of the deck's file, to be named on the first page.
        appendix_file: name of the file with the definitions.
    """
    numbered = [(at, page) for at, page in enumerate(deck.pages, 1) if page.id != "cover"]
    at_home = homes([page for _, page in numbered])
    pages = tuple(_page(at, page, facts, at_home) for at, page in numbered)
    return BriefingContext(
        company_name=deck.company_name,
        deck_title=deck.title,
        deck_file=deck_file,
        appendix_file=appendix_file,
        quarter=deck.quarter,
        quarter_words=deck.quarter_words,
        as_of=deck.as_of,
        meeting=deck.meeting,
        classification=deck.classification,
        state=deck.state,
        is_draft=deck.is_draft,
        leaders=deck.leaders,
        language=deck.language,
        created=deck.created,
        minutes=-(-sum(page.notes.seconds for page in pages) // 60),
        pages=pages,
        glossary=_glossary(facts, [page for _, page in numbered], pages),
    )


def _page(number: int, page: Page, facts: BoardFacts, at_home: Mapping[str, str]) -> BriefingPage:
    ids = [each for each in page.metric_ids if at_home[each] == page.id]
    return BriefingPage(
        number=number,
        id=page.id,
        section=page.section,
        title=page.title,
        owners=page.owners,
        notes=notes_for(page, facts),
        figures=figure_lines(page, facts),
        questions=questions_for(page, facts, ids),
    )


def _glossary(
    facts: BoardFacts, deck: Sequence[Page], pages: Sequence[BriefingPage]
) -> tuple[Term, ...]:
    """The terms that stand on the deck's pages, in the notes or in the answers."""
    texts = [text for page in deck for text in page_texts(page)]
    for page in pages:
        texts += page.notes.paragraphs
        texts += [text for each in page.questions for text in (each.text, each.answer)]
    return terms_in(texts, glossary(facts.project.glossary))
