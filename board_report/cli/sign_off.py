"""``board-report sign-off``: record that a section was prepared, reviewed or approved."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from board_report.cli.build import say_findings
from board_report.cli.options import project_options
from board_report.cli.output import put, say

if TYPE_CHECKING:
    from board_report.governance.sign_offs import SignOff
    from board_report.pipeline import Inputs, Reviewed
    from board_report.story.approvals import SignedSection

STEPS = ("prepared", "reviewed", "approved", "withdrawn")
HASH_SHOWN = 12


@click.command("sign-off", short_help="Record who prepared, reviewed or approved a section.")
@click.argument("section", metavar="SECTION")
@click.option(
    "--step",
    type=click.Choice(STEPS),
    required=True,
    help="What is signed; withdrawn takes back what the role signed before.",
)
@click.option("--role", required=True, metavar="ROLE", help="Of whoever signs, such as CISO.")
@click.option("--note", default="", metavar="TEXT", help="A sentence for the record.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day on which it is signed, such as 2026-10-20. [default: now]",
)
@project_options
def sign_off(
    section: str,
    step: str,
    role: str,
    note: str,
    on: datetime | None,
    project: Path,
    quarter: str | None,
    as_of: date | None,
) -> None:
    """Record that the holder of a role prepared, reviewed or approved SECTION as it is now.

    The record keeps the words and figures that were signed, and their hash. As soon as one of
    them changes the signature is void, and `board-report status` says which it was. A section is
    reviewed after it was prepared and approved after it was reviewed, and nobody reviews or
    approves what the same person prepared.

    \b
      board-report status
      board-report sign-off security --step approved --role CISO
    """
    from board_report.pipeline import review
    from board_report.pipeline import sign_off as record_it
    from board_report.story.signed_sections import find_section

    find_section(section)
    reviewed = review(project, quarter=quarter, as_of=as_of, on_findings=say_what_stops)
    record, signed = record_it(
        reviewed, section, step, role, on=_moment(on, reviewed), note=note.strip()
    )
    put_signed(record, signed)


def say_what_stops(inputs: Inputs) -> None:
    """The findings, where they stop the report; else they are for ``check`` to show."""
    if inputs.stops:
        say_findings(inputs)


def plain(printed: str) -> str:
    """A printed text with ordinary spaces, so that a search in the output finds it."""
    from board_report.story.formats import NO_BREAK

    return printed.replace(NO_BREAK, " ")


def _moment(on: datetime | None, reviewed: Reviewed) -> datetime:
    """Now, or noon of the given day, by the clocks of the company."""
    zone = ZoneInfo(reviewed.inputs.project.calendar.time_zone)
    if on is None:
        return datetime.now(zone).replace(microsecond=0)
    return datetime.combine(on.date(), time(12), zone)


def put_signed(record: SignOff, signed: SignedSection) -> None:
    """Who signed what, and what is still missing."""
    from board_report.story.formats import day

    when = plain(day(record.day))
    put(f"{record.person}, {record.role}: {record.section} {record.step} on {when}.")
    put(f"pages: {', '.join(signed.pages)}")
    entries = f"{len(record.content):,} figures and sentences"
    put(f"content: {record.content_sha256[:HASH_SHOWN]} ({entries})")
    put(f"state: {plain(signed.state)}")
    say(f"Recorded in {record.file}; keep it with the project.")
    missing = signed.standing.missing
    say(f"Still missing: {', '.join(missing)}." if missing else "Nothing is missing.")
