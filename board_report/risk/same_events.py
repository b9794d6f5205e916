"""One scenario's events in one block, drawn once for many beliefs about how often they are.

The numbers drawn are those of :func:`~board_report.risk.simulate.draw_scenario`: a belief decides
only how many events a year has, never how large one of them is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from board_report.risk.draws import event_places, scenario_key
from board_report.risk.events import event_losses
from board_report.risk.quantities import FloatArray
from board_report.risk.ranks import ranked
from board_report.risk.scenarios import Scenario
from board_report.risk.simulate import Block, Drawn, YearLosses, has_reached, year_numbers

_NONE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True)
class SameEvents:
    """The events of all years in which any of the beliefs has one."""

    years: NDArray[np.int64]
    """Places within the block, ascending."""
    reached: Drawn
    """The number drawn for each of these years."""
    places: tuple[NDArray[np.int64], ...]
    """For the first, second, ... events: which of the years may have one."""
    losses: tuple[FloatArray, ...]
    """Their losses in cents."""
    is_correlated: bool

    def under(self, levels: FloatArray) -> YearLosses:
        """The losses of the years when these numbers drawn have an event, one more, and so on."""
        if not len(levels):
            return YearLosses(self.years[:0], np.zeros(0), {})
        total = np.zeros(len(self.years))
        for level, places, losses in zip(levels, self.places, self.losses, strict=False):
            has = has_reached(self.reached[places], level)
            if not has.any():
                break
            total[places[has]] += losses[has]
        kept = has_reached(self.reached, levels[0])
        years, losses = self.years[kept], total[kept]
        if self.is_correlated:
            losses, _ = ranked(np.asarray(self.reached[kept], dtype=np.float64), losses, {})
        return YearLosses(years, losses, {})


def same_events(
    scenario: Scenario,
    levels: Sequence[FloatArray],
    block: Block,
    seed: int,
    scores: FloatArray | None = None,
) -> SameEvents:
    """Draw what any of the beliefs needs.

    Args:
        scenario: whose losses one event has.
        levels: for each belief, the numbers drawn from which on a year has one event more.
        block: which years.
        seed: of the report.
        scores: of its years, where it is correlated, as for ``draw_scenario``.
    """
    drawn = year_numbers(scenario, block, seed) if scores is None else scores
    # Where a belief has no such level, that of another is the least.
    least = max(levels, key=len).copy()
    for each in levels:
        least[: len(each)] = np.minimum(least[: len(each)], each)
    years = np.flatnonzero(has_reached(drawn, least[0])) if len(least) else _NONE
    reached = drawn[years]
    key, begins = scenario_key(seed, scenario.risk_id), event_places(block.first + years)
    places, losses = [], []
    left = np.arange(len(years))
    for number, level in enumerate(least):
        left = left[has_reached(reached[left], level)]
        if not len(left):
            break
        places.append(left)
        losses.append(event_losses(scenario, key, begins[left], number).total)
    return SameEvents(years, reached, tuple(places), tuple(losses), scores is not None)
