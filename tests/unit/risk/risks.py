"""Scenarios of a few words, for tests of the loss engine."""

from __future__ import annotations

from board_report.risk.frequency import Frequency
from board_report.risk.quantities import Fixed, Lognormal, Quantity
from board_report.risk.scenarios import LossPart, Scenario

ONE_TO_TEN = Lognormal.from_interval(1.0, 10.0)
"""Mean 4.04."""


def risk(
    frequency: Frequency | float = 0.5,
    *parts: LossPart | Quantity,
    name: str = "R1",
    secondary: float = 0.0,
    outage: Quantity | None = None,
) -> Scenario:
    """A scenario; a plain number is a rate known for certain, a plain quantity the whole loss."""
    return Scenario(
        risk_id=name,
        title=name,
        short_title=name,
        owner_role="CISO",
        frequency=frequency if isinstance(frequency, Frequency) else Frequency(Fixed(frequency)),
        parts=tuple(
            each if isinstance(each, LossPart) else LossPart(each)
            for each in parts or (ONE_TO_TEN,)
        ),
        secondary_chance=secondary,
        outage_hours=outage,
    )
