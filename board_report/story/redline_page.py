"""The frozen context of the redline: what changed since the last filing, and what is behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Words with one mark, without the blanks around them."""

    mark: str
    """``equal``, ``delete``, ``insert``, ``moved_from`` or ``moved_to``."""
    text: str
    label: str = ""
    """``M1`` where a passage that moved begins; else empty."""
    space: bool = False
    """Whether a blank follows."""


@dataclass(frozen=True)
class Reason:
    """A thing on record that is behind a change."""

    text: str
    place: str = ""
    """The sub-item that ends it: ``M2 moved to 106(b)(2)``; empty for none."""

    def __str__(self) -> str:
        return f"{self.text} {self.place}".rstrip()


@dataclass(frozen=True)
class RedlineParagraph:
    """A paragraph that changed, or paragraphs that stand as they were filed."""

    pieces: tuple[Piece, ...]
    is_changed: bool
    reasons: tuple[Reason, ...]
    """What is on record behind it."""
    summary: str = ""
    """Of what is as filed, in one line; empty for what changed."""
    is_long: bool = False
    """True when it may have to run on over a page."""


@dataclass(frozen=True)
class RedlineEntry:
    """One sub-item."""

    sub_item: str
    label: str
    paragraphs: tuple[RedlineParagraph, ...]
    waiting: tuple[str, ...] = ()
    """Words carried forward that nobody has attested: shown, and neither struck out nor claimed."""
    waiting_for: str = ""
    """Who is to confirm them; empty when no row says."""


@dataclass(frozen=True)
class RedlineHeading:
    """A numbered heading and its sub-items."""

    number: str
    title: str
    entries: tuple[RedlineEntry, ...]


@dataclass(frozen=True)
class RedlineSection:
    """A numbered section and its headings."""

    number: str
    title: str
    headings: tuple[RedlineHeading, ...]


@dataclass(frozen=True)
class RedlineCounts:
    """The line of figures above the text."""

    insertions: int
    deletions: int
    moves: int
    words_inserted: int
    words_deleted: int
    changed: int
    as_filed: int
    waiting: int
    """Sub-items carried forward and not attested."""

    @property
    def is_same(self) -> bool:
        """Whether every paragraph is as it was filed."""
        return not self.changed


@dataclass(frozen=True)
class RedlineContext:
    """All that the redline's templates may see."""

    company_name: str
    form: str
    item: str
    item_title: str
    fiscal_year: str
    as_of: str
    rules_checked_on: str
    language: str
    title: str
    prior_year: str
    prior_form: str
    prior_filed_on: str
    counts: RedlineCounts
    sections: tuple[RedlineSection, ...]
    shows_all: bool
    """True where paragraphs as filed are printed whole, and not in one line."""
