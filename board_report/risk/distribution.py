"""What a year's loss looks like: mean, percentiles, value at risk, shortfall, exceedance curve."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from board_report.risk.events import CENTS
from board_report.risk.quantities import FloatArray
from board_report.risk.records import Curve, Interval, LossStatistics

CURVE_PROBABILITIES: tuple[float, ...] = tuple(
    1 / years for years in (2, 2.5, 3, 4, 5, 6.5, 8, 10, 12.5, 15, 20, 25, 30, 40, 50, 65, 80, 100)
)
"""From one year in two to one year in a hundred."""
Z_95 = 1.959963984540054
"""Standard normal quantile at 97.5%: half the width of a 95% interval in deviations."""


def percentile(losses: FloatArray, share: float) -> float:
    """A percentile by linear interpolation between order statistics, as everywhere here."""
    return float(np.quantile(losses, share))


def exceedance_curve(losses: FloatArray) -> Curve:
    """The loss reached or exceeded with each of the page's probabilities."""
    levels = np.quantile(losses, [1 - each for each in CURVE_PROBABILITIES])
    return tuple(zip(CURVE_PROBABILITIES, (float(each) for each in levels), strict=True))


def quantile_interval(losses: FloatArray, level: float) -> Interval:
    """95% interval of a simulated quantile from order statistics (binomial, normal approx.)."""
    count = len(losses)
    spread = Z_95 * (count * level * (1 - level)) ** 0.5
    low = max(int(np.floor(count * level - spread)), 0)
    high = min(int(np.ceil(count * level + spread)), count - 1)
    ordered = np.partition(losses, [low, high])
    return Interval(float(ordered[low]), float(ordered[high]))


def shortfall(losses: FloatArray, share: float) -> float:
    """Expected shortfall: the mean of the worst years, of which there are ``1 - share``.

    The year at the edge counts in part where so many years do not divide evenly (Acerbi and
    Tasche 2002).
    """
    count = len(losses) * (1 - share)
    whole = int(count + 1e-9)
    ordered = np.sort(np.partition(losses, len(losses) - whole - 1)[-whole - 1 :])
    sums = float(ordered[1:].sum()) + float(ordered[0]) * (count - whole)
    return sums / count


def statistics_of(cents: FloatArray, expected: float | None = None) -> LossStatistics:
    """Every statistic of simulated years.

    Args:
        cents: whole cents, one for each year.
        expected: the mean in closed form, reporting currency, where it is known; the simulated
            mean otherwise.
    """
    p10, p50, p90, var_95, var_99 = np.quantile(cents, (0.1, 0.5, 0.9, 0.95, 0.99)) / CENTS
    return LossStatistics(
        expected=mean_of(cents) if expected is None else expected,
        p10=float(p10),
        p50=float(p50),
        p90=float(p90),
        var_95=float(var_95),
        var_99=float(var_99),
        shortfall_95=shortfall(cents, 0.95) / CENTS,
        shortfall_99=shortfall(cents, 0.99) / CENTS,
        curve=tuple((chance, loss / CENTS) for chance, loss in exceedance_curve(cents)),
    )


def mean_of(cents: FloatArray) -> float:
    """Mean of whole cents in the reporting currency, from one exact sum."""
    if float(cents.max(initial=0.0)) * len(cents) < 2.0**62:
        return int(cents.astype(np.int64).sum()) / (len(cents) * CENTS)
    return math.fsum(cents.tolist()) / (len(cents) * CENTS)


def error_of_mean(cents: FloatArray) -> float:
    """Standard error of the simulated mean, reporting currency."""
    return float(np.std(cents / CENTS, ddof=1) / np.sqrt(len(cents)))


DROPPED_BITS = 42
"""Bits of a double that are dropped: bins are 2^-10 of their value wide."""


@dataclass
class LossHistogram:
    """Yearly losses of one scenario in bins a thousandth of their value wide, with exact sums."""

    trials: int
    counts: NDArray[np.int64]
    sums: FloatArray
    """Cents in each bin."""
    first: int

    @classmethod
    def of(cls, losses: FloatArray, trials: int) -> LossHistogram:
        """The histogram of the years with a loss, of so many years."""
        positive = losses if len(losses) and losses.min() > 0 else losses[losses > 0]
        if not len(positive):
            return cls(trials, np.zeros(0, dtype=np.int64), np.zeros(0), 0)
        keys = positive.view(np.int64) >> DROPPED_BITS
        first = int(keys.min())
        size = int(keys.max()) - first + 1
        return cls(
            trials,
            np.bincount(keys - first, minlength=size).astype(np.int64),
            np.bincount(keys - first, weights=positive, minlength=size).astype(np.float64),
            first,
        )

    @classmethod
    def empty(cls) -> LossHistogram:
        """Of no years, to add others to."""
        return cls(0, np.zeros(0, dtype=np.int64), np.zeros(0), 0)

    def add(self, other: LossHistogram) -> None:
        """Take in the years of another."""
        self.trials += other.trials
        if not len(other.counts):
            return
        first, end = other.first, other.first + len(other.counts)
        if len(self.counts):
            first, end = min(first, self.first), max(end, self.first + len(self.counts))
        around = (self.first - first, end - self.first - len(self.counts))
        if not len(self.counts):
            self.counts, self.sums = np.zeros(end - first, dtype=np.int64), np.zeros(end - first)
        elif any(around):
            self.counts, self.sums = np.pad(self.counts, around), np.pad(self.sums, around)
        self.first = first
        at = slice(other.first - first, other.first - first + len(other.counts))
        self.counts[at] += other.counts
        self.sums[at] += other.sums

    def quantile(self, share: float) -> float:
        """The loss that is not exceeded with this chance, cents: the mean of its bin."""
        without = self.trials - int(self.counts.sum())
        place = share * self.trials
        if place <= without or not len(self.counts):
            return 0.0
        bin_ = int(np.searchsorted(without + np.cumsum(self.counts), place))
        bin_ = min(bin_, len(self.counts) - 1)
        return float(self.sums[bin_] / self.counts[bin_])

    def shortfall(self, share: float) -> float:
        """Mean of the worst ``1 - share`` of years, cents."""
        left = self.trials * (1 - share)
        size, total = left, 0.0
        for count, sum_ in zip(self.counts[::-1].tolist(), self.sums[::-1].tolist(), strict=True):
            taken = min(float(count), left)
            if count:
                total += sum_ * taken / count
            left -= taken
            if left <= 0:
                break
        return total / size

    def statistics(self, expected: float) -> LossStatistics:
        """Every statistic, with the mean in closed form (reporting currency)."""
        quantile = {share: self.quantile(share) / CENTS for share in (0.1, 0.5, 0.9, 0.95, 0.99)}
        return LossStatistics(
            expected=expected,
            p10=quantile[0.1],
            p50=quantile[0.5],
            p90=quantile[0.9],
            var_95=quantile[0.95],
            var_99=quantile[0.99],
            shortfall_95=self.shortfall(0.95) / CENTS,
            shortfall_99=self.shortfall(0.99) / CENTS,
            curve=tuple(
                (chance, self.quantile(1 - chance) / CENTS) for chance in CURVE_PROBABILITIES
            ),
        )
