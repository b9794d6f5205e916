"""``board-report build``: the documents, the figures as data, and the manifest."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from board_report.cli.findings import as_record, brief, story_summary, summary, worst_first
from board_report.cli.options import json_option, project_options
from board_report.cli.output import put_json, say, spinner
from board_report.model import Severity

if TYPE_CHECKING:
    from board_report.pipeline import Built, Inputs, Story


@click.command(short_help="Make the deck, the briefing book and the disclosure.")
@project_options
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    metavar="DIR",
    help="Where the quarter's folder goes. [default: output in the current folder]",
)
@click.option(
    "--mode",
    type=click.Choice(["full", "brief", "audit-committee"]),
    default="full",
    help="The deck's pages: all, six for a brief, ten for an audit committee. [default: full]",
)
@click.option(
    "--only",
    type=click.Choice(["deck", "appendix", "briefing", "disclosure", "redline", "committee"]),
    help="Make one of the documents. [default: all]",
)
@click.option(
    "--final",
    is_flag=True,
    help="Refuse unless the disclosure is complete and approved; also make its text for filing.",
)
@json_option
def build(
    project: Path,
    quarter: str | None,
    as_of: date | None,
    output: Path,
    mode: str,
    only: str | None,
    final: bool,
    as_json: bool,
) -> None:
    """Make the deck, its appendix, the briefing book and the disclosure, and print where they are.

    Where last year's filing is on record, a redline of the disclosure against it is made, too.

    Each mode's deck has a file of its own, so that they can stand side by side; the briefing book
    goes with the deck made last. Words of the leaders that the figures do not bear out stop the
    build; what a director would object to is told and stops nothing.

    The quarter's folder also holds the figures as data, the rows that were set aside and a
    manifest. It is replaced whole or not at all; files that you put there stay.

    \b
      board-report build
      board-report build --mode brief
      board-report build --quarter 2026-Q2 --only deck
      board-report build --only disclosure --final
    """
    from board_report.pipeline import build as run

    if final and only not in (None, "disclosure"):
        raise click.UsageError("--final is about the disclosure; leave out --only, or name it.")
    with spinner() as progress:
        built = run(
            project,
            output,
            quarter=quarter,
            as_of=as_of,
            mode=mode,
            only=only,
            final=final,
            progress=progress,
            on_findings=lambda inputs: progress.aside(lambda: say_findings(inputs)),
            on_review=lambda story: progress.aside(lambda: say_review(story)),
        )
    say_what_else(built, is_whole=only is None)
    if as_json:
        put_json(_record(built))
    else:
        for document in built.documents:
            click.echo(os.fsencode(document))


def say_findings(inputs: Inputs) -> None:
    """What stops the build, or which rows it goes on without."""
    loaded = inputs.loaded
    for line in brief(inputs.stops or inputs.errors):
        say(line)
    if loaded.findings:
        say(summary(loaded.findings, loaded.reconciliation))


def say_review(story: Story) -> None:
    """What is wrong with what is said: errors and warnings by line, notes by number."""
    told = [each for each in story.findings if each.severity is not Severity.NOTE]
    for line in brief(told):
        say(line)
    if story.findings:
        say(story_summary(story.findings))


def say_what_else(built: Built, *, is_whole: bool) -> None:
    """Where the rows set aside are, what was not made, and what of an earlier build was kept."""
    from board_report.pipeline import REDLINE

    if any(each.rejected for each in built.inputs.loaded.reconciliation):
        say(f"The rows set aside, as they were and why: {built.folder / 'rejected'}")
    for line in brief(built.tag_findings):
        say(line)
    if is_whole and not any(each.name == REDLINE for each in built.documents):
        say("No redline: governance/prior_disclosure.csv has no filing of an earlier fiscal year.")
    if built.carried_over:
        say(f"Carried over from the folder as it was: {', '.join(built.carried_over)}")


def _record(built: Built) -> dict[str, object]:
    loaded = built.inputs.loaded
    return {
        "quarter": str(built.inputs.project.quarter),
        "as_of": built.inputs.project.as_of.isoformat(),
        "folder": str(built.folder),
        "documents": [str(each) for each in built.documents],
        "rows_read": sum(each.read for each in loaded.reconciliation),
        "rows_set_aside": sum(each.rejected for each in loaded.reconciliation),
        "findings": len(loaded.findings),
        "story_findings": [as_record(each) for each in worst_first(built.story_findings)],
        "tag_findings": [as_record(each) for each in worst_first(built.tag_findings)],
        "carried_over": list(built.carried_over),
        "seconds": dict(built.seconds),
    }
