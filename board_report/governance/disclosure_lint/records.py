"""What the lint is given beside the text, and what it finds; nothing here computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from board_report.governance.filing_text import FilingText


class LintSeverity(StrEnum):
    """How much a finding matters for a filing."""

    ERROR = "error"
    """Keeps the disclosure from being final."""
    WARNING = "warning"
    """Counsel should look at it."""
    NOTE = "note"
    """Worth a thought; much of what is filed has it."""


@dataclass(frozen=True)
class LintFinding:
    """One thing in the text that somebody would object to."""

    code: str
    theme: str
    """Of staff comments or enforcement, or of plain drafting."""
    severity: LintSeverity
    sub_item: str
    """``106(b)(2)``; of an incident's report the aspect, ``impact``; empty for the whole."""
    source: str
    """``AT-01``; empty where no attestation is behind it."""
    quote: str
    """The words, as they stand in the text; empty where something is missing."""
    sentence: str
    """What is wrong with them."""
    mend: str
    reference: str
    """Paragraph of the rule."""
    checked_on: date
    """Day on which the rule's theme was last checked."""
    is_verified: bool
    """Whether the theme was seen in a filing or in the rule; else it is from memory."""
    is_private: bool = False
    """True where ``sentence`` tells what is not public; it is for papers of the board alone."""


# --- evidence ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IncidentOnRecord:
    """An incident that did happen."""

    incident_id: str
    detected_on: date
    is_pending: bool = False
    """Its materiality is under review."""
    is_material: bool = False
    """It was determined to be material."""


@dataclass(frozen=True)
class FrameworkOnRecord:
    """How far a framework is assessed, and with what result."""

    framework: str
    """As in the rule data: ``iso27001``, ``nist_csf``."""
    assessed_share: float
    """Requirements or categories assessed, of those that apply; 0 to 1."""
    met_share: float
    """Met (or at target), of those assessed; 0 to 1."""
    is_external: bool = False
    """Whether somebody from outside assessed all of it."""


@dataclass(frozen=True)
class MeasuredFigure:
    """A figure of the deck, where it is measured."""

    metric_id: str
    title: str
    value: float
    """In the metric's unit; a share is 0 to 1."""
    n: int | None = None
    """What it is a share of, or was counted among."""
    text: str = ""
    """As it is printed: ``91%``."""


@dataclass(frozen=True)
class BodyMeetings:
    """How often one body had cybersecurity on its agenda in the trailing year."""

    body: str
    """As the calendar names it."""
    is_board: bool
    meetings: int
    quarters: int
    """Different quarters in which it did."""


@dataclass(frozen=True)
class FiledReport:
    """A current report on an incident that was filed."""

    item: str
    """``1.05`` or ``8.01``."""
    filed_on: date
    text: str
    """All that was said under the item."""
    amended_on: date | None = None
    """Day of the last amendment; None when there was none."""


@dataclass(frozen=True)
class Vocabulary:
    """Names that stand in the company's own records and have no place in a filing."""

    products: frozenset[str] = frozenset()
    """Products, tools and vendors."""
    assets: frozenset[str] = frozenset()
    """Numbers and names of assets and systems."""
    records: frozenset[str] = frozenset()
    """Numbers of incidents, findings and tickets."""
    open_flaws: frozenset[str] = frozenset()
    """CVE numbers with an open finding."""
    officers: frozenset[str] = frozenset()
    """People who hold a position now."""
    others: frozenset[str] = frozenset()
    """Other people on record."""


NOTHING: Mapping[str, MeasuredFigure] = MappingProxyType({})


@dataclass(frozen=True)
class LintEvidence:
    """What the text is held against; empty for a text of another company."""

    incidents: tuple[IncidentOnRecord, ...] = ()
    """Those known by the day of the draft."""
    frameworks: Mapping[str, FrameworkOnRecord] | None = None
    """By framework; None where nothing is known of any."""
    figures: Mapping[str, MeasuredFigure] = field(default_factory=lambda: NOTHING)
    """Measured figures, by metric."""
    meetings: tuple[BodyMeetings, ...] = ()
    prior: FilingText | None = None
    """What was filed last year."""
    filed: tuple[FiledReport, ...] = ()
    """Current reports of the fiscal year."""
    vocabulary: Vocabulary = Vocabulary()


@dataclass(frozen=True)
class IncidentStatement:
    """One aspect of an incident, as a current report says it."""

    aspect: str
    """``nature``, ``scope``, ``timing``, ``impact`` or ``undetermined``; empty for running text."""
    text: str
    item: str = "1.05"
    source: str = ""
    """Number of the statement on our record."""


@dataclass(frozen=True)
class Hit:
    """Where one rule strikes; the rule's data make a finding of it."""

    code: str
    sentence: str
    sub_item: str = ""
    source: str = ""
    quote: str = ""
    is_private: bool = False
