"""The loss model's metrics come from the model, with every row behind them."""

from __future__ import annotations

import pytest

from board_report.model import State
from board_report.project import CurvePoint, RiskSettings
from board_report.risk.metrics import FAULTY, RiskModel
from board_report.risk.report import risk_in_money
from tests.spec.tables import result_of, tables, window_of

SETTINGS = RiskSettings(trials=2000, tolerance=(CurvePoint(0.5, 1.0), CurvePoint(0.01, 100.0)))
OF_QUARTER = {"owner_role": "CISO", "events_low": 1.0, "events_high": 1.0, "loss_low": 1.0}
ROWS = [
    {"risk_id": "R1", **OF_QUARTER, "loss_high": 10.0},
    {"risk_id": "R2", **OF_QUARTER, "loss_high": 10.0},
    {"risk_id": "R3", "owner_role": "CISO"},
    {"risk_id": "R1", "quarter": "2026-Q2", **OF_QUARTER, "loss_high": 10.0},
]
INPUTS = [
    {"risk_id": "R1", "input": "loss_event_frequency", "shape": "fixed", "likely": 2.0},
    {"risk_id": "R1", "quarter": "2026-Q2", "input": "loss_event_frequency", "shape": "fixed",
     "likely": 9.0},
]  # fmt: skip
PAIRS = [{"risk_id": "R1", "other_risk_id": "R2", "rank_correlation": 0.4}]
MEAN = 4.040012826945718


def specs(settings: RiskSettings = SETTINGS):
    return RiskModel(settings, "USD").metrics()


def test_rows_of_all_three_tables_are_traced():
    """Of the quarter alone, each once."""
    told = tables(risk_register=ROWS, risk_inputs=INPUTS, risk_correlations=PAIRS)
    found = result_of(specs()["expected_loss"], told)
    assert found.value == pytest.approx(round((2 + 1) * MEAN, 2))
    assert sorted((each.table, each.line) for each in found.rows) == [
        ("risk_correlations", 2),
        ("risk_inputs", 2),
        ("risk_register", 2),
        ("risk_register", 3),
        ("risk_register", 4),
    ]
    assert found.n == 2
    assert "1 risk without an interval" in found.note
    assert (found.parts["trials"], found.parts["seed"]) == (2000, SETTINGS.seed)


def test_incidents_that_a_risk_is_fitted_to_are_traced():
    """Those that name it and were known by the quarter's end."""
    fit = [{"risk_id": "R1", "input": "loss_event_frequency", "shape": "history", "low": 0.5,
            "high": 2.0}]  # fmt: skip
    incidents = [
        {"risk_id": "R1", "detected_at": "2026-07-01T10:00"},
        {"risk_id": "R2", "detected_at": "2026-07-01T10:00"},
        {"risk_id": "R1", "detected_at": "2026-10-02T10:00"},
        {"risk_id": None, "detected_at": "2026-07-01T10:00"},
    ]
    told = tables(risk_register=ROWS, risk_inputs=fit, incidents=incidents)
    found = result_of(specs()["expected_loss"], told)
    assert [each.line for each in found.rows if each.table == "incidents"] == [2]
    assert "incidents.cost" in specs()["expected_loss"].where_given


@pytest.mark.parametrize("name", ["loss_1_in_20", "loss_1_in_100", "tolerance_exceedance"])
def test_metrics_are_what_the_position_says(name):
    told, model = tables(risk_register=ROWS), RiskModel(SETTINGS, "USD")
    found = result_of(model.metrics()[name], told)
    expected = getattr(model.position(told, window_of()), name)
    assert found.value == pytest.approx(expected, abs=0.005)
    if name == "loss_1_in_20":
        assert found.parts["simulation_low"] < expected < found.parts["simulation_high"]


def test_a_chance_without_a_tolerance_is_not_measured():
    found = result_of(
        specs(RiskSettings(trials=1000))["tolerance_exceedance"], tables(risk_register=ROWS)
    )
    assert found.value is None


def test_a_fault_withholds_every_metric():
    """The rows that it may come from are told."""
    bad = [{**ROWS[0], "currency": "EUR"}, ROWS[1]]
    for spec in specs().values():
        found = result_of(spec, tables(risk_register=bad))
        assert (found.value, found.state) == (None, State.WITHHELD)
        assert FAULTY in found.note
        assert {each.line for each in found.rows} == {2, 3}


@pytest.mark.parametrize("rows", [[], [ROWS[3]], [ROWS[2]]])
def test_nothing_to_simulate_is_no_figure(rows):
    found = result_of(specs()["expected_loss"], tables(risk_register=rows))
    assert found.value is None
    assert found.state is not State.WITHHELD


def test_without_a_register_nothing_is_measured():
    assert result_of(specs()["expected_loss"], tables()).state is State.NOT_MEASURED


def test_a_quarter_is_simulated_once(monkeypatch):
    from board_report.risk import position

    calls = []
    real = position.simulate_enough
    monkeypatch.setattr(
        position, "simulate_enough", lambda *args: calls.append(args) or real(*args)
    )
    told, model = tables(risk_register=ROWS), RiskModel(SETTINGS, "USD")
    for spec in model.metrics().values():
        result_of(spec, told)
    risk_in_money(model, told, [window_of()], discount_rate=0.08, time_zone="UTC")
    assert len(calls) == 1


def test_everything_about_risk_in_money():
    told = tables(risk_register=ROWS, risk_inputs=INPUTS, risk_correlations=PAIRS)
    found = risk_in_money(
        RiskModel(SETTINGS, "USD"), told, [window_of()], discount_rate=0.08, time_zone="UTC"
    )
    assert [each.risk_id for each in found.scenarios] == ["R1", "R2"]
    assert sum(each.statistics.expected for each in found.scenarios) == pytest.approx(
        found.position.expected_loss
    )
    assert sum(each.tail_share for each in found.scenarios) == pytest.approx(1)
    assert found.correlated
    assert found.assumptions.correlation_pairs == 1
    assert set(found.assumptions.versions) == {"numpy", "scipy"}
    assert any("Gaussian copula" in each for each in found.assumptions.statements)
    assert found.net is None
    assert found.statistics.var_95 == found.position.loss_1_in_20
    assert found.position.estimate_1_in_20.low <= found.position.estimate_1_in_20.high
    assert [each.risk_id for each in found.scenarios] == [
        each.risk_id for each in found.position.top
    ]
