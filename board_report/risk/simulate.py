"""Simulate years of loss, with a generator handed in and one stream for each scenario."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from board_report.risk.scenarios import Scenario

FloatArray = NDArray[np.float64]


def scenario_generator(seed: int, risk_id: str) -> np.random.Generator:
    """A generator that depends on the seed and the scenario's number alone.

    A scenario then sees the same random years whatever other scenarios stand beside it, so two
    registers can be compared without the noise of the draw.
    """
    words = [seed, *risk_id.encode()]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def simulate_scenario(
    scenario: Scenario, trials: int, generator: np.random.Generator
) -> FloatArray:
    """Annual loss of one scenario in each simulated year, in the reporting currency.

    The year's rate is drawn from the belief, the number of events is Poisson given the rate, and
    each event's loss is lognormal. Shape ``(trials,)``.
    """
    rates = np.exp(
        scenario.events_a_year.mu + scenario.events_a_year.sigma * generator.standard_normal(trials)
    )
    events = generator.poisson(rates)
    losses = np.exp(
        scenario.loss.mu + scenario.loss.sigma * generator.standard_normal(int(events.sum()))
    )
    years = np.repeat(np.arange(trials), events)
    return np.bincount(years, weights=losses, minlength=trials).astype(np.float64)


def simulate_years(scenarios: Sequence[Scenario], trials: int, seed: int) -> FloatArray:
    """Annual loss by scenario and year, scenarios independent. Shape ``(scenarios, trials)``."""
    if not scenarios:
        return np.zeros((0, trials))
    return np.stack(
        [
            simulate_scenario(each, trials, scenario_generator(seed, each.risk_id))
            for each in scenarios
        ]
    )
