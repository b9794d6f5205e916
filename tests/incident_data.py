"""A short hand for incidents' records in tests: entries by what they say, and people who say it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from board_report.governance.filing_calendar import load_filing_calendar
from board_report.governance.incident_checks import Surroundings
from board_report.governance.incident_clock_state import Clock, ClockSettings
from board_report.governance.incident_kinds import (
    Content,
    Determination,
    Determined,
    Discovered,
)
from board_report.governance.incident_record import Entry, IncidentRecord
from board_report.governance.reporting_regimes import load_regimes
from board_report.governance.rows import Row

PEOPLE: tuple[Row, ...] = tuple(
    {
        "role": role,
        "role_title": title,
        "person_name": name,
        "since": date(2020, 1, 1),
    }
    for role, title, name in (
        ("CISO", "Chief Information Security Officer", "Ilse Drummond"),
        ("GC", "General Counsel", "Rosalind Achterberg"),
        ("CFO", "Chief Financial Officer", "Hanneke Paulsen"),
    )
)
PERSON = {str(row["role"]): str(row["person_name"]) for row in PEOPLE}
INCIDENT = "INC-7"
DISCOVERED = "2026-09-04T18:40:00-04:00"
"""A Friday evening, three days before Labor Day."""

Step = tuple[str, Content] | tuple[str, Content, str]


def record_of(*steps: Step, incident_id: str = INCIDENT) -> IncidentRecord:
    """A record from ``(instant, what is said)`` or with the role that says it; the GC's else."""
    entries = []
    for number, (at, content, *role) in enumerate(steps, 1):
        says = role[0] if role else "GC"
        moment = datetime.fromisoformat(at)
        entries.append(
            Entry(number, incident_id, moment, "", says, PERSON.get(says, "?"), moment, content)
        )
    return IncidentRecord(incident_id, tuple(entries))


def opened(at: str = DISCOVERED) -> Step:
    return (at, Discovered("Ordering stopped"), "CISO")


def determined(at: str, state: Determined = Determined.MATERIAL) -> Step:
    return (at, Determination(state, "What it means for orders of the quarter."))


def settings(
    *regimes: str, is_foreign: bool = False, known_through: date | None = date(2027, 12, 31)
) -> ClockSettings:
    """By the program's own data, known through the end of 2027."""
    return ClockSettings(
        load_filing_calendar((), known_through), load_regimes().asked(regimes), is_foreign
    )


def around(*known: str, regimes: Sequence[str] = (), form: str = "10-K") -> Surroundings:
    return Surroundings(PEOPLE, frozenset({INCIDENT, *known}), load_regimes().asked(regimes), form)


def by_id(clocks: Sequence[Clock]) -> dict[str, Clock]:
    return {each.id: each for each in clocks}
