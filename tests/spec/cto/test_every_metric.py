"""What holds for each of the CTO's and the joint metrics: words, columns, empty files, cases."""

from importlib import import_module

import pytest

from board_report.metrics.catalogue import MODULES
from board_report.metrics.evaluate import evaluate
from board_report.model import State
from board_report.tables.catalogue import TABLES
from tests.spec.tables import measure, result_of, tables, window_of

NAMES = [name for name in MODULES if not name.startswith("ciso.")]
METRICS = [spec for name in NAMES for spec in import_module(f"board_report.metrics.{name}").METRICS]
CASES = [
    case
    for name in NAMES
    for case in import_module("tests.spec.{}.test_{}".format(*name.split("."))).SPECS
]
each_metric = pytest.mark.parametrize("spec", METRICS, ids=lambda spec: spec.id)

NO_SAMPLE = {
    "zero_trust_at_target",
    "zero_trust_stage",
    "spend_against_plan",
    "benefit_against_plan",
    "return_on_investment",
    "internal_rate_of_return",
    "payback",
}
"""Five pillars, or sums of money: they are counted whole, so few of them is no small sample."""


@each_metric
def test_words_fit_the_page(spec):
    assert len(spec.title) <= 28
    assert len(spec.formula) <= 90
    assert spec.formula.endswith(".")
    assert spec.denominator
    assert spec.empty in ("0", "nothing happened", "not measured")


@each_metric
def test_columns_and_splits_exist(spec):
    for name in spec.columns:
        table, column = name.split(".")
        assert TABLES[table].column(column)
    for split in spec.splits:
        assert any(split in TABLES[name].column_names for name in spec.tables)


@each_metric
def test_only_the_columns_named_are_read(spec):
    """Without any other column the function still runs, so the declaration leaves none out."""
    given = tables(**{name: [] for name in spec.tables})
    for name in spec.tables:
        named = [each.split(".")[1] for each in spec.columns if each.startswith(f"{name}.")]
        given = given.replaced(name, lambda frame, named=named: frame[named])

    assert measure(spec, given).value in (0, None)


@each_metric
def test_few_are_too_few_to_judge_a_share_or_a_duration(spec):
    assert spec.minimum_n == (1 if spec.adds_up or spec.id in NO_SAMPLE else 5)


@each_metric
def test_without_its_file_it_is_not_measured(spec):
    found = result_of(spec, tables())

    assert (found.state, found.value, found.n) == (State.NOT_MEASURED, None, 0)


@each_metric
def test_a_file_without_rows_gives_what_is_declared(spec):
    found = result_of(spec, tables(**{name: [] for name in spec.tables}))

    assert found.value == (0 if spec.empty == "0" else None)
    assert found.state == (State.MEASURED if spec.empty == "0" else spec.empty)
    assert found.n == 0


@each_metric
def test_it_is_specified_with_a_value_and_with_an_empty_period(spec):
    outcomes = {case.expected for case in CASES if case.metric == spec.id}

    assert outcomes & {"0", "nothing happened", "not measured"} or "0 / (92 / 7)" in outcomes
    assert len(outcomes) > 1


def test_empty_slices_are_evaluated_like_any_other():
    given = tables(**{name: [] for spec in METRICS for name in spec.tables})
    figures = evaluate(
        {spec.id: spec for spec in METRICS},
        given,
        (window_of("2026-Q2", "2026-09-30"), window_of()),
        settings=CASES[0].settings,
        targets={},
        reported={},
        business_units=("Distribution", "Europe"),
    )

    assert set(figures.by("spend_actual", "objective")) == {
        "grow",
        "protect",
        "comply",
        "modernize",
        "save",
    }
    assert figures.by("unapproved_bypasses", "business_unit")["Europe"].now.value == 0
    assert len(figures.by("zero_trust_stage", "pillar")) == 5
