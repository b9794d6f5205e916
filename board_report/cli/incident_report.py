"""``board-report incident report``: the current report on an incident, as a draft for counsel."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from board_report.cli.findings import as_record, line_of
from board_report.cli.incident_options import incident_argument
from board_report.cli.options import json_option, project_option
from board_report.cli.output import put, put_json, say

if TYPE_CHECKING:
    from board_report.governance.disclosure_lint.records import LintFinding
    from board_report.pipeline.incident_report import DraftedReport

FORMS = ("8-K 1.05", "8-K/A", "8-K 8.01", "6-K")


@click.command(short_help="Draft the current report on an incident, with its tags.")
@incident_argument
@click.option(
    "--form",
    type=click.Choice(FORMS),
    help="Which report. [default: the one that would be made next]",
)
@click.option(
    "--event-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Date of the earliest event reported. [default: the determination's]",
)
@click.option("--signs", default="", metavar="ROLE", help="Role of the officer who signs, as GC.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    metavar="DIR",
    help="Where its folder goes. [default: output in the current folder]",
)
@project_option
@json_option
def report(
    incident: str,
    form: str | None,
    event_on: datetime | None,
    signs: str,
    output: Path,
    project: Path,
    as_json: bool,
) -> None:
    """Draft the current report on INCIDENT: Form 8-K under Item 1.05 or 8.01, 8-K/A, or 6-K.

    It is made from the statements that were attested for the public, and from nothing else of the
    record. What the item asks for and nobody attested is a marked gap. Beside the page stand the
    tagged document with its schema, and a page with the tags in the margin.

    \b
      board-report incident report INC0014390 --signs GC
      board-report incident report INC0014390 --form "8-K 8.01" --event-on 2026-09-16
    """
    from board_report.pipeline.incident import find_incident, open_book
    from board_report.pipeline.incident_report import draft_report, write_report

    book = open_book(project)
    day = event_on.date() if event_on else None
    drafted = draft_report(book, incident, form=form, event_on=day, signs=signs)
    folder = write_report(book, find_incident(book, incident), drafted, output)
    if as_json:
        put_json(_record(drafted, folder))
        return
    for name in drafted.files:
        put(str(folder / name))
    for gap in drafted.page.gaps:
        say(f"Gap. {gap}")
    for found in drafted.lint:
        say(_lint_line(found))
    for finding in drafted.tag_findings:
        say(line_of(finding))
    if drafted.untagged:
        say(f"No tags: {drafted.untagged}")
    say("A draft for counsel; not legal advice.")


def _lint_line(found: LintFinding) -> str:
    quote = f" “{found.quote}”" if found.quote else ""
    return f"{found.sub_item}: {found.severity} {found.code}{quote}: {found.sentence} {found.mend}"


def _record(drafted: DraftedReport, folder: Path) -> dict[str, object]:
    return {
        "form": drafted.page.form,
        "item": drafted.page.item,
        "amendment": drafted.page.amendment,
        "event_on": str(drafted.page.event_date) if drafted.page.event_date else None,
        "state": drafted.page.state,
        "gaps": list(drafted.page.gaps),
        "lint": [
            {
                "code": each.code,
                "severity": str(each.severity),
                "aspect": each.sub_item,
                "quote": each.quote,
                "sentence": each.sentence,
                "mend": each.mend,
            }
            for each in drafted.lint
        ],
        "tag_findings": [as_record(each) for each in drafted.tag_findings],
        "untagged": drafted.untagged,
        "folder": str(folder),
        "files": list(drafted.files),
    }
