"""What is asked of the board and what became of it, as it was known on a given day."""

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


# --- what the two leaders recommend --------------------------------------------------------------

LEADERS = ("CISO", "CTO")


@dataclass(frozen=True)
class Advice:
    """What each of the two leaders recommends on one decision."""

    options: tuple[Row, ...]
    """Of ``decision_options``, in the order of their letters."""
    chosen: dict[str, tuple[str, ...]]
    """Leader to the letters of the options that the leader recommends."""
    words: dict[str, str]
    """Leader to the recommendation in words; empty where there is none."""

    @property
    def silent(self) -> tuple[str, ...]:
        """The leaders without any recommendation."""
        return tuple(each for each in LEADERS if not self.chosen[each] and not self.words[each])

    @property
    def is_disputed(self) -> bool:
        """Whether the two recommend different things: by option, else by their words.

        Words beside one and the same option are shades of it and no dispute.
        """
        ciso, cto = (self.chosen[each] for each in LEADERS)
        if ciso and cto:
            return set(ciso) != set(cto)
        first, second = (self.words[each].casefold().rstrip(".") for each in LEADERS)
        return bool(first and second and first != second)


def advice_on(row: Row, options: Sequence[Row]) -> Advice:
    """The options and recommendations of one decision.

    Args:
        row: of ``decisions``.
        options: all rows of ``decision_options``; none where the table was not given.
    """
    own = sorted(
        (each for each in options if text_of(each, "decision_id") == text_of(row, "decision_id")),
        key=lambda each: text_of(each, "option"),
    )
    return Advice(
        options=tuple(own),
        chosen={
            leader: tuple(
                text_of(each, "option")
                for each in own
                if each.get(f"is_recommended_by_{leader.lower()}") is True
            )
            for leader in LEADERS
        },
        words={leader: text_of(row, f"recommendation_{leader.lower()}") for leader in LEADERS},
    )
