"""``board-report xbrl``: check a tagged document, list its facts, write a taxonomy package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.findings import as_record, put_findings, worst_first
from board_report.cli.options import json_option
from board_report.cli.output import put_json, put_table, say
from board_report.model import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from board_report.documents.xbrl.read_records import ReadFact
    from board_report.model import Finding

HEADS = ("line", "element", "context", "value")
NOT_ASKED = ("xbrl_not_validated", "xbrl_schema_absent")
"""Findings that say that no validator was asked."""
LONGEST = 80
"""Characters of a value that the table shows; ``--json`` has it whole."""


@click.group(short_help="Check an Inline XBRL document, or list its facts.")
def xbrl() -> None:
    """Check an Inline XBRL document, list its facts, or write a taxonomy to check against.

    \b
      board-report xbrl check corvane-20261231.htm
      board-report xbrl facts corvane-20261231.htm
      board-report xbrl package cyd-reconstructed.zip
    """


_document = click.argument("document", metavar="FILE", type=click.Path(path_type=Path))


@xbrl.command(short_help="Say what is wrong with a tagged document.")
@_document
@click.option(
    "--taxonomy-package",
    "packages",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="ZIP",
    help="A genuine taxonomy package; may be given more than once. "
    "[default: one RECONSTRUCTED from public filings]",
)
@click.option("--all", "everything", is_flag=True, help="Show every finding, not ten of a kind.")
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    document: Path,
    packages: tuple[Path, ...],
    everything: bool,
    as_json: bool,
) -> None:
    """Hold a tagged document against the program's rules, and validate it with Arelle, offline.

    The document's own schema has to stand beside it. Without --taxonomy-package it is held
    against a taxonomy that was RECONSTRUCTED from public filings; a pass is then no sign of what
    EDGAR will say. Exit code 2 when there is an error.

    \b
      board-report xbrl check corvane-20261231.htm
      board-report xbrl check corvane-20261231.htm --taxonomy-package cyd-2026.zip
    """
    from board_report.pipeline import check_tagged

    findings = check_tagged(document, packages)
    if as_json:
        put_json([as_record(each) for each in worst_first(findings)])
    else:
        put_findings(findings, everything=everything)
        say(_verdict(findings, genuine=bool(packages)))
    ctx.exit(2 if any(each.severity is Severity.ERROR for each in findings) else 0)


def _verdict(findings: Sequence[Finding], *, genuine: bool) -> str:
    errors = sum(each.severity is Severity.ERROR for each in findings)
    warnings = sum(each.severity is Severity.WARNING for each in findings)
    against = "the taxonomy given" if genuine else "a RECONSTRUCTED taxonomy"
    if any(each.code in NOT_ASKED for each in findings):
        against = "the program's own rules alone"
    counts = (
        f"{errors} error{'' if errors == 1 else 's'}, "
        f"{warnings} warning{'' if warnings == 1 else 's'}"
    )
    return f"{counts}, against {against}. This is no acceptance by EDGAR and no legal advice."


@xbrl.command(short_help="List the facts of a tagged document.")
@_document
@json_option
def facts(document: Path, as_json: bool) -> None:
    """List every fact of a tagged document: element, context and value.

    Text blocks are joined with their continuations, and formats are applied.

    \b
      board-report xbrl facts corvane-20261231.htm
      board-report xbrl facts corvane-20261231.htm --json
    """
    from board_report.pipeline import tagged_facts

    found = tagged_facts(document)
    if as_json:
        put_json([_record(each) for each in found])
    else:
        rows = [(str(each.line), each.name, each.context_id, _shown(each)) for each in found]
        put_table(HEADS, rows, right=("line",))


def _shown(fact: ReadFact) -> str:
    if fact.is_nil:
        return "(nil)"
    value = fact.text if fact.is_escaped else fact.value
    shown = value if len(value) <= LONGEST else f"{value[: LONGEST - 3]}..."
    return f"{shown} [{fact.fault}]" if fact.fault else shown


def _record(fact: ReadFact) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(fact)


@xbrl.command(short_help="Write a RECONSTRUCTED taxonomy package.")
@click.argument("target", metavar="OUT.zip", type=click.Path(path_type=Path))
def package(target: Path) -> None:
    """Write the cyd taxonomy that the program rebuilt from public filings, as a package.

    It is RECONSTRUCTED and not what the Commission publishes; its name has to say so.

    \b
      board-report xbrl package cyd-reconstructed.zip
    """
    from board_report.pipeline import write_taxonomy_package

    size = write_taxonomy_package(target)
    say(
        f"{target}: {size:,} bytes, a RECONSTRUCTED taxonomy. It is not the Commission's: use the "
        "genuine one before filing."
    )
