"""The helper behind the specifications can fail, and runs nothing but sums."""

from dataclasses import replace

import pytest

from board_report.metrics.ciso.incidents import METRICS
from tests.spec.spec import Spec, arithmetic, check
from tests.spec.tables import tables

GOOD = Spec(
    metric="incidents_detected",
    title="one",
    rows={"incidents": [{"detected_at": "2026-08-01 12:00"}]},
    expected="2 - 1",
    value=1,
    says="One is one.",
    note="",
    n=1,
    lines={"incidents": (1,)},
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [("(10 + 30) / 2", 20), ("-3 + 2 ** 3", 5), ("1.08 ** (1 / 4)", 1.08**0.25), ("7", 7)],
)
def test_sums_of_literals(expression, value):
    assert arithmetic(expression) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("expression", ["len('ab')", "a + 1", "__import__('os')", "'1'", "[1]"])
def test_nothing_but_sums(expression):
    with pytest.raises(ValueError, match="not arithmetic"):
        arithmetic(expression)


@pytest.mark.parametrize(
    "wrong",
    [
        {"expected": "2", "value": 2},
        {"expected": "3 - 1"},
        {"expected": "not measured", "value": None},
        {"note": "1 still open"},
        {"n": 2},
        {"lines": {"incidents": (2,)}},
    ],
)
def test_a_wrong_case_fails(wrong):
    check(GOOD, METRICS)
    with pytest.raises(AssertionError):
        check(replace(GOOD, **wrong), METRICS)


def test_misspelt_tables_and_columns_are_refused():
    with pytest.raises(KeyError, match="no such table: incident"):
        tables(incident=[])
    with pytest.raises(KeyError, match="incidents has no column detected_on"):
        tables(incidents=[{"detected_on": "2026-08-01"}])
