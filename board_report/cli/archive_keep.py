"""``board-report archive hold``, ``release`` and ``prune``: what must stay, and what may go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.archive_options import (
    by_option,
    open_place,
    place_of,
    place_options,
    stamp_of,
)
from board_report.cli.options import json_option
from board_report.cli.output import put, put_json, put_table, say

if TYPE_CHECKING:
    from board_report.archive.ledger import Entry
    from board_report.archive.ledger.actions import Due

DUE_HEADS = ("entry", "quarter", "entity", "kinds", "kept until", "held by")

_reason = click.option("--reason", required=True, metavar="TEXT", help="Why, for the record.")


@click.command(short_help="Keep records from being deleted.")
@place_options
@click.option("--quarter", default="", metavar="QUARTER", help="Hold this quarter alone.")
@click.option("--entity", default="", metavar="NAME", help="Hold this company alone.")
@click.option("--all", "everything", is_flag=True, help="Hold all there is and all that will be.")
@_reason
@by_option
@json_option
def hold(
    archive: str | None,
    project: Path,
    quarter: str,
    entity: str,
    everything: bool,
    reason: str,
    by: str,
    as_json: bool,
) -> None:
    """Keep records from being deleted, past their retention or not, until the hold is released.

    A litigation hold covers what is sealed and what will be sealed later.

    \b
      board-report archive hold --quarter 2026-Q3 --reason "Matter 2027-014"
      board-report archive hold --all --reason "Request of 3 March 2027"
    """
    from board_report.archive.ledger.actions import hold as run

    if everything == bool(quarter or entity):
        raise click.UsageError("Say what is held: --quarter, --entity or --all.")
    place = place_of(archive, project)
    stamp = stamp_of("archive hold", by, place, quarter=quarter, entity=entity, reason=reason)
    entry = run(open_place(place), stamp, reason=reason, quarter=quarter, entity=entity, told=say)
    _put_entry(entry, as_json, f"entry {entry.number} holds it; release it by that number")


@click.command(short_help="End a hold.")
@place_options
@click.argument("number", metavar="ENTRY", type=int)
@_reason
@by_option
@json_option
def release(
    archive: str | None, project: Path, number: int, reason: str, by: str, as_json: bool
) -> None:
    """End the hold that ENTRY began.

    \b
      board-report archive release 7 --reason "Matter 2027-014 is closed"
    """
    from board_report.archive.ledger.actions import release as run

    place = place_of(archive, project)
    stamp = stamp_of("archive release", by, place, hold=number, reason=reason)
    entry = run(open_place(place), stamp, number=number, reason=reason, told=say)
    _put_entry(entry, as_json, f"entry {entry.number}: the hold of entry {number} has ended")


@click.command(short_help="Show what need not be kept, or delete it.")
@place_options
@click.option("--delete", is_flag=True, help="Delete it; else it is only listed.")
@click.option("--reason", default="", metavar="TEXT", help="Why, for the record.")
@by_option
@json_option
def prune(
    archive: str | None, project: Path, delete: bool, reason: str, by: str, as_json: bool
) -> None:
    """List what is past its retention; with --delete delete what of it nothing holds.

    The deletion is recorded. Entries stay, with the names and hashes of what they kept, and so
    does every object that another record still needs.

    \b
      board-report archive prune
      board-report archive prune --delete --reason "Retention schedule of 2033"
    """
    from board_report.archive.ledger.actions import due
    from board_report.archive.ledger.actions import prune as run

    place = place_of(archive, project)
    opened = open_place(place)
    stamp = stamp_of("archive prune", by, place, delete=delete, reason=reason)
    if not delete:
        _put_due(due(opened.chain().state, stamp.at[:10]), as_json)
        return
    entry = run(opened, stamp, reason=reason, told=say)
    if entry is None:
        if as_json:
            put_json(None)
        say("Nothing that is not held is past its retention; nothing was deleted.")
        return
    objects = f"{len(entry.body['removed']):,} objects were deleted"
    _put_entry(entry, as_json, f"entry {entry.number}: {objects}")


def _put_due(found: tuple[Due, ...], as_json: bool) -> None:
    if as_json:
        put_json([_due_record(each) for each in found])
        return
    rows = [
        (str(each.number), each.quarter, each.entity, ", ".join(each.roles), each.until,
         ", ".join(f"entry {one.number}" for one in each.holds))
        for each in found
    ]  # fmt: skip
    put_table(DUE_HEADS, rows, right=("entry",))
    say("Nothing was deleted; --delete does it." if found else "Nothing is past its retention.")


def _due_record(each: Due) -> dict[str, Any]:
    return {
        "entry": each.number, "quarter": each.quarter, "entity": each.entity,
        "roles": list(each.roles), "until": each.until,
        "held_by": [one.number for one in each.holds],
    }  # fmt: skip


def _put_entry(entry: Entry, as_json: bool, words: str) -> None:
    if as_json:
        put_json(
            {"entry": entry.number, "kind": entry.kind, "at": entry.at, "by": entry.by,
             "sha256": entry.sha256, **entry.body}
        )  # fmt: skip
        return
    put(words)
    put(f"sha256 {entry.sha256}")
