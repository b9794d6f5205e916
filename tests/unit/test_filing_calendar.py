"""The filing calendar: what closes a day, the cut-off, day 0, and how far closings are known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from board_report.governance.filing_calendar import (
    CountedDay,
    federal_holidays,
    load_filing_calendar,
)

NEW_YORK = ZoneInfo("America/New_York")
CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-27", ""),  # the day after Thanksgiving is a business day
        ("2026-11-28", "Saturday"),
        ("2026-11-29", "Sunday"),
        ("2026-10-12", "federal holiday"),  # Columbus Day, when exchanges trade
        ("2026-11-11", "federal holiday"),
        ("2024-03-29", ""),  # Good Friday, when exchanges are closed
        ("2021-12-31", "federal holiday"),  # New Year's Day of 2022, a Saturday
        ("2020-06-19", ""),  # Juneteenth before it was a holiday
        ("2025-01-09", "the Commission closed"),
        ("2024-12-24", "the Commission closed, UNVERIFIED"),
    ],
)
def test_what_closes_a_day(day: str, why: str) -> None:
    found = load_filing_calendar().why_closed(date.fromisoformat(day))
    assert found.startswith(why) if why else found == ""


def test_a_year_has_eleven_holidays_or_the_next_years_first_too() -> None:
    assert len(federal_holidays(2026)) == 11
    # 1 January 2028 is a Saturday and is observed on 31 December 2027, which has its own too.
    assert len(federal_holidays(2027)) == 12
    assert len(federal_holidays(2028)) == 10


@pytest.mark.parametrize(
    ("at", "filed"),
    [
        ("2026-09-03T17:30:00-04:00", "2026-09-03"),
        ("2026-09-03T17:30:01-04:00", "2026-09-04"),
        ("2026-09-04T20:00:00-04:00", "2026-09-08"),  # Friday evening before Labor Day
        ("2026-09-05T09:00:00-04:00", "2026-09-08"),
        ("2026-09-03T16:45:00-05:00", "2026-09-04"),  # a quarter to five in Chicago
        ("2026-09-03T16:15:00-05:00", "2026-09-03"),
        ("2026-12-10T22:29:00+00:00", "2026-12-10"),  # winter time: 5:29 p.m.
        ("2026-12-10T22:31:00+00:00", "2026-12-11"),
    ],
)
def test_the_cut_off_is_half_past_five_in_new_york(at: str, filed: str) -> None:
    assert load_filing_calendar().filed_on(datetime.fromisoformat(at)) == date.fromisoformat(filed)


def test_day_zero_is_the_day_in_new_york_unless_another_zone_is_asked_for() -> None:
    late_in_chicago = datetime(2026, 9, 14, 23, 30, tzinfo=CHICAGO)  # Tuesday in New York
    calendar = load_filing_calendar()
    assert calendar.deadline(late_in_chicago).due_on == date(2026, 9, 21)
    assert calendar.deadline(late_in_chicago, zone="America/Chicago").due_on == date(2026, 9, 18)


def test_the_reckoning_of_a_saturday_before_a_holiday() -> None:
    """5 September 2026, two days before Labor Day."""
    due = load_filing_calendar().deadline(date(2026, 9, 5))
    assert [(each.on.day, each.count) for each in due.reckoning] == [
        (5, None), (6, None), (7, None), (8, 1), (9, 2), (10, 3), (11, 4),
    ]  # fmt: skip
    assert due.reckoning[0] == CountedDay(date(2026, 9, 5), None, "Saturday")
    assert "Labor" in due.reckoning[2].why
    assert due.due_at == datetime(2026, 9, 11, 17, 30, tzinfo=NEW_YORK)
    assert due.due_at.astimezone(UTC).hour == 21


def test_a_deadline_after_the_last_check_says_so() -> None:
    calendar = load_filing_calendar()
    assert not calendar.deadline(date(2026, 11, 17)).is_past_known  # due on the 23rd
    assert calendar.deadline(date(2026, 11, 18)).is_past_known
    assert (
        not load_filing_calendar((), date(2026, 12, 31)).deadline(date(2026, 12, 1)).is_past_known
    )
    # A project's older look does not take back what the program knows.
    assert load_filing_calendar((), date(2020, 1, 1)).known_through == calendar.known_through


def test_a_projects_own_closing_counts_and_verifies_a_doubtful_one() -> None:
    own = [
        {"closed_on": date(2026, 12, 24), "source": "Release", "_source": "f.csv", "_line": 2},
        {"closed_on": date(2024, 12, 24), "source": "Release", "_source": "f.csv", "_line": 3},
    ]
    calendar = load_filing_calendar(own)
    assert calendar.deadline(date(2026, 12, 18)).due_on == date(2026, 12, 28)
    assert load_filing_calendar().deadline(date(2026, 12, 18)).due_on == date(2026, 12, 24)
    verified = calendar.deadline(date(2024, 12, 19))
    assert (verified.due_on, verified.unverified, verified.due_if_open) == (
        date(2024, 12, 27), (), None,
    )  # fmt: skip
    given = calendar.closings[date(2024, 12, 24)]
    assert (given.file, given.line, given.is_verified) == ("f.csv", 3, True)


def test_what_cannot_be_counted_is_refused() -> None:
    calendar = load_filing_calendar()
    for wrong in (
        lambda: calendar.deadline(date(2026, 9, 5), 0),
        lambda: calendar.deadline(datetime(2026, 9, 5)),  # noqa: DTZ001
        lambda: calendar.filed_on(datetime(2026, 9, 5)),  # noqa: DTZ001
        lambda: calendar.why_closed(date(2300, 1, 1)),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()
