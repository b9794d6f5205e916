"""The clocks of Form 8-K: Item 1.05, what puts it off, and the amendments that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from board_report.governance.filing_calendar import EASTERN, Deadline, FilingCalendar, cut_off
from board_report.governance.incident_clock_state import (
    ITEM,
    Clock,
    ClockSettings,
    ClockState,
    days_left,
    elapsed,
    left,
    stand,
)
from board_report.governance.incident_delays import (
    FCC_DAYS,
    AttorneyGeneral,
    Period,
    after_delay,
    attorney_general,
    fcc_correspondence,
    fcc_notified,
)
from board_report.governance.incident_kinds import Aspect, Determined, Fact, FactState, Form
from board_report.governance.incident_record import Entry, IncidentRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

AMENDMENT_ID = "8-K/A: "
_PERIODS = ("First", "Second", "Third")


@dataclass(frozen=True)
class _Filing:
    """When a report under Item 1.05 is due, and what that rests on."""

    first: Deadline
    """Without any delay."""
    due: Deadline
    is_delayed: bool
    """Whether a delay is in force now."""
    attorney_general: AttorneyGeneral
    notes: tuple[str, ...]


def filing_clocks(
    record: IncidentRecord, now: datetime, settings: ClockSettings
) -> Iterator[Clock]:
    """The clock of Item 1.05, those of its delays, and one for each amendment."""
    start = record.determined if record.state is Determined.MATERIAL else None
    if start is None:
        yield _not_running(record)
    else:
        filing = _filing(record, start, now, settings)
        filed = next((each for each in record.filed(Form.ITEM_1_05) if each.at >= start.at), None)
        yield _item_1_05(start, filed, filing, now, settings)
        if filed is None:
            yield from _delays(filing, now)
    yield from _amendments(record, now, settings)


def _not_running(record: IncidentRecord) -> Clock:
    """Nothing is due without a determination of "material", or since it was taken back."""
    filed = next(iter(record.filed(Form.ITEM_1_05)), None)
    was_material = any(said.state is Determined.MATERIAL for _, said in record.determinations)
    state, note = ClockState.NOT_STARTED, "It starts with a determination that it is material."
    if was_material:
        state = ClockState.SUPERSEDED
        note = f"Determined material before, and {record.state.words} since."
    return _clock(
        state, note, done_at=filed.at if filed and was_material else None, started_at=None
    )


def _clock(
    state: ClockState,
    note: str,
    *,
    started_at: datetime | None,
    done_at: datetime | None = None,
    deadline: Deadline | None = None,
    business_days_left: int | None = None,
    hours_left: float | None = None,
) -> Clock:
    return Clock(
        id=str(Form.ITEM_1_05),
        name="Report of a material incident",
        rule=ITEM,
        trigger="determination that the incident is material",
        state=state,
        started_at=started_at,
        due_at=deadline.due_at if deadline else None,
        done_at=done_at,
        deadline=deadline,
        business_days_left=business_days_left,
        hours_left=hours_left,
        note=note,
    )


def _item_1_05(
    start: Entry, filed: Entry | None, filing: _Filing, now: datetime, settings: ClockSettings
) -> Clock:
    due = filing.due
    state = _stand(due, filed, now, settings.calendar)
    if state is ClockState.RUNNING and filing.is_delayed:
        state = ClockState.DELAYED
    return _clock(
        state,
        " ".join(filing.notes),
        started_at=start.at,
        done_at=filed.at if filed else None,
        deadline=due,
        business_days_left=days_left(state, due, now, settings.calendar),
        hours_left=left(state, due.due_at, now),
    )


def _stand(
    due: Deadline, filed: Entry | None, now: datetime, calendar: FilingCalendar
) -> ClockState:
    """A filing is in time on the business day that it counts on."""
    if filed is None:
        return stand(due.due_at, None, now)
    return ClockState.MET if calendar.filed_on(filed.at) <= due.due_on else ClockState.MET_LATE


# --- when it is due ------------------------------------------------------------------------------


def _filing(
    record: IncidentRecord, start: Entry, now: datetime, settings: ClockSettings
) -> _Filing:
    calendar = settings.calendar
    first = calendar.deadline(start.at, zone=settings.day_zone)
    notes = [*_notes_of_day(start, first, settings), *notes_of(first)]
    asked = attorney_general(record, first)
    after = after_delay(asked, calendar)
    notes += _notes_of_attorney_general(asked)
    due, is_delayed = first, False
    if after is not None and asked.ends_on is not None:
        due = after
        is_delayed = asked.ended_early is None and now <= cut_off(asked.ends_on)
    fcc, words = _fcc(record, first, calendar)
    notes += words
    if fcc is not None and fcc.due_on > due.due_on:
        due, is_delayed = fcc, True
    return _Filing(first, due, is_delayed, asked, tuple(notes))


def notes_of(due: Deadline) -> list[str]:
    """What a deadline rests on that is not sure."""
    notes = []
    if due.due_if_open is not None:
        days = ", ".join(each.closed_on.isoformat() for each in due.unverified)
        notes.append(
            f"Rests on an UNVERIFIED closing ({days}); if the Commission was open, it is due "
            f"{due.due_if_open.isoformat()}."
        )
    if due.is_past_known:
        notes.append(
            f"Closings are known through {due.known_through.isoformat()} alone: one announced "
            "later would put it off, and none brings it forward."
        )
    return notes


def _notes_of_day(start: Entry, first: Deadline, settings: ClockSettings) -> list[str]:
    """Where the day of the determination is another one by the clocks that it was made by."""
    local = start.at.date()
    if local == first.starts_on:
        return []
    other = settings.calendar.deadline(local).due_on
    if other == first.due_on:
        return []
    return [
        f"Day 0 is {first.starts_on.isoformat()}, the day in {_place(settings.day_zone)}; by the "
        f"clocks where it was determined it is {local.isoformat()}, which makes it due "
        f"{other.isoformat()}."
    ]


def _place(zone: str) -> str:
    return "Eastern time" if zone == EASTERN else zone


def _notes_of_attorney_general(asked: AttorneyGeneral) -> list[str]:
    notes = []
    if asked.requested and not asked.periods and asked.declined is None:
        notes.append("A delay was asked for; asking does not stop the clock.")
    if asked.declined:
        notes.append("The Attorney General declined: the deadline stands.")
    notes += [
        f"The delay granted on {each.at.date().isoformat()} came after the filing was due, and "
        "does not count."
        for each in asked.too_late
    ]
    if asked.periods and asked.ended_early:
        notes.append("The delay was ended early: four business days after the notice of that.")
    elif asked.periods:
        notes.append("Put off by the Attorney General: four business days after the delay ends.")
    return notes


def _fcc(
    record: IncidentRecord, first: Deadline, calendar: FilingCalendar
) -> tuple[Deadline | None, list[str]]:
    """The deadline under paragraph (d), and what is to be said of it."""
    notified, told = fcc_notified(record), fcc_correspondence(record)
    if notified is None:
        return None, []
    latest = calendar.deadline(notified.at, FCC_DAYS)
    if told is None or told.at > first.due_at:
        return None, [
            "A notification under 47 CFR 64.2011 puts it off only where the Commission is told by "
            f"correspondence by {first.due_on.isoformat()}."
        ]
    return latest, [
        "Put off under 47 CFR 64.2011 for the period that applies there, at the most seven "
        f"business days after the notification: {latest.due_on.isoformat()}."
    ]


# --- delays and amendments -----------------------------------------------------------------------


def _delays(filing: _Filing, now: datetime) -> Iterator[Clock]:
    asked = filing.attorney_general
    if asked.requested and not asked.periods and asked.declined is None:
        yield Clock(
            id="1.05(c) request",
            name="Answer of the Attorney General",
            rule=f"{ITEM}(c)",
            trigger="request for a delay",
            state=stand(filing.first.due_at, None, now),
            started_at=asked.requested.at,
            due_at=filing.first.due_at,
            note="Without a written notice to the Commission by then, the report is due.",
        )
    for each in asked.periods:
        yield _period(each, asked, now)


def _period(period: Period, asked: AttorneyGeneral, now: datetime) -> Clock:
    end = cut_off(period.ends_on)
    is_last = period is asked.periods[-1]
    ended = asked.ended_early if is_last else None
    state = ClockState.RUNNING if now <= end and ended is None else ClockState.SUPERSEDED
    note = f"{period.days} calendar days were granted."
    if ended is not None:
        note += f" Ended early on {ended.at.date().isoformat()}."
    elif state is ClockState.SUPERSEDED:
        note += " It has run out."
    return Clock(
        id=f"1.05(c) period {period.number}",
        name=f"{_PERIODS[min(period.number, 3) - 1]} period of delay by the Attorney General",
        rule=f"{ITEM}(c)",
        trigger="written notice to the Commission",
        state=state,
        started_at=period.entry.at,
        due_at=end,
        hours_left=left(state, end, now),
        note=note,
    )


def _amendments(record: IncidentRecord, now: datetime, settings: ClockSettings) -> Iterator[Clock]:
    """One for each fact that was undetermined when the report was filed."""
    filed = next(iter(record.filed(Form.ITEM_1_05)), None)
    if filed is None:
        return
    for entry, fact in record.undetermined_at(filed.at):
        if fact.aspect is not Aspect.OTHER:
            later = [each for each in record.facts[fact.name] if each[0].order > entry.order]
            yield _amendment(fact, later, record, now, settings)


def _amendment(
    fact: Fact,
    later: Sequence[tuple[Entry, Fact]],
    record: IncidentRecord,
    now: datetime,
    settings: ClockSettings,
) -> Clock:
    known = next((one for one, each in later if each.state is not FactState.UNDETERMINED), None)
    made = Clock(
        id=f"{AMENDMENT_ID}{fact.name}",
        name=f"Amendment on “{fact.name}”",
        rule=f"{ITEM}, Instruction 2",
        trigger="determination or availability of what was not determined",
        state=ClockState.NOT_STARTED,
        note=f"Was not determined when the report was filed ({fact.aspect}).",
    )
    if known is None:
        return made
    due = settings.calendar.deadline(known.at, zone=settings.day_zone)
    filed = next((each for each in record.filed(Form.AMENDMENT) if each.at >= known.at), None)
    state = _stand(due, filed, now, settings.calendar)
    return Clock(
        id=made.id,
        name=made.name,
        rule=made.rule,
        trigger=made.trigger,
        state=state,
        started_at=known.at,
        due_at=due.due_at,
        done_at=filed.at if filed else None,
        deadline=due,
        business_days_left=days_left(state, due, now, settings.calendar),
        hours_left=left(state, due.due_at, now),
        elapsed_days=elapsed(known.at, filed.at if filed else now),
        note=" ".join([made.note, *notes_of(due)]),
    )
