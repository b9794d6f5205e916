"""``board-report archive verify`` and ``head``: is every byte as it was sealed?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from board_report.cli.archive_options import (
    by_option,
    open_place,
    place_of,
    place_options,
    stamp_of,
)
from board_report.cli.options import json_option
from board_report.cli.output import put, put_json, say

if TYPE_CHECKING:
    from board_report.archive.ledger import Archive, Report, Stamp

WRONG = 2


@click.command(short_help="Check every byte of the archive.")
@place_options
@click.option("--head", default="", metavar="HASH", help="Of an entry, as it was kept elsewhere.")
@click.option("--record", "records", is_flag=True, help="Record in the archive that it was done.")
@by_option
@json_option
@click.pass_context
def verify(
    ctx: click.Context,
    archive: str | None,
    project: Path,
    head: str,
    records: bool,
    by: str,
    as_json: bool,
) -> None:
    """Check the whole chain and every byte that is kept; ends with 2 when anything is wrong.

    It needs the archive alone and no network, and changes nothing. Whether entries at the end are
    missing, or all was made anew, shows only with --head: the hash that `archive head` printed
    and that was kept elsewhere. verify_archive.py in the archive does the same without us.

    \b
      board-report archive verify
      board-report archive verify --archive /mnt/vault/archive --head 4f0c...
    """
    from board_report.archive.ledger import verify as run
    from board_report.pipeline.archiving import archive_checks

    place = place_of(archive, project)
    opened = open_place(place, mends=False)
    report = run(opened.store, head=head, checks=archive_checks())
    if as_json:
        put_json(report.record())
    else:
        _put(report, head)
    if records:
        _record(opened, report, stamp_of("archive verify", by, place, head=head))
    ctx.exit(0 if report.is_intact else WRONG)


def _put(report: Report, head: str) -> None:
    for each in report.faults:
        put(str(each))
    verdict = "intact" if report.is_intact else "NOT INTACT"
    put(
        f"{report.entries:,} entries and {report.objects:,} objects "
        f"({report.size_bytes:,} bytes) were read: {verdict}"
    )
    put(f"head: entry {report.head_number} {report.head}")
    if report.anchored is not None:
        later = report.head_number - report.anchored
        put(f"the hash that was kept is that of entry {report.anchored}; {later} came later")
    elif not head:
        say("No hash from elsewhere was given (--head): entries missing at the end do not show.")


def _record(opened: Archive, report: Report, stamp: Stamp) -> None:
    from board_report.archive.ledger.actions import record

    body = report.record()
    told = {key: body[key] for key in ("intact", "entries", "objects", "bytes", "anchored_at")}
    entry = record(
        opened,
        stamp,
        {"action": "verify", **told, "verified_head": report.head, "found": len(report.faults)},
        say,
    )
    say(f"Recorded as entry {entry.number}.")


@click.command(short_help="Print the hash to be kept elsewhere.")
@place_options
@json_option
def head(archive: str | None, project: Path, as_json: bool) -> None:
    """Print the number and the hash of the last entry, to be kept where nobody can change it.

    \b
      board-report archive head
    """
    chain = open_place(place_of(archive, project), mends=False).chain()
    if as_json:
        put_json({"number": chain.last, "sha256": chain.head})
        return
    put(f"{chain.last} {chain.head}")
    if any(each.severity == "fault" for each in chain.faults):
        say("An entry is damaged; run `board-report archive verify`.")
