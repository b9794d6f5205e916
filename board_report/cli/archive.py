"""``board-report archive``: the record of quarters, sealed so that every later change shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.archive_diff import diff
from board_report.cli.archive_keep import hold, prune, release
from board_report.cli.archive_options import open_place, place_of, place_options
from board_report.cli.archive_seal import export, find_seal, seal, seal_record
from board_report.cli.archive_verify import head, verify
from board_report.cli.options import json_option
from board_report.cli.output import put, put_json, put_table, say

if TYPE_CHECKING:
    from board_report.archive.ledger import Archive, Seal
    from board_report.archive.ledger.index import Line

SEAL_HEADS = ("entry", "quarter", "entity", "sealed", "by", "state", "files", "bytes")
ENTRY_HEADS = ("entry", "kind", "at", "by", "command", "quarter", "files", "sha256")
FILE_HEADS = ("role", "bytes", "sha256", "file", "kept until")
HASH_SHOWN = 12


class ArchiveGroup(click.Group):
    """The commands, in the order in which an archive meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as they were added, not by the alphabet."""
        return sorted(super().list_commands(ctx), key=list(self.commands).index)


@click.group(cls=ArchiveGroup, short_help="Seal quarters, and prove that nothing changed since.")
def archive() -> None:
    """Seal quarters into a record that only grows, and prove that nothing changed since.

    Each seal keeps the documents, the data, the manifest, the inputs and the signatures, and names
    the entry before it by its hash. Nothing is ever edited: a later seal of a quarter takes the
    place of the earlier one and says why, and the earlier one stays.

    \b
      board-report archive seal
      board-report archive list
      board-report archive verify
      board-report archive export --quarter 2026-Q3 --public to-the-printer
    """


@click.command("list", short_help="List the seals, or all entries.")
@place_options
@click.option("--all", "everything", is_flag=True, help="List every entry: who did what, and when.")
@json_option
def list_(archive: str | None, project: Path, everything: bool, as_json: bool) -> None:
    """List what is sealed, oldest first; with --all every entry, which is the audit log.

    \b
      board-report archive list
      board-report archive list --all --json
    """
    opened = open_place(place_of(archive, project))
    if everything:
        _put_entries(opened.lines(), as_json)
    else:
        _put_seals(opened, as_json)


def _put_entries(lines: tuple[Line, ...], as_json: bool) -> None:
    if as_json:
        put_json([_line_record(each) for each in lines])
        return
    rows = [
        (str(each.number), each.kind, each.at, each.by, each.command, each.quarter,
         f"{each.files:,}", each.sha256[:HASH_SHOWN])
        for each in lines
    ]  # fmt: skip
    put_table(ENTRY_HEADS, rows, right=("entry", "files"))


def _line_record(each: Line) -> dict[str, Any]:
    return {
        "entry": each.number, "kind": each.kind, "at": each.at, "by": each.by,
        "command": each.command, "quarter": each.quarter, "entity": each.entity,
        "files": each.files, "bytes": each.size_bytes, "sha256": each.sha256,
    }  # fmt: skip


def _put_seals(opened: Archive, as_json: bool) -> None:
    seals = opened.seals()
    replaced = {each.supersedes for each in seals if each.supersedes}
    if as_json:
        put_json([{**seal_record(each), "superseded": each.number in replaced} for each in seals])
        return
    rows = [
        (str(each.number), each.quarter, each.entity, each.entry.at, each.entry.by,
         _state(each, each.number in replaced), f"{len(each.files):,}",
         f"{sum(one.size_bytes for one in each.files):,}")
        for each in seals
    ]  # fmt: skip
    put_table(SEAL_HEADS, rows, right=("entry", "files", "bytes"))


def _state(seal: Seal, is_replaced: bool) -> str:
    words = "draft" if seal.is_draft else "approved"
    return f"{words}, superseded" if is_replaced else words


@click.command(short_help="Show what one seal keeps.")
@place_options
@click.option("--entry", "number", type=int, metavar="N", help="The seal of that number.")
@click.option("--quarter", metavar="QUARTER", help="The last seal of a quarter.")
@click.option("--entity", default="", metavar="NAME", help="The company, where several are sealed.")
@json_option
def show(
    archive: str | None,
    project: Path,
    number: int | None,
    quarter: str | None,
    entity: str,
    as_json: bool,
) -> None:
    """Show what a seal keeps: each file with its hash and the last day of its retention.

    \b
      board-report archive show --quarter 2026-Q3
      board-report archive show --entry 4 --json
    """
    opened = open_place(place_of(archive, project))
    found = find_seal(opened, number, quarter, entity)
    state = opened.chain().state
    record = state.records.get(found.number)
    pruned = sorted(record.pruned) if record else []
    holds = state.holds_on(record) if record else ()
    if as_json:
        held = [{"entry": each.number, "reason": each.reason} for each in holds]
        put_json({**seal_record(found), "deleted_roles": pruned, "holds": held})
        return
    _put_seal(found, pruned, dict(record.until) if record else {})
    for each in holds:
        say(f"Held by entry {each.number}: {each.reason}")


def _put_seal(found: Seal, pruned: list[str], until: dict[str, str]) -> None:
    entry = found.entry
    put(f"entry {entry.number}: {found.quarter} of {found.entity}, {_state(found, False)}")
    put(f"sealed {entry.at} by {entry.by}")
    if found.supersedes:
        put(f"in place of entry {found.supersedes}: {found.reason}")
    put(f"sha256 {entry.sha256}")
    put("")
    rows = [
        (each.role, f"{each.size_bytes:,}", each.sha256, each.name,
         "deleted" if each.role in pruned else until.get(each.role, ""))
        for each in found.files
    ]  # fmt: skip
    put_table(FILE_HEADS, rows, right=("bytes",))
    left_out = entry.body.get("left_out")
    if isinstance(left_out, list) and left_out:
        say(f"{len(left_out)} inputs are on record by their hash alone; --json lists them.")


for each in (seal, list_, show, diff, verify, head, export, hold, release, prune):
    archive.add_command(each)
