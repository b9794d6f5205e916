"""The frozen context of the disclosure: words and figures set, and nothing but what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from board_report.model import Filer

CHARACTERS_OF_A_LONG_PARAGRAPH = 1200


@dataclass(frozen=True)
class Attested:
    """Who attested, and when: what stands in the right margin."""

    who: str
    """``I. Drummond, CISO``."""
    on: str
    """``12 Oct 2026``."""


@dataclass(frozen=True)
class Paragraph:
    """Attested sentences, as they are to be filed."""

    text: str
    attested: Attested
    ids: str
    """``A-01, A-02``."""
    is_long: bool = False
    """True when it may have to run on over a page."""


@dataclass(frozen=True)
class MarkedGap:
    """Something that nobody attested, as its box says it."""

    text: str
    owner: str
    """Who is to attest it; empty when no row says."""
    carried: tuple[str, ...] = ()
    """Last year's words, shown for whoever is to confirm them, and not claimed."""

    @property
    def is_long(self) -> bool:
        """Whether it may have to run on over a page."""
        return sum(map(len, self.carried)) > CHARACTERS_OF_A_LONG_PARAGRAPH


@dataclass(frozen=True)
class Entry:
    """One sub-item in the text."""

    sub_item: str
    """``106(b)(1)(i)``."""
    label: str
    paragraphs: tuple[Paragraph, ...]
    gaps: tuple[MarkedGap, ...]
    not_applicable: str
    """The reason, where the sub-item is not applicable; else empty."""
    attested: Attested | None
    """Who attested that it is not applicable."""
    id: str = ""
    """As in the rule data: ``106(c)(1) committee``."""
    answer: bool | None = None
    """The attested yes-or-no fact; None where there is none, or it is not applicable."""


@dataclass(frozen=True)
class TextHeading:
    """A numbered heading and its sub-items."""

    number: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def is_said(self) -> bool:
        """Whether anything stands under it in the text that is filed."""
        return any(each.paragraphs for each in self.entries)


@dataclass(frozen=True)
class TextSection:
    """A numbered section of the item."""

    number: str
    title: str
    headings: tuple[TextHeading, ...]


@dataclass(frozen=True)
class CompletenessRow:
    """One line of the table that is not filed."""

    sub_item: str
    asks: str
    heading: str
    attested: tuple[Attested, ...]
    """The latest of each role."""
    state: str
    """``Complete``, ``Not applicable``, ``Partly`` or ``Gap``."""
    mark: str
    """``ring`` complete, ``thin`` not applicable, ``square`` open."""
    note: str = ""
    """In place of who attested, where nobody has to."""


@dataclass(frozen=True)
class TagRow:
    """A yes-or-no fact that the tagging will need."""

    sub_item: str
    fact: str
    answer: str
    """``Yes``, ``No``, ``Not applicable`` or ``Not on file``."""
    attested: Attested | None
    element: str


@dataclass(frozen=True)
class CheckRow:
    """A check of one thing on record against another."""

    check: str
    result: str
    mark: str
    """``ring`` agrees, ``thin`` nothing to check, ``square`` to mend."""
    to_mend: tuple[str, ...]
    """One sentence for each thing that does not agree."""


@dataclass(frozen=True)
class CitedFigure:
    """A figure that stands in the text."""

    metric_id: str
    title: str
    text: str
    where: str
    """The sub-items that cite it."""


@dataclass(frozen=True)
class PublicContext:
    """All that the disclosure's templates may see."""

    company_name: str
    form: str
    cik: str
    item: str
    item_title: str
    rule: str
    rule_in_full: str
    rule_note: str
    fiscal_year: str
    year_ends: str
    as_of: str
    rules_checked_on: str
    rules_sources: tuple[str, ...]
    """Who checked the rules, when, and against what; a sentence or two each."""
    language: str
    sections: tuple[TextSection, ...]
    summary: str
    """How complete the draft is, in a sentence or two."""
    is_complete: bool
    completeness: tuple[CompletenessRow, ...]
    tags: tuple[TagRow, ...]
    checks: tuple[CheckRow, ...]
    figures: tuple[CitedFigure, ...]
    year: tuple[date, date]
    """First and last day of the fiscal year."""
    filer: Filer | None = None
    """What a cover page says of the registrant; None where nothing is on file."""
    state: str = "Draft for counsel"
    """Or ``Approved 20 Oct 2026``."""
    is_draft: bool = True
    """True prints the word behind every page."""
    approved_by: str = ""
    """The roles that approved it: ``GC``; empty while it is a draft."""
