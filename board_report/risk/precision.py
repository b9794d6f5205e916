"""How many years are enough: simulate until the figures that are printed no longer move."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from board_report.risk.distribution import (
    Z_95,
    error_of_mean,
    mean_of,
    percentile,
    quantile_interval,
)
from board_report.risk.draws import BLOCK
from board_report.risk.records import Convergence, Interval
from board_report.risk.simulate import CENTS, LossModel
from board_report.risk.years import Years, simulate

if TYPE_CHECKING:
    from board_report.project import RiskSettings

SAFETY = 1.1
"""More years than the pilot asks for, since its errors are estimates themselves."""


def simulate_enough(model: LossModel, settings: RiskSettings) -> tuple[Years, Convergence]:
    """So many years as the settings ask for: a number, or a precision.

    With a precision a pilot of one block says how many years are needed; a second run has them
    all. The relative standard errors of the expected loss and of the 1-in-20 loss must both keep
    to it.

    Raises:
        ValueError: correlations contradict one another.
    """
    aim = settings.precision
    if aim is None:
        years = simulate(model, settings.trials)
        return years, convergence_of(years, model.seed, None)
    trials = min(BLOCK, settings.max_trials)
    while True:
        years = simulate(model, trials)
        found = convergence_of(years, model.seed, aim)
        if found.is_reached or trials >= settings.max_trials:
            return years, found
        share = max(relative_errors(years, found)) / aim
        wanted = math.ceil(trials * share**2 * SAFETY / BLOCK) * BLOCK
        trials = min(max(wanted, trials + BLOCK), settings.max_trials)


def convergence_of(years: Years, seed: int, aim: float | None) -> Convergence:
    """The errors that are left by so many years."""
    cents = quantile_interval(years.gross, 0.95)
    interval = Interval(cents.low / CENTS, cents.high / CENTS)
    found = Convergence(
        trials=len(years.gross),
        seed=seed,
        precision=aim,
        is_reached=True,
        expected_error=error_of_mean(years.gross),
        var_95_error=(interval.high - interval.low) / (2 * Z_95),
        var_95_interval=interval,
    )
    if aim is None or max(relative_errors(years, found)) <= aim:
        return found
    return replace(found, is_reached=False)


def relative_errors(years: Years, found: Convergence) -> tuple[float, float]:
    """Standard errors of the mean and of the 1-in-20 loss, as shares of them; 0 for a loss of 0."""
    mean, worst = mean_of(years.gross), percentile(years.gross, 0.95) / CENTS
    return (
        found.expected_error / mean if mean else 0.0,
        found.var_95_error / worst if worst else 0.0,
    )
