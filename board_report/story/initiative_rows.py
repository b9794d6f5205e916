"""Single initiatives of the technology portfolio: where their secure review stands, in words.

The rules are those of the metrics ``launches_without_review`` and ``reviews_not_booked``, applied
to one row; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from board_report.metrics.cto.adoption import DAYS_AHEAD
from board_report.story import formats

if TYPE_CHECKING:
    from board_report.story.facts import BoardFacts


class Review(Enum):
    """Where the secure review of an initiative stands on the last day that counts."""

    PASSED = "passed"
    BOOKED = "booked"
    MISSED = "booked for a day that went by, launch not due within 180 days"
    NOT_DUE = "not booked, launch not due within 180 days"
    NOT_BOOKED = "not booked, launch due within 180 days"
    SLIPPED = "not booked, launch already late"
    BYPASSED = "live without a review, or before it"


MARKS = {
    Review.PASSED: "on",
    Review.BOOKED: "later",
    Review.MISSED: "near",
    Review.NOT_DUE: "none",
    Review.NOT_BOOKED: "off",
    Review.SLIPPED: "off",
    Review.BYPASSED: "off",
}
"""The status that each state is drawn with."""


@dataclass(frozen=True)
class Initiative:
    """One row of the portfolio as known on the last day that counts; None where unknown."""

    technology_id: str
    name: str
    budget: float | None
    """In the reporting currency, over its life."""
    requested: date | None
    booked: date | None
    passed: date | None
    planned: date | None
    live: date | None
    retired: date | None
    findings: int
    """Security findings still open on it; 0 where unknown."""
    today: date
    """The last day that counts."""

    @property
    def review(self) -> Review:
        """Where the secure review stands."""
        if self.live:
            in_time = self.passed is not None and self.passed <= self.live
            return Review.PASSED if in_time else Review.BYPASSED
        if self.passed:
            return Review.PASSED
        if self.booked and self.booked > self.today:
            return Review.BOOKED
        if self.planned and self.planned <= self.today:
            return Review.SLIPPED
        if self.planned and self.planned <= self.today + timedelta(days=DAYS_AHEAD):
            return Review.NOT_BOOKED
        return Review.MISSED if self.booked else Review.NOT_DUE

    @property
    def is_problem(self) -> bool:
        """True when a review was bypassed, is not booked, or was missed."""
        return MARKS[self.review] in ("off", "near")

    @property
    def go_live(self) -> date | None:
        """The day it went live, or is planned to."""
        return self.live or self.planned

    @property
    def mark_on(self) -> date | None:
        """Where the mark of its review stands in time; None where it has none."""
        return {
            Review.PASSED: self.passed,
            Review.BOOKED: self.booked,
            Review.MISSED: self.booked,
            Review.NOT_DUE: None,
        }.get(self.review, self.go_live)

    @property
    def words(self) -> str:
        """What stands beside its bar; empty where there is nothing to say."""
        found = formats.counted(self.findings, "finding", words=False)
        still = f"{found} open" if self.findings else ""
        return ", ".join(filter(None, (self._review_words(), still)))

    def _review_words(self) -> str:
        if self.review is Review.BYPASSED:
            late = f"reviewed after launch, {formats.day_short(self.passed)}"
            return late if self.passed else "live without review"
        return {
            Review.MISSED: f"review of {formats.day_short(self.booked)} not passed",
            Review.NOT_DUE: "review not yet due",
            Review.NOT_BOOKED: "booking went by" if self.booked else "review not booked",
            Review.SLIPPED: "launch late, review not booked",
        }.get(self.review, "")


def initiatives(facts: BoardFacts) -> tuple[Initiative, ...]:
    """Those that matter now: live this fiscal year, or asked for, not live yet and not retired."""
    project, today = facts.project, facts.window.cutoff_day
    year_starts = project.calendar.first_day(replace(project.quarter, number=1))
    rows = facts.rows("technology_portfolio")
    rows = rows.assign(open_findings=rows["open_findings"].fillna(0))
    all_ = [_initiative(row, today) for row in rows.to_dict("records")]
    return tuple(
        each
        for each in all_
        if (each.requested is None or each.requested <= today)
        and (each.live >= year_starts if each.live else each.retired is None)
    )


def largest_first(chosen: Iterable[Initiative]) -> list[Initiative]:
    """By budget, those without one last, then by number."""
    return sorted(
        chosen,
        key=lambda each: (each.budget is None, -(each.budget or 0.0), each.technology_id),
    )


def _initiative(row: Mapping[Any, Any], today: date) -> Initiative:
    def day(column: str) -> date | None:
        value = row[column]
        return value.date() if value == value else None

    def happened(column: str) -> date | None:
        found = day(column)
        return found if found and found <= today else None

    budget = row["budget"]
    return Initiative(
        technology_id=str(row["technology_id"]),
        name=str(row["name"]),
        budget=float(budget) if budget == budget else None,
        requested=day("requested_on"),
        booked=day("review_booked_for"),
        passed=happened("review_passed_on"),
        planned=day("planned_live_on"),
        live=happened("live_on"),
        retired=happened("retired_on"),
        findings=int(row["open_findings"]),
        today=today,
    )
