"""Last year's forecasts against what happened, for every scenario and for all of them together.

Intervals are predictive: they hold what is not known of a rate or a loss and the chance that is
left when it is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.risk.distribution import LossHistogram, percentile
from board_report.risk.forecast_scores import (
    brier_score,
    climatology_score,
    doubled_tail,
    log_score,
    poisson_binomial,
)
from board_report.risk.frequency import YearlyCount
from board_report.risk.incident_year import IncidentYear, incident_year, obstacle
from board_report.risk.promise_outcomes import promise_outcomes
from board_report.risk.records import BackTest, Interval, RiskForecast
from board_report.risk.rows import Row, number
from board_report.risk.scenarios import Scenario
from board_report.risk.simulate import CENTS, LossModel
from board_report.risk.years import simulate

if TYPE_CHECKING:
    from board_report.period import Quarter, Window
    from board_report.tables.schema import TableSet

LOW, HIGH = 0.05, 0.95
"""Ends of a 90% predictive interval."""


def back_test(
    tables: TableSet,
    forecasts: LossModel,
    made_in: Quarter,
    windows: Sequence[Window],
    trials: int,
    *,
    time_zone: str = "UTC",
) -> BackTest | None:
    """How the forecasts of a year ago held.

    The chance of every scenario, the interval of its number of events and the interval of its loss
    are set beside the incidents that name it. The year's loss is that of the incidents that name a
    risk with a forecast; what nobody forecast is counted beside it (``unassigned``), since an
    interval of other losses says nothing of it.

    ``calibration_p`` takes scenarios as independent: where they are correlated, many inside or
    many outside at once is less telling than it says.

    Args:
        tables: ``incidents``; ``risk_register``, ``initiatives`` and ``initiative_effects`` where
            they were given.
        forecasts: the model of the register of ``made_in``.
        made_in: the quarter before the first of the windows.
        windows: the four quarters that the forecasts were for, oldest first, as known at the as-of
            date.
        trials: years to simulate.
        time_zone: of the company, in which the day of an incident is taken.

    Returns:
        None where nothing can be checked: :func:`~board_report.risk.incident_year.obstacle` says
        why.

    Raises:
        ValueError: there are not four consecutive windows, correlations contradict one another, or
            a scenario is too frequent.
    """
    if obstacle(tables, forecasts, windows) is not None:
        return None
    year = incident_year(tables, forecasts, made_in, windows)
    drawn = simulate(forecasts, trials)
    rows = tuple(
        _forecast(scenario, losses, year)
        for scenario, losses in zip(forecasts.scenarios, drawn.scenarios, strict=True)
    )
    chances, happened = [each.chance for each in rows], [each.events > 0 for each in rows]
    inside = sum(each.is_inside for each in rows)
    held = [
        coverage(scenario.frequency.count, row.events_interval)
        for scenario, row in zip(forecasts.scenarios, rows, strict=True)
    ]
    counted = [each for row in rows for each in year.of(row.risk_id)]
    return BackTest(
        made_in=made_in,
        first=windows[0].quarter,
        last=windows[-1].quarter,
        rows=rows,
        inside=inside,
        brier=brier_score(chances, happened),
        brier_reference=climatology_score(happened),
        log_score=log_score(chances, happened),
        calibration_p=doubled_tail(poisson_binomial(held), inside),
        total_interval=Interval(
            percentile(drawn.gross, LOW) / CENTS, percentile(drawn.gross, HIGH) / CENTS
        ),
        total_median=percentile(drawn.gross, 0.5) / CENTS,
        total_loss=booked(counted),
        uncosted=sum(number(each, "cost") is None for each in counted),
        unassigned=len(year.unassigned),
        promises=promise_outcomes(tables, forecasts, windows[-1], time_zone),
    )


def _forecast(scenario: Scenario, losses: LossHistogram, year: IncidentYear) -> RiskForecast:
    incidents = year.of(scenario.risk_id)
    return RiskForecast(
        risk_id=scenario.risk_id,
        short_title=scenario.short_title,
        owner_role=scenario.owner_role,
        chance=scenario.chance_a_year,
        events_expected=scenario.frequency.mean,
        events_interval=events_interval(scenario.frequency.count),
        events=len(incidents),
        loss_interval=Interval(losses.quantile(LOW) / CENTS, losses.quantile(HIGH) / CENTS),
        loss=booked(incidents),
    )


def events_interval(count: YearlyCount) -> Interval:
    """The 90% predictive interval of a number of events; both ends belong to it.

    Fewer than the low end have a chance below 5%, more than the high end one of at most 5%. As
    events come whole, it holds more than 90%, and for a rare risk often nearly everything:
    :func:`coverage` says how much.
    """
    return Interval(float(count.quantile(LOW)), float(count.quantile(HIGH)))


def coverage(count: YearlyCount, interval: Interval) -> float:
    """The chance that a number of events falls into an interval, both ends included, 0 to 1."""
    low, high = int(interval.low), int(interval.high)
    below = float(count.cdf[low - 1]) if low else 0.0
    return float(count.cdf[high]) - below


def booked(incidents: Sequence[Row]) -> float | None:
    """The cost booked for incidents, reporting currency; None where one of them has none yet."""
    costs = [number(each, "cost") for each in incidents]
    known = [each for each in costs if each is not None]
    return math.fsum(known) if len(known) == len(costs) else None
