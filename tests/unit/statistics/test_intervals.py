"""Exact intervals against hand calculations and statsmodels."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.metrics.statistics.intervals import (
    median_places,
    rate_interval,
    share_interval,
)


def coverage(size: int, low: int, high: int) -> Fraction:
    """The exact chance that the true median lies between two order statistics (from 0)."""
    missed = sum(comb(size, k) for k in range(low + 1)) + sum(
        comb(size, k) for k in range(high + 1, size + 1)
    )
    return 1 - Fraction(missed, 2**size)


@pytest.mark.parametrize(
    ("size", "places"),
    [
        (5, None),  # 1 - 2/32 = 93.75% is not enough
        (6, (0, 5)),  # 1 - 2/64 = 96.9%
        (10, (1, 8)),  # the second and the ninth: 97.9%, as tables give
        (20, (5, 14)),  # the sixth and the fifteenth: 95.9%
    ],
)
def test_places_as_tables_give_them(size: int, places: tuple[int, int] | None) -> None:
    assert median_places(size) == places


@settings(deadline=None)
@given(st.integers(6, 3000))
def test_coverage_is_never_below_the_nominal_and_no_narrower_one_has_it(size: int) -> None:
    places = median_places(size)
    assert places is not None
    low, high = places
    assert low + high == size - 1
    assert coverage(size, low, high) >= Fraction(95, 100)
    if low + 1 <= high - 1:
        assert coverage(size, low + 1, high - 1) < Fraction(95, 100)


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 60))
def test_shares_against_statsmodels(part: int, whole: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    part = min(part, whole)
    theirs = proportion_confint(part, whole, method="beta")
    low, high = share_interval(part, whole)
    assert low == pytest.approx(0.0 if part == 0 else float(theirs[0]))
    assert high == pytest.approx(1.0 if part == whole else float(theirs[1]))


def test_none_of_ten_by_hand() -> None:
    """(1 - high) ** 10 = 2.5%."""
    assert share_interval(0, 10) == (0.0, pytest.approx(1 - 0.025 ** (1 / 10)))


def test_no_event_in_a_year_by_hand() -> None:
    """exp(-high) = 2.5%: 3.69 a year, the "rule of three" of a two-sided 95%."""
    assert rate_interval(0, 1.0) == (0.0, pytest.approx(-log(0.025)))


def test_rates_against_the_tails_they_leave() -> None:
    """Garwood's table for 10 events: 4.80 to 18.39."""
    low, high = rate_interval(10, 1.0)
    assert (round(low, 2), round(high, 2)) == (4.80, 18.39)
    below = sum(exp(-high) * high**k / float(_factorial(k)) for k in range(11))
    assert below == pytest.approx(0.025)
    assert rate_interval(10, 2.0) == (pytest.approx(low / 2), pytest.approx(high / 2))


def _factorial(number: int) -> int:
    return 1 if number < 2 else number * _factorial(number - 1)


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3), (0, 0)])
def test_what_is_no_share(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share_interval(part, whole)


@pytest.mark.parametrize(("events", "exposure"), [(-1, 1.0), (1, 0.0)])
def test_what_is_no_rate(events: int, exposure: float) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        rate_interval(events, exposure)
