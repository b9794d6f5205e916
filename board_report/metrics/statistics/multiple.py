"""Judging many comparisons at once: of a hundred, some look like news by chance alone."""

from __future__ import annotations

from collections.abc import Sequence

FALSE_DISCOVERIES = 0.10
"""Of what is called news, the share that may be chance, on average over many reports."""


def discoveries(chances: Sequence[float], share: float = FALSE_DISCOVERIES) -> tuple[bool, ...]:
    """Which p-values are news, so that no more than a share of the news is expected to be chance.

    The largest p-value that is at most its rank over their number times the share is news, and so
    is every smaller one.

    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995).

    Args:
        chances: p-values, 0 to 1, in any order.
        share: the false discovery rate.

    Raises:
        ValueError: a p-value is not between 0 and 1.
    """
    if not all(0 <= each <= 1 for each in chances):
        raise ValueError("a p-value lies between 0 and 1")
    bounds = [
        chance
        for rank, chance in enumerate(sorted(chances), start=1)
        if chance <= share * rank / len(chances)
    ]
    return tuple(bool(bounds) and each <= bounds[-1] for each in chances)
