"""The moments at which a figure's view of a row changes: quarters, the as-of date, their ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from board_report.period import HISTORY, Window, windows
from board_report.project import Project
from board_report.tables.engine.judged import seconds_of, seconds_of_day
from board_report.tables.schema import Column, Kind

_DAY = timedelta(days=1)


def report_windows(project: Project) -> tuple[Window, ...]:
    """The quarters that a report shows, the oldest first."""
    return windows(project.calendar, project.quarter, project.as_of, HISTORY)


def breaks(column: Column, project: Project) -> tuple[int, ...]:
    """Where a column's values fall into different periods, in seconds since 1970.

    Instants: the quarters' starts and ends, and the end of the as-of day. Dates: the quarters'
    first days, their last days and the as-of day each by itself, since what is due on the last day
    that counts is not yet overdue.
    """
    found: set[int] = set()
    for each in report_windows(project):
        if column.kind is Kind.DATETIME:
            found |= {seconds_of(moment) for moment in (each.start, each.end, each.known_at)}
            continue
        days = (each.first_day, each.last_day, each.as_of)
        found |= {seconds_of_day(day) for day in days}
        found |= {seconds_of_day(day + _DAY) for day in days}
    return tuple(sorted(found))


def period_of(value: str, at: Iterable[int]) -> str:
    """SQL for the number of breaks that a value has passed; NULL where it is missing."""
    return " + ".join(f"({value} >= {each})::TINYINT" for each in at) or f"({value} - {value})"


def in_window(column: Column, value: str, window: Window) -> str:
    """SQL that is true where a value falls in the quarter and is known at the as-of date."""
    if column.kind is Kind.DATETIME:
        first, after = seconds_of(window.start), seconds_of(window.cutoff)
    else:
        first, after = seconds_of_day(window.first_day), seconds_of_day(window.cutoff_day + _DAY)
    return f"({value} >= {first} AND {value} < {after})"


def known_by(column: Column, value: str, project: Project) -> str:
    """SQL that is true where a value is known at the as-of date."""
    if column.kind is Kind.DATETIME:
        return f"({value} < {seconds_of(project.calendar.end_of_day(project.as_of))})"
    return f"({value} < {seconds_of_day(project.as_of + _DAY)})"
