"""The review after each major incident: whether it was held, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.governance.hand_overs import MajorIncident, major_incidents
from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.tables.schema import TableSet

DAYS_TO_REVIEW = 30
"""A review is due this many days after the incident is recovered."""


class ReviewState(StrEnum):
    """Where the review of an incident stands at the cutoff."""

    HELD = "held"
    NOT_DUE = "not due yet"
    """The incident is not recovered, or not for longer than a review may take."""
    MISSING = "not held"


@dataclass(frozen=True)
class Review:
    """The review of one major incident as known at the cutoff."""

    incident: MajorIncident
    state: ReviewState
    review_id: str
    """Empty where none is on record."""
    held_on: date | None
    ciso_owner: str
    """In the CISO's office; empty where none is on record."""
    cto_owner: str
    lesson: str
    open_actions: int
    overdue_actions: int
    """Of the open ones, those due before the cutoff's day."""
    closed_actions: int
    file: str = ""
    line: int = 0

    @property
    def actions(self) -> int:
        """All actions agreed in it by the cutoff."""
        return self.open_actions + self.closed_actions

    @property
    def offices_without_owner(self) -> tuple[str, ...]:
        """``CISO``, ``CTO`` or both, where that office has no owner of the review."""
        owners = (("CISO", self.ciso_owner), ("CTO", self.cto_owner))
        return tuple(office for office, owner in owners if not owner)


def incident_reviews(tables: TableSet, window: Window) -> tuple[Review, ...]:
    """One for each major incident detected in the four quarters to the cutoff, the latest first."""
    rows = plain_rows(tables.frame("incident_reviews"))
    actions = plain_rows(tables.frame("joint_actions"))
    return tuple(_review(each, rows, actions, window) for each in major_incidents(tables, window))


def _review(
    incident: MajorIncident, rows: Sequence[Row], actions: Sequence[Row], window: Window
) -> Review:
    last = window.cutoff_day
    own = [row for row in rows if text_of(row, "incident_id") == incident.incident_id]
    held = [row for row in own if (day_of(row, "held_on") or date.max) <= last]
    row = next(iter([*held, *own]), {})
    numbers = {text_of(each, "review_id") for each in own}
    agreed = [
        each
        for each in actions
        if text_of(each, "review_id") in numbers and (day_of(each, "raised_on") or date.max) <= last
    ]
    standing = [each for each in agreed if (day_of(each, "closed_on") or date.max) > last]
    line = row.get(LINE_COLUMN)
    return Review(
        incident=incident,
        state=_state(incident, bool(held), window),
        review_id=text_of(row, "review_id"),
        held_on=day_of(row, "held_on") if held else None,
        ciso_owner=text_of(row, "ciso_office_owner"),
        cto_owner=text_of(row, "cto_office_owner"),
        lesson=text_of(row, "lesson"),
        open_actions=len(standing),
        overdue_actions=sum((day_of(each, "due_on") or date.max) < last for each in standing),
        closed_actions=len(agreed) - len(standing),
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
    )


def _state(incident: MajorIncident, is_held: bool, window: Window) -> ReviewState:
    if is_held:
        return ReviewState.HELD
    recovered = incident.recovered
    is_due = recovered and window.cutoff - recovered > timedelta(days=DAYS_TO_REVIEW)
    return ReviewState.MISSING if is_due else ReviewState.NOT_DUE
