"""Control charts by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.metrics.statistics.multiple import discoveries
from board_report.metrics.statistics.process import Heard, read_level, read_rare

LEVELS = [10.0, 12.0, 11.0, 13.0, 10.0, 12.0, 16.0]
"""Mean 12; moving ranges 2 1 2 3 2 4, mean 14/6; limits 12 -+ 2.66 * 14/6: 5.793 and 18.207."""


@pytest.mark.parametrize(
    ("now", "heard", "side"),
    [
        (18.0, Heard.NOISE, 0),
        (18.3, Heard.SIGNAL, 1),
        (5.8, Heard.NOISE, 0),
        (5.7, Heard.SIGNAL, -1),
    ],
)
def test_limits_of_a_level(now: float, heard: Heard, side: int) -> None:
    reading = read_level(LEVELS, now)
    assert (reading.heard, reading.side) == (heard, side)
    assert reading.low == pytest.approx(12 - 2.66 * 14 / 6)
    assert reading.high == pytest.approx(12 + 2.66 * 14 / 6)


def test_five_quarters_before_are_too_few() -> None:
    assert read_level([1.0] * 5, 100.0).heard is Heard.TOO_FEW
    assert read_level([1.0] * 6, 100.0).heard is Heard.SIGNAL


def test_what_never_moved_has_not_moved() -> None:
    assert read_level([0.1] * 7, 0.1).heard is Heard.NOISE


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=8), st.floats(-1e6, 1e6))
def test_turning_the_scale_turns_the_side(before: list[float], now: float) -> None:
    one, other = read_level(before, now), read_level([-each for each in before], -now)
    assert (one.heard, one.side) == (other.heard, -other.side)


def test_rare_events_by_hand() -> None:
    """A gap of 9 days on average: a chance of 1/10 a day.

    0.9 ** 63 = 0.00131 is the first power not above 0.00135. Of 90 days, 20 with an event or more
    have a chance of 0.0006 or less; 15 are nothing to wonder at (0.04).
    """
    gaps = [9] * 6
    assert 0.9**63 <= 0.00135 < 0.9**62
    assert read_rare(gaps, 90, 0, 63).side == -1
    assert read_rare(gaps, 90, 0, 62).heard is Heard.NOISE
    assert read_rare(gaps, 90, 20, 1).side == 1
    assert read_rare(gaps, 90, 15, 1).heard is Heard.NOISE


def test_six_gaps_are_needed() -> None:
    assert read_rare([9] * 5, 90, 20, 0).heard is Heard.TOO_FEW


def test_an_event_every_day_has_no_quiet() -> None:
    assert read_rare([0] * 6, 90, 90, 0).heard is Heard.NOISE


def test_benjamini_and_hochberg_by_hand() -> None:
    """Bounds at 10% of five: .02 .04 .06 .08 .10. The third is below its bound, so the first two
    are news as well, though the second is above its own."""
    chances = [0.9, 0.055, 0.045, 0.01, 0.2]
    assert discoveries(chances) == (False, True, True, True, False)


def test_the_fifteen_of_benjamini_and_hochberg() -> None:
    """Their example of 15 p-values at 5%: the four smallest are discoveries."""
    chances = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
    ]
    assert discoveries(chances, 0.05) == (True,) * 4 + (False,) * 11


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=30))
def test_against_statsmodels(chances: list[float]) -> None:
    from statsmodels.stats.multitest import multipletests

    expected = tuple(multipletests(chances, 0.1, "fdr_bh")[0].tolist()) if chances else ()
    assert discoveries(chances) == expected


def test_none_is_none() -> None:
    assert discoveries([]) == ()
    with pytest.raises(ValueError, match="between 0 and 1"):
        discoveries([1.5])
