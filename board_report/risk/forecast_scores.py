"""Scores of forecasts against what happened: Brier, logarithmic, and how many intervals held.

Chances and outcomes are one for each forecast, in the same order; all functions are symmetrical in
that order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from board_report.risk.quantities import FloatArray

SURE = 1e-6
"""No forecast is taken to be surer than this: one that was sure and wrong would score infinity."""


def brier_score(chances: Sequence[float], happened: Sequence[bool]) -> float:
    """Mean squared difference of chance and outcome: 0 is perfect, 1/4 is a coin's (Brier 1950).

    Args:
        chances: forecast probability of each event, 0 to 1.
        happened: whether it came to pass.

    Raises:
        ValueError: there is no forecast, or not one outcome for each.
    """
    given, seen = _pairs(chances, happened)
    return float(np.mean((given - seen) ** 2))


def climatology_score(happened: Sequence[bool]) -> float:
    """The Brier score of who gives every event the share that came to pass: ``share (1 - share)``.

    The share is known only afterwards, so this reference is a strict one: it is never above 1/4,
    and is 0 where everything happened or nothing did.

    Raises:
        ValueError: there is no outcome.
    """
    share = float(np.mean(happened)) if len(happened) else 0.0
    return brier_score([share] * len(happened), happened)


def log_score(chances: Sequence[float], happened: Sequence[bool]) -> float:
    """Mean negative natural logarithm of the chance given to what happened (Good 1952): 0 is best.

    Chances are kept :data:`SURE` away from 0 and 1, so that one forecast adds 13.8 at most.

    Raises:
        ValueError: there is no forecast, or not one outcome for each.
    """
    given, seen = _pairs(chances, happened)
    kept = np.clip(given, SURE, 1 - SURE)
    return float(-np.mean(np.log(np.where(seen == 1, kept, 1 - kept))))


def poisson_binomial(chances: Sequence[float]) -> FloatArray:
    """Chances of 0, 1, ... n successes in n independent trials that differ in their chance.

    Exact, by convolving one trial after the other.

    Args:
        chances: probability of success of each trial, 0 to 1.

    Returns:
        One more number than there are trials; their sum is 1.
    """
    found = np.ones(1)
    for each in chances:
        found = np.convolve(found, [1 - each, each])
    return found


def doubled_tail(masses: FloatArray, seen: int) -> float:
    """Two-sided exact probability of an outcome: twice the smaller tail, 1 at most.

    Either tail includes the outcome itself. Doubling the tail is the rule that goes with central
    (equal-tailed) intervals, and unlike adding up the outcomes that are no likelier it never jumps
    when a chance changes a little.

    Args:
        masses: chance of 0, 1, 2, ...
        seen: which of them came to pass.

    Raises:
        ValueError: it is none of them.
    """
    if not 0 <= seen < len(masses):
        raise ValueError(f"{seen} is none of {len(masses)} outcomes")
    return min(2 * min(float(masses[: seen + 1].sum()), float(masses[seen:].sum())), 1.0)


def _pairs(chances: Sequence[float], happened: Sequence[bool]) -> tuple[FloatArray, FloatArray]:
    given = np.asarray(chances, dtype=np.float64)
    seen = np.asarray(happened, dtype=np.float64)
    if not len(given) or given.shape != seen.shape:
        raise ValueError(f"{len(given)} forecasts cannot be scored by {len(seen)} outcomes")
    return given, seen
