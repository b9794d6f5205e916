"""What is not known of the inputs themselves, against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from board_report.risk.beliefs import (
    bad_year_interval,
    band_of,
    belief_scores,
    believed,
    estimate_at,
    expected_losses,
    loss_curves,
    middle_80,
)
from board_report.risk.distribution import CURVE_PROBABILITIES
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.history import fitted_loss
from board_report.risk.quantities import Beta, Fixed, Limited, Lognormal, limited
from board_report.risk.scenarios import LossPart
from board_report.risk.simulate import LossModel
from board_report.risk.years import simulate
from tests.unit.risk.risks import ONE_TO_TEN, risk

Z_80 = stats.norm.ppf(0.9)
RATE = Lognormal.from_interval(0.5, 4.0)


def interval_of(scenario, seed=20260930):
    return middle_80(expected_losses([scenario], seed)[0])


def test_a_lognormal_rate_gives_a_lognormal_expectation():
    """P10 and P90 of the rate, times the mean loss; within four standard errors."""
    found = interval_of(risk(Frequency(RATE)))
    for score, end in ((-Z_80, found.low), (Z_80, found.high)):
        expected = math.exp(RATE.mu + score * RATE.sigma) * ONE_TO_TEN.mean
        # Of the logarithm of a quantile at 10%: sqrt(0.1 x 0.9 / 20,000) / density x sigma.
        error = math.sqrt(0.09 / 20_000) / stats.norm.pdf(Z_80) * RATE.sigma
        assert abs(math.log(end / expected)) < 4 * error


def test_the_mean_of_beliefs_is_the_expected_loss():
    one = risk(Frequency(RATE, Beta(2.0, 6.0)))
    drawn = expected_losses([one], 1)[0]
    assert abs(drawn.mean() - one.expected_loss) < 4 * drawn.std() / math.sqrt(len(drawn))


def test_what_is_known_has_no_width():
    found = interval_of(risk(0.7))
    assert found.low == found.high == pytest.approx(0.7 * ONE_TO_TEN.mean)


def test_a_whole_number_spreads_from_year_to_year_alone():
    frequency = Frequency(Beta.pert(0, 2, 9), Fixed(0.5), kind=CountKind.WHOLE_NUMBER)
    found = interval_of(risk(frequency))
    assert found.low == found.high == pytest.approx(frequency.mean * ONE_TO_TEN.mean)


def test_a_fit_adds_what_is_not_known_of_the_middle():
    """exp(error z - error^2 / 2) about the mean: lognormal with the fit's own error."""
    fit = fitted_loss((1.0, 10.0), [2.0, 3.0, 9.0])
    part = LossPart(fit.predictive, log_error=fit.log_error)
    found = interval_of(risk(0.7, part))
    mean = 0.7 * fit.predictive.mean
    for score, end in ((-Z_80, found.low), (Z_80, found.high)):
        expected = mean * math.exp(fit.log_error * score - fit.log_error**2 / 2)
        assert end == pytest.approx(expected, rel=0.02)
    assert found.low < mean < found.high


def test_secondary_losses_count_as_often_as_they_follow():
    parts = (LossPart(Fixed(2.0)), LossPart(Fixed(10.0), is_secondary=True))
    found = interval_of(risk(0.5, *parts, secondary=0.3))
    assert found.low == found.high == pytest.approx(0.5 * (2 + 0.3 * 10))


def test_controls_scale_what_is_believed():
    plain, halved = interval_of(risk(Frequency(RATE))), None
    halved = interval_of(risk(Frequency(RATE)).changed(0.5, 0.4))
    assert (halved.low, halved.high) == pytest.approx((plain.low * 0.2, plain.high * 0.2))


def test_a_belief_fixes_rate_and_share():
    one = risk(Frequency(RATE, Beta.from_interval(0.1, 0.4)))
    found = believed(one, np.array([Z_80, 0.0, 0.0]))
    assert found.frequency.rate == Fixed(pytest.approx(math.exp(RATE.mu + Z_80 * RATE.sigma)))
    assert isinstance(found.frequency.vulnerability, Fixed)
    assert found.parts == one.parts


def test_a_belief_moves_the_middle_of_a_fit_and_keeps_its_spread():
    """Spread of losses alone: the predictive variance less the error's."""
    part = LossPart(Lognormal(2.0, 0.5), log_error=0.3)
    found = believed(risk(0.5, part), np.array([0.0, 0.0, 2.0])).parts[0]
    assert found.amount == Lognormal(pytest.approx(2.0 + 0.3 * 2), pytest.approx(0.4))
    assert found.log_error == 0
    capped = LossPart(limited(Lognormal(2.0, 0.5), 9.0), log_error=0.3)
    inner = believed(risk(0.5, capped), np.array([0.0, 0.0, 2.0])).parts[0].amount
    assert isinstance(inner, Limited)
    assert (inner.inner, inner.cap) == (found.amount, 9.0)


def test_beliefs_are_of_one_scenario_alone():
    assert belief_scores(1, "A", 50).shape == (3, 50)
    assert (belief_scores(1, "A", 50) != belief_scores(1, "B", 50)).all()
    assert np.isfinite(belief_scores(1, "A", 20_000)).all()
    both = expected_losses([risk(Frequency(RATE), name="B"), risk(Frequency(RATE), name="A")], 1)
    assert (both[1] == expected_losses([risk(Frequency(RATE), name="A")], 1)[0]).all()


def test_a_band_holds_the_curve():
    """And every loss of it grows with rarity."""
    model = LossModel((risk(Frequency(RATE), name="A"), risk(0.2, name="B")), 5)
    curves = loss_curves(model)
    years = simulate(model, 100_000)
    band = band_of(curves)
    for (chance, low, high), same in zip(band, CURVE_PROBABILITIES, strict=True):
        assert chance == same
        assert low <= np.quantile(years.gross, 1 - chance) / 100 <= high
    assert [low for _, low, _ in band] == sorted(low for _, low, _ in band)
    inside = estimate_at(curves, 1 / 20)
    assert (inside.low, inside.high) == band[CURVE_PROBABILITIES.index(1 / 20)][1:]
    assert bad_year_interval(model, model.scenarios) == inside
    with pytest.raises(ValueError, match="tuple"):
        estimate_at(curves, 0.123)


def test_a_band_about_what_is_known_has_no_width():
    """Every belief sees the same years."""
    for _, low, high in band_of(loss_curves(LossModel((risk(0.7),), 5), beliefs=3)):
        assert low == high


def test_a_fit_widens_the_band():
    known = risk(0.7, LossPart(Lognormal(2.0, 0.5)))
    fitted = risk(0.7, LossPart(Lognormal(2.0, 0.5), log_error=0.4))
    one = estimate_at(loss_curves(LossModel((known,), 5)), 1 / 20)
    other = estimate_at(loss_curves(LossModel((fitted,), 5)), 1 / 20)
    assert one.high - one.low == 0
    assert other.low < one.low < other.high


def test_one_belief_is_a_year_with_that_rate():
    """With the rate of P90 the worst year of 20 is that of a Poisson with it."""
    model = LossModel((risk(Frequency(RATE), Fixed(1.0)),), 5)
    curves = loss_curves(model, beliefs=40)
    rates = np.exp(RATE.mu + RATE.sigma * belief_scores(5, "R1", 40)[0])
    worst = curves[:, CURVE_PROBABILITIES.index(1 / 20)]
    exact = stats.poisson(rates)
    assert ((worst >= exact.ppf(0.94)) & (worst <= exact.ppf(0.96))).all()
