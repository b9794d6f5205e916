"""Scores of forecasts against sums done by hand."""

from __future__ import annotations

from itertools import product
from math import log, prod

import numpy as np
import pytest

from board_report.risk.forecast_scores import (
    brier_score,
    climatology_score,
    doubled_tail,
    log_score,
    poisson_binomial,
)

CHANCES = (0.9, 0.2, 0.5)
HAPPENED = (True, False, False)


def test_brier_score_by_hand() -> None:
    assert brier_score(CHANCES, HAPPENED) == pytest.approx((0.1**2 + 0.2**2 + 0.5**2) / 3)


def test_brier_score_of_the_sure() -> None:
    """Right is 0, wrong is 1, and a coin has a quarter."""
    assert brier_score((1.0, 0.0), (True, False)) == 0
    assert brier_score((0.0, 1.0), (True, False)) == 1
    assert brier_score((0.5, 0.5), (True, False)) == 0.25


def test_climatology_by_hand() -> None:
    """One of three: 1/3 for all, so (2/3)^2 once and (1/3)^2 twice, which is 1/3 x 2/3."""
    expected = ((2 / 3) ** 2 + 2 * (1 / 3) ** 2) / 3
    assert climatology_score(HAPPENED) == pytest.approx(expected)
    assert climatology_score(HAPPENED) == pytest.approx(1 / 3 * 2 / 3)
    assert climatology_score((True, True)) == 0


def test_log_score_by_hand() -> None:
    assert log_score(CHANCES, HAPPENED) == pytest.approx(-(log(0.9) + log(0.8) + log(0.5)) / 3)


def test_sure_and_wrong_is_bad_and_not_infinite() -> None:
    assert log_score((0.0,), (True,)) == pytest.approx(-log(1e-6))
    assert log_score((1.0,), (True,)) == pytest.approx(0, abs=1.1e-6)


@pytest.mark.parametrize("score", [brier_score, log_score])
def test_nothing_to_score(score) -> None:
    with pytest.raises(ValueError, match="0 forecasts"):
        score((), ())
    with pytest.raises(ValueError, match="2 forecasts cannot be scored by 1 outcomes"):
        score((0.5, 0.5), (True,))
    with pytest.raises(ValueError, match="0 forecasts"):
        climatology_score(())


def test_poisson_binomial_of_three_by_hand() -> None:
    """All, none, and each way to have one or two of 0.9, 0.2 and 0.5."""
    assert poisson_binomial(CHANCES).tolist() == pytest.approx(
        [
            0.1 * 0.8 * 0.5,
            0.9 * 0.8 * 0.5 + 0.1 * 0.2 * 0.5 + 0.1 * 0.8 * 0.5,
            0.9 * 0.2 * 0.5 + 0.9 * 0.8 * 0.5 + 0.1 * 0.2 * 0.5,
            0.9 * 0.2 * 0.5,
        ]
    )


def test_poisson_binomial_against_all_outcomes() -> None:
    chances = (0.93, 0.97, 0.9, 1.0, 0.99, 0.95, 0.0)
    expected = np.zeros(len(chances) + 1)
    for outcome in product((0, 1), repeat=len(chances)):
        pairs = zip(chances, outcome, strict=True)
        expected[sum(outcome)] += prod(each if yes else 1 - each for each, yes in pairs)
    assert poisson_binomial(chances) == pytest.approx(expected)


def test_binomial_where_all_are_alike() -> None:
    """Ten intervals of 90%: all ten hold with a chance of 0.9^10."""
    masses = poisson_binomial([0.9] * 10)
    assert masses[10] == pytest.approx(0.9**10)
    assert masses[9] == pytest.approx(10 * 0.9**9 * 0.1)
    assert masses.sum() == pytest.approx(1)


def test_two_tails() -> None:
    """Seven or fewer of ten: 7.0%, so 14.0%; nine or more: 73.6%, and never above 1."""
    masses = poisson_binomial([0.9] * 10)
    assert doubled_tail(masses, 7) == pytest.approx(2 * 0.0701908264)
    assert doubled_tail(masses, 9) == 1
    assert doubled_tail(masses, 10) == pytest.approx(2 * 0.9**10)


def test_no_such_number() -> None:
    with pytest.raises(ValueError, match="4 is none of 4 outcomes"):
        doubled_tail(poisson_binomial(CHANCES), 4)
