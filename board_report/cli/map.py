"""``board-report map``: how a file can be read, as a block for report.toml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.findings import ENDS, as_record, brief
from board_report.cli.options import find_project, json_option
from board_report.cli.output import is_terminal, put_json, put_table, say, visible

if TYPE_CHECKING:
    from board_report.pipeline import Mapped

_ORDERS = ("day-first", "month-first")
_ANSWERS = (*_ORDERS, "unknown")
_QUESTION = "Does the day come first, or the month, in dates such as {example}?"


@click.command("map", short_help="Propose how a file can be read.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), required=False)
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The project's folder, with report.toml. [default: the current folder]",
)
@click.option("--table", default="", metavar="TABLE", help="The table that the file fills.")
@click.option(
    "--dates",
    type=click.Choice(_ORDERS),
    default=None,
    help="Which comes first in dates of numbers alone, where the file does not show it.",
)
@click.option("--write", is_flag=True, help="Add the block to report.toml.")
@click.option("--readers", is_flag=True, help="List the exports that are read without a mapping.")
@json_option
@click.pass_context
def map_(
    ctx: click.Context,
    file: Path | None,
    project: Path,
    table: str,
    dates: str | None,
    write: bool,
    readers: bool,
    as_json: bool,
) -> None:
    """Look at FILE and propose how it can be read, as a block for report.toml.

    An export of a tool that is known needs no more than its name. For every other CSV, XLSX or
    JSON file the table, columns, dates, numbers and values are proposed, each with how sure that
    is and with samples, for a person to correct. Nothing is guessed in silence: where no date
    tells whether the day or the month comes first, you are asked.

    The block goes to standard output; --write adds it to the end of report.toml.

    \b
      board-report map cto/projects.xlsx
      board-report map cto/projects.xlsx --table it_projects --write
      board-report map --readers
    """
    from board_report.pipeline import add_block, map_file

    if readers:
        _put_readers(as_json=as_json)
        return
    if file is None:
        raise click.UsageError("Name the FILE to look at, or use --readers.")
    folder = find_project(project)
    mapped = map_file(folder, file, table=table, order=dates or "")
    order = _ask(mapped)
    if order:
        mapped = map_file(folder, file, table=table, order=order)
    if as_json:
        put_json(_record(mapped))
    else:
        click.echo(mapped.block, nl=False)
    say("")
    say(_summary(mapped, is_written=write))
    if write:
        line = add_block(folder, mapped)
        say(f"Added to report.toml, line {line}. Read it, correct it, then `board-report check`.")
    ctx.exit(0)


def _ask(mapped: Mapped) -> str:
    """The order of day and month, asked of a person at a terminal; empty where none is open."""
    proposal = mapped.proposal
    if proposal is None or proposal.open_dates is None or not is_terminal():
        return ""
    example = visible(proposal.open_dates.example)
    answer: str = click.prompt(
        f"{_QUESTION.format(example=example)} ({', '.join(_ANSWERS)})",
        default="unknown",
        value_proc=_answer,
        err=True,
    )
    return "" if answer == "unknown" else answer


def _answer(text: str) -> str:
    """The answer that a text begins: ``d`` is ``day-first``."""
    meant = [each for each in _ANSWERS if text.strip() and each.startswith(text.strip().lower())]
    if len(meant) != 1:
        raise click.UsageError(f"Write one of: {', '.join(_ANSWERS)}.")
    return meant[0]


def _summary(mapped: Mapped, *, is_written: bool) -> str:
    """What was found, and what would become of the rows with the block as it stands."""
    parts = [_what(mapped)]
    if mapped.rows is not None:
        ends = [
            f"{getattr(mapped.rows, name):,} {words}"
            for words, name in ENDS
            if name == "used" or getattr(mapped.rows, name)
        ]
        parts.append(f"With this block {mapped.rows.read:,} rows read = {' + '.join(ends)}.")
    else:
        parts.append("With this block as it stands nothing could be read:")
        parts += brief([each for each in mapped.findings if each.stops], limit=5)
    if mapped.days:
        first, last = mapped.days
        parts.append(f"Its records are of {first} to {last}; the report is for {mapped.quarter}.")
    if mapped.proposal and mapped.proposal.open_dates:
        how = "Keep one of the two lines date_format in the block"
        more = "" if is_written else ", or say --dates day-first or --dates month-first"
        parts.append(f"Day or month first? {how}{more}.")
    if mapped.proposal and mapped.proposal.unused:
        names = ", ".join(visible(each.header) for each in mapped.proposal.unused[:10])
        parts.append(f"No column is read from: {names}.")
    return "\n".join(parts)


def _what(mapped: Mapped) -> str:
    if mapped.reader:
        return (
            f"{mapped.file} is known: {mapped.reader.tool}, {mapped.reader.export}. "
            "Its name alone is enough; the block only fixes the reader."
        )
    assert mapped.proposal is not None
    sure = f"{mapped.proposal.fit:.0%}"
    return f"{mapped.file} is no export that is known; {mapped.proposal.spec.name} fits by {sure}."


def _record(mapped: Mapped) -> dict[str, Any]:
    from dataclasses import asdict

    proposal = mapped.proposal
    return {
        "file": mapped.file,
        "reader": mapped.reader.id if mapped.reader else None,
        "table": mapped.reader.table if mapped.reader else proposal.spec.name if proposal else None,
        "block": mapped.block,
        "fit": proposal.fit if proposal else None,
        "other_tables": dict(proposal.others) if proposal else {},
        "columns": [
            {
                "column": each.column.name,
                "header": each.profile.header,
                "confidence": each.confidence,
                "likeness": each.likeness,
                "samples": list(each.profile.samples),
            }
            for each in (proposal.assigned if proposal else ())
        ],
        "values": {
            name: [asdict(each) for each in found]
            for name, found in (proposal.values.items() if proposal else ())
        },
        "is_date_order_open": bool(proposal and proposal.open_dates),
        "unused_headers": [each.header for each in (proposal.unused if proposal else ())],
        "days": [each.isoformat() for each in mapped.days] if mapped.days else None,
        "rows": asdict(mapped.rows) if mapped.rows else None,
        "findings": [as_record(each) for each in mapped.findings],
    }


def _put_readers(*, as_json: bool) -> None:
    from board_report.pipeline import known_readers

    known = known_readers()
    if as_json:
        put_json(
            [
                {
                    "reader": each.id,
                    "tool": each.tool,
                    "export": each.export,
                    "table": each.table,
                    "made_from": str(each.evidence),
                }
                for each in known
            ]
        )
        return
    put_table(
        ("reader", "tool", "export", "table"),
        [(each.id, each.tool, each.export, each.table) for each in known],
    )
