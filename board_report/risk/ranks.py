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
    order, by_size = rank_order(scores + _SHIFT), rank_order(losses)
    moved = np.empty_like(losses)
    moved[order] = losses[by_size]
    found = {}
    for form, amounts in claims.items():
        found[form] = np.empty_like(amounts)
        found[form][order] = amounts[by_size]
    return moved, found


def rank_order(numbers: FloatArray) -> NDArray[np.int64]:
    """Places of whole numbers from 0 to below 2^53, ascending; equal ones keep their order.

    As many passes over sixteen bits as the largest has, which are several times faster than
    comparing.
    """
    if not len(numbers):
        return np.zeros(0, dtype=np.int64)
    words = numbers.astype("<u8").view("<u2").reshape(-1, 4)
    order = np.argsort(words[:, 0], kind="stable")
    for at in range(1, (int(numbers.max()).bit_length() + 15) // 16):
        order = order[np.argsort(words[order, at], kind="stable")]
    return order
