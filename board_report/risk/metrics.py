"""The metrics that come out of the loss model, declared like every other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from board_report.metrics.declare import (
    Direction,
    Measure,
    MetricFunction,
    MetricSpec,
    Owner,
    Scope,
    Unit,
    of_quarter,
)
from board_report.risk.position import RiskPosition, assess_position

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Quarter
    from board_report.project import RiskSettings

Read = Callable[[RiskPosition], float | None]
More = Callable[[RiskPosition], dict[str, float]]

_COLUMNS = (
    "risk_register.events_low",
    "risk_register.events_high",
    "risk_register.loss_low",
    "risk_register.loss_high",
)
_MODEL = (
    "rate of events lognormal over its 90% interval, events Poisson, loss lognormal over its 90% "
    "interval, scenarios independent"
)


class RiskModel:
    """The loss model of one report: simulates each quarter's register once and keeps the answer."""

    def __init__(self, settings: RiskSettings) -> None:
        self._settings = settings
        self._positions: dict[tuple[int, Quarter], RiskPosition | None] = {}

    def position(self, register: pd.DataFrame, quarter: Quarter) -> RiskPosition | None:
        """The risk position of a quarter; None where the register has no scenario for it."""
        key = (id(register), quarter)
        if key not in self._positions:
            self._positions[key] = assess_position(register, quarter, self._settings)
        return self._positions[key]

    def metrics(self) -> dict[str, MetricSpec]:
        """The loss-model metrics, by id."""
        return {spec.id: spec for spec in _declare(self._measured)}

    def _measured(self, read: Read, more: More = lambda _: {}) -> MetricFunction:
        def function(scope: Scope) -> Measure:
            register = scope.frame("risk_register")
            rows = of_quarter(register["quarter"], scope.window)
            found = self.position(register, scope.window.quarter)
            if found is None:
                return Measure(None, 0, rows={"risk_register": rows})
            left_out = f"{found.unquantified} risks without an interval"
            return Measure(
                read(found),
                n=len(found.top),
                parts={"trials": float(found.trials), "seed": float(found.seed), **more(found)},
                note=left_out if found.unquantified else "",
                rows={"risk_register": rows},
            )

        return function


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
            denominator="scenarios of the risk register with a 90% interval",
            empty="nothing happened: the register has no scenario for the quarter",
            columns=_COLUMNS,
            function=function,
            reference=f"Open FAIR terms; {_MODEL}",
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
