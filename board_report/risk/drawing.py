"""How years are drawn: by array operations, or by compiled loops where that takes less time.

Both give the same numbers, to the last bit. The array operations are the reference; the loops need
numba, which is an extra.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from board_report.risk.correlation import Group
from board_report.risk.distribution import LossHistogram
from board_report.risk.insurance import Policy
from board_report.risk.quantities import FloatArray
from board_report.risk.scenarios import Scenario
from board_report.risk.simulate import Block, YearLosses, blocks_of, draw_scenario, group_scores

Result = TypeVar("Result")

WORTH_LOADING = 30_000_000
"""Scenarios times years from which on loops are used: array operations take about a second for so
many, loops a third of one, and loading what was compiled four tenths. Compiling, which only the
first run does, takes as long as a few hundred million."""

SomeLosses = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Which years of a block, and one scenario's loss in each, in cents."""


class Drawing(Protocol):
    """A way to draw the years of some scenarios; money in whole cents."""

    def scenarios(self, block: Block) -> Iterator[YearLosses]:
        """Each scenario's losses in one block, in the order of the scenarios."""

    def add(self, years: NDArray[np.int64], amounts: FloatArray, totals: FloatArray) -> None:
        """Add amounts to the totals of their years."""

    def histogram(self, losses: FloatArray, trials: int) -> LossHistogram:
        """The histogram of the years with a loss, of so many years."""

    def some_losses(self, drawn: YearLosses, is_kept: NDArray[np.bool_]) -> SomeLosses:
        """A scenario's losses in some years of the block."""

    def each_block(self, work: Callable[[Block], Result], trials: int) -> Iterator[Result]:
        """The work for every block, in their order."""


def drawing_of(
    scenarios: Sequence[Scenario],
    seed: int,
    groups: Sequence[Group],
    policy: Policy | None,
    trials: int,
) -> Drawing:
    """The way that takes less time for so many years.

    Args:
        scenarios: what is drawn.
        seed: of the report.
        groups: of correlated risks.
        policy: in cents, whose claims to keep where the yearly sum is not all that matters.
        trials: number of years.

    Raises:
        ValueError: a scenario is too frequent.
    """
    loops = by_loops() if len(scenarios) * trials >= WORTH_LOADING else None
    chosen: Callable[..., Drawing] = loops or ByArrays
    return chosen(scenarios, seed, groups, policy)


@cache
def by_loops() -> Callable[..., Drawing] | None:
    """Drawing by compiled loops; None where they cannot be had."""
    try:
        from board_report.risk.by_loops import ByLoops
    except Exception:  # noqa: BLE001  (a compiler that fails, however, is never missed)
        return None
    return ByLoops


@dataclass(frozen=True)
class ByArrays:
    """The reference: array operations over one block after the other."""

    of: Sequence[Scenario]
    seed: int
    groups: Sequence[Group]
    policy: Policy | None

    def scenarios(self, block: Block) -> Iterator[YearLosses]:
        """Each scenario's losses in one block, in the order of the scenarios."""
        scores = group_scores(self.groups, self.seed, block)
        for each in self.of:
            yield draw_scenario(each, block, self.seed, scores.get(each.risk_id), self.policy)

    def add(self, years: NDArray[np.int64], amounts: FloatArray, totals: FloatArray) -> None:
        """Add amounts to the totals of their years."""
        totals[years] += amounts

    def histogram(self, losses: FloatArray, trials: int) -> LossHistogram:
        """The histogram of the years with a loss, of so many years."""
        return LossHistogram.of(losses, trials)

    def some_losses(self, drawn: YearLosses, is_kept: NDArray[np.bool_]) -> SomeLosses:
        """A scenario's losses in some years of the block."""
        kept = is_kept[drawn.years]
        return drawn.years[kept].astype(np.int32), drawn.losses[kept].astype(np.float32)

    def each_block(self, work: Callable[[Block], Result], trials: int) -> Iterator[Result]:
        """The work for every block, in their order.

        Threads gain nothing here: the work is many short array operations, which wait for one
        another.
        """
        return map(work, blocks_of(trials))
