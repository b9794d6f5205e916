"""``board-report check``: what is wrong with the data, and where every row went."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.findings import (
    as_record,
    put_findings,
    put_reconciliation,
    summary,
    worst_first,
)
from board_report.cli.options import json_option, project_options
from board_report.cli.output import put_json, say

if TYPE_CHECKING:
    from board_report.pipeline import Inputs


@click.command(short_help="Say what is wrong with the data.")
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
    """Say what is wrong with the project's data; nothing is written.

    Errors come first: some stop a build, others set a row aside. In a pipe every finding is
    one line. Exit code 2 when there is an error, 0 when there are only warnings and notes.

    \b
      board-report check
      board-report check | grep incidents.csv
    """
    from board_report.pipeline import read_inputs

    inputs = read_inputs(project, quarter=quarter, as_of=as_of)
    if as_json:
        put_json(_record(inputs))
    else:
        put_findings(inputs.loaded.findings, everything=everything)
        put_reconciliation(inputs.loaded.reconciliation)
        say(summary(inputs.loaded.findings, inputs.loaded.reconciliation))
        say(_verdict(inputs))
    ctx.exit(2 if inputs.errors else 0)


def _verdict(inputs: Inputs) -> str:
    if inputs.stops:
        return "No document can be built until the errors that stop the build are mended."
    if inputs.errors:
        return "A build can go on without the rows set aside; mend them to have them counted."
    return "The data are ready for `board-report build`."


def _record(inputs: Inputs) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "quarter": str(inputs.project.quarter),
        "as_of": inputs.project.as_of.isoformat(),
        "stops": bool(inputs.stops),
        "findings": [as_record(each) for each in worst_first(inputs.loaded.findings)],
        "reconciliation": [asdict(each) for each in inputs.loaded.reconciliation],
    }
