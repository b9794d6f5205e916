"""What the two leaders do about risk: costs, effects with their intervals, and what they change."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.cto.flows import INVESTMENTS, quarter_index
from board_report.metrics.cto.reading import total
from board_report.metrics.declare import numbers
from board_report.risk.quantities import Z_90, FloatArray
from board_report.risk.records import Decision, Interval
from board_report.risk.rows import Row, number, place, records, word
from board_report.risk.years import Changes

if TYPE_CHECKING:
    from board_report.period import Quarter
    from board_report.tables.schema import TableSet

INITIATIVES = "initiatives"
EFFECTS = "initiative_effects"
LEAST_LEFT = 0.01
"""The least that an initiative in place is taken to leave of a frequency or a loss.

What is counted already is taken out again by a division, and an effect that leaves nothing would
make the loss without it infinite.
"""
_QUARTERS_A_YEAR = 4


class Factor(StrEnum):
    """What an effect on a risk acts on."""

    FREQUENCY = "frequency"
    """The yearly number of loss events."""
    MAGNITUDE = "magnitude"
    """The loss of one event."""


@dataclass(frozen=True)
class LossEffect:
    """What an initiative takes away from one risk, or adds to it.

    The stated 90% interval is read as a normal belief: mean in the middle, standard deviation of
    half its width over 1.645. Beliefs above 1 count as 1, since no more than all can be taken away;
    that leaves both ends of the interval where they were stated.
    """

    risk_id: str
    factor: Factor
    interval: Interval
    """Reduction as a share of 1, its 5th and 95th percentile; below zero it adds."""
    file: str = ""
    line: int = 0

    @property
    def reduction(self) -> float:
        """The middle of the interval, which closed forms and simulations use; at most 1."""
        return min((self.interval.low + self.interval.high) / 2, 1.0)

    def reductions(self, scores: FloatArray) -> FloatArray:
        """Reductions at standard normal scores, same shape."""
        middle = (self.interval.low + self.interval.high) / 2
        deviation = (self.interval.high - self.interval.low) / (2 * Z_90)
        return np.minimum(middle + deviation * scores, 1.0)


@dataclass(frozen=True)
class KpiChange:
    """What an initiative changes in a joint KPI."""

    metric_id: str
    interval: Interval
    """In the metric's unit; 5th and 95th percentile."""
    file: str = ""
    line: int = 0

    @property
    def change(self) -> float:
        """Mean of the belief: the middle of the interval."""
        return (self.interval.low + self.interval.high) / 2


@dataclass(frozen=True)
class Initiative:
    """One initiative of either leader; money in the reporting currency."""

    initiative_id: str
    name: str
    decision: Decision
    running_cost: float
    """A year."""
    one_off_cost: float = 0.0
    life_years: float = 1.0
    """Above zero."""
    owner_role: str = ""
    """Empty while nobody owns it."""
    leader: str = ""
    requires: tuple[str, ...] = ()
    """Without all of these it cannot be chosen."""
    excludes: tuple[str, ...] = ()
    """Beside any of these it cannot be chosen, whichever of the two says so."""
    must_stay: bool = False
    on_loss: tuple[LossEffect, ...] = ()
    on_kpis: tuple[KpiChange, ...] = ()
    value_a_year: float | None = None
    """Planned benefit a year, taken to hold no avoided loss; None where none is planned."""
    file: str = ""
    line: int = 0

    @property
    def annual_cost(self) -> float:
        """Running cost, and one-off cost in equal parts over its life, undiscounted."""
        return self.running_cost + self.one_off_cost / self.life_years

    @property
    def is_today(self) -> bool:
        """Whether it is in place or committed."""
        return self.decision is not Decision.PROPOSED

    @property
    def is_counted(self) -> bool:
        """Whether the register's intervals count it already."""
        return self.decision is Decision.IN_PLACE

    @property
    def least_left(self) -> float:
        """The least that an effect of it is taken to leave."""
        return LEAST_LEFT if self.is_counted else 0.0

    def left_of(self, effect: LossEffect) -> float:
        """What one of its effects leaves: 0.7 of a reduction by 30%, 1.1 where a tenth is added."""
        return max(1 - effect.reduction, self.least_left)


def changes_of(initiatives: Iterable[Initiative], chosen: Collection[str]) -> Changes:
    """How the register's scenarios change when these of the initiatives are on, and no others.

    What the register counts already is divided out where it is not chosen; what it does not count
    is multiplied in where it is chosen. Several effects on one risk multiply.

    Args:
        initiatives: all of them.
        chosen: ids of those that are on; with all in place and no others nothing changes.
    """
    found: dict[str, tuple[float, float]] = {}
    for each in initiatives:
        if each.is_counted == (each.initiative_id in chosen):
            continue
        for effect in each.on_loss:
            left = 1 / each.left_of(effect) if each.is_counted else each.left_of(effect)
            frequency, magnitude = found.get(effect.risk_id, (1.0, 1.0))
            if effect.factor is Factor.FREQUENCY:
                found[effect.risk_id] = (frequency * left, magnitude)
            else:
                found[effect.risk_id] = (frequency, magnitude * left)
    return found


def today(initiatives: Iterable[Initiative]) -> tuple[str, ...]:
    """Ids of what is in place or committed, in their order."""
    return tuple(each.initiative_id for each in initiatives if each.is_today)


def cost_of(initiatives: Iterable[Initiative], chosen: Collection[str]) -> float:
    """What the chosen ones cost a year."""
    return math.fsum(each.annual_cost for each in initiatives if each.initiative_id in chosen)


# --- reading --------------------------------------------------------------------------------------


def read_initiatives(tables: TableSet, quarter: Quarter | None = None) -> tuple[Initiative, ...]:
    """The initiatives in the order of their table; none where it was not given.

    Args:
        tables: ``initiatives``; ``initiative_effects`` and ``investments`` where they were given.
        quarter: reported on; planned benefits that lie ahead of it count. None where what is
            planned beside avoided loss is not wanted.
    """
    effects: dict[str, list[Row]] = {}
    for row in records(tables.frame(EFFECTS)):
        effects.setdefault(word(row, "initiative_id"), []).append(row)
    planned = {} if quarter is None else planned_values(tables, quarter)
    return tuple(
        _initiative(row, effects.get(word(row, "initiative_id"), ()), planned)
        for row in records(tables.frame(INITIATIVES))
    )


def planned_values(tables: TableSet, quarter: Quarter) -> dict[str, float]:
    """Planned benefit a year of each initiative of the investment plan that has any ahead.

    The mean of the quarters after the one reported on, times four: over all of them and not over
    the next four, since a benefit that begins late or ends early is one over its whole life.
    """
    frame = tables.frame(INVESTMENTS)
    ahead = quarter_index(frame["quarter"]) > quarter.index
    benefits, ids = numbers(frame["planned_benefit"]), frame["initiative_id"].to_numpy(dtype=object)
    found = {}
    for each in dict.fromkeys(ids[ahead]):
        known = benefits[ahead & (ids == each)]
        if known.any():
            found[str(each)] = total(known) / len(known) * _QUARTERS_A_YEAR
    return found


def _initiative(row: Row, effects: Sequence[Row], planned: dict[str, float]) -> Initiative:
    initiative_id, stated = word(row, "initiative_id"), number(row, "planned_benefit")
    file, line = place(row)
    return Initiative(
        initiative_id=initiative_id,
        name=word(row, "name") or initiative_id,
        decision=Decision(word(row, "decision")),
        running_cost=number(row, "annual_cost") or 0.0,
        one_off_cost=number(row, "one_off_cost") or 0.0,
        life_years=number(row, "life_years") or 1.0,
        owner_role=word(row, "owner_role"),
        leader=word(row, "leader"),
        requires=_items(row, "requires"),
        excludes=_items(row, "excludes"),
        must_stay=row.get("must_stay") is True,
        on_loss=tuple(_loss_effect(each) for each in effects if word(each, "risk_id")),
        on_kpis=tuple(_kpi_change(each) for each in effects if word(each, "metric_id")),
        value_a_year=planned.get(initiative_id) if stated is None else stated,
        file=file,
        line=line,
    )


def _items(row: Row, column: str) -> tuple[str, ...]:
    value = row.get(column)
    return value if isinstance(value, tuple) else ()


def _interval(row: Row) -> Interval:
    return Interval(number(row, "low") or 0.0, number(row, "high") or 0.0)


def _loss_effect(row: Row) -> LossEffect:
    return LossEffect(
        word(row, "risk_id"), Factor(word(row, "acts_on")), _interval(row), *place(row)
    )


def _kpi_change(row: Row) -> KpiChange:
    return KpiChange(word(row, "metric_id"), _interval(row), *place(row))
