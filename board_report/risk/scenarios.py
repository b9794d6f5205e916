"""Loss scenarios in the terms of Open FAIR: how often, and how much each time, form by form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from board_report.risk.frequency import Frequency
from board_report.risk.quantities import Fixed, FloatArray, Lognormal, Quantity

__all__ = ["Frequency", "Lognormal", "LossPart", "Scenario", "expected_total"]

PRODUCTIVITY = "productivity"
"""The form of loss that an outage causes, and that a waiting period of insurers is about."""


@dataclass(frozen=True)
class LossPart:
    """One form of the loss of one event, in the reporting currency."""

    amount: Quantity
    form: str = ""
    """One of Open FAIR's six forms; empty where the loss is not split."""
    is_secondary: bool = False
    """True where it follows only when others react: customers, regulators, courts."""
    log_error: float = 0.0
    """Standard deviation of what is not known of the logarithm's mean: 0 for a stated interval."""


@dataclass(frozen=True)
class Scenario:
    """One risk of the register as the model draws it."""

    risk_id: str
    title: str
    short_title: str
    owner_role: str
    """Empty where nobody owns it."""
    frequency: Frequency
    parts: tuple[LossPart, ...]
    secondary_chance: float = 0.0
    """Chance that a loss event has secondary losses, 0 to 1."""
    secondary_belief: Quantity | None = None
    """What is believed of that chance; None where it is known, or none follows."""
    outage_hours: Quantity | None = None
    """Hours that a service is down in one event."""
    magnitude: float = 1.0
    """What controls leave of each loss: 0.7 after a reduction by 30%."""
    basis: str = "90% interval"
    line: int = 0
    """Line of the register, for tracing."""

    @property
    def mean_event_loss(self) -> float:
        """Expected loss of one event."""
        primary = math.fsum(each.amount.mean for each in self.parts if not each.is_secondary)
        secondary = math.fsum(each.amount.mean for each in self.parts if each.is_secondary)
        return self.magnitude * (primary + self.secondary_chance * secondary)

    @property
    def expected_loss(self) -> float:
        """Annualized loss expectancy in closed form: mean frequency times mean loss."""
        return self.frequency.mean * self.mean_event_loss

    @property
    def chance_a_year(self) -> float:
        """Probability of at least one loss event in a year."""
        return self.frequency.count.chance

    def changed(self, frequency: float = 1.0, magnitude: float = 1.0) -> Scenario:
        """The scenario when so much of the frequency and of each loss is left (or is added)."""
        return replace(
            self,
            frequency=self.frequency.scaled(frequency) if frequency != 1 else self.frequency,
            magnitude=self.magnitude * magnitude,
        )

    def expected_given(
        self, rates: FloatArray, vulnerabilities: FloatArray, losses: FloatArray
    ) -> FloatArray:
        """Expected loss a year under each belief.

        Args:
            rates, vulnerabilities, losses: normal scores of what is believed of each, same shape.
        """
        event = np.zeros_like(losses)
        for part in self.parts:
            weight = self.secondary_chance if part.is_secondary else 1.0
            error = part.log_error
            drift = np.exp(error * losses - error**2 / 2) if error else 1.0
            event = event + weight * part.amount.mean * drift
        return self.frequency.rates(rates, vulnerabilities) * event * self.magnitude

    @property
    def is_interval(self) -> bool:
        """Whether one form of loss, and nothing else, describes an event."""
        return len(self.parts) == 1 and not self.parts[0].is_secondary


def interval_scenario(
    risk_id: str,
    events: tuple[float, float],
    loss: tuple[float, float],
    *,
    title: str = "",
    short_title: str = "",
    owner_role: str = "",
    line: int = 0,
) -> Scenario:
    """A scenario as the register states it: 90% intervals of events a year and of one loss.

    Raises:
        ValueError: an interval is not positive or is upside down.
    """
    rate = Fixed(events[0]) if 0 < events[0] == events[1] else Lognormal.from_interval(*events)
    return Scenario(
        risk_id=risk_id,
        title=title or risk_id,
        short_title=short_title or title or risk_id,
        owner_role=owner_role,
        frequency=Frequency(rate),
        parts=(LossPart(Lognormal.from_interval(*loss)),),
        line=line,
    )


def expected_total(scenarios: Sequence[Scenario]) -> float:
    """Annualized loss expectancy of all scenarios: expectations add whatever the correlation."""
    return math.fsum(each.expected_loss for each in scenarios)
