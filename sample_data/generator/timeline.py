"""The eight quarters that the sample covers, and instants in the company's time zone."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CENTRAL = ZoneInfo("America/Chicago")
AS_OF = date(2026, 9, 30)


@dataclass(frozen=True)
class Quarter:
    """One calendar quarter."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.next.first_day - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_day - self.first_day).days + 1

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarters_from(first: Quarter, count: int) -> tuple[Quarter, ...]:
    """Consecutive quarters, oldest first."""
    found = [first]
    while len(found) < count:
        found.append(found[-1].next)
    return tuple(found)


QUARTERS = quarters_from(Quarter(2024, 4), 8)


def at(day: date, clock: time) -> datetime:
    """An instant given by the company's local date and clock."""
    return datetime.combine(day, clock, CENTRAL).astimezone(UTC)


def plain(instant: datetime) -> datetime:
    """The instant, moved out of the autumn hour that a local clock shows twice."""
    local = instant.astimezone(CENTRAL)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return instant + timedelta(hours=2) if twice else instant


def local_text(instant: datetime | None, missing: str = "") -> str:
    """As a ServiceNow list prints it: local time without a zone."""
    if instant is None:
        return missing
    return f"{instant.astimezone(CENTRAL):%Y-%m-%d %H:%M:%S}"


def offset_text(instant: datetime) -> str:
    """Local time with its offset, as Splunk prints it."""
    return instant.astimezone(CENTRAL).isoformat(timespec="seconds")


def utc_text(instant: datetime | None) -> str:
    """UTC with a Z, as a pipeline prints it."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if instant else ""


def some_day(rng: random.Random, quarter: Quarter, first: int = 0, last: int | None = None) -> date:
    """A day of the quarter, by its number from ``first`` to ``last`` (both count from 0)."""
    end = quarter.days - 1 if last is None else last
    return quarter.first_day + timedelta(days=rng.randint(first, end))


def office_clock(rng: random.Random) -> time:
    """A clock time that leans towards working hours."""
    hour = min(23, max(0, round(rng.gauss(12.5, 4.5))))
    return time(hour, rng.randrange(60), rng.randrange(60))
