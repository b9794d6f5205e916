"""Show findings: grouped and worst first on a terminal, one line each in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.output import console, is_terminal, put, put_table, visible
from board_report.model import Finding, Severity

if TYPE_CHECKING:
    from board_report.model import Reconciliation

SHOWN = 10
"""Findings of one kind that a terminal shows before it says how many more there are."""

LONGEST = 60
"""Characters of a value that are shown; `--json` has it whole."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold"}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """What stops a build, then other errors, warnings and notes; by kind, file and line."""
    return sorted(
        findings,
        key=lambda each: (
            _RANK[each.severity],
            not each.stops,
            each.code,
            each.file,
            each.line,
            each.column,
        ),
    )


def place(finding: Finding) -> str:
    """``ciso/incidents.csv:12``; the project's file where a finding is about no other."""
    file = finding.file or "report.toml"
    return f"{file}:{finding.line}" if finding.line else file


def subject(finding: Finding) -> str:
    """The column and the value that a finding is about: ``severity 'urgent'``."""
    value = f"'{_shortened(finding.value)}'" if finding.value else ""
    return " ".join(each for each in (finding.column, value) if each)


def _shortened(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 3].rstrip()}..."


def line_of(finding: Finding) -> str:
    """One line: ``file:line: severity code column 'value': reason. mend``."""
    about = " ".join(each for each in (finding.severity, finding.code, subject(finding)) if each)
    return f"{place(finding)}: {about}: {sentences(finding)}"


def sentences(finding: Finding) -> str:
    """The reason and how to mend it, each ended."""
    ended = (
        text if text.endswith((".", "!", "?")) else f"{text}."
        for text in (finding.reason.strip(), finding.mend.strip())
        if text
    )
    return " ".join(ended)


def put_findings(findings: Sequence[Finding], *, everything: bool) -> None:
    """All findings in a pipe; on a terminal grouped, the first of each kind."""
    ordered = worst_first(findings)
    if not is_terminal():
        for each in ordered:
            put(line_of(each))
        return
    for (severity, stops, code), group in groupby(
        ordered, key=lambda each: (each.severity, each.stops, each.code)
    ):
        _put_group(severity, stops, code, list(group), everything)


def _put_group(
    severity: Severity, stops: bool, code: str, group: list[Finding], everything: bool
) -> None:
    from rich.padding import Padding
    from rich.text import Text

    kind = "error, stops the build" if stops else str(severity)
    screen = console()
    screen.print(Text(f"{kind}: {code} ({len(group):,})", style=_STYLE[severity]))
    shown = group if everything else group[:SHOWN]
    for each in shown:
        head = "  ".join(part for part in (place(each), subject(each)) if part)
        screen.print(Padding(Text(visible(head), style="bold"), (0, 0, 0, 2)))
        screen.print(Padding(Text(visible(sentences(each))), (0, 0, 0, 4)))
    if len(shown) < len(group):
        click.echo(f"  ... and {len(group) - len(shown):,} more; `check --all` shows them.")
    click.echo()


def put_reconciliation(rows: Sequence[Reconciliation]) -> None:
    """Where every row of every file went; ends that no file uses are not shown."""
    ends = [
        (words, name)
        for words, name in ENDS
        if name in _ALWAYS or any(getattr(each, name) for each in rows)
    ]
    ordered = sorted(rows, key=lambda one: one.file)
    if is_terminal():
        heads = ("read", *(words for words, _ in ends))
        counts = [[each.read, *(getattr(each, name) for _, name in ends)] for each in ordered]
        put_table(
            ("file", *heads),
            [
                (each.file, *(f"{count:,}" for count in some))
                for each, some in zip(ordered, counts, strict=True)
            ],
            right=heads,
        )
        return
    for each in ordered:
        parts = " + ".join(f"{getattr(each, name)} {words}" for words, name in ends)
        put(f"{each.file}: {each.read} read = {parts}")


ENDS = (
    ("used", "used"),
    ("set aside", "rejected"),
    ("duplicates", "duplicate"),
    ("superseded", "superseded"),
    ("left out", "left_out"),
    ("out of period", "out_of_period"),
    ("merged into others", "merged"),
    ("of no record", "unmatched"),
)
"""Where a row can go: in words, and the count's name."""

_ALWAYS = ("used", "rejected", "duplicate")


def summary(findings: Sequence[Finding], rows: Sequence[Reconciliation]) -> str:
    """``3 errors, 2 warnings, 1 note; 4 of 1,293 rows set aside.``"""
    aside, read = sum(each.rejected for each in rows), sum(each.read for each in rows)
    return f"{_kinds(findings)}; {aside:,} of {read:,} rows set aside."


def story_summary(findings: Sequence[Finding]) -> str:
    """``What is said: 0 errors, 2 warnings, 4 notes.``"""
    return f"What is said: {_kinds(findings)}."


def _kinds(findings: Sequence[Finding]) -> str:
    counts = [
        (sum(each.severity is severity for each in findings), str(severity))
        for severity in Severity
    ]
    return ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts)


def as_record(finding: Finding) -> dict[str, Any]:
    """A finding for JSON."""
    return {**asdict(finding), "severity": str(finding.severity)}


def brief(findings: Sequence[Finding], limit: int = SHOWN) -> list[str]:
    """The first lines of some findings, and how many more there are, for messages."""
    ordered = worst_first(findings)
    lines = [visible(line_of(each)) for each in ordered[:limit]]
    if len(ordered) > limit:
        lines.append(f"... and {len(ordered) - limit:,} more.")
    return lines
