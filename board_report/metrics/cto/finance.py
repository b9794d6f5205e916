"""Present value, rate of return, payback and return on security investment, from plain flows.

Flow 0 falls at t = 0 and is not discounted, as in numpy-financial. Excel's NPV puts its first flow
at t = 1, so its figure is this one divided by (1 + rate). Costs are negative, benefits positive.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

PERIODS_A_YEAR = 4
"""Flows are quarterly."""

SAME_RATE = 1e-6
"""Rates of return closer than this are one rate (a double root, split by rounding)."""


def rate_per_quarter(annual: float) -> float:
    """The quarterly rate that compounds to a yearly one: ``(1 + r) ** (1/4) - 1``."""
    return float((1 + annual) ** (1 / PERIODS_A_YEAR) - 1)


def rate_per_year(quarterly: float) -> float:
    """The yearly rate that a quarterly one compounds to: ``(1 + r) ** 4 - 1``."""
    return float((1 + quarterly) ** PERIODS_A_YEAR - 1)


def present_value(rate: float, flows: Sequence[float] | np.ndarray) -> float:
    """Net present value of flows one period apart, flow 0 today; ``rate`` is for one period."""
    import numpy_financial

    return float(numpy_financial.npv(rate, np.asarray(flows, dtype="float64")))


def sign_changes(flows: Sequence[float] | np.ndarray) -> int:
    """How often flows change sign, zeros apart; once is a conventional investment."""
    signs = np.sign(np.asarray(flows, dtype="float64"))
    signs = signs[signs != 0]
    return int((signs[1:] != signs[:-1]).sum())


def return_rate(flows: Sequence[float] | np.ndarray) -> float | None:
    """The internal rate of return for one period; None where no rate makes the value zero.

    Of several such rates it is the one nearest to zero (numpy-financial's rule): ask
    :func:`return_rates` first, where the flows change sign more than once.
    """
    import numpy_financial

    if not sign_changes(flows):
        return None
    found = float(numpy_financial.irr(np.asarray(flows, dtype="float64")))
    return None if np.isnan(found) else found


def return_rates(flows: Sequence[float] | np.ndarray) -> tuple[float, ...]:
    """Every rate for one period, above -1, that makes the present value zero; lowest first."""
    roots = np.roots(np.asarray(flows, dtype="float64")[::-1])
    real = roots.real[(np.abs(roots.imag) <= SAME_RATE * np.abs(roots)) & (roots.real > 0)]
    rates: list[float] = []
    for rate in sorted((1 / real - 1).tolist()):
        if not rates or rate - rates[-1] > SAME_RATE:
            rates.append(rate)
    return tuple(rates)


def single_return_rate(flows: Sequence[float] | np.ndarray) -> float | None:
    """The internal rate of return for one period where exactly one exists; None otherwise."""
    changes = sign_changes(flows)
    if changes > 1 and len(return_rates(flows)) != 1:
        return None
    return return_rate(flows)


def payback_periods(flows: Sequence[float] | np.ndarray) -> float | None:
    """Periods from flow 0 until the running total is below zero no more.

    Within the period of the crossing the total is taken to move in a straight line. Flows whose
    total is never below zero give 0; None when the total ends below zero, for it is not paid back.
    """
    running = np.cumsum(np.asarray(flows, dtype="float64"))
    below = np.flatnonzero(np.round(running, 2) < 0)
    if not below.size:
        return 0.0
    last = int(below[-1])
    if last == len(running) - 1:
        return None
    return last + float(running[last] / (running[last] - running[last + 1]))


def return_on_cost(benefit: float, cost: float) -> float | None:
    """``(benefit - cost) / cost``; None when the cost is not above zero."""
    return (benefit - cost) / cost if cost > 0 else None


def return_on_security_investment(
    ale_before: float, ale_after: float, annualized_cost: float
) -> float:
    """ROSI as a ratio: ``(ALE before - ALE after - cost) / cost`` (ENISA, 2012).

    Another definition in use is the amount ``ALE before - ALE after - cost``; this is not it.

    Args:
        ale_before: annual loss expectancy without the control.
        ale_after: annual loss expectancy with it.
        annualized_cost: what the control costs a year.

    Raises:
        ValueError: the cost is not above zero, so there is nothing to divide by.
    """
    if annualized_cost <= 0:
        raise ValueError(f"the annualized cost must be above zero, not {annualized_cost}")
    return (ale_before - ale_after - annualized_cost) / annualized_cost
