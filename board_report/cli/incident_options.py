"""What the commands on incidents share: who says it, when, and putting it on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from board_report.cli.options import project_option
from board_report.cli.output import put, say
from board_report.cli.sign_off import plain

if TYPE_CHECKING:
    from board_report.governance.incident_kinds import Content
    from board_report.pipeline.incident import IncidentBook

Command = TypeVar("Command", bound=Callable[..., Any])

zone_option = click.option(
    "--zone",
    metavar="ZONE",
    help="Time zone of a time without an offset, such as America/New_York. "
    "[default: the company's]",
)
incident_argument = click.argument("incident", metavar="INCIDENT")


@dataclass(frozen=True)
class Saying:
    """Who says something, when, and in which project; as the options have it."""

    incident: str
    project: Path
    role: str
    at: str | None
    on: datetime | None
    zone: str | None


def says(*, needs_time: bool = False, has_day: bool = True) -> Callable[[Command], Command]:
    """``INCIDENT``, ``--project``, ``--role``, ``--at``, ``--on`` and ``--zone``, as one value.

    Args:
        needs_time: whether the time must be given; now otherwise.
        has_day: whether a day will do.
    """

    def decorated(command: Command) -> Command:
        @wraps(command)
        def gathered(
            incident: str,
            project: Path,
            role: str,
            at: str | None,
            zone: str | None,
            on: datetime | None = None,
            **options: Any,
        ) -> Any:
            return command(Saying(incident, project, role, at, on, zone), **options)

        wrapped: Any = gathered
        for option in reversed(_options(needs_time, has_day)):
            wrapped = option(wrapped)
        return incident_argument(wrapped)  # type: ignore[no-any-return]

    return decorated


def _options(needs_time: bool, has_day: bool) -> list[Callable[[Any], Any]]:
    default = "" if needs_time else " [default: now]"
    options = [
        click.option("--role", required=True, metavar="ROLE", help="Who says so, such as GC."),
        click.option(
            "--at",
            metavar="TIME",
            required=needs_time,
            help=f"When: 2026-09-05 23:40, or 2026-09-05T23:40-05:00.{default}",
        ),
    ]
    if has_day:
        options.append(
            click.option(
                "--on",
                type=click.DateTime(["%Y-%m-%d"]),
                metavar="DATE",
                help="The day alone, such as 2026-10-20.",
            )
        )
    return [*options, zone_option, project_option]


def put_on_record(saying: Saying, content: Content) -> IncidentBook:
    """Record one entry, and say where it is.

    Raises:
        BoardReportError: it cannot be recorded; the message says why.
    """
    from board_report.pipeline.incident import add_entry, open_book
    from board_report.story.incident_clock_words import entry_words

    book = open_book(saying.project)
    at, zone = read_time(book, saying.at, saying.zone, on=saying.on)
    now = datetime.now(ZoneInfo(book.zone)).replace(microsecond=0)
    entry = add_entry(
        book, saying.incident, content, role=saying.role, at=at, zone=zone, entered_at=now
    )
    when = entry.at.isoformat(sep=" ", timespec="minutes")
    words = plain(entry_words(entry, book.register.settings.regimes))
    put(f"{entry.incident_id} entry {entry.number}: {words}")
    put(f"{entry.person}, {entry.role}, {when}")
    if at > now:
        say(f"{when} lies ahead of now: correct it if that is not meant.")
    say(f"Recorded in {entry.file}; keep it with the project.")
    return open_book(saying.project)


def read_time(
    book: IncidentBook, at: str | None, zone: str | None, *, on: datetime | None = None
) -> tuple[datetime, str]:
    """The instant that was asked for and its zone: now, or noon of a day, without a time.

    Raises:
        IncidentError: it is no time of that zone, or the zone is not known.
        click.UsageError: a time and a day were given.
    """
    from board_report.governance.incident_times import find_zone, fixed, read_instant

    if at is not None and on is not None:
        raise click.UsageError("Give --at or --on, not both.")
    place = find_zone(zone or book.zone)
    if at is not None:
        return read_instant(at, zone or book.zone, is_zone_asked=zone is not None)
    if on is not None:
        return fixed(datetime.combine(on.date(), time(12), place)), place.key
    return fixed(datetime.now(place)), place.key
