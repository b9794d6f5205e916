"""All years of a loss model: totals, each scenario's share, and what the worst are made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from board_report.risk.distribution import LossHistogram
from board_report.risk.drawing import SomeLosses, drawing_of
from board_report.risk.insurance import Claims, Policy
from board_report.risk.quantities import FloatArray
from board_report.risk.scenarios import Scenario
from board_report.risk.simulate import CENTS, Block, LossModel

TAIL = 0.05
"""The worst years whose make-up is kept: one in 20."""
_KEPT = 0.1
"""Share of each block's years kept while it is not known which are among the worst of all."""


@dataclass(frozen=True)
class Years:
    """So many simulated years; money in whole cents."""

    gross: FloatArray
    """Loss of each year before insurance."""
    net: FloatArray | None
    """The same after insurance; None without a policy."""
    scenarios: tuple[LossHistogram, ...]
    """In the order of the model's."""
    tail_shares: tuple[float, ...]
    """Each scenario's share of the loss in the worst ``TAIL`` of years, 0 to 1."""


@dataclass(frozen=True)
class _Part:
    """What one block gives."""

    gross: FloatArray
    net: FloatArray | None
    histograms: tuple[LossHistogram, ...]
    worst: tuple[SomeLosses, ...]
    """For each scenario its losses in the block's bad years."""


def simulate(model: LossModel, trials: int) -> Years:
    """Simulate so many years of the whole model.

    Args:
        model: scenarios, correlations, insurance and seed.
        trials: number of years.

    Raises:
        ValueError: correlations contradict one another, or a scenario is too frequent.
    """
    groups = model.groups()
    policy = None if model.insurance is None else Policy.of(model.insurance, CENTS)

    drawing = drawing_of(model.scenarios, model.seed, groups, policy, trials)

    def work(block: Block) -> _Part:
        gross = np.zeros(block.size)
        claims = Claims(np.zeros(block.size))
        drawn = list(drawing.scenarios(block))
        for found in drawn:
            drawing.add(found.years, found.losses, gross)
            for form, amounts in found.claims.items():
                drawing.add(found.years, amounts, claims.of(form))
        if policy is not None and policy.is_plain:
            claims = Claims(gross)
        net = None if policy is None else gross - policy.paid(claims)
        is_bad = gross >= np.quantile(gross, 1 - _KEPT)
        return _Part(
            gross,
            net,
            tuple(drawing.histogram(each.losses, block.size) for each in drawn),
            tuple(drawing.some_losses(each, is_bad) for each in drawn),
        )

    return _joined(drawing.each_block(work, trials), len(model.scenarios))


def _joined(parts: Iterable[_Part], scenarios: int) -> Years:
    """All blocks; their histograms are added as they come, since all of them fill the memory."""
    histograms = tuple(LossHistogram.empty() for _ in range(scenarios))
    kept = []
    for part in parts:
        for histogram, more in zip(histograms, part.histograms, strict=True):
            histogram.add(more)
        kept.append(replace(part, histograms=()))
    gross = np.concatenate([each.gross for each in kept])
    nets = [each.net for each in kept if each.net is not None]
    net = np.concatenate(nets) if nets else None
    return Years(gross, net, histograms, _tail(gross, kept))


def _tail(gross: FloatArray, parts: Sequence[_Part]) -> tuple[float, ...]:
    """Shares of the loss in the worst years; all 0 where even those cost nothing."""
    limit = float(np.quantile(gross, 1 - TAIL))
    sums = [0.0] * len(parts[0].worst)
    for part in parts:
        is_tail = part.gross >= limit
        for at, (years, losses) in enumerate(part.worst):
            sums[at] += float(losses[is_tail[years]].sum(dtype=np.float64))
    total = math.fsum(sums)
    return tuple(each / total if total else 0.0 for each in sums)


Changes = Mapping[str, tuple[float, float]]
"""Risk to what is left of its frequency and of its losses: (0.7, 1.0)."""


def simulate_changed(
    model: LossModel, changes: Mapping[str, Changes], trials: int
) -> dict[str, FloatArray]:
    """Total loss before insurance of the same years under several changes of the scenarios.

    Every set sees the same random years, so where a change only lessens, no year is worse.

    Args:
        model: what is changed.
        changes: name of a set to its changes; an empty set is the model as it is.
        trials: number of years.

    Returns:
        Name to whole cents, one for each year.
    """
    groups = model.groups()
    known: dict[tuple[str, tuple[float, float]], Scenario] = {}
    for set_ in changes.values():
        for scenario in model.scenarios:
            how = set_.get(scenario.risk_id, (1.0, 1.0))
            if (scenario.risk_id, how) not in known:
                known[scenario.risk_id, how] = scenario.changed(*how)

    drawing = drawing_of(tuple(known.values()), model.seed, groups, None, trials)

    def work(block: Block) -> dict[str, FloatArray]:
        drawn = dict(zip(known, drawing.scenarios(block), strict=True))
        totals = {}
        for name, set_ in changes.items():
            total = np.zeros(block.size)
            for scenario in model.scenarios:
                found = drawn[scenario.risk_id, set_.get(scenario.risk_id, (1.0, 1.0))]
                drawing.add(found.years, found.losses, total)
            totals[name] = total
        return totals

    parts = list(drawing.each_block(work, trials))
    return {name: np.concatenate([part[name] for part in parts]) for name in changes}
