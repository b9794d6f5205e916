"""Facts for one page's tests, from row literals, over the metrics that the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import evaluate
from board_report.model import Target
from board_report.period import windows
from board_report.project import Project, load_project
from board_report.story.facts import BoardFacts
from board_report.tables.schema import TableSet

SAMPLE = Path(__file__).resolve().parents[3] / "sample_data"


@cache
def sample_project() -> Project:
    """The sample company in 2026-Q3, in Chicago's time."""
    return load_project(SAMPLE)


def facts_for(
    tables: TableSet,
    metric_ids: Iterable[str],
    *,
    targets: Mapping[str, Target] | None = None,
    quarters: int = 8,
    **changes: object,
) -> BoardFacts:
    """Facts over the given tables; only the metrics named are computed."""
    project = replace(sample_project(), **changes)  # type: ignore[arg-type]
    specs = {each: metric_catalogue()[each] for each in metric_ids}
    periods = windows(project.calendar, project.quarter, project.as_of, quarters)
    figures = evaluate(
        specs,
        tables,
        periods,
        settings=Settings(),
        targets=project.targets if targets is None else targets,
        reported={},
        business_units=project.company.business_units,
        max_rejected_share=project.max_rejected_share,
    )
    return BoardFacts(
        project=project,
        windows=periods,
        figures=figures,
        tables=tables,
        risk=None,
        holders={},
        commentary={},
        findings=(),
        reconciliation=(),
        sources=(),
    )
