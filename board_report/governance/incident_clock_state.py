"""What a clock of an incident is, and where one stands that runs out at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from board_report.governance.filing_calendar import EASTERN, Deadline, FilingCalendar, local_day
from board_report.governance.reporting_regimes import Regimes

ITEM = "Form 8-K, Item 1.05"
WITHOUT_DELAY = "without_delay"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class ClockState(StrEnum):
    """Where a clock stands."""

    RUNNING = "running"
    MET = "met"
    MET_LATE = "met late"
    OVERDUE = "overdue"
    NOT_STARTED = "not started"
    DELAYED = "delayed"
    SUPERSEDED = "superseded"


OPEN = (ClockState.RUNNING, ClockState.DELAYED, ClockState.OVERDUE)
"""States of a clock for which something is still to be done."""


@dataclass(frozen=True)
class ClockSettings:
    """What clocks are counted by."""

    calendar: FilingCalendar
    regimes: Regimes
    """Those that the company is under."""
    is_foreign: bool = False
    """Whether it is a foreign private issuer, which files Forms 20-F and 6-K."""
    day_zone: str = EASTERN
    """Where the day of a determination is read off."""


@dataclass(frozen=True)
class Clock:
    """One clock at an instant."""

    id: str
    name: str
    rule: str
    trigger: str
    """What starts it, in words."""
    state: ClockState
    started_at: datetime | None = None
    due_at: datetime | None = None
    """The last instant; None where the rule gives no number."""
    is_whole_day: bool = False
    """Whether it ends with the day of ``due_at``, and not at an hour of it."""
    done_at: datetime | None = None
    """When what was due was done."""
    deadline: Deadline | None = None
    """How it was reckoned, where it counts business days."""
    business_days_left: int | None = None
    """After today, with the last day, in Eastern time; None where it counts none or is over."""
    hours_left: float | None = None
    """None where it is over or has no end."""
    elapsed_days: float | None = None
    """From the start to what was done, or to now."""
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done, with an end or without."""
        return self.state in OPEN

    @property
    def is_past_known(self) -> bool:
        """Whether it ends after the last day through which closings are known."""
        return self.deadline is not None and self.deadline.is_past_known

    @property
    def due_on(self) -> date | None:
        """The last day; None where there is none."""
        if self.deadline is not None:
            return self.deadline.due_on
        return self.due_at.date() if self.due_at else None

    @property
    def state_words(self) -> str:
        """``running``, with what its end rests on where that is not known yet."""
        is_ahead = self.state in (ClockState.RUNNING, ClockState.DELAYED)
        if self.is_past_known and is_ahead:
            return f"{self.state}, past the calendar's end"
        return str(self.state)


def elapsed(start: datetime, end: datetime) -> float:
    """Days between two instants."""
    return (end - start) / DAY


def stand(due_at: datetime, done_at: datetime | None, now: datetime) -> ClockState:
    """Where a clock stands that runs out at an instant, both included."""
    if done_at is not None:
        return ClockState.MET if done_at <= due_at else ClockState.MET_LATE
    return ClockState.OVERDUE if now > due_at else ClockState.RUNNING


def left(state: ClockState, due_at: datetime, now: datetime) -> float | None:
    """Hours until an instant; None for a clock that is over."""
    return (due_at - now) / HOUR if state in (ClockState.RUNNING, ClockState.DELAYED) else None


def days_left(
    state: ClockState, deadline: Deadline, now: datetime, calendar: FilingCalendar
) -> int | None:
    """Business days after today up to a deadline; None for a clock that is over."""
    if state not in (ClockState.RUNNING, ClockState.DELAYED):
        return None
    return calendar.business_days_between(local_day(now, EASTERN), deadline.due_on)
