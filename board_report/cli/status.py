"""``board-report status``: where every section and document stands on its way to approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.findings import line_of
from board_report.cli.options import json_option, project_options
from board_report.cli.output import put, put_json, put_table, say
from board_report.cli.sign_off import plain, say_what_stops

if TYPE_CHECKING:
    from board_report.governance.sign_offs import Mark
    from board_report.pipeline import Reviewed
    from board_report.story.approvals import SignedSection

HEADS = ("section", "pages", "prepared", "reviewed", "approved", "state")


@click.command(short_help="Show which sections and documents are approved.")
@project_options
@click.option("--strict", is_flag=True, help="Exit with 2 while anything is not approved.")
@json_option
@click.pass_context
def status(
    ctx: click.Context,
    project: Path,
    quarter: str | None,
    as_of: date | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Show who prepared, reviewed and approved each section, and what voids a signature.

    A document is a draft, and says so behind every page, until every section on its pages is
    approved as it is now.

    \b
      board-report status
      board-report status --strict && board-report build
    """
    from board_report.pipeline import document_states, review

    reviewed = review(project, quarter=quarter, as_of=as_of, on_findings=say_what_stops)
    states = {name: plain(each) for name, each in document_states(reviewed.story).items()}
    if as_json:
        put_json(_record(reviewed, states))
    else:
        put_status(reviewed, states)
    is_open = any(not each.standing.is_approved for each in reviewed.approvals.sections)
    ctx.exit(2 if strict and is_open else 0)


def put_status(reviewed: Reviewed, states: dict[str, str]) -> None:
    """The sections, what changed in those that were signed, and the documents."""
    from board_report.story.approvals import void_together

    sections = reviewed.approvals.sections
    put_table(HEADS, [_row(each) for each in sections], right=("pages",), whole=("section",))
    for section in sections:
        for marks in void_together(section):
            _put_void(section, marks)
        for finding in section.files.findings:
            put(line_of(finding))
    put_table(("document", "state"), list(states.items()), whole=("document",))
    is_open = [each.id for each in sections if not each.standing.is_approved]
    if is_open:
        say(f"{len(is_open)} of {len(sections)} sections are not approved: {', '.join(is_open)}.")
    else:
        say("Every section is approved as it is now.")


def _put_void(section: SignedSection, marks: Sequence[Mark]) -> None:
    from board_report.story.approvals import signed_words
    from board_report.story.formats import counted

    mark, signed = marks[-1], f"{section.id}: no longer {plain(signed_words(marks))}"
    if mark.reason:
        put(f"{signed}: {mark.reason}.")
        return
    count = plain(counted(len(mark.differences), "thing", words=False))
    put(f"{signed}; {count} changed:")
    for change in mark.changes:
        put(f"  {plain(change)}")
    if mark.more:
        put(f"  and {mark.more} more (--json has them all)")


def _row(section: SignedSection) -> tuple[str, ...]:
    stands = section.standing
    return (
        section.id,
        str(len(section.pages)),
        _cell(stands.prepared),
        _cell(stands.reviewed),
        "; ".join(map(_cell, stands.approved)),
        plain(section.state),
    )


def _cell(mark: Mark) -> str:
    """``CISO 20 Oct 2026``, with ``(void)``; ``CISO missing``; ``-`` where anybody may sign."""
    from board_report.governance.sign_offs import Validity
    from board_report.story.formats import day

    if mark.record is None:
        return f"{mark.role} missing" if mark.role else "-"
    void = " (void)" if mark.validity is Validity.VOID else ""
    return f"{mark.role} {plain(day(mark.record.day))}{void}"


def _record(reviewed: Reviewed, states: dict[str, str]) -> dict[str, Any]:
    from board_report.cli.findings import as_record

    return {
        "quarter": str(reviewed.inputs.project.quarter),
        "as_of": reviewed.inputs.project.as_of.isoformat(),
        "sections": [_section(each) for each in reviewed.approvals.sections],
        "documents": states,
        "findings": [
            as_record(finding)
            for each in reviewed.approvals.sections
            for finding in each.files.findings
        ],
    }


def _section(section: SignedSection) -> dict[str, Any]:
    stands = section.standing
    approved_on = stands.approved_on
    return {
        "section": section.id,
        "pages": list(section.pages),
        "content_sha256": stands.content_sha256,
        "approved": stands.is_approved,
        "approved_on": approved_on.isoformat() if approved_on else None,
        "state": plain(section.state),
        "missing": list(stands.missing),
        "marks": [_mark(each) for each in stands.marks],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    record = mark.record
    return {
        "step": str(mark.step),
        "role": mark.role,
        "state": str(mark.validity),
        "person": record.person if record else None,
        "on": record.on.isoformat() if record else None,
        "note": record.note if record else "",
        "content_sha256": record.content_sha256 if record else None,
        "reason": mark.reason,
        "changes": [
            {"path": each.path, "was": each.was, "now": each.now} for each in mark.differences
        ],
    }
