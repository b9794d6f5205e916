"""The year's loss against appetite, tolerance and insurance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from board_report.period import Quarter
from board_report.project import CurvePoint, Insurance, RiskSettings
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.metrics import RiskModel
from board_report.risk.position import RiskPosition, curve_at, event_range
from board_report.risk.quantities import Beta, Fixed, Lognormal
from board_report.risk.scenarios import LossPart, expected_total, interval_scenario
from tests.spec.tables import tables, window_of
from tests.unit.risk.risks import ONE_TO_TEN, risk

CURRENCY = "USD"
CURVE = (CurvePoint(0.5, 1.0), CurvePoint(0.01, 100.0))


def row(name: str, events_low: float, events_high: float, **more: object) -> dict:
    words = {"title": name, "short_title": name, "owner_role": "CISO"}
    said = {
        "events_low": events_low,
        "events_high": events_high,
        "loss_low": 1.0,
        "loss_high": 10.0,
    }
    return {"risk_id": name, **words, **said, **more}


RANSOMWARE, FRAUD = row("R1", 0.1, 0.1), row("R2", 3.0, 3.0)
UNCLEAR, BEFORE = row("R3", 0.0, 1.0), row("R1", 9.0, 9.0, quarter="2026-Q2")


def position(settings: RiskSettings, *rows: dict) -> RiskPosition:
    found = RiskModel(settings, CURRENCY).position(tables(risk_register=rows), window_of())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("frequency", "low", "high", "expected", "tolerance"),
    [
        # riskquant's published cases (Apache-2.0): fixed frequency, lognormal 90% interval of loss
        (0.1, 1, 10, 0.4040012826945718, 1e-6),
        (3.0, 1, 10, 12.120038480837177, 1e-6),
        (0.01, 1e6, 1e7, 40400, 50),
        (0.1, 1e7, 1e9, 26_600_000, 50_000),
        (0.05, 5e6, 5e7, 1_010_000, 5_000),
        (0.1, 1e5, 1e6, 40400.128269457266, 1e-3),
    ],
)
def test_expected_loss_matches_published_cases(frequency, low, high, expected, tolerance):
    found = interval_scenario("R1", (frequency, frequency), (low, high)).expected_loss
    assert found == pytest.approx(expected, abs=tolerance)


def test_an_interval_must_be_positive_and_in_order():
    with pytest.raises(ValueError, match="90% interval"):
        interval_scenario("R1", (0.0, 0.0), (1, 10))
    with pytest.raises(ValueError, match="90% interval"):
        interval_scenario("R1", (0.1, 0.2), (10, 1))


def test_a_known_rate_s_chance_is_poisson():
    """At a rate known to be 0.5 the chance of an event in a year is 1 - exp(-0.5)."""
    found = interval_scenario("R1", (0.5, 0.5), (1, 10))
    assert found.chance_a_year == pytest.approx(1 - math.exp(-0.5), abs=1e-12)
    assert (found.title, found.short_title) == ("R1", "R1")


def test_a_curve_interpolates_over_log_probability():
    points = (CurvePoint(0.1, 10.0), CurvePoint(0.01, 30.0))
    assert curve_at(points, math.sqrt(0.1 * 0.01)) == pytest.approx((10 + 30) / 2)
    assert curve_at(points, 0.5) is None
    assert curve_at((), 0.05) is None


def test_the_position_of_a_register():
    settings = RiskSettings(trials=20_000, tolerance=CURVE, insurance=Insurance(5, 10))
    found = position(settings, RANSOMWARE, FRAUD, UNCLEAR, BEFORE)
    assert found.expected_loss == pytest.approx(0.4040012826945718 + 12.120038480837177)
    assert [risk.risk_id for risk in found.top] == ["R2", "R1"]
    assert (found.unquantified, found.lines) == (1, (2, 3))
    assert sum(found.payers_1_in_20) == pytest.approx(found.loss_1_in_20)
    assert found.loss_1_in_20_error[0] <= found.loss_1_in_20 <= found.loss_1_in_20_error[1]
    assert 0 < found.tolerance_exceedance < 1
    assert (found.quarter, found.trials, found.seed) == (Quarter(2026, 3), 20_000, settings.seed)


def test_a_quarter_without_a_register_has_no_position():
    model = RiskModel(RiskSettings(trials=2000), CURRENCY)
    told = tables(risk_register=[RANSOMWARE])
    assert model.position(told, window_of("2025-Q1")) is None
    assert model.findings(told, window_of("2025-Q1")) == ()


def test_each_point_of_a_curve_beside_what_the_model_gives():
    """The tolerance at one year in 20 lies between its points; the chance is a share of years."""
    found = position(RiskSettings(trials=20_000, tolerance=CURVE, appetite=CURVE[:1]), FRAUD)
    loss = np.interp(math.log(0.05), [math.log(0.01), math.log(0.5)], [100.0, 1.0])
    assert found.tolerance_1_in_20 == pytest.approx(loss)
    [(chance, at, given)] = found.appetite_exceedance
    assert (chance, at) == (0.5, 1.0)
    # Nearly every year with an event costs more than 1.
    assert given == pytest.approx(1 - math.exp(-3), abs=0.02)
    assert [each[:2] for each in found.limit_exceedance] == [(0.5, 1.0), (0.01, 100.0)]


def test_without_a_tolerance_nothing_is_held_against_it():
    found = position(RiskSettings(trials=2000), FRAUD)
    assert (found.tolerance_1_in_20, found.tolerance_exceedance) == (None, None)
    assert (found.payers_1_in_20, found.net_1_in_20, found.net_exceedance) == (None, None, ())


def test_the_largest_share_and_what_lies_beyond_it():
    settings = RiskSettings(trials=2000, insurance=Insurance(1.0, 2.0))
    found = position(settings, row("R1", 0.1, 0.1), row("R2", 0.3, 0.3))
    # The same loss three times as often: three quarters of what is expected.
    assert found.top[0].risk_id == "R2"
    assert found.largest_share == pytest.approx(0.75)
    assert found.expected_loss_beyond(1) == pytest.approx(0.25 * found.expected_loss)
    assert found.expected_loss_beyond(2) == 0


def test_who_pays_in_the_bad_year():
    """Every year costs 10: retention 3, limit 5, a tenth of the layer borne: 3, 4.5 and 2.5."""
    inputs = [
        {"risk_id": "R1", "input": "loss_event_frequency", "shape": "fixed", "likely": 1.0,
         "count": "whole_number"},
        {"risk_id": "R1", "input": "primary_loss", "shape": "fixed", "likely": 10.0},
    ]  # fmt: skip
    settings = RiskSettings(trials=1000, insurance=Insurance(3.0, 5.0, coinsurance=0.1))
    told = tables(risk_register=[RANSOMWARE], risk_inputs=inputs)
    found = RiskModel(settings, CURRENCY).position(told, window_of())
    assert found.payers_1_in_20 == pytest.approx((3.0, 4.5, 2.5))
    assert found.net_1_in_20 == pytest.approx(3 + 2.5)
    assert found.loss_1_in_20 == 10


def test_nobody_pays_where_the_bad_year_costs_nothing():
    settings = RiskSettings(trials=2000, insurance=Insurance(3.0, 5.0))
    found = position(settings, row("R1", 0.001, 0.001))
    assert (found.loss_1_in_20, found.payers_1_in_20, found.net_1_in_20) == (0, (0, 0, 0), 0)
    assert found.largest_share == 1
    assert found.loss_1_in_20_error == (0, 0)


def test_the_range_of_one_event():
    """P10, median and P90: of a lognormal in closed form, otherwise drawn."""
    expected = np.exp(ONE_TO_TEN.mu + ONE_TO_TEN.sigma * stats.norm.ppf([0.1, 0.5, 0.9]))
    assert event_range(risk(), 1) == pytest.approx(tuple(expected))
    assert event_range(risk().changed(1.0, 0.5), 1) == pytest.approx(tuple(expected / 2))
    # Two halves of a lognormal split evenly are no lognormal: a fixed sum and a PERT.
    two = risk(0.5, LossPart(Fixed(5.0)), LossPart(Beta.pert(0, 2, 9)))
    ends = 5 + stats.beta(1 + 4 * 2 / 9, 1 + 4 * 7 / 9, 0, 9).ppf([0.1, 0.5, 0.9])
    assert event_range(two, 1) == pytest.approx(tuple(ends), rel=0.01)


def test_a_secondary_loss_is_in_the_range_as_often_as_it_follows():
    one = risk(0.5, LossPart(Fixed(5.0)), LossPart(Fixed(4.0), is_secondary=True), secondary=0.3)
    assert event_range(one, 1) == (5.0, 5.0, 9.0)
    seldom = risk(
        0.5, LossPart(Fixed(5.0)), LossPart(Fixed(4.0), is_secondary=True), secondary=0.05
    )
    assert event_range(seldom, 1) == (5.0, 5.0, 5.0)


def test_expectations_add():
    parts = [interval_scenario("A", (0.1, 0.1), (1, 10)), interval_scenario("B", (1, 2), (5, 50))]
    assert expected_total(parts) == pytest.approx(parts[0].expected_loss + parts[1].expected_loss)


def test_changes_multiply():
    """Seven tenths of the events and half of each loss, twice over."""
    once = risk(2.0, Lognormal(1.0, 0.5)).changed(0.7, 0.5)
    assert once.expected_loss == pytest.approx(0.35 * risk(2.0, Lognormal(1.0, 0.5)).expected_loss)
    assert once.changed(0.7, 0.5).expected_loss == pytest.approx(0.35 * once.expected_loss)
    frequency = Frequency(Fixed(3.0), Fixed(0.5), kind=CountKind.WHOLE_NUMBER)
    assert risk(frequency).changed(0.5).frequency.mean == pytest.approx(3 * 0.5 * 0.5)
