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
        Interval,
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
    """None where forecasts cannot be held against what happened."""
    assumptions: Assumptions
    correlated: bool
    """Whether any two risks are drawn together."""
    expected_interval: Interval | None = None
    """P10 to P90 of the expected loss of all scenarios together."""
    back_test_obstacle: str = ""
    """Why there is no back-test, as a clause; empty where there is one."""
