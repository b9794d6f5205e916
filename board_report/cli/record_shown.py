"""``board-report record-shown``: record the figures that a board was shown."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from board_report.cli.options import project_options
from board_report.cli.output import put, say
from board_report.cli.sign_off import plain, say_what_stops

if TYPE_CHECKING:
    from board_report.pipeline import Recorded

NAMED = 5
"""Figures that are named before the others are counted."""


@click.command("record-shown", short_help="Record the figures that a board was shown.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of the meeting; needed with --quarter. [default: meeting_on in report.toml]",
)
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="METRIC",
    help="A figure to record; may be given several times. [default: all that have a value]",
)
@project_options
def record_shown(
    on: datetime | None,
    metrics: tuple[str, ...],
    project: Path,
    quarter: str | None,
    as_of: date | None,
) -> None:
    """Record the figures that the quarter's deck shows, and the rows behind them.

    Run it when a board has been shown the deck. A later report then notices a figure that has
    changed since, and names the rows that changed it. Lines are added to
    governance/reported_figures.csv and governance/reported_rows.csv and never changed: what is on
    record with the same value is left alone, and a value that this deck corrects gets a line of
    its own, after which the board has seen it.

    \b
      board-report record-shown
      board-report record-shown --on 2026-10-27 --metric mttr --metric mttd
    """
    from board_report.pipeline import read_inputs
    from board_report.pipeline import record_shown as record_it

    if quarter and on is None:
        raise click.UsageError("Say with --on DATE when the deck of that quarter was shown.")
    inputs = read_inputs(project, quarter=quarter, as_of=as_of)
    say_what_stops(inputs)
    names = [each.strip().lower().replace("-", "_") for each in metrics]
    recorded = record_it(inputs, on=on.date() if on else None, metric_ids=names)
    put_recorded(recorded, str(inputs.project.quarter))


def put_recorded(recorded: Recorded, quarter: str) -> None:
    """What was added, and what is not kept row by row."""
    from board_report.governance.row_marks import LISTED
    from board_report.story.formats import day

    added = recorded.added
    if not recorded.files:
        put(f"{quarter}: all {added.already:,} figures are on record; nothing was written.")
        return
    when = plain(day(recorded.on))
    put(f"{quarter}: {_figures(added.of_quarter)} recorded as shown on {when}.")
    if added.of_earlier:
        put(f"earlier quarters: {_figures(added.of_earlier)} recorded with the corrected value.")
    if added.already:
        put(f"on record before: {_figures(added.already)}, left alone.")
    put(f"rows behind them: {sum(1 for each in added.rows if each['record']):,}")
    if added.counted:
        more = len(added.counted) - NAMED
        names = ", ".join(added.counted[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
        say(
            f"Counted and not kept row by row, since there are more than {LISTED:,} of one table "
            f"or it was reduced where it lies: the rows of {names}."
        )
    say(f"Recorded in {' and '.join(recorded.files)}; keep them with the project.")


def _figures(count: int) -> str:
    return "1 figure" if count == 1 else f"{count:,} figures"
