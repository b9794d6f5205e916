"""An initiative's money over its life: net present value, payback, and the cost of a late start.

Convention: the one-off cost falls on day 0 and is not discounted; running cost, planned benefit
and avoided loss of each year fall at its end. A last year that is not whole counts pro rata, at the
end of the year that it is part of. Nothing grows or is taxed.
"""

from __future__ import annotations

import math

from board_report.metrics.cto.finance import payback_periods, present_value, rate_per_quarter

QUARTER = 0.25
"""Years."""
_WHOLE = 1e-9
"""A life that misses a whole number of years by less is whole."""


def life_flows(one_off_cost: float, net_a_year: float, life_years: float) -> tuple[float, ...]:
    """Flows one year apart, the first today.

    Args:
        one_off_cost: reporting currency, not negative.
        net_a_year: planned benefit and avoided loss, less running cost, of a whole year.
        life_years: above zero.
    """
    years = math.floor(life_years + _WHOLE)
    rest = max(life_years - years, 0.0)
    flows = [-one_off_cost + 0.0, *([net_a_year] * years)]
    return (*flows, net_a_year * rest) if rest > _WHOLE else tuple(flows)


def net_present_value(
    one_off_cost: float, net_a_year: float, life_years: float, discount_rate: float
) -> float:
    """Present value of :func:`life_flows` at a yearly rate."""
    return present_value(discount_rate, life_flows(one_off_cost, net_a_year, life_years))


def payback_years(one_off_cost: float, net_a_year: float, life_years: float) -> float | None:
    """Years until what it brought is no less than what it cost, undiscounted.

    Within a year money is taken to come evenly. 0 where it never costs more than it has brought;
    None where it is not paid back within its life.
    """
    found = payback_periods(life_flows(one_off_cost, net_a_year, life_years))
    if found is None:
        return None
    years = math.floor(life_years + _WHOLE)
    # The step of a last year that is not whole is shorter than the others; a life that is whole but
    # for a hair is taken as whole, and nothing pays back after its end.
    paid = found if found <= years else years + (found - years) * (life_years - years)
    return min(paid, life_years)


def cost_of_delay(
    one_off_cost: float, net_a_year: float, life_years: float, discount_rate: float
) -> float:
    """Net present value given up by starting one quarter later.

    Started later it still ends when it would have ended: the loss that it would have avoided in
    the quarter of waiting is lost for good, as are the benefit and the running cost. So a life
    shorter by a quarter is discounted by a quarter more,

        delay = NPV(life) - NPV(life - 1/4) / (1 + rate)^(1/4),

    which is above zero wherever NPV(life) is, at a rate that is not negative: then a year brings
    more than it costs, so a shorter life is worth less, and later is worth less again. Where a
    quarter is all of its life, nothing is left to start.
    """
    at_once = net_present_value(one_off_cost, net_a_year, life_years, discount_rate)
    rest = life_years - QUARTER
    if rest <= _WHOLE:
        return at_once
    later = net_present_value(one_off_cost, net_a_year, rest, discount_rate)
    return at_once - later / (1 + rate_per_quarter(discount_rate))
