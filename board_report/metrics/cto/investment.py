"""Investment: spend of the quarter, and spend and benefit of the year against plan."""

from __future__ import annotations

from board_report.metrics.cto.flows import (
    BENEFITS,
    COSTS,
    INVESTMENTS,
    in_year_to_date,
    quarter_index,
    sum_known,
)
from board_report.metrics.cto.initiatives import initiative_table, quarter_table
from board_report.metrics.cto.reading import total, withheld
from board_report.metrics.cto.returns import RETURN_METRICS, SPLITS, SUBJECT
from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    known,
    metric,
    numbers,
    of_quarter,
    remark,
)

__all__ = ("METRICS", "initiative_table", "quarter_table")


@metric(
    id="spend_actual",
    title="Spend in the quarter",
    subject=SUBJECT,
    unit=Unit.MONEY,
    direction=Direction.NEITHER,
    owner=Owner.CTO,
    formula="Sum of the costs booked on all initiatives in the quarter.",
    denominator="initiatives with a cost booked in the quarter",
    empty="nothing happened",
    columns=(f"{INVESTMENTS}.quarter", f"{INVESTMENTS}.actual_cost"),
    splits=SPLITS,
    reference="Costs not booked yet are left out and counted; withheld when none is booked.",
    accumulates=True,
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
    spent = sum_known(numbers(frame["actual_cost"]), rows)
    return Measure(spent, int(booked.sum()), parts, note, traced)


def _against_plan(scope: Scope, actual: str, planned: str, kind: str, missing: str) -> Measure:
    """Actual over planned amounts of the year to date, of the rows whose actual is known."""
    frame = scope.frame(INVESTMENTS)
    rows = in_year_to_date(quarter_index(frame["quarter"]), scope.window)
    counted = rows & known(frame[actual])
    size, unknown = int(counted.sum()), int(rows.sum() - counted.sum())
    parts = {
        "numerator": total(numbers(frame[actual])[counted]),
        "denominator": total(numbers(frame[planned])[counted]),
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
    formula="Actual cost / planned cost, fiscal year to date, where the actual is known.",
    denominator="quarterly costs of initiatives booked in the fiscal year to date",
    empty="nothing happened",
    columns=COSTS,
    splits=SPLITS,
    reference="Costs not booked are in neither sum; withheld when none is booked or planned.",
    comparison=Comparison.STATED,
)
def spend_against_plan(scope: Scope) -> Measure:
    """Booked over planned cost of the same initiatives and quarters, fiscal year to date."""
    return _against_plan(scope, "actual_cost", "planned_cost", "cost", "without a booked cost")


@metric(
    id="benefit_against_plan",
    title="Benefit against plan",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Realized / planned benefit, fiscal year to date, where the realized is known.",
    denominator="quarterly benefits of initiatives confirmed in the fiscal year to date",
    empty="nothing happened",
    columns=(f"{INVESTMENTS}.quarter", *BENEFITS),
    splits=SPLITS,
    reference=(
        "Benefits not confirmed by Finance are in neither sum; "
        "withheld when none is confirmed or planned."
    ),
    comparison=Comparison.STATED,
)
def benefit_against_plan(scope: Scope) -> Measure:
    """Confirmed over planned benefit of the same initiatives and quarters, year to date."""
    return _against_plan(
        scope, "realized_benefit", "planned_benefit", "benefit", "without a confirmed benefit"
    )


METRICS = (spend_actual, spend_against_plan, benefit_against_plan, *RETURN_METRICS)
