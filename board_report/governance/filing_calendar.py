"""The days on which the Commission takes filings, and deadlines counted in them.

Business days are those that are no Saturday, Sunday, federal holiday or day on which the
Commission was closed by executive order. The stock exchanges' calendar is another one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from board_report.governance.rows import Row, day_of, text_of
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

EASTERN = "America/New_York"
"""Where the Commission's clock hangs; a determination's day is the one there."""
CUT_OFF = time(17, 30)
"""A filing that begins later counts as filed on the next business day (Regulation S-T, Rule 13)."""
FOUR = 4
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1990, 2200
"""Years of which federal holidays are computed."""
VERIFIED = "verified"
_WEEKEND = {5: "Saturday", 6: "Sunday"}


@dataclass(frozen=True)
class Closing:
    """A day on which the Commission was closed though it was no holiday."""

    closed_on: date
    source: str
    is_verified: bool
    file: str = ""
    """Where the project says so; empty for the list that comes with the program."""
    line: int = 0


@dataclass(frozen=True)
class CountedDay:
    """One calendar day of a reckoning."""

    on: date
    count: int | None
    """1 for the first business day; 0 for the day that starts the period; None if not counted."""
    why: str
    """Why it is not counted, or what it is: ``Saturday``, ``federal holiday: Juneteenth``."""


@dataclass(frozen=True)
class Deadline:
    """The last day of a period counted in business days, with how it was reckoned."""

    starts_on: date
    days: int
    due_on: date
    due_at: datetime
    """The cut-off on that day, in Eastern time."""
    reckoning: tuple[CountedDay, ...]
    """Every calendar day from ``starts_on`` to ``due_on``."""
    known_through: date
    unverified: tuple[Closing, ...] = ()
    """Closings that nobody has verified and that put the deadline off."""
    due_if_open: date | None = None
    """The deadline if the Commission was open on those days; None where there are none."""

    @property
    def is_past_known(self) -> bool:
        """Whether it lies after the last day through which closings are known."""
        return self.due_on > self.known_through


@dataclass(frozen=True)
class FilingCalendar:
    """Federal holidays, and the days on which the Commission was closed besides."""

    closings: Mapping[date, Closing]
    known_through: date
    """Closings announced later are not in it."""
    checked_on: date
    sources: tuple[str, ...] = ()

    def why_closed(self, day: date) -> str:
        """Why no filing is taken on a day; empty for a business day.

        Raises:
            ValueError: the day lies outside the years of which holidays are computed.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"no holidays are computed of {day.year}")
        if day.weekday() in _WEEKEND:
            return _WEEKEND[day.weekday()]
        holiday = federal_holidays(day.year).get(day)
        if holiday:
            return f"federal holiday: {holiday}"
        closing = self.closings.get(day)
        if closing is None:
            return ""
        return "the Commission closed" + ("" if closing.is_verified else ", UNVERIFIED")

    def is_business_day(self, day: date) -> bool:
        """Whether filings are taken on a day."""
        return not self.why_closed(day)

    def next_business_day(self, day: date) -> date:
        """The first business day after a day."""
        return next(each for each in _days_after(day) if self.is_business_day(each))

    def on_or_after(self, day: date) -> date:
        """The day itself where it is a business day, else the next one."""
        return day if self.is_business_day(day) else self.next_business_day(day)

    def business_days_between(self, start: date, end: date) -> int:
        """Business days after ``start`` up to and with ``end``; 0 where it is not later."""
        days = (end - start).days
        return sum(self.is_business_day(start + ONE_DAY * at) for at in range(1, days + 1))

    def deadline(
        self, starts_at: date | datetime, days: int = FOUR, zone: str = EASTERN
    ) -> Deadline:
        """The last of so many business days after a day.

        The day itself is day 0. Where it is no business day, the period begins on, and includes,
        the next business day (Form 8-K, General Instruction B.1), so that a Friday and the
        Saturday after it give the same deadline.

        Args:
            starts_at: a day, or an instant with its offset, whose day in ``zone`` counts.
            days: business days, at least 1.
            zone: where the day of an instant is read off.

        Raises:
            ValueError: there are no days to count, or the instant has no offset.
        """
        if days < 1:
            raise ValueError("a period has at least one day")
        start = local_day(starts_at, zone)
        counted = tuple(self._counted(start, days))
        due = counted[-1].on
        doubtful = tuple(
            self.closings[each.on]
            for each in counted
            if each.why.endswith("UNVERIFIED") and each.on in self.closings
        )
        if_open = self._verified_alone().deadline(start, days).due_on if doubtful else due
        return Deadline(
            starts_on=start,
            days=days,
            due_on=due,
            due_at=cut_off(due),
            reckoning=counted,
            known_through=self.known_through,
            unverified=doubtful if if_open < due else (),
            due_if_open=if_open if if_open < due else None,
        )

    def _counted(self, start: date, days: int) -> Iterator[CountedDay]:
        why = self.why_closed(start)
        yield CountedDay(start, None if why else 0, why)
        count = 0
        for day in _days_after(start):
            why = self.why_closed(day)
            count += not why
            yield CountedDay(day, None if why else count, why)
            if count == days:
                return

    def _verified_alone(self) -> FilingCalendar:
        sure = {day: each for day, each in self.closings.items() if each.is_verified}
        return FilingCalendar(sure, self.known_through, self.checked_on, self.sources)

    def filed_on(self, at: datetime) -> date:
        """The business day on which a filing counts as filed.

        Raises:
            ValueError: the instant has no offset.
        """
        day = local_day(at, EASTERN)
        is_late = at.astimezone(ZoneInfo(EASTERN)).time() > CUT_OFF
        return self.next_business_day(day) if is_late else self.on_or_after(day)


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += ONE_DAY
        yield day


def local_day(at: date | datetime, zone: str) -> date:
    """The day of an instant in a zone; a day stays what it is.

    Raises:
        ValueError: the instant has no offset.
    """
    if not isinstance(at, datetime):
        return at
    if at.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return at.astimezone(ZoneInfo(zone)).date()


def cut_off(day: date) -> datetime:
    """5:30 p.m. of a day in Eastern time."""
    return datetime.combine(day, CUT_OFF, ZoneInfo(EASTERN))


@cache
def federal_holidays(year: int) -> Mapping[date, str]:
    """The federal holidays of a year as they are observed, with their names."""
    from pandas.tseries.holiday import USFederalHolidayCalendar

    found = USFederalHolidayCalendar().holidays(
        start=f"{year}-01-01", end=f"{year}-12-31", return_name=True
    )
    return {date.fromisoformat(f"{moment:%Y-%m-%d}"): str(name) for moment, name in found.items()}


def load_filing_calendar(
    rows: Iterable[Row] = (), known_through: date | None = None
) -> FilingCalendar:
    """The calendar that comes with the program, with what a project adds to it.

    A day that the project gives counts as verified by its source.

    Args:
        rows: of the table ``filing_closings``.
        known_through: the day through which the project has looked for closings.
    """
    shipped = _shipped()
    own = {each.closed_on: each for each in map(_closing, rows)}
    return FilingCalendar(
        closings={**shipped.closings, **own},
        known_through=max(filter(None, (shipped.known_through, known_through))),
        checked_on=shipped.checked_on,
        sources=shipped.sources,
    )


@cache
def _shipped() -> FilingCalendar:
    path = Path(__file__).with_name("filing_calendar.toml")
    return read_filing_calendar(path.read_text(encoding="utf-8"))


def read_filing_calendar(text: str) -> FilingCalendar:
    """A calendar from the text of a ``filing_calendar.toml``."""
    data = tomllib.loads(text)
    closings = [
        Closing(each["closed_on"], each["source"], is_verified=each["status"] == VERIFIED)
        for each in data["closings"]
    ]
    return FilingCalendar(
        closings={each.closed_on: each for each in closings},
        known_through=data["known_through"],
        checked_on=data["checked_on"],
        sources=tuple(data["sources"]),
    )


def _closing(row: Row) -> Closing:
    closed_on, line = day_of(row, "closed_on"), row.get(LINE_COLUMN)
    if closed_on is None:
        raise ValueError("filing_closings.closed_on is required")
    return Closing(
        closed_on,
        text_of(row, "source"),
        is_verified=True,
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
    )
