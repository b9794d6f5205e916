"""Compute every declared metric over eight quarters, judge it, and trace it to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from board_report.errors import UnknownMetricError
from board_report.metrics.comparable import covers_both
from board_report.metrics.declare import (
    Measure,
    MetricSpec,
    Scope,
    Settings,
    Unit,
    not_measured,
)
from board_report.metrics.freshness import lies_after, lies_before
from board_report.metrics.judge import YEAR, judge
from board_report.metrics.needs import held_back, hidden_slices, never_said
from board_report.metrics.signals import compare, settle
from board_report.model import (
    Compared,
    MetricResult,
    MetricSeries,
    RowRef,
    State,
    Target,
)
from board_report.period import Quarter, Window
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, Table, TableSet

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Figures:
    """All series of one report: by metric, and by metric and slice."""

    specs: Mapping[str, MetricSpec]
    series: Mapping[str, MetricSeries]
    slices: Mapping[tuple[str, str], Mapping[str, MetricSeries]] = field(default_factory=dict)

    def __getitem__(self, metric_id: str) -> MetricSeries:
        return self.series[metric_id]

    def now(self, metric_id: str) -> MetricResult:
        """The value in the quarter reported on."""
        return self.series[metric_id].now

    def by(self, metric_id: str, column: str) -> Mapping[str, MetricSeries]:
        """The series of each slice along a declared column."""
        return self.slices[metric_id, column]

    def spec(self, metric_id: str) -> MetricSpec:
        """The declaration of a metric.

        Raises:
            UnknownMetricError: the catalogue has none of that id.
        """
        return find_spec(self.specs, metric_id)


def find_spec(specs: Mapping[str, MetricSpec], metric_id: str) -> MetricSpec:
    """The declaration of a metric, or an error that names the nearest ones.

    Raises:
        UnknownMetricError: the catalogue has none of that id.
    """
    from difflib import get_close_matches

    if metric_id in specs:
        return specs[metric_id]
    near = get_close_matches(metric_id, specs, n=3, cutoff=0.4)
    hint = f"Did you mean {', '.join(near)}?" if near else "`board-report metrics` lists them all."
    raise UnknownMetricError(f"there is no metric {metric_id!r}.", mend=hint)


def compute(
    spec: MetricSpec,
    tables: TableSet,
    window: Window,
    settings: Settings,
    *,
    max_rejected_share: float = 1.0,
    trace: bool = False,
    part_of: str = "",
) -> MetricResult:
    """One value of one metric; ``trace`` also fills the rows it came from."""
    tables = seen_tables(spec, tables)
    measure = _guarded(spec, tables, window, settings, max_rejected_share, part_of)
    return _result(spec, measure, window, tables if trace else None, part_of)


def seen_tables(spec: MetricSpec, tables: TableSet) -> TableSet:
    """The tables as a metric sees them: of a reduced one, the columns that it reads and splits by.

    A metric that reads what it does not declare then fails, and cannot be wrong unseen.
    """
    reduced = [name for name in spec.tables if tables[name].views]
    if not reduced:
        return tables
    read = [each.split(".") for each in (*spec.columns, *spec.needs)]
    seen = {}
    for name in reduced:
        own = {column for table, column in read if table == name}
        splits = set(spec.splits) & set(tables[name].spec.column_names)
        others = [each for each in spec.tables if each != name]
        seen[name] = tables[name].seen_by(own | splits, others)
    return TableSet({**tables.tables, **seen})


def _result(
    spec: MetricSpec,
    measure: Measure,
    window: Window,
    traced: TableSet | None = None,
    part_of: str = "",
) -> MetricResult:
    """A measure as a result; its rows are looked up in the tables given."""
    state = measure.state or (State.NOTHING_HAPPENED if measure.value is None else State.MEASURED)
    return MetricResult(
        metric_id=spec.id,
        quarter=window.quarter,
        state=state,
        value=measure.value if state is State.MEASURED else None,
        n=measure.n,
        parts=measure.parts,
        note=measure.note,
        rows=tuple(_trace(measure, traced)) if traced else (),
        rows_behind=_behind(measure, traced) if traced else 0,
        part_of=part_of,
    )


def _guarded(
    spec: MetricSpec,
    tables: TableSet,
    window: Window,
    settings: Settings,
    max_rejected: float,
    part_of: str = "",
) -> Measure:
    """The measure, unless its tables are missing or too faulty to print a figure from.

    The same share holds for rows that do not say what the figure needs to know of them. Whether any
    row says it is asked of the whole alone: a part may have no row that it decides about.
    """
    missing = [name for name in spec.tables if not tables.measured(name)]
    if missing:
        titles = " and ".join(_in_sentence(tables[name].spec.title) for name in missing)
        return not_measured(f"no file was given for {titles}")
    for name in spec.tables:
        table = tables[name]
        if table.rejected_share > max_rejected:
            title = _in_sentence(table.spec.title)
            note = f"{table.rejected:,} of {table.read:,} rows of {title} were set aside"
            return Measure(None, 0, note=note, state=State.WITHHELD)
        outside = _outside(table, window)
        if outside:
            return not_measured(outside)
    unsaid = "" if part_of else never_said(spec, tables)
    if unsaid:
        return not_measured(unsaid)
    measure = thinned(spec, spec.function(Scope(tables, window, settings)))
    return _marked(held_back(measure, spec, tables, max_rejected), spec, tables, window)


def thinned(spec: MetricSpec, measure: Measure) -> Measure:
    """The measure, withheld where its population is too small to print a figure from.

    How many there are is still said, and so are parts that count; those that are figures are not.
    """
    is_share = spec.headline != "median"
    # A ratio that divides no counts (a chance that a model gives) has no cases to be few.
    is_asked = spec.withhold_below is not None or not is_share or "denominator" in measure.parts
    if measure.value is None or measure.n >= spec.fewest or not is_asked:
        return measure
    what = {"median": "a median"}.get(
        spec.headline, "a share" if spec.unit is Unit.RATIO else "a figure"
    )
    why = f"only {measure.n} {'case' if measure.n == 1 else 'cases'}, too few for {what}"
    return replace(
        measure,
        value=None,
        state=State.WITHHELD,
        note=", ".join(filter(None, [why, measure.note])),
        parts={name: each for name, each in measure.parts.items() if name not in FIGURES},
    )


FIGURES = frozenset({"median", "median_low", "median_high", "p90", "mean", "mean_of_ended"})
"""Parts that are figures of their own and no counts."""


def _outside(table: Table, window: Window) -> str:
    """Why a quarter lies before or after all that the table records; empty where it does not."""
    title = _in_sentence(table.spec.title)
    if table.records_from and lies_before(table, window):
        return f"the records of {title} begin on {_day(table.records_from)}"
    if table.records_to and lies_after(table, window):
        return f"the records of {title} end on {_day(table.records_to)}"
    return ""


def _marked(measure: Measure, spec: MetricSpec, tables: TableSet, window: Window) -> Measure:
    """The measure, with the date of the newest record where that is too old."""
    old = [
        f"newest record of {_in_sentence(table.spec.title)}: {_day(table.records_to)}"
        for table in map(tables.__getitem__, spec.tables)
        if table.is_stale and table.records_to and window.cutoff_day > table.records_to
    ]
    return replace(measure, note=", ".join(filter(None, [measure.note, *old]))) if old else measure


def _day(when: date) -> str:
    return f"{when.day} {when:%b %Y}"


def _in_sentence(title: str) -> str:
    """A title as it reads within a sentence; ``AI use cases`` keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _trace(measure: Measure, tables: TableSet) -> Iterable[RowRef]:
    for name, chosen in measure.rows.items():
        frame = tables.frame(name)
        picked = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        files = frame[SOURCE_COLUMN].to_numpy()
        lines = frame[LINE_COLUMN].to_numpy()
        yield from (RowRef(name, str(files[at]), int(lines[at])) for at in picked)


def _behind(measure: Measure, tables: TableSet) -> int:
    """The rows of the input that stand behind those of a measure."""
    total = 0
    for name, chosen in measure.rows.items():
        weights = tables[name].weights
        size = int(chosen.sum()) if chosen.dtype == bool else len(chosen)
        total += size if weights is None else int(weights[chosen].sum())
    return total


@dataclass
class _Slicer:
    """Tables cut to one slice each; a cut is made once and shared by all metrics."""

    tables: TableSet
    cuts: dict[tuple[int, str, str], pd.DataFrame] = field(default_factory=dict)
    """By the identity of the whole frame, which the tables keep."""

    def cut(self, frame: pd.DataFrame, column: str, label: str) -> pd.DataFrame:
        """The rows of one table that belong to the slice."""
        at = (id(frame), column, label)
        if at not in self.cuts:
            self.cuts[at] = frame[(frame[column] == label).to_numpy(dtype=bool)]
        return self.cuts[at]

    def __call__(self, spec: MetricSpec, column: str, label: str) -> TableSet:
        """The metric's tables with only the rows of the slice, where they have the column."""
        seen = seen_tables(spec, self.tables)
        cut = {
            name: replace(seen[name], frame=self.cut(seen.frame(name), column, label))
            for name in spec.tables
            if column in seen[name].spec.column_names
        }
        return TableSet({**seen.tables, **cut})


def slice_tables(spec: MetricSpec, tables: TableSet, column: str, label: str) -> TableSet:
    """The same tables with only the rows of one slice, in each table that has the column."""
    return _Slicer(tables)(spec, column, label)


def slice_labels(
    spec: MetricSpec, tables: TableSet, column: str, units: Sequence[str]
) -> tuple[str, ...]:
    """The labels of a slice in reading order: as declared, or as listed in the project."""
    for name in spec.tables:
        table = tables[name].spec
        if column in table.column_names:
            allowed = table.column(column).allowed
            return allowed or tuple(units)
    return ()


def evaluate(
    specs: Mapping[str, MetricSpec],
    tables: TableSet,
    windows: Sequence[Window],
    *,
    settings: Settings,
    targets: Mapping[str, Target],
    reported: Mapping[str, Mapping[Quarter, float]],
    business_units: Sequence[str],
    max_rejected_share: float = 1.0,
) -> Figures:
    """Every metric over every window, with its slices.

    Args:
        specs: the catalogue, by id.
        tables: the typed tables.
        windows: consecutive quarters, oldest first; the last is the one reported on.
        settings: what ``report.toml`` says that metrics need.
        targets: by metric id.
        reported: values shown to a board before, by metric id and quarter.
        business_units: labels of the ``business_unit`` slices.
        max_rejected_share: above this share of rows set aside, or of rows that do not say what a
            figure needs to know, it is withheld.
    """
    run = _Run(tables, windows, settings, max_rejected_share, _Slicer(tables))
    wholes = {spec.id: run.measures(spec, seen_tables(spec, tables)) for spec in specs.values()}

    def judged(
        spec: MetricSpec, family: Mapping[str, Sequence[Measure]], settled: _Settled
    ) -> dict[str, MetricSeries]:
        """The series of the parts of one figure, or of the whole under an empty label."""
        return {
            label: judge(
                spec,
                run.results(spec, measures, label),
                replace_target(targets, spec.id, label, inherited=not spec.adds_up)
                if label
                else targets.get(spec.id),
                {} if label else reported.get(spec.id, {}),
                compared=settled[spec.id, label, 1],
                year_compared=settled[spec.id, label, YEAR],
                is_comparable=covers_both(spec, tables, windows),
                is_year_comparable=covers_both(spec, tables, windows, YEAR),
                is_over=windows[-1].is_over,
            )
            for label, measures in family.items()
        }

    together = run.settled([(spec, {"": wholes[spec.id]}) for spec in specs.values()])
    slices = {}
    for spec in specs.values():
        for column in spec.splits:
            labels = slice_labels(spec, tables, column, business_units)
            parts = run.split(spec, column, labels, wholes[spec.id])
            slices[spec.id, column] = judged(spec, parts, run.settled([(spec, parts)]))
    return Figures(
        specs=specs,
        series={
            spec.id: judged(spec, {"": wholes[spec.id]}, together)[""] for spec in specs.values()
        },
        slices=slices,
    )


_Settled = Mapping[tuple[str, str, int], Compared | None]
"""What comparisons say: by metric, label of the part, and quarters back."""


@dataclass(frozen=True)
class _Run:
    """What every metric of one report is computed from."""

    tables: TableSet
    windows: Sequence[Window]
    settings: Settings
    max_rejected: float
    slicer: _Slicer

    def measures(self, spec: MetricSpec, some: TableSet, part_of: str = "") -> list[Measure]:
        """One measure for each window, of all tables or of one slice of them.

        Samples are kept of the quarters that are compared with one another alone.
        """
        told = [
            _guarded(spec, some, each, self.settings, self.max_rejected, part_of)
            for each in self.windows
        ]
        last = len(told) - 1
        kept = {last, last - 1, last - YEAR}
        return [each if at in kept else replace(each, sample=None) for at, each in enumerate(told)]

    def results(
        self, spec: MetricSpec, measures: Sequence[Measure], part_of: str = ""
    ) -> list[MetricResult]:
        """The measures of consecutive windows as results."""
        return [
            _result(spec, measure, each, part_of=part_of)
            for measure, each in zip(measures, self.windows, strict=True)
        ]

    def split(
        self, spec: MetricSpec, column: str, labels: Sequence[str], whole: Sequence[Measure]
    ) -> dict[str, list[Measure]]:
        """The measures of each slice along a column, beside those of the whole."""
        seen = seen_tables(spec, self.tables)
        hidden = hidden_slices(spec, seen, column, whole, self.max_rejected)
        found: dict[str, list[Measure]] = {}
        for label in labels:
            told = self.measures(spec, self.slicer(spec, column, label), label)
            found[label] = [
                no or _beside(all_, yes) for no, all_, yes in zip(hidden, whole, told, strict=True)
            ]
        return found

    def settled(
        self, members: Sequence[tuple[MetricSpec, Mapping[str, Sequence[Measure]]]]
    ) -> _Settled:
        """Compare every member of one family with its quarter and its year before, and settle."""
        drafts: dict[tuple[str, str, int], Compared | None] = {}
        for spec, family in members:
            for label, measures in family.items():
                results = self.results(spec, measures, label)
                for ago in (1, YEAR):
                    covered = covers_both(spec, self.tables, self.windows, ago)
                    drafts[spec.id, label, ago] = (
                        compare(spec, results, measures, self.windows, ago) if covered else None
                    )
        return dict(zip(drafts, settle(list(drafts.values())), strict=True))


def _beside(whole: Measure, part: Measure) -> Measure:
    """A slice without rows in a quarter that was measured has nothing in it: that is known.

    Of a whole that is not measured no part is either, whatever rows it has or has not.
    """
    if whole.state is State.NOT_MEASURED:
        return not_measured(whole.note)
    if part.state is State.NOT_MEASURED:
        return replace(part, state=State.NOTHING_HAPPENED, note="")
    return part


def replace_target(
    targets: Mapping[str, Target], metric_id: str, label: str, *, inherited: bool = True
) -> Target | None:
    """The target of a slice: its own (``metric.label``), or else the metric's.

    A ceiling on a sum says nothing of its parts (each could keep to it while the whole does not),
    so a metric whose slices add up is not ``inherited``.
    """
    own = targets.get(f"{metric_id}.{label}")
    if own:
        return replace(own, metric_id=metric_id)
    return targets.get(metric_id) if inherited else None
