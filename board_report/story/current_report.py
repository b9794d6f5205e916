"""The frozen context of a current report on an incident: words set, and nothing that is not public.

It is a record and computes nothing; :mod:`board_report.story.incident_report` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from board_report.model import Filer
from board_report.story.public_page import Attested


@dataclass(frozen=True)
class CheckBox:
    """A box of the cover."""

    words: str
    is_checked: bool


@dataclass(frozen=True)
class CoverSecurity:
    """One listed class."""

    title: str
    symbol: str
    exchange: str


@dataclass(frozen=True)
class ReportCover:
    """What the cover says of the registrant; empty means that it is not on file."""

    registrant_name: str
    jurisdiction: str
    file_number: str
    ein: str
    address: str
    phone: str
    boxes: tuple[CheckBox, ...]
    securities: tuple[CoverSecurity, ...]
    is_emerging_growth: bool | None


@dataclass(frozen=True)
class ReportParagraph:
    """An attested statement, as it is to be filed."""

    text: str
    attested: Attested
    is_long: bool = False


@dataclass(frozen=True)
class ReportPart:
    """One thing that the item asks: nature, scope, timing, impact, or what is not determined."""

    aspect: str
    paragraph: str
    """``1.05(a)``."""
    label: str
    paragraphs: tuple[ReportParagraph, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class CounselNote:
    """Something for counsel that is not filed."""

    head: str
    text: str


@dataclass(frozen=True)
class CurrentReport:
    """All that the templates of a current report may see."""

    form: str
    """``8-K``, ``8-K/A`` or ``6-K``."""
    amendment: int
    """0 for a report that amends none."""
    kind: str
    pursuant: str
    is_domestic: bool
    """False for Form 6-K, whose cover asks less."""
    item: str
    """``Item 1.05``; empty where the form has no items."""
    item_title: str
    event_label: str
    event_on: str
    event_date: date | None
    """None where nothing is determined yet."""
    cover: ReportCover
    filer: Filer
    explanatory: tuple[str, ...]
    parts: tuple[ReportPart, ...]
    signs: str
    """Title of the officer who signs; empty where nobody said."""
    notes: tuple[CounselNote, ...]
    state: str
    is_draft: bool
    rules_checked_on: str
    language: str = "en"

    @property
    def gaps(self) -> tuple[str, ...]:
        """Everything that is marked as a gap, part by part."""
        return tuple(f"{part.label}: {gap}" for part in self.parts for gap in part.gaps)
