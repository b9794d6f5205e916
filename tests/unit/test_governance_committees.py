"""The committee that oversees, its meetings of the trailing year, and plain rows."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from board_report.governance.committees import committee_meetings, next_meeting, oversight
from board_report.governance.rows import plain_rows, trailing_year
from board_report.metrics.declare import days_in_trailing_year
from board_report.period import FiscalCalendar, Quarter, window
from tests.governance_data import CALENDAR, COMMITTEE, meeting, table_set

YEAR = (date(2025, 10, 1), date(2026, 9, 30))


def meetings(*more: dict[str, object]) -> tuple[object, ...]:
    frame = table_set(committee_calendar=[*CALENDAR, *more]).frame("committee_calendar")
    return committee_meetings(plain_rows(frame))  # type: ignore[return-value]


def test_meetings_of_the_year_are_counted_and_the_committee_found() -> None:
    found = oversight(meetings(meeting(COMMITTEE, "2026-03-01", False)), *YEAR)  # type: ignore[arg-type]

    # 20 Oct, 10 Feb, 12 May, 13 May (Board), 11 Aug; the one of 1 March was about something else,
    # and that of 20 Oct 2026 lies ahead.
    assert (len(found.meetings), len(found.cyber_meetings)) == (6, 5)
    assert found.committee == COMMITTEE
    assert found.last is not None
    assert found.last.on == date(2026, 8, 11)
    assert len(found.executive_sessions) == 2


def test_board_oversees_only_where_no_committee_does() -> None:
    rows = [meeting("Board of Directors", f"2026-0{month}-01") for month in (1, 2, 3)]
    frame = table_set(committee_calendar=rows).frame("committee_calendar")
    alone = committee_meetings(plain_rows(frame))

    assert oversight(alone, *YEAR).committee == "Board of Directors"
    assert oversight(alone[:0], *YEAR).committee == ""
    assert oversight(meetings(*rows[:2]), *YEAR).committee == COMMITTEE  # type: ignore[arg-type]
    assert oversight(alone, *YEAR, named="Audit Committee").committee == "Audit Committee"


def test_what_is_not_recorded_is_neither_true_nor_false() -> None:
    first = meetings()[1]

    assert first.is_executive_session is True  # type: ignore[attr-defined]
    assert first.is_ciso_present is None  # type: ignore[attr-defined]


def test_next_meeting() -> None:
    found = meetings()

    assert next_meeting(found, date(2026, 9, 30)).on == date(2026, 10, 20)  # type: ignore[arg-type, union-attr]
    assert next_meeting(found, date(2026, 10, 20)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("first_month", [1, 2, 7, 10])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_trailing_year_is_the_one_that_metrics_use(first_month: int, number: int) -> None:
    import pandas as pd

    calendar = FiscalCalendar(first_month)
    quarter = Quarter(2026, number)
    one = window(calendar, quarter, calendar.last_day(quarter))
    days = pd.Series(pd.date_range("2024-01-01", "2027-12-31"))
    chosen = days[days_in_trailing_year(days, one)]

    assert trailing_year(one) == (chosen.iloc[0].date(), chosen.iloc[-1].date())
    assert trailing_year(one)[0] == calendar.first_day(quarter.shift(-3))


def test_plain_rows_have_plain_values() -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {
            "text": pd.Series(["a", None], dtype="str"),
            "day": pd.Series([pd.Timestamp("2026-01-02"), pd.NaT], dtype="datetime64[s]"),
            "at": pd.Series([pd.Timestamp("2026-01-02T03:04Z"), pd.NaT]),
            "yes": pd.Series([True, None], dtype="boolean"),
            "whole": pd.Series([3, None], dtype="Int64"),
            "number": [1.5, np.nan],
            "items": pd.Series([("a", "b"), ()], dtype="object"),
        }
    )

    assert plain_rows(frame) == (
        {
            "text": "a", "day": date(2026, 1, 2), "at": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
            "yes": True, "whole": 3, "number": 1.5, "items": ("a", "b"),
        },
        {
            "text": None, "day": None, "at": None,
            "yes": None, "whole": None, "number": None, "items": (),
        },
    )  # fmt: skip
    assert plain_rows(frame, ["whole"])[0] == {"whole": 3}
    assert plain_rows(frame.iloc[:0]) == ()
