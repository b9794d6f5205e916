"""``board-report check``: what is wrong with the data and the words, and where every row went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.findings import (
    as_record,
    put_findings,
    put_reconciliation,
    story_summary,
    summary,
    worst_first,
)
from board_report.cli.options import json_option, project_options
from board_report.cli.output import put_json, say
from board_report.errors import BoardReportError, CommentaryError, ProjectError
from board_report.model import Severity

if TYPE_CHECKING:
    from board_report.model import Finding
    from board_report.pipeline import Inputs


@click.command(short_help="Say what is wrong with the data and with what is said.")
@project_options
@click.option("--all", "everything", is_flag=True, help="Show every finding, not ten of a kind.")
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    project: Path,
    quarter: str | None,
    as_of: date | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Say what is wrong with the project's data and with what is said; nothing is written.

    Errors come first: some stop a build, others set a row aside. In a pipe every finding is
    one line. Where the data allow it, the figures are computed too and held against governance,
    the leaders' commentary and what a director would object to. Exit code 2 when there is an
    error, 0 when there are only warnings and notes.

    \b
      board-report check
      board-report check | grep incidents.csv
      board-report check | grep commentary/
    """
    from board_report.pipeline import check_story, read_inputs

    inputs = read_inputs(project, quarter=quarter, as_of=as_of)
    fault: BoardReportError | None = None
    said: tuple[Finding, ...] = ()
    try:
        said = check_story(inputs)
    except (CommentaryError, ProjectError) as error:
        fault = error  # the data are shown first, as they would be without it
    findings = (*inputs.loaded.findings, *said)
    if as_json:
        put_json(_record(inputs, said))
    else:
        put_findings(findings, everything=everything)
        put_reconciliation(inputs.loaded.reconciliation)
        say(summary(inputs.loaded.findings, inputs.loaded.reconciliation))
        if said:
            say(story_summary(said))
        say(_verdict(inputs, said, fault))
    if fault:
        raise fault
    ctx.exit(2 if any(each.severity is Severity.ERROR for each in findings) else 0)


def _verdict(inputs: Inputs, said: Sequence[Finding], fault: BoardReportError | None) -> str:
    if inputs.stops or fault or any(each.stops for each in said):
        return "No document can be built until the errors that stop the build are mended."
    if inputs.errors:
        return "A build can go on without the rows set aside; mend them to have them counted."
    return "The data are ready for `board-report build`."


def _record(inputs: Inputs, said: Sequence[Finding]) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "quarter": str(inputs.project.quarter),
        "as_of": inputs.project.as_of.isoformat(),
        "stops": bool(inputs.stops) or any(each.stops for each in said),
        "findings": [as_record(each) for each in worst_first((*inputs.loaded.findings, *said))],
        "reconciliation": [asdict(each) for each in inputs.loaded.reconciliation],
    }
