"""From when to when a table's records reach: before it nothing is known, after it little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from board_report.model import Finding
from board_report.tables.codes import Code, finding
from board_report.tables.schema import SOURCE_COLUMN, Kind, Table, TableSet

if TYPE_CHECKING:
    from board_report.period import Window


def with_record_spans(
    tables: TableSet, *, time_zone: str, as_of: date, stale_after_days: int
) -> TableSet:
    """The same tables, each that is dated by a column with the dates of its first and last row.

    Of a table whose every row comes after the as-of date the first row's date is told alone: it
    says nothing of any quarter that is reported on.

    Args:
        tables: the typed tables.
        time_zone: in which an instant's date is taken.
        as_of: rows after it are not known yet and do not count.
        stale_after_days: a last row longer ago than this makes the table stale.
    """
    return TableSet(
        {
            name: _spanned(table, time_zone, as_of, stale_after_days)
            for name, table in tables.tables.items()
        }
    )


def _spanned(table: Table, time_zone: str, as_of: date, stale_after_days: int) -> Table:
    if not table.spec.dated_by:
        return table
    days = days_of(table, time_zone)
    known = [day for day in days if day <= as_of]
    if not known:
        return replace(table, records_from=min(days, default=None))
    newest = max(known)
    is_stale = (as_of - newest).days > stale_after_days
    return replace(
        table,
        records_from=min(known),
        records_to=newest,
        is_stale=is_stale,
        silent_after=newest + timedelta(days=stale_after_days) if is_stale else None,
    )


def lies_before(table: Table, window: Window) -> bool:
    """Whether a quarter was over before the table's first record."""
    return table.records_from is not None and window.cutoff_day < table.records_from


def lies_after(table: Table, window: Window) -> bool:
    """Whether a quarter began so long after a stale table's last record that nothing is known."""
    return table.silent_after is not None and window.first_day > table.silent_after


def days_of(table: Table, time_zone: str) -> list[date]:
    """The dates of the rows, none where the table is dated by no column.

    An instant's date is that of the company's zone.
    """
    if not table.spec.dated_by:
        return []
    known = table.frame[table.spec.dated_by].dropna()
    if table.spec.column(table.spec.dated_by).kind is Kind.DATETIME:
        known = known.dt.tz_convert(time_zone)
    return list(known.dt.date)


def stale_records(tables: TableSet, as_of: date) -> tuple[Finding, ...]:
    """A warning for each table whose export seems to have stopped."""
    return tuple(
        finding(
            Code.RECORDS_OLD,
            {
                "title": table.spec.title.lower(),
                "newest": table.records_to.isoformat(),
                "age": (as_of - table.records_to).days,
            },
            file=str(table.frame[SOURCE_COLUMN].iloc[0]),
            column=table.spec.dated_by,
            value=table.records_to.isoformat(),
            table=table.spec.name,
        )
        for table in tables.tables.values()
        if table.is_stale and table.records_to is not None
    )
