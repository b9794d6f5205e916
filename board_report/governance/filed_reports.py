"""What was filed on incidents in a fiscal year, in the words that were attested by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from board_report.governance.disclosure_lint.records import FiledReport
from board_report.governance.incident_kinds import Form

if TYPE_CHECKING:
    from board_report.governance.filing_calendar import FilingCalendar
    from board_report.governance.incident_record import IncidentRecord

_ITEMS = {Form.ITEM_1_05: "1.05", Form.ITEM_8_01: "8.01"}


def filed_reports(
    records: Iterable[IncidentRecord],
    calendar: FilingCalendar,
    *,
    first_day: date,
    last_day: date,
    known_at: datetime,
) -> tuple[FiledReport, ...]:
    """The first report of each incident under Item 1.05, and each under Item 8.01, by date.

    Args:
        records: of all incidents.
        calendar: by which a filing counts on a day.
        first_day: of the fiscal year; a filing that counts on an earlier day is left out.
        last_day: of the fiscal year.
        known_at: the instant after which nothing is known.
    """
    found = [
        report
        for record in records
        for report in _of_incident(record.known_at(known_at), calendar)
        if first_day <= report.filed_on <= last_day
    ]
    return tuple(sorted(found, key=lambda each: (each.filed_on, each.item)))


def _after(instant: datetime) -> datetime:
    """The first instant after, so that what was attested at the same instant counts."""
    return instant + timedelta(microseconds=1)


def _of_incident(record: IncidentRecord, calendar: FilingCalendar) -> Iterator[FiledReport]:
    amended = record.filed(Form.AMENDMENT)
    for entry, filed in record.filings:
        if filed.form not in _ITEMS:
            continue
        said = [each.text for _, each in record.known_at(_after(entry.at)).statements]
        is_amended = filed.form is Form.ITEM_1_05 and amended
        yield FiledReport(
            item=_ITEMS[filed.form],
            filed_on=calendar.filed_on(entry.at),
            text=" ".join(said),
            amended_on=calendar.filed_on(amended[-1].at) if is_amended else None,
        )
