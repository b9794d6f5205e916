"""What an incident's record and its clocks say in words, for the command line and the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from board_report.governance.filing_calendar import EASTERN
from board_report.governance.incident_clock_state import Clock, ClockState
from board_report.governance.incident_kinds import (
    Correction,
    Delay,
    Determination,
    Discovered,
    Event,
    Fact,
    FactorSaid,
    Filed,
    Notified,
    Related,
    Statement,
)
from board_report.story import formats

if TYPE_CHECKING:
    from board_report.governance.incident_record import Entry
    from board_report.governance.reporting_regimes import Regimes

NO_VERDICT = (
    "The clocks count from what people recorded. They say neither whether an incident is material "
    "nor which rules apply."
)


def moment(at: datetime, zone: str) -> str:
    """``Fri 11 Sep 2026 17:30``, by the clocks of a zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a}{formats.NO_BREAK}{formats.day(local.date())}{formats.NO_BREAK}{local:%H:%M}"


def due_words(clock: Clock, zone: str) -> str:
    """When it runs out: ``Fri 11 Sep 2026, 5:30 p.m. Eastern``; empty without an end."""
    if clock.deadline is not None:
        due = clock.deadline.due_on
        return f"{due:%a}{formats.NO_BREAK}{formats.day(due)}, 5:30{formats.NO_BREAK}p.m. Eastern"
    if clock.due_at is None:
        return ""
    if clock.is_whole_day:
        return f"{clock.due_at:%a}{formats.NO_BREAK}{formats.day(clock.due_at.date())}"
    return moment(clock.due_at, zone)


def left_words(clock: Clock) -> str:
    """What is left, or how long it has run: ``2 business days``, ``31 hours``, ``14 days so far``.

    Empty for a clock that is over or has not started.
    """
    if clock.business_days_left is not None:
        if clock.business_days_left == 0 and clock.hours_left is not None:
            return f"{length(clock.hours_left)} left, today"
        return f"{formats.counted(clock.business_days_left, 'business day', words=False)} left"
    if clock.hours_left is not None:
        return f"{length(clock.hours_left)} left"
    if clock.state is ClockState.RUNNING and clock.elapsed_days is not None:
        return f"{length(clock.elapsed_days * 24)} so far"
    if clock.state is ClockState.MET and clock.due_at is None and clock.elapsed_days is not None:
        return f"after {length(clock.elapsed_days * 24)}"
    return ""


def within(name: str) -> str:
    """A clock's name as it stands within a sentence; ``NIS2: early warning`` keeps its capitals."""
    is_word = name[1:2].islower()
    return f"{name[:1].lower()}{name[1:]}" if is_word else name


def length(hours: float) -> str:
    """``31 hours``, from three days on ``12 days``; what is left is rounded down."""
    if hours < 1:
        return formats.counted(int(hours * 60), "minute", words=False)
    if hours < 72:
        return formats.counted(int(hours), "hour", words=False)
    return formats.counted(int(hours // 24), "day", words=False)


def reckoning(clock: Clock) -> Iterator[tuple[str, str]]:
    """Each calendar day of a deadline and what it counts as: ``Mon 7 Sep``, ``federal holiday``."""
    if clock.deadline is None:
        return
    for at, each in enumerate(clock.deadline.reckoning):
        day = f"{each.on:%a}{formats.NO_BREAK}{formats.day(each.on)}"
        if each.count is None:
            yield day, f"not counted: {each.why}" if at else f"starts it: {each.why}"
        elif at == 0:
            yield day, "starts it: day 0"
        else:
            last = "; due" if each.on == clock.deadline.due_on else ""
            yield day, f"business day {each.count}{last}"


def zone_words(zone: str) -> str:
    """``Eastern time``, ``Chicago time``."""
    if zone == EASTERN:
        return "Eastern time"
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def entry_words(entry: Entry, regimes: Regimes | None = None) -> str:
    """What an entry says, in one line."""
    said = entry.content
    if isinstance(said, Discovered):
        return f"discovered: {said.title}"
    if isinstance(said, Fact):
        aspect = "" if said.aspect == "other" else f" ({said.aspect})"
        return f"{said.name}{aspect}, {said.state}: {said.text}"
    if isinstance(said, FactorSaid):
        other = f" with {said.related_id}" if said.related_id else ""
        return f"{said.factor}{other}, {said.bearing.replace('_', ' ')}: {said.reason}"
    if isinstance(said, Related):
        return f"related to {said.other_id}: {said.reason}"
    if isinstance(said, Event):
        words = regimes.words(said.event) if regimes else said.event
        return f"{words}{_noted(said.note)}"
    if isinstance(said, Determination):
        return f"determined {said.state.words}: {said.reasons}"
    if isinstance(said, Statement):
        return f"public statement, {said.aspect}: {said.text}"
    if isinstance(said, Notified):
        duty = regimes.duty(said.duty) if regimes else None
        words = f"{duty.regime}, {duty.name[:1].lower()}{duty.name[1:]}" if duty else said.duty
        return f"notified: {words}{_noted(said.note)}"
    if isinstance(said, Filed):
        number = f", {said.accession_number}" if said.accession_number else ""
        return f"filed: {said.form}{number}"
    if isinstance(said, Delay):
        days = f" for {said.days} days" if said.days else ""
        return f"delay, {said.basis.replace('_', ' ')}: {said.stage.replace('_', ' ')}{days}" + (
            _noted(said.note)
        )
    assert isinstance(said, Correction)
    return f"entry {said.corrects} counts no more: {said.reason}"


def _noted(note: str) -> str:
    return f": {note}" if note else ""
