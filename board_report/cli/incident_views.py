"""``board-report incident list`` and ``show``: what is on record."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.findings import as_record, line_of
from board_report.cli.incident_options import incident_argument
from board_report.cli.options import json_option, project_option
from board_report.cli.output import put, put_json, put_table, say
from board_report.cli.sign_off import plain

if TYPE_CHECKING:
    from board_report.governance.incident_record import Entry, IncidentRecord
    from board_report.governance.reporting_regimes import Regimes


@click.command("list", short_help="List the incidents that have a record.")
@project_option
@json_option
def list_(project: Path, as_json: bool) -> None:
    """List the incidents that have a record, and what was determined of each.

    \b
      board-report incident list
    """
    from board_report.pipeline.incident import open_book

    records = open_book(project).register.records
    if as_json:
        put_json([_summary(each) for each in records])
        return
    heads = ("incident", "discovered", "determined", "entries", "title")
    rows = [
        (
            each.incident_id,
            each.discovered.at.isoformat(" ", "minutes") if each.discovered else "-",
            each.state.words,
            str(len(each.entries)),
            each.title,
        )
        for each in records
    ]
    put_table(heads, rows, right=("entries",), whole=("incident", "discovered"))
    if not records:
        say("No incident has a record yet: board-report incident open INCIDENT.")


def _summary(record: IncidentRecord) -> dict[str, Any]:
    discovered, determined = record.discovered, record.determined
    return {
        "incident": record.incident_id,
        "title": record.title,
        "discovered_at": discovered.at.isoformat() if discovered else None,
        "determined": str(record.state),
        "determined_at": determined.at.isoformat() if determined else None,
        "unknown_factors": list(record.unknown_factors),
        "undetermined": [fact.name for _, fact in record.undetermined],
        "entries": len(record.entries),
    }


@click.command(short_help="Show all that is on record of an incident.")
@incident_argument
@project_option
@json_option
def show(incident: str, project: Path, as_json: bool) -> None:
    """Show every entry of INCIDENT with who said it, what is open, and what is wrong with it.

    \b
      board-report incident show INC0014390
    """
    from board_report.pipeline.incident import incident_on_file, open_book

    book = open_book(project)
    files, findings = incident_on_file(book, incident)
    record, regimes = files.record, book.register.settings.regimes
    if as_json:
        put_json(
            {
                **_summary(record),
                "entries": [_entry(each, record) for each in record.entries],
                "findings": [as_record(each) for each in findings],
            }
        )
        return
    put(f"{record.incident_id}: {record.title or 'no discovery on record'}")
    heads = ("entry", "at", "by", "says")
    put_table(
        heads,
        [_row(each, record, regimes) for each in record.entries],
        right=("entry",),
        whole=("at",),
    )
    _put_open(record)
    for finding in findings:
        put(line_of(finding))


def _row(entry: Entry, record: IncidentRecord, regimes: Regimes) -> tuple[str, ...]:
    from board_report.story.incident_clock_words import entry_words

    corrected = record.corrected.get(entry.number)
    mark = f"[corrected by entry {corrected.number}] " if corrected else ""
    at = entry.at.isoformat(" ", "minutes")
    by = f"{entry.person}, {entry.role}"
    return str(entry.number), at, by, mark + plain(entry_words(entry, regimes))


def _put_open(record: IncidentRecord) -> None:
    say(f"Determined: {record.state.words}.")
    if record.unknown_factors:
        say(f"Factors of which nobody has said it yet: {', '.join(record.unknown_factors)}.")
    if record.undetermined:
        names = ", ".join(fact.name for _, fact in record.undetermined)
        say(f"Not determined or not available yet: {names}.")


def _entry(entry: Entry, record: IncidentRecord) -> dict[str, Any]:
    corrected = record.corrected.get(entry.number)
    return {
        "number": entry.number,
        "kind": str(entry.kind),
        "at": entry.at.isoformat(),
        "zone": entry.zone,
        "role": entry.role,
        "person": entry.person,
        "entered_at": entry.entered_at.isoformat(),
        "content": {name: _plain(value) for name, value in asdict(entry.content).items()},
        "corrected_by": corrected.number if corrected else None,
        "file": entry.file,
    }


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value
