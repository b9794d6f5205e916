"""The frozen briefing book: what its templates place, with every word and figure already set."""

from __future__ import annotations

from dataclasses import dataclass

from board_report.story.glossary import Term


@dataclass(frozen=True)
class Question:
    """What a director may ask, and what the record answers."""

    text: str
    answer: str
    shared: str = ""
    """The end of the answer that other answers of the page may share, and that is said once."""
    rank: int = 0
    """Worst first; the leaders' own stand before all others."""
    is_own: bool = False
    """True for a question that the leaders prepared themselves."""


@dataclass(frozen=True)
class Notes:
    """What to say to a page."""

    paragraphs: tuple[str, ...]
    is_own: bool
    """True where the leaders wrote them, False where they follow from the page by rule."""
    seconds: int
    """Time to say them, at 150 words a minute."""


@dataclass(frozen=True)
class FigureLine:
    """A figure to have at hand, as it stands on the page."""

    title: str
    value: str
    target: str
    change: str
    year_ago: str
    cases: str
    """``15 incidents detected in the quarter``; empty for a count, which is its own number."""


@dataclass(frozen=True)
class BriefingPage:
    """What there is to say and to answer to one page of the deck."""

    number: int
    """Of the page in the deck."""
    id: str
    section: str
    title: str
    owners: str
    notes: Notes
    figures: tuple[FigureLine, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class BriefingContext:
    """All that the briefing book's templates may see."""

    company_name: str
    deck_title: str
    deck_file: str
    appendix_file: str
    quarter: str
    quarter_words: str
    as_of: str
    meeting: str
    classification: str
    state: str
    is_draft: bool
    leaders: str
    language: str
    created: str
    """ISO 8601 instant for the PDF's metadata."""
    minutes: int
    """Time that all notes take together, in whole minutes."""
    pages: tuple[BriefingPage, ...]
    glossary: tuple[Term, ...]

    @property
    def question_count(self) -> int:
        """Questions of all pages."""
        return sum(len(page.questions) for page in self.pages)
