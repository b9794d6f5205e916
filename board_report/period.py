"""Fiscal quarters, the as-of date, and the windows of time that figures are computed over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import total_ordering
from zoneinfo import ZoneInfo

from board_report.errors import ProjectError

_QUARTER = re.compile(r"^(\d{4})-?[Qq]([1-4])$")
_ORDINALS = ("First", "Second", "Third", "Fourth")


@total_ordering
@dataclass(frozen=True)
class Quarter:
    """A fiscal quarter, named by the fiscal year it belongs to: ``2026-Q3``."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4 or not 1900 <= self.year <= 9998:
            raise ValueError(f"no such quarter: {self.year}-Q{self.number}")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read ``2026-Q3``.

        Raises:
            ProjectError: the text is not a quarter.
        """
        found = _QUARTER.match(text.strip())
        if not found:
            raise ProjectError(
                f"{text!r} is not a quarter.", mend="Write it as a year and a quarter: 2026-Q3."
            )
        return cls(int(found[1]), int(found[2]))

    @property
    def index(self) -> int:
        """Quarters since year 0: consecutive quarters differ by one."""
        return self.year * 4 + self.number - 1

    @classmethod
    def from_index(cls, index: int) -> Quarter:
        """The quarter whose :attr:`index` this is."""
        return cls(index // 4, index % 4 + 1)

    def shift(self, quarters: int) -> Quarter:
        """The quarter this many quarters later (earlier when negative)."""
        return Quarter.from_index(self.index + quarters)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return self.shift(-1)

    def history(self, quarters: int = 8) -> tuple[Quarter, ...]:
        """The last ``quarters`` quarters ending with this one, oldest first."""
        return tuple(self.shift(step) for step in range(1 - quarters, 1))

    @property
    def words(self) -> str:
        """``Third quarter 2026``."""
        return f"{_ORDINALS[self.number - 1]} quarter {self.year}"

    @property
    def short(self) -> str:
        """``Q3``."""
        return f"Q{self.number}"

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    def __lt__(self, other: Quarter) -> bool:
        return self.index < other.index


@dataclass(frozen=True)
class FiscalCalendar:
    """Which months make a fiscal quarter, and in which time zone a day begins.

    A fiscal year is named by the calendar year in which it ends.
    """

    first_month: int = 1
    time_zone: str = "UTC"

    def first_day(self, quarter: Quarter) -> date:
        """The first day of the quarter."""
        months = quarter.index * 3 + self.first_month - 1
        year, month = divmod(months, 12)
        if self.first_month > 1:
            year -= 1
        return date(year, month + 1, 1)

    def last_day(self, quarter: Quarter) -> date:
        """The last day of the quarter."""
        return self.first_day(quarter.shift(1)) - timedelta(days=1)

    def quarter_of(self, day: date) -> Quarter:
        """The fiscal quarter that a day falls in."""
        year = day.year + 1 if self.first_month > 1 else day.year
        months = year * 12 + day.month - 1 - (self.first_month - 1)
        return Quarter.from_index(months // 3)

    def start(self, quarter: Quarter) -> datetime:
        """The first instant of the quarter, in UTC."""
        return self._midnight(self.first_day(quarter))

    def end(self, quarter: Quarter) -> datetime:
        """The first instant after the quarter, in UTC."""
        return self.start(quarter.shift(1))

    def end_of_day(self, day: date) -> datetime:
        """The first instant after a day, in UTC."""
        return self._midnight(day + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.time_zone)).astimezone(UTC)


HISTORY = 8
"""Quarters that a report shows, with the one reported on."""

LOOKED_BACK = 3
"""Quarters before the oldest one shown that it still counts: some figures are of a year."""


@dataclass(frozen=True)
class Window:
    """The stretch of time that one value of a metric is computed over.

    ``start`` and ``end`` bound the quarter (``end`` excluded). ``known_at`` is the instant after
    which nothing is known: the end of the as-of day. A stock ("open at quarter end") is counted at
    ``cutoff``, the earlier of the two.
    """

    quarter: Quarter
    start: datetime
    end: datetime
    known_at: datetime
    first_day: date
    last_day: date
    as_of: date

    @property
    def is_over(self) -> bool:
        """Whether the quarter had ended by the as-of date."""
        return self.as_of >= self.last_day

    @property
    def cutoff(self) -> datetime:
        """The instant at which stocks are counted, in UTC."""
        return min(self.end, self.known_at)

    @property
    def cutoff_day(self) -> date:
        """The last day that is counted."""
        return min(self.last_day, self.as_of)


def window(calendar: FiscalCalendar, quarter: Quarter, as_of: date) -> Window:
    """The window of one quarter as known at the end of the as-of day."""
    return Window(
        quarter=quarter,
        start=calendar.start(quarter),
        end=calendar.end(quarter),
        known_at=calendar.end_of_day(as_of),
        first_day=calendar.first_day(quarter),
        last_day=calendar.last_day(quarter),
        as_of=as_of,
    )


def windows(
    calendar: FiscalCalendar, quarter: Quarter, as_of: date, quarters: int = 8
) -> tuple[Window, ...]:
    """The windows of the last quarters, oldest first, all as known on the same as-of day."""
    return tuple(window(calendar, each, as_of) for each in quarter.history(quarters))


def first_day_of_report(calendar: FiscalCalendar, quarter: Quarter) -> date:
    """The first day that any figure of a quarter's report can speak of."""
    return calendar.first_day(quarter.shift(1 - HISTORY - LOOKED_BACK))
