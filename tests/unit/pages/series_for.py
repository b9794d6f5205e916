"""Facts for one page's tests, from series written down as numbers, over the real declarations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from board_report.governance.restatements import Restatement, restatements
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import Figures
from board_report.metrics.judge import judge
from board_report.model import MetricResult, MetricSeries, State, Target
from board_report.period import Quarter, Window, windows
from board_report.pipeline import catalogue
from board_report.story.facts import BoardFacts
from board_report.tables.schema import TableSet
from tests.spec.tables import tables
from tests.unit.pages.facts_for import sample_project

Value = float | None | State | tuple[float, int] | tuple[float, int, Mapping[str, float]]
"""A value over 20 cases; a value and its cases; with its parts; why there is none (None: not
measured)."""


def series_for(
    given: Mapping[str, Sequence[Value]],
    *,
    targets: Mapping[str, Target] | None = None,
    reported: Mapping[str, Mapping[Quarter, float]] | None = None,
    slices: Mapping[tuple[str, str], Mapping[str, Sequence[Value]]] | None = None,
    some: TableSet | None = None,
    only: bool = False,
    **changes: object,
) -> BoardFacts:
    """Facts in which the metrics named have these values, oldest first, and all others have none.

    Args:
        given: by metric; there are as many quarters as the longest has values.
        targets: the sample company's unless said otherwise.
        reported: what a board was shown before.
        slices: by metric and column, by label.
        some: the tables; none was given unless said otherwise.
        only: leave all other metrics out of the catalogue.
        changes: to the project or, for its fields, to the facts.
    """
    project = sample_project()
    of_facts = {key: changes.pop(key) for key in ("risk", "money", "holders", "findings",
                "sources", "reconciliation", "commentary") if key in changes}  # fmt: skip
    project = replace(project, **changes)  # type: ignore[arg-type]
    count = max((len(each) for each in given.values()), default=8)
    periods = windows(project.calendar, project.quarter, project.as_of, count)
    quarters = [each.quarter for each in periods]
    aims = project.targets if targets is None else targets
    specs = {name: spec for name, spec in catalogue()[0].items() if not only or name in given}

    def series(name: str, values: Sequence[Value]) -> MetricSeries:
        padded = [*[None] * (count - len(values)), *values]
        results = [_result(name, at, each) for at, each in zip(quarters, padded, strict=True)]
        return judge(specs[name], results, aims.get(name), (reported or {}).get(name, {}))

    figures = Figures(
        specs=specs,
        series={name: series(name, given.get(name, ())) for name in specs},
        slices={
            (name, column): {label: series(name, each) for label, each in parts.items()}
            for (name, column), parts in (slices or {}).items()
        },
    )
    facts = BoardFacts(
        project=project,
        windows=periods,
        figures=figures,
        tables=some or tables(),
        risk=None,
        holders={},
        commentary={},
        findings=(),
        reconciliation=(),
        sources=(),
        restatements=_restated(figures, some or tables(), reported or {}, periods),
    )
    return replace(facts, **of_facts)  # type: ignore[arg-type]


def _restated(
    figures: Figures,
    some: TableSet,
    reported: Mapping[str, Mapping[Quarter, float]],
    periods: Sequence[Window],
) -> tuple[Restatement, ...]:
    """What reads otherwise than the tables, or else the values given, say it was shown."""
    on_record = some.frame("reported_figures")
    known = set(zip(on_record["metric_id"], on_record["quarter"], strict=True))
    more = [
        {"metric_id": name, "quarter": str(quarter), "value": value}
        for name, values in reported.items()
        for quarter, value in values.items()
        if (name, str(quarter)) not in known
    ]
    rows = [
        *on_record[["metric_id", "quarter", "value", "reported_on", "restatement_reason"]].to_dict(
            "records"
        )
    ]
    shown = tables(reported_figures=[*rows, *more])["reported_figures"]
    whole = TableSet({**some.tables, "reported_figures": shown})
    return restatements(figures, whole, periods, Settings(), meeting_on=date(2026, 10, 27))


def _result(name: str, quarter: Quarter, given: Value) -> MetricResult:
    if given is None or isinstance(given, State):
        return MetricResult(name, quarter, given or State.NOT_MEASURED, None, 0)
    value, size, *parts = given if isinstance(given, tuple) else (given, 20)
    return MetricResult(name, quarter, State.MEASURED, value, size, parts[0] if parts else {})  # type: ignore[arg-type]
