"""Rows that stand by themselves in a reduced table, because a page or a rule names them."""

from __future__ import annotations

from datetime import timedelta

from board_report.tables.engine.judged import USED_ROWS, seconds_of, seconds_of_day
from board_report.tables.engine.periods import in_window, known_by, report_windows
from board_report.tables.engine.plans import Plan
from board_report.tables.engine.work import Work
from board_report.tables.schema import Kind

LISTED = 1_000
"""Overdue findings in the KEV catalogue that stand by themselves: the first in the page's order."""

SINGLES = "singles"
_DAY = timedelta(days=1)


def single_out(work: Work, plan: Plan, ends: tuple[int, ...]) -> None:
    """Make ``singles``, the rows (by ``row``) that no other is joined to.

    Args:
        work: the table, whose ``used_rows`` are known.
        plan: how it is reduced.
        ends: start and end of the newest known day of the column that dates a row, in seconds.
    """
    work.run(f"CREATE TABLE {SINGLES} (rid BIGINT)")
    if ends:
        of_day = f"v_{work.spec.dated_by} BETWEEN {ends[0]} AND {ends[1]}"
        _add(work, f"SELECT max(rid) FROM {USED_ROWS} WHERE {of_day}")
    if plan.last_of:
        category, time = plan.last_of
        column = work.spec.column(time)
        for each in report_windows(work.project):
            _add(
                work,
                f"SELECT max_by(rid, (v_{time}, rid)) FROM {USED_ROWS} "
                f"WHERE {in_window(column, f'v_{time}', each)} GROUP BY v_{category}",
            )
    if plan.has_assets:
        _add(work, _overdue_listed(work))


def _add(work: Work, sql: str) -> None:
    work.run(f"INSERT INTO {SINGLES} SELECT * FROM ({sql}) AS s (rid) WHERE rid IS NOT NULL")


def newest_day(work: Work) -> tuple[int, ...]:
    """The first and last second of the newest day known at the as-of date; nothing without one."""
    column = work.spec.column(work.spec.dated_by)
    value = f"v_{column.name}"
    known = known_by(column, value, work.project)
    found = work.one(f"SELECT max({value}) FROM {USED_ROWS} WHERE {known}")[0]
    return _day_of(work, column.kind, found)


def oldest_day(work: Work) -> tuple[int, ...]:
    """The first and last second of the day of the oldest row; nothing without one."""
    column = work.spec.column(work.spec.dated_by)
    found = work.one(f"SELECT min(v_{column.name}) FROM {USED_ROWS}")[0]
    return _day_of(work, column.kind, found)


def _day_of(work: Work, kind: Kind, seconds: int | None) -> tuple[int, ...]:
    if seconds is None:
        return ()
    if kind is Kind.DATE:
        return seconds, seconds + 86_399
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    calendar = work.project.calendar
    day = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(calendar.time_zone)).date()
    begins, ends = calendar.end_of_day(day - _DAY), calendar.end_of_day(day)
    return seconds_of(begins), seconds_of(ends) - 1


# --- findings that are listed by name ------------------------------------------------------------


def _overdue_listed(work: Work) -> str:
    """Open findings past the catalogue's date, in the order of the page that lists them."""
    last = seconds_of_day(report_windows(work.project)[-1].cutoff_day)
    tier = "v_asset_tier"
    place = f"CASE WHEN {tier} = 'crown_jewel' THEN 0 WHEN {tier} IS NULL THEN 1 ELSE 2 END"
    name = "coalesce(nullif(trim(v_asset_name), ''), 'Asset without a name')"
    return (
        f"SELECT rid FROM {USED_ROWS} JOIN signed ON signed.text = v_cve "
        f"WHERE overdue_since IS NOT NULL AND v_first_seen_on <= {last} "
        f"AND NOT coalesce(v_closed_on <= {last}, false) "
        f"ORDER BY {place}, overdue_since, {name}, rid LIMIT {LISTED}"
    )


def late_jewel(work: Work) -> str:
    """SQL that is true for findings on crown jewels that became overdue since the last quarter.

    The same as :func:`board_report.governance.escalation_rules.crown_jewels`.
    """
    window = report_windows(work.project)[-1]
    last, first = seconds_of_day(window.cutoff_day), seconds_of_day(window.first_day - _DAY)
    return (
        f"coalesce(v_asset_tier = 'crown_jewel' AND v_first_seen_on <= {last} "
        f"AND NOT coalesce(v_closed_on <= {last}, false) "
        f"AND v_due_on < {last} AND v_due_on >= {first}, false)"
    )
