"""The investment page's listings: money by initiative and by quarter, planned and actual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.cto.finance import (
    PERIODS_A_YEAR,
    payback_periods,
    present_value,
    rate_per_quarter,
    rate_per_year,
    return_on_cost,
    single_return_rate,
)
from board_report.metrics.cto.flows import (
    INVESTMENTS,
    Amounts,
    net_flows,
    read_amounts,
    sum_known,
)
from board_report.metrics.cto.reading import total
from board_report.metrics.declare import BoolArray, Scope
from board_report.period import Quarter

if TYPE_CHECKING:
    import pandas as pd

INITIATIVE_COLUMNS = (
    "initiative_id",
    "name",
    "owner_role",
    "objective",
    "planned_cost_ytd",
    "actual_cost_ytd",
    "planned_benefit_ytd",
    "realized_benefit_ytd",
    "unknown_ytd",
    "roi",
    "npv",
    "irr",
    "payback_years",
)
QUARTER_COLUMNS = (
    "quarter",
    "planned_cost",
    "actual_cost",
    "planned_benefit",
    "realized_benefit",
    "net_flow",
    "cumulative_flow",
)


def initiative_table(scope: Scope) -> pd.DataFrame:
    """Each initiative's money in the fiscal year to date, and its return over its life.

    Returns:
        One row for each initiative, dearest first by ``actual_cost_ytd``, with the columns of
        :data:`INITIATIVE_COLUMNS`. Amounts are in the reporting currency; ``roi`` and ``irr`` are
        ratios (``irr`` a year); ``unknown_ytd`` counts costs and benefits not known yet;
        ``payback_years`` runs from the initiative's own first quarter. ``npv`` is as of the first
        quarter of the whole file, so that the column adds up to ``net_present_value``. What is
        not defined or not known is None.
    """
    import pandas as pd

    frame = scope.frame(INVESTMENTS)
    amounts = read_amounts(frame, scope.window)
    ids = frame["initiative_id"].to_numpy(dtype=object)
    rate = rate_per_quarter(scope.settings.discount_rate)
    rows = [
        {
            **_described(frame, amounts, ids == each),
            **_year_to_date(amounts, ids == each),
            **_returns(amounts, ids == each, rate),
        }
        for each in dict.fromkeys(ids)
    ]
    rows.sort(key=lambda row: (-_number(row["actual_cost_ytd"]), str(row["name"])))
    # object columns: a None must stay a None and not become NaN
    return pd.DataFrame(rows, columns=list(INITIATIVE_COLUMNS), dtype=object)


def _number(value: object) -> float:
    return value if isinstance(value, float) else float("-inf")


def _described(frame: pd.DataFrame, amounts: Amounts, rows: BoolArray) -> dict[str, object]:
    """What the initiative's latest row says of it."""
    positions = np.flatnonzero(rows)
    latest = frame.iloc[int(positions[amounts.index[positions].argmax()])]
    return {name: latest[name] for name in INITIATIVE_COLUMNS[:4]}


def _year_to_date(amounts: Amounts, rows: BoolArray) -> dict[str, object]:
    chosen = rows & amounts.year_to_date
    return {
        "planned_cost_ytd": total(amounts.planned_cost[chosen]),
        "actual_cost_ytd": sum_known(amounts.actual_cost, chosen),
        "planned_benefit_ytd": total(amounts.planned_benefit[chosen]),
        "realized_benefit_ytd": sum_known(amounts.realized_benefit, chosen),
        "unknown_ytd": amounts.unknown(chosen),
    }


def _returns(amounts: Amounts, rows: BoolArray, rate: float) -> dict[str, object]:
    flows = net_flows(amounts, rows)
    delay = int(amounts.index[rows].min() - amounts.index.min())
    irr, periods = single_return_rate(flows), payback_periods(flows)
    return {
        "roi": return_on_cost(total(amounts.benefit[rows]), total(amounts.cost[rows])),
        "npv": round(present_value(rate, np.concatenate([np.zeros(delay), flows])), 2),
        "irr": None if irr is None else rate_per_year(irr),
        "payback_years": None if periods is None else periods / PERIODS_A_YEAR,
    }


def quarter_table(scope: Scope) -> pd.DataFrame:
    """Plan and actual of all initiatives together by quarter, through the last one in the file.

    Returns:
        One row for each quarter, oldest first, with the columns of :data:`QUARTER_COLUMNS`, in
        the reporting currency. Actual figures are None where none is known. ``net_flow`` is what
        the returns are computed from: benefit less cost, actual where known, plan after that.
    """
    import pandas as pd

    amounts = read_amounts(scope.frame(INVESTMENTS), scope.window)
    flows = net_flows(amounts)
    running = np.round(np.cumsum(flows), 2)
    first = int(amounts.index.min()) if flows.size else 0
    rows = [
        (
            str(Quarter.from_index(first + at)),
            total(amounts.planned_cost[amounts.index == first + at]),
            sum_known(amounts.actual_cost, amounts.index == first + at),
            total(amounts.planned_benefit[amounts.index == first + at]),
            sum_known(amounts.realized_benefit, amounts.index == first + at),
            float(flow),
            float(running[at]),
        )
        for at, flow in enumerate(flows)
    ]
    return pd.DataFrame(rows, columns=list(QUARTER_COLUMNS), dtype=object)
