"""What the initiatives return over their life: ROI, net present value, rate of return, payback."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.cto.finance import (
    PERIODS_A_YEAR,
    payback_periods,
    present_value,
    rate_per_quarter,
    rate_per_year,
    return_on_cost,
    return_rates,
    sign_changes,
    single_return_rate,
)
from board_report.metrics.cto.flows import (
    BENEFITS,
    COSTS,
    INVESTMENTS,
    Amounts,
    net_flows,
    read_amounts,
)
from board_report.metrics.cto.reading import total
from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    metric,
    remark,
)
from board_report.model import State
from board_report.period import Quarter

SUBJECT = "Investment"
SPLITS = ("objective",)
COLUMNS = (*COSTS, *BENEFITS, f"{INVESTMENTS}.initiative_id")
QUARTERS_TAKEN = (
    "Actual amounts through the quarter reported on, planned ones after it, through the last "
    "quarter in the file; a past amount not known yet is taken at plan and counted in the note."
)


def _whole_life(scope: Scope) -> tuple[Amounts, Measure]:
    """All amounts, and a measure without a value yet: its size, parts, note and rows.

    ``n`` counts the initiatives; it is 0 when none had begun by the quarter reported on. The parts
    are the cost and the benefit of all quarters and how much of each is plan.
    """
    frame = scope.frame(INVESTMENTS)
    amounts = read_amounts(frame, scope.window)
    if not amounts.begun.any():
        return amounts, Measure(None, 0, note="no initiative had begun")
    every = np.ones(len(frame), dtype=bool)
    unknown = amounts.unknown(every)
    parts = {
        "cost": total(amounts.cost),
        "benefit": total(amounts.benefit),
        "cost_at_plan": total(amounts.cost[~amounts.has_cost]),
        "benefit_at_plan": total(amounts.benefit[~amounts.has_benefit]),
        "unknown": float(unknown),
    }
    note = remark((unknown, "past amounts not known yet and taken at plan"))
    size = int(frame["initiative_id"].nunique())
    return amounts, Measure(None, size, parts, note, {INVESTMENTS: every})


def _valued(basis: Measure, value: float | None, words: str) -> Measure:
    """The measure with its value, or withheld where there is none; the words open its note."""
    note = "; ".join(filter(None, (words, basis.note)))
    return replace(basis, value=value, note=note, state=State.WITHHELD if value is None else None)


@metric(
    id="return_on_investment",
    title="Return on investment",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="(Benefit - cost) / cost, over all quarters in the file.",
    denominator="initiatives in the file",
    empty="nothing happened",
    columns=COLUMNS,
    splits=SPLITS,
    reference=f"Not discounted; withheld when there is no cost. {QUARTERS_TAKEN}",
    comparison=Comparison.STATED,
)
def return_on_investment(scope: Scope) -> Measure:
    """Net benefit over cost of all initiatives; ``parts`` say how much of each is plan."""
    _, basis = _whole_life(scope)
    if not basis.n:
        return basis
    value = return_on_cost(basis.parts["benefit"], basis.parts["cost"])
    return _valued(basis, value, "" if value is not None else "there is no cost to divide by")


@metric(
    id="net_present_value",
    title="Net present value",
    subject=SUBJECT,
    unit=Unit.MONEY,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Sum of (benefit - cost) / (1 + discount rate) ^ (quarters since the first / 4).",
    denominator="initiatives in the file",
    empty="nothing happened",
    columns=COLUMNS,
    reference=(
        "The first quarter in the file is not discounted (t = 0; Excel's NPV puts it at t = 1). "
        f"{QUARTERS_TAKEN}"
    ),
)
def net_present_value(scope: Scope) -> Measure:
    """Net flows of all initiatives at the project's discount rate, rounded to cents."""
    amounts, basis = _whole_life(scope)
    if not basis.n:
        return basis
    annual = scope.settings.discount_rate
    value = round(present_value(rate_per_quarter(annual), net_flows(amounts)), 2) + 0.0
    return _valued(basis, value, f"at a discount rate of {annual * 100:g}% a year")


@metric(
    id="internal_rate_of_return",
    title="Internal rate of return",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="(1 + Quarterly rate at which net present value is zero) ^ 4 - 1.",
    denominator="initiatives in the file",
    empty="nothing happened",
    columns=COLUMNS,
    reference=f"A yearly rate; withheld when no rate or more than one fits. {QUARTERS_TAKEN}",
    comparison=Comparison.STATED,
)
def internal_rate_of_return(scope: Scope) -> Measure:
    """The yearly rate at which the net flows are worth nothing, where there is just one."""
    amounts, basis = _whole_life(scope)
    if not basis.n:
        return basis
    flows = net_flows(amounts)
    rate = single_return_rate(flows)
    if rate is not None:
        return _valued(basis, rate_per_year(rate), "")
    if not sign_changes(flows):
        return _valued(basis, None, "net flows never change sign, so no rate fits")
    return _valued(basis, None, f"{len(return_rates(flows)) or 'no'} rates fit the net flows")


@metric(
    id="payback",
    title="Payback time",
    subject=SUBJECT,
    unit=Unit.YEARS,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Years until the running total of net flows is below zero no more.",
    denominator="initiatives in the file",
    empty="nothing happened",
    columns=COLUMNS,
    reference=(
        "Counted from the first quarter in the file, in a straight line within a quarter, "
        f"not discounted; withheld when it is not paid back. {QUARTERS_TAKEN}"
    ),
)
def payback(scope: Scope) -> Measure:
    """Years from the first flow until the running total is below zero no more."""
    amounts, basis = _whole_life(scope)
    if not basis.n:
        return basis
    periods = payback_periods(net_flows(amounts))
    if periods is not None:
        return _valued(basis, periods / PERIODS_A_YEAR, "")
    last = Quarter.from_index(int(amounts.index.max()))
    return _valued(basis, None, f"not paid back by {last}, the last quarter in the file")


RETURN_METRICS = (return_on_investment, net_present_value, internal_rate_of_return, payback)
