"""Exact comparisons against scipy.stats, statsmodels, full enumeration and hand calculations."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.metrics.statistics import compare
from board_report.metrics.statistics.compare import (
    compare_counts,
    compare_durations,
    compare_shares,
    gehan_scores,
)
from tests.unit.statistics.samples import PLACEBO, ROWS, TREATED, repeated, sample, weighted

COUNTS = st.integers(0, 60)
slow = settings(deadline=None)
"""The first call imports scipy."""


def test_counts_by_hand() -> None:
    """0 against 5 over equal times: 2 of the 32 ways to place five events are as unlikely."""
    assert compare_counts(0, 90, 5, 90) == pytest.approx(2 / 32)


def test_counts_with_unequal_exposure_by_hand() -> None:
    """3 events in 1 day, none in 3: (1/4)^3 = 1/64; all others are likelier."""
    assert compare_counts(3, 1, 0, 3) == pytest.approx(1 / 64)


@slow
@given(COUNTS, COUNTS, st.floats(0.5, 120), st.floats(0.5, 120))
def test_counts_against_scipy(one: int, other: int, days: float, more: float) -> None:
    from scipy.stats import binomtest

    if one + other:
        expected = binomtest(one, one + other, days / (days + more)).pvalue
        assert compare_counts(one, days, other, more) == pytest.approx(expected, abs=1e-9)
    assert compare_counts(one, days, other, more) == pytest.approx(
        compare_counts(other, more, one, days)
    )


def test_no_events_on_either_side_differ_by_nothing() -> None:
    assert compare_counts(0, 90, 0, 92) == 1


def test_big_counts_stay_exact_and_quick() -> None:
    from scipy.stats import binomtest

    found = compare_counts(5_000_000, 92, 5_003_000, 92)
    assert found == pytest.approx(binomtest(5_000_000, 10_003_000, 0.5).pvalue, rel=1e-4)
    assert compare_counts(10_000_000, 92, 1, 92) == 0


def test_the_lady_tasting_tea() -> None:
    """Fisher's own: three of four cups right and one wrong, p = 34/70 two-sided."""
    assert compare_shares(3, 4, 1, 4) == pytest.approx(34 / 70)


@slow
@given(st.tuples(COUNTS, COUNTS), st.tuples(COUNTS, COUNTS))
def test_shares_against_scipy(one: tuple[int, int], other: tuple[int, int]) -> None:
    from scipy.stats import fisher_exact

    (a, b), (c, d) = one, other
    expected = float(fisher_exact([[a, b], [c, d]]).pvalue)
    assert compare_shares(a, a + b, c, c + d) == pytest.approx(expected, abs=1e-9)
    assert compare_shares(a, a + b, c, c + d) == pytest.approx(compare_shares(c, c + d, a, a + b))
    assert compare_shares(a, a + b, c, c + d) == pytest.approx(compare_shares(b, a + b, d, c + d))


def test_gehan_of_freireich() -> None:
    """Gehan's own example: W is 271 (Gehan 1965, table 2), whichever group it is taken of."""
    pooled = compare._pooled(sample(TREATED), sample(PLACEBO))
    scores = gehan_scores(pooled)
    assert scores.sum() == 0
    assert scores[:21].sum() == 271


def test_gehan_of_freireich_against_statsmodels() -> None:
    from statsmodels.duration.survfunc import survdiff

    one, other = sample(TREATED), sample(PLACEBO)
    times = np.r_[one.durations, other.durations]
    ended = ~np.r_[one.censored, other.censored]
    chi2, chance = survdiff(times, ended, np.r_[np.zeros(21), np.ones(21)], weight_type="gb")
    assert chi2 == pytest.approx(13.457, abs=1e-3)
    assert compare._by_variance(one, other) == pytest.approx(chance, rel=1e-6)


def test_exact_is_near_normal_where_both_can_be_had() -> None:
    one, other = sample(TREATED), sample(PLACEBO)
    exact, near = compare._by_dealing(one, other), compare._by_variance(one, other)
    assert compare_durations(one, other) == exact
    assert exact < 0.001
    assert near < 0.001


def test_complete_durations_are_wilcoxons_rank_sum() -> None:
    """1, 2, 3 against 4, 5, 6, 7: 2 of the C(7, 3) = 35 deals are as extreme."""
    assert compare_durations(sample("1 2 3"), sample("4 5 6 7")) == pytest.approx(2 / comb(7, 3))


@given(ROWS, ROWS)
@settings(max_examples=60, deadline=None)
def test_dealing_against_every_deal(
    rows: list[tuple[int, bool, int]], others: list[tuple[int, bool, int]]
) -> None:
    one, other = repeated(rows[:4]), repeated(others[:3])
    if one.size + other.size > 14:
        return
    scores = gehan_scores(compare._pooled(one, other)).tolist()
    seen = abs(sum(scores[: one.size]))
    deals = [abs(sum(each)) >= seen for each in combinations(scores, one.size)]
    assert compare_durations(one, other) == pytest.approx(sum(deals) / len(deals))


@given(ROWS, ROWS)
@settings(deadline=None)
def test_durations_change_places_and_weights_repeat(
    rows: list[tuple[int, bool, int]], others: list[tuple[int, bool, int]]
) -> None:
    one, other = weighted(rows), weighted(others)
    found = compare_durations(one, other)
    assert 0 <= found <= 1 + 1e-12
    assert found == pytest.approx(compare_durations(other, one))
    assert found == pytest.approx(compare_durations(repeated(rows), repeated(others)))


def test_normal_is_fair_where_nothing_differs() -> None:
    """Two samples of 40 that interleave: far from any news."""
    one, other = (
        sample(" ".join(map(str, range(0, 80, 2)))),
        sample(" ".join(map(str, range(1, 81, 2)))),
    )
    assert compare_durations(one, other) > 0.5


def test_mann_whitney_of_big_samples() -> None:
    """Without ties and censoring the hypergeometric variance is near the rank sum's own."""
    from scipy.stats import mannwhitneyu

    draw = np.random.default_rng(1)
    first, second = draw.exponential(1.0, 120), draw.exponential(1.4, 150)
    none = np.zeros(1, dtype=bool)
    one = compare.Sample(first, np.repeat(none, 120), np.ones(120, dtype=np.int64))
    other = compare.Sample(second, np.repeat(none, 150), np.ones(150, dtype=np.int64))
    expected = mannwhitneyu(first, second, method="asymptotic").pvalue
    assert compare_durations(one, other) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: compare_counts(-1, 1, 0, 1),
        lambda: compare_counts(1, 0, 1, 1),
        lambda: compare_shares(3, 2, 0, 1),
        lambda: compare_durations(weighted([]), sample("1")),
    ],
)
def test_what_cannot_be_compared(wrong) -> None:
    with pytest.raises(ValueError, match=r"must|no durations"):
        wrong()
