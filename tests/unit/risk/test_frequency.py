"""The number of loss events in a year has the distribution that its belief implies."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from board_report.risk.frequency import MOST_EVENTS, UNSEEN, CountKind, Frequency
from board_report.risk.quantities import Beta, Fixed, Gamma, Lognormal, limited

NEGATIVE_BINOMIAL, WHOLE = CountKind.NEGATIVE_BINOMIAL, CountKind.WHOLE_NUMBER

ONE_TO_SIX = math.sqrt(6) * math.exp((math.log(6) / (2 * stats.norm.ppf(0.95))) ** 2 / 2)
"""Mean of the lognormal with this 90% interval."""


def cdf(frequency: Frequency) -> np.ndarray:
    return frequency.count.cdf


def mean_of(frequency: Frequency) -> float:
    """Expected events by the table: the sum of the chances of more than 0, 1, 2, ..."""
    return float((1 - cdf(frequency)).sum())


@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.3, 3.0, 80.0, 500.0, 9000.0])
def test_a_known_rate_is_poisson(rate):
    found = cdf(Frequency(Fixed(rate)))
    assert found == pytest.approx(stats.poisson(rate).cdf(np.arange(len(found))), abs=1e-12)
    assert 1 - found[-1] <= UNSEEN


@pytest.mark.parametrize("rate", [1e-6, 0.4, 20.0, 90.0])
def test_a_table_made_term_by_term_loses_nothing(rate):
    found = Frequency(Fixed(rate)).count.cdf
    apart = np.abs(found - stats.poisson(rate).cdf(np.arange(len(found))))
    assert len(found) <= 201
    assert apart.max() < 1e-13


def test_a_rate_of_nothing_has_no_event():
    count = Frequency(Fixed(0.0)).count
    assert (count.chance, count.quantile(0.999), count.chance_of(0)) == (0.0, 0, 1.0)


@pytest.mark.parametrize("gamma", [Gamma(0.4, 2.0), Gamma(3.0, 1.5), Gamma(30.0, 0.5)])
def test_a_gamma_belief_is_a_negative_binomial(gamma):
    """Poisson given a gamma rate: nbinom with n = shape and p = rate / (rate + 1)."""
    found = cdf(Frequency(gamma))
    expected = stats.nbinom(gamma.shape, gamma.rate / (gamma.rate + 1))
    assert found == pytest.approx(expected.cdf(np.arange(len(found))), abs=2e-5)
    assert mean_of(Frequency(gamma)) == pytest.approx(gamma.mean, rel=1e-6)


@pytest.mark.parametrize(("low", "high"), [(0.05, 0.26), (0.5, 4.0), (3.0, 40.0)])
def test_a_lognormal_belief_by_integration(low, high):
    belief = Lognormal.from_interval(low, high)
    found = Frequency(belief).count
    for events in (0, 1, 2, 5, 20):

        def integrand(z, events=events):
            rate = math.exp(belief.mu + belief.sigma * z)
            return stats.poisson.pmf(events, rate) * stats.norm.pdf(z)

        expected = integrate.quad(integrand, -9, 9, limit=200)[0]
        assert found.chance_of(events) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("mean", "dispersion"), [(0.16, 0.4), (5.0, 3.0), (300.0, 0.05), (1000.0, 0.01), (9000.0, 0.01)]
)
def test_a_negative_binomial_about_a_known_rate(mean, dispersion):
    """Size 1 / dispersion; the tail is there even where it is long and the dispersion small."""
    found = cdf(Frequency(Fixed(mean), kind=NEGATIVE_BINOMIAL, dispersion=dispersion))
    expected = stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean))
    assert found == pytest.approx(expected.cdf(np.arange(len(found))), abs=1e-10)
    assert expected.sf(len(found) - 1) <= UNSEEN


@pytest.mark.parametrize(
    ("frequency", "mean"),
    [
        (Frequency(Lognormal.from_interval(1, 6), Beta(4.0, 60.0)), ONE_TO_SIX * 4 / 64),
        (Frequency(Fixed(3.0), Beta(4.0, 60.0)), 3 * 4 / 64),
        (Frequency(Beta.pert(0, 2, 9), Fixed(0.5)), (0 + 4 * 2 + 9) / 6 / 2),
        (Frequency(Fixed(2.0), kind=NEGATIVE_BINOMIAL, dispersion=0.4, factor=0.3), 2 * 0.3),
        (Frequency(Lognormal.from_interval(100, 900), Beta(2.0, 2.0)), None),
    ],
)
def test_the_table_has_the_mean_in_closed_form(frequency, mean):
    if mean is None:
        mean = frequency.rate.mean * 0.5
    assert frequency.mean == pytest.approx(mean, rel=1e-4)
    assert mean_of(frequency) == pytest.approx(frequency.mean, rel=1e-6)


def test_two_uncertain_factors_by_integration():
    """No event: the mean of exp(-rate x share) over both beliefs."""
    rate, share = Lognormal.from_interval(1, 6), stats.beta(4, 60)

    def at_least_none(z, x):
        return math.exp(-math.exp(rate.mu + rate.sigma * z) * x) * stats.norm.pdf(z) * share.pdf(x)

    expected = integrate.dblquad(at_least_none, 0, 0.5, -8, 8, epsabs=1e-7)[0]
    found = Frequency(rate, Beta(4.0, 60.0)).count
    assert 1 - found.chance == pytest.approx(expected, abs=1e-5)


# --- whole numbers -------------------------------------------------------------------------------


def enumerated(chances: dict[int, float], share: float) -> list[float]:
    """Chance of each number of losses: every threat event succeeds or not, one by one."""
    found = [0.0] * (max(chances) + 1)
    for threats, chance in chances.items():
        for outcome in itertools.product((0, 1), repeat=threats):
            hits = sum(outcome)
            found[hits] += chance * share**hits * (1 - share) ** (threats - hits)
    return found


def test_whole_numbers_against_enumeration():
    """A PERT of 0 to 6 rounded to 0, 1, ..., 6; each event then succeeds with 0.3."""
    spread = stats.beta(1 + 4 * 2 / 6, 1 + 4 * 4 / 6, 0, 6)
    chances = {each: spread.cdf(each + 0.5) - spread.cdf(each - 0.5) for each in range(7)}
    expected = enumerated(chances, 0.3)
    frequency = Frequency(Beta.pert(0, 2, 6), Fixed(0.3), kind=WHOLE)
    found = [frequency.count.chance_of(each) for each in range(7)]
    assert found == pytest.approx(expected, abs=1e-5)
    mean = sum(each * chance for each, chance in chances.items()) * 0.3
    assert frequency.mean == pytest.approx(mean, rel=1e-4)
    assert mean_of(frequency) == pytest.approx(frequency.mean, rel=1e-9)


@pytest.mark.parametrize(("rate", "events"), [(0.0, 0), (2.6, 3), (7.0, 7)])
def test_a_known_whole_number_is_binomial(rate, events):
    found = cdf(Frequency(Fixed(rate), Fixed(0.25), kind=WHOLE))
    assert found == pytest.approx(stats.binom(events, 0.25).cdf(np.arange(events + 1)))


def test_every_event_is_a_loss_where_nothing_holds_it():
    count = Frequency(Fixed(4.0), kind=WHOLE).count
    assert [count.chance_of(each) for each in range(5)] == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(("low", "high"), [(10, 100), (50, 600), (500, 2000)])
def test_many_whole_numbers_keep_their_mean(low, high):
    frequency = Frequency(Lognormal.from_interval(low, high), Fixed(0.4), kind=WHOLE)
    assert mean_of(frequency) == pytest.approx(frequency.mean, rel=1e-6)
    assert frequency.mean == pytest.approx(0.4 * Lognormal.from_interval(low, high).mean, rel=1e-3)


def test_whole_numbers_by_a_wide_belief_agree_with_a_sum_over_all_threats():
    """About two thousand numbers of threats, one after another, against those in groups."""
    belief = Lognormal.from_interval(10, 90)
    found = cdf(Frequency(belief, Fixed(0.1), kind=WHOLE))
    threats = np.arange(2500)
    edges = np.log(threats + 0.5)
    below = stats.norm.cdf((edges - belief.mu) / belief.sigma)
    events = np.array([0, 1, 2, 4, 8, 16])
    expected = np.diff(below, prepend=0.0) @ stats.binom.cdf(events, threats[:, None], 0.1)
    assert found[events] == pytest.approx(expected, abs=1e-4)


# --- smaller and larger --------------------------------------------------------------------------

FREQUENCIES = st.one_of(
    st.builds(lambda rate: Frequency(Fixed(rate)), st.floats(0, 40)),
    st.builds(
        lambda low, width: Frequency(Lognormal.from_interval(low, low * width)),
        st.floats(0.01, 20),
        st.floats(1.1, 20),
    ),
    st.builds(
        lambda rate, dispersion: Frequency(
            Fixed(rate), kind=NEGATIVE_BINOMIAL, dispersion=dispersion
        ),
        st.floats(0.01, 40),
        st.floats(0.01, 3),
    ),
    st.builds(
        lambda shape, rate: Frequency(Gamma(shape, rate)), st.floats(0.2, 9), st.floats(1, 9)
    ),
    st.builds(
        lambda high, share: Frequency(Beta.pert(0, 1, high), Fixed(share), kind=WHOLE),
        st.floats(2, 12),
        st.floats(0, 1),
    ),
    st.builds(
        lambda a, b: Frequency(Lognormal.from_interval(1, 6), Beta(a, b)),
        st.floats(0.5, 5),
        st.floats(0.5, 50),
    ),
)


@settings(max_examples=60, deadline=None)
@given(frequency=FREQUENCIES, larger=st.floats(0.05, 1), smaller=st.floats(0, 1))
def test_less_of_a_frequency_never_means_more_events(frequency, larger, smaller):
    """At every number of events the chance of at most so many is no lower."""
    more = frequency.scaled(larger)
    less = more.scaled(smaller)
    one, other = cdf(less), cdf(more)
    both = min(len(one), len(other))
    assert (one[:both] >= other[:both] - 1e-10).all()
    assert (one[both:] >= 1 - UNSEEN - 1e-12).all()
    assert less.mean <= more.mean + 1e-12


def test_scaling_is_thinning():
    """Three tenths of Poisson events are Poisson with three tenths of the rate."""
    assert cdf(Frequency(Fixed(4.0)).scaled(0.3)) == pytest.approx(cdf(Frequency(Fixed(1.2))))
    twice = Frequency(Fixed(4.0)).scaled(0.5).scaled(0.5)
    assert twice.mean == pytest.approx(1.0)


@settings(max_examples=40, deadline=None)
@given(frequency=FREQUENCIES)
def test_a_table_rises_to_one(frequency):
    found = cdf(frequency)
    assert (np.diff(found) >= 0).all()
    assert found[0] >= 0
    assert 1 - UNSEEN - 1e-12 <= found[-1] <= 1


def test_a_share_above_one_counts_as_one():
    """A lognormal's tail above 1: closed form and table agree that no more than all succeed."""
    share = limited(Lognormal.from_interval(1e-6, 1.0), 1.0)
    frequency = Frequency(Fixed(10.0), share)
    assert frequency.mean < 10
    assert mean_of(frequency) == pytest.approx(frequency.mean, rel=1e-6)


@pytest.mark.parametrize(
    "frequency",
    [
        Frequency(Fixed(1.1 * MOST_EVENTS)),
        Frequency(Lognormal.from_interval(10, 20_000)),
        Frequency(Fixed(1e9), kind=WHOLE),
        Frequency(Lognormal.from_interval(1, 1e4), kind=WHOLE),
        Frequency(Fixed(100.0), kind=NEGATIVE_BINOMIAL, dispersion=1000.0),
    ],
)
def test_what_is_too_frequent_is_refused(frequency):
    with pytest.raises(ValueError, match="100,000 events a year"):
        _ = frequency.count


def test_quantiles_and_chances_of_a_count():
    count = Frequency(Fixed(3.0)).count
    known = stats.poisson(3.0)
    assert [count.quantile(each) for each in (0.05, 0.5, 0.95)] == known.ppf(
        [0.05, 0.5, 0.95]
    ).tolist()
    assert count.chance_of(2) == pytest.approx(known.pmf(2))
    assert count.chance_of(10**6) == UNSEEN
    assert count.chance == pytest.approx(1 - math.exp(-3))
    assert count.thresholds[:3] == pytest.approx(stats.norm.ppf(known.cdf([0, 1, 2])))


def test_rates_under_beliefs():
    """Rate and share at their scores, and what controls leave of them."""
    frequency = Frequency(Lognormal(0.0, 1.0), Fixed(0.5), factor=0.8)
    found = frequency.rates(np.array([0.0, 1.0]), np.zeros(2))
    assert found == pytest.approx([0.5 * 0.8, math.e * 0.5 * 0.8])
    one = frequency.believed(1.0, 0.0)
    assert (one.rate, one.vulnerability) == (Fixed(pytest.approx(math.e)), Fixed(0.5))
    assert one.mean == pytest.approx(math.e * 0.5 * 0.8)


def test_of_a_whole_number_only_the_share_is_believed():
    """Its spread is from year to year."""
    frequency = Frequency(Beta.pert(0, 2, 6), Beta(4.0, 6.0), kind=WHOLE)
    low, high = frequency.rates(np.array([-2.0, 2.0]), np.zeros(2))
    assert low == high
    assert frequency.believed(2.0, 0.5).rate == frequency.rate
