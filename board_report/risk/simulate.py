"""Simulate years of loss in blocks: memory is bounded, and the order of work changes nothing.

Losses are counted in whole cents, so that sums are exact in whatever order they are taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from board_report.risk.correlation import Group, correlated_groups
from board_report.risk.draws import (
    BLOCK,
    SCALE,
    TWO_32,
    event_places,
    scenario_key,
    whole_scores,
    year_bits,
    year_generator,
)
from board_report.risk.events import CENTS, event_losses
from board_report.risk.frequency import Frequency
from board_report.risk.insurance import Policy
from board_report.risk.quantities import FloatArray
from board_report.risk.ranks import ranked
from board_report.risk.scenarios import Scenario

__all__ = [
    "CENTS",
    "Block",
    "LossModel",
    "YearLosses",
    "blocks_of",
    "draw_scenario",
    "event_levels",
    "group_scores",
    "has_reached",
    "year_numbers",
]

if TYPE_CHECKING:
    from board_report.project import Insurance

_NONE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True)
class LossModel:
    """All scenarios of one quarter, how they hang together, and who pays."""

    scenarios: tuple[Scenario, ...]
    seed: int
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Two risks to the rank correlation of their yearly losses, -1 to 1."""
    insurance: Insurance | None = None

    def groups(self) -> tuple[Group, ...]:
        """The groups of correlated risks.

        Raises:
            ValueError: their correlations contradict one another.
        """
        return correlated_groups([each.risk_id for each in self.scenarios], self.correlations)


@dataclass(frozen=True)
class YearLosses:
    """One scenario's losses in one block, for the years that have any."""

    years: NDArray[np.int64]
    """Places within the block, ascending."""
    losses: FloatArray
    """Cents in each of these years."""
    claims: Mapping[str, FloatArray]
    """What could be claimed of insurers, by form; ``""`` is under no sublimit."""


@dataclass(frozen=True)
class Block:
    """Years that were drawn together."""

    first: int
    size: int

    @property
    def number(self) -> int:
        """Which block it is."""
        return self.first // BLOCK


def blocks_of(trials: int) -> list[Block]:
    """The blocks that so many years are drawn in; the last may be shorter."""
    return [Block(at, min(BLOCK, trials - at)) for at in range(0, trials, BLOCK)]


def group_scores(groups: Sequence[Group], seed: int, block: Block) -> dict[str, FloatArray]:
    """Normal scores of each year, times ``SCALE``, for the risks that are correlated."""
    found: dict[str, FloatArray] = {}
    for group in groups:
        drawn = np.empty((len(group.risk_ids), block.size))
        for risk_id, row in zip(group.risk_ids, drawn, strict=True):
            whole_scores(year_generator(seed, risk_id, block.number), row)
        found.update(zip(group.risk_ids, group.correlate(drawn), strict=True))
    return found


Drawn = FloatArray | NDArray[np.uint32]
"""A number for each year: 32 bits, or a score times ``SCALE`` where the scenario is correlated."""


def year_numbers(scenario: Scenario, block: Block, seed: int) -> NDArray[np.uint32]:
    """The numbers of the years of a scenario that is correlated with no other."""
    return year_bits(year_generator(seed, scenario.risk_id, block.number), block.size)


def event_levels(frequency: Frequency, *, is_correlated: bool) -> FloatArray:
    """The numbers drawn from which on a year has one event, two events, and so on; ascending.

    Those that nothing drawn can reach are left out.
    """
    count = frequency.count
    levels = np.ceil(count.thresholds * SCALE if is_correlated else count.cdf * TWO_32)
    return levels[levels < (np.inf if is_correlated else TWO_32)]


def has_reached(drawn: Drawn, level: float) -> NDArray[np.bool_]:
    """Whether each number drawn is at a level or above it."""
    return np.asarray(drawn >= drawn.dtype.type(level))


def draw_scenario(
    scenario: Scenario,
    block: Block,
    seed: int,
    scores: FloatArray | None = None,
    policy: Policy | None = None,
) -> YearLosses:
    """One scenario's losses in the years of one block.

    Args:
        scenario: what is drawn.
        block: which years.
        seed: of the report.
        scores: normal scores of its years, times ``SCALE``, where it is correlated; the worse
            years have the higher ones. Drawn here otherwise.
        policy: whose claims to keep, where the yearly sum is not all that matters.
    """
    drawn = year_numbers(scenario, block, seed) if scores is None else scores
    levels = event_levels(scenario.frequency, is_correlated=scores is not None)
    years = np.flatnonzero(has_reached(drawn, levels[0])) if len(levels) else _NONE
    reached = drawn[years]
    losses = np.zeros(len(years))
    claims: dict[str, FloatArray] = {}
    key = scenario_key(seed, scenario.risk_id)
    places = event_places(block.first + years)
    # The first events of all years that have any, then the second ones, and so on.
    left = np.arange(len(years))
    for number, level in enumerate(levels):
        if number:
            left = left[has_reached(reached[left], level)]
        if not len(left):
            break
        events = event_losses(scenario, key, places if not number else places[left], number)
        losses[left] += events.total
        if policy is not None and not policy.is_plain:
            for form, amounts in policy.event_claims(events.claimable(policy)).items():
                claims.setdefault(form, np.zeros(len(years)))[left] += amounts
    if scores is not None:
        losses, claims = ranked(scores[years], losses, claims)
    return YearLosses(years, losses, claims)
