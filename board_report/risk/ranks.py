"""Put a scenario's yearly losses in the order of its scores, as Iman and Conover (1982) do.

The marginal distribution stays as it is; only which losses fall into the same year changes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from board_report.risk.quantities import FloatArray

_SHIFT = 2.0**31


def ranked(
    scores: FloatArray, losses: FloatArray, claims: Mapping[str, FloatArray]
) -> tuple[FloatArray, dict[str, FloatArray]]:
    """The same years' losses such that the year with the highest score has the largest.

    Args:
        scores: whole numbers below 2^31 in size, one for each year.
        losses: of the years.
        claims: what could be claimed of them, by form; it moves with the loss.
    """
    order = rank_order(scores)
    moved = np.empty_like(losses)
    if not claims:
        moved[order] = np.sort(losses)
        return moved, {}
    by_size = np.argsort(losses, kind="stable")
    moved[order] = losses[by_size]
    found = {}
    for form, amounts in claims.items():
        found[form] = np.empty_like(amounts)
        found[form][order] = amounts[by_size]
    return moved, found


def rank_order(scores: FloatArray) -> NDArray[np.int64]:
    """Places of whole scores, ascending; where two are the same the earlier year comes first.

    Two passes over sixteen bits each, which are several times faster than comparing.
    """
    keys = (scores + _SHIFT).astype("<u4").view("<u2").reshape(-1, 2)
    by_low = np.argsort(keys[:, 0], kind="stable")
    return by_low[np.argsort(keys[by_low, 1], kind="stable")]
