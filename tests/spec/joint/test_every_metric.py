"""What holds for each metric of both leaders: words, states, and a case that can be checked."""

from importlib import import_module

import pytest

from board_report.metrics.catalogue import MODULES
from board_report.metrics.declare import Owner
from board_report.model import State
from board_report.tables.catalogue import TABLES
from tests.spec.tables import result_of, tables

JOINT = [name for name in MODULES if name.startswith("joint.")]
METRICS = [spec for name in JOINT for spec in import_module(f"board_report.metrics.{name}").METRICS]
SPECIFIED = {
    case.metric
    for name in JOINT
    for case in import_module(f"tests.spec.{name.replace('.', '.test_')}").SPECS
}
IDS = [spec.id for spec in METRICS]


def test_every_metric_has_a_case():
    """No metric without a table that can be checked by hand, and no case without a metric."""
    assert set(IDS) == SPECIFIED
    assert len(IDS) == len(set(IDS))


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_words_fit_the_page(spec):
    """Titles fit the scorecard and formulas the appendix; a formula is one sentence."""
    assert len(spec.title) <= 28
    assert len(spec.formula) <= 90
    assert spec.formula.endswith(".")
    assert spec.empty in ("0", "nothing happened")
    assert spec.owner is Owner.JOINT


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_columns_exist(spec):
    """The columns that a metric names, and the splits, are columns of its tables."""
    for each in spec.columns:
        table, column = each.split(".")
        assert TABLES[table].column(column)
    for split in spec.splits:
        assert any(split in TABLES[name].column_names for name in spec.tables)


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_minimum_population(spec):
    """Shares need five to compare; counts and sums need none."""
    assert spec.minimum_n == (1 if spec.adds_up else 5)


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_without_its_files_it_is_not_measured(spec):
    """No file is neither zero nor "nothing happened"; one file of two is not enough."""
    found = result_of(spec, tables())
    assert (found.state, found.value) == (State.NOT_MEASURED, None)
    for name in spec.tables:
        others = {other: [] for other in spec.tables if other != name}
        assert result_of(spec, tables(**others)).state is State.NOT_MEASURED


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_files_without_rows_give_what_is_declared(spec):
    """An empty period gives what the declaration prints: zero, or nothing happened."""
    found = result_of(spec, tables(**{name: [] for name in spec.tables}))
    state = State.MEASURED if spec.empty == "0" else State.NOTHING_HAPPENED
    assert (found.state, found.value, found.n) == (state, 0 if spec.empty == "0" else None, 0)
