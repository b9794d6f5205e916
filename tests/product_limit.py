"""Percentiles of durations of which some go on, in plain Python: Kaplan and Meier by hand."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def product_limit(ended: Iterable[float], going: Iterable[float], part: Fraction) -> float | None:
    """Where so much of the durations lies below; None where the curve does not fall so far.

    Args:
        ended: how long each case lasted that is over.
        going: how long each case has lasted so far that is not.
        part: 0 to 1. Where the curve runs level there, the middle of that level.
    """
    over, still = sorted(ended), sorted(going)
    left, share, level = len(over) + len(still), Fraction(1), 1 - part
    times = sorted(set(over))
    gone = 0
    for at, time in enumerate(times):
        while gone < len(still) and still[gone] < time:
            left, gone = left - 1, gone + 1
        events = over.count(time)
        share *= Fraction(left - events, left)
        left -= events
        if share < level:
            return time
        if share == level:
            return (time + times[at + 1]) / 2 if at + 1 < len(times) else None
    return None
