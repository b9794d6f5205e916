"""Deadlines of Form 8-K worked out by hand, with the calendars that would get them wrong."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from board_report.governance.filing_calendar import FilingCalendar, load_filing_calendar

FILE = Path(__file__).parent / "data" / "four_business_day_cases.csv"
with FILE.open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["determination_date"])
def test_the_deadline_is_the_one_worked_out_by_hand(case: dict[str, str]) -> None:
    day = date.fromisoformat(case["determination_date"])
    assert f"{day:%a}" == case["weekday"]
    assert load_filing_calendar().deadline(day).due_on == date.fromisoformat(
        case["deadline_EDGAR_calendar"]
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["determination_date"])
def test_without_closings_it_is_the_one_of_federal_holidays_alone(case: dict[str, str]) -> None:
    bare = FilingCalendar({}, date.max, date.max)
    due = bare.deadline(date.fromisoformat(case["determination_date"])).due_on
    assert due == date.fromisoformat(case["deadline_pandas_USFederal"])


def test_there_are_eighteen_and_the_unverified_one_says_what_it_would_be_otherwise() -> None:
    assert len(CASES) == 18
    told = {
        case["determination_date"]: load_filing_calendar()
        .deadline(date.fromisoformat(case["determination_date"]))
        .due_if_open
        for case in CASES
    }
    assert {day: due for day, due in told.items() if due} == {"2024-12-19": date(2024, 12, 26)}
