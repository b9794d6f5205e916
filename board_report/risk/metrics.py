"""The metrics that come out of the loss model, declared like every other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    MetricFunction,
    MetricSpec,
    Owner,
    Scope,
    Unit,
    of_quarter,
)
from board_report.model import Finding, State
from board_report.risk.history import rows_of_history
from board_report.risk.position import RiskPosition, Simulated, assess_position, simulated
from board_report.risk.read import RiskReading, read_risks
from board_report.tables.ciso_risk import RISK_CORRELATIONS, RISK_INPUTS

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.project import RiskSettings
    from board_report.tables.schema import Table, TableSet

Read = Callable[[RiskPosition], float | None]
More = Callable[[RiskPosition], dict[str, float]]

_COLUMNS = (
    "risk_register.events_low",
    "risk_register.events_high",
    "risk_register.loss_low",
    "risk_register.loss_high",
)
_OPTIONAL = ("risk_inputs", "risk_correlations")
_WHERE_GIVEN = (
    *(
        f"{table.name}.{column}"
        for table in (RISK_INPUTS, RISK_CORRELATIONS)
        for column in table.column_names
        if column not in ("basis", "reviewed_on")
    ),
    *(f"incidents.{each}" for each in ("risk_id", "detected_at", "cost", "outage_hours")),
)
_MODEL = (
    "rate of events drawn from its belief, events Poisson unless stated otherwise, loss of each "
    "event drawn by form; risk_inputs in place of the register's intervals where given, "
    "risk_correlations where given"
)
_TABLES = ("risk_register", "risk_inputs", "risk_correlations", "incidents")
Key = tuple[object, ...]
FAULTY = "a risk cannot be taken as it stands; `board-report check` names it"


class RiskModel:
    """The loss model of one report: simulates each quarter's register once and keeps the answer."""

    def __init__(self, settings: RiskSettings, currency: str = "") -> None:
        self.settings = settings
        self._currency = currency
        self._readings: dict[Key, RiskReading | None] = {}
        self._simulated: dict[Key, Simulated | None] = {}
        self._positions: dict[Key, RiskPosition | None] = {}
        self._seen: dict[Key, tuple[Table, ...]] = {}
        """Kept, so that no other table can take the place of one that a key names."""

    def reading(self, tables: TableSet, window: Window) -> RiskReading | None:
        """What the tables say of a quarter's risks; None where the register has none."""
        key = _key(tables, window)
        if key not in self._readings:
            self._seen[key] = tuple(tables[name] for name in _TABLES)
            currency = self._currency
            self._readings[key] = read_risks(tables, window, currency, self.settings)
        return self._readings[key]

    def simulated(self, tables: TableSet, window: Window) -> Simulated | None:
        """The years of a quarter's risks; None where there are none, or one is faulty."""
        key = _key(tables, window)
        if key not in self._simulated:
            reading = self.reading(tables, window)
            self._simulated[key] = simulated(reading, self.settings) if reading else None
        return self._simulated[key]

    def position(self, tables: TableSet, window: Window) -> RiskPosition | None:
        """The risk position of a quarter; None where there is nothing to simulate."""
        key = _key(tables, window)
        if key not in self._positions:
            found = self.simulated(tables, window)
            self._positions[key] = assess_position(found, self.settings) if found else None
        return self._positions[key]

    def findings(self, tables: TableSet, window: Window) -> tuple[Finding, ...]:
        """What is wrong with what the model is told of a quarter."""
        reading = self.reading(tables, window)
        return reading.findings if reading else ()

    def metrics(self) -> dict[str, MetricSpec]:
        """The loss-model metrics, by id."""
        return {spec.id: spec for spec in _declare(self._measured)}

    def _measured(self, read: Read, more: More = lambda _: {}) -> MetricFunction:
        def function(scope: Scope) -> Measure:
            tables, window = scope.tables, scope.window
            rows = {
                name: of_quarter(scope.frame(name)["quarter"], window)
                for name in ("risk_register", *_OPTIONAL)
                if tables.measured(name)
            }
            fitted = rows_of_history(tables, window)
            if fitted.any():
                rows["incidents"] = fitted
            reading = self.reading(tables, window)
            if reading is None:
                return Measure(None, 0, rows=rows)
            if reading.is_faulty:
                return Measure(None, 0, note=FAULTY, rows=rows, state=State.WITHHELD)
            found = self.position(tables, window)
            if found is None:
                return Measure(None, 0, rows=rows)
            left_out = "risk" if found.unquantified == 1 else "risks"
            left_out = f"{found.unquantified} {left_out} without an interval"
            return Measure(
                read(found),
                n=len(found.top),
                parts={"trials": float(found.trials), "seed": float(found.seed), **more(found)},
                note=left_out if found.unquantified else "",
                rows=rows,
            )

        return function


def _key(tables: TableSet, window: Window) -> Key:
    """By the identity of the tables that the model reads."""
    return (*(id(tables[name]) for name in _TABLES), window)


def _declare(measured: Callable[..., MetricFunction]) -> tuple[MetricSpec, ...]:
    def declare(
        id: str, title: str, formula: str, function: MetricFunction, unit: Unit = Unit.MONEY
    ) -> MetricSpec:
        return MetricSpec(
            id=id,
            title=title,
            subject="Risk in money",
            unit=unit,
            direction=Direction.DOWN,
            owner=Owner.JOINT,
            formula=formula,
            denominator="scenarios of the risk register that can be put into money",
            empty="nothing happened: the register has no scenario for the quarter",
            columns=_COLUMNS,
            where_given=_WHERE_GIVEN,
            function=function,
            reference=f"Open FAIR terms; {_MODEL}",
            # What people estimate: it moves when they change their mind, and not by chance.
            comparison=Comparison.STATED,
        )

    return (
        declare(
            "expected_loss",
            "Expected loss a year",
            "Sum over scenarios of mean events a year times mean loss, before insurance",
            measured(lambda found: round(found.expected_loss, 2)),
        ),
        declare(
            "loss_1_in_20",
            "1-in-20-year loss",
            "Annual loss reached or exceeded with a chance of 5%, before insurance",
            measured(
                lambda found: round(found.loss_1_in_20, 2),
                lambda found: {
                    "simulation_low": found.loss_1_in_20_error[0],
                    "simulation_high": found.loss_1_in_20_error[1],
                },
            ),
        ),
        declare(
            "loss_1_in_100",
            "1-in-100-year loss",
            "Annual loss reached or exceeded with a chance of 1%, before insurance",
            measured(lambda found: round(found.loss_1_in_100, 2)),
        ),
        declare(
            "tolerance_exceedance",
            "Chance of exceeding tolerance",
            "Share of simulated years whose loss exceeds the board's 1-in-20 tolerance",
            measured(lambda found: found.tolerance_exceedance),
            Unit.RATIO,
        ),
    )
