"""The year's loss against appetite, tolerance and insurance, summarized for the board."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from board_report.risk.scenarios import (
    Scenario,
    count_unquantified,
    expected_total,
    read_scenarios,
)
from board_report.risk.simulate import FloatArray, simulate_years

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Quarter
    from board_report.project import CurvePoint, Insurance, RiskSettings

CURVE_PROBABILITIES: tuple[float, ...] = tuple(
    1 / years for years in (2, 2.5, 3, 4, 5, 6.5, 8, 10, 12.5, 15, 20, 25, 30, 40, 50, 65, 80, 100)
)
"""From one year in two to one year in a hundred."""
Z_80 = 1.2815515655446004
"""Standard normal quantile at 90%: P10 to P90."""


@dataclass(frozen=True)
class TopRisk:
    """One scenario as it stands in the list of largest risks."""

    risk_id: str
    short_title: str
    owner_role: str
    chance_a_year: float
    loss_p10: float
    loss_median: float
    loss_p90: float
    expected_loss: float


@dataclass(frozen=True)
class RiskPosition:
    """The distribution of one year's loss, before insurance unless it says net."""

    quarter: Quarter
    trials: int
    seed: int
    expected_loss: float
    """Annualized loss expectancy in closed form, reporting currency."""
    exceedance: tuple[tuple[float, float], ...]
    """(chance in a year, loss reached or exceeded with that chance), most likely first."""
    loss_1_in_20: float
    loss_1_in_20_error: tuple[float, float]
    """95% interval of the 1-in-20 loss from the finite number of simulated years."""
    loss_1_in_100: float
    tolerance_1_in_20: float | None
    tolerance_exceedance: float | None
    """Chance in a year that losses exceed the 1-in-20 tolerance."""
    net_exceedance: tuple[tuple[float, float], ...]
    """The same curve after insurance; empty without a policy."""
    payers_1_in_20: tuple[float, float, float] | None
    """Retained below, paid by insurers, and ours above the layer, in the 1-in-20 year."""
    top: tuple[TopRisk, ...]
    """All scenarios, largest expected loss first."""
    unquantified: int
    lines: tuple[int, ...] = ()

    @property
    def largest_share(self) -> float | None:
        """The largest risk's share of expected loss, 0 to 1; None where there is no loss."""
        return self.top[0].expected_loss / self.expected_loss if self.expected_loss else None

    @property
    def net_1_in_20(self) -> float | None:
        """The 1-in-20 loss after insurance, reporting currency; None without a policy."""
        return dict(self.net_exceedance).get(1 / 20)

    def expected_loss_beyond(self, count: int) -> float:
        """Expected loss of all scenarios but the ``count`` largest, reporting currency."""
        return math.fsum(each.expected_loss for each in self.top[count:])


def curve_at(points: Sequence[CurvePoint], probability: float) -> float | None:
    """The loss of an appetite or tolerance curve at a probability; None outside the curve.

    Interpolates linearly in loss over the logarithm of the probability, as the page draws it.
    """
    ordered = sorted(points, key=lambda point: point.probability)
    chances = [point.probability for point in ordered]
    if not chances or not chances[0] <= probability <= chances[-1]:
        return None
    losses = [point.loss for point in ordered]
    return float(np.interp(np.log(probability), np.log(chances), losses))


def net_of_insurance(losses: FloatArray, insurance: Insurance) -> FloatArray:
    """What the company bears of each year's loss after an annual aggregate layer."""
    paid = np.clip(losses - insurance.retention, 0.0, insurance.limit)
    return losses - paid


def exceedance_curve(losses: FloatArray) -> tuple[tuple[float, float], ...]:
    """The loss reached or exceeded with each of the page's probabilities."""
    levels = np.quantile(losses, [1 - each for each in CURVE_PROBABILITIES])
    return tuple(zip(CURVE_PROBABILITIES, (float(each) for each in levels), strict=True))


def quantile_interval(losses: FloatArray, level: float) -> tuple[float, float]:
    """95% interval of a simulated quantile from order statistics (binomial, normal approx.)."""
    count = len(losses)
    spread = 1.959963984540054 * (count * level * (1 - level)) ** 0.5
    ordered = np.sort(losses)
    low = max(int(np.floor(count * level - spread)), 0)
    high = min(int(np.ceil(count * level + spread)), count - 1)
    return float(ordered[low]), float(ordered[high])


def assess_position(
    register: pd.DataFrame, quarter: Quarter, settings: RiskSettings
) -> RiskPosition | None:
    """The risk position of one quarter, or None where the register has no scenario for it.

    Args:
        register: the typed ``risk_register`` table.
        quarter: whose scenarios to take.
        settings: seed, trials, appetite, tolerance and insurance.
    """
    scenarios = read_scenarios(register, quarter)
    if not scenarios:
        return None
    total = simulate_years(scenarios, settings.trials, settings.seed).sum(axis=0)
    tolerance = curve_at(settings.tolerance, 0.05)
    worst = float(np.quantile(total, 0.95))
    return RiskPosition(
        quarter=quarter,
        trials=settings.trials,
        seed=settings.seed,
        expected_loss=expected_total(scenarios),
        exceedance=exceedance_curve(total),
        loss_1_in_20=worst,
        loss_1_in_20_error=quantile_interval(total, 0.95),
        loss_1_in_100=float(np.quantile(total, 0.99)),
        tolerance_1_in_20=tolerance,
        tolerance_exceedance=None if tolerance is None else float((total > tolerance).mean()),
        net_exceedance=_net_curve(total, settings.insurance),
        payers_1_in_20=_payers(worst, settings.insurance),
        top=tuple(sorted(map(_top_risk, scenarios), key=lambda risk: -risk.expected_loss)),
        unquantified=count_unquantified(register, quarter),
        lines=tuple(each.line for each in scenarios),
    )


def _net_curve(losses: FloatArray, insurance: Insurance | None) -> tuple[tuple[float, float], ...]:
    return exceedance_curve(net_of_insurance(losses, insurance)) if insurance else ()


def _payers(loss: float, insurance: Insurance | None) -> tuple[float, float, float] | None:
    if insurance is None:
        return None
    below = min(loss, insurance.retention)
    insured = min(max(loss - insurance.retention, 0.0), insurance.limit)
    return below, insured, loss - below - insured


def _top_risk(scenario: Scenario) -> TopRisk:
    return TopRisk(
        risk_id=scenario.risk_id,
        short_title=scenario.short_title,
        owner_role=scenario.owner_role,
        chance_a_year=scenario.chance_a_year,
        loss_p10=scenario.loss.percentile(-Z_80),
        loss_median=scenario.loss.median,
        loss_p90=scenario.loss.percentile(Z_80),
        expected_loss=scenario.expected_loss,
    )
