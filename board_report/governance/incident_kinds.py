"""What an entry of an incident's record can say, kind by kind; none is a score or a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntryKind(StrEnum):
    """The kinds of entries."""

    DISCOVERED = "discovered"
    FACT = "fact"
    FACTOR = "factor"
    RELATED = "related"
    EVENT = "event"
    DETERMINATION = "determination"
    STATEMENT = "statement"
    NOTIFIED = "notified"
    FILED = "filed"
    DELAY = "delay"
    CORRECTION = "correction"


class FactState(StrEnum):
    """What is known of a fact."""

    KNOWN = "known"
    UNDETERMINED = "undetermined"
    """Not determined, or not available, yet."""
    AVAILABLE = "available"
    """Determined or available now, after it was not."""


class Aspect(StrEnum):
    """What Item 1.05(a) of Form 8-K asks of an incident."""

    NATURE = "nature"
    SCOPE = "scope"
    TIMING = "timing"
    IMPACT = "impact"
    OTHER = "other"
    """A fact that Item 1.05(a) does not call for."""


class StatementAspect(StrEnum):
    """What a public statement is about."""

    NATURE = "nature"
    SCOPE = "scope"
    TIMING = "timing"
    IMPACT = "impact"
    UNDETERMINED = "undetermined"
    """That something is not determined or not available yet."""


class Factor(StrEnum):
    """What people weigh, in numbers and in words, when they consider materiality."""

    FINANCIAL = "financial"
    OPERATIONAL = "operational"
    DATA = "data"
    REGULATORY = "regulatory"
    REPUTATIONAL = "reputational"
    AGGREGATION = "aggregation"
    """Together with the related incidents, asked for each of them."""


class Bearing(StrEnum):
    """Whether somebody says that a factor bears on materiality."""

    BEARING = "bearing"
    NOT_BEARING = "not_bearing"
    UNKNOWN = "unknown"


class Determined(StrEnum):
    """What people determined."""

    MATERIAL = "material"
    NOT_MATERIAL = "not_material"
    NOT_YET = "not_yet_determined"

    @property
    def words(self) -> str:
        """``not material``."""
        return self.replace("_", " ")


class Form(StrEnum):
    """What was filed with, or furnished to, the Commission."""

    ITEM_1_05 = "8-K 1.05"
    AMENDMENT = "8-K/A"
    """Of the report under Item 1.05."""
    ITEM_8_01 = "8-K 8.01"
    SIX_K = "6-K"


class DelayBasis(StrEnum):
    """Under which paragraph of Item 1.05 a filing is put off."""

    ATTORNEY_GENERAL = "attorney_general"
    """Item 1.05(c)."""
    FCC = "fcc"
    """Item 1.05(d): a notification under 47 CFR 64.2011."""


class DelayStage(StrEnum):
    """What became of a delay; the first four are the Attorney General's."""

    REQUESTED = "requested"
    GRANTED = "granted"
    DECLINED = "declined"
    ENDED_EARLY = "ended_early"
    NOTIFIED = "notified"
    """The notification that 47 CFR 64.2011 requires was made."""
    CORRESPONDENCE = "correspondence"
    """The Commission was told by correspondence."""


@dataclass(frozen=True)
class Discovered:
    """The incident was discovered."""

    title: str


@dataclass(frozen=True)
class Fact:
    """Something that is known, or known not to be known yet."""

    name: str
    """By which later entries speak of the same fact: ``records affected``."""
    state: FactState
    aspect: Aspect
    text: str


@dataclass(frozen=True)
class FactorSaid:
    """What somebody says of one factor."""

    factor: Factor
    bearing: Bearing
    reason: str
    related_id: str = ""
    """For aggregation: with which incident."""


@dataclass(frozen=True)
class Related:
    """Another incident that this one is looked at together with."""

    other_id: str
    reason: str


@dataclass(frozen=True)
class Event:
    """Something that starts the clock of another regime, as somebody says that it happened."""

    event: str
    """A name from the regimes' data: ``classified_major``."""
    note: str = ""


@dataclass(frozen=True)
class Determination:
    """What was determined of materiality, and why."""

    state: Determined
    reasons: str


@dataclass(frozen=True)
class Statement:
    """The only text that may be made public, attested by a role on a day."""

    aspect: StatementAspect
    text: str


@dataclass(frozen=True)
class Notified:
    """A notification that another regime asks for was made."""

    duty: str
    """Its id in the regimes' data: ``gdpr_authority``."""
    note: str = ""


@dataclass(frozen=True)
class Filed:
    """A report was filed."""

    form: Form
    accession_number: str = ""


@dataclass(frozen=True)
class Delay:
    """A step of putting off the filing."""

    basis: DelayBasis
    stage: DelayStage
    days: int = 0
    """Calendar days that were granted."""
    note: str = ""


@dataclass(frozen=True)
class Correction:
    """An earlier entry no longer counts."""

    corrects: int
    """Its number."""
    reason: str


Content = (
    Discovered
    | Fact
    | FactorSaid
    | Related
    | Event
    | Determination
    | Statement
    | Notified
    | Filed
    | Delay
    | Correction
)

CONTENT_OF: dict[EntryKind, type[Content]] = {
    EntryKind.DISCOVERED: Discovered,
    EntryKind.FACT: Fact,
    EntryKind.FACTOR: FactorSaid,
    EntryKind.RELATED: Related,
    EntryKind.EVENT: Event,
    EntryKind.DETERMINATION: Determination,
    EntryKind.STATEMENT: Statement,
    EntryKind.NOTIFIED: Notified,
    EntryKind.FILED: Filed,
    EntryKind.DELAY: Delay,
    EntryKind.CORRECTION: Correction,
}
KIND_OF = {content: kind for kind, content in CONTENT_OF.items()}
