"""So many years as were asked for, or as a precision needs."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from board_report.project import RiskSettings
from board_report.risk.precision import convergence_of, relative_errors, simulate_enough
from board_report.risk.quantities import Lognormal
from board_report.risk.simulate import LossModel
from board_report.risk.years import simulate
from tests.unit.risk.risks import risk

MODEL = LossModel((risk(0.5, Lognormal(10.0, 1.0)),), 20260930)
BLOCK = 65_536


@pytest.mark.parametrize("trials", [1000, 1001, 100_000])
def test_trials_by_hand_are_exactly_so_many(trials):
    years, found = simulate_enough(MODEL, RiskSettings(trials=trials))
    assert len(years.gross) == found.trials == trials
    assert (found.precision, found.is_reached, found.seed) == (None, True, 20260930)


@pytest.mark.parametrize("aim", [0.02, 0.005])
def test_a_precision_is_reached(aim):
    years, found = simulate_enough(MODEL, RiskSettings(precision=aim))
    assert found.is_reached
    assert found.precision == aim
    assert max(relative_errors(years, found)) <= aim
    assert found.trials % BLOCK == 0


def test_a_coarse_precision_needs_one_block_alone():
    _, found = simulate_enough(MODEL, RiskSettings(precision=0.1))
    assert found.trials == BLOCK


def test_not_more_years_than_needed():
    """Within a third of what the errors of one block ask for."""
    aim = 0.004
    one = convergence_of(simulate(MODEL, BLOCK), 1, None)
    share = max(relative_errors(simulate(MODEL, BLOCK), one)) / aim
    assert share > 1
    _, found = simulate_enough(MODEL, RiskSettings(precision=aim))
    assert found.trials < BLOCK * (1.5 * share**2 + 2)


@pytest.mark.parametrize("most", [1000, BLOCK, 100_000])
def test_the_most_trials_are_not_passed(most):
    """And it is said that they were not enough."""
    years, found = simulate_enough(MODEL, RiskSettings(precision=0.001, max_trials=most))
    assert len(years.gross) == found.trials == most
    assert not found.is_reached
    assert max(relative_errors(years, found)) > 0.001


def test_errors_by_hand():
    """Standard error of the mean; half a 95% interval of the 1-in-20 loss by 1.96."""
    years = simulate(MODEL, 10_000)
    found = convergence_of(years, 1, None)
    money = years.gross / 100
    assert found.expected_error == pytest.approx(money.std(ddof=1) / 100)
    ordered, spread = sorted(money), 1.96 * math.sqrt(10_000 * 0.95 * 0.05)
    low, high = ordered[math.floor(9500 - spread)], ordered[math.ceil(9500 + spread)]
    assert (found.var_95_interval.low, found.var_95_interval.high) == (low, high)
    assert found.var_95_error == pytest.approx((high - low) / (2 * stats.norm.ppf(0.975)))


def test_the_error_that_is_said_is_the_error_that_is_made():
    """Of 40 seeds: the spread of their means is what each says of its own."""
    said, means = [], []
    for seed in range(40):
        years = simulate(LossModel(MODEL.scenarios, seed), 4000)
        said.append(convergence_of(years, seed, None).expected_error)
        means.append(years.gross.mean() / 100)
    expected = MODEL.scenarios[0].expected_loss
    error = sum(said) / len(said)
    spread = math.sqrt(sum((each - expected) ** 2 for each in means) / len(means))
    # The square of it is chi-squared with 40 degrees.
    low, high = stats.chi2(40).ppf([0.001, 0.999]) / 40
    assert low < (spread / error) ** 2 < high


def test_years_without_a_loss_are_precise():
    years, found = simulate_enough(
        LossModel((risk(1e-9),), 1), RiskSettings(precision=0.01, max_trials=100_000)
    )
    assert relative_errors(years, found) == (0.0, 0.0)
    assert (found.is_reached, found.trials) == (True, BLOCK)
