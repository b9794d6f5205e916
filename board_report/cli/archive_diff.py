"""``board-report archive diff``: what changed between two sealed quarters."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.archive_options import open_place, place_of, place_options
from board_report.cli.archive_seal import find_seal
from board_report.cli.options import json_option
from board_report.cli.output import put, put_json, say

if TYPE_CHECKING:
    from board_report.archive.ledger import Archive, Seal
    from board_report.archive.quarter_changes import QuarterChanges


@click.command(short_help="Show what changed between two seals.")
@click.argument("was", metavar="WAS")
@click.argument("now", metavar="NOW")
@click.option("--entity", default="", metavar="NAME", help="The company, where several are sealed.")
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write it as a paper that a director can read.",
)
@place_options
@json_option
def diff(
    was: str,
    now: str,
    entity: str,
    pdf: Path | None,
    archive: str | None,
    project: Path,
    as_json: bool,
) -> None:
    """Show what changed from WAS to NOW: figures, definitions, words, approvals and program.

    Each is a quarter, of which the last seal is taken, or the number of a seal's entry. Words are
    compared as they stand on the pages: [-struck out-], {+put in+}, [<moved away<], {>moved here>}.

    \b
      board-report archive diff 2026-Q2 2026-Q3
      board-report archive diff 3 7 --pdf changes.pdf
    """
    from board_report.archive.changes_paper import changes_lines
    from board_report.pipeline.archive_diff import changes_pdf, compare_seals, write_paper

    found = open_place(place_of(archive, project))
    before, after = (_seal(found, each, entity) for each in (was, now))
    changes = compare_seals(found, before, after)
    if as_json:
        put_json(_record(changes))
    else:
        for line in changes_lines(changes):
            put(line)
    if pdf is not None:
        write_paper(pdf, changes_pdf(changes, before, after))
        say(f"Written to {pdf}.")


def _seal(archive: Archive, name: str, entity: str) -> Seal:
    if name.strip().isdigit():
        return find_seal(archive, int(name), None, entity)
    return find_seal(archive, None, name.strip().upper(), entity)


def _record(changes: QuarterChanges) -> dict[str, Any]:
    record = asdict(changes)
    for passage in record["words"]:
        passage["runs"] = [[str(run["mark"]), run["text"], run["move"]] for run in passage["runs"]]
    return record
