"""What ``report.toml`` says, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from board_report.model import Company, Meeting, Target
from board_report.period import FiscalCalendar, Quarter


@dataclass(frozen=True)
class SourceSpec:
    """One ``[[source]]`` block: which file fills which table, and how to read it."""

    table: str
    file: str
    """Relative to the project."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Canonical column to the file's header, where they differ."""
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Canonical column to several headers whose cells, joined by a slash, make its value."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical column to {value as found: canonical value}."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Canonical column to a value for every row, where the file has no such column."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Header to the texts of which a row must have one; other rows are left out and counted."""
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Header to the texts of which a row may have none; such rows are left out and counted."""
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


@dataclass(frozen=True)
class CurvePoint:
    """One point of an appetite or tolerance curve."""

    probability: float
    """Chance in a year that losses exceed the amount."""
    loss: float
    """In the reporting currency."""


@dataclass(frozen=True)
class Insurance:
    """The layer that insurers pay of a year's losses."""

    retention: float
    limit: float


@dataclass(frozen=True)
class RiskSettings:
    """How risk is quantified and what it is held against."""

    seed: int = 20260930
    trials: int = 100_000
    appetite: tuple[CurvePoint, ...] = ()
    tolerance: tuple[CurvePoint, ...] = ()
    set_on: date | None = None
    """Date of the board's resolution on appetite and tolerance."""
    insurance: Insurance | None = None
    bands: tuple[tuple[str, float], ...] = ()
    """(name, least expected loss a year) of each band of a scenario, lowest first."""


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
    config_sha256: str = ""
