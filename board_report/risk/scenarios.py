"""Loss scenarios as the register states them: 90% intervals of frequency and of magnitude."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from board_report.period import Quarter

Z_90 = 1.6448536269514722
"""Standard normal quantile at 95%: a 90% interval spans twice this many standard deviations."""


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

    @property
    def mean(self) -> float:
        """Expected value."""
        return math.exp(self.mu + self.sigma**2 / 2)

    @property
    def median(self) -> float:
        """50th percentile."""
        return math.exp(self.mu)

    def percentile(self, z: float) -> float:
        """The value at a standard normal quantile."""
        return math.exp(self.mu + z * self.sigma)


@dataclass(frozen=True)
class Scenario:
    """One risk of the register: how often a year, and how much each time."""

    risk_id: str
    title: str
    short_title: str
    owner_role: str
    events_a_year: Lognormal
    """Belief about the yearly rate of loss events; events given the rate are Poisson."""
    loss: Lognormal
    """Loss of one event, in the reporting currency."""
    line: int
    """Line of the register, for tracing."""

    @property
    def expected_loss(self) -> float:
        """Annualized loss expectancy in closed form: mean rate times mean loss."""
        return self.events_a_year.mean * self.loss.mean

    @property
    def chance_a_year(self) -> float:
        """Probability of at least one event in a year, at the mean rate's median belief.

        Integrates ``1 - exp(-rate)`` over the lognormal belief by 64-point Gauss-Hermite.
        """
        import numpy as np

        nodes, weights = _hermite_nodes()
        rates = np.exp(self.events_a_year.mu + self.events_a_year.sigma * nodes)
        return float((weights * -np.expm1(-rates)).sum() / math.sqrt(2 * math.pi))


@cache
def _hermite_nodes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    return np.polynomial.hermite_e.hermegauss(64)


def read_scenarios(register: pd.DataFrame, quarter: Quarter) -> tuple[Scenario, ...]:
    """The scenarios of one quarter of the ``risk_register`` table, in the register's order.

    Rows whose intervals are not positive cannot be quantified and are left out; the caller
    counts them with :func:`count_unquantified`.
    """
    rows = register[(register["quarter"] == str(quarter)).to_numpy(dtype=bool)]
    return tuple(
        Scenario(
            risk_id=row["risk_id"],
            title=row["title"],
            short_title=row["short_title"],
            owner_role=row["owner_role"],
            events_a_year=Lognormal.from_interval(row["events_low"], row["events_high"]),
            loss=Lognormal.from_interval(row["loss_low"], row["loss_high"]),
            line=int(row["_line"]),
        )
        for row in rows.to_dict("records")
        if row["events_low"] > 0 and row["loss_low"] > 0
    )


def count_unquantified(register: pd.DataFrame, quarter: Quarter) -> int:
    """Risks of the quarter whose intervals touch zero and so have no lognormal."""
    rows = register[(register["quarter"] == str(quarter)).to_numpy(dtype=bool)]
    return int(((rows["events_low"] <= 0) | (rows["loss_low"] <= 0)).sum())


def expected_total(scenarios: Sequence[Scenario]) -> float:
    """Annualized loss expectancy of all scenarios: expectations add whatever the correlation."""
    return math.fsum(each.expected_loss for each in scenarios)
