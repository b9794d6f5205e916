"""Filings as they were tagged, what they are compared by, and where a draft stands among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum


@dataclass(frozen=True)
class Flag:
    """A yes-or-no fact of the annual item."""

    id: str
    """``processes_integrated``."""
    sub_item: str
    """``106(b)(1)(i)``."""
    label: str
    """The fact in a few words, without the question: ``Processes are integrated``."""


@dataclass(frozen=True)
class Block:
    """A text block of the annual item."""

    id: str
    """``board_oversight``."""
    sub_items: tuple[str, ...]
    """Whose words stand in it; the words of one may stand in two blocks."""
    label: str
    short: str
    """As it stands in a sentence: ``oversight by the board``."""


@dataclass(frozen=True)
class Filing:
    """One annual report, as its facts of this item were tagged."""

    cik: int
    name: str
    sic: str
    """Four digits; empty where the Commission has none for the filer."""
    form: str
    """``10-K``, ``10-K/A``, ``10-KT``, ``20-F`` or ``20-F/A``."""
    period: date
    """End of the fiscal year, as the end of a month."""
    filed_on: date
    accession: str
    flags: Mapping[str, bool]
    """By flag; one that is not tagged is missing."""
    lengths: Mapping[str, int]
    """By block, characters of its text; one that is not tagged is missing."""


@dataclass(frozen=True)
class DataSet:
    """All filings, and what is known of them as a whole."""

    filings: tuple[Filing, ...]
    source: str
    made_on: date
    filed_from: date
    filed_to: date
    year_ends_from: date
    year_ends_to: date
    """The ends of fiscal years between which filers are compared."""
    notes: tuple[str, ...]
    """What the data cannot say, a sentence each."""


class Level(IntEnum):
    """How narrow an industry is: as many digits of its code as its filers share."""

    ALL = 0
    """Every filer of the form."""
    DIVISION = 1
    """A division, as wholesale trade."""
    MAJOR_GROUP = 2
    GROUP = 3
    INDUSTRY = 4


@dataclass(frozen=True)
class Try:
    """One width of the search for enough filers."""

    level: Level
    code: str
    """``5047``, ``504``, ``50`` or ``F``; empty for all."""
    title: str
    filers: int


@dataclass(frozen=True)
class PeerSet:
    """The filers that a draft is held against: each with its latest filing."""

    form: str
    """``10-K`` or ``20-F``, with what amends it or bridges two fiscal years."""
    sic: str
    """The code that was asked for; empty where none was."""
    starts: date
    ends: date
    """Between which the fiscal years ended."""
    filings: tuple[Filing, ...]
    """One for each filer, in the order of their CIK."""
    tries: tuple[Try, ...]
    """From the narrowest on; the last is the one that was taken."""
    minimum: int
    """Filers under which the search went on to a wider industry."""

    @property
    def taken(self) -> Try:
        """The industry that was taken."""
        return self.tries[-1]

    @property
    def is_small(self) -> bool:
        """True where even the widest has fewer filers than asked for."""
        return len(self.filings) < self.minimum


@dataclass(frozen=True)
class FlagStanding:
    """How the filers answer one fact, and how the draft does."""

    flag: Flag
    yes: int
    no: int
    untagged: int
    interval: tuple[float, float] | None
    """Of the share of "yes" among those that tagged it, exact, at 95%; None where nobody did."""
    ours: bool | None
    """None where the draft has no attested answer."""

    @property
    def tagged(self) -> int:
        """Filers that answered."""
        return self.yes + self.no


@dataclass(frozen=True)
class Quartiles:
    """Characters that split the filers' texts into four parts of a like number."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class LengthStanding:
    """How long the filers' texts of one block are, and how long the draft's is."""

    block: Block
    tagged: int
    """Filers that tagged it."""
    untagged: int
    quartiles: Quartiles | None
    """None where too few tagged it."""
    shortest: int
    longest: int
    """Characters; both 0 where nobody tagged it."""
    ours: int
    """Characters of the draft; 0 where it says nothing."""
    shorter: int
    """Filers whose text is shorter than the draft's."""
    equal: int

    @property
    def longer(self) -> int:
        """Filers whose text is longer than the draft's."""
        return self.tagged - self.shorter - self.equal

    @property
    def place(self) -> float | None:
        """Share of the texts below the draft's, ties counted half; None where not compared."""
        if self.quartiles is None or not self.ours:
            return None
        return (self.shorter + self.equal / 2) / self.tagged


@dataclass(frozen=True)
class Standing:
    """Where a draft stands among the filers of a set."""

    flags: tuple[FlagStanding, ...]
    lengths: tuple[LengthStanding, ...]


@dataclass(frozen=True)
class Compared:
    """A draft among its peers."""

    data: DataSet
    peers: PeerSet
    standing: Standing
