"""Whether two numbers differ by more than chance: counts, shares, and samples of durations.

Every test is two-sided, gives a p-value between 0 and 1, and gives the same when its two samples
change places. "Two-sided" means, for counts and shares: the chance of all outcomes that are no
likelier than the one observed; for durations: of all that are no nearer to "no difference".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from board_report.metrics.statistics.survival import BoolArray, FloatArray, IntArray

AS_LIKELY = 1 + 1e-7
"""Two outcomes are equally likely when their chances are within this factor, as R has it."""

EXACT_UP_TO = 50
"""Two samples of durations with no more rows than this together are compared exactly."""

_FAR = 40
"""Standard deviations beyond which an outcome has no chance that a float could hold."""


@dataclass(frozen=True)
class Sample:
    """Durations of one group: distinct ones with the rows that each stands for; arrays alike."""

    durations: FloatArray
    censored: BoolArray
    """True for those that had not ended."""
    weights: IntArray

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self.weights.sum())


def compare_counts(one: int, days: float, other: int, other_days: float) -> float:
    """The p-value of two Poisson counts having the same rate.

    Given their sum, the first count is binomial with its share of the exposure.

    Source: Przyborowski and Wilenski, Biometrika 31 (1940); R's ``poisson.test``.

    Args:
        one: events of the first.
        days: how long they were counted.
        other: events of the second.
        other_days: how long those were counted.

    Raises:
        ValueError: a count is negative, or an exposure not above zero.
    """
    from scipy.special import gammaln, xlog1py, xlogy

    if min(one, other) < 0 or min(days, other_days) <= 0:
        raise ValueError("counts must not be negative, nor exposures zero")
    total, chance = one + other, days / (days + other_days)

    def log_chance(count: FloatArray) -> FloatArray:
        ways = gammaln(total + 1) - gammaln(count + 1) - gammaln(total - count + 1)
        found: FloatArray = ways + xlogy(count, chance) + xlog1py(total - count, -chance)
        return found

    spread = sqrt(total * chance * (1 - chance))
    return _no_likelier(log_chance, one, 0, total, total * chance, spread)


def compare_shares(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """The p-value of two shares being the same: Fisher's exact test.

    Given all four margins, the first part is hypergeometric.

    Source: Fisher, Statistical Methods for Research Workers (1934); R's ``fisher.test``.

    Raises:
        ValueError: a part is negative or larger than its whole.
    """
    from scipy.special import gammaln

    if not (0 <= part <= whole and 0 <= other_part <= other_whole):
        raise ValueError("a part must lie between nothing and its whole")
    every, marked = whole + other_whole, part + other_part
    low, high = max(0, marked - other_whole), min(marked, whole)
    if low == high:
        return 1.0

    def log_ways(of: float | FloatArray, count: float | FloatArray) -> FloatArray:
        found: FloatArray = gammaln(of + 1) - gammaln(count + 1) - gammaln(of - count + 1)
        return found

    def log_chance(count: FloatArray) -> FloatArray:
        first, second = log_ways(whole, count), log_ways(other_whole, marked - count)
        return first + second - log_ways(every, marked)

    mean = whole * marked / every
    spread = sqrt(mean * (every - marked) / every * other_whole / (every - 1))
    return _no_likelier(log_chance, part, low, high, mean, spread)


def _no_likelier(
    log_chance: Callable[[FloatArray], FloatArray],
    seen: int,
    low: int,
    high: int,
    mean: float,
    spread: float,
) -> float:
    """The chance of all outcomes no likelier than the one seen, of those between low and high."""
    reach = _FAR * (spread + 1)
    first, last = max(low, int(mean - reach)), min(high, int(mean + reach) + 1)
    if not first <= seen <= last:
        return 0.0
    chances = np.exp(log_chance(np.arange(first, last + 1, dtype="float64")))
    at_least = chances[seen - first] * AS_LIKELY
    return min(float(np.sort(chances[chances <= at_least]).sum()), 1.0)


def compare_durations(one: Sample, other: Sample) -> float:
    """The p-value of two samples of right-censored durations being alike: Gehan and Wilcoxon.

    Each row is scored by how many of all rows surely ended before it, less those that surely ended
    after it; without censoring this is Wilcoxon's rank sum. Up to :data:`EXACT_UP_TO` rows, every
    way to deal the scores to the two samples is counted; that takes open rows of both to have been
    watched alike. Above, the sum is held against the normal distribution with the hypergeometric
    variance at each end, which takes no such thing.

    Source: Gehan, Biometrika 52 (1965); Mantel, Biometrics 23 (1967); the counting by Streitberg
    and Roehmel (1986).

    Raises:
        ValueError: a sample is empty.
    """
    if not one.size or not other.size:
        raise ValueError("no durations to compare")
    if one.size + other.size <= EXACT_UP_TO:
        return _by_dealing(one, other)
    return _by_variance(one, other)


def gehan_scores(pooled: Sample) -> IntArray:
    """For each row: how many surely lasted less long, minus how many surely lasted longer."""
    ended = ~pooled.censored
    times, at = np.unique(pooled.durations, return_inverse=True)
    ends = np.zeros(len(times), dtype=np.int64)
    every = np.zeros(len(times), dtype=np.int64)
    np.add.at(ends, at[ended], pooled.weights[ended])
    np.add.at(every, at, pooled.weights)
    upto = np.cumsum(ends)
    after = int(every.sum()) - np.cumsum(every)
    # What was still going when something ended has lasted longer than that.
    level_and_going = every - ends
    shorter = np.where(ended, upto[at] - ends[at], upto[at])
    longer = np.where(ended, after[at] + level_and_going[at], 0)
    scores: IntArray = (shorter - longer).astype(np.int64)
    return scores


def _by_dealing(one: Sample, other: Sample) -> float:
    """Count, for every sum of scores, in how many ways a sample of the first's size has it."""
    pooled = _pooled(one, other)
    scores = np.repeat(gehan_scores(pooled), pooled.weights)
    taken = one.size
    seen = abs(int(scores[:taken].sum()))
    lifted = scores - scores.min()
    ways = np.zeros((taken + 1, int(np.sort(lifted)[-taken:].sum()) + 1))
    ways[0, 0] = 1  # up to 50 rows the counts are below 2 ** 53: floats hold them exactly
    for score in lifted.tolist():
        width = ways.shape[1] - score
        ways[1:, score:] += ways[:-1, :width].copy()
    sums = np.arange(ways.shape[1]) + taken * int(scores.min())
    return float(ways[taken][np.abs(sums) >= seen].sum() / ways[taken].sum())


def _by_variance(one: Sample, other: Sample) -> float:
    """The sum over all ends of observed minus expected ones, each weighted by those at risk."""
    pooled = _pooled(one, other)
    is_one = np.arange(len(pooled.durations)) < len(one.durations)
    times, at = np.unique(pooled.durations, return_inverse=True)

    def at_each(rows: BoolArray) -> FloatArray:
        found: npt.NDArray[np.int64] = np.zeros(len(times), dtype=np.int64)
        np.add.at(found, at[rows], pooled.weights[rows])
        return found.astype("float64")

    everyone = np.ones(len(pooled.durations), dtype=bool)
    risk, risk_one = (np.cumsum(at_each(rows)[::-1])[::-1] for rows in (everyone, is_one))
    ends, ends_one = (at_each(rows & ~pooled.censored) for rows in (everyone, is_one))
    known = ends > 0
    risk, risk_one, ends, ends_one = (each[known] for each in (risk, risk_one, ends, ends_one))
    gap = float((risk * ends_one - ends * risk_one).sum())
    rest = np.maximum(risk - 1, 1)
    variance = float((risk_one * (risk - risk_one) * ends * (risk - ends) / rest).sum())
    return erfc(abs(gap) / sqrt(2 * variance)) if variance > 0 else 1.0


def _pooled(one: Sample, other: Sample) -> Sample:
    return Sample(
        np.concatenate([one.durations, other.durations]),
        np.concatenate([one.censored, other.censored]),
        np.concatenate([one.weights, other.weights]),
    )
