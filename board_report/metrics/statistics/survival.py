"""How long things take when some have not ended yet: the Kaplan-Meier curve and what it says.

What is still open has lasted at least so long; it is no ended case, and leaving it out flatters.
The curve counts it among those at risk for as long as it was seen, and not after.

Rows may carry weights: a weight of 3 is the same as the row three times, to the last bit. Between
two times at which something was censored the curve is a ratio of two whole numbers, and is
computed as that, so that no order of multiplications can move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from board_report.metrics.statistics.intervals import median_places

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

Z = 1.959963984540054
"""The normal quantile of a two-sided 95%."""

ALIKE = 1e-9
"""The curve is at a level when it is within this of it."""


@dataclass(frozen=True)
class Curve:
    """A Kaplan-Meier curve at the times at which something ended, ascending; arrays of one size."""

    times: FloatArray
    at_risk: IntArray
    """Still going just before each time."""
    ended: IntArray
    """Ended at each time."""
    share: FloatArray
    """Share still going just after each time, 1 to 0."""
    variance: FloatArray
    """Greenwood's sum: the variance of the share over the share squared; infinite where it is 0."""

    @property
    def is_complete(self) -> bool:
        """Whether every row ended: nothing was censored."""
        return bool(self.times.size) and int(self.ended.sum()) == int(self.at_risk[0])


@dataclass(frozen=True)
class Survival:
    """What a curve says, in the unit of the durations; None where it does not say."""

    median: float | None
    median_low: float | None
    """Lower end of the 95% interval of the median."""
    median_high: float | None
    p90: float | None
    so_far: float
    """The median of all rows as if the open ones ended now: the true one is not below it."""
    marks: tuple[float, ...]
    """Times of the curve that these values were read at."""


def survival_curve(
    durations: FloatArray, censored: BoolArray, weights: IntArray | None = None
) -> Curve:
    """The Kaplan-Meier curve of right-censored durations.

    What was censored at a time counts as at risk at that time: ends come first.

    Source: Kaplan and Meier, JASA 53 (1958); the variance by Greenwood (1926).

    Args:
        durations: how long each row lasted, or was seen to last; no NaN.
        censored: True for those that had not ended then.
        weights: how many rows each stands for; 1 where None.
    """
    each = np.ones(len(durations), dtype=np.int64) if weights is None else weights
    times, at = np.unique(durations, return_inverse=True)
    ends = np.zeros(len(times), dtype=np.int64)
    lost = np.zeros(len(times), dtype=np.int64)
    np.add.at(ends, at[~censored], each[~censored])
    np.add.at(lost, at[censored], each[censored])
    gone = np.cumsum(ends + lost)
    risk = (gone[-1] if gone.size else 0) - gone + ends + lost
    known = ends > 0
    times, ends, risk = times[known], ends[known], risk[known]
    share, variance = _share_and_variance(risk, risk - ends)
    return Curve(times, risk, ends, share, variance)


def _share_and_variance(before: IntArray, after: IntArray) -> tuple[FloatArray, FloatArray]:
    """Product and sum over the times, by runs between which something was censored."""
    if not before.size:
        return np.empty(0), np.empty(0)
    starts = np.flatnonzero(np.r_[True, before[1:] != after[:-1]])
    run = np.cumsum(np.r_[True, before[1:] != after[:-1]]) - 1
    lasts = np.r_[starts[1:] - 1, len(before) - 1]
    first = before[starts].astype("float64")
    last = after[lasts].astype("float64")
    with np.errstate(divide="ignore"):
        product = np.r_[1.0, np.cumprod(last / first)[:-1]]
        total = np.r_[0.0, np.cumsum(1 / last - 1 / first)[:-1]]
        share = product[run] * (after / first[run])
        variance = total[run] + (1 / after.astype("float64") - 1 / first[run])
    return share, variance


def percentile(curve: Curve, part: float) -> tuple[float, ...]:
    """The times between which a percentile lies: one, two at whose middle it is, or none.

    Where the curve runs exactly level at ``1 - part`` the percentile is the middle of that level,
    as R's ``quantile.survfit`` has it; without censoring this is the ordinary median. Where the
    level is the curve's last the percentile is not known (R takes the middle up to the end of
    what was seen): that the rest will last longer is all that can be said.

    Args:
        curve: what to read it from.
        part: 0 to 1, e.g. 0.5 for the median.
    """
    level = 1 - part
    at = int(np.searchsorted(-curve.share, -level - ALIKE))
    if at == len(curve.times):
        return ()
    if abs(curve.share[at] - level) > ALIKE:
        return (float(curve.times[at]),)
    return tuple(map(float, curve.times[at : at + 2])) if at + 1 < len(curve.times) else ()


def median_interval(curve: Curve) -> tuple[float | None, float | None]:
    """The 95% interval of the median; an end is None where the curve does not bound it.

    Without censoring it is the exact one between two order statistics. With it, the times at which
    a test would not tell the curve from a half (Brookmeyer and Crowley, Biometrics 38, 1982), on
    the scale log(-log(share)), which R calls ``log-log``.
    """
    if curve.is_complete:
        return _exact_interval(curve)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(curve.share)
        gap = np.log(-logs) - np.log(np.log(2))
        far = gap * -logs / np.sqrt(curve.variance)
    ended = curve.share <= 0
    lows = np.flatnonzero(ended | (far >= -Z))
    highs = np.flatnonzero(~ended & (far > Z))
    return (
        float(curve.times[lows[0]]) if lows.size else None,
        float(curve.times[highs[0]]) if highs.size else None,
    )


def _exact_interval(curve: Curve) -> tuple[float | None, float | None]:
    upto = np.cumsum(curve.ended)
    places = median_places(int(upto[-1]))
    if places is None:
        return None, None
    low, high = (int(np.searchsorted(upto, each, side="right")) for each in places)
    return float(curve.times[low]), float(curve.times[high])


def summarize(
    durations: FloatArray, censored: BoolArray, weights: IntArray | None = None
) -> Survival:
    """Median with its interval and 90th percentile of durations, some of which have not ended.

    Args:
        durations: how long each row lasted, or has lasted so far; no NaN, at least one.
        censored: True for those that go on.
        weights: how many rows each stands for.

    Raises:
        ValueError: there are no rows.
    """
    if not len(durations):
        raise ValueError("no durations")
    curve = survival_curve(durations, censored, weights)
    middle, late = percentile(curve, 0.5), percentile(curve, 0.9)
    low, high = median_interval(curve) if middle else (None, None)
    ends = np.zeros(len(durations), dtype=bool)
    so_far = percentile(survival_curve(durations, ends, weights), 0.5)
    return Survival(
        median=_middle(middle),
        median_low=low,
        median_high=high,
        p90=_middle(late),
        so_far=cast("float", _middle(so_far)),
        marks=tuple(each for each in (*middle, *late, low, high) if each is not None),
    )


def _middle(times: tuple[float, ...]) -> float | None:
    return sum(times) / len(times) if times else None
