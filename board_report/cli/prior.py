"""``board-report prior``: bring in what was filed last year."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from board_report.cli.options import project_option
from board_report.cli.output import put_table, say

HEADS = ("sub-item", "position", "answer", "text")


@click.group(short_help="Bring in the annual item as it was filed last year.")
def prior() -> None:
    """Bring in the annual item as it was filed, for the redline and to carry words forward.

    \b
      board-report prior import corvane-20251231.htm --filed-on 2026-02-20
    """


@prior.command("import", short_help="Read last year's item out of a tagged report.")
@click.argument("document", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--filed-on",
    required=True,
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date of the filing, such as 2026-02-20.",
)
@project_option
def import_(document: Path, filed_on: datetime, project: Path) -> None:
    """Add the passages of a filed report to governance/prior_disclosure.csv, by its tags.

    FILE is last year's annual report with its Inline XBRL. Rows are added and none is changed.
    Passages that no tag of their own tells apart stand under the sub-item around them, and the
    command says which to move by hand.

    \b
      board-report prior import corvane-20251231.htm --filed-on 2026-02-20
    """
    from board_report.pipeline import import_prior

    found = import_prior(project, document, filed_on.date())
    said = {True: "yes", False: "no", None: ""}
    put_table(
        HEADS,
        [
            (each.sub_item, str(each.position), said[each.answer], each.text)
            for each in found.item.passages
        ],
        whole=("sub-item",),
    )
    count = len(found.item.passages)
    many = "1 passage" if count == 1 else f"{count} passages"
    say(f"{many} of fiscal year {found.item.fiscal_year} added to {found.file}.")
    for sub_item, answer in found.item.unplaced:
        say(
            f"{sub_item} was “{said[answer]}”, and its words have no tag of their own: move them "
            f"from the sub-item that they stand under, and give the first the answer."
        )
