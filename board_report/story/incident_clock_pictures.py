"""Pictures of clocks: all of them on a line of days, and one deadline counted day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from board_report.governance.filing_calendar import CountedDay, Deadline, FilingCalendar
from board_report.governance.incident_clock_state import Clock, ClockState
from board_report.governance.incident_kinds import Determination, Discovered, Filed, Form
from board_report.governance.incident_record import IncidentRecord
from board_report.story import formats
from board_report.story.incident_clock_words import due_words, left_words
from board_report.story.page import FigureSpec

LONGEST_SHADED = 45
"""Days of a line on which days without filings are still told apart."""
MOST_DAYS = 18
DAY_SECONDS = 86400
_DONE = {
    ClockState.MET: "done",
    ClockState.MET_LATE: "done late",
    ClockState.SUPERSEDED: "no longer counts",
    ClockState.NOT_STARTED: "not started",
}


def clocks_picture(
    named: Sequence[tuple[Clock, str, str]],
    now: datetime,
    calendar: FilingCalendar,
    zone: str,
    *,
    width: float,
    height: float,
    events: Sequence[Mapping[str, object]] = (),
    label_width: float = 222.0,
    words_width: float = 190.0,
) -> FigureSpec:
    """Clocks on one line of days.

    Args:
        named: each clock with its label and a line under it.
        now: the instant.
        calendar: for the days that are no business days.
        zone: by whose clocks days begin.
        width, height: points.
        events: what happened, as :func:`events_of` gives it.
        label_width, words_width: points for the words on both sides.
    """
    rows = [_row(clock, label, detail, zone) for clock, label, detail in named]
    start, end = _edges([clock for clock, _, _ in named], now, zone)
    days = (end - start).days
    shaded = [start + timedelta(days=at) for at in range(days)] if days <= LONGEST_SHADED else []
    return FigureSpec(
        kind="incident_clock",
        data={
            "start": start,
            "end": end,
            "ticks": _ticks(start, end),
            "closed": [each for each in shaded if not calendar.is_business_day(each)],
            "now": {"at": place(now, zone), "label": _day_of(now, zone)},
            "events": list(events),
            "rows": rows,
            "label_width": label_width,
            "words_width": words_width,
        },
        width=width,
        height=height,
        alt="Clocks: "
        + ". ".join(
            f"{row['label']}: {', '.join(filter(None, (str(row['words']), str(row['more']))))}"
            for row in rows
        )
        + ".",
    )


def place(at: datetime, zone: str) -> float:
    """An instant as a day with its fraction."""
    local = at.astimezone(ZoneInfo(zone))
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return local.date().toordinal() + seconds / DAY_SECONDS


def _day_of(at: datetime, zone: str) -> str:
    return formats.day_short(at.astimezone(ZoneInfo(zone)).date())


def _row(clock: Clock, label: str, detail: str, zone: str) -> dict[str, object]:
    due = due_words(clock, zone)
    words = _DONE.get(clock.state, "")
    more = left_words(clock)
    if clock.id == Form.ITEM_1_05 and clock.state is ClockState.NOT_STARTED:
        more = "no determination of “material”"
    if not words:
        words = f"due {due}" if due else str(clock.state)
        more = more or clock.state_words
        if clock.state is ClockState.OVERDUE:
            words, more = "overdue", f"was due {due}"
        elif clock.state is ClockState.DELAYED:
            more = f"delayed; {more}"
    elif due and clock.state is not ClockState.SUPERSEDED:
        more = f"was due {due}"
    return {
        "label": label,
        "detail": detail,
        "words": words,
        "more": more,
        "from": place(clock.started_at, zone) if clock.started_at else None,
        "due": place(clock.due_at, zone) if clock.due_at else None,
        "done": place(clock.done_at, zone) if clock.done_at else None,
        "state": str(clock.state),
    }


def _edges(clocks: Sequence[Clock], now: datetime, zone: str) -> tuple[date, date]:
    """The day before the first start, and two after the last end."""
    told = [now]
    for each in clocks:
        told += [at for at in (each.started_at, each.due_at, each.done_at) if at is not None]
    local = [each.astimezone(ZoneInfo(zone)).date() for each in told]
    start, end = min(local), max(local) + timedelta(days=1)
    spare = max(1, (end - start).days // 40)
    return start - timedelta(days=spare - 1), end + timedelta(days=spare)


def _ticks(start: date, end: date) -> list[dict[str, object]]:
    """Mondays, every so many weeks, or firsts of months where the line is long."""
    days = (end - start).days
    if days <= 16:
        step = 1 if days <= 8 else 2
        found = [start + timedelta(days=at) for at in range(0, days, step)]
    elif days <= 120:
        first = start + timedelta(days=-start.weekday() % 7)
        weeks = 1 if days <= 60 else 2
        found = [first + timedelta(weeks=at) for at in range(0, days // 7 + 1, weeks)]
    else:
        months = range(start.year * 12 + start.month, end.year * 12 + end.month)
        step = max(1, len(months) // 8)
        found = [date(at // 12, at % 12 + 1, 1) for at in months[::step]]
    return [{"at": each, "label": formats.day_short(each)} for each in found if start <= each < end]


def events_of(record: IncidentRecord, zone: str) -> list[Mapping[str, object]]:
    """What happened, for the top of the picture: discovery, determinations, filings."""
    found: list[Mapping[str, object]] = []
    for entry, said in (
        *((one, "discovered") for one, _ in record.said(Discovered)),
        *((one, each.state.words) for one, each in record.said(Determination)),
        *((one, f"{each.form} filed") for one, each in record.said(Filed)),
    ):
        found.append({"at": place(entry.at, zone), "label": said})
    return found


# --- one deadline --------------------------------------------------------------------------------


def count_picture(
    deadline: Deadline, start_label: str, *, width: float, height: float
) -> FigureSpec | None:
    """One deadline day by day; None where it has more days than a row holds."""
    days = deadline.reckoning
    if len(days) > MOST_DAYS:
        return None
    return FigureSpec(
        kind="day_count",
        data={
            "days": [_counted(each, deadline) for each in days],
            "start_label": start_label,
            "due_label": f"due 5:30{formats.NO_BREAK}p.m. Eastern",
        },
        width=width,
        height=height,
        alt=f"Day by day, from {formats.day(deadline.starts_on)}: "
        + "; ".join(
            f"{formats.day_short(each.on)} "
            + (each.why or ("day 0" if each.count == 0 else f"business day {each.count}"))
            for each in days
        )
        + ".",
    )


def _counted(day: CountedDay, deadline: Deadline) -> dict[str, object]:
    why = day.why.removeprefix("federal holiday: ")
    if day.on.weekday() >= 5:
        why = "weekend"
    return {
        "weekday": f"{day.on:%a}",
        "day": formats.day_short(day.on),
        "count": "" if day.count is None else str(day.count),
        "why": why,
        "is_due": day.on == deadline.due_on,
    }
