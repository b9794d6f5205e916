"""Whether a process changed: control charts of a level over quarters, and of rare events.

A chart learns limits from the quarters before. What stays inside is noise: the process does what
it did. What falls outside is a signal. With too few points there are no limits worth the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import fsum

XMR_POINTS = 6
"""Quarters before, without which a level has no limits (Wheeler: five or six make useful ones)."""
XMR_FACTOR = 2.66
"""Three standard deviations in mean moving ranges of two: 3 / 1.128."""

RARE_GAPS = 6
"""Gaps between earlier events, without which rare events have no limits."""
RARE_TAIL = 0.00135
"""The chance of a false alarm on either side: that of three standard deviations."""


class Heard(StrEnum):
    """What a chart says."""

    SIGNAL = "signal"
    NOISE = "noise"
    TOO_FEW = "too few points"


@dataclass(frozen=True)
class Reading:
    """What a chart says of its newest point."""

    heard: Heard
    side: int = 0
    """1 above the limits (more events than expected), -1 below them, 0 within."""
    low: float | None = None
    """Lower limit, in the unit of the points (for rare events: days without one)."""
    high: float | None = None


def read_level(before: Sequence[float], now: float) -> Reading:
    """The XmR chart: natural process limits at the mean plus and minus 2.66 mean moving ranges.

    Source: Wheeler, Understanding Variation, 2nd ed. (2000).

    Args:
        before: the points before, oldest first, in the metric's unit.
        now: the newest, which has no part in the limits.
    """
    if len(before) < XMR_POINTS:
        return Reading(Heard.TOO_FEW)
    mean = fsum(before) / len(before)
    reach = XMR_FACTOR * fsum(abs(b - a) for a, b in pairwise(before)) / (len(before) - 1)
    low, high = mean - reach, mean + reach
    slack = 1e-9 * max(abs(mean), abs(now), 1.0)
    side = (now > high + slack) - (now < low - slack)
    return Reading(Heard.SIGNAL if side else Heard.NOISE, side, low, high)


def read_rare(gaps: Sequence[int], days: int, events: int, quiet: int) -> Reading:
    """The g-chart: days between rare events, which are geometric while the process is the same.

    The quarter is too quiet when the days since the last event are more than 99.865% of such gaps;
    it has too many when so many gaps fit into its days only with a chance below 0.135%.

    Source: Benneyan, Quality Engineering 13 (2001), with limits by probability.

    Args:
        gaps: days from each event before the quarter to the next; 0 for two on one day.
        days: days of the quarter.
        events: events in it.
        quiet: days from the last event to the end of the quarter.
    """
    from math import ceil, log, log1p

    from scipy.special import bdtr

    if len(gaps) < RARE_GAPS:
        return Reading(Heard.TOO_FEW)
    chance = 1 / (1 + sum(gaps) / len(gaps))
    high = ceil(log(RARE_TAIL) / log1p(-chance)) if chance < 1 else 0
    if chance < 1 and quiet >= high:
        return Reading(Heard.SIGNAL, -1, 0, float(high))
    crowded = events > 0 and 1 - float(bdtr(events - 1, days, chance)) <= RARE_TAIL
    return Reading(Heard.SIGNAL if crowded else Heard.NOISE, int(crowded), 0, float(high))
