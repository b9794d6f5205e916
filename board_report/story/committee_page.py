"""The frozen paper for the disclosure committee: what its templates place, every word set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from board_report.story.page import FigureSpec
from board_report.story.public_page import CompletenessRow


@dataclass(frozen=True)
class PaperPoint:
    """One thing that keeps the draft from being complete."""

    kind: str
    """``Gap`` or ``Disagreement``."""
    where: str
    """The sub-item."""
    sentence: str
    owner: str
    """Who is to attest or mend it; empty where no row says."""


@dataclass(frozen=True)
class StandingPart:
    """How far the draft is."""

    title: str
    lead: str
    points: tuple[PaperPoint, ...]
    rows: tuple[CompletenessRow, ...]


@dataclass(frozen=True)
class PaperFinding:
    """Something that a reader of filings would object to."""

    code: str
    theme: str
    severity: str
    """``error``, ``warning`` or ``note``."""
    sub_item: str
    source: str
    """Number of the attestation; empty where none is behind it."""
    quote: str
    sentence: str
    mend: str
    is_private: bool = False
    """True where the sentence tells what is not public."""
    is_verified: bool = True
    """Whether the theme was seen in a filing or in the rule; else it is from memory."""
    checked_on: date | None = None
    """Day on which the rule of the lint was last checked."""


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one weight."""

    word: str
    """``To mend before filing``."""
    mark: str
    """``square``, ``ring`` or ``thin``."""
    findings: tuple[PaperFinding, ...]


@dataclass(frozen=True)
class LintPart:
    """What a reader would object to."""

    title: str
    lead: str
    groups: tuple[FindingGroup, ...]


@dataclass(frozen=True)
class PaperFigure:
    """A picture with its head and what explains it."""

    name: str
    """File name of the drawing: ``peer-lengths.svg``."""
    title: str
    spec: FigureSpec
    captions: tuple[str, ...] = ()


@dataclass(frozen=True)
class PicturePart:
    """A page of pictures: where the draft stands among others, or the clocks of incidents."""

    title: str
    lead: str
    figures: tuple[PaperFigure, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommitteePaper:
    """All that the paper's templates may see."""

    company_name: str
    classification: str
    form: str
    item: str
    item_title: str
    rule: str
    fiscal_year: str
    as_of: str
    quarter_words: str
    rules_checked_on: str
    state: str
    """Of the disclosure that the paper is about."""
    created: str
    standing: StandingPart
    lint: LintPart | None
    """None where nothing was held against the lint."""
    peers: PicturePart | None
    """None where nothing is compared."""
    clocks: PicturePart | None
    """None where no incident on record has a clock to tell of."""
    language: str = "en"
    _figures: Mapping[str, FigureSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = (each.figures for each in (self.peers, self.clocks) if each is not None)
        found = {each.name: each.spec for figures in parts for each in figures}
        object.__setattr__(self, "_figures", found)

    @property
    def figures(self) -> Mapping[str, FigureSpec]:
        """Every picture by its name."""
        return self._figures
