"""Present value, payback and cost of delay of an initiative, against sums written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.risk.life_flows import (
    cost_of_delay,
    life_flows,
    net_present_value,
    payback_years,
)


def test_flows_are_a_year_apart_and_the_last_is_pro_rata() -> None:
    """Half a year counts half, at the end of the year that it is part of."""
    assert life_flows(1000, 400, 2) == (-1000, 400, 400)
    assert life_flows(1000, 400, 2.5) == (-1000, 400, 400, 200)
    assert life_flows(1000, 400, 0.5) == (-1000, 200)
    assert life_flows(0, 400, 1 / 3 + 2 / 3) == (0, 400)


def test_net_present_value_is_the_sum_of_what_is_discounted() -> None:
    """At 10% over three years."""
    expected = -1000 + 400 / 1.1 + 400 / 1.1**2 + 400 / 1.1**3
    assert net_present_value(1000, 400, 3, 0.1) == pytest.approx(expected)
    partial = -1000 + 400 / 1.1 + 400 / 1.1**2 + 0.25 * 400 / 1.1**3
    assert net_present_value(1000, 400, 2.25, 0.1) == pytest.approx(partial)


@pytest.mark.parametrize(
    ("one_off", "a_year", "life", "years"),
    [
        (1000, 400, 5, 2.5),
        (1000, 500, 2, 2.0),
        (0, 400, 5, 0.0),
        # After two years 200 are missing, which the half year after that just brings.
        (1000, 400, 2.5, 2.5),
        (900, 400, 2.5, 2.25),
        (1000, 400, 2.4, None),
        (1000, -1, 5, None),
        (0, -1, 5, None),
    ],
)
def test_payback(one_off: float, a_year: float, life: float, years: float | None) -> None:
    """In a straight line within a year, and never after the end of its life."""
    assert payback_years(one_off, a_year, life) == (None if years is None else pytest.approx(years))


def test_cost_of_delay_is_a_quarter_less_and_a_quarter_later() -> None:
    """Two years at 10%: the second year of the late start has three quarters left."""
    at_once = -1000 + 800 / 1.1 + 800 / 1.1**2
    later = (-1000 + 800 / 1.1 + 600 / 1.1**2) / 1.1**0.25
    assert cost_of_delay(1000, 800, 2, 0.1) == pytest.approx(at_once - later)


def test_without_a_rate_delay_costs_a_quarter_of_a_year() -> None:
    """Nothing is discounted, so all that is lost is the quarter."""
    assert cost_of_delay(1000, 800, 2, 0.0) == pytest.approx(800 / 4)


def test_what_lives_for_a_quarter_cannot_be_late() -> None:
    """All of its value is given up."""
    assert cost_of_delay(10, 800, 0.25, 0.1) == net_present_value(10, 800, 0.25, 0.1)


money = st.floats(0, 1e9)


@given(money, st.floats(-1e9, 1e9), st.floats(0.1, 30), st.floats(0, 0.5))
def test_delay_costs_where_it_is_worth_while(
    one_off: float, a_year: float, life: float, rate: float
) -> None:
    """A positive net present value has a positive cost of delay."""
    value = net_present_value(one_off, a_year, life, rate)
    if value > 1e-3:
        assert cost_of_delay(one_off, a_year, life, rate) > 0


@given(money, money, st.floats(0.1, 30))
def test_payback_lies_within_the_life(one_off: float, a_year: float, life: float) -> None:
    """And exists just where the money comes back."""
    found = payback_years(one_off, a_year, life)
    if found is not None:
        assert 0 <= found <= life + 1e-6
    elif one_off:
        assert a_year * life < one_off + 0.01
