"""Investment: spend and benefit against plan, and the return of the whole portfolio."""

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
    INVESTMENTS,
    Amounts,
    net_flows,
    read_amounts,
    sum_known,
)
from board_report.metrics.cto.initiatives import initiative_table, quarter_table
from board_report.metrics.cto.reading import total, withheld
from board_report.metrics.declare import (
    BoolArray,
    Direction,
    FloatArray,
    Measure,
    Owner,
    Scope,
    Unit,
    known,
    metric,
    of_quarter,
    remark,
)
from board_report.model import State

__all__ = ("METRICS", "initiative_table", "quarter_table")

SUBJECT = "Investment"
SPLITS = ("objective",)
COSTS = (f"{INVESTMENTS}.quarter", f"{INVESTMENTS}.planned_cost", f"{INVESTMENTS}.actual_cost")
BENEFITS = (f"{INVESTMENTS}.planned_benefit", f"{INVESTMENTS}.realized_benefit")
QUARTERS_TAKEN = (
    "Actual amounts through the quarter reported on, planned ones after it, through the last "
    "quarter in the file; a past amount not known yet is taken at plan and counted in the note."
)


@metric(
    id="spend_actual",
    title="Spend in the quarter",
    subject=SUBJECT,
    unit=Unit.MONEY,
    direction=Direction.NEITHER,
    owner=Owner.CTO,
    formula="sum of the costs booked on all initiatives in the quarter",
    denominator="initiatives with a cost booked in the quarter",
    empty="nothing happened, when no initiative has the quarter; withheld, when none is booked",
    columns=(f"{INVESTMENTS}.quarter", f"{INVESTMENTS}.actual_cost"),
    splits=SPLITS,
    reference="Costs not booked yet are left out, and the note counts them.",
)
def spend_actual(scope: Scope) -> Measure:
    """Cost booked in the quarter, in the reporting currency; costs not booked are counted."""
    frame = scope.frame(INVESTMENTS)
    rows = of_quarter(frame["quarter"], scope.window)
    booked = rows & known(frame["actual_cost"])
    missing = int(rows.sum() - booked.sum())
    note, traced = remark((missing, "without a booked cost")), {INVESTMENTS: rows}
    parts = {"unknown": float(missing)}
    if missing and not booked.any():
        return withheld(note, n=0, rows=traced, parts=parts)
    spent = sum_known(frame["actual_cost"].to_numpy(dtype="float64"), rows)
    return Measure(spent, int(booked.sum()), parts, note, traced)


def _against_plan(
    actual: FloatArray, planned: FloatArray, rows: BoolArray, *, kind: str, missing: str
) -> Measure:
    """Actual over planned amounts of the rows whose actual is known."""
    counted = rows & ~np.isnan(actual)
    size, unknown = int(counted.sum()), int(rows.sum() - counted.sum())
    parts = {
        "numerator": total(actual[counted]),
        "denominator": total(planned[counted]),
        "unknown": float(unknown),
    }
    note, traced = remark((unknown, missing)), {INVESTMENTS: rows}
    if not rows.any():
        return Measure(None, 0, parts, rows=traced)
    if not parts["denominator"]:
        why = f"no {kind} was planned for what is known" if size else note
        return withheld(why, n=size, rows=traced, parts=parts)
    return Measure(parts["numerator"] / parts["denominator"], size, parts, note, traced)


@metric(
    id="spend_against_plan",
    title="Spend against plan",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.NEITHER,
    owner=Owner.CTO,
    formula="actual cost / planned cost, fiscal year to date, where the actual is known",
    denominator="quarterly costs of initiatives booked in the fiscal year to date",
    empty="nothing happened, when the year has none; withheld, when none is booked or planned",
    columns=COSTS,
    splits=SPLITS,
    reference="Plan and actual cover the same quarters; costs not booked are in neither.",
)
def spend_against_plan(scope: Scope) -> Measure:
    """Booked over planned cost of the same initiatives and quarters, fiscal year to date."""
    known_now = read_amounts(scope.frame(INVESTMENTS), scope.window)
    return _against_plan(
        known_now.actual_cost,
        known_now.planned_cost,
        known_now.year_to_date,
        kind="cost",
        missing="without a booked cost",
    )


@metric(
    id="benefit_against_plan",
    title="Benefit against plan",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="realized / planned benefit, fiscal year to date, where the realized is known",
    denominator="quarterly benefits of initiatives confirmed in the fiscal year to date",
    empty="nothing happened, when the year has none; withheld, when none is confirmed or planned",
    columns=(f"{INVESTMENTS}.quarter", *BENEFITS),
    splits=SPLITS,
    reference="Benefits that Finance has not confirmed are in neither sum; the note counts them.",
)
def benefit_against_plan(scope: Scope) -> Measure:
    """Confirmed over planned benefit of the same initiatives and quarters, year to date."""
    known_now = read_amounts(scope.frame(INVESTMENTS), scope.window)
    return _against_plan(
        known_now.realized_benefit,
        known_now.planned_benefit,
        known_now.year_to_date,
        kind="benefit",
        missing="without a confirmed benefit",
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
    formula="(benefit - cost) / cost, over all quarters in the file",
    denominator="initiatives in the file",
    empty="nothing happened, before the first quarter in the file; withheld, when nothing costs",
    columns=(*COSTS, *BENEFITS, f"{INVESTMENTS}.initiative_id"),
    splits=SPLITS,
    reference=f"Not discounted. {QUARTERS_TAKEN}",
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
    formula="sum of (benefit - cost) / (1 + discount rate) ^ (quarters since the first / 4)",
    denominator="initiatives in the file",
    empty="nothing happened, before the first quarter in the file",
    columns=(*COSTS, *BENEFITS, f"{INVESTMENTS}.initiative_id"),
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
    value = round(present_value(rate_per_quarter(annual), net_flows(amounts)), 2)
    return _valued(basis, value, f"at a discount rate of {annual * 100:g}% a year")


@metric(
    id="internal_rate_of_return",
    title="Internal rate of return",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="(1 + quarterly rate at which net present value is zero) ^ 4 - 1",
    denominator="initiatives in the file",
    empty="nothing happened, before the first quarter; withheld, when no rate or several fit",
    columns=(*COSTS, *BENEFITS, f"{INVESTMENTS}.initiative_id"),
    reference=f"A yearly rate. {QUARTERS_TAKEN}",
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
    formula="years until the running total of net flows is below zero no more",
    denominator="initiatives in the file",
    empty="nothing happened, before the first quarter; withheld, when it is not paid back",
    columns=(*COSTS, *BENEFITS, f"{INVESTMENTS}.initiative_id"),
    reference=(
        "Counted from the first quarter in the file, in a straight line within a quarter, "
        f"not discounted. {QUARTERS_TAKEN}"
    ),
)
def payback(scope: Scope) -> Measure:
    """Years from the first flow until the running total is below zero no more."""
    amounts, basis = _whole_life(scope)
    if not basis.n:
        return basis
    periods = payback_periods(net_flows(amounts))
    last = str(max(scope.frame(INVESTMENTS)["quarter"]))
    if periods is None:
        return _valued(basis, None, f"not paid back by {last}, the last quarter in the file")
    return _valued(basis, periods / PERIODS_A_YEAR, "")


METRICS = (
    spend_actual,
    spend_against_plan,
    benefit_against_plan,
    return_on_investment,
    net_present_value,
    internal_rate_of_return,
    payback,
)
