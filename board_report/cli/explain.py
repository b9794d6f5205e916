"""``board-report explain``: one figure or one sentence, and the rows it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from board_report.cli.explained_change import interval_words, put_change
from board_report.cli.options import json_option, project_options
from board_report.cli.output import put, put_json, put_table, say
from board_report.cli.rows import SourceRow, source_rows

if TYPE_CHECKING:
    from board_report.governance.restatements import Restatement
    from board_report.metrics.declare import MetricSpec
    from board_report.model import MetricResult, Target
    from board_report.pipeline import Inputs

LIMIT = 20


def complete_metric(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Metric ids that begin as typed, each with its title, for the shell."""
    from board_report.pipeline import catalogue

    specs, _model = catalogue()
    return [
        CompletionItem(spec.id, help=spec.title)
        for spec in specs.values()
        if spec.id.startswith(begun)
    ]


@click.command(short_help="Show a figure or a sentence, and what it rests on.")
@click.argument("metric", required=False, shell_complete=complete_metric)
@project_options
@click.option(
    "--sentence",
    metavar="WORDS",
    help="In place of METRIC: words of a sentence of the disclosure, an attestation's number or "
    "a sub-item.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=LIMIT,
    metavar="ROWS",
    help=f"How many rows to show. [default: {LIMIT}]",
)
@json_option
def explain(
    metric: str | None,
    project: Path,
    quarter: str | None,
    as_of: date | None,
    sentence: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Show one figure, how it is computed, and the rows it came from, by file and line.

    `board-report metrics` lists the names. With --sentence it shows what stands behind a sentence
    of the disclosure: who attested it and when, its fact, and the figures that it cites.

    \b
      board-report explain mttr
      board-report explain mttr --quarter 2026-Q1 --limit 200
      board-report explain --sentence "not material"
    """
    if (metric is None) == (sentence is None):
        raise click.UsageError("Name a METRIC, or give words of a sentence with --sentence.")
    if metric is None:
        assert sentence is not None
        _explain_sentence(sentence, project, quarter, as_of, as_json)
    else:
        _explain_metric(metric, project, quarter, as_of, limit, as_json)


def _explain_sentence(
    sentence: str, project: Path, quarter: str | None, as_of: date | None, as_json: bool
) -> None:
    from board_report.cli.explained_sentence import put_sentences, sentence_records
    from board_report.pipeline import explain_sentence, read_inputs

    found = explain_sentence(read_inputs(project, quarter=quarter, as_of=as_of), sentence)
    if as_json:
        put_json(sentence_records(found))
    else:
        put_sentences(found)


def _explain_metric(
    metric: str,
    project: Path,
    quarter: str | None,
    as_of: date | None,
    limit: int,
    as_json: bool,
) -> None:
    from board_report.metrics.evaluate import find_spec, seen_tables
    from board_report.pipeline import catalogue, explain_metric, read_inputs, restated_figure

    metric = metric.strip().lower().replace("-", "_")
    find_spec(catalogue()[0], metric)  # a slip of the pen is told before anything is read
    inputs = read_inputs(project, quarter=quarter, as_of=as_of)
    spec, result = explain_metric(inputs, metric)
    rows = source_rows(seen_tables(spec, inputs.loaded.tables), spec, result.rows[:limit])
    past = restated_figure(inputs, spec)
    if as_json:
        put_json(_record(inputs, spec, result, rows, past))
        return
    _put_figure(inputs, spec, result)
    put_change(inputs, spec)
    _put_past(past, spec, inputs.project.company.currency)
    _put_rows(rows, len(result.rows), result.rows_behind)


def _put_figure(inputs: Inputs, spec: MetricSpec, result: MetricResult) -> None:
    from board_report.story import formats

    currency = inputs.project.company.currency
    value = formats.result(result, spec.unit, currency)
    put(f"{spec.title} ({spec.id}), {result.quarter}: {value}")
    for name, text in (
        ("note", result.note),
        ("formula", spec.formula),
        ("over", f"{result.n:,} {spec.denominator}"),
        ("when empty", spec.empty),
        ("parts", ", ".join(_parts(spec, result, currency))),
        ("95% interval", interval_words(spec, result, currency)),
        ("target", _target(inputs.project.targets.get(spec.id), spec, currency)),
        ("owner", str(spec.owner)),
        ("better when", str(spec.direction)),
        ("as of", inputs.project.as_of.isoformat()),
        ("columns", ", ".join(spec.columns)),
        ("where given", ", ".join(spec.where_given)),
        ("reference", spec.reference),
    ):
        if text:
            put(f"  {name:<12} {text}")


def _put_past(past: Sequence[Restatement], spec: MetricSpec, currency: str) -> None:
    """Earlier quarters of which a board was shown another value, each with the rows that moved."""
    from board_report.story import formats
    from board_report.story.restated import NO_REASON, row_words, rows_words

    for each in past:
        was = formats.with_unit(each.shown.value, spec.unit, currency)
        now = formats.result(each.now, spec.unit, currency)
        on = f" on {each.shown.on}" if each.shown.on else ""
        reason = each.shown.reason or NO_REASON
        put(f"  {'restated':<12} {each.quarter}: shown as {was}{on}, now {now}. {reason}")
        for words in map(row_words, each.rows):
            put(f"  {'':<12} {words}")
        if not each.rows:
            put(f"  {'':<12} {rows_words(each)}")


def _parts(spec: MetricSpec, result: MetricResult, currency: str) -> list[str]:
    from board_report.story import formats

    return [
        f"{name.replace('_', ' ')} {formats.part(name, value, spec.unit, currency)}"
        for name, value in result.parts.items()
    ]


def _target(target: Target | None, spec: MetricSpec, currency: str) -> str:
    from board_report.story import formats

    if target is None:
        return ""
    bound = "at least" if target.at_least else "at most"
    return f"{bound} {formats.with_unit(target.value, spec.unit, currency)}"


def _put_rows(rows: list[SourceRow], total: int, behind: int) -> None:
    put("")
    if not total:
        put("No row of the input counts in it.")
        return
    for table in dict.fromkeys(each.table for each in rows):
        some = [each for each in rows if each.table == table]
        put_table(
            ("where", *some[0].values),
            [(each.place, *each.values.values()) for each in some],
            whole=("where",),
        )
    if total < behind:
        say(
            f"{len(rows):,} of {behind:,} rows shown, as examples: the table was reduced where it "
            f"lies, to {total:,} rows of which each stands for all that no figure tells apart."
        )
    elif len(rows) < total:
        say(f"{len(rows):,} of {total:,} rows shown; --limit {total} shows them all.")


def _record(
    inputs: Inputs,
    spec: MetricSpec,
    result: MetricResult,
    rows: list[SourceRow],
    past: Sequence[Restatement],
) -> dict[str, Any]:
    from board_report.metrics.precision import interval_of

    return {
        "id": spec.id,
        "title": spec.title,
        "quarter": str(result.quarter),
        "as_of": inputs.project.as_of.isoformat(),
        "state": str(result.state),
        "value": result.value,
        "interval_95": interval_of(spec, result),
        "unit": str(spec.unit),
        "n": result.n,
        "denominator": spec.denominator,
        "parts": dict(result.parts),
        "note": result.note,
        "formula": spec.formula,
        "owner": str(spec.owner),
        "restated": [_past(each) for each in past],
        "rows_total": result.rows_behind,
        "rows_traced": len(result.rows),
        "rows": [
            {"table": each.table, "file": each.file, "line": each.line, "values": each.values}
            for each in rows
        ],
    }


def _past(each: Restatement) -> dict[str, Any]:
    return {
        "quarter": str(each.quarter),
        "shown_on": str(each.shown.on) if each.shown.on else None,
        "value_shown": each.shown.value,
        "value_now": each.now.value,
        "reason": each.shown.reason,
        "rows": [
            {
                "change": str(row.change),
                "table": row.table,
                "record": row.record,
                "columns": list(row.columns),
                "file": row.file,
                "line": row.line,
            }
            for row in each.rows
        ],
    }
