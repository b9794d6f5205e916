"""What ``report.toml`` says, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from board_report.model import Company, Filer, Meeting, Target
from board_report.period import FiscalCalendar, Quarter
from board_report.project.archive_block import ArchiveSettings


@dataclass(frozen=True)
class ColumnRule:
    """How the cells of one or more headers become the text of one canonical column.

    The steps run in the order of the fields: choose or join, take a part, scale, name a band,
    fill in.
    """

    headers: tuple[str, ...]
    """Headers of the file, or other spellings of one header."""
    how: str = "join"
    """``join`` all of them, or take the ``first`` that has a value (and that the file has)."""
    between: str = "/"
    """What stands between joined cells."""
    split: str = ""
    """Separator at which the text is cut; ``part`` says which piece is kept."""
    part: int = 1
    """1 is the first piece, -1 the last."""
    match: str = ""
    """Regular expression; what its first group finds is kept, and nothing where it finds none."""
    longest: int = 0
    """Characters of a text on which ``match`` is tried, a longer one stays as it is; 0 for a
    reader's own expression, which is known to end."""
    times: str = ""
    """Decimal factor of a number, as text: ``1000000`` for amounts given in millions."""
    bands: tuple[tuple[str, str], ...] = ()
    """(least number, text) pairs, highest first: the text of the first that is reached."""
    default: str = ""
    """Text where the steps above leave nothing."""


@dataclass(frozen=True)
class Written:
    """How a block is written in ``report.toml``; a path is relative to the block."""

    headers: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    """Line of each ``[source.columns]`` of the block."""
    keys: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    """Line of each key that is given a value, be it a table in braces."""


@dataclass(frozen=True)
class SourceSpec:
    """One ``[[source]]`` block: which file fills which table, and how to read it."""

    table: str
    """Empty until the file's reader is known, where the block names neither."""
    file: str
    """Relative to the project, the address of an object (``s3://bucket/key``), or words that name
    a query and leak nothing."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Canonical column to the file's header, where they differ."""
    rules: Mapping[str, ColumnRule] = field(default_factory=dict)
    """Canonical column to the rule that makes its text of one or more headers."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical column to {value as found: canonical value}."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Canonical column to a value for every row, where the file has no such column."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Header to the texts of which a row must have one; other rows are left out and counted."""
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Header to the texts of which a row may have none; such rows are left out and counted."""
    merge_by: tuple[str, ...] = ()
    """Canonical columns by which the rows complete the records of the table's other files; empty
    for a file whose rows are records."""
    keep: str = "all"
    """``all`` rows are records, or the ``last`` of each key is, in a log of updates."""
    order_by: str = ""
    """Header of the number or time that tells which row of a key is the last."""
    due_within_days: Mapping[str, int] = field(default_factory=dict)
    """Severity (or ``all``) to the days that policy allows, where the file gives no due date."""
    missing: tuple[str, ...] = ()
    """Texts that mean "no value", beside the empty cell: ``N/A``, ``?``."""
    time_zone: str = ""
    """Zone of times without an offset; empty means the calendar's."""
    date_format: str = ""
    """strptime format of dates and times (or ``epoch_seconds``, ``epoch_milliseconds``); empty
    means ISO 8601, which is always understood beside it."""
    other_date_formats: tuple[str, ...] = ()
    """Further formats, tried in this order where the first does not fit."""
    decimal_comma: bool = False
    ratio_as: str = "fraction"
    """``fraction`` (0 to 1) or ``percent`` (0 to 100); a percent sign speaks for itself."""
    delimiter: str = ""
    """Empty means: found from the header line."""
    encoding: str = "utf-8"
    sheet: str = ""
    skip_rows: int = 0
    """Lines before the header (a preamble)."""
    line: int = 0
    """Line of report.toml that the block starts on, for messages."""
    written: Written = Written()
    """How the block is written there, for messages that say what to add."""
    reader: str = ""
    """Id of the reader that knows this export; empty for a file in plain columns."""
    from_reader: frozenset[str] = frozenset()
    """Canonical columns that the reader maps, not the block: a header of theirs may be absent. So
    may the headers of ``only`` and ``leave_out`` that it names, here as ``leave_out.state``."""
    query: str = ""
    """SQL of the block itself."""
    query_file: str = ""
    """File of the project that holds the SQL, in place of ``query``."""
    connection: str = ""
    """``env:NAME`` or ``keyring:service/username``, where the address of the database is found, or
    ``sqlite:path`` or ``duckdb:path`` in the project; empty for a source that is no query."""
    engine: str = ""
    """``duckdb`` reduces the table where it lies, ``pandas`` reads it into memory; empty means by
    size."""
    storage: str = ""
    """``env:PREFIX`` where the variables of an object store are not the usual ``AWS_`` ones."""


@dataclass(frozen=True)
class MatchRule:
    """One ``[[match]]`` block: when rows of two files speak of the same thing."""

    table: str
    files: tuple[str, ...]
    """The first is kept where they differ; a later one completes it."""
    same: tuple[str, ...] = ()
    """Columns that must be equal, known in both rows."""
    refers: str = ""
    """Column of one row that holds the key of the other, whichever way round."""
    within_hours: Mapping[str, float] = field(default_factory=dict)
    """Column of times to the hours that they may lie apart."""
    line: int = 0
    """Line of report.toml that the block starts on, for messages."""


@dataclass(frozen=True)
class CurvePoint:
    """One point of an appetite or tolerance curve."""

    probability: float
    """Chance in a year that losses exceed the amount."""
    loss: float
    """In the reporting currency."""


LOSS_FORMS = (
    "productivity",
    "response",
    "replacement",
    "fines_and_judgments",
    "competitive_advantage",
    "reputation",
)
"""Open FAIR's six forms of loss."""


@dataclass(frozen=True)
class Insurance:
    """The layer that insurers pay of losses; money in the reporting currency."""

    retention: float
    """What the company bears before insurers pay: of a year, or of an event (see ``applies``)."""
    limit: float
    """The most that insurers pay above it, likewise."""
    coinsurance: float = 0.0
    """Share of the layer that the company bears all the same, 0 to 1."""
    applies: str = "year"
    """``year``: retention and limit are for the year's sum; ``event``: for each event."""
    aggregate_limit: float | None = None
    """The most that insurers pay in a year, where the limit is for each event; None: no such."""
    waiting_hours: float = 0.0
    """Hours of an outage before cover begins."""
    sublimits: tuple[tuple[str, float], ...] = ()
    """(form of loss, most that insurers pay of it: of a year, or of an event where ``applies`` says
    so); 0 excludes the form."""


@dataclass(frozen=True)
class Budget:
    """What initiatives may cost a year, and how far it is tried up and down."""

    amount: float | None = None
    """Today's budget a year; None: what the initiatives in place and committed cost."""
    change: float = 0.10
    """Scenarios are this share less, as it is, and this share more; above 0 and below 1."""


@dataclass(frozen=True)
class RiskSettings:
    """How risk is quantified and what it is held against."""

    seed: int = 20260930
    trials: int = 100_000
    """Simulated years, where no precision is asked for."""
    appetite: tuple[CurvePoint, ...] = ()
    tolerance: tuple[CurvePoint, ...] = ()
    set_on: date | None = None
    """Date of the board's resolution on appetite and tolerance."""
    insurance: Insurance | None = None
    bands: tuple[tuple[str, float], ...] = ()
    """(name, least expected loss a year) of each band of a scenario, lowest first."""
    precision: float | None = None
    """Relative standard error of the expected loss and of the 1-in-20 loss that is aimed for."""
    max_trials: int = 2_000_000
    """Simulated years after which the search for that precision ends."""
    budget: Budget = Budget()


@dataclass(frozen=True)
class Project:
    """Everything that ``report.toml`` says, typed."""

    folder: Path
    company: Company
    calendar: FiscalCalendar
    quarter: Quarter
    as_of: date
    frozen_on: date
    """Date the data were last drawn; printed in the provenance."""
    meeting: Meeting
    sources: tuple[SourceSpec, ...]
    targets: Mapping[str, Target]
    risk: RiskSettings
    matches: tuple[MatchRule, ...] = ()
    discount_rate: float = 0.08
    max_rejected_share: float = 0.05
    stale_after_days: int = 120
    """A snapshot older than this at the as-of date is too old to print unmarked."""
    glossary: Mapping[str, str] = field(default_factory=dict)
    """The company's own terms: abbreviation to what it stands for."""
    approvers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Section of the documents to the roles that must approve it, where they differ from usual."""
    rules_checked_on: date | None = None
    """Date on which somebody last checked the disclosure rules."""
    closings_checked_on: date | None = None
    """Date through which somebody has looked for days on which the Commission was closed."""
    config_sha256: str = ""
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    """Where quarters are sealed."""
    filer: Filer | None = None
    """The registrant as the cover page of a report names it; None where nobody said."""
