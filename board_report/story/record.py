"""The figures as data: what ``metrics.json`` and ``metrics.csv`` hold, value and printed text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from board_report.metrics.precision import interval_of
from board_report.story import formats
from board_report.tables.rejected import neutral

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec
    from board_report.metrics.evaluate import Figures
    from board_report.model import Compared, MetricResult, MetricSeries

CSV_COLUMNS = (
    "metric_id",
    "title",
    "owner",
    "audience",
    "quarter",
    "slice",
    "label",
    "state",
    "value",
    "unit",
    "n",
    "printed",
    "note",
    "low_95",
    "high_95",
    "change",
    "year_change",
)


def figures_json(figures: Figures, currency: str) -> str:
    """Every figure with its definition, series, slices and printed text; keys in fixed order."""
    record = {
        "format": "board-report figures",
        "format_version": 1,
        "currency": currency,
        "metrics": [
            _metric(figures.specs[metric_id], series, figures, currency)
            for metric_id, series in figures.series.items()
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _metric(
    spec: MetricSpec, series: MetricSeries, figures: Figures, currency: str
) -> dict[str, Any]:
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
        **_judged(spec, series, currency),
        "slices": {
            column: {
                label: _judged(spec, part, currency)
                for label, part in figures.slices[spec.id, column].items()
            }
            for column in spec.splits
        },
    }


def _judged(spec: MetricSpec, series: MetricSeries, currency: str) -> dict[str, Any]:
    target = series.target
    return {
        "target": None
        if target is None
        else {
            "at_least" if target.at_least else "at_most": target.value,
            "near": target.near,
        },
        "status": str(series.status),
        "change": str(series.change),
        "change_by": series.change_by,
        "compared": _compared(series.compared),
        "year_change": str(series.year_change),
        "year_change_by": series.year_change_by,
        "year_compared": _compared(series.year_compared),
        "reported_before": {str(quarter): was for quarter, was in series.reported_before.items()},
        "series": [_result(spec, each, currency) for each in series.values],
    }


def _compared(compared: Compared | None) -> dict[str, Any] | None:
    """How a change was judged: ``verdict`` among its like, ``alone`` by itself."""
    if compared is None:
        return None
    return {
        "against": str(compared.against),
        "test": compared.test,
        "p": compared.chance,
        "limits": None if compared.low is None else [compared.low, compared.high],
        "alone": str(compared.alone),
        "verdict": str(compared.verdict),
    }


def _result(spec: MetricSpec, result: MetricResult, currency: str) -> dict[str, Any]:
    return {
        "quarter": str(result.quarter),
        "state": str(result.state),
        "value": result.value,
        "n": result.n,
        "interval_95": interval_of(spec, result),
        "printed": _plain(formats.result(result, spec.unit, currency)),
        "parts": dict(result.parts),
        "note": result.note,
    }


def figures_csv(figures: Figures, currency: str) -> str:
    """The same figures, one row a value, safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for metric_id, series in figures.series.items():
        spec = figures.specs[metric_id]
        writer.writerows(_rows(spec, series, "", "", currency))
        for column in spec.splits:
            for label, part in figures.slices[metric_id, column].items():
                writer.writerows(_rows(spec, part, column, label, currency))
    return buffer.getvalue()


def _rows(
    spec: MetricSpec, series: MetricSeries, column: str, label: str, currency: str
) -> Iterator[list[object]]:
    for each in series.values:
        low, high = interval_of(spec, each) or ("", "")
        is_now = each is series.now
        yield [
            spec.id,
            spec.title,
            str(spec.owner),
            str(spec.audience),
            str(each.quarter),
            column,
            neutral(label),
            str(each.state),
            "" if each.value is None else repr(each.value),
            str(spec.unit),
            each.n,
            _plain(formats.result(each, spec.unit, currency)),
            neutral(each.note),
            *(repr(end) if isinstance(end, float) else end for end in (low, high)),
            str(series.change) if is_now else "",
            str(series.year_change) if is_now else "",
        ]


def _plain(printed: str) -> str:
    """The printed text with ordinary spaces, for machines and spreadsheets."""
    return printed.replace(formats.NO_BREAK, " ")
