"""Major incidents as both offices worked on them: each hand-over, and the time lost in it.

A hand-over loses the time from when one office gave the work up to when the other began. What
nobody has taken up by the as-of date is waiting: it has no duration yet and is in no total, as in
the metric ``handover_time_lost``, whose value for a quarter is the sum over its major incidents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum
from typing import TYPE_CHECKING

from board_report.governance.rows import Row, plain_rows, text_of
from board_report.metrics.ciso.open_incidents import is_over
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.tables.schema import TableSet

MAJOR = ("critical", "high")
"""Severities that make an incident a major one, as the metric ``major_incidents`` has it."""


@dataclass(frozen=True)
class HandOver:
    """One passing of the work from one office to the other; times in UTC."""

    step: int
    subject: str
    from_role: str
    to_role: str
    at: datetime
    """When it was handed over."""
    taken_up: datetime | None
    """None while it waits."""

    @property
    def hours(self) -> float | None:
        """From handing over to taking up; None while it waits."""
        return hours_between(self.at, self.taken_up)


@dataclass(frozen=True)
class MajorIncident:
    """One major incident as far as it is known at the as-of date, and its hand-overs in order."""

    incident_id: str
    title: str
    severity: str
    detected: datetime
    recovered: datetime | None
    """None while it is not recovered, or where nobody knows when it was."""
    is_open: bool
    """Neither recovered nor closed."""
    hand_overs: tuple[HandOver, ...]
    age: float
    """Hours from the detection to the end of the as-of day."""
    file: str = ""
    line: int = 0

    @property
    def hours_to_recover(self) -> float | None:
        """From the detection to recovery; None without one."""
        return hours_between(self.detected, self.recovered)

    @property
    def hours_lost(self) -> float | None:
        """In all hand-overs that were taken up; None where none was."""
        known = [each.hours for each in self.hand_overs if each.hours is not None]
        return fsum(known) if known else None

    @property
    def waiting(self) -> tuple[HandOver, ...]:
        """Hand-overs that nobody has taken up."""
        return tuple(each for each in self.hand_overs if each.taken_up is None)


def major_incidents(tables: TableSet, window: Window) -> tuple[MajorIncident, ...]:
    """Major incidents detected in the four quarters to the cutoff, the latest first.

    What happened to them is known to the as-of date, as in the metrics of their clocks.
    """
    since = _since(window)
    steps = _by_incident(plain_rows(tables.frame("incident_handovers")), window.known_at)
    found = [
        _incident(row, steps, window.known_at)
        for row in plain_rows(tables.frame("incidents"))
        if text_of(row, "severity") in MAJOR
    ]
    inside = [each for each in found if since <= each.detected < window.cutoff]
    return tuple(sorted(inside, key=lambda each: (each.detected, each.incident_id), reverse=True))


def ungraded_incidents(tables: TableSet, window: Window) -> int:
    """Incidents of the same four quarters that do not state their severity: any may be major."""
    rows = plain_rows(tables.frame("incidents"), ("detected_at", "severity"))
    silent = [row["detected_at"] for row in rows if not text_of(row, "severity")]
    since = _since(window)
    return sum(isinstance(at, datetime) and since <= at < window.cutoff for at in silent)


def hours_between(start: datetime, end: datetime | None) -> float | None:
    """Hours from one instant to another; None without the second."""
    return (end - start).total_seconds() / 3600 if end else None


def instant_of(row: Row, column: str, before: datetime) -> datetime | None:
    """The instant of a cell; None where there is none before the given one."""
    value = row.get(column)
    return value if isinstance(value, datetime) and value < before else None


def _since(window: Window) -> datetime:
    """Where the four quarters begin: a year before the end, which has the same offset from UTC."""
    after = window.last_day + timedelta(days=1)
    return window.end - timedelta(days=(after - after.replace(year=after.year - 1)).days)


def _by_incident(rows: Sequence[Row], known_at: datetime) -> dict[str, list[HandOver]]:
    found: dict[str, list[HandOver]] = {}
    for row in rows:
        at = instant_of(row, "handed_over_at", known_at)
        if at is not None:
            step = row.get("step")
            one = HandOver(
                step=step if isinstance(step, int) else 0,
                subject=text_of(row, "subject"),
                from_role=text_of(row, "from_role"),
                to_role=text_of(row, "to_role"),
                at=at,
                taken_up=instant_of(row, "taken_up_at", known_at),
            )
            found.setdefault(text_of(row, "incident_id"), []).append(one)
    return found


def _incident(
    row: Row, steps: Mapping[str, Sequence[HandOver]], known_at: datetime
) -> MajorIncident:
    name = text_of(row, "incident_id")
    detected = row["detected_at"]
    if not isinstance(detected, datetime):
        raise TypeError(f"{name} has no time of detection")
    line = row.get(LINE_COLUMN)
    return MajorIncident(
        incident_id=name,
        title=text_of(row, "title"),
        severity=text_of(row, "severity"),
        detected=detected,
        recovered=instant_of(row, "recovered_at", known_at),
        is_open=not is_over(row, known_at),
        hand_overs=tuple(sorted(steps.get(name, ()), key=lambda each: each.step)),
        age=(known_at - detected).total_seconds() / 3600,
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
    )
