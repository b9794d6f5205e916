"""Single incidents of the register, for pages that show one or list a few; nothing is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from board_report.governance.rows import title_beside
from board_report.metrics.ciso.open_incidents import is_over

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.story.facts import BoardFacts

MAJOR = ("critical", "high")
"""Severities that make an incident a major one, as the metric ``major_incidents`` has it."""
_GRAVITY = {"critical": 0, "high": 1, "": 2, "medium": 3, "low": 4}
"""Order of severities: what does not say its own may be major, and comes before what is not."""


@dataclass(frozen=True)
class IncidentRow:
    """One incident as far as it is known on the as-of date; times in UTC, None where unknown."""

    incident_id: str
    title: str
    business_unit: str
    """Empty while unknown."""
    severity: str
    """Empty while unknown."""
    detected: datetime
    occurred: datetime | None
    contained: datetime | None
    recovered: datetime | None
    is_open: bool
    """Neither recovered nor closed: one that was closed may have no time of recovery."""
    materiality: str
    """The register's state, or ``under_review`` where it was determined after the as-of date;
    empty where the register does not state it, which says neither that it is nor is not."""
    determined_on: date | None
    cost: float | None
    """In the reporting currency, booked to date."""
    outage_hours: float | None
    known_at: datetime
    """The instant up to which the incident is known."""

    @property
    def is_major(self) -> bool:
        """Known to be of critical or high severity."""
        return self.severity in MAJOR

    @property
    def severity_words(self) -> str:
        """``critical``, or that it is not stated."""
        return self.severity or "severity not stated"

    @property
    def hours_undetected(self) -> float | None:
        """From the start to the detection; None while the start is unknown."""
        return _hours(self.occurred, self.detected)

    @property
    def hours_to_contain(self) -> float | None:
        """From the detection to containment; None without one."""
        return _hours(self.detected, self.contained)

    @property
    def hours_to_recover(self) -> float | None:
        """From the detection to recovery; None without one."""
        return _hours(self.detected, self.recovered)

    @property
    def age(self) -> float:
        """Hours from the detection to the end of the as-of day."""
        return (self.known_at - self.detected).total_seconds() / 3600

    @property
    def length(self) -> float | None:
        """Hours to recovery, or its age while it is open; None where it was closed without one."""
        return self.age if self.is_open else self.hours_to_recover


def incidents_of(facts: BoardFacts, window: Window) -> tuple[IncidentRow, ...]:
    """The incidents detected in a quarter, in the order of their detection."""
    rows = facts.rows("incidents")
    inside = rows[(rows["detected_at"] >= window.start) & (rows["detected_at"] < window.cutoff)]
    return _typed(facts, inside.to_dict("records"))


def under_review(facts: BoardFacts) -> tuple[IncidentRow, ...]:
    """Incidents of any quarter whose materiality is under review on the as-of date."""
    rows = facts.rows("incidents")
    seen = rows[rows["detected_at"] < facts.window.cutoff]
    found = _typed(facts, seen.to_dict("records"))
    return tuple(each for each in found if each.materiality == "under_review")


def unstated(facts: BoardFacts) -> int:
    """Incidents of any quarter, known on the as-of date, whose materiality is not stated."""
    rows = facts.rows("incidents")
    seen = rows[rows["detected_at"] < facts.window.cutoff]
    return int(seen["materiality_state"].isna().sum())


def never_graded(facts: BoardFacts) -> int:
    """Incidents of the quarters shown that do not state their severity."""
    rows = facts.rows("incidents")
    detected, first = rows["detected_at"], facts.windows[0].start
    shown = (detected >= first) & (detected < facts.window.cutoff)
    return int(rows.loc[shown, "severity"].isna().sum())


def gravest_first(incidents: Iterable[IncidentRow]) -> list[IncidentRow]:
    """By severity, cost, outage, length, then number; what is unknown comes after what is not.

    But for the severity: an incident that does not state it comes right after those that are major.
    """
    return sorted(
        incidents, key=lambda each: (*_harm(each), -_or_less(each.length), each.incident_id)
    )


def _harm(incident: IncidentRow) -> tuple[float, float, float]:
    """What tells how grave it was, least for the gravest; its length is not among it."""
    return (
        _GRAVITY[incident.severity],
        -_or_less(incident.cost),
        -_or_less(incident.outage_hours),
    )


def _or_less(value: float | None) -> float:
    return -1.0 if value is None else value


def alike(incidents: Iterable[IncidentRow]) -> int:
    """How many are as grave as the gravest by all but their length, itself among them."""
    harms = sorted(map(_harm, incidents))
    return harms.count(harms[0]) if harms else 0


def ungraded(incidents: Iterable[IncidentRow]) -> int:
    """How many do not state their severity."""
    return sum(not each.severity for each in incidents)


def worst_of(incidents: Iterable[IncidentRow]) -> IncidentRow | None:
    """The gravest incident; None where there is none."""
    return next(iter(gravest_first(incidents)), None)


def _typed(facts: BoardFacts, rows: Iterable[Mapping[Any, Any]]) -> tuple[IncidentRow, ...]:
    found = [_incident(row, facts) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.detected, each.incident_id)))


def _incident(row: Mapping[Any, Any], facts: BoardFacts) -> IncidentRow:
    known_at = facts.window.known_at

    def instant(column: str) -> datetime | None:
        value = row[column]
        return value.to_pydatetime() if known(value) and value < known_at else None

    determined = row["materiality_determined_on"]
    determined_on = determined.date() if known(determined) else None
    state = _words(row["materiality_state"])
    if not state:
        determined_on = None
    if determined_on and determined_on > facts.as_of:
        state, determined_on = "under_review", None
    return IncidentRow(
        incident_id=str(row["incident_id"]),
        title=title_beside(str(row["incident_id"]), str(row["title"])),
        business_unit=_words(row["business_unit"]),
        severity=_words(row["severity"]),
        detected=row["detected_at"].to_pydatetime(),
        occurred=instant("occurred_at"),
        contained=instant("contained_at"),
        recovered=instant("recovered_at"),
        is_open=not is_over(row, known_at),
        materiality=state,
        determined_on=determined_on,
        cost=float(row["cost"]) if known(row["cost"]) else None,
        outage_hours=float(row["outage_hours"]) if known(row["outage_hours"]) else None,
        known_at=known_at,
    )


def known(cell: Any) -> bool:
    """Whether a cell of a row has a value: a missing one is None or unequal to itself."""
    return cell is not None and bool(cell == cell)


def _words(cell: Any) -> str:
    return str(cell) if known(cell) else ""


def _hours(start: datetime | None, end: datetime | None) -> float | None:
    return (end - start).total_seconds() / 3600 if start and end else None
