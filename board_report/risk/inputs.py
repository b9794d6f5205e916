"""One row of risk_inputs as a quantity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board_report.risk.frequency import CountKind
from board_report.risk.history import PRIOR_WEIGHT, History, fitted_loss, fitted_rate
from board_report.risk.quantities import (
    PERT_WEIGHT,
    Beta,
    Fixed,
    Gamma,
    Limited,
    Lognormal,
    Quantity,
    limited,
)
from board_report.risk.rows import Row, number, word

LOSS_EVENTS, THREAT_EVENTS = "loss_event_frequency", "threat_event_frequency"
VULNERABILITY = "vulnerability"
CAPABILITY, RESISTANCE = "threat_capability", "resistance_strength"
PRIMARY, SECONDARY, SECONDARY_CHANCE = "primary_loss", "secondary_loss", "secondary_loss_frequency"
OUTAGE = "outage_hours"

NO_HISTORY = History(0.0, 0, (), ())


@dataclass(frozen=True)
class Input:
    """What one row says."""

    row: Row
    kind: str
    """Which factor of the scenario."""
    quantity: Fixed | Lognormal | Beta | Gamma | Limited
    log_error: float = 0.0
    fitted_on: str = ""
    """``7 events in 5 years``; empty where it is stated."""
    is_bare_prior: bool = False
    """True where it was to be fitted and there is nothing to fit it to."""

    @property
    def form(self) -> str:
        """Open FAIR's form of loss; empty for the whole."""
        return word(self.row, "loss_form")

    @property
    def count(self) -> CountKind:
        """How the frequency becomes a number of events."""
        return CountKind(word(self.row, "count") or "poisson")

    @property
    def dispersion(self) -> float:
        """Of a negative binomial."""
        return number(self.row, "dispersion") or 0.0


def input_of(row: Row, history: Mapping[str, History]) -> Input:
    """Read one row.

    Args:
        row: of ``risk_inputs``.
        history: incidents by risk; ``""`` holds the span of their record.

    Raises:
        ValueError: no such distribution can be.
    """
    kind, shape = word(row, "input"), word(row, "shape")
    if shape == "history":
        own = history.get(word(row, "risk_id"), history.get("", NO_HISTORY))
        return _fitted(row, kind, own)
    stated, cap = _stated(row, shape), number(row, "cap")
    if kind in (VULNERABILITY, SECONDARY_CHANCE) and isinstance(stated, Lognormal):
        cap = 1.0  # A share of events, and a lognormal has a tail above it.
    return Input(row, kind, _checked(limited(stated, cap, number(row, "truncate_above"))))


def _stated(row: Row, shape: str) -> Fixed | Lognormal | Beta:
    low, likely, high = (number(row, each) for each in ("low", "likely", "high"))
    if shape == "fixed":
        return Fixed(_given(likely))
    if shape == "pert":
        if low == high:
            return Fixed(_given(likely))
        weight = number(row, "weight") or PERT_WEIGHT
        return Beta.pert(_given(low), _given(likely), _given(high), weight)
    if shape == "beta":
        return Beta.from_interval(_given(low), _given(high))
    if low == high:
        return Fixed(_given(low))
    return Lognormal.from_interval(_given(low), _given(high))


def _given(value: float | None) -> float:
    if value is None:
        raise ValueError("a value is missing")
    return value


def _fitted(row: Row, kind: str, own: History) -> Input:
    prior = (_given(number(row, "low")), _given(number(row, "high")))
    if kind == LOSS_EVENTS:
        if number(row, "weight") is not None:
            raise ValueError("its prior interval says how much it is worth, so it has no weight")
        if not own.years:
            return Input(row, kind, Lognormal.from_interval(*prior), is_bare_prior=True)
        words = f"{own.events} {'event' if own.events == 1 else 'events'} in {own.years:.1f} years"
        rate = fitted_rate(prior, own.events, own.years)
        return Input(row, kind, rate, fitted_on=words)
    points = own.outages if kind == OUTAGE else own.losses
    fit = fitted_loss(prior, points, number(row, "weight") or PRIOR_WEIGHT)
    quantity = limited(fit.predictive, number(row, "cap"), number(row, "truncate_above"))
    what = "outage" if kind == OUTAGE else "loss"
    plural = "" if fit.points == 1 else "s" if kind == OUTAGE else "es"
    return Input(
        row,
        kind,
        _checked(quantity),
        log_error=fit.log_error,
        fitted_on=f"{fit.points} {what}{plural}" if fit.points else "",
        is_bare_prior=not fit.points,
    )


def _checked(quantity: Quantity) -> Fixed | Lognormal | Beta | Gamma | Limited:
    assert isinstance(quantity, (Fixed, Lognormal, Beta, Gamma, Limited))
    return quantity
