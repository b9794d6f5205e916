"""Count targets: how many were met in each quarter, and which have been missed for how long.

Every past value is held against today's target, so a target that was tightened since makes old
quarters look worse than the boards of the time were told; pages that use this say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.model import MetricSeries, State, Status

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures


@dataclass(frozen=True)
class TargetRecord:
    """One metric with a target: how it stood against it in each quarter, oldest first."""

    metric_id: str
    statuses: tuple[Status, ...]
    """``Status.NONE`` where there was no value."""
    states: tuple[State, ...]
    """What stood behind each value."""

    @property
    def now(self) -> Status:
        """In the quarter reported on."""
        return self.statuses[-1]

    @property
    def missed_running(self) -> int:
        """Quarters off target without a break, up to the one reported on."""
        return _run(self.statuses, Status.OFF)

    @property
    def met_running(self) -> int:
        """Quarters on target without a break, up to the one reported on."""
        return _run(self.statuses, Status.ON)


@dataclass(frozen=True)
class TargetTally:
    """How many targets were met, nearly met and missed in one quarter."""

    on: int
    near: int
    off: int
    absent: int
    """Targets whose metric had no value: nothing happened, not measured, or withheld."""

    @property
    def judged(self) -> int:
        """Targets that could be judged."""
        return self.on + self.near + self.off

    @property
    def total(self) -> int:
        """All targets."""
        return self.judged + self.absent


def _run(statuses: Sequence[Status], wanted: Status) -> int:
    count = 0
    for status in reversed(statuses):
        if status is not wanted:
            break
        count += 1
    return count


def target_records(figures: Figures) -> tuple[TargetRecord, ...]:
    """Every metric that has a target, in the order of the catalogue."""
    return tuple(_record(each) for each in figures.series.values() if each.target is not None)


def _record(series: MetricSeries) -> TargetRecord:
    target = series.target
    return TargetRecord(
        metric_id=series.metric_id,
        statuses=tuple(
            target.status(each.value) if target and each.value is not None else Status.NONE
            for each in series.values
        ),
        states=tuple(each.state for each in series.values),
    )


def tally_targets(records: Sequence[TargetRecord], at: int = -1) -> TargetTally:
    """How the targets stood in one quarter.

    Args:
        records: of :func:`target_records`.
        at: place of the quarter; -1 is the one reported on.
    """
    statuses = [each.statuses[at] for each in records]
    return TargetTally(
        on=statuses.count(Status.ON),
        near=statuses.count(Status.NEAR),
        off=statuses.count(Status.OFF),
        absent=statuses.count(Status.NONE),
    )


def count_missed_running(records: Sequence[TargetRecord], quarters: int = 3) -> int:
    """Targets missed in at least so many quarters without a break, up to the one reported on."""
    return sum(each.missed_running >= quarters for each in records)


def missed_longest_first(records: Sequence[TargetRecord]) -> tuple[TargetRecord, ...]:
    """Off target the longest first, then near, then on the shortest, then those without a value."""
    order = (Status.OFF, Status.NEAR, Status.ON, Status.NONE)
    return tuple(
        sorted(
            records,
            key=lambda each: (order.index(each.now), -each.missed_running, each.met_running),
        )
    )
