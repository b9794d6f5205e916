"""A register of three risks, a year of incidents, and what was promised, for tests of the check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from board_report.period import Quarter, Window
from board_report.risk.frequency import Frequency
from board_report.risk.quantities import Fixed, Lognormal
from board_report.risk.scenarios import LossPart, Scenario
from board_report.risk.simulate import LossModel
from board_report.tables.schema import TableSet
from tests.spec.tables import Row, tables, window_of

MADE_IN = Quarter(2025, 3)
WINDOWS = tuple(
    window_of(each, "2026-09-30") for each in ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
)


def scenario(risk_id: str, rate: float, loss: float = 1000.0) -> Scenario:
    """Events are Poisson with a known rate, and each costs the same."""
    return Scenario(
        risk_id,
        f"Risk {risk_id}",
        f"Short {risk_id}",
        "CISO",
        Frequency(Fixed(rate)),
        (LossPart(Fixed(loss)),),
    )


OFTEN, SELDOM, RARE = scenario("R1", 4.0), scenario("R2", 0.5), scenario("R3", 0.01)
MODEL = LossModel((OFTEN, SELDOM, RARE), seed=7)


def incident(on: str, risk_id: str | None = None, cost: float | None = 1000.0) -> Row:
    return {"detected_at": f"{on} 09:00", "risk_id": risk_id, "cost": cost}


BEFORE = incident("2025-01-15", "R1")
"""Long before the year, so that the record reaches over it."""


def told(
    incidents: Sequence[Row] | None,
    records_from: date | None = date(2025, 1, 15),
    **more: Sequence[Row],
) -> TableSet:
    """Tables with the incidents, whose record is known to begin on a day."""
    register = [
        {"quarter": str(MADE_IN), "risk_id": each.risk_id, "title": each.title}
        for each in MODEL.scenarios
    ]
    given = {"risk_register": register, **more}
    if incidents is None:
        return tables(**given)
    found = tables(incidents=incidents, **given)
    spanned = replace(found["incidents"], records_from=records_from)
    return TableSet({**found.tables, "incidents": spanned})


def uncertain(risk_id: str, low: float, high: float) -> Scenario:
    """A scenario whose rate is known to an interval alone."""
    return replace(scenario(risk_id, 1.0), frequency=Frequency(Lognormal.from_interval(low, high)))


def last_window() -> Window:
    return WINDOWS[-1]
