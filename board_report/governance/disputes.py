"""Matters on which the two offices disagreed: how long each took, and who settled it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from board_report.governance.rows import Row, day_of, plain_rows, text_of, trailing_year
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.tables.schema import TableSet

DAYS_OPEN = 30
"""A dispute that is open for longer is a finding."""


@dataclass(frozen=True)
class Dispute:
    """One dispute as known at the cutoff."""

    dispute_id: str
    subject: str
    raised_on: date
    raised_by: str
    """Role."""
    settled_on: date | None
    """None while it is open at the cutoff."""
    settled_by: str
    """Role; ``BOTH`` where the two agreed; empty while open."""
    settlement: str
    days: int
    """From raising to settling, or to the cutoff's day while it is open."""
    file: str = ""
    line: int = 0

    @property
    def is_open(self) -> bool:
        """Whether nobody had settled it by the cutoff."""
        return self.settled_on is None

    @property
    def is_open_long(self) -> bool:
        """Whether it is open for more days than :data:`DAYS_OPEN`."""
        return self.is_open and self.days > DAYS_OPEN


def disputes_of(tables: TableSet, window: Window) -> tuple[Dispute, ...]:
    """Those open at the cutoff, the oldest first; then those settled in four quarters, the latest
    first.
    """
    first, last = trailing_year(window)
    every = [
        _dispute(row, last)
        for row in plain_rows(tables.frame("disputes"))
        if (day_of(row, "raised_on") or date.max) <= last
    ]
    waiting = sorted((each for each in every if each.is_open), key=lambda each: -each.days)
    settled = [each for each in every if each.settled_on and each.settled_on >= first]
    settled.sort(key=lambda each: each.settled_on or last, reverse=True)
    return (*waiting, *settled)


def _dispute(row: Row, last: date) -> Dispute:
    raised, settled = day_of(row, "raised_on") or last, day_of(row, "settled_on")
    if settled and settled > last:
        settled = None
    line = row.get(LINE_COLUMN)
    return Dispute(
        dispute_id=text_of(row, "dispute_id"),
        subject=text_of(row, "subject"),
        raised_on=raised,
        raised_by=text_of(row, "raised_by_role"),
        settled_on=settled,
        settled_by=text_of(row, "settled_by_role") if settled else "",
        settlement=text_of(row, "settlement") if settled else "",
        days=((settled or last) - raised).days,
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
    )
