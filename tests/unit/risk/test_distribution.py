"""What is said of a year's loss, by hand and against exact calculations."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from board_report.risk.distribution import (
    CURVE_PROBABILITIES,
    LossHistogram,
    error_of_mean,
    exceedance_curve,
    mean_of,
    percentile,
    quantile_interval,
    shortfall,
    statistics_of,
)

HUNDRED = np.arange(100.0)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.95, (95 + 96 + 97 + 98 + 99) / 5),
        (0.99, 99.0),
        (0.975, (98 + 99 + 0.5 * 97) / 2.5),  # two and a half years, half of 97
        (0.5, sum(range(50, 100)) / 50),
        (0.999, 99.0),  # a tenth of the worst year
    ],
)
def test_the_mean_of_the_worst_years(share, expected):
    shuffled = np.random.default_rng(1).permutation(HUNDRED)
    assert shortfall(shuffled, share) == pytest.approx(expected)
    # Bins are a thousandth of a loss wide, so each of these has its own.
    assert LossHistogram.of(HUNDRED, 100).shortfall(share) == pytest.approx(expected)


def test_shortfall_is_not_below_the_value_at_risk():
    draw = np.random.default_rng(2)
    for size in (1000, 1001, 4097):
        losses = np.rint(draw.lognormal(5, 2, size)) * (draw.random(size) < 0.3)
        for share in (0.95, 0.99):
            assert shortfall(losses, share) >= percentile(losses, share)


def test_exceedance_falls_with_rarity():
    curve = exceedance_curve(np.arange(1000.0))
    assert [loss for _, loss in curve] == sorted(loss for _, loss in curve)
    assert dict(curve)[1 / 20] == pytest.approx(0.95 * 999)
    assert tuple(chance for chance, _ in curve) == CURVE_PROBABILITIES


def test_statistics_are_in_the_reporting_currency():
    """Years that cost 0 to 99 cents a hundredfold; percentiles lie between the years."""
    found = statistics_of(HUNDRED * 100)
    assert (found.p10, found.p50, found.p90) == pytest.approx((9.9, 49.5, 89.1))
    assert (found.var_95, found.var_99) == pytest.approx((0.95 * 99, 0.99 * 99))
    assert (found.shortfall_95, found.shortfall_99) == pytest.approx((97.0, 99.0))
    assert found.expected == pytest.approx(49.5)
    assert statistics_of(HUNDRED * 100, 7.0) == replace(found, expected=7.0)
    assert dict(found.curve)[1 / 10] == pytest.approx(0.9 * 99)


@pytest.mark.parametrize("scale", [1.0, 1e12, 1e17, 1e60])
def test_the_mean_is_exact_and_does_not_overflow(scale):
    """Nine years at one sum and one at ten times as much: 1.9 of it."""
    years = np.array([scale] * 9 + [10 * scale] * 1)
    assert mean_of(np.tile(years, 20_000)) == pytest.approx(1.9 * scale / 100, rel=1e-15)


def test_the_error_of_the_mean():
    """Standard deviation over the root of the number of years."""
    years = np.array([0.0, 100.0, 200.0, 500.0])
    assert error_of_mean(years) == pytest.approx(np.std([0, 1, 2, 5], ddof=1) / 2)


def test_the_interval_of_a_quantile_holds_it_as_often_as_it_says():
    """The chance that the order statistics enclose the true quantile, by the binomial exactly."""
    for count, level in ((1000, 0.95), (10_000, 0.95), (10_000, 0.99), (100_000, 0.95)):
        found = quantile_interval(np.arange(float(count)), level)
        # Both ends are order statistics low and high; low + 1 and high + 1 of 1 to count.
        below = stats.binom(count, level)
        cover = below.cdf(found.high) - below.cdf(found.low)
        assert 0.95 <= cover < 0.97 + 2 / math.sqrt(count)
        assert found.low < level * (count - 1) < found.high


def test_the_interval_stays_within_the_years_there_are():
    found = quantile_interval(np.array([1.0, 2.0, 3.0]), 0.95)
    assert (found.low, found.high) == (3.0, 3.0)


def lognormal_years(size: int) -> np.ndarray:
    draw = np.random.default_rng(3)
    return np.rint(draw.lognormal(12, 2, size)) * (draw.random(size) < 0.4)


def test_a_histogram_is_within_a_thousandth():
    losses = lognormal_years(100_000)
    found = LossHistogram.of(losses, len(losses))
    for share in (0.5, 0.7, 0.9, 0.95, 0.99, 0.999):
        exact = float(np.quantile(losses, share, method="inverted_cdf"))
        assert found.quantile(share) == pytest.approx(exact, rel=1e-3)
    for share in (0.95, 0.99):
        assert found.shortfall(share) == pytest.approx(shortfall(losses, share), rel=1e-3)
    told, whole = found.statistics(5.0), statistics_of(losses, 5.0)
    assert [told.p90, told.var_95, told.var_99] == pytest.approx(
        [whole.p90, whole.var_95, whole.var_99], rel=2e-3
    )
    assert [loss for _, loss in told.curve] == pytest.approx(
        [loss for _, loss in whole.curve], rel=2e-3
    )
    assert (told.expected, told.p10, told.p50) == (5.0, 0.0, 0.0)


def test_histograms_of_parts_make_that_of_the_whole():
    losses = lognormal_years(30_000)
    losses[10] = 0
    whole = LossHistogram.of(losses, len(losses))
    parts = [losses[:10], losses[10:11], losses[11:9000], losses[9000:]]
    joined = LossHistogram.empty()
    for part in parts:
        joined.add(LossHistogram.of(part, len(part)))
    assert joined.trials == whole.trials
    shares = np.linspace(0, 1, 101)
    assert [joined.quantile(each) for each in shares] == [whole.quantile(each) for each in shares]
    assert joined.shortfall(0.95) == whole.shortfall(0.95)


def test_a_histogram_of_nothing():
    found = LossHistogram.of(np.zeros(0), 1000)
    assert (found.quantile(0.99), found.shortfall(0.99)) == (0.0, 0.0)
    both = LossHistogram.empty()
    for each in (found, LossHistogram.of(np.array([5.0]), 1000), found):
        both.add(each)
    assert both.trials == 3000
    assert both.quantile(1.0) == 5.0
    assert both.shortfall(0.99) == pytest.approx(5 / 30)  # one of the thirty worst years
