"""The appendix of terms: every abbreviation and term of the decks, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.glossary import Term, glossary, terms_in
from board_report.story.page import Page
from board_report.story.page_text import page_texts
from board_report.typeset import lines_needed

COLUMNS = 3
WIDTH = 272.0
"""Points of a column; with gutters of 24 three make the page."""
TERM_WIDTH = 80.0
HEIGHT = 328.0
_SIZE, _LEADING, _PADDING = 11.0, 13.5, 4.5
_MOST_PADDING = 12.0


def build(facts: BoardFacts, pages: Sequence[Page]) -> tuple[Page, ...]:
    """As many pages as the terms need; none where no term of ours stands on a page."""
    texts = [text for page in pages for text in page_texts(page)]
    found = terms_in(texts, glossary(facts.project.glossary))
    sheets = _sheets(found)
    return tuple(
        _page(facts, sheet, at, len(sheets), len(found)) for at, sheet in enumerate(sheets)
    )


def _sheets(terms: Sequence[Term]) -> list[list[list[Term]]]:
    """The terms in columns of even height, and the columns in pages."""
    total = sum(_height(each) for each in terms)
    count = max(-(-int(total) // int(HEIGHT * COLUMNS)), 1) if terms else 0
    while count:
        columns = _fill(terms, min(HEIGHT, total / (count * COLUMNS) + 24))
        if len(columns) <= count * COLUMNS:
            return [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)]
        columns = _fill(terms, HEIGHT)
        if len(columns) <= count * COLUMNS:
            return [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)]
        count += 1
    return []


def _fill(terms: Sequence[Term], height: float) -> list[list[Term]]:
    columns: list[list[Term]] = [[]]
    used = 0.0
    for each in terms:
        needed = _height(each)
        if columns[-1] and used + needed > height:
            columns.append([])
            used = 0.0
        columns[-1].append(each)
        used += needed
    return columns


def _padding(columns: Sequence[Sequence[Term]]) -> float:
    """Points between the lines of two entries, so that the fullest column reaches down the page."""
    most = max(columns, key=lambda column: sum(_height(each) for each in column))
    spare = (HEIGHT - sum(_height(each) for each in most)) / len(most)
    return round(min(_PADDING + max(spare, 0.0), _MOST_PADDING), 1)


def _height(term: Term) -> float:
    lines = max(
        lines_needed(term.words, WIDTH - TERM_WIDTH, _SIZE),
        lines_needed(term.term, TERM_WIDTH - 8, _SIZE, "sans-semibold"),
    )
    return lines * _LEADING + _PADDING


def _page(facts: BoardFacts, columns: list[list[Term]], at: int, count: int, total: int) -> Page:
    own = sum(term.term in facts.project.glossary for column in columns for term in column)
    title = f"{sentences.capital(formats.counted(total, 'term'))} of this report in plain words"
    if at:
        title += f", continued ({at + 1} of {count})"
    return Page(
        id="glossary" if count == 1 else f"glossary-{at + 1}",
        template="glossary",
        section="Glossary" if at == 0 else f"Glossary, continued ({at + 1} of {count})",
        title=title,
        context="Those that stand on a page of the decks. Where we print a median, we say so.",
        owners=facts.owner("CISO", "CTO"),
        sources=_sources(own),
        voices_room=None,
        body={
            "padding": _padding(columns),
            "columns": [
                [{"term": term.term, "meaning": term.words} for term in column]
                for column in columns
            ],
        },
    )


def _sources(own: int) -> str:
    if not own:
        return "The company’s own terms can be added; they come first."
    terms = sentences.capital(formats.counted(own, "term"))
    return f"{terms} of the company’s own; the others are the program’s."
