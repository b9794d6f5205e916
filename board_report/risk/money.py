"""Everything that the pages on risk in money are made from, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from board_report.risk.position import RiskPosition
    from board_report.risk.records import (
        Assumptions,
        BackTest,
        BudgetScenario,
        Convergence,
        InitiativeReturn,
        LossStatistics,
        ScenarioResult,
        Sensitivity,
    )


@dataclass(frozen=True)
class RiskInMoney:
    """One quarter's risk in money: the year's loss, what makes it, what takes it down, and how
    last year's forecasts held."""

    position: RiskPosition
    statistics: LossStatistics
    """The year's loss before insurance."""
    net: LossStatistics | None
    """After insurance; None without a policy."""
    convergence: Convergence
    scenarios: tuple[ScenarioResult, ...]
    """Largest expected loss first."""
    sensitivities: tuple[Sensitivity, ...]
    """Largest swing first."""
    initiatives: tuple[InitiativeReturn, ...]
    """Empty where no initiative was given."""
    budgets: tuple[BudgetScenario, ...]
    """Smallest budget first; empty where no initiative was given."""
    back_test: BackTest | None
    """None where no forecast is a year old."""
    assumptions: Assumptions
    correlated: bool
    """Whether any two risks are drawn together."""
