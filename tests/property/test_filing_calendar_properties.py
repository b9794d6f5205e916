"""Deadlines in business days: what holds for every day, every closing and every length."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from board_report.governance.filing_calendar import (
    Closing,
    FilingCalendar,
    load_filing_calendar,
)

days = st.dates(date(2018, 1, 1), date(2060, 12, 31))
lengths = st.integers(1, 12)
ONE = timedelta(days=1)


@st.composite
def calendars(draw: st.DrawFn) -> FilingCalendar:
    """The program's own calendar with some more closings."""
    known = load_filing_calendar()
    more = draw(st.lists(st.tuples(days, st.booleans()), max_size=8))
    own = {day: Closing(day, "made up", is_verified=sure) for day, sure in more}
    return FilingCalendar({**known.closings, **own}, known.known_through, known.checked_on)


@given(calendars(), days, lengths)
def test_a_deadline_is_a_business_day_with_exactly_so_many_counted(
    calendar: FilingCalendar, day: date, length: int
) -> None:
    """Counted one by one here, from the day after (or from the first business day on)."""
    due = calendar.deadline(day, length).due_on
    assert calendar.is_business_day(due)
    walked, seen = day, 0
    while walked < due:
        walked += ONE
        seen += calendar.is_business_day(walked)
    assert seen == length
    assert calendar.business_days_between(day, due) == length


@given(calendars(), days, st.integers(0, 20), lengths)
def test_a_later_determination_has_no_earlier_deadline(
    calendar: FilingCalendar, day: date, more: int, length: int
) -> None:
    first = calendar.deadline(day, length).due_on
    assert first <= calendar.deadline(day + ONE * more, length).due_on


@given(calendars(), days, lengths)
def test_days_without_filings_agree_with_the_business_day_before_them(
    calendar: FilingCalendar, day: date, length: int
) -> None:
    """A Friday, the Saturday and Sunday after it, and the holiday Monday after those."""
    friday = day
    while not calendar.is_business_day(friday):
        friday -= ONE
    chain = friday + ONE
    due = calendar.deadline(friday, length)
    while not calendar.is_business_day(chain):
        assert calendar.deadline(chain, length).due_on == due.due_on
        chain += ONE


@given(calendars(), days, lengths)
def test_the_reckoning_has_every_day_and_says_why_one_does_not_count(
    calendar: FilingCalendar, day: date, length: int
) -> None:
    due = calendar.deadline(day, length)
    shown = [each.on for each in due.reckoning]
    assert shown == [day + ONE * at for at in range((due.due_on - day).days + 1)]
    assert [each.count for each in due.reckoning[1:] if each.count is not None] == list(
        range(1, length + 1)
    )
    assert all(bool(each.why) == (each.count is None) for each in due.reckoning)


@given(calendars(), days, lengths)
def test_a_doubtful_closing_never_brings_a_deadline_forward(
    calendar: FilingCalendar, day: date, length: int
) -> None:
    due = calendar.deadline(day, length)
    if due.due_if_open is not None:
        assert due.unverified
        assert due.due_if_open < due.due_on


@given(days, st.integers(0, 24 * 60 - 1))
def test_a_filing_counts_on_a_business_day_not_before_it_was_made(day: date, minute: int) -> None:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    calendar = load_filing_calendar()
    filed = calendar.filed_on(at)
    assert calendar.is_business_day(filed)
    assert filed >= at.date() - ONE
