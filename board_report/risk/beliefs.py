"""What is not known of the inputs themselves: intervals of expected loss, and of the bad year.

A year's loss is uncertain because events are chance. Its distribution is uncertain too, because
the owners give their frequencies as ranges and a fit rests on a few incidents. Only the second is
drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from board_report.risk.distribution import CURVE_PROBABILITIES
from board_report.risk.draws import BLOCK, year_generator
from board_report.risk.quantities import FloatArray, Limited, Lognormal, normal_score
from board_report.risk.records import Interval
from board_report.risk.same_events import same_events
from board_report.risk.scenarios import LossPart, Scenario
from board_report.risk.simulate import (
    CENTS,
    Block,
    LossModel,
    YearLosses,
    draw_scenario,
    event_levels,
    group_scores,
)

BELIEFS = 20_000
"""Beliefs drawn for intervals of expected loss."""
BAND_BELIEFS = 60
"""Beliefs drawn for the band about the exceedance curve."""
BAND_YEARS = 20_000
"""Years simulated under each of them, the same for all."""


def belief_scores(seed: int, risk_id: str, count: int) -> FloatArray:
    """Normal scores of beliefs about rate, vulnerability and loss, shape ``(3, count)``."""
    chances = year_generator(seed, f"belief:{risk_id}", 0).random((3, count))
    return normal_score(np.maximum(chances, 2.0**-54))


def expected_losses(scenarios: Sequence[Scenario], seed: int, count: int = BELIEFS) -> FloatArray:
    """Expected loss a year of each scenario under each belief, ``(scenarios, count)``."""
    return np.stack(
        [each.expected_given(*belief_scores(seed, each.risk_id, count)) for each in scenarios]
    )


def middle_80(values: FloatArray) -> Interval:
    """P10 to P90."""
    low, high = np.quantile(values, (0.1, 0.9))
    return Interval(float(low), float(high))


def believed(scenario: Scenario, scores: FloatArray) -> Scenario:
    """The scenario under one belief.

    Args:
        scenario: with all that is believed of it.
        scores: normal scores of rate, vulnerability and loss.
    """
    rate, vulnerability, loss = (float(each) for each in scores)
    return replace(
        scenario,
        frequency=scenario.frequency.believed(rate, vulnerability),
        parts=tuple(_believed_part(each, loss) for each in scenario.parts),
    )


def _believed_part(part: LossPart, score: float) -> LossPart:
    """The part with its middle where one belief puts it, and the spread of losses alone."""
    error = part.log_error
    inner = part.amount.inner if isinstance(part.amount, Limited) else part.amount
    if not error or not isinstance(inner, Lognormal):
        return part
    spread = max(inner.sigma**2 - error**2, 0.0) ** 0.5
    known = Lognormal(inner.mu + error * score, spread)
    amount = replace(part.amount, inner=known) if isinstance(part.amount, Limited) else known
    return replace(part, amount=amount, log_error=0.0)


def loss_curves(model: LossModel, beliefs: int = BAND_BELIEFS) -> FloatArray:
    """The exceedance curve under each belief, reporting currency, ``(beliefs, probabilities)``."""
    size = min(BAND_YEARS, BLOCK)
    block = Block(0, size)
    scores = group_scores(model.groups(), model.seed, block)
    drawn = {
        each.risk_id: belief_scores(model.seed, each.risk_id, beliefs) for each in model.scenarios
    }
    totals = np.zeros((beliefs, size))
    for scenario in model.scenarios:
        some = [believed(scenario, each) for each in drawn[scenario.risk_id].T]
        own = scores.get(scenario.risk_id)
        for total, found in zip(
            totals, _years_under(scenario, some, block, model.seed, own), strict=True
        ):
            total[found.years] += found.losses
    shares = [1 - each for each in CURVE_PROBABILITIES]
    return np.asarray(np.quantile(totals, shares, axis=1).T / CENTS, dtype=np.float64)


def _years_under(
    scenario: Scenario,
    beliefs: Sequence[Scenario],
    block: Block,
    seed: int,
    scores: FloatArray | None,
) -> Iterator[YearLosses]:
    """The losses of the same years under each belief about a scenario."""
    if any(each.log_error for each in scenario.parts):
        # What is believed of the losses differs, too.
        yield from (draw_scenario(each, block, seed, scores) for each in beliefs)
        return
    is_correlated = scores is not None
    levels = [event_levels(each.frequency, is_correlated=is_correlated) for each in beliefs]
    events = same_events(scenario, levels, block, seed, scores)
    yield from (events.under(each) for each in levels)


def band_of(curves: FloatArray) -> tuple[tuple[float, float, float], ...]:
    """(chance in a year, P10, P90 of the loss reached with it) of curves under many beliefs."""
    low, high = np.quantile(curves, (0.1, 0.9), axis=0)
    return tuple(
        (chance, float(below), float(above))
        for chance, below, above in zip(CURVE_PROBABILITIES, low, high, strict=True)
    )


def estimate_at(curves: FloatArray, chance: float) -> Interval:
    """P10 to P90 of the loss reached with one of the curve's probabilities.

    Raises:
        ValueError: the curve has no such probability.
    """
    return middle_80(curves[:, CURVE_PROBABILITIES.index(chance)])


def bad_year_interval(model: LossModel, scenarios: Sequence[Scenario]) -> Interval:
    """P10 to P90 of the 1-in-20 loss when the model has these scenarios instead."""
    changed = replace(model, scenarios=tuple(scenarios))
    return estimate_at(loss_curves(changed), 1 / 20)
