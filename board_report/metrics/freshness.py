"""From when to when a table's records reach: before it nothing is known, after it little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from board_report.model import Finding
from board_report.tables.codes import Code, finding
from board_report.tables.schema import SOURCE_COLUMN, Kind, Table, TableSet


def with_record_spans(
    tables: TableSet, *, time_zone: str, as_of: date, stale_after_days: int
) -> TableSet:
    """The same tables, each that is dated by a column with the dates of its first and last row.

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
    known = [day for day in _days(table, time_zone) if day <= as_of]
    if not known:
        return table
    newest = max(known)
    return replace(
        table,
        records_from=min(known),
        records_to=newest,
        is_stale=(as_of - newest).days > stale_after_days,
    )


def _days(table: Table, time_zone: str) -> list[date]:
    """The dates of the rows; an instant's date is that of the company's zone."""
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
