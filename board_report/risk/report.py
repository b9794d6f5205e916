"""Everything about risk in money that one report says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from board_report.risk.assess import (
    assumptions_of,
    expected_interval,
    gross_and_net,
    position_with_band,
    scenario_results,
)
from board_report.risk.back_test import back_test
from board_report.risk.back_test_findings import back_test_findings
from board_report.risk.beliefs import bad_year_interval
from board_report.risk.budgets import budget_scenarios
from board_report.risk.incident_year import Obstacle, obstacle
from board_report.risk.initiative_findings import initiative_findings
from board_report.risk.investments import initiative_returns
from board_report.risk.metrics import RiskModel
from board_report.risk.money import RiskInMoney
from board_report.risk.sensitivity import sensitivities

if TYPE_CHECKING:
    from board_report.model import Finding
    from board_report.period import Window
    from board_report.risk.position import Simulated
    from board_report.risk.records import BackTest
    from board_report.tables.schema import TableSet

YEAR = 4
"""Quarters of a year."""
MOST_COMPARED = 100_000
"""Years drawn with and without each initiative, and under each budget: the same random ones, so
that a difference needs fewer of them than a level."""


def risk_in_money(
    model: RiskModel,
    tables: TableSet,
    windows: Sequence[Window],
    *,
    discount_rate: float,
    time_zone: str,
) -> RiskInMoney | None:
    """One quarter's risk in money; None where no risk can be put into money, or one is faulty.

    Args:
        model: of the report.
        tables: the typed tables.
        windows: the quarters of the report, the one reported on last.
        discount_rate: a year, 0 to 1, for initiatives.
        time_zone: in which the days of promises are counted.
    """
    found = model.simulated(tables, windows[-1])
    if found is None:
        return None
    position = position_with_band(found, model.settings)
    gross, net = gross_and_net(found, position.expected_loss)
    compared = min(found.convergence.trials, MOST_COMPARED)
    tested, why_not = _back_test(model, tables, windows, time_zone)
    return RiskInMoney(
        position=position,
        statistics=gross,
        net=net,
        convergence=found.convergence,
        scenarios=scenario_results(found),
        sensitivities=sensitivities(found.model.scenarios),
        initiatives=initiative_returns(
            tables, found.model, windows[-1].quarter, discount_rate, compared
        ),
        budgets=budget_scenarios(
            tables,
            found.model,
            model.settings,
            position.tolerance_1_in_20,
            compared,
            lambda scenarios: bad_year_interval(found.model, scenarios),
            windows[-1].quarter,
        ),
        back_test=tested,
        assumptions=assumptions_of(found),
        correlated=bool(found.model.correlations),
        expected_interval=expected_interval(found),
        back_test_obstacle=why_not,
    )


def risk_findings(
    model: RiskModel, tables: TableSet, windows: Sequence[Window], metric_ids: Collection[str]
) -> tuple[Finding, ...]:
    """What is wrong with what the model is told: risks, initiatives, and the year's incidents.

    Args:
        model: of the report.
        tables: the typed tables.
        windows: the quarters of the report, the one reported on last.
        metric_ids: the catalogue's.
    """
    reading = model.reading(tables, windows[-1])
    risk_ids = reading.registered if reading else ()
    forecast = _forecast(model, tables, windows)
    return (
        *model.findings(tables, windows[-1]),
        *initiative_findings(tables, risk_ids, metric_ids, model.settings.budget),
        *(
            back_test_findings(tables, forecast.model, forecast.reading.quarter, windows[-YEAR:])
            if forecast
            else ()
        ),
    )


def _forecast(model: RiskModel, tables: TableSet, windows: Sequence[Window]) -> Simulated | None:
    """The model of the register of a year ago, as it was known then."""
    return model.simulated(tables, windows[-1 - YEAR]) if len(windows) > YEAR else None


def _back_test(
    model: RiskModel, tables: TableSet, windows: Sequence[Window], time_zone: str
) -> tuple[BackTest | None, str]:
    """How the forecasts of a year ago held, or why that cannot be said."""
    forecast, year = _forecast(model, tables, windows), windows[-YEAR:]
    if forecast is None:
        return None, str(Obstacle.NO_FORECAST)
    why_not = obstacle(tables, forecast.model, year)
    if why_not is not None:
        return None, str(why_not)
    made_in = forecast.reading.quarter
    trials = min(forecast.convergence.trials, MOST_COMPARED)
    tested = back_test(tables, forecast.model, made_in, year, trials, time_zone=time_zone)
    return tested, ""
