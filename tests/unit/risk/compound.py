"""A year's loss computed without drawing anything, as the reference that simulations are held to.

The distribution of one loss is laid on a fine grid; the probability generating function of the
number of losses makes the year's from it by way of the Fourier transform.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np
from scipy import stats

CELLS = 1 << 17
TILT = 20.0
"""Exponent by which the far end of the grid is damped, so that its tail does not wrap around."""

Generating = Callable[[np.ndarray], np.ndarray]
"""From z to the expected value of z to the power of the number of losses."""


def poisson(rate: float) -> Generating:
    return lambda z: np.exp(rate * (z - 1))


def negative_binomial(mean: float, dispersion: float) -> Generating:
    return lambda z: (1 + dispersion * mean * (1 - z)) ** (-1 / dispersion)


def binomial(threats: int, share: float) -> Generating:
    return lambda z: (1 + share * (z - 1)) ** threats


def poisson_lognormal(mu: float, sigma: float) -> Generating:
    """Gauss and Hermite's rule with 60 points."""
    points, weights = np.polynomial.hermite_e.hermegauss(60)
    weights = weights / weights.sum()
    rates = np.exp(mu + sigma * points)
    return lambda z: sum(w * np.exp(rate * (z - 1)) for w, rate in zip(weights, rates, strict=True))


@dataclass(frozen=True)
class Year:
    """The distribution of one year's loss: chances of whole multiples of a step."""

    chances: np.ndarray
    step: float

    def above(self, loss: float) -> float:
        """The chance of more than this."""
        return float(self.chances[int(np.floor(loss / self.step + 0.5)) :].sum())

    def quantile(self, share: float) -> float:
        return float(np.searchsorted(np.cumsum(self.chances), share) * self.step)

    def mean(self) -> float:
        return float(self.chances @ np.arange(CELLS) * self.step)

    def shortfall(self, share: float) -> float:
        """Mean of the worst ``1 - share``."""
        worst = self.quantile(share)
        excess = np.maximum(np.arange(CELLS) * self.step - worst, 0)
        return worst + float(self.chances @ excess) / (1 - share)


def lognormal(low: float, high: float) -> stats.rv_continuous:
    """By its 5th and 95th percentiles."""
    z = stats.norm.ppf(0.95)
    mu = (np.log(low) + np.log(high)) / 2
    return stats.lognorm(s=(np.log(high) - np.log(low)) / (2 * z), scale=np.exp(mu))


def year_of(*risks: tuple[Generating, Callable[[np.ndarray], np.ndarray]], top: float) -> Year:
    """The year's loss of independent risks.

    Args:
        risks: how many losses, and the distribution function of one.
        top: the grid's far end; next to nothing may lie above.
    """
    step = top / CELLS
    damp = np.exp(-TILT * np.arange(CELLS) / CELLS)
    edges = (np.arange(CELLS + 1) - 0.5) * step
    transforms = []
    for generating, cdf in risks:
        single = np.diff(cdf(edges))
        transforms.append(generating(np.fft.fft(single * damp)))
    whole = np.fft.ifft(reduce(np.multiply, transforms)).real / damp
    return Year(np.maximum(whole, 0.0), step)
