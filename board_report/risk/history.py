"""What a company's own incidents tell of a risk, beginning from a stated prior belief."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from board_report.risk.quantities import Gamma, Lognormal
from board_report.risk.rows import number, records, word

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window
    from board_report.tables.schema import TableSet

DAYS_A_YEAR = 365.25
_COLUMNS = ("risk_id", "cost", "outage_hours")
PRIOR_WEIGHT = 4.0
"""Observations that a prior belief about a loss is worth, unless stated."""


@dataclass(frozen=True)
class History:
    """The incidents that name a risk, as known at a cutoff."""

    years: float
    """Years that the record of incidents covers."""
    events: int
    losses: tuple[float, ...]
    """Costs above zero of those that have one, reporting currency."""
    outages: tuple[float, ...]
    """Hours above zero of those that have them."""


def history_of(tables: TableSet, window: Window) -> dict[str, History]:
    """The incidents of each risk up to the window's cutoff; a risk without any is not there.

    ``""`` holds the span of the record alone, for risks that have none.
    """
    import pandas as pd

    if not tables.measured("incidents"):
        return {}
    frame = tables.frame("incidents")
    cutoff = pd.Timestamp(window.cutoff)
    known = frame[(frame["detected_at"] < cutoff).to_numpy(dtype=bool)]
    first = tables["incidents"].records_from or _first_day(known)
    # Both the first day and the last are days of the record.
    days = 0 if first is None else max((window.cutoff_day - first).days + 1, 0)
    years = days / DAYS_A_YEAR
    found = {"": History(years, 0, (), ())}
    rows = list(records(known[[*_COLUMNS]]))
    for risk_id in dict.fromkeys(word(row, "risk_id") for row in rows):
        if risk_id:
            own = [row for row in rows if word(row, "risk_id") == risk_id]
            found[risk_id] = History(
                years,
                len(own),
                tuple(each for row in own if (each := number(row, "cost") or 0.0) > 0),
                tuple(each for row in own if (each := number(row, "outage_hours") or 0.0) > 0),
            )
    return found


def rows_of_history(tables: TableSet, window: Window) -> NDArray[np.bool_]:
    """The incidents that the quarter's risks are fitted to: a mask of the table's rows.

    All that name a risk with an input of shape ``history``, up to the window's cutoff.
    """
    import pandas as pd

    inputs, frame = tables.frame("risk_inputs"), tables.frame("incidents")
    is_fitted = (inputs["quarter"] == str(window.quarter)) & (inputs["shape"] == "history")
    fitted = set(inputs["risk_id"][is_fitted.to_numpy(dtype=bool)])
    known = (frame["detected_at"] < pd.Timestamp(window.cutoff)).to_numpy(dtype=bool)
    return np.asarray(known & frame["risk_id"].isin(fitted).to_numpy(dtype=bool), dtype=np.bool_)


def _first_day(frame: pd.DataFrame) -> date | None:
    return None if frame.empty else frame["detected_at"].min().date()


def fitted_rate(prior: tuple[float, float], events: int, years: float) -> Gamma:
    """Belief about a yearly rate after so many events in so many years.

    Args:
        prior: 90% interval of the belief before, events a year.

    Raises:
        ValueError: no gamma distribution has that interval.
    """
    return Gamma.from_interval(*prior).after(events, years)


@dataclass(frozen=True)
class FittedLoss:
    """A lognormal fitted to a few losses and a prior."""

    predictive: Lognormal
    """Of the next loss: the spread of losses and what is not known of their middle."""
    log_error: float
    """Standard deviation of what is not known of the mean of the logarithm."""
    points: int


def fitted_loss(
    prior: tuple[float, float], losses: Sequence[float], weight: float = PRIOR_WEIGHT
) -> FittedLoss:
    """A lognormal for the next loss, from a prior worth ``weight`` losses and the losses seen.

    The normal-inverse-gamma update of the logarithm's mean and variance (Gelman et al., Bayesian
    Data Analysis, 3.3), with the posterior mean of the variance plugged in, since the exact
    predictive distribution has no mean.

    Args:
        prior: 90% interval of a loss, as believed before.
        losses: above zero.
        weight: observations that the prior is worth.

    Raises:
        ValueError: the prior is not positive or is upside down.
    """
    before = Lognormal.from_interval(*prior)
    logs = [math.log(each) for each in losses]
    count = len(logs)
    total = weight + count
    middle = math.fsum(logs) / count if count else before.mu
    apart = math.fsum((each - middle) ** 2 for each in logs)
    shift = weight * count / total * (middle - before.mu) ** 2
    variance = (weight * before.sigma**2 + apart + shift) / total
    error = math.sqrt(variance / total) if count else 0.0
    return FittedLoss(
        Lognormal((weight * before.mu + count * middle) / total, math.sqrt(variance + error**2)),
        error,
        count,
    )
