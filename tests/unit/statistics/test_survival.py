"""Kaplan-Meier curves against published ones, a hand calculation, and statsmodels."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from board_report.metrics.statistics.survival import (
    Z,
    percentile,
    summarize,
    survival_curve,
)
from tests.unit.statistics.samples import PLACEBO, ROWS, TREATED, read, repeated, weighted

slow = settings(deadline=None)
"""The first call imports statsmodels."""


def test_the_treated_of_freireich_have_a_median_of_23_weeks() -> None:
    """Curve as in Kalbfleisch and Prentice, and in every textbook since."""
    curve = survival_curve(*read(TREATED))
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.ended.tolist() == [3, 1, 1, 1, 1, 1, 1]
    # 18/21, then times 16/17, 14/15, 11/12, 10/11, 6/7, 5/6.
    assert curve.share == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    found = summarize(*read(TREATED))
    assert found.median == 23
    assert found.p90 is None, "the curve ends at 0.448"


def test_their_interval_is_that_of_r() -> None:
    """``survfit(Surv(time, status) ~ 1, conf.type = "log-log")``: 13 to NA."""
    found = summarize(*read(TREATED))
    assert (found.median_low, found.median_high) == (13, None)


def test_the_placebo_group_is_complete() -> None:
    """Median 8, the 11th of 21; the exact interval is from the 6th to the 16th: 4 to 12."""
    found = summarize(*read(PLACEBO))
    assert (found.median, found.median_low, found.median_high) == (8, 4, 12)


def test_greenwood_by_hand() -> None:
    """At 7 weeks: 3/(21*18) + 1/(17*16)."""
    curve = survival_curve(*read(TREATED))
    assert curve.variance[1] == pytest.approx(3 / (21 * 18) + 1 / (17 * 16))


def test_a_level_stretch_at_a_half_gives_its_middle() -> None:
    """Two of four ended by 3; nothing until 8: the median is (3 + 8) / 2."""
    assert summarize(*read("1 3 8 9")).median == 5.5


def test_a_last_level_at_a_half_gives_no_median() -> None:
    """Two of four ended, two go on at 30 and 40: the true median cannot be below (3 + 30) / 2."""
    found = summarize(*read("1 3 30+ 40+"))
    assert found.median is None
    assert found.so_far == (3 + 30) / 2


def test_open_ones_raise_the_median() -> None:
    """Three ended at 1, 2, 3 and two go on: 4/5, 3/5, 2/5, so it is 3 and not 2."""
    assert summarize(*read("1 2 3")).median == 2
    assert summarize(*read("1 2 3 9+ 9+")).median == 3


def test_what_was_censored_at_a_time_was_at_risk_at_it() -> None:
    assert survival_curve(*read("5 5+")).at_risk.tolist() == [2]


def test_no_rows_have_no_summary() -> None:
    with pytest.raises(ValueError, match="no durations"):
        summarize(np.array([]), np.array([], dtype=bool))


@slow
@given(ROWS)
def test_against_statsmodels(rows: list[tuple[int, bool, int]]) -> None:
    from statsmodels.duration.survfunc import SurvfuncRight

    told = repeated(rows)
    assume(not told.censored.all())
    with np.errstate(all="ignore"):
        theirs = SurvfuncRight(told.durations, (~told.censored).astype(int))
    # Theirs has a time for those censored before the first end, too.
    known = theirs.n_events > 0
    ours = survival_curve(told.durations, told.censored)
    assert ours.times.tolist() == theirs.surv_times[known].tolist()
    assert ours.share == pytest.approx(theirs.surv_prob[known])
    alive = ours.share > 1e-12
    assert ours.share[alive] * np.sqrt(ours.variance[alive]) == pytest.approx(
        theirs.surv_prob_se[known][alive]
    )


@slow
@given(ROWS)
def test_the_interval_is_where_a_test_of_a_half_does_not_reject(
    rows: list[tuple[int, bool, int]],
) -> None:
    """Statsmodels' Brookmeyer-Crowley interval, whose upper end we leave open where it is the
    time at which nothing is left: the curve has no variance there."""
    from statsmodels.duration.survfunc import SurvfuncRight

    told = repeated(rows)
    found = summarize(told.durations, told.censored)
    curve = survival_curve(told.durations, told.censored)
    # What was censored before anything ended tells nothing: the interval is then the exact one.
    assume(found.median is not None and not curve.is_complete)
    with np.errstate(all="ignore"):
        theirs = SurvfuncRight(told.durations, (~told.censored).astype(int))
        low, high = theirs.quantile_ci(0.5, method="cloglog")
    inside = (curve.share > 0) & (curve.share < 1)
    gaps = np.log(-np.log(curve.share[inside])) - np.log(np.log(2))
    far = np.abs(gaps * -np.log(curve.share[inside]) / np.sqrt(curve.variance[inside]))
    assume(bool((far <= Z).any()) and not np.isclose(far, Z).any())
    assert found.median_low == low
    if found.median_high is not None:
        assert found.median_high == high
    else:
        assert np.isinf(high) or float(curve.share[curve.times == high][0]) == 0


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_without_censoring_it_is_the_ordinary_median(values: list[int]) -> None:
    durations = np.array(values, dtype="float64")
    found = summarize(durations, np.zeros(len(values), dtype=bool))
    assert found.median == median(values) == found.so_far


@given(ROWS)
def test_a_weight_is_a_row_repeated(rows: list[tuple[int, bool, int]]) -> None:
    """To the last bit."""
    few, many = weighted(rows), repeated(rows)
    assert summarize(few.durations, few.censored, few.weights) == summarize(
        many.durations, many.censored
    )


@given(ROWS, st.integers(0, 13))
def test_going_on_never_makes_it_faster(rows: list[tuple[int, bool, int]], at: int) -> None:
    """A row known to go on longer than before does not lower the median."""
    durations, censored = repeated(rows).durations, repeated(rows).censored
    longer = durations.copy()
    which = at % len(durations)
    before = summarize(durations, censored)
    if not censored[which]:
        return
    longer[which] += 5
    after = summarize(longer, censored)
    assert after.so_far >= before.so_far
    if before.median is None:
        assert after.median is None
    elif after.median is not None:
        assert after.median >= before.median


@given(ROWS)
def test_the_median_lies_in_its_interval(rows: list[tuple[int, bool, int]]) -> None:
    told = weighted(rows)
    found = summarize(told.durations, told.censored, told.weights)
    if found.median is None:
        assert found.median_low is None
        return
    assert found.median_low is None or found.median_low <= found.median
    assert found.median_high is None or found.median <= found.median_high
    # No ended row, or one censored early, can make a complete estimate fall below what is certain.
    assert percentile(survival_curve(told.durations, told.censored, told.weights), 0.5)
