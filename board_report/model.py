"""Frozen records that pass between the stages, and nothing that computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from board_report.period import Quarter

EMPTY: Mapping[str, float] = MappingProxyType({})


# --- sources -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class SourceFile:
    """One input file as it was found."""

    path: str
    """Relative to the project, with forward slashes."""
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class RawRow:
    """One row of text cells and the line of the file (or row of the sheet) it starts on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RawTable:
    """A file's rows as text, before anything is interpreted, fixed or dropped."""

    source: SourceFile
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    header_line: int = 1
    sheet: str = ""


# --- findings ----------------------------------------------------------------------------------


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The row is set aside, or (where ``stops`` is true) the build cannot go on."""
    WARNING = "warning"
    """The row is used, and a person should look at it."""
    NOTE = "note"
    """Something was tidied that changes no figure."""


@dataclass(frozen=True)
class Finding:
    """One fault of the input: what, where, and how to mend it."""

    severity: Severity
    code: str
    """A member of :class:`board_report.tables.codes.Code`, as text."""
    reason: str
    mend: str
    file: str = ""
    line: int = 0
    """0 when the finding is about the whole file."""
    column: str = ""
    value: str = ""
    table: str = ""
    stops: bool = False
    """True when no figure can be made while this stands."""


@dataclass(frozen=True)
class RejectedRow:
    """A row that was set aside, as it was, and why."""

    table: str
    file: str
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Reconciliation:
    """Where every row of one file went; ``read`` is the sum of the other counts."""

    table: str
    file: str
    read: int
    used: int
    rejected: int
    duplicate: int
    superseded: int = 0
    """Earlier states of a record in a log that has one row for each update."""
    left_out: int = 0
    """Rows that the source's ``only`` or ``leave_out`` does not want."""
    out_of_period: int = 0
    """Rows dated after the as-of date, or over before the report's oldest quarter."""
    merged: int = 0
    """Rows of a file that completes the records of others, and did."""
    unmatched: int = 0
    """Rows of such a file whose record no other file has."""


# --- metrics -----------------------------------------------------------------------------------


class State(StrEnum):
    """What stands behind a value; the first three print differently from one another."""

    MEASURED = "measured"
    """There were things to measure; the value may well be zero."""
    NOTHING_HAPPENED = "nothing happened"
    """The data are there and the population is empty, so there is nothing to measure."""
    NOT_MEASURED = "not measured"
    """There are no data for it."""
    WITHHELD = "withheld"
    """There are data, too thin, too old or too faulty to print a figure from."""


class Status(StrEnum):
    """A value against its declared target."""

    ON = "on target"
    NEAR = "near target"
    OFF = "off target"
    NONE = "no target"


class Change(StrEnum):
    """The move since an earlier quarter: whether it is news, and whether good or bad."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    CHANCE = "within chance"
    """It moved, and chance alone moves it as far: no news either way."""
    TOO_FEW = "too few to tell"
    MOVED = "moved"
    """For a metric that is neither good nor bad when it goes up."""
    NONE = "no comparison"


class Verdict(StrEnum):
    """What a comparison of two quarters says, whichever way the value moved."""

    SIGNAL = "signal"
    """More than chance."""
    CHANCE = "within chance"
    TOO_FEW = "too few to tell"
    NONE = "not compared"
    """The two are no match: their windows overlap, or one of them has nothing to compare."""


@dataclass(frozen=True)
class Compared:
    """How a value was held against an earlier quarter's, and what came of it."""

    against: Quarter
    test: str
    """The test's name, or why there is none."""
    verdict: Verdict
    """What counts: of a figure of the report, among all of them; of a part, among its like."""
    alone: Verdict
    """What it would be if it were the only comparison made."""
    chance: float | None = None
    """The p-value: how often chance alone makes a difference as large; None without a test."""
    low: float | None = None
    """Limits learned from the quarters before: of the level in the metric's unit, or of the days
    between rare events."""
    high: float | None = None
    is_level: bool = False
    """Whether the limits are those of the value itself."""


@dataclass(frozen=True)
class Target:
    """What a metric is held against, as ``report.toml`` declares it."""

    metric_id: str
    at_least: bool
    """True for a floor (higher is better), False for a ceiling."""
    value: float
    """In the metric's unit (a ratio is 0 to 1)."""
    near: float
    """The worst value that still counts as near the target."""

    def status(self, value: float) -> Status:
        """Judge a value; both bounds count as reached."""
        sign = 1 if self.at_least else -1
        if sign * value >= sign * self.value:
            return Status.ON
        return Status.NEAR if sign * value >= sign * self.near else Status.OFF


@dataclass(frozen=True)
class RowRef:
    """One input row that a value came from."""

    table: str
    file: str
    line: int


@dataclass(frozen=True)
class MetricResult:
    """One value of one metric over one quarter (for the company, or for one part of it)."""

    metric_id: str
    quarter: Quarter
    state: State
    value: float | None
    """In the metric's unit; None unless measured. Ratios are 0 to 1."""
    n: int
    """The size of the denominator or of the population."""
    parts: Mapping[str, float] = field(default_factory=lambda: EMPTY)
    """Named components, e.g. median, p90, mean, open, unknown, numerator, denominator."""
    note: str = ""
    """What a reader must know: still open, unknown, why it is withheld."""
    rows: tuple[RowRef, ...] = ()
    rows_behind: int = 0
    """Rows of the input that it came from: more than ``rows`` where a table was reduced."""
    part_of: str = ""
    """The label of the slice (``Freight``, ``critical``), empty for the whole company."""

    @property
    def measured(self) -> bool:
        """True when there is a value to print."""
        return self.value is not None


@dataclass(frozen=True)
class MetricSeries:
    """A metric's values over consecutive quarters, oldest first, and its judgement now."""

    metric_id: str
    values: tuple[MetricResult, ...]
    target: Target | None
    status: Status
    change: Change
    change_by: float | None
    """Now minus the quarter before, in the metric's unit."""
    reported_before: Mapping[Quarter, float] = field(default_factory=dict)
    """Values that a board was shown for earlier quarters and that differ from today's."""
    year_change: Change = Change.NONE
    """The move since the same quarter of the year before."""
    year_change_by: float | None = None
    """Now minus the same quarter of the year before, in the metric's unit."""
    compared: Compared | None = None
    """How ``change`` was judged; None where there was nothing to compare."""
    year_compared: Compared | None = None
    """How ``year_change`` was judged."""

    @property
    def now(self) -> MetricResult:
        """The quarter reported on."""
        return self.values[-1]

    @property
    def before(self) -> MetricResult | None:
        """The quarter before, where there is one."""
        return self.values[-2] if len(self.values) > 1 else None

    @property
    def year_ago(self) -> MetricResult | None:
        """The same quarter of the year before, where there is one."""
        return self.values[-5] if len(self.values) > 4 else None


# --- company -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Company:
    """What ``report.toml`` says of the company."""

    name: str
    short_name: str
    currency: str
    form: str
    """The annual report it files: ``10-K`` or ``20-F``."""
    cik: str
    industry: str
    employees: int
    annual_revenue: float
    business_units: tuple[str, ...]
    classification: str
    """The words in the deck's footer."""
    board_committee: str
    growth_stage: str = ""
    """``start_up``, ``growing``, ``established`` or ``restructuring``; empty when not given."""
    regimes: tuple[str, ...] = ()
    """Rules that the company is under, as it calls them: ``HIPAA``, ``GDPR``."""
    sic: str = ""
    """Four digits of the industry that the Commission files it under; empty when not given."""


@dataclass(frozen=True)
class Meeting:
    """The board meeting that the deck is made for."""

    on: date
    committee: str


@dataclass(frozen=True)
class ListedSecurity:
    """One class of securities registered under Section 12(b)."""

    title: str
    """``Common Stock, par value $0.01 per share``."""
    symbol: str
    """Trading symbol; empty where the class has none."""
    exchange: str
    """Code of the exchange: ``NYSE``, ``NASDAQ``."""


@dataclass(frozen=True)
class Filer:
    """What the cover page of a report to the Commission says of the registrant.

    Empty means that it is not on file; nothing is filled in by default but the four boxes of
    Form 8-K, which say that a report serves another rule as well.
    """

    registrant_name: str
    """Exactly as in its charter."""
    cik: str
    """Ten digits; empty where the company has none."""
    file_number: str = ""
    incorporated_in: str = ""
    """EDGAR's code of the state or country: ``DE``."""
    ein: str = ""
    """``12-3456789``."""
    address_lines: tuple[str, ...] = ()
    """One to three, without city."""
    city: str = ""
    state: str = ""
    """Postal code of a state or province: ``IL``; empty for an address elsewhere."""
    country: str = ""
    """ISO 3166 code, for an address outside the United States."""
    postal_code: str = ""
    area_code: str = ""
    phone: str = ""
    """Without the area code."""
    securities: tuple[ListedSecurity, ...] = ()
    is_emerging_growth: bool | None = None
    """None where nobody said."""
    file_prefix: str = ""
    """What the names of its files begin with: ``cvms``."""
    namespace: str = ""
    """Web address that its own schema is named after: ``http://www.corvane.example``."""
    written_communications: bool = False
    soliciting_material: bool = False
    pre_commencement_tender_offer: bool = False
    pre_commencement_issuer_tender_offer: bool = False
