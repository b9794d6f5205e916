"""Which stated input moves the expected loss: each alone through its 90% interval."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from board_report.risk.frequency import CountKind
from board_report.risk.quantities import Z_90, Fixed
from board_report.risk.records import Sensitivity
from board_report.risk.scenarios import LossPart, Scenario, expected_total


def sensitivities(scenarios: Sequence[Scenario]) -> tuple[Sensitivity, ...]:
    """Every input that is not known for certain, the one that moves most first."""
    total = expected_total(scenarios)
    found = [
        Sensitivity(
            scenario.risk_id,
            scenario.short_title,
            name,
            total - scenario.expected_loss + at_low,
            total - scenario.expected_loss + at_high,
        )
        for scenario in scenarios
        for name, at_low, at_high in _swings(scenario)
        if at_low != at_high
    ]
    return tuple(sorted(found, key=lambda each: each.at_low - each.at_high))


def _loss_name(part: LossPart) -> str:
    """As a reader calls it: ``response``, ``reputation, secondary``."""
    name = part.form.replace("_", " ")
    if not part.is_secondary:
        return name or "loss of one event"
    return f"{name}, secondary" if name else "secondary loss"


def _swings(scenario: Scenario) -> Iterator[tuple[str, float, float]]:
    """Name of an input, and the scenario's expected loss with it at either end."""
    ends = np.array([-Z_90, Z_90])
    frequency = scenario.frequency
    event = scenario.mean_event_loss
    is_tree = frequency.vulnerability != Fixed(1.0)
    if frequency.kind is not CountKind.WHOLE_NUMBER:
        low, high = frequency.rate.at(ends) * frequency.vulnerability.mean * frequency.factor
        name = "threat event frequency" if is_tree else "loss event frequency"
        yield name, float(low) * event, float(high) * event
    if is_tree and not isinstance(frequency.vulnerability, Fixed):
        mean = frequency.vulnerability.mean
        low, high = np.clip(frequency.vulnerability.at(ends), 0, 1) / mean * frequency.mean
        yield "vulnerability", float(low) * event, float(high) * event
    if scenario.secondary_belief is not None:
        later = math.fsum(each.amount.mean for each in scenario.parts if each.is_secondary)
        weight = scenario.magnitude * frequency.mean * later
        rest = scenario.expected_loss - weight * scenario.secondary_chance
        low, high = np.clip(scenario.secondary_belief.at(ends), 0, 1) * weight
        yield "chance of secondary loss", rest + float(low), rest + float(high)
    for part in scenario.parts:
        weight = scenario.magnitude * frequency.mean
        weight *= scenario.secondary_chance if part.is_secondary else 1.0
        rest = scenario.expected_loss - weight * part.amount.mean
        low, high = part.amount.at(ends) * weight
        name = _loss_name(part)
        yield name, rest + float(low), rest + float(high)
