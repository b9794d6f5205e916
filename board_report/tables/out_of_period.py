"""Tell the rows that no figure of the report can come from, because of when they happened."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt

from board_report.model import Finding
from board_report.period import HISTORY, LOOKED_BACK, first_day_of_report
from board_report.project import Project
from board_report.tables.codes import Code
from board_report.tables.frames import Rows
from board_report.tables.schema import Kind, TableSpec

_MOMENTS = (Kind.DATE, Kind.DATETIME)


def out_of_period(rows: Rows, spec: TableSpec, project: Project) -> set[int]:
    """Rows dated after the as-of date, or over before the oldest quarter that a figure counts.

    They are typed and kept in the table's frame, where no figure counts them; this only says so. A
    row of a quarterly picture is out of period when its quarter is; other rows by the table's
    ``dated_by`` and ``over_when``.

    Args:
        rows: all rows of the table.
        spec: its declaration.
        project: for the quarter reported on, the as-of date and the calendar.
    """
    if spec.key[0] == "quarter":
        return _snapshots(rows, project)
    if not spec.dated_by or spec.over_when is None:
        return set()
    late = _later_than(rows, spec, project)
    return set(np.flatnonzero(late | _over_before(rows, spec, project)).tolist()) - rows.unused()


def _snapshots(rows: Rows, project: Project) -> set[int]:
    shown = {str(each) for each in project.quarter.history(HISTORY + LOOKED_BACK)}
    quarters = rows.columns["quarter"]
    return {at for at, each in enumerate(quarters) if each not in shown} - rows.unused()


def _later_than(rows: Rows, spec: TableSpec, project: Project) -> npt.NDArray[np.bool_]:
    end = project.calendar.end_of_day(project.as_of).replace(tzinfo=None)
    if spec.column(spec.dated_by).kind is Kind.DATE:
        limit = np.datetime64(project.as_of + timedelta(days=1), "s")
    else:
        limit = np.datetime64(end, "s")
    later: npt.NDArray[np.bool_] = rows.moments(spec.dated_by) >= limit
    return later


def _over_before(rows: Rows, spec: TableSpec, project: Project) -> npt.NDArray[np.bool_]:
    """Rows that ended, and whose every date lies, before the first day that counts."""
    first = first_day_of_report(project.calendar, project.quarter)
    # A day earlier than the day itself: an instant's date depends on the company's zone.
    limit = np.datetime64(first - timedelta(days=1), "s")
    ended = np.ones(len(rows), dtype=bool)
    for column in spec.columns:
        if column.kind in _MOMENTS:
            values = rows.moments(column.name)
            ended &= np.isnat(values) | (values < limit)
    if spec.over_when:
        ended &= np.logical_or.reduce([~np.isnat(rows.moments(each)) for each in spec.over_when])
    if spec.kept_where:
        ended &= np.array([not each for each in rows.columns[spec.kept_where]], dtype=bool)
    over: npt.NDArray[np.bool_] = ended & ~np.isnat(rows.moments(spec.dated_by))
    return over


def tell_files_out_of_period(rows: Rows, spec: TableSpec, project: Project) -> list[Finding]:
    """A warning for each file of which every row that could count is out of period."""
    by_file: dict[str, list[int]] = {}
    for at in sorted(rows.out_of_period):
        by_file.setdefault(rows.file(at), []).append(at)
    unused = rows.unused() | rows.out_of_period
    inside = {rows.file(at) for at in range(len(rows)) if at not in unused} if by_file else set()
    return [
        _told(rows, spec, project, places) for file, places in by_file.items() if file not in inside
    ]


def _told(rows: Rows, spec: TableSpec, project: Project, places: list[int]) -> Finding:
    name = "quarter" if spec.key[0] == "quarter" else spec.dated_by
    dates = sorted(str(rows.columns[name][at])[:10] for at in places)
    first = first_day_of_report(project.calendar, project.quarter)
    facts: dict[str, object] = {
        "count": "1 row" if len(places) == 1 else f"{len(places):,} rows",
        "first": first.isoformat(),
        "last": project.as_of.isoformat(),
        "oldest": dates[0],
        "newest": dates[-1],
    }
    return rows.tell(places[0], Code.ALL_OUT_OF_PERIOD, facts, spec, name, dates[-1])
