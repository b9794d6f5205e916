"""Quantities have the mean and the percentiles that they were stated with."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from board_report.risk.quantities import (
    Beta,
    Fixed,
    Gamma,
    Limited,
    Lognormal,
    chance_of_exceeding,
    limited,
    normal_cdf,
    normal_score,
)

Z = stats.norm.ppf(0.95)
ENDS = np.array([-Z, Z])
some = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(("low", "high"), [(1, 10), (0.05, 0.26), (5e6, 7e7), (3, 3), (1, 1e15)])
def test_a_lognormal_has_the_ends_it_was_stated_with(low, high):
    assert Lognormal.from_interval(low, high).at(ENDS) == pytest.approx([low, high])


def test_a_lognormal_has_the_mean_that_is_published():
    """riskquant's case: a 90% interval of 635,000 to 19,000,000."""
    found = Lognormal.from_interval(635_000, 19_000_000).mean
    assert found == pytest.approx(5922706.83351131, abs=0.01)


def test_a_lognormal_from_its_mean_and_median():
    """sigma^2 = 2 ln(mean / median)."""
    found = Lognormal.from_mean_and_median(4.0, 2.0)
    assert (found.mean, found.median) == pytest.approx((4.0, 2.0))
    assert found.sigma == pytest.approx(math.sqrt(2 * math.log(2)))


@pytest.mark.parametrize(("mean", "median"), [(1, 2), (1, 0), (-1, -2)])
def test_a_lognormal_whose_mean_is_below_its_median_is_refused(mean, median):
    with pytest.raises(ValueError, match="not below its median"):
        Lognormal.from_mean_and_median(mean, median)


@pytest.mark.parametrize("interval", [(0, 1), (-1, 1), (2, 1)])
def test_an_interval_must_be_positive_and_in_order(interval):
    with pytest.raises(ValueError, match="90% interval"):
        Lognormal.from_interval(*interval)


@pytest.mark.parametrize(
    ("low", "high"), [(0.015, 0.085), (0.25, 0.6), (0.001, 0.999), (1e-6, 2e-6), (0.9, 0.99)]
)
def test_a_beta_has_the_ends_it_was_stated_with(low, high):
    found = Beta.from_interval(low, high)
    assert stats.beta(found.a, found.b).ppf([0.05, 0.95]) == pytest.approx([low, high], rel=1e-6)
    assert found.at(ENDS) == pytest.approx([low, high], rel=1e-3)
    assert found.mean == pytest.approx(stats.beta(found.a, found.b).mean())


@pytest.mark.parametrize("interval", [(0, 0.5), (0.5, 1), (0.5, 0.4), (0.2, 0.2), (1e-9, 0.999999)])
def test_no_beta_has_such_an_interval(interval):
    with pytest.raises(ValueError, match="beta"):
        Beta.from_interval(*interval)


@pytest.mark.parametrize(("low", "high"), [(0.25, 1), (1e-6, 2e-6), (1e-9, 1), (40, 60)])
def test_a_gamma_has_the_ends_it_was_stated_with(low, high):
    found = Gamma.from_interval(low, high)
    ends = stats.gamma(found.shape, scale=1 / found.rate).ppf([0.05, 0.95])
    assert ends == pytest.approx([low, high], rel=1e-6)
    assert found.at(ENDS) == pytest.approx([low, high], rel=1e-2)


@pytest.mark.parametrize("interval", [(0, 1), (2, 1), (1, 1), (1, 1.0001)])
def test_no_gamma_has_such_an_interval(interval):
    with pytest.raises(ValueError, match=r"gamma|90% interval"):
        Gamma.from_interval(*interval)


@pytest.mark.parametrize(("low", "mode", "high", "weight"), [(300, 1800, 10_000, 4), (0, 0, 1, 2)])
def test_a_pert_is_a_stretched_beta(low, mode, high, weight):
    """Mean (low + weight mode + high) / (weight + 2), quantiles of scipy's beta."""
    found = Beta.pert(low, mode, high, weight)
    assert found.mean == pytest.approx((low + weight * mode + high) / (weight + 2))
    span = high - low
    a, b = 1 + weight * (mode - low) / span, 1 + weight * (high - mode) / span
    shares = np.array([0.001, 0.05, 0.3, 0.5, 0.9, 0.999])
    expected = stats.beta(a, b, low, span).ppf(shares)
    assert found.at(stats.norm.ppf(shares)) == pytest.approx(expected, rel=1e-3, abs=1e-4 * span)
    assert found.cdf(expected) == pytest.approx(shares)
    assert found.cdf(np.array([low - 1.0, high + 1.0])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("values", [(2, 1, 3), (1, 1, 1), (0, 4, 3)])
def test_a_pert_out_of_order_is_refused(values):
    with pytest.raises(ValueError, match="PERT"):
        Beta.pert(*values)


def test_a_pert_needs_a_weight():
    with pytest.raises(ValueError, match="PERT"):
        Beta.pert(0, 1, 2, 0)


def by_integration(density, cap: float, cut: float) -> float:
    """Mean of a positive quantity drawn anew above ``cut`` and counted as ``cap`` above that."""
    top = min(cap, cut)
    kept = integrate.quad(density.pdf, 0, cut, limit=200, points=[density.median()])[0]
    below = integrate.quad(lambda x: x * density.pdf(x), 0, top, limit=200)[0]
    above = cap * integrate.quad(density.pdf, cap, cut, limit=200)[0] if cap < cut else 0.0
    return (below + above) / kept


@some
@given(
    sigma=st.floats(0.2, 2.5),
    cap=st.floats(0.2, 30),
    cut=st.floats(0.3, 40),
    limits=st.sampled_from(["cap", "cut", "both"]),
)
def test_the_mean_of_a_limited_lognormal_is_its_integral(sigma, cap, cut, limits):
    """Median 1; over the logarithm, where the integrand is smooth."""
    most_cap = math.inf if limits == "cut" else cap
    most_cut = math.inf if limits == "cap" else cut
    found = limited(
        Lognormal(0.0, sigma),
        None if limits == "cut" else cap,
        None if limits == "cap" else cut,
    )
    top = min(math.log(most_cut) / sigma, 12.0)
    edge = min(math.log(most_cap) / sigma, top)

    def part(low, high, value):
        return integrate.quad(lambda z: value(z) * stats.norm.pdf(z), low, high)[0]

    total = part(-12, edge, lambda z: math.exp(sigma * z)) + part(edge, top, lambda _: most_cap)
    expected = total / part(-12, top, lambda _: 1.0)
    assert found.mean == pytest.approx(expected, rel=1e-6)


@some
@given(mode=st.floats(0, 10), cap=st.floats(1, 12), cut=st.floats(1, 12))
def test_the_mean_of_a_limited_pert_is_its_integral(mode, cap, cut):
    found = limited(Beta.pert(0, mode, 10), cap, cut)
    density = stats.beta(1 + 0.4 * mode, 5 - 0.4 * mode, 0, 10)
    kept = density.cdf(cut)
    below = integrate.quad(lambda x: density.sf(x), 0, min(cap, cut, 10), limit=200)[0]
    # Mean of min(X, cap) given X <= cut, by its survival function.
    expected = (below - min(cap, cut, 10) * density.sf(cut)) / kept
    if kept < 1e-4:
        return
    assert found.mean == pytest.approx(expected, rel=2e-3)


def test_a_cut_gamma_and_a_capped_one():
    inner = Gamma(2.0, 1.0)
    density = stats.gamma(2.0)
    assert limited(inner, 3.0).mean == pytest.approx(by_integration(density, 3.0, 60.0), rel=1e-4)
    assert limited(inner, None, 3.0).mean == pytest.approx(
        by_integration(density, 3.0, 3.0), rel=1e-3
    )


def test_cutting_draws_anew_and_capping_does_not():
    """Above 2 of a lognormal with median 1 and sigma 1 lies a share of 1 - Phi(ln 2)."""
    scores = stats.norm.ppf((np.arange(10_000) + 0.5) / 10_000)
    inner = Lognormal(0.0, 1.0)
    above = 1 - stats.norm.cdf(math.log(2))
    assert (limited(inner, 2.0).at(scores) == 2.0).mean() == pytest.approx(above, abs=1e-3)
    assert (limited(inner, None, 2.0).at(scores) >= 2.0).sum() == 0
    middle = limited(inner, None, 2.0).at(np.array([0.0]))[0]
    assert middle == pytest.approx(math.exp(stats.norm.ppf(stats.norm.cdf(math.log(2)) / 2)))


def test_no_score_gives_more_than_a_cut():
    """Not even where a double cannot tell the chance from 1."""
    scores = np.array([8.0, 8.2, 8.3, 9.0, math.inf])
    for cut in (5.0, 1e3, 1e30):
        assert limited(Lognormal(0.0, 1.0), None, cut).at(scores).max() <= cut


def test_nothing_is_left_below_a_cut():
    with pytest.raises(ValueError, match="nothing is left below"):
        limited(Lognormal(0.0, 0.1), None, 0.01)


def test_what_nothing_limits_stays_itself():
    inner = Lognormal(0.0, 1.0)
    assert limited(inner) is inner
    assert limited(Fixed(7.0), 5.0) == Fixed(5.0)
    assert isinstance(limited(inner, 5.0), Limited)


def test_a_spread_of_nothing_is_a_fixed_value():
    found = Lognormal.from_interval(3, 3)
    assert found.at(np.array([-5.0, 0.0, 5.0])) == pytest.approx([3, 3, 3])
    assert [found.score_of(each) for each in (0.0, 2.0, 4.0)] == [-math.inf, -math.inf, math.inf]
    assert limited(found, None, 4.0).mean == pytest.approx(3)
    assert limited(found, 2.0).mean == pytest.approx(2)


@some
@given(
    quantity=st.sampled_from(
        [
            Lognormal(1.0, 2.0),
            Beta.pert(1, 2, 9),
            Beta.from_interval(0.1, 0.7),
            Gamma(0.3, 2.0),
            Limited(Lognormal(0.0, 1.0), cap=3.0, cut=4.0),
        ]
    ),
    scores=st.lists(st.floats(-8, 8), min_size=2, max_size=9),
)
def test_a_higher_score_never_gives_less(quantity, scores):
    found = quantity.at(np.sort(np.array(scores)))
    assert (np.diff(found) >= 0).all()


@pytest.mark.parametrize(
    "quantity",
    [Lognormal(1.0, 2.0), Beta.pert(1, 2, 9), Beta.from_interval(0.1, 0.7), Gamma(1.3, 2.0)],
)
def test_the_score_of_a_value_leads_back_to_it(quantity):
    scores = np.array([-2.5, -1.0, 0.0, 0.7, 3.0])
    back = [quantity.score_of(float(each)) for each in quantity.at(scores)]
    assert back == pytest.approx(scores.tolist(), abs=1e-6)


def test_the_belief_about_a_rate_after_counting():
    """Gamma and Poisson: shape grows by the events, rate by the years."""
    found = Gamma(2.0, 4.0).after(3, 6.0)
    assert found == Gamma(2.0 + 3, 4.0 + 6.0)
    assert found.mean == pytest.approx((2 + 3) / (4 + 6))


def test_normal_functions_agree_with_scipy():
    assert normal_cdf(np.array([-1.0, 0.0, 2.0])) == pytest.approx(stats.norm.cdf([-1, 0, 2]))
    assert normal_score(np.array([0.0, 0.025, 1.0])).tolist() == [
        -math.inf,
        pytest.approx(stats.norm.ppf(0.025)),
        math.inf,
    ]


# --- capability against resistance ---------------------------------------------------------------


def test_capability_must_be_strictly_above_a_known_resistance():
    half = Fixed(0.5)
    assert chance_of_exceeding(half, [Fixed(0.5)]) == 0
    assert chance_of_exceeding(half, [Fixed(0.4999)]) == 1
    assert chance_of_exceeding(half, [Fixed(0.4), Fixed(0.55)]) == 1  # their mean is 0.475
    assert chance_of_exceeding(half, [Fixed(0.4), Fixed(0.6)]) == 0


def test_capability_against_one_known_control():
    """The survival function of the capability."""
    attack = Beta.pert(0.2, 0.6, 0.9)
    expected = stats.beta(1 + 4 * 0.4 / 0.7, 1 + 4 * 0.3 / 0.7, 0.2, 0.7).sf(0.6)
    assert chance_of_exceeding(attack, [Fixed(0.6)]) == pytest.approx(expected, abs=1e-9)


def test_known_capability_against_one_control():
    control = Beta.pert(0.4, 0.5, 0.6)
    expected = stats.beta(3, 3, 0.4, 0.2).cdf(0.50025)
    assert chance_of_exceeding(Fixed(0.50025), [control]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("width", [0.4, 1e-3, 1e-6])
def test_equal_beliefs_win_half_the_time(width):
    """However narrow they are."""
    belief = Beta.pert(0.3, 0.3 + width / 2, 0.3 + width)
    assert chance_of_exceeding(belief, [belief]) == pytest.approx(0.5, abs=1e-4)
    assert chance_of_exceeding(belief, [belief, belief]) == pytest.approx(0.5, abs=1e-4)


def drawn(draw: random.Random, quantity: Beta | Fixed) -> float:
    if isinstance(quantity, Fixed):
        return quantity.value
    return quantity.low + (quantity.high - quantity.low) * draw.betavariate(quantity.a, quantity.b)


@pytest.mark.parametrize(
    "controls",
    [
        [Beta.pert(0.3, 0.5, 0.8)],
        [Beta.pert(0.3, 0.5, 0.8), Fixed(0.5)],
        [Beta.pert(0.3, 0.5, 0.8), Beta.pert(0.2, 0.3, 0.9), Beta.pert(0.69, 0.7, 0.71)],
    ],
)
def test_capability_against_controls_agrees_with_plain_draws(controls):
    """Within four standard errors of 40,000 attempts, each control drawn by itself."""
    draw, attempts = random.Random(3), 40_000
    attack = Beta.pert(0.2, 0.6, 0.9)
    won = sum(
        drawn(draw, attack) > sum(drawn(draw, each) for each in controls) / len(controls)
        for _ in range(attempts)
    )
    share = won / attempts
    error = math.sqrt(share * (1 - share) / attempts)
    assert abs(chance_of_exceeding(attack, controls) - share) < 4 * error


def test_resistance_needs_a_control():
    with pytest.raises(ValueError, match="at least one control"):
        chance_of_exceeding(Fixed(0.5), [])


@pytest.mark.parametrize(
    "quantity",
    [Beta.pert(1, 2, 9), Beta.from_interval(0.001, 0.9), Gamma(0.3, 4.0), Gamma(200.0, 4.0)],
)
def test_a_few_values_are_those_of_the_table(quantity):
    """Also beyond its ends, at a single score, and in two dimensions."""
    for scores in (np.linspace(-9, 9, 301), np.array([8.3]), np.linspace(-3, 3, 6).reshape(2, 3)):
        assert (quantity.at_few(scores) == quantity.at(scores)).all()


@pytest.mark.parametrize(
    ("cap", "cut", "value"), [(None, 5e4, 5e4), (2e4, None, 2e4), (2e4, 9e4, 2e4)]
)
def test_an_interval_of_one_value_is_that_value_also_at_its_limit(
    cap: float | None, cut: float | None, value: float
) -> None:
    found = limited(Lognormal.from_interval(5e4, 5e4), cap, cut)

    assert found.at(np.array([-3.0, 0.0, 3.0])).tolist() == pytest.approx([value] * 3)
    assert found.mean == pytest.approx(value)
    with pytest.raises(ValueError, match="nothing is left below"):
        limited(Lognormal.from_interval(5e4, 5e4), None, 4e4)
