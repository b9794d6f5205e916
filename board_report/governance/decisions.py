"""What became of the board's decisions, as it was known on a given day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.rows import Row, day_of, text_of


class Fate(StrEnum):
    """Where a decision stands."""

    DONE = "done"
    DONE_LATE = "done late"
    LATE = "late"
    """Agreed, due before the day in question, and not done."""
    UNDER_WAY = "under way"
    DEFERRED = "deferred"
    DECLINED = "declined"
    UNDECIDED = "undecided"
    """Asked, and no decision is on record."""


def fate_of(row: Row, as_of: date) -> Fate:
    """What had become of one row of ``decisions`` by the end of a day.

    What happened after that day had not happened yet: a decision done later is still under way
    or late, and one taken later is undecided.
    """
    state, due, done = text_of(row, "state"), day_of(row, "due_on"), day_of(row, "done_on")
    decided = day_of(row, "decided_on")
    if state == "asked" or (decided is not None and decided > as_of):
        return Fate.UNDECIDED
    if state in ("deferred", "declined"):
        return Fate(state)
    if (state == "done" and done is None) or (done is not None and done <= as_of):
        return Fate.DONE_LATE if done and due and done > due else Fate.DONE
    return Fate.LATE if due is not None and due < as_of else Fate.UNDER_WAY


@dataclass(frozen=True)
class DecisionTally:
    """What became of the decisions that were due, and of those that were asked at all."""

    asked: int
    due: int
    """Agreed and due by the day in question, or done before they were due."""
    on_time: int
    late: int
    """Done after they were due, or due and not done."""
    open: int
    """Agreed and not yet due."""
    set_aside: int
    """Deferred or declined."""
    undecided: int


def tally_decisions(rows: Sequence[Row], as_of: date) -> DecisionTally:
    """Count fates of decisions as known on a day."""
    fates = [fate_of(row, as_of) for row in rows]
    on_time = fates.count(Fate.DONE)
    late = fates.count(Fate.LATE) + fates.count(Fate.DONE_LATE)
    return DecisionTally(
        asked=len(fates),
        due=on_time + late,
        on_time=on_time,
        late=late,
        open=fates.count(Fate.UNDER_WAY),
        set_aside=fates.count(Fate.DEFERRED) + fates.count(Fate.DECLINED),
        undecided=fates.count(Fate.UNDECIDED),
    )
