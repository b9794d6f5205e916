"""``board-report archive seal`` and ``export``: quarters into the archive, and out of it."""

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
from board_report.cli.options import find_project, json_option
from board_report.cli.output import put, put_json, say
from board_report.errors import ProjectError

if TYPE_CHECKING:
    from board_report.archive.ledger import Archive, Seal

MOST_NAMED = 5


@click.command(short_help="Seal a built quarter.")
@place_options
@click.option("--quarter", metavar="QUARTER", help="Such as 2026-Q3. [default: as report.toml]")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    metavar="DIR",
    help="Where the quarter's folder is. [default: output in the current folder]",
)
@click.option(
    "--reason", default="", metavar="TEXT", help="Why it takes the place of an earlier seal."
)
@click.option("--draft-allowed", is_flag=True, help='Seal it although documents say "Draft".')
@by_option
@json_option
def seal(
    archive: str | None,
    project: Path,
    quarter: str | None,
    output: Path,
    reason: str,
    draft_allowed: bool,
    by: str,
    as_json: bool,
) -> None:
    """Seal what was built of a quarter: documents, data, manifest, inputs and signatures.

    It is refused where a file is not as the manifest says, where a document says "Draft", and
    where the quarter is sealed already; a second seal needs a reason, and the first one stays.
    Either all of it is sealed or nothing.

    \b
      board-report archive seal
      board-report archive seal --quarter 2026-Q3 --reason "A figure was restated"
    """
    from board_report.pipeline.archiving import seal_quarter

    folder = find_project(project)
    place = place_of(None, folder)
    stamp = stamp_of(
        "archive seal", by, place, quarter=quarter, reason=reason, draft_allowed=draft_allowed
    )
    where = place_of(archive, folder).address
    done = seal_quarter(
        folder,
        output,
        stamp,
        quarter=quarter,
        place=where,
        reason=reason,
        allow_draft=draft_allowed,
        told=say,
    )
    if done.extra:
        _say_extra(done.extra)
    if as_json:
        put_json({"archive": done.archive, **seal_record(done.seal)})
        return
    entry = done.seal.entry
    put(f"entry {entry.number}: {done.seal.quarter} of {done.seal.entity} is sealed")
    put(f"sha256 {entry.sha256}")
    say(f"{len(entry.files):,} files are kept in {done.archive}.")
    if done.left_out:
        say(f"{len(done.left_out):,} inputs are on record by their hash alone ({_why(done)}).")
    say("Keep the hash elsewhere, such as in the minutes: `archive verify --head` asks for it.")


def seal_record(each: Seal) -> dict[str, Any]:
    """A seal for JSON: its entry's number, time, person and hash, and all of its body."""
    entry = each.entry
    return {
        "entry": entry.number, "kind": entry.kind, "at": entry.at, "by": entry.by,
        "command": dict(entry.command), "sha256": entry.sha256, **entry.body,
    }  # fmt: skip


def _why(done: object) -> str:
    reasons = {why for _, why in getattr(done, "left_out", ())}
    return "; ".join(sorted(reasons))


def _say_extra(extra: tuple[str, ...]) -> None:
    more = f" and {len(extra) - MOST_NAMED} more" if len(extra) > MOST_NAMED else ""
    say(f"Not sealed, since no build made it: {', '.join(extra[:MOST_NAMED])}{more}.")


@click.command(short_help="Write the files of a seal into a folder.")
@place_options
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--entry", "number", type=int, metavar="N", help="The seal of that number.")
@click.option("--quarter", metavar="QUARTER", help="The last seal of a quarter.")
@click.option("--entity", default="", metavar="NAME", help="The company, where several are sealed.")
@click.option("--public", is_flag=True, help="The public pack alone: nothing that is the board's.")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="Files of this kind alone.")
@by_option
@json_option
def export(
    archive: str | None,
    project: Path,
    folder: Path,
    number: int | None,
    quarter: str | None,
    entity: str,
    public: bool,
    roles: tuple[str, ...],
    by: str,
    as_json: bool,
) -> None:
    """Write the files of a seal into a new folder DIR, each checked, and record that it was done.

    \b
      board-report archive export --quarter 2026-Q3 for-the-auditor
      board-report archive export --quarter 2026-Q3 --public to-the-printer
    """
    from board_report.archive.ledger.export import export as run
    from board_report.archive.ledger.sealing import PUBLIC

    if public and roles:
        raise click.UsageError("Give either --public or --role.")
    place = place_of(archive, project)
    opened = open_place(place)
    found = find_seal(opened, number, quarter, entity)
    stamp = stamp_of(
        "archive export", by, place,
        entry=found.number, quarter=found.quarter, public=public, role=" ".join(roles),
    )  # fmt: skip
    files = run(opened, found, folder, stamp, roles=(PUBLIC,) if public else roles, told=say)
    if as_json:
        put_json({"folder": str(folder), "entry": found.number,
                  "files": [each.record() for each in files]})  # fmt: skip
        return
    put(str(folder))
    say(f"{len(files):,} files of entry {found.number}; `sha256sum -c SHA256SUMS` checks them.")


def find_seal(archive: Archive, number: int | None, quarter: str | None, entity: str) -> Seal:
    """The seal that is meant: by its number, or the last one of a quarter, or the last of all.

    Raises:
        ProjectError: there is none, or more than one company's.
    """
    where = archive.store.address
    if number is not None:
        for each in archive.seals():
            if each.number == number:
                return each
        raise ProjectError(
            f"entry {number} is no seal.",
            where=where,
            mend="`board-report archive list` shows those that there are.",
        )
    found = archive.seals(quarter=quarter or "", entity=entity)
    if not found:
        what = " of ".join(filter(None, (quarter, entity))) or "nothing"
        raise ProjectError(
            f"{what} is not sealed." if quarter or entity else "nothing is sealed yet.",
            where=where,
            mend="`board-report archive list` shows what is.",
        )
    entities = sorted({each.entity for each in found if each.quarter == found[-1].quarter})
    if len(entities) > 1:
        raise ProjectError(
            f"several companies are sealed: {', '.join(entities)}.",
            where=where,
            mend="Name one with --entity.",
        )
    return found[-1]
