"""What tagged documents are made from: plain text, dates and answers, all of it public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from board_report.documents.xbrl.names import (
    NO_CIK,
    taxonomy_year,
)

if TYPE_CHECKING:
    from board_report.model import Filer

AspectKind = Literal["nature", "scope", "timing", "impact", "undetermined"]


@dataclass(frozen=True)
class TaggedItem:
    """What is said to one sub-item, and its yes-or-no fact."""

    sub_item: str
    """As in the rule data: ``106(b)(1)(i)``, ``106(c)(1) committee``."""
    paragraphs: tuple[str, ...]
    answer: bool | None = None
    """From an attested fact, never from the words; None where there is none, it is not known, or
    the sub-item is not applicable."""


@dataclass(frozen=True)
class TaggedHeading:
    """A heading and the sub-items under it."""

    title: str
    items: tuple[TaggedItem, ...]


@dataclass(frozen=True)
class TaggedSection:
    """A section of the item and its headings."""

    title: str
    headings: tuple[TaggedHeading, ...]


@dataclass(frozen=True)
class AnnualRecord:
    """The cybersecurity item of one annual report."""

    filer: Filer
    form: str
    """``10-K`` or ``20-F``."""
    item: str
    """``Item 1C``."""
    item_title: str
    fiscal_year: int
    year_starts: date
    year_ends: date
    sections: tuple[TaggedSection, ...]
    notice: tuple[str, ...] = ()
    """Lines above the page that are not filed: that it is a draft; empty when it is final."""

    @property
    def taxonomy_year(self) -> int:
        """The year of the cyd and dei elements."""
        return taxonomy_year(self.year_ends)

    @property
    def document_type(self) -> str:
        """The form as the cover page names it."""
        return self.form

    @property
    def stem(self) -> str:
        """What the names of its files begin with: ``corvane-20261231``."""
        return f"{file_prefix(self.filer)}-{self.year_ends:%Y%m%d}"


@dataclass(frozen=True)
class IncidentAspect:
    """What is said of one aspect of an incident that Item 1.05 asks for."""

    kind: AspectKind
    """``undetermined`` is what is said to be not determined or not available."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class CurrentReport:
    """A report on Form 8-K under Item 1.05, or under Item 8.01, which has no facts of its own."""

    filer: Filer
    event_date: date
    """The date of the earliest event reported."""
    item: Literal["1.05", "8.01"]
    aspects: tuple[IncidentAspect, ...] = ()
    """In the order of the text; none under Item 8.01."""
    paragraphs: tuple[str, ...] = ()
    """Under Item 8.01 its text; under Item 1.05 what follows and is not tagged."""
    amendment: str = ""
    """For a report on Form 8-K/A why it amends; empty for a first report."""
    amendment_number: int = 1
    signer: str = ""
    """Name and title of whoever signs; empty leaves the lines blank."""
    notice: tuple[str, ...] = ()
    """Lines above the page that are not filed: that it is a draft; empty when it is final."""

    def __post_init__(self) -> None:
        if self.item == "8.01" and self.aspects:
            raise ValueError("Item 8.01 has no aspects to tag")
        if self.item == "1.05" and not self.aspects:
            raise ValueError("Item 1.05 needs at least one aspect")

    @property
    def taxonomy_year(self) -> int:
        """The year of the cyd and dei elements."""
        return taxonomy_year(self.event_date, incident=True)

    @property
    def document_type(self) -> str:
        """The form as the cover page names it."""
        return "8-K/A" if self.amendment else "8-K"

    @property
    def stem(self) -> str:
        """What the names of its files begin with: ``corvane-20260914``."""
        return f"{file_prefix(self.filer)}-{self.event_date:%Y%m%d}"


def file_prefix(filer: Filer) -> str:
    """The filer's own, else its first trading symbol, else ``registrant``."""
    symbols = (each.symbol for each in filer.securities)
    first = next((each for each in symbols if each.isascii() and each.isalnum()), "")
    return filer.file_prefix or first.lower() or "registrant"


def identifier(filer: Filer) -> str:
    """The CIK, or in a draft of a company that has none, ten zeros."""
    return filer.cik or NO_CIK


def schema_namespace(record: AnnualRecord | CurrentReport) -> str:
    """Of the filer's own schema; a draft without a web address has one that cannot exist."""
    root = record.filer.namespace or f"http://{file_prefix(record.filer)}.invalid"
    return f"{root}/{record.stem.rpartition('-')[2]}"
