"""The loss model agrees with closed forms and published cases."""

import math

import numpy as np
import pandas as pd
import pytest

from board_report.period import Quarter
from board_report.project import CurvePoint, Insurance, RiskSettings
from board_report.risk.position import (
    assess_position,
    curve_at,
    exceedance_curve,
    net_of_insurance,
    quantile_interval,
)
from board_report.risk.scenarios import Lognormal, Scenario, count_unquantified, expected_total
from board_report.risk.simulate import scenario_generator, simulate_scenario, simulate_years

QUARTER = Quarter(2026, 3)


def scenario(risk_id="R1", events=(0.1, 0.1), loss=(1.0, 10.0)):
    return Scenario(
        risk_id,
        risk_id,
        risk_id,
        "CISO",
        Lognormal.from_interval(*events),
        Lognormal.from_interval(*loss),
        line=2,
    )


def register(*rows):
    columns = (
        "quarter risk_id title short_title owner_role events_low events_high loss_low loss_high"
    )
    frame = pd.DataFrame(rows, columns=columns.split())
    return frame.assign(_line=range(2, 2 + len(rows)))


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
    found = scenario(events=(frequency, frequency), loss=(low, high)).expected_loss
    assert found == pytest.approx(expected, abs=tolerance)


def test_lognormal_mean_matches_published_case():
    assert Lognormal.from_interval(635_000, 19_000_000).mean == pytest.approx(
        5922706.83351131, abs=0.01
    )


@pytest.mark.parametrize("interval", [(0, 1), (-1, 1), (2, 1)])
def test_interval_must_be_positive_and_in_order(interval):
    with pytest.raises(ValueError, match="90% interval"):
        Lognormal.from_interval(*interval)


def test_fixed_rate_chance_is_poisson():
    """At a rate known to be 0.5 the chance of an event in a year is 1 - exp(-0.5)."""
    assert scenario(events=(0.5, 0.5)).chance_a_year == pytest.approx(1 - math.exp(-0.5), abs=1e-12)


def test_simulated_mean_agrees_with_closed_form():
    """Within four standard errors of the mean."""
    one = scenario(events=(0.5, 2.0), loss=(1e5, 2e6))
    losses = simulate_scenario(one, 200_000, scenario_generator(7, one.risk_id))
    error = losses.std() / math.sqrt(len(losses))
    assert abs(losses.mean() - one.expected_loss) < 4 * error


def test_same_seed_same_years_whatever_stands_beside():
    """Common random numbers: a scenario's years do not depend on the others."""
    first, second = scenario("A"), scenario("B")
    alone = simulate_years([first], 1000, seed=1)
    beside = simulate_years([second, first], 1000, seed=1)
    assert (alone[0] == beside[1]).all()
    assert (simulate_years([first], 1000, seed=2)[0] != alone[0]).any()


def test_doubling_every_loss_doubles_every_percentile():
    small = simulate_years([scenario(loss=(1, 10), events=(1, 2))], 5000, seed=3)[0]
    large = simulate_years([scenario(loss=(2, 20), events=(1, 2))], 5000, seed=3)[0]
    np.testing.assert_allclose(large, 2 * small, rtol=1e-12)


def test_exceedance_falls_with_rarity():
    curve = exceedance_curve(np.arange(1000.0))
    assert [loss for _, loss in curve] == sorted(loss for _, loss in curve)
    assert dict(curve)[1 / 20] == pytest.approx(0.95 * 999)


def test_insurance_pays_the_layer():
    """Retention 5, limit 20: losses 3, 10, 40 leave 3, 5, and 5 + 15."""
    net = net_of_insurance(np.array([3.0, 10.0, 40.0]), Insurance(5, 20))
    assert net.tolist() == [3.0, 5.0, 5 + (40 - 25)]


def test_curve_interpolates_over_log_probability():
    points = (CurvePoint(0.1, 10.0), CurvePoint(0.01, 30.0))
    assert curve_at(points, math.sqrt(0.1 * 0.01)) == pytest.approx((10 + 30) / 2)
    assert curve_at(points, 0.5) is None
    assert curve_at((), 0.05) is None


def test_quantile_interval_holds_the_quantile():
    low, high = quantile_interval(np.arange(10_000.0), 0.95)
    assert low < 0.95 * 9999 < high
    assert high - low == pytest.approx(2 * 1.96 * math.sqrt(10_000 * 0.95 * 0.05), rel=0.05)


def test_position_of_a_register():
    frame = register(
        ("2026-Q3", "R1", "Ransomware", "Ransomware", "CISO", 0.1, 0.1, 1.0, 10.0),
        ("2026-Q3", "R2", "Fraud", "Fraud", "CFO", 3.0, 3.0, 1.0, 10.0),
        ("2026-Q3", "R3", "Unclear", "Unclear", "CISO", 0.0, 1.0, 1.0, 10.0),
        ("2026-Q2", "R1", "Ransomware", "Ransomware", "CISO", 9.0, 9.0, 1.0, 10.0),
    )
    settings = RiskSettings(
        trials=20_000,
        tolerance=(CurvePoint(0.5, 1.0), CurvePoint(0.01, 100.0)),
        insurance=Insurance(5, 10),
    )
    found = assess_position(frame, QUARTER, settings)
    assert found is not None
    assert found.expected_loss == pytest.approx(0.4040012826945718 + 12.120038480837177)
    assert [risk.risk_id for risk in found.top] == ["R2", "R1"]
    assert (found.unquantified, count_unquantified(frame, QUARTER)) == (1, 1)
    assert sum(found.payers_1_in_20) == pytest.approx(found.loss_1_in_20)
    assert found.loss_1_in_20_error[0] <= found.loss_1_in_20 <= found.loss_1_in_20_error[1]
    assert 0 < found.tolerance_exceedance < 1
    assert assess_position(frame, Quarter(2025, 1), settings) is None


def test_expectations_add():
    parts = [scenario("A"), scenario("B", loss=(5, 50))]
    assert expected_total(parts) == pytest.approx(parts[0].expected_loss + parts[1].expected_loss)


def test_largest_share_and_what_lies_beyond_it():
    rows = [
        ("2026-Q3", "R1", "a", "a", "CISO", 0.1, 0.1, 1.0, 10.0),
        ("2026-Q3", "R2", "b", "b", "CISO", 0.3, 0.3, 1.0, 10.0),
    ]
    settings = RiskSettings(trials=2_000, insurance=Insurance(1.0, 2.0))
    found = assess_position(register(*rows), QUARTER, settings)
    # the same loss three times as often: three quarters of what is expected
    assert found.top[0].risk_id == "R2"
    assert found.largest_share == pytest.approx(0.75)
    assert found.expected_loss_beyond(1) == pytest.approx(0.25 * found.expected_loss)
    assert found.expected_loss_beyond(2) == 0
    ours = found.payers_1_in_20[0] + found.payers_1_in_20[2]
    assert found.net_1_in_20 == pytest.approx(ours)
    uninsured = assess_position(register(*rows), QUARTER, RiskSettings(trials=2_000))
    assert uninsured.net_1_in_20 is None
