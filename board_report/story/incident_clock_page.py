"""The clocks of one incident as a page: what runs, until when, and one deadline day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from board_report.governance.incident_clock_state import Clock, ClockSettings, ClockState
from board_report.governance.incident_record import IncidentRecord
from board_report.story import formats, sentences
from board_report.story.incident_clock_pictures import clocks_picture, count_picture, events_of
from board_report.story.incident_clock_words import (
    NO_VERDICT,
    due_words,
    left_words,
    moment,
    within,
    zone_words,
)
from board_report.story.key_figures import first_that_fits, shortened
from board_report.story.page import BoardContext, FigureSpec, Mode, Page

if TYPE_CHECKING:
    from board_report.project import Project

ID = "incident-clock"
WIDTH, BODY = 864.0, 334.0
STRIP = 92.0
BESIDE = 8
"""Days of a strip that leave room for words beside it."""
HOW_COUNTED = (
    "The day that starts it is day 0. Where it is no business day, the period begins on the next "
    "one and counts it. A filing after 5:30 p.m. Eastern counts as the next business day."
)
_HEADING = 22.0
_LINES = 30.0
MOST_ROWS = 7
"""Rows that stand under one another with a day-by-day strip below."""


def incident_clock_context(
    project: Project,
    record: IncidentRecord,
    clocks: Sequence[Clock],
    now: datetime,
    settings: ClockSettings,
    *,
    zone: str,
) -> BoardContext:
    """A deck of one page.

    Args:
        project: for the company's name and classification.
        record: the incident's, as far as it is known at ``now``.
        clocks: of it at that instant.
        now: the instant, which dates the document.
        settings: what the clocks are counted by.
        zone: by whose clocks times are shown.
    """
    page = clock_page(record, clocks, now, settings, zone=zone)
    day = formats.day(now.date())
    return BoardContext(
        mode=Mode.FULL,
        title="Incident clock",
        company_name=project.company.name,
        quarter=record.incident_id,
        quarter_words=record.incident_id,
        as_of=moment(now, zone),
        meeting="",
        classification=project.company.classification,
        audience="",
        state=f"On record {day}",
        is_draft=False,
        leaders=project.company.name,
        language="en-US",
        created=now.isoformat(),
        pages=(page,),
    )


def clock_page(
    record: IncidentRecord,
    clocks: Sequence[Clock],
    now: datetime,
    settings: ClockSettings,
    *,
    zone: str,
) -> Page:
    """The page: clocks that have started, those that have not in words, one deadline by days."""
    started = [each for each in clocks if each.started_at is not None]
    waiting = [each for each in clocks if each.state is ClockState.NOT_STARTED]
    counted = next((each for each in started if each.deadline and each.is_open), None)
    counted = counted or next((each for each in started if each.deadline), None)
    figures: dict[str, FigureSpec] = {}
    strip = None
    if counted is not None and counted.deadline is not None:
        strip = count_picture(counted.deadline, "starts it", width=WIDTH, height=STRIP)
    room = BODY - _LINES - (STRIP + _HEADING + 12 if strip else 0)
    shown = _fitting(started, MOST_ROWS if strip else MOST_ROWS + 5)
    if shown:
        figures["clocks"] = clocks_picture(
            [(each, each.name, each.rule) for each in shown],
            now,
            settings.calendar,
            zone,
            width=WIDTH,
            height=min(room, 60.0 + 42.0 * len(shown)),
            events=events_of(record, zone),
            label_width=246.0,
        )
    if strip is not None:
        figures["count"] = strip
    return Page(
        id=ID,
        section="Incident clock",
        title=title_of(record, clocks, zone),
        context=_context(record, now, zone),
        owners="",
        sources=sources_of(settings),
        body={
            "counted": shortened(counted.name, 70) if counted and strip else "",
            "counted_rule": counted.rule if counted and strip else "",
            "waiting": _waiting(waiting, len(started) - len(shown)),
            "beside": _beside(counted) if strip else "",
            "top": (figures["clocks"].height + 14) if shown else 0,
        },
        figures=figures,
        voices_room=None,
    )


def _beside(counted: Clock | None) -> str:
    """What stands beside the strip: what the deadline rests on, and how days are counted."""
    if counted is None or counted.deadline is None or len(counted.deadline.reckoning) > BESIDE:
        return ""
    return shortened(f"{counted.note} {HOW_COUNTED}".strip(), 330)


def _fitting(clocks: Sequence[Clock], most: int) -> list[Clock]:
    """As many as there is room for: what has run out, what is open, then what is done."""
    first = [each for each in clocks if each.state is ClockState.OVERDUE]
    rest = [each for each in clocks if each.is_open and each not in first]
    return [*first, *rest, *(each for each in clocks if not each.is_open)][:most]


def _waiting(waiting: Sequence[Clock], more: int) -> str:
    parts = []
    if more > 0:
        parts.append(f"{formats.counted(more, 'more clock')} in the list on the command line")
    if waiting:
        names = "; ".join(each.name for each in waiting)
        parts.append(f"not started: {shortened(names, 220)}")
    return " ".join(f"{sentences.capital(each)}." for each in parts)


def title_of(record: IncidentRecord, clocks: Sequence[Clock], zone: str) -> str:
    """What is most pressing: what is overdue, else the next end, else that nothing runs."""
    late = [each for each in clocks if each.state is ClockState.OVERDUE]
    if late:
        names = sentences.capital(formats.counted(len(late), "clock has", "clocks have"))
        told = f"{names} run out"
        return first_that_fits(f"{told}, first {within(late[0].name)}", told)
    ahead = [(each.due_at, each) for each in clocks if each.is_open and each.due_at is not None]
    if ahead:
        _, first = min(ahead, key=lambda each: each[0])
        told = f"{shortened(first.name, 60)} is due {due_words(first, zone)}"
        return first_that_fits(f"{told}: {left_words(first)}", told)
    running = [each for each in clocks if each.is_open]
    if running:
        return f"{running[0].name}: {left_words(running[0])}; no deadline runs"
    return f"No clock runs on {record.incident_id}"


def _context(record: IncidentRecord, now: datetime, zone: str) -> str:
    at = f"At {moment(now, zone)}, {zone_words(zone)}."
    state = f"Determined: {record.state.words}."
    title = shortened(record.title, 60)
    stop = "" if title.endswith("…") else "."
    return f"{shortened(record.incident_id, 24)}: {title}{stop} {state} {at}"


def sources_of(settings: ClockSettings) -> str:
    """What the page rests on, and what it is not."""
    calendar = settings.calendar
    return (
        f"Draft for counsel, not legal advice. Closings checked on "
        f"{formats.day(calendar.checked_on)}, known through {formats.day(calendar.known_through)}. "
        f"{NO_VERDICT}"
    )
