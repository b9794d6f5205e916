"""``board-report metrics``: the catalogue of all figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from board_report.cli.options import json_option
from board_report.cli.output import put_json, put_table
from board_report.errors import UnknownMetricError

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec

OWNERS = {"ciso": "CISO", "cto": "CTO", "joint": "CISO and CTO"}
HEADS = ("metric", "title", "unit", "better when", "owner", "how it is computed")


@click.command(short_help="List every figure and how it is computed.")
@click.option(
    "--owner",
    type=click.Choice(list(OWNERS), case_sensitive=False),
    help="Only what one leader answers for, or both together.",
)
@click.option("--subject", metavar="WORD", help="Only one chapter, such as Incidents.")
@json_option
def metrics(owner: str | None, subject: str | None, as_json: bool) -> None:
    """List every figure: what it means, its unit, and who answers for it.

    \b
      board-report metrics --owner cto
      board-report metrics --subject incidents
    """
    from board_report.pipeline import catalogue

    specs, _ = catalogue()
    chosen = choose(specs.values(), owner, subject)
    if as_json:
        put_json([_record(spec) for spec in chosen])
    else:
        put_table(HEADS, [_row(spec) for spec in chosen], whole=("metric",))


def choose(specs: Iterable[MetricSpec], owner: str | None, subject: str | None) -> list[MetricSpec]:
    """The declarations of one owner and of the chapters whose name holds a word.

    Raises:
        UnknownMetricError: no chapter is called so.
    """
    every = list(specs)
    wanted = (subject or "").strip().lower()
    if wanted and not any(wanted in each.subject.lower() for each in every):
        chapters = ", ".join(dict.fromkeys(each.subject for each in every))
        raise UnknownMetricError(
            f"there is no subject {subject!r}.", mend=f"The subjects are: {chapters}."
        )
    return [
        each
        for each in every
        if wanted in each.subject.lower() and (owner is None or each.owner == OWNERS[owner])
    ]


def _row(spec: MetricSpec) -> tuple[str, ...]:
    better = {"higher is better": "higher", "lower is better": "lower"}
    return (
        spec.id,
        spec.title,
        str(spec.unit),
        better.get(spec.direction, "-"),
        str(spec.owner),
        spec.formula,
    )


def _record(spec: MetricSpec) -> dict[str, Any]:
    return {
        "id": spec.id,
        "title": spec.title,
        "subject": spec.subject,
        "unit": str(spec.unit),
        "direction": str(spec.direction),
        "owner": str(spec.owner),
        "audience": str(spec.audience),
        "formula": spec.formula,
        "denominator": spec.denominator,
        "empty": spec.empty,
        "columns": list(spec.columns),
        "where_given": list(spec.where_given),
        "splits": list(spec.splits),
        "minimum_n": spec.minimum_n,
        "reference": spec.reference,
    }
