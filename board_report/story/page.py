"""The frozen page of a deck: what the templates place, with every word and figure already set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Judgement:
    """Words of one leader: a fact, what it means, or what that leader recommends."""

    who: str
    """Role: ``CISO``, ``CTO``; empty for a fact that is nobody's view."""
    text: str
    """Without emphasis, as it is measured and read aloud."""
    marked: str = ""
    """The same as safe inline markup, where a leader set emphasis; else empty."""


@dataclass(frozen=True)
class Action:
    """What we do: an action, who does it, and by when."""

    text: str
    owner: str
    by: str
    marked: str = ""


@dataclass(frozen=True)
class Ask:
    """What we need from the board; ``text`` may be "Nothing today"."""

    text: str
    detail: str
    """Owner and date, or what the next report will show."""
    marked: str = ""


@dataclass(frozen=True)
class Voices:
    """The narrow column beside the picture."""

    facts: tuple[Judgement, ...] = ()
    """What happened, set plain."""
    means: tuple[Judgement, ...] = ()
    """Judgement, set in the serif italic under its author."""
    does: tuple[Action, ...] = ()
    recommends: tuple[Judgement, ...] = ()
    """What a leader recommends, set apart from the judgement."""
    needs: Ask | None = None
    is_dense: bool = False
    """Set closer, because the words would not fit their column otherwise."""

    @property
    def is_heard(self) -> bool:
        """True when anything stands in the column; without it the page has no column at all."""
        return bool(self.facts or self.means or self.does or self.recommends or self.needs)


@dataclass(frozen=True)
class FigureSpec:
    """A chart to be drawn: its kind, its finished series, and its size in points."""

    kind: str
    """Module of ``board_report.charts`` that draws it."""
    data: Mapping[str, object]
    """Finished values; the chart draws and never aggregates."""
    width: float
    height: float
    alt: str
    """One sentence that says what the picture shows, with its main figures."""


@dataclass(frozen=True)
class Page:
    """One page of the deck."""

    id: str
    """Slug: ``detect-and-respond``. Also the template: ``deck/pages/detect-and-respond.html``."""
    section: str
    """As in the contents: ``Detect and respond``."""
    title: str
    """The action title: one sentence of at most two lines."""
    context: str
    """At most one line under it; may be empty."""
    owners: str
    """``I. Solheim, CISO; H. Park, CFO``."""
    sources: str
    """The source line, with the definitions it uses."""
    body: Mapping[str, object]
    """Formatted values for the template."""
    figures: Mapping[str, FigureSpec] = field(default_factory=dict)
    voices: Voices = Voices()
    voices_room: tuple[float, float] | None = (198.0, 334.0)
    """Width and height in points that the page keeps for the voices; None where it has none."""
    metric_ids: tuple[str, ...] = ()
    """Metrics that stand on the page, for the definitions and for the checks."""
    is_follow_up: bool = False
    """True for a page that looks back or adds detail, which short decks leave out."""
    template: str = ""
    """Name under ``deck/pages`` when it is not the page's id (pages that repeat)."""

    @property
    def template_name(self) -> str:
        """The template that draws the page."""
        return f"deck/pages/{self.template or self.id}.html"


class Mode(StrEnum):
    """Which of the pages a deck holds."""

    FULL = "full"
    BRIEF = "brief"
    AUDIT_COMMITTEE = "audit-committee"
    APPENDIX = "appendix"
    """Not asked for by name: the reference pages that go with each of the others."""


@dataclass(frozen=True)
class BoardContext:
    """All that the deck's templates may see."""

    mode: Mode
    title: str
    """Of the document, on its cover and in its metadata."""
    company_name: str
    quarter: str
    quarter_words: str
    as_of: str
    meeting: str
    classification: str
    audience: str
    state: str
    """``Draft`` or ``Approved 20 Oct 2026``."""
    is_draft: bool
    """True prints the word behind every page."""
    leaders: str
    language: str
    created: str
    """ISO 8601 instant for the PDF's metadata."""
    pages: tuple[Page, ...]
