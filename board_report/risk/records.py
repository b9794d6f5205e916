"""What the loss model answers with: frozen records of results, and nothing that computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from board_report.period import Quarter

Curve = tuple[tuple[float, float], ...]
"""(chance in a year, loss reached or exceeded with that chance), most likely first."""


@dataclass(frozen=True)
class Interval:
    """A range with the chance that it is meant to hold, in the unit of what it is a range of."""

    low: float
    high: float


@dataclass(frozen=True)
class LossStatistics:
    """One distribution of a year's loss, in the reporting currency."""

    expected: float
    """Annualized loss expectancy: the mean of a year's loss."""
    p10: float
    p50: float
    p90: float
    var_95: float
    """Value at risk: reached or exceeded in one year of 20."""
    var_99: float
    shortfall_95: float
    """Expected shortfall: the mean of the worst 5% of years."""
    shortfall_99: float
    curve: Curve


@dataclass(frozen=True)
class Convergence:
    """How far the figures may lie off because only so many years were simulated."""

    trials: int
    seed: int
    precision: float | None
    """Relative standard error that was asked for; None where trials were set by hand."""
    is_reached: bool
    """False where the most trials allowed did not reach the precision asked for."""
    expected_error: float
    """Standard error of the simulated mean, reporting currency."""
    var_95_error: float
    """Standard error of the 1-in-20 loss, reporting currency."""
    var_95_interval: Interval
    """95% interval of the 1-in-20 loss from order statistics."""


@dataclass(frozen=True)
class ScenarioResult:
    """One scenario as the model sees it."""

    risk_id: str
    title: str
    short_title: str
    owner_role: str
    """Empty where nobody owns it."""
    chance_a_year: float
    """Probability of at least one loss event in a year."""
    events_a_year: float
    """Mean loss events a year."""
    event_p10: float
    """Loss of one event: 10th percentile."""
    event_median: float
    event_p90: float
    statistics: LossStatistics
    expected_interval: Interval
    """P10 to P90 of its expected loss, from what is not known of frequency (and of a fit)."""
    tail_share: float
    """Its share of the total loss in the worst 5% of years, 0 to 1."""
    basis: str
    """``90% interval``, ``Open FAIR tree`` or ``own history, 7 events in 5 years``."""


@dataclass(frozen=True)
class Sensitivity:
    """How one stated input moves the expected loss when it alone goes through its interval."""

    risk_id: str
    short_title: str
    input: str
    """``loss event frequency``, ``vulnerability``, ``response costs``: as a reader calls it."""
    at_low: float
    """Total expected loss a year with the input at its 5th percentile."""
    at_high: float


class Decision(StrEnum):
    """Where an initiative stands."""

    IN_PLACE = "in_place"
    """The register's intervals count it already."""
    COMMITTED = "committed"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class InitiativeReturn:
    """One initiative: the year's loss with it and without it, beside what it costs.

    Money is in the reporting currency; intervals are P10 to P90 over the effect's own interval and
    what is not known of frequency. With and without see the same random years.
    """

    initiative_id: str
    name: str
    owner_role: str
    leader: str
    """``CISO``, ``CTO`` or ``BOTH``."""
    decision: Decision
    annual_cost: float
    """Running cost a year, and one-off cost spread evenly over its life."""
    bought_down: float
    """Expected loss a year that it takes away, before what it introduces."""
    introduced: float
    """Expected loss a year that it brings: adopting a technology opens risks too."""
    net_bought_down: float
    """Expected loss without it less expected loss with it; may be negative."""
    net_interval: Interval
    value_a_year: float | None
    """Planned benefit a year other than avoided loss; None where none is planned."""
    rosi: float | None
    """(Expected loss without - with - annual cost) / annual cost; None where it costs nothing."""
    rosi_interval: Interval | None
    var_95_with: float
    var_95_without: float
    curve_with: Curve
    curve_without: Curve
    npv: float
    """Of costs, planned benefits and avoided loss together over its life."""
    payback_years: float | None
    """None where it is not paid back within its life."""
    delay_cost: float
    """Net present value given up by starting one quarter later."""
    life_years: float

    @property
    def per_unit(self) -> float | None:
        """Expected loss bought down for each unit of money a year; None where it costs nothing."""
        return self.net_bought_down / self.annual_cost if self.annual_cost else None

    @property
    def per_unit_interval(self) -> Interval | None:
        """P10 to P90 of the same."""
        if not self.annual_cost:
            return None
        return Interval(
            self.net_interval.low / self.annual_cost, self.net_interval.high / self.annual_cost
        )


@dataclass(frozen=True)
class KpiEffect:
    """How a joint KPI moves by what a budget takes in or leaves out, against today's set."""

    metric_id: str
    change: float
    """In the metric's unit; positive where the value rises."""


@dataclass(frozen=True)
class BudgetScenario:
    """The best set of initiatives that a budget allows: least expected loss less planned benefit,
    then least cost."""

    change: float
    """Of the budget against today's, as a share: -0.1, 0, 0.1."""
    budget: float
    cost: float
    chosen: tuple[str, ...]
    """Initiative ids."""
    dropped: tuple[str, ...]
    """In place or committed today, and left out."""
    added: tuple[str, ...]
    """Only proposed today, and taken in."""
    expected_loss: float
    var_95: float
    var_95_interval: Interval
    """P10 to P90 of the 1-in-20 loss, from what is not known of frequency."""
    tolerance_exceedance: float | None
    kpis: tuple[KpiEffect, ...]
    value_a_year: float = 0.0
    """Planned benefit a year of the set, other than avoided loss."""
    is_feasible: bool = True
    """False where what must stay costs more than the budget; the figures are then today's set."""


@dataclass(frozen=True)
class RiskForecast:
    """One scenario's forecast of a year ago, against what happened."""

    risk_id: str
    short_title: str
    owner_role: str
    chance: float
    """Forecast chance of at least one event in the year."""
    events_expected: float
    events_interval: Interval
    """90% predictive interval of the number of events."""
    events: int
    """Incidents of this risk in the year."""
    loss_interval: Interval
    """90% predictive interval of the year's loss."""
    loss: float | None
    """Cost booked for them; None where one of them has no cost yet."""

    @property
    def is_inside(self) -> bool:
        """Whether the number of events fell into its interval; both ends count."""
        return self.events_interval.low <= self.events <= self.events_interval.high


@dataclass(frozen=True)
class PromiseOutcome:
    """A promised risk reduction whose date has passed, against what happened since."""

    initiative_id: str
    name: str
    owner_role: str
    risk_id: str
    short_title: str
    promised: Interval
    """Promised reduction of the yearly number of events, as shares (90% interval)."""
    events_before: int
    days_before: int
    events_after: int
    days_after: int
    realized: float | None
    """1 - rate after / rate before; None where nothing happened before."""
    realized_interval: Interval | None
    """90% interval of the realized reduction (exact, conditional on the events)."""


@dataclass(frozen=True)
class BackTest:
    """Last year's forecasts and promises against what happened."""

    made_in: Quarter
    """Quarter whose register made the forecasts."""
    first: Quarter
    """First quarter that they were for."""
    last: Quarter
    rows: tuple[RiskForecast, ...]
    inside: int
    """Scenarios whose number of events fell into the 90% interval."""
    brier: float
    """Mean squared error of the chances of at least one event; 0 is perfect."""
    brier_reference: float
    """The same for a forecaster who gives every scenario the share that happened."""
    log_score: float
    """Mean of the negative natural logarithm of the chance given to what happened."""
    calibration_p: float
    """Chance of at most so many (or of at least so many) scenarios inside if all were calibrated,
    two-sided and exact."""
    total_interval: Interval
    """90% predictive interval of the whole year's loss."""
    total_median: float
    total_loss: float | None
    """None where an incident of the year has no cost yet."""
    uncosted: int
    """Incidents of the year without a cost."""
    unassigned: int
    """Incidents of the year that name no risk of the register."""
    promises: tuple[PromiseOutcome, ...]


@dataclass(frozen=True)
class Assumptions:
    """What the figures rest on, as the appendix and the manifest print it."""

    formula_version: str
    generator: str
    """Bit generators by name."""
    convergence: Convergence
    versions: Mapping[str, str]
    """Libraries that the figures depend on, with their versions."""
    correlation_pairs: int
    statements: tuple[str, ...] = field(default=())
    """Sentences, in reading order."""
