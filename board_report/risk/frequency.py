"""How often: a yearly rate, how many attempts succeed, and the number of loss events in a year."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from board_report.risk.kept import kept
from board_report.risk.quantities import (
    FURTHEST_SCORE,
    Beta,
    Fixed,
    FloatArray,
    Gamma,
    Limited,
    Lognormal,
    Tabulated,
    normal_cdf,
    normal_score,
)

Rate = Fixed | Lognormal | Beta | Gamma | Tabulated

MOST_ON_AVERAGE = 2_000
"""Mean events a year above which drawing them one by one takes too long for a report."""
MOST_EVENTS = 100_000
"""Events a year above which a scenario is too frequent to be drawn event by event."""
UNSEEN = 1e-7
"""Chance of more events than the table of a year's count goes to."""
_FEW = 200
"""Events a year up to which the whole table is made at once, and a coarse spread is enough."""
_COARSE, _FINE = 240, 1200
"""Points that what is not known of a rate is spread over: a frequent count needs them closer."""


class CountKind(StrEnum):
    """How a yearly rate becomes a number of events."""

    POISSON = "poisson"
    NEGATIVE_BINOMIAL = "negative_binomial"
    WHOLE_NUMBER = "whole_number"
    """The rate rounded to whole threat events, each of which then succeeds or not."""


@dataclass(frozen=True)
class YearlyCount:
    """The distribution of the number of loss events in a year."""

    cdf: FloatArray
    """Chance of at most 0, 1, 2, ... events; the last is at least ``1 - UNSEEN``."""

    @property
    def chance(self) -> float:
        """Probability of at least one event."""
        return float(1 - self.cdf[0])

    @kept
    def thresholds(self) -> FloatArray:
        """Normal scores from which on a year has one event more."""
        return normal_score(np.minimum(self.cdf, 1.0))

    def chance_of(self, events: int) -> float:
        """Probability of exactly so many events."""
        if events >= len(self.cdf):
            return UNSEEN
        below = float(self.cdf[events - 1]) if events else 0.0
        return max(float(self.cdf[events]) - below, 0.0)

    def quantile(self, share: float) -> int:
        """The least number of events that is not exceeded with this chance."""
        return int(np.searchsorted(self.cdf, share, side="left"))


_CERTAIN = Fixed(1.0)


@dataclass(frozen=True)
class Frequency:
    """Belief about a yearly rate of threat events and about the share that becomes a loss."""

    rate: Rate
    """Threat events a year; loss events where ``vulnerability`` is 1."""
    vulnerability: Rate | Limited = _CERTAIN
    """Chance that a threat event becomes a loss event, 0 to 1."""
    kind: CountKind = CountKind.POISSON
    dispersion: float = 0.0
    """Negative binomial: variance = mean + dispersion x mean^2."""
    factor: float = 1.0
    """What controls leave of the rate: 0.7 after a reduction by 30%."""

    @property
    def mean(self) -> float:
        """Expected loss events a year."""
        if self.kind is CountKind.WHOLE_NUMBER:
            counts, chances = self._whole_numbers()
            return float((counts * chances).sum()) * self._share_of_threats()
        return self.rate.mean * self.vulnerability.mean * self.factor

    def scaled(self, factor: float) -> Frequency:
        """The same with so many times the loss events."""
        return replace(self, factor=self.factor * factor)

    def rates(self, rate_scores: FloatArray, vulnerability_scores: FloatArray) -> FloatArray:
        """Expected loss events a year under each belief, given as pairs of normal scores."""
        shares = np.clip(self.vulnerability.at(vulnerability_scores), 0, 1)
        if self.kind is CountKind.WHOLE_NUMBER:
            # The spread of the rate is from year to year: what is believed is the share alone.
            counts, chances = self._whole_numbers()
            threats = float((counts * chances).sum())
            return threats * np.minimum(shares * self.factor, 1.0)
        return self.rate.at(rate_scores) * shares * self.factor

    def believed(self, rate_score: float, vulnerability_score: float) -> Frequency:
        """The same count under one belief about the rate and the share of successes."""
        share = min(float(self.vulnerability.at(np.array([vulnerability_score]))[0]), 1.0)
        if self.kind is CountKind.WHOLE_NUMBER:
            return replace(self, vulnerability=Fixed(share))
        rate = float(self.rate.at(np.array([rate_score]))[0])
        return replace(self, rate=Fixed(rate), vulnerability=Fixed(share))

    @kept
    def count(self) -> YearlyCount:
        """The number of loss events in a year, over all beliefs about the rate.

        Raises:
            ValueError: there may be more than ``MOST_EVENTS`` of them.
        """
        if self.kind is CountKind.WHOLE_NUMBER:
            return YearlyCount(self._whole_number_cdf())
        rates, weights = self._mixture()
        most = _most_events(rates, weights, self._dispersion)
        if most <= _FEW and not self._dispersion:
            return YearlyCount(_mixed_poisson(rates, weights, most))
        if most <= _FEW:
            cdf = weights @ self._cdf_given(np.arange(most + 1)[None, :], rates[:, None])
            return YearlyCount(np.maximum.accumulate(np.minimum(cdf, 1.0)))
        cdf = np.zeros(most + 1)
        for rate, weight in zip(rates.tolist(), weights.tolist(), strict=True):
            low, high = _reach(rate, self._dispersion)
            events = np.arange(low, min(high, most) + 1)
            cdf[events] += weight * self._cdf_given(events, rate)
            cdf[high + 1 :] += weight
        return YearlyCount(np.maximum.accumulate(np.minimum(cdf, 1.0)))

    @property
    def _dispersion(self) -> float:
        return self.dispersion if self.kind is CountKind.NEGATIVE_BINOMIAL else 0.0

    def _cdf_given(self, events: NDArray[np.int64], rate: float | FloatArray) -> FloatArray:
        from scipy.special import betainc, pdtr

        if not self._dispersion:
            return np.asarray(pdtr(events, rate), dtype=np.float64)
        size = 1 / self._dispersion
        return np.asarray(betainc(size, events + 1.0, size / (size + rate)), dtype=np.float64)

    def _mixture(self) -> tuple[FloatArray, FloatArray]:
        """Rates of loss events with weights that sum to 1 and keep their mean."""
        if isinstance(self.rate, Fixed) and isinstance(self.vulnerability, Fixed):
            return np.array([self.mean]), np.ones(1)
        high = float(self._spread_rates(np.array([4.0]), np.array([4.0]))[0])
        points = _COARSE if high + 8 * math.sqrt(high) < _FEW / 2 else _FINE
        if isinstance(self.vulnerability, Fixed):
            scores, weights = _spread(points)
            return self._kept_mean(self._spread_rates(scores, np.zeros_like(scores)), weights)
        if isinstance(self.rate, Fixed):
            scores, weights = _spread(points)
            return self._kept_mean(self._spread_rates(np.zeros_like(scores), scores), weights)
        scores, weights = _spread(points // 5 + 60)
        pairs = self._spread_rates(scores[:, None], scores[None, :]).ravel()
        return self._kept_mean(*_grouped(pairs, np.outer(weights, weights).ravel(), 3 * points))

    def _spread_rates(
        self, rate_scores: FloatArray, vulnerability_scores: FloatArray
    ) -> FloatArray:
        """As ``rates``; nothing else reads these quantities in a simulation, so without tables."""
        shares = np.clip(_few_values(self.vulnerability, vulnerability_scores), 0, 1)
        return _few_values(self.rate, rate_scores) * shares * self.factor

    def _kept_mean(self, rates: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Scale away what the finite spread leaves of the mean, which is known."""
        mean = float(weights @ rates)
        return (rates * (self.mean / mean) if mean else rates), weights

    # --- whole numbers of threat events -----------------------------------------------------------

    def _whole_numbers(self) -> tuple[FloatArray, FloatArray]:
        """Numbers of threat events, and the chance of each: the rate rounded."""
        from scipy.special import ndtr

        if isinstance(self.rate, Fixed):
            top = self.rate.value
        else:
            top = float(self.rate.at(normal_score(np.array([1 - UNSEEN / 10])))[0])
        if top > MOST_EVENTS:
            raise ValueError(f"there may be more than {MOST_EVENTS:,} events a year")
        if isinstance(self.rate, Fixed):
            return np.array([float(round(top))]), np.ones(1, dtype=np.float64)
        counts = np.arange(int(top + 0.5) + 1, dtype=np.float64)
        scores = np.array([self.rate.score_of(each + 0.5) for each in counts])
        below = np.asarray(ndtr(scores), dtype=np.float64)
        below[-1] = 1.0
        return counts, np.asarray(np.diff(below, prepend=0.0), dtype=np.float64)

    def _share_of_threats(self) -> float:
        """Share of threat events that become losses."""
        return min(self.vulnerability.mean * self.factor, 1.0)

    def _whole_number_cdf(self) -> FloatArray:
        from scipy.special import betainc

        threats, chances = self._whole_numbers()
        if len(threats) > _FINE:
            threats, chances = _whole(*_grouped(threats, chances, _FINE))
        share = self._share_of_threats()
        cdf = np.zeros(math.ceil(threats[-1]) + 1)
        for number, chance in zip(threats.tolist(), chances.tolist(), strict=True):
            middle, spread = number * share, 8 * math.sqrt(number * share * (1 - share)) + 24
            low = max(math.floor(middle - spread), 0)
            # Of so many threats at most so many succeed, for certain.
            high = math.ceil(min(middle + spread, number))
            events = np.arange(low, high, dtype=np.float64)
            cdf[low:high] += chance * betainc(number - events, events + 1, 1 - share)
            cdf[high:] += chance
        return np.maximum.accumulate(np.minimum(cdf, 1.0))


def _few_values(quantity: Rate | Limited, scores: FloatArray) -> FloatArray:
    if isinstance(quantity, Beta | Gamma):
        return quantity.at_few(scores)
    return quantity.at(scores)


def _mixed_poisson(rates: FloatArray, weights: FloatArray, most: int) -> FloatArray:
    """Chance of at most 0, 1, ... ``most`` events when the rate is one of these.

    Term by term, each from the one before: all are positive, so that nothing is lost; the error
    stays below 1e-13.
    """
    terms = weights * np.exp(-rates)
    chances = np.empty(most + 1)
    for events in range(most + 1):
        chances[events] = terms.sum()
        terms *= rates / (events + 1)
    return np.asarray(np.minimum(np.cumsum(chances), 1.0), dtype=np.float64)


def _spread(points: int) -> tuple[FloatArray, FloatArray]:
    """Normal scores and weights by the trapezoidal rule, which is exact enough for smooth ones."""
    scores = np.linspace(-7.5, 7.5, points)
    weights = np.exp(-(scores**2) / 2)
    return scores, weights / weights.sum()


def _grouped(
    values: FloatArray, weights: FloatArray, groups_wanted: int
) -> tuple[FloatArray, FloatArray]:
    """So many weighted values as fewer, each the mean of its neighbours."""
    order = np.argsort(values, kind="stable")
    values, weights = values[order], weights[order]
    # Even steps in the normal score keep the tails as fine as the middle.
    steps = np.arange(1.0, groups_wanted + 1) * (2 * FURTHEST_SCORE / groups_wanted)
    edges = np.minimum(normal_cdf(steps - FURTHEST_SCORE), 1 - 1e-16)
    begins = np.searchsorted(np.cumsum(weights), edges)
    groups = np.repeat(np.arange(groups_wanted + 1), np.diff(begins, prepend=0, append=len(values)))
    total = np.bincount(groups, weights=weights).astype(np.float64)
    sums = np.bincount(groups, weights=weights * values)
    kept = total > 0
    return sums[kept] / total[kept], total[kept]


def _whole(values: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The same as whole numbers: each shared between the one below and the one above."""
    below = np.floor(values)
    above = (values - below) * weights
    places, size = below.astype(np.int64), int(below[-1]) + 2
    total = np.bincount(places, weights - above, minlength=size).astype(np.float64)
    total += np.bincount(places + 1, above, minlength=size)
    kept = np.flatnonzero(total)
    return kept.astype(np.float64), np.asarray(total[kept], dtype=np.float64)


def _most_events(rates: FloatArray, weights: FloatArray, dispersion: float) -> int:
    """So many events that more are as good as impossible."""
    seen = rates[np.cumsum(weights[::-1])[::-1] > UNSEEN / 10]
    top = float(seen.max()) if len(seen) else 0.0
    most = _reach(top, dispersion)[1]
    if most > MOST_EVENTS:
        raise ValueError(f"there may be more than {MOST_EVENTS:,} events a year")
    return most


def _reach(rate: float, dispersion: float) -> tuple[int, int]:
    """The numbers of events outside which a known rate gives as good as none.

    Eight deviations and two dozen events hold both a rare Poisson count and a frequent one; a
    dispersed count has an exponential tail above, and may be nothing.
    """
    spread = 8 * math.sqrt(rate + dispersion * rate**2) + 24
    low = 0 if dispersion else max(math.floor(rate - spread), 0)
    return low, math.ceil(rate + spread + 30 * dispersion * rate)
