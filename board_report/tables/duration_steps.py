"""Durations in steps of two percent, for what compares many of them: the steps are always the same.

Two durations within one step count as equally long. Below a hundred seconds each second is a step.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PERCENT = 2
_LONGEST = 10_000_000_000
"""Seconds: three hundred years, above which all durations are one step."""


@cache
def step_edges() -> tuple[int, ...]:
    """Where each step begins, in whole seconds from zero, ascending."""
    every = accumulate(repeat(0, 2_000), lambda edge, _: edge + max(1, edge * PERCENT // 100))
    return tuple(each for each in every if each <= _LONGEST)


@cache
def _edges() -> npt.NDArray[np.int64]:
    """The same as an array; never change it."""
    import numpy as np

    return np.array(step_edges(), dtype=np.int64)


def lower_edges(seconds: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Where the step of each duration begins; a negative one counts as zero."""
    import numpy as np

    edges = _edges()
    at = np.searchsorted(edges, seconds, side="right") - 1
    found: npt.NDArray[np.int64] = edges[np.maximum(at, 0)]
    return found
