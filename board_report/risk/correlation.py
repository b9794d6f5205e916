"""Which risks come together: rank correlations as a Gaussian copula."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from board_report.risk.draws import SCALE
from board_report.risk.quantities import FloatArray

_ROWS = 16
"""Rows of scores that are mixed at a time."""
LEAST_EIGENVALUE = 1e-9
"""Below this a matrix of correlations is not positive definite for our purpose."""


@dataclass(frozen=True)
class Group:
    """Risks that are correlated with one another, by chains of pairs, and with no other."""

    risk_ids: tuple[str, ...]
    whole_factor: FloatArray
    """Lower Cholesky factor of their normal scores' correlation, times SCALE, in whole numbers."""

    def correlate(self, scores: FloatArray) -> FloatArray:
        """Correlated scores from independent whole ones, shape ``(risks, years)``.

        Both are times ``SCALE`` and in whole numbers. Products and sums of whole numbers below
        2^53 are exact, in whatever order a processor takes them.
        """
        mixed = np.empty_like(scores)
        for at in range(0, len(scores), _ROWS):
            # The factor is a lower triangle: what lies to the right of these rows is nothing.
            end = min(at + _ROWS, len(scores))
            np.matmul(self.whole_factor[at:end, :end], scores[:end], out=mixed[at:end])
        mixed *= 1 / SCALE
        return np.floor(mixed, out=mixed)


def pearson(rank_correlation: float) -> float:
    """The correlation of normal scores that gives a Spearman rank correlation (Pearson 1907)."""
    return 2 * math.sin(math.pi * rank_correlation / 6)


def correlation_matrix(
    risk_ids: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> FloatArray:
    """The correlation of normal scores; a pair that is not given is 0."""
    places = {risk: at for at, risk in enumerate(risk_ids)}
    found = np.eye(len(risk_ids))
    for (one, other), rank in pairs.items():
        found[places[one], places[other]] = found[places[other], places[one]] = pearson(rank)
    return found


def is_positive_definite(matrix: FloatArray) -> bool:
    """Whether any risks can be correlated so."""
    return bool(np.linalg.eigvalsh(matrix)[0] > LEAST_EIGENVALUE)


def largest_share(risk_ids: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> float:
    """The largest share, in steps of 0.01, to which all rank correlations would have to shrink."""
    for percent in range(100, 0, -1):
        smaller = {pair: rank * percent / 100 for pair, rank in pairs.items()}
        if is_positive_definite(correlation_matrix(risk_ids, smaller)):
            return percent / 100
    return 0.0


def chained(
    risk_ids: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> tuple[tuple[str, ...], ...]:
    """Risks that are correlated with one another, directly or by a chain of pairs.

    Each group is in the order of ``risk_ids``; a zero joins nothing.
    """
    told = [pair for pair, rank in pairs.items() if rank]
    left = [risk for risk in risk_ids if any(risk in pair for pair in told)]
    groups = []
    while left:
        members, grown = {left[0]}, True
        while grown:
            near = {risk for pair in told if members & set(pair) for risk in pair}
            grown = not near <= members
            members |= near
        groups.append(tuple(risk for risk in left if risk in members))
        left = [risk for risk in left if risk not in members]
    return tuple(groups)


def correlated_groups(
    risk_ids: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> tuple[Group, ...]:
    """The groups that the pairs make, ready to correlate their scores.

    Args:
        risk_ids: all scenarios.
        pairs: two of them to their rank correlation, -1 to 1; a zero joins nothing.

    Raises:
        ValueError: a group's correlations contradict one another, or a pair names no scenario.
    """
    strangers = {risk for pair in pairs for risk in pair} - set(risk_ids)
    if strangers:
        raise ValueError(f"no such scenario to correlate: {', '.join(sorted(strangers))}")
    groups = []
    for ordered in chained(risk_ids, pairs):
        own = {pair: rank for pair, rank in pairs.items() if rank and pair[0] in ordered}
        matrix = correlation_matrix(ordered, own)
        if not is_positive_definite(matrix):
            raise ValueError(f"correlations of {', '.join(ordered)} contradict one another")
        groups.append(Group(ordered, np.rint(np.linalg.cholesky(matrix) * SCALE)))
    return tuple(groups)
