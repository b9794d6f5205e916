"""Fiscal calendars: every day has one quarter, and windows tile time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from board_report.period import FiscalCalendar, Quarter, windows

ZONES = ("UTC", "America/Chicago", "Europe/Berlin", "Africa/Cairo", "Asia/Kolkata", "Pacific/Apia")
calendars = st.builds(FiscalCalendar, st.integers(1, 12), st.sampled_from(ZONES))
quarters = st.builds(Quarter, st.integers(1990, 2100), st.integers(1, 4))
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(calendars, quarters)
def test_first_and_last_day_belong_to_their_quarter(
    calendar: FiscalCalendar, quarter: Quarter
) -> None:
    """In whichever month the fiscal year begins."""
    first, last = calendar.first_day(quarter), calendar.last_day(quarter)
    assert calendar.quarter_of(first) == quarter
    assert calendar.quarter_of(last) == quarter
    assert calendar.quarter_of(first - timedelta(days=1)) == quarter.previous
    assert 89 <= (last - first).days + 1 <= 92


@given(calendars, days)
def test_every_day_lies_in_its_quarter(calendar: FiscalCalendar, day: date) -> None:
    """Between its first and its last day."""
    quarter = calendar.quarter_of(day)
    assert calendar.first_day(quarter) <= day <= calendar.last_day(quarter)


@given(calendars, quarters, days, st.integers(2, 12))
def test_windows_tile_time(
    calendar: FiscalCalendar, quarter: Quarter, as_of: date, count: int
) -> None:
    """Each begins at the instant at which the one before ends."""
    found = windows(calendar, quarter, as_of, count)
    assert len(found) == count
    for before, after in pairwise(found):
        assert before.end == after.start
        assert before.last_day + timedelta(days=1) == after.first_day
    assert all(each.start < each.end for each in found)
    assert all(each.cutoff <= each.end and each.cutoff <= each.known_at for each in found)


@given(calendars, days)
def test_days_tile_time(calendar: FiscalCalendar, day: date) -> None:
    """A day lasts 23 to 25 hours, but for the one that Samoa left out."""
    hours = calendar.end_of_day(day) - calendar.end_of_day(day - timedelta(days=1))
    assert timedelta(hours=0) <= hours <= timedelta(hours=25)
    if (calendar.time_zone, day) != ("Pacific/Apia", date(2011, 12, 30)):
        assert hours >= timedelta(hours=23)


@given(quarters, st.integers(-40, 40))
def test_shifting_there_and_back(quarter: Quarter, steps: int) -> None:
    """The index counts quarters."""
    assert quarter.shift(steps).shift(-steps) == quarter
    assert quarter.shift(steps).index - quarter.index == steps
    assert Quarter.parse(str(quarter)) == quarter
