"""Money of the initiatives as known at a quarter's end: actual where known, plan after that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from board_report.metrics.cto.reading import total
from board_report.metrics.declare import BoolArray, FloatArray, numbers
from board_report.period import Quarter

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window

INVESTMENTS = "investments"
COSTS = (f"{INVESTMENTS}.quarter", f"{INVESTMENTS}.planned_cost", f"{INVESTMENTS}.actual_cost")
BENEFITS = (f"{INVESTMENTS}.planned_benefit", f"{INVESTMENTS}.realized_benefit")

IntArray = npt.NDArray[np.int64]
"""The index of the quarter of each row (see :attr:`board_report.period.Quarter.index`)."""


@dataclass(frozen=True)
class Amounts:
    """Each row's cost and benefit, in the reporting currency, as known at the quarter's end."""

    index: IntArray
    begun: BoolArray
    """Rows of quarters up to the one reported on."""
    year_to_date: BoolArray
    """Of those, the rows of the fiscal year of the quarter reported on."""
    planned_cost: FloatArray
    planned_benefit: FloatArray
    actual_cost: FloatArray
    """NaN where not known: not booked, or of a quarter after the one reported on."""
    realized_benefit: FloatArray
    """NaN where not known: not confirmed, or of a quarter after the one reported on."""

    @property
    def has_cost(self) -> BoolArray:
        """Rows whose actual cost is known."""
        return ~np.isnan(self.actual_cost)

    @property
    def has_benefit(self) -> BoolArray:
        """Rows whose realized benefit is known."""
        return ~np.isnan(self.realized_benefit)

    @property
    def cost(self) -> FloatArray:
        """Actual cost where known, planned cost otherwise."""
        return np.where(self.has_cost, self.actual_cost, self.planned_cost)

    @property
    def benefit(self) -> FloatArray:
        """Realized benefit where known, planned benefit otherwise."""
        return np.where(self.has_benefit, self.realized_benefit, self.planned_benefit)

    def unknown(self, rows: BoolArray) -> int:
        """Costs and benefits together that are not known, of quarters that have begun."""
        some = rows & self.begun
        return int((some & ~self.has_cost).sum() + (some & ~self.has_benefit).sum())


def read_amounts(frame: pd.DataFrame, window: Window) -> Amounts:
    """The amounts of the rows of ``investments``; what lies after the quarter is plan only."""
    index = quarter_index(frame["quarter"])
    begun = index <= window.quarter.index
    return Amounts(
        index=index,
        begun=begun,
        year_to_date=in_year_to_date(index, window),
        planned_cost=numbers(frame["planned_cost"]),
        planned_benefit=numbers(frame["planned_benefit"]),
        actual_cost=np.where(begun, numbers(frame["actual_cost"]), np.nan),
        realized_benefit=np.where(begun, numbers(frame["realized_benefit"]), np.nan),
    )


def in_year_to_date(index: IntArray, window: Window) -> BoolArray:
    """Quarters of the fiscal year of the quarter reported on, up to it."""
    return (index >= Quarter(window.quarter.year, 1).index) & (index <= window.quarter.index)


def quarter_index(quarters: pd.Series) -> IntArray:
    """The index of each row's quarter, written ``2026-Q3``."""
    texts = quarters.to_numpy(dtype=object)
    return np.array([int(each[:4]) * 4 + int(each[-1]) - 1 for each in texts], dtype=np.int64)


def net_flows(amounts: Amounts, rows: BoolArray | None = None) -> FloatArray:
    """Benefit less cost of each quarter, from the first quarter of the rows to the last.

    A quarter in between that has no rows has a flow of zero. Each flow is rounded to cents.
    """
    chosen = np.ones(len(amounts.index), dtype=bool) if rows is None else rows
    index = amounts.index[chosen]
    if not index.size:
        return np.zeros(0)
    benefit, cost = amounts.benefit[chosen], amounts.cost[chosen]
    single: list[list[float]] = [[] for _ in range(int(index.max() - index.min()) + 1)]
    for at, plus, minus in zip(index - index.min(), benefit, cost, strict=True):
        single[at] += (float(plus), -float(minus))
    return np.array([round(math.fsum(each), 2) + 0.0 for each in single])


def sum_known(values: FloatArray, rows: BoolArray) -> float | None:
    """The sum of the known values of some rows; None when none of them is known."""
    found = values[rows & ~np.isnan(values)]
    return total(found) if found.size else None
