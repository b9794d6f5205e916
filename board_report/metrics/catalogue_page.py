"""Write the metric catalogue as Markdown, with worked examples from the specifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from board_report.metrics.declare import Comparison, MetricSpec, Unit

HEAD = """# Metric catalogue

Every figure of the deck and of the disclosure, as it is declared in `board_report/metrics/`, and in
`board_report/risk/` where it comes out of the [loss model](risk-model.md).
This page is generated from the declarations and from the cases in `tests/spec/`:
`python -m tests.tools.make_metric_catalogue` writes it again.

A ratio is stored as 0 to 1 and printed as a percentage.
Percentiles of durations are read off a Kaplan-Meier curve, in which open cases count for as long as
they have lasted; those of scores interpolate linearly, as Excel's `PERCENTILE.INC` does.
What is called a change, and which figures are withheld for being of too few cases, is told in
[statistics](statistics.md). The examples are small enough to check by hand, and leave that last
rule aside.
Quarter end means the last day of the quarter, or the as-of date where that comes first.
What happens after the as-of date is not known.
Four results are told apart: "zero", "nothing happened" (no rows to measure), "not measured"
(no data) and "withheld" (data too thin, too old or contradictory).
"""
UNIT_WORDS = {
    Unit.RATIO: "ratio, 0 to 1",
    Unit.MONEY: "reporting currency",
    Unit.SCORE: "score",
    Unit.STAGE: "stage, 1 to 4",
    Unit.RATING: "rating, 0 to 4",
    Unit.PER_WEEK: "a week",
}


class Example(Protocol):
    """A case that can be checked by hand, as the specifications state it."""

    @property
    def metric(self) -> str:
        """Id of the metric."""

    @property
    def title(self) -> str:
        """What the case is about."""

    @property
    def rows(self) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Table name to its rows; a table left out was not given."""

    @property
    def expected(self) -> str:
        """The sum it comes to, or the state."""

    @property
    def value(self) -> float | None:
        """The value; None for a state."""

    @property
    def says(self) -> str:
        """What the case promises, in one sentence."""

    @property
    def note(self) -> str | None:
        """The note beside the value; None when the case is not about it."""

    @property
    def quarter(self) -> str:
        """The quarter it is computed for."""

    @property
    def as_of(self) -> str | None:
        """Last day that is known; None for the last day of the quarter."""


def catalogue_page(
    specs: Mapping[str, MetricSpec], examples: Mapping[str, Sequence[Example]]
) -> str:
    """The catalogue, by subject in the order of the declarations.

    Args:
        specs: every metric, by id.
        examples: worked examples by metric id; a metric may have none.

    Returns:
        Markdown that ends with one line feed.
    """
    chapters = [
        _chapter(subject, list(members), examples)
        for subject, members in groupby(_by_subject(specs.values()), lambda spec: spec.subject)
    ]
    return "\n".join([HEAD, _contents(specs.values()), *chapters]).rstrip("\n") + "\n"


def examples_by_metric(examples: Iterable[Example]) -> dict[str, list[Example]]:
    """Sort examples by the metric they are about, in the order given."""
    found: dict[str, list[Example]] = {}
    for each in examples:
        found.setdefault(each.metric, []).append(each)
    return found


def _by_subject(specs: Iterable[MetricSpec]) -> list[MetricSpec]:
    """Subjects in the order they first come up, each with its metrics together."""
    every = list(specs)
    order = list(dict.fromkeys(spec.subject for spec in every))
    return sorted(every, key=lambda spec: order.index(spec.subject))


def _contents(specs: Iterable[MetricSpec]) -> str:
    rows = [
        (spec.subject, f"[{spec.title}](#{spec.id})", f"`{spec.id}`", spec.owner.value)
        for spec in _by_subject(specs)
    ]
    return _table(("Subject", "Metric", "Id", "Owner"), rows)


def _chapter(
    subject: str, specs: Sequence[MetricSpec], examples: Mapping[str, Sequence[Example]]
) -> str:
    parts = [f"## {subject}\n"]
    for spec in specs:
        parts += [_declaration(spec), *map(_worked, examples.get(spec.id, ()))]
    return "\n".join(parts)


def _declaration(spec: MetricSpec) -> str:
    facts = [
        ("Id", f"`{spec.id}`"),
        ("Unit", UNIT_WORDS.get(spec.unit, spec.unit.value)),
        ("Value", spec.headline),
        ("Direction", spec.direction.value),
        ("Owner", spec.owner.value),
        ("Audience", spec.audience.value),
        ("Formula", spec.formula),
        ("Denominator", spec.denominator),
        ("Empty period", spec.empty),
        ("Source columns", ", ".join(f"`{each}`" for each in spec.columns)),
        ("Where given", ", ".join(f"`{each}`" for each in spec.where_given)),
        ("No row is judged without", ", ".join(f"`{each}`" for each in spec.needs)),
        ("Also given by", ", ".join(f"`{each}`" for each in spec.splits)),
        ("Withheld below", f"{spec.fewest} cases" if spec.fewest else ""),
        ("Fewest to judge a move", str(spec.minimum_n) if spec.minimum_n > 1 else ""),
        ("A change is judged", _judged(spec)),
        ("Compared", "whole quarters with each other alone" if spec.accumulates else ""),
        ("Reference", spec.reference),
    ]
    named = [(name, words) for name, words in facts if words]
    return f'<a id="{spec.id}"></a>\n\n### {spec.title}\n\n' + _table(("", ""), named)


_JUDGED = {
    Comparison.COUNT: "as a count of events: exact test of two Poisson counts over their days",
    Comparison.SHARE: "as a share: Fisher's exact test",
    Comparison.DURATION: "as durations: Gehan-Wilcoxon test",
    Comparison.LEVEL: "as a level: natural process limits of the quarters before",
    Comparison.RARE: "as rare events: days between them",
    Comparison.STATED: "not by chance: every change is real",
}


def _judged(spec: MetricSpec) -> str:
    alone = "; against a year ago alone" if spec.is_trailing else ""
    return f"{_JUDGED[spec.compared_as]}{alone}"


def _worked(example: Example) -> str:
    """One example: what it is about, its rows, and what they come to."""
    day = f", as known on {example.as_of}" if example.as_of else ""
    lines = [f"**Example: {example.title}** ({example.quarter}{day}). {example.says}\n"]
    lines += [_rows(name, rows) for name, rows in example.rows.items()]
    if not example.rows:
        lines.append("No file is given.\n")
    return "\n".join([*lines, _outcome(example)])


def _outcome(example: Example) -> str:
    sum_of = example.expected
    if example.value is None:
        result = f"Result: {sum_of}"
    else:
        value = f"{example.value:.10g}"
        result = f"Result: {value}" if sum_of == value else f"Result: `{sum_of}` = {value}"
    return f'{result}; note: "{example.note}".\n' if example.note else f"{result}.\n"


def _rows(name: str, rows: Sequence[Mapping[str, object]]) -> str:
    if not rows:
        return f"`{name}` has no rows.\n"
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    cells = [tuple(_cell(row.get(column)) for column in columns) for row in rows]
    return f"`{name}`:\n\n" + _table(columns, cells)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value))
    return str(value)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )
