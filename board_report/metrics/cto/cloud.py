"""Cloud cost: what the quarter's charges come to, and what discounts save of their list price."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    days_within,
    equals,
    known,
    metric,
    numbers,
)
from board_report.model import State

if TYPE_CHECKING:
    import pandas as pd

SUBJECT = "Projects and cloud"
CLOUD = "cloud_costs"
START = f"{CLOUD}.charge_period_start"
LIST = f"{CLOUD}.list_cost"
SPECIFICATION = "FinOps Foundation, FOCUS 1.0"
OTHER = "not named"
"""Category of the charges that name none."""


def charged(scope: Scope) -> BoolArray:
    """Charges whose period begins in the quarter."""
    return days_within(scope.frame(CLOUD)["charge_period_start"], scope.window)


@metric(
    id="cloud_spend",
    title="Cloud spend in the quarter",
    subject=SUBJECT,
    unit=Unit.MONEY,
    direction=Direction.NEITHER,
    owner=Owner.CTO,
    formula="Sum of the effective cost of charges whose period begins in the quarter.",
    denominator="cloud charges of the quarter",
    empty="nothing happened",
    columns=(START, f"{CLOUD}.effective_cost", f"{CLOUD}.charge_category"),
    splits=("charge_category",),
    reference=(
        f"{SPECIFICATION}. Effective and not billed cost: a commitment paid in advance is then "
        "spread over its use, and counts neither twice nor in one quarter alone."
    ),
    accumulates=True,
    only_if_given=True,
    comparison=Comparison.STATED,
)
def cloud_spend(scope: Scope) -> Measure:
    """Effective cost in the reporting currency; nothing is rounded before it is summed."""
    rows = charged(scope)
    cost = numbers(scope.frame(CLOUD)["effective_cost"])[rows]
    size = int(rows.sum())
    return Measure(fsum(cost.tolist()) if size else None, size, rows={CLOUD: rows})


@metric(
    id="cloud_savings_rate",
    title="Cloud savings rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="(List cost - effective cost) / list cost, of usage whose list cost is known.",
    denominator="cloud charges for usage of the quarter with a known list cost",
    empty="nothing happened",
    columns=(START, f"{CLOUD}.effective_cost", LIST, f"{CLOUD}.charge_category"),
    needs=(LIST,),
    minimum_n=5,
    only_if_given=True,
    reference=(
        f"{SPECIFICATION}. Of usage alone: a commitment's purchase, taxes and credits have no list "
        "price of their own. Withheld when list costs do not sum to more than zero."
    ),
    comparison=Comparison.LEVEL,
)
def cloud_savings_rate(scope: Scope) -> Measure:
    """What negotiated rates and commitments save, 0 to 1; below zero where they cost more."""
    frame = scope.frame(CLOUD)
    usage = charged(scope) & equals(frame["charge_category"], "usage")
    rows = usage & known(frame["list_cost"])
    full = fsum(numbers(frame["list_cost"])[rows].tolist())
    paid = fsum(numbers(frame["effective_cost"])[rows].tolist())
    judged, traced = {LIST: usage}, {CLOUD: rows}
    parts = {"numerator": full - paid, "denominator": full}
    size = int(rows.sum())
    if size and full <= 0:
        why = "the list costs do not sum to more than zero"
        return Measure(None, size, parts, why, traced, State.WITHHELD, judged)
    value = (full - paid) / full if size else None
    return Measure(value, size, parts, rows=traced, judged=judged)


def spend_by_category(scope: Scope) -> pd.DataFrame:
    """Effective cost of the quarter by service category, most first.

    Columns ``service_category``, ``cost`` and ``charges``; charges that name no category are
    together under ``not named``.
    """
    import pandas as pd

    frame = scope.frame(CLOUD)[charged(scope)]
    names = frame["service_category"].fillna(OTHER)
    rows = [
        (name, fsum(some["effective_cost"].tolist()), len(some))
        for name, some in frame.groupby(names, sort=True)
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=["service_category", "cost", "charges"])


METRICS = (cloud_spend, cloud_savings_rate)
