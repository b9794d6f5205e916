"""The losses of single events, form by form, in whole cents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from board_report.risk.draws import EventNumbers, numbered
from board_report.risk.insurance import Policy
from board_report.risk.quantities import FloatArray, Quantity
from board_report.risk.scenarios import PRODUCTIVITY, Scenario

CENTS = 100.0
"""Losses are simulated in hundredths of the reporting currency."""
SECONDARY_DRAW, OUTAGE_DRAW = 1, 2


@dataclass(frozen=True)
class EventLosses:
    """The losses of single events, part by part."""

    forms: tuple[str, ...]
    losses: tuple[FloatArray, ...]
    """Cents, one array for each part."""
    outage_hours: FloatArray | None

    @property
    def total(self) -> FloatArray:
        """All forms together."""
        first, *others = self.losses
        return sum(others, start=first)

    def claimable(self, policy: Policy) -> dict[str, FloatArray]:
        """What could be claimed of each event, by form."""
        found: dict[str, FloatArray] = {}
        for form, losses in zip(self.forms, self.losses, strict=True):
            amount = policy.claimable(form, losses, self.outage_hours)
            found[form] = found[form] + amount if form in found else amount
        return found


def event_losses(
    scenario: Scenario, key: int, places: NDArray[np.uint64], number: int = 0
) -> EventLosses:
    """The losses of one event in each of some years.

    Args:
        scenario: whose events.
        key: of the scenario's sequence of random numbers.
        places: of the years in it.
        number: of the event within its year, from 0.
    """
    numbers = EventNumbers(key, numbered(places, number))
    reacted = np.zeros(0, dtype=np.intp)
    if any(each.is_secondary for each in scenario.parts):
        reacted = numbers.happens(SECONDARY_DRAW, scenario.secondary_chance)
    losses = []
    for at, part in enumerate(scenario.parts):
        amounts = part.amount.at(
            numbers.scores(part_draw(at), reacted if part.is_secondary else None)
        )
        amounts *= scenario.magnitude * CENTS
        np.rint(amounts, out=amounts)
        if part.is_secondary:
            all_ = np.zeros(len(places))
            all_[reacted] = amounts
            amounts = all_
        losses.append(amounts)
    outage = None
    if (hours := outage_of(scenario)) is not None:
        outage = hours.at(numbers.scores(OUTAGE_DRAW))
    return EventLosses(tuple(each.form for each in scenario.parts), tuple(losses), outage)


def outage_of(scenario: Scenario) -> Quantity | None:
    """The hours of an outage, where a loss depends on them."""
    is_lost = any(each.form == PRODUCTIVITY for each in scenario.parts)
    return scenario.outage_hours if is_lost else None


def part_draw(at: int) -> int:
    """Which number of an event is a part's; the first shares an output with the secondary one."""
    return at + 2 if at else 0
