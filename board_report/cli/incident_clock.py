"""``board-report incident clock``: what runs, until when, and how that was reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.incident_options import (
    incident_argument,
    read_time,
    zone_option,
)
from board_report.cli.options import json_option, project_option
from board_report.cli.output import put, put_json, put_table, say
from board_report.cli.sign_off import plain

if TYPE_CHECKING:
    from board_report.governance.incident_clock_state import Clock
    from board_report.pipeline.incident import IncidentBook

HEADS = ("clock", "state", "due", "left", "rule")


@click.command(short_help="Show the clocks of an incident, and draw them.")
@incident_argument
@click.option("--at", metavar="TIME", help="The instant at which they are read. [default: now]")
@zone_option
@click.option(
    "--draw",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Draw them as FILE.svg, or as a page: FILE.pdf.",
)
@project_option
@json_option
def clock(
    incident: str, at: str | None, zone: str | None, draw: Path | None, project: Path, as_json: bool
) -> None:
    """Show every clock of INCIDENT at an instant, with deadlines reckoned day by day.

    The clocks count from what people recorded; they say neither whether the incident is material
    nor which rules apply.

    \b
      board-report incident clock INC0014390
      board-report incident clock INC0014390 --at "2026-09-30 17:00" --draw clock.pdf
    """
    from board_report.pipeline.incident import clocks_at, open_book
    from board_report.pipeline.incident_drawing import draw_clocks

    book = open_book(project)
    now, _ = read_time(book, at, zone)
    place = zone or book.zone
    clocks = clocks_at(book, incident, now)
    if as_json:
        put_json(_record(book, incident, now, clocks))
    else:
        put_clocks(book, clocks, now, place)
    if draw is not None:
        draw_clocks(book, incident, clocks, now, place, draw)
        say(f"Drawn in {draw}.")


def put_clocks(book: IncidentBook, clocks: Sequence[Clock], now: datetime, zone: str) -> None:
    """The clocks, the days of each deadline, notes, and the events that would start the others."""
    from board_report.story.incident_clock_words import (
        NO_VERDICT,
        due_words,
        left_words,
        moment,
        reckoning,
        zone_words,
    )

    say(f"At {plain(moment(now, zone))}, {zone_words(zone)}.")
    rows = [
        (
            each.name,
            each.state_words,
            plain(due_words(each, zone)) or "-",
            plain(left_words(each)) or "-",
            each.rule,
        )
        for each in clocks
    ]
    put_table(HEADS, rows)
    for each in clocks:
        for day, words in reckoning(each):
            put(f"{each.id}: {plain(day)}: {words}")
    for each in clocks:
        if each.note:
            put(f"{each.id}: {each.note}")
    regimes = book.register.settings.regimes
    for name, words in regimes.events.items():
        put(f"event {name}: {words}")
    calendar = book.register.settings.calendar
    say(
        f"Closings of the Commission checked on {calendar.checked_on.isoformat()}, known through "
        f"{calendar.known_through.isoformat()}. Draft for counsel, not legal advice."
    )
    say(NO_VERDICT)


def _record(
    book: IncidentBook, incident: str, now: datetime, clocks: Sequence[Clock]
) -> dict[str, Any]:
    calendar = book.register.settings.calendar
    return {
        "incident": incident.strip(),
        "at": now.isoformat(),
        "closings_known_through": calendar.known_through.isoformat(),
        "clocks": [_clock(each) for each in clocks],
        "events": dict(book.register.settings.regimes.events),
    }


def _clock(clock: Clock) -> dict[str, Any]:
    deadline = clock.deadline
    return {
        "id": clock.id,
        "name": clock.name,
        "rule": clock.rule,
        "trigger": clock.trigger,
        "state": str(clock.state),
        "started_at": clock.started_at.isoformat() if clock.started_at else None,
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
        "done_at": clock.done_at.isoformat() if clock.done_at else None,
        "business_days_left": clock.business_days_left,
        "hours_left": clock.hours_left,
        "elapsed_days": clock.elapsed_days,
        "past_calendar_end": clock.is_past_known,
        "due_if_open": (
            deadline.due_if_open.isoformat() if deadline and deadline.due_if_open else None
        ),
        "reckoning": [
            {"on": each.on.isoformat(), "count": each.count, "why": each.why}
            for each in (deadline.reckoning if deadline else ())
        ],
        "note": clock.note,
    }
