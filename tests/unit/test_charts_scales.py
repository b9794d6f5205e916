"""Scales and ticks: where values stand, and which numbers are written beside an axis."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.charts.scales import (
    HOUR_TICKS,
    Scale,
    nice_bounds,
    nice_step,
    plain,
    spread_apart,
    tick_values,
    ticks_around,
    with_room,
)

FINITE = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 3))


def test_a_linear_scale_is_straight() -> None:
    scale = Scale(0, 200, 10, 110)
    assert [scale(value) for value in (0, 50, 200)] == [10, 10 + 100 * 50 / 200, 110]


def test_a_logarithmic_scale_gives_equal_steps_to_equal_factors() -> None:
    scale = Scale(1, 1000, 0, 300, is_log=True)
    assert [round(scale(value), 9) for value in (1, 10, 100, 1000)] == [0, 100, 200, 300]


def test_values_outside_stand_at_the_edge_and_are_known_to_lie_outside() -> None:
    scale = Scale(1, 10, 0, 100, is_log=True)
    assert (scale(0), scale(99)) == (0, 100)
    assert not scale.holds(0) and not scale.holds(99) and scale.holds(10)


def test_a_scale_of_one_value_puts_it_in_the_middle() -> None:
    assert Scale(5, 5, 0, 40)(5) == 20


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, 1, 0.25)),
        ([0, 0], (0, 1, 0.25)),
        ([None, 3.0], (0, 3, 1)),
        ([88.0, 9.0], (0, 100, 25)),
        ([-5.0], (-6, 0, 2)),
        ([2.2e9, -1.2e9], (-2e9, 3e9, 1e9)),
    ],
)
def test_bounds_are_round_and_hold_all_values(
    values: list[float | None], expected: tuple[float, float, float]
) -> None:
    assert nice_bounds(values) == pytest.approx(expected)


@given(st.lists(FINITE, min_size=1, max_size=9))
def test_bounds_hold_any_values_and_never_take_more_than_six_ticks(values: list[float]) -> None:
    low, high, step = nice_bounds(values)
    slack = (high - low) * 1e-6
    assert low - slack <= min(0, *values) and max(0, *values) <= high + slack
    assert 2 <= len(tick_values(low, high, step)) <= 7


@given(st.floats(1e-9, 1e12))
def test_a_step_is_one_two_two_and_a_half_or_five_times_a_power_of_ten(rough: float) -> None:
    step = nice_step(rough)
    assert step >= rough * (1 - 1e-6)
    assert float(f"{step:e}".split("e")[0]) in (1, 2, 2.5, 5)


def test_ticks_enclose_the_durations() -> None:
    assert [words for _, words in ticks_around([3, 30, 700], HOUR_TICKS)] == [
        "1 h", "4 h", "1 day", "4 days", "4 weeks", "16 weeks",
    ]  # fmt: skip


@pytest.mark.parametrize("hours", [[], [0], [5], [1e-6], [1e9]])
def test_there_are_three_ticks_whatever_the_data(hours: list[float]) -> None:
    assert len(ticks_around(hours, HOUR_TICKS)) >= 3


def test_labels_that_collide_are_moved_apart_and_keep_their_order() -> None:
    placed = spread_apart([50, 51, 52], 14, 0, 100)
    assert [round(b - a, 6) for a, b in pairwise(placed)] == [14, 14]


@given(st.lists(st.floats(-50, 150), min_size=1, max_size=8))
def test_labels_stay_within_their_bounds(wanted: list[float]) -> None:
    placed = spread_apart(wanted, 14, 0, 100)
    assert min(placed) >= -1e-6 and max(placed) <= 100 + 1e-6


@pytest.mark.parametrize(
    ("value", "words"), [(1000, "1,000"), (2.5, "2.5"), (-5, "−5"), (0, "0"), (0.25, "0.25")]
)
def test_ticks_are_written_in_as_few_digits_as_it_takes(value: float, words: str) -> None:
    assert plain(value) == words


@given(st.sets(st.integers(1, 40), min_size=2, max_size=12), st.floats(1, 60))
def test_labels_that_are_kept_have_room(values: set[int], gap: float) -> None:
    """The ends stay, and no label inside stands nearer to a neighbour than the gap."""
    ticks = [(float(each), str(each)) for each in sorted(values)]
    scale = Scale(ticks[0][0], ticks[-1][0], 100, 0)
    kept = with_room(ticks, scale, gap)
    assert (kept[0], kept[-1]) == (ticks[0], ticks[-1])
    assert set(kept) <= set(ticks)
    gaps = [abs(scale(one[0]) - scale(two[0])) for one, two in pairwise(kept)]
    assert len(kept) == 2 or min(gaps) >= gap


def test_a_label_with_room_is_not_dropped() -> None:
    """Eleven points apart, where ten are enough."""
    ticks = [(0.0, "a"), (11.0, "b"), (22.0, "c")]
    assert list(with_room(ticks, Scale(0, 22, 0, 22), 10)) == ticks
    assert list(with_room(ticks, Scale(0, 22, 0, 22), 12)) == [ticks[0], ticks[2]]
