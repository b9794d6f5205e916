"""The year's loss against appetite, tolerance and insurance, summarized for the board."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from board_report.risk.distribution import CURVE_PROBABILITIES, exceedance_curve
from board_report.risk.draws import event_places, scenario_key
from board_report.risk.events import CENTS, event_losses
from board_report.risk.precision import simulate_enough
from board_report.risk.quantities import FloatArray, Lognormal
from board_report.risk.records import Convergence, Curve, Interval
from board_report.risk.scenarios import Scenario, expected_total
from board_report.risk.simulate import LossModel
from board_report.risk.years import Years

if TYPE_CHECKING:
    from board_report.period import Quarter
    from board_report.project import CurvePoint, Insurance, RiskSettings
    from board_report.risk.read import RiskReading

__all__ = [
    "CURVE_PROBABILITIES",
    "RiskPosition",
    "Simulated",
    "TopRisk",
    "assess_position",
    "curve_at",
    "event_range",
]

Z_80 = 1.2815515655446004
"""Standard normal quantile at 90%: P10 to P90."""
EVENTS_SAMPLED = 20_000
"""Events drawn for the percentiles of a loss that has several forms."""


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
    exceedance: Curve
    """(chance in a year, loss reached or exceeded with that chance), most likely first."""
    loss_1_in_20: float
    loss_1_in_20_error: tuple[float, float]
    """95% interval of the 1-in-20 loss from the finite number of simulated years."""
    loss_1_in_100: float
    tolerance_1_in_20: float | None
    tolerance_exceedance: float | None
    """Chance in a year that losses exceed the 1-in-20 tolerance."""
    net_exceedance: Curve
    """The same curve after insurance; empty without a policy."""
    payers_1_in_20: tuple[float, float, float] | None
    """Retained below, taken off by insurers, and ours beside and above, of the 1-in-20 loss."""
    top: tuple[TopRisk, ...]
    """All scenarios, largest expected loss first."""
    unquantified: int
    lines: tuple[int, ...] = ()
    band: tuple[tuple[float, float, float], ...] = ()
    """(chance in a year, P10, P90 of the estimate of the loss reached with it); empty where it was
    not drawn."""
    estimate_1_in_20: Interval | None = None
    """P10 to P90 of the 1-in-20 loss, from what is not known of frequencies and fits."""
    appetite_exceedance: tuple[tuple[float, float, float], ...] = ()
    """(chance that the appetite allows, its loss, chance that the model gives that loss)."""
    limit_exceedance: tuple[tuple[float, float, float], ...] = ()
    """The same for the points of the tolerance curve."""

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


@dataclass(frozen=True)
class Simulated:
    """One quarter's model with its years."""

    reading: RiskReading
    model: LossModel
    years: Years
    convergence: Convergence


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


def simulated(reading: RiskReading, settings: RiskSettings) -> Simulated | None:
    """The years of one quarter's risks; None where none can be put into money, or one is faulty."""
    if reading.is_faulty or not reading.scenarios:
        return None
    model = reading.model(settings)
    years, convergence = simulate_enough(model, settings)
    return Simulated(reading, model, years, convergence)


def assess_position(found: Simulated, settings: RiskSettings) -> RiskPosition:
    """The risk position of one quarter.

    Args:
        found: the quarter's simulated years.
        settings: appetite, tolerance and insurance.
    """
    gross, scenarios = found.years.gross, found.model.scenarios
    tolerance = curve_at(settings.tolerance, 0.05)
    worst = float(np.quantile(gross, 0.95)) / CENTS
    error = found.convergence.var_95_interval
    top = [_top_risk(each, found.model.seed) for each in scenarios]
    return RiskPosition(
        quarter=found.reading.quarter,
        trials=len(gross),
        seed=found.model.seed,
        expected_loss=expected_total(scenarios),
        exceedance=_in_money(exceedance_curve(gross)),
        loss_1_in_20=worst,
        loss_1_in_20_error=(error.low, error.high),
        loss_1_in_100=float(np.quantile(gross, 0.99)) / CENTS,
        tolerance_1_in_20=tolerance,
        tolerance_exceedance=None if tolerance is None else _chance_over(gross, tolerance),
        net_exceedance=()
        if found.years.net is None
        else _in_money(exceedance_curve(found.years.net)),
        payers_1_in_20=_payers(found.years, worst, settings.insurance),
        top=tuple(sorted(top, key=lambda risk: -risk.expected_loss)),
        unquantified=found.reading.unquantified,
        lines=tuple(each.line for each in scenarios),
        appetite_exceedance=_held_against(gross, settings.appetite),
        limit_exceedance=_held_against(gross, settings.tolerance),
    )


def _in_money(cents: Curve) -> Curve:
    return tuple((chance, loss / CENTS) for chance, loss in cents)


def _chance_over(cents: FloatArray, loss: float) -> float:
    return float((cents > loss * CENTS).mean())


def _held_against(
    cents: FloatArray, points: Sequence[CurvePoint]
) -> tuple[tuple[float, float, float], ...]:
    """Each point of a curve with the chance that the model gives its loss."""
    return tuple((each.probability, each.loss, _chance_over(cents, each.loss)) for each in points)


def _payers(
    years: Years, loss: float, insurance: Insurance | None
) -> tuple[float, float, float] | None:
    """Who pays the 1-in-20 loss: what it is before insurance, less what it is after."""
    if insurance is None or years.net is None:
        return None
    ours = min(float(np.quantile(years.net, 0.95)) / CENTS, loss)
    below = min(ours, insurance.retention)
    return below, loss - ours, ours - below


def event_range(scenario: Scenario, seed: int) -> tuple[float, float, float]:
    """P10, median and P90 of the loss of one event, reporting currency."""
    amount = scenario.parts[0].amount
    if scenario.is_interval and isinstance(amount, Lognormal):
        low, middle, high = amount.at(np.array([-Z_80, 0.0, Z_80])) * scenario.magnitude
        return float(low), float(middle), float(high)
    places = event_places(np.arange(EVENTS_SAMPLED))
    drawn = event_losses(scenario, scenario_key(seed, scenario.risk_id), places)
    low, middle, high = np.quantile(drawn.total, (0.1, 0.5, 0.9)) / CENTS
    return float(low), float(middle), float(high)


def _top_risk(scenario: Scenario, seed: int) -> TopRisk:
    low, middle, high = event_range(scenario, seed)
    return TopRisk(
        risk_id=scenario.risk_id,
        short_title=scenario.short_title,
        owner_role=scenario.owner_role,
        chance_a_year=scenario.chance_a_year,
        loss_p10=low,
        loss_median=middle,
        loss_p90=high,
        expected_loss=scenario.expected_loss,
    )
