"""Reports filed on incidents, as the lint of the annual item is held against them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from board_report.governance.filed_reports import filed_reports
from board_report.governance.filing_calendar import load_filing_calendar
from board_report.governance.incident_kinds import (
    Content,
    Filed,
    Form,
    Statement,
    StatementAspect,
)
from board_report.governance.incident_record import Entry, IncidentRecord

START = datetime(2026, 10, 12, 14, 0, tzinfo=UTC)
YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
LATER = datetime(2027, 1, 31, tzinfo=UTC)


def record(*said: tuple[int, Content]) -> IncidentRecord:
    """A record whose entries happened so many hours after the start."""
    entries = [
        Entry(number, "I-1", START + timedelta(hours=hours), "", "GC", "A. Example", START, what)
        for number, (hours, what) in enumerate(said, start=1)
    ]
    return IncidentRecord("I-1", tuple(entries))


def nature(text: str) -> Statement:
    return Statement(StatementAspect.NATURE, text)


def test_a_report_has_the_words_that_were_attested_by_its_filing() -> None:
    made = record(
        (0, nature("Early words.")),
        (5, nature("Words as filed.")),
        (5, Filed(Form.ITEM_1_05)),
        (50, nature("Later words.")),
    )
    calendar = load_filing_calendar()

    (report,) = filed_reports([made], calendar, known_at=LATER, **YEAR)

    # 12 October 2026, 3 p.m. in New York, is Columbus Day: it counts on the day after.
    assert (report.item, report.filed_on) == ("1.05", date(2026, 10, 13))
    assert report.text == "Words as filed."
    assert report.amended_on is None


def test_an_amendment_dates_the_report_that_it_amends() -> None:
    made = record(
        (24, nature("As filed.")),
        (30, Filed(Form.ITEM_1_05)),
        (200, Filed(Form.AMENDMENT)),
    )

    (report,) = filed_reports([made], load_filing_calendar(), known_at=LATER, **YEAR)

    # 200 hours on it is 6 p.m. in New York on the 20th, after the day's filings closed.
    assert report.amended_on == date(2026, 10, 21)


def test_other_years_and_what_is_not_known_yet_are_left_out() -> None:
    made = record((24, nature("As filed.")), (30, Filed(Form.ITEM_8_01)))
    calendar = load_filing_calendar()

    assert filed_reports([made], calendar, known_at=START, **YEAR) == ()
    before = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}
    assert filed_reports([made], calendar, known_at=LATER, **before) == ()
    (report,) = filed_reports([made], calendar, known_at=LATER, **YEAR)
    assert report.item == "8.01"


def test_a_form_that_is_no_report_of_an_item_is_none() -> None:
    made = record((24, Filed(Form.SIX_K)))

    assert filed_reports([made], load_filing_calendar(), known_at=LATER, **YEAR) == ()
