"""Check that what names a metric names one that the catalogue has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from board_report.errors import ProjectError
from board_report.model import Finding, Target
from board_report.tables.codes import Code, finding
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.tables.schema import TableSet

COLUMNS = (
    ("joint_kpis", "metric_id"),
    ("reported_figures", "metric_id"),
    ("decisions", "promised_metric_id"),
)
"""(table, column) that name a metric."""


def check_targets(targets: Mapping[str, Target], known: Collection[str]) -> None:
    """Refuse a target for a metric that does not exist.

    Raises:
        ProjectError: a key of ``[targets]`` names no metric; the message names the nearest.
    """
    for key in targets:
        metric_id = key.split(".")[0]
        if metric_id not in known:
            raise ProjectError(
                f"there is no metric {metric_id!r}.",
                where=f"report.toml, targets.{key}",
                mend=_hint(metric_id, known),
            )


def unknown_metrics(tables: TableSet, known: Collection[str]) -> tuple[Finding, ...]:
    """A warning for each row of a joint table whose metric the catalogue does not have."""
    return tuple(
        finding(
            Code.UNKNOWN_METRIC,
            {"hint": _hint(row[column], known)},
            file=row[SOURCE_COLUMN],
            line=int(row[LINE_COLUMN]),
            column=column,
            value=row[column],
            table=name,
        )
        for name, column in COLUMNS
        for row in tables.frame(name).to_dict("records")
        if isinstance(row[column], str) and row[column] not in known
    )


def _hint(metric_id: str, known: Collection[str]) -> str:
    near = get_close_matches(metric_id, known, n=3, cutoff=0.4)
    if near:
        return f"Did you mean {', '.join(near)}?"
    return "`board-report metrics` lists them all."
