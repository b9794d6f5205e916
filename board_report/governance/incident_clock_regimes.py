"""The clocks of other regimes, each from what somebody recorded as its start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from board_report.governance.incident_clock_state import Clock, ClockState, elapsed, left, stand
from board_report.governance.incident_record import Entry, IncidentRecord
from board_report.governance.reporting_regimes import (
    DISCOVERED,
    NOTIFIED,
    Duty,
    Limit,
    Regimes,
)


def regime_clocks(record: IncidentRecord, now: datetime, regimes: Regimes) -> Iterator[Clock]:
    """One clock for each notification that the company's regimes ask for.

    Args:
        record: the incident's, as far as it is known at ``now``.
        now: the instant.
        regimes: those that the company is under.
    """
    for duty in regimes.duties:
        yield _clock(duty, record, now, regimes)


def _clock(duty: Duty, record: IncidentRecord, now: datetime, regimes: Regimes) -> Clock:
    started = [
        (limit, entry) for limit in duty.limits if (entry := _start(limit, record)) is not None
    ]
    trigger = " or ".join(f"{each.words} after {regimes.words(each.after)}" for each in duty.limits)
    note = " ".join(filter(None, (duty.note, f"Limit {duty.checked_words}.")))
    done = record.notified(duty.id)
    if not started:
        return Clock(
            id=duty.id,
            name=f"{duty.regime}: {duty.name[:1].lower()}{duty.name[1:]}",
            rule=duty.rule,
            trigger=trigger,
            state=ClockState.MET if done else ClockState.NOT_STARTED,
            done_at=done.at if done else None,
            note=note,
        )
    limit, start = _holds(duty, started)
    due_at, done_at = limit.due(_local(start)), done.at if done else None
    state = stand(due_at, done_at, now)
    return Clock(
        id=duty.id,
        name=f"{duty.regime}: {duty.name[:1].lower()}{duty.name[1:]}",
        rule=duty.rule,
        trigger=trigger,
        state=state,
        started_at=start.at,
        due_at=due_at,
        is_whole_day=limit.is_of_days,
        done_at=done_at,
        hours_left=left(state, due_at, now),
        elapsed_days=elapsed(start.at, done_at or now),
        note=note,
    )


def _local(entry: Entry) -> datetime:
    """Its instant by the clocks that it was given by, summer time and all."""
    return entry.at.astimezone(ZoneInfo(entry.zone)) if entry.zone else entry.at


def _start(limit: Limit, record: IncidentRecord) -> Entry | None:
    if limit.after == DISCOVERED:
        return record.discovered
    if limit.after.startswith(NOTIFIED):
        return record.notified(limit.after.removeprefix(NOTIFIED))
    return record.event(limit.after)


def _holds(duty: Duty, started: list[tuple[Limit, Entry]]) -> tuple[Limit, Entry]:
    """The limit that runs out first; one that may start later holds alone where it does."""
    first = min(started, key=lambda each: each[0].due(_local(each[1])))
    alone = next((each for each in started if each[0].after == duty.later_alone), None)
    if alone is not None and alone[1].at > first[0].due(_local(first[1])):
        return alone
    return first
