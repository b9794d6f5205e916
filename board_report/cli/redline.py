"""``board-report redline``: what changed in the disclosure since the last filing, word by word."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.options import json_option, project_options
from board_report.cli.output import is_terminal, put, put_json, say, visible
from board_report.cli.sign_off import plain

if TYPE_CHECKING:
    from board_report.story.redline_page import (
        Piece,
        RedlineContext,
        RedlineEntry,
        RedlineParagraph,
    )

HEADS = ("sub-item", "state", "text", "on record")
_WIDEST = 100


@click.command(short_help="Show what changed in the disclosure since last year.")
@project_options
@click.option("--all", "show_all", is_flag=True, help="Show whole what is as filed, too.")
@json_option
def redline(
    project: Path, quarter: str | None, as_of: date | None, show_all: bool, as_json: bool
) -> None:
    """Show what changed in the disclosure since the last filing, paragraph by paragraph.

    Words struck out stand in [-these-] and words put in in {+these+}; a passage that moved stands
    in both, with its number: [-M1: these-] {+M1: these+}. The last filing is read from
    governance/prior_disclosure.csv. `board-report build --only redline` makes it a PDF.

    To confirm words of last year for this year, an officer needs a row in
    governance/attestations.csv with the sub-item, the position, the year in carried_from, an
    empty statement, the role and the date.

    \b
      board-report redline
      board-report redline --all
      board-report redline --json
    """
    from board_report.pipeline import read_inputs, read_redline

    context = read_redline(read_inputs(project, quarter=quarter, as_of=as_of), show_all=show_all)
    if as_json:
        put_json(_record(context))
    else:
        _put(context)


def _put(context: RedlineContext) -> None:
    filed_on = plain(context.prior_filed_on)
    say(
        f"{context.item} as filed on Form {context.prior_form} on {filed_on}, "
        "against this draft for counsel."
    )
    say(_counts(context))
    if not is_terminal():
        click.echo("\t".join(HEADS))
        for entry in _entries(context):
            for cells in _rows(entry, context):
                click.echo("\t".join(visible(each) for each in cells))
        return
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for entry in _entries(context):
        put("")
        put(f"{entry.sub_item} {entry.label}")
        for _, state, text, reasons in _rows(entry, context):
            indent = "| " if state == "changed" else "  "
            _wrap(text, width, indent)
            if reasons:
                _wrap(f"on record: {reasons}", width, f"{indent}  ")


def _wrap(words: str, width: int, indent: str) -> None:
    click.echo(
        fill(
            visible(words),
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_on_hyphens=False,
        )
    )


def _counts(context: RedlineContext) -> str:
    counts = context.counts
    waiting = f"; {counts.waiting} carried forward, not attested" if counts.waiting else ""
    if counts.is_same:
        return f"Nothing changed: {counts.as_filed} as filed{waiting}."
    return (
        f"Insertions: {counts.insertions}; deletions: {counts.deletions}; moved: {counts.moves}; "
        f"paragraphs changed: {counts.changed}, as filed: {counts.as_filed}{waiting}."
    )


def _entries(context: RedlineContext) -> Iterator[RedlineEntry]:
    for section in context.sections:
        for heading in section.headings:
            yield from heading.entries


def _rows(entry: RedlineEntry, context: RedlineContext) -> Iterator[tuple[str, str, str, str]]:
    """Sub-item, state, text with its marks, and what is on record behind it."""
    for paragraph in entry.paragraphs:
        is_short = not paragraph.is_changed and not context.shows_all
        yield (
            entry.sub_item,
            "changed" if paragraph.is_changed else "as filed",
            paragraph.summary if is_short else marked(paragraph.pieces),
            _reasons(paragraph),
        )
    who = f"To confirm: {entry.waiting_for}" if entry.waiting_for else ""
    for words in entry.waiting:
        yield entry.sub_item, "carried forward, not attested", words, who


def marked(pieces: Iterable[Piece]) -> str:
    """The words with their marks: ``[-struck out-]{+put in+}``, and moves with their number."""
    text = ""
    for each in pieces:
        words = f"{each.label}: {each.text}" if each.label else each.text
        if each.mark in ("delete", "moved_from"):
            words = f"[-{words}-]"
        elif each.mark in ("insert", "moved_to"):
            words = f"{{+{words}+}}"
        text += f"{words} " if each.space else words
    return text.rstrip()


def _reasons(paragraph: RedlineParagraph) -> str:
    return plain("; ".join(str(each).rstrip(".") for each in paragraph.reasons))


def _record(context: RedlineContext) -> dict[str, Any]:
    return {
        "item": context.item,
        "fiscal_year": context.fiscal_year,
        "prior": {
            "fiscal_year": context.prior_year,
            "form": context.prior_form,
            "filed_on": plain(context.prior_filed_on),
        },
        "counts": asdict(context.counts),
        "sub_items": [
            {
                "sub_item": entry.sub_item,
                "label": entry.label,
                "paragraphs": [
                    {
                        "is_changed": each.is_changed,
                        "runs": [
                            {"mark": piece.mark, "text": piece.text, "move": piece.label}
                            for piece in each.pieces
                        ],
                        "on_record": [plain(str(reason)) for reason in each.reasons],
                    }
                    for each in entry.paragraphs
                ],
                "carried_forward_not_attested": list(entry.waiting),
            }
            for entry in _entries(context)
        ],
    }
