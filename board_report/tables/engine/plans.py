"""Which tables are reduced, and which of their rows no figure can tell apart."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Durations:
    """Times between two columns whose median, its interval, 90th percentile and mean stay exact."""

    earlier: str
    later: str
    period: str
    """Column whose quarter a duration belongs to."""
    over_when: tuple[str, ...] = ()
    """Columns of which any says that a row without a later time is over all the same: its duration
    is then unknown. Other rows without one go on."""


@dataclass(frozen=True)
class ViewPlan:
    """A narrower frame for the figures over a few columns."""

    columns: tuple[str, ...]
    splits: tuple[str, ...] = ()
    """Columns by whose values, one at a time, its durations may be split."""
    durations: Durations | None = None
    joins: frozenset[str] | None = None
    """Tables that its CVEs are looked up in, and no others; of a CVE it keeps no more than what
    the figures see of it there (see :mod:`~board_report.tables.engine.signatures`)."""


@dataclass(frozen=True)
class Plan:
    """How one table is reduced."""

    told_apart: tuple[str, ...]
    """Columns whose every value is told apart in the frame that pages and rules read."""
    signs: tuple[str, ...] = ()
    """Whole numbers of which it matters whether they are known, and above zero."""
    pairs: tuple[tuple[str, str], ...] = ()
    """Dates of which it matters which is the earlier."""
    last_of: tuple[str, str] | None = None
    """A category and a time: the last row of each in every quarter stands by itself."""
    has_assets: bool = False
    """True for the table whose rows on crown jewels, and on exploited flaws, pages list by name."""
    views: tuple[ViewPlan, ...] = field(default=())


DETECTIONS = Plan(
    told_apart=("source", "severity", "verdict", "business_unit"),
    last_of=("source", "created_at"),
    views=(
        ViewPlan(
            columns=("created_at", "severity", "verdict", "triaged_at"),
            splits=("severity",),
            durations=Durations(
                "created_at", "triaged_at", period="created_at", over_when=("verdict",)
            ),
        ),
    ),
)

VULNERABILITY_FINDINGS = Plan(
    told_apart=("asset_tier", "business_unit", "severity", "exposure"),
    signs=("reopened_count",),
    pairs=(("closed_on", "due_on"),),
    has_assets=True,
    views=(
        ViewPlan(
            columns=("first_seen_on", "closed_on", "asset_tier", "severity", "business_unit"),
            splits=("asset_tier", "severity", "business_unit"),
            durations=Durations("first_seen_on", "closed_on", period="first_seen_on"),
        ),
        ViewPlan(
            columns=(
                *("first_seen_on", "closed_on", "cve"),
                *("asset_tier", "severity", "business_unit"),
            ),
            joins=frozenset(("kev_catalogue", "exploit_predictions")),
        ),
    ),
)

PLANS = {"detections": DETECTIONS, "vulnerability_findings": VULNERABILITY_FINDINGS}
"""By table; all other tables are read into memory."""
