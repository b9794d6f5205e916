"""Everything about risk in money that one report says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.risk.assess import (
    assumptions_of,
    gross_and_net,
    position_with_band,
    scenario_results,
)
from board_report.risk.metrics import RiskModel
from board_report.risk.money import RiskInMoney
from board_report.risk.sensitivity import sensitivities

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.tables.schema import TableSet


def risk_in_money(
    model: RiskModel, tables: TableSet, windows: Sequence[Window], discount_rate: float
) -> RiskInMoney | None:
    """One quarter's risk in money; None where no risk can be put into money, or one is faulty.

    Args:
        model: of the report.
        tables: the typed tables.
        windows: the quarters of the report, the one reported on last.
        discount_rate: a year, 0 to 1, for initiatives.
    """
    found = model.simulated(tables, windows[-1])
    if found is None:
        return None
    position = position_with_band(found, model.settings)
    gross, net = gross_and_net(found, position.expected_loss)
    return RiskInMoney(
        position=position,
        statistics=gross,
        net=net,
        convergence=found.convergence,
        scenarios=scenario_results(found),
        sensitivities=sensitivities(found.model.scenarios),
        initiatives=(),
        budgets=(),
        back_test=None,
        assumptions=assumptions_of(found),
        correlated=bool(found.model.correlations),
    )
