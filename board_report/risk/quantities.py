"""What is not known for certain: a mean, and a value for each standard normal score.

Every quantity is read through its quantile function over normal scores, so that one random number
drives it whatever its shape, and so that a smaller quantity is smaller for every number drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from board_report.risk.kept import kept

FloatArray = NDArray[np.float64]

Z_90 = 1.6448536269514722
"""Standard normal quantile at 95%: a 90% interval spans twice this many standard deviations."""
FURTHEST_SCORE = 8.2
"""Beyond this a double cannot tell a probability from 1."""
NODES = 1025
"""Nodes of a tabulated quantile function, evenly spaced in the normal score."""
_CELLS, _FAR = 4000, 6.0
"""Cells of a sum of quantities, and the normal score up to which each is spread over them."""
PERT_WEIGHT = 4.0
"""Weight of the most likely value in a PERT distribution, unless stated."""


class Quantity(Protocol):
    """One uncertain input, in its own unit."""

    @property
    def mean(self) -> float:
        """Expected value."""

    def at(self, scores: FloatArray) -> FloatArray:
        """Values at standard normal scores: the quantile function after the normal CDF."""


def normal_cdf(scores: FloatArray) -> FloatArray:
    """Standard normal distribution function."""
    from scipy.special import ndtr

    return np.asarray(ndtr(scores), dtype=np.float64)


def normal_score(chances: FloatArray) -> FloatArray:
    """Standard normal quantile; -inf at 0 and +inf at 1."""
    from scipy.special import ndtri

    return np.asarray(ndtri(chances), dtype=np.float64)


@dataclass(frozen=True)
class Fixed:
    """A value known for certain."""

    value: float

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    def at(self, scores: FloatArray) -> FloatArray:
        """The value, as often as asked."""
        return np.full(np.shape(scores), self.value, dtype=np.float64)


@dataclass(frozen=True)
class Lognormal:
    """A lognormal given by the mean and standard deviation of the logarithm."""

    mu: float
    sigma: float

    @classmethod
    def from_interval(cls, low: float, high: float) -> Lognormal:
        """The lognormal whose 5th and 95th percentiles are these (Hubbard and Seiersen).

        Raises:
            ValueError: the interval is not positive or is upside down.
        """
        if not 0 < low <= high:
            raise ValueError(f"a 90% interval must be positive and in order, not {low} to {high}")
        return cls(
            mu=(math.log(low) + math.log(high)) / 2,
            sigma=(math.log(high) - math.log(low)) / (2 * Z_90),
        )

    @classmethod
    def from_mean_and_median(cls, mean: float, median: float) -> Lognormal:
        """The lognormal with this mean and median, as loss studies publish them.

        Raises:
            ValueError: the median is not positive, or the mean is not above it.
        """
        if not 0 < median <= mean:
            raise ValueError(f"a lognormal's mean is not below its median: {mean}, {median}")
        return cls(mu=math.log(median), sigma=math.sqrt(2 * math.log(mean / median)))

    @property
    def mean(self) -> float:
        """Expected value."""
        return math.exp(self.mu + self.sigma**2 / 2)

    @property
    def median(self) -> float:
        """50th percentile."""
        return math.exp(self.mu)

    def at(self, scores: FloatArray) -> FloatArray:
        """``exp(mu + sigma z)``."""
        return np.asarray(np.exp(self.mu + self.sigma * np.asarray(scores)), dtype=np.float64)

    def score_of(self, value: float) -> float:
        """The normal score at which the value lies; -inf for 0, an infinity where sigma is 0."""
        if value <= 0:
            return -math.inf
        apart = math.log(value) - self.mu
        if self.sigma == 0:
            return math.inf if apart >= 0 else -math.inf
        return apart / self.sigma


NODES_A_SCORE = (NODES - 1) / (2 * FURTHEST_SCORE)
"""Nodes of a table for each unit of the score."""


def _node_places(scores: FloatArray) -> FloatArray:
    """Where scores lie among the nodes of a table, 0 to ``NODES - 1``."""
    places = (np.asarray(scores, dtype=np.float64) + FURTHEST_SCORE) * NODES_A_SCORE
    return np.clip(places, 0, NODES - 1, out=places)


@dataclass(frozen=True)
class Tabulated:
    """A quantile function known at evenly spaced scores, straight between them."""

    values: FloatArray
    """Not falling; at ``NODES`` scores from -FURTHEST_SCORE to FURTHEST_SCORE."""
    mean: float

    @kept
    def _steps(self) -> FloatArray:
        """From each node to the next; nothing from the last."""
        return np.append(np.diff(self.values), 0.0)

    def at(self, scores: FloatArray) -> FloatArray:
        """Values between the nodes; flat beyond the outermost.

        The nodes are evenly spaced, so their places are computed and not searched for.
        """
        places = _node_places(scores)
        nodes = places.astype(np.intp)
        places -= nodes
        places *= self._steps[nodes]
        places += self.values[nodes]
        return places

    def score_of(self, value: float) -> float:
        """The highest score whose value is not above this one; an infinity outside the table."""
        if value < self.values[0]:
            return -math.inf
        if value >= self.values[-1]:
            return math.inf
        return float(np.interp(value, self.values, score_nodes()))


def score_nodes() -> FloatArray:
    """The scores at which tables of quantiles are kept."""
    return np.linspace(-FURTHEST_SCORE, FURTHEST_SCORE, NODES)


def _between_few(values_at: Callable[[FloatArray], FloatArray], scores: FloatArray) -> FloatArray:
    """What a table would give at a few scores, from those of its nodes that they lie between."""
    places = _node_places(scores)
    nodes = places.astype(np.intp)
    low = np.minimum(nodes.ravel(), NODES - 2)
    needed = np.unique(np.concatenate([low, low + 1]))
    values = values_at(score_nodes()[needed])
    at = np.searchsorted(needed, nodes)
    steps = values[np.minimum(at + 1, len(values) - 1)] - values[at]
    return np.asarray((places - nodes) * steps + values[at], dtype=np.float64)


@dataclass(frozen=True)
class Beta:
    """A beta distribution stretched over an interval; PERT and probabilities are such."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0

    @classmethod
    def pert(cls, low: float, mode: float, high: float, weight: float = PERT_WEIGHT) -> Beta:
        """The PERT distribution: a beta whose mean is (low + weight mode + high) / (weight + 2).

        Raises:
            ValueError: the values are not in order, span nothing, or the weight is not positive.
        """
        if not (low <= mode <= high and low < high and weight > 0):
            raise ValueError(f"a PERT needs low <= mode <= high, not {low}, {mode}, {high}")
        span = high - low
        return cls(1 + weight * (mode - low) / span, 1 + weight * (high - mode) / span, low, high)

    @classmethod
    def from_interval(cls, low: float, high: float) -> Beta:
        """The beta over 0 to 1 whose 5th and 95th percentiles are these.

        Raises:
            ValueError: the interval is not within 0 and 1, or is upside down or too narrow.
        """
        from scipy.optimize import root
        from scipy.special import betaincinv

        if not 0 < low < high < 1:
            raise ValueError(f"a beta's 90% interval lies within 0 and 1, not {low} to {high}")
        middle, spread = (low + high) / 2, (high - low) / (2 * Z_90)
        size = max(middle * (1 - middle) / spread**2 - 1, 0.1)

        def apart(logs: FloatArray) -> list[float]:
            a, b = np.exp(np.clip(logs, -20, 20))
            ends = betaincinv(a, b, [0.05, 0.95])
            aims = np.array([low, high])
            return list(np.log(ends / (1 - ends)) - np.log(aims / (1 - aims)))

        with np.errstate(all="ignore"):
            found = root(apart, np.log([middle * size, (1 - middle) * size]), tol=1e-12)
        if not found.success or max(map(abs, apart(found.x))) > 1e-6:
            raise ValueError(f"no beta has {low} and {high} as its 5th and 95th percentiles")
        a, b = np.exp(found.x)
        return cls(float(a), float(b))

    @property
    def mean(self) -> float:
        """Expected value."""
        return self.low + (self.high - self.low) * self.a / (self.a + self.b)

    @kept
    def table(self) -> Tabulated:
        """The quantile function as it is read."""
        return Tabulated(self._values_at_nodes(score_nodes()), self.mean)

    def _values_at_nodes(self, nodes: FloatArray) -> FloatArray:
        """The quantile function at ascending scores."""
        from scipy.special import betaincinv

        shares = betaincinv(self.a, self.b, normal_cdf(nodes))
        values = self.low + (self.high - self.low) * np.maximum.accumulate(shares)
        return np.asarray(values, dtype=np.float64)

    def at_few(self, scores: FloatArray) -> FloatArray:
        """As ``at``, from the nodes that are needed and no table; for a few hundred scores."""
        return _between_few(self._values_at_nodes, scores)

    def at(self, scores: FloatArray) -> FloatArray:
        """Values by the tabulated quantile function."""
        return self.table.at(scores)

    def score_of(self, value: float) -> float:
        """The normal score at which the value lies."""
        return self.table.score_of(value)

    def cdf(self, values: FloatArray) -> FloatArray:
        """The chance of at most each value."""
        from scipy.special import betainc

        shares = np.clip((np.asarray(values) - self.low) / (self.high - self.low), 0, 1)
        return np.asarray(betainc(self.a, self.b, shares), dtype=np.float64)


@dataclass(frozen=True)
class Gamma:
    """A gamma distribution: what is known of a Poisson rate after counting events."""

    shape: float
    rate: float

    @classmethod
    def from_interval(cls, low: float, high: float) -> Gamma:
        """The gamma whose 5th and 95th percentiles are these.

        Raises:
            ValueError: the interval is not positive, or is upside down or a single value.
        """
        from scipy.optimize import brentq
        from scipy.special import gammaincinv

        if not 0 < low < high:
            raise ValueError(f"a 90% interval must be positive and in order, not {low} to {high}")

        def apart(log_shape: float) -> float:
            below, above = gammaincinv(math.exp(log_shape), [0.05, 0.95])
            return math.log(above) - math.log(below) - math.log(high / low)

        try:
            shape = math.exp(brentq(apart, math.log(0.05), math.log(1e6), xtol=1e-13))
        except ValueError:
            raise ValueError(f"no gamma spans {low} to {high}; state a narrower prior") from None
        return cls(shape, float(gammaincinv(shape, 0.95)) / high)

    def after(self, events: int, years: float) -> Gamma:
        """The belief once ``events`` were seen in ``years`` (gamma-Poisson conjugacy)."""
        return Gamma(self.shape + events, self.rate + years)

    @property
    def mean(self) -> float:
        """Expected value."""
        return self.shape / self.rate

    @kept
    def table(self) -> Tabulated:
        """The quantile function as it is read."""
        return Tabulated(self._values_at_nodes(score_nodes()), self.mean)

    def _values_at_nodes(self, nodes: FloatArray) -> FloatArray:
        """The quantile function at ascending scores."""
        from scipy.special import gammaincinv

        values = gammaincinv(self.shape, normal_cdf(nodes)) / self.rate
        # At the outermost node the distribution function is 1 within a double.
        values[-1] = values[-2] if not np.isfinite(values[-1]) else values[-1]
        return np.asarray(np.maximum.accumulate(values), dtype=np.float64)

    def at_few(self, scores: FloatArray) -> FloatArray:
        """As ``at``, from the nodes that are needed and no table; for a few hundred scores."""
        return _between_few(self._values_at_nodes, scores)

    def at(self, scores: FloatArray) -> FloatArray:
        """Values by the tabulated quantile function."""
        return self.table.at(scores)

    def score_of(self, value: float) -> float:
        """The normal score at which the value lies."""
        return self.table.score_of(value)


Ranged = Fixed | Lognormal | Tabulated | Beta | Gamma
"""The shapes that a stated input can have before it is cut or capped."""


@dataclass(frozen=True)
class Limited:
    """A quantity that is cut above one value (larger ones cannot happen), then capped at another.

    Cutting draws anew from what is below; capping counts what is above as the cap.
    """

    inner: Lognormal | Tabulated | Beta | Gamma
    cap: float = math.inf
    cut: float = math.inf

    @kept
    def _kept(self) -> float:
        """Share of the inner distribution below the cut."""
        score = self.inner.score_of(self.cut)
        return float(normal_cdf(np.array([score]))[0])

    @kept
    def mean(self) -> float:
        """Expected value: in closed form for a lognormal, else by the trapezoidal rule."""
        if isinstance(self.inner, Lognormal):
            return self._lognormal_mean(self.inner)
        scores = score_nodes()
        weights = np.exp(-(scores**2) / 2)
        return float((weights * self.at(scores)).sum() / weights.sum())

    def _lognormal_mean(self, inner: Lognormal) -> float:
        """Partial expectation below the lower limit, and the cap for what lies above it."""
        if not inner.sigma:
            return min(inner.median, self.cap, self.cut)
        top = min(self.cap, self.cut)
        score = inner.score_of(top)
        below, under = (float(each) for each in normal_cdf(np.array([score - inner.sigma, score])))
        above = top * (self._kept - under) if self.cap < self.cut else 0.0
        return (inner.mean * below + above) / self._kept

    def at(self, scores: FloatArray) -> FloatArray:
        """Values with both limits."""
        if self.cut < math.inf:
            scores = normal_score(normal_cdf(scores) * self._kept)
        return np.minimum(self.inner.at(scores), min(self.cap, self.cut))


def limited(inner: Ranged, cap: float | None = None, cut: float | None = None) -> Quantity:
    """The quantity with what limits it; the same one where nothing does.

    Raises:
        ValueError: everything lies above the cut.
    """
    if isinstance(inner, Fixed):
        return Fixed(min(inner.value, math.inf if cap is None else cap))
    if cap is None and cut is None:
        return inner
    if isinstance(inner, Lognormal) and not inner.sigma:
        # One value has no score to be cut at.
        if cut is not None and (cut <= 0 or inner.mu > math.log(cut)):
            raise ValueError(f"nothing is left below {cut}")
        limits = (math.inf if each is None else each for each in (cap, cut))
        return Fixed(min(inner.median, *limits))
    found = Limited(inner, math.inf if cap is None else cap, math.inf if cut is None else cut)
    if cut is not None and inner.score_of(cut) < -FURTHEST_SCORE:
        raise ValueError(f"nothing is left below {cut}")
    return found


def chance_of_exceeding(attack: Ranged, controls: Sequence[Ranged]) -> float:
    """Vulnerability: the chance that threat capability is above the mean strength of the controls.

    Strictly above, as Open FAIR's reference implementation counts it. Each control is drawn by
    itself for each attempt. The mean over 4,000 even quantiles of the capability; several controls
    are convolved on a grid of as many cells. Error below 1e-4.

    Raises:
        ValueError: there is no control.
    """
    if not controls:
        raise ValueError("resistance needs at least one control")
    known = math.fsum(each.value for each in controls if isinstance(each, Fixed))
    drawn = [each for each in controls if not isinstance(each, Fixed)]
    if not drawn:
        return 1 - float(_cdf(attack, np.array([known / len(controls)]))[0])
    shares = (np.arange(_CELLS) + 0.5) / _CELLS
    capabilities = attack.at(normal_score(shares))
    return float(_cdf_of_sum(drawn, capabilities * len(controls) - known).mean())


def _cdf_of_sum(parts: Sequence[Ranged], values: FloatArray) -> FloatArray:
    """The chance that several independent quantities come to at most each value."""
    if len(parts) == 1:
        return _cdf(parts[0], values)
    ends = [each.at(np.array([-_FAR, _FAR])) for each in parts]
    width = math.fsum(float(high - low) for low, high in ends) / _CELLS
    mass = np.ones(1)
    for each, (low, high) in zip(parts, ends, strict=True):
        edges = low + width * np.arange(math.ceil((high - low) / width) + 1)
        below = _cdf(each, edges)
        below[0], below[-1] = 0.0, 1.0
        mass = np.convolve(mass, np.diff(below))
    # The sum of n quantities, each taken at the middle of its cell; straight lines between.
    first = math.fsum(float(low) for low, _ in ends) + width * (len(parts) - 1) / 2
    sums = first + width * np.arange(len(mass) + 1)
    below = np.concatenate([[0.0], np.cumsum(mass)])
    return np.asarray(np.interp(values, sums, below), dtype=np.float64)


def _cdf(quantity: Ranged, values: FloatArray) -> FloatArray:
    if isinstance(quantity, Fixed):
        return (np.asarray(values) >= quantity.value).astype(np.float64)
    if isinstance(quantity, Beta):
        return quantity.cdf(values)
    return normal_cdf(np.array([quantity.score_of(float(each)) for each in values]))
