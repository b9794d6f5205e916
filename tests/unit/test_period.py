"""Fiscal quarters, the as-of date, and the windows that figures are computed over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from board_report.errors import ProjectError
from board_report.period import FiscalCalendar, Quarter, window, windows

CHICAGO = FiscalCalendar(1, "America/Chicago")
OCTOBER = FiscalCalendar(10, "UTC")


@pytest.mark.parametrize("text", ["2026-Q3", "2026Q3", " 2026-q3 "])
def test_quarter_is_read(text: str) -> None:
    """However it is written, it prints one way."""
    assert str(Quarter.parse(text)) == "2026-Q3"


@pytest.mark.parametrize("text", ["2026-Q5", "2026-Q0", "Q3 2026", "26-Q3", "", "2026-Q3-Q4"])
def test_text_that_is_no_quarter(text: str) -> None:
    """The message shows how to write one."""
    with pytest.raises(ProjectError, match="2026-Q3"):
        Quarter.parse(text)


def test_quarter_that_cannot_be() -> None:
    """Neither a fifth quarter nor a year without calendar."""
    with pytest.raises(ValueError, match="no such quarter"):
        Quarter(2026, 5)
    with pytest.raises(ValueError, match="no such quarter"):
        Quarter(1, 1)


def test_quarters_count_and_compare() -> None:
    """Across the turn of a year."""
    first = Quarter(2026, 1)
    assert first.previous == Quarter(2025, 4)
    assert first.shift(7) == Quarter(2027, 4)
    assert first.previous < first <= Quarter(2026, 1)
    assert [str(each) for each in first.history(3)] == ["2025-Q3", "2025-Q4", "2026-Q1"]
    assert len(first.history()) == 8
    assert (first.words, first.short) == ("First quarter 2026", "Q1")


def test_calendar_year() -> None:
    """January to December."""
    assert CHICAGO.first_day(Quarter(2026, 3)) == date(2026, 7, 1)
    assert CHICAGO.last_day(Quarter(2026, 3)) == date(2026, 9, 30)
    assert CHICAGO.quarter_of(date(2026, 12, 31)) == Quarter(2026, 4)


def test_fiscal_year_is_named_by_the_year_it_ends_in() -> None:
    """A year from October 2025 to September 2026 is 2026."""
    assert OCTOBER.first_day(Quarter(2026, 1)) == date(2025, 10, 1)
    assert OCTOBER.last_day(Quarter(2026, 4)) == date(2026, 9, 30)
    assert OCTOBER.quarter_of(date(2025, 9, 30)) == Quarter(2025, 4)
    assert OCTOBER.quarter_of(date(2026, 2, 28)) == Quarter(2026, 2)


def test_quarter_begins_at_local_midnight() -> None:
    """Chicago is five hours behind UTC in July and six in January."""
    assert CHICAGO.start(Quarter(2026, 3)) == datetime(2026, 7, 1, 5, tzinfo=UTC)
    assert CHICAGO.start(Quarter(2027, 1)) == datetime(2027, 1, 1, 6, tzinfo=UTC)


def test_days_are_as_long_as_the_clocks_make_them() -> None:
    """23 hours when they go forward (8 March 2026), 25 when they go back (1 November)."""

    def hours(day: date) -> float:
        length = CHICAGO.end_of_day(day) - CHICAGO.end_of_day(day - timedelta(days=1))
        return length.total_seconds() / 3600

    assert hours(date(2026, 3, 7)) == 24
    assert hours(date(2026, 3, 8)) == 23
    assert hours(date(2026, 11, 1)) == 25


def test_day_that_begins_at_one() -> None:
    """Cairo's clocks skip midnight itself (24 April 2026): the day begins when they move."""
    cairo = FiscalCalendar(1, "Africa/Cairo")
    assert cairo.end_of_day(date(2026, 4, 23)) == datetime(2026, 4, 23, 22, tzinfo=UTC)


def test_window_ends_with_the_quarter_or_with_what_is_known() -> None:
    """Stocks are counted at the earlier of the two."""
    whole = window(CHICAGO, Quarter(2026, 2), date(2026, 9, 30))
    assert whole.cutoff == whole.end == CHICAGO.start(Quarter(2026, 3))
    assert whole.cutoff_day == date(2026, 6, 30)
    part = window(CHICAGO, Quarter(2026, 3), date(2026, 8, 31))
    assert part.cutoff == part.known_at == datetime(2026, 9, 1, 5, tzinfo=UTC)
    assert part.cutoff_day == date(2026, 8, 31)


def test_windows_are_known_on_one_day() -> None:
    """Oldest first, all as of the same date."""
    eight = windows(CHICAGO, Quarter(2026, 3), date(2026, 9, 30))
    assert [str(each.quarter) for each in eight][::7] == ["2024-Q4", "2026-Q3"]
    assert {each.as_of for each in eight} == {date(2026, 9, 30)}
