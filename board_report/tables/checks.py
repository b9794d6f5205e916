"""Judge whole rows: keys given twice, times that run backwards, what columns ask of each other."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from datetime import datetime

import numpy as np

from board_report.model import Finding
from board_report.project import Project
from board_report.tables.codes import Code
from board_report.tables.demand_checks import check_demands
from board_report.tables.frames import Rows, series_of
from board_report.tables.moments import after
from board_report.tables.schema import Column, InOrder, Kind, NotAbove, TableSpec

PLANNED = (
    *("due", "expires", "planned", "booked", "ends", "target_on", "decide_by", "until"),
    *("meeting_on", "attested_on", "reported_on", "expected", "projected", "period_end"),
    *("starts_on", "effective_on"),
)
"""Parts of the names of columns that rightly lie ahead: plans and papers, not events."""


def check_rows(rows: Rows, spec: TableSpec, project: Project) -> None:
    """Add to the rows what their keys and their declared checks say against them."""
    check_values(rows, spec)
    check_keys(rows, spec, project)


def check_values(rows: Rows, spec: TableSpec, only: Collection[int] | None = None) -> None:
    """Judge each row by itself: times in order, parts within their whole, demands met.

    Args:
        rows: all rows of the table.
        spec: its declaration.
        only: positions of the rows to judge; all when None.
    """
    # A cell that could not be read is empty now, and that it is has been told.
    sound = [at for at in range(len(rows) if spec.demands else 0) if at not in rows.reasons]
    for check in spec.checks:
        if isinstance(check, InOrder):
            _check_order(rows, spec, check, only)
        else:
            _check_part(rows, spec, check, only)
    check_demands(rows, spec, sound if only is None else [at for at in sound if at in only])


def check_keys(rows: Rows, spec: TableSpec, project: Project) -> None:
    """Judge the rows beside one another: keys given twice, and what lies after the as-of date."""
    _check_keys(rows, spec)
    _note_later(rows, spec, project)


def _told(
    rows: Rows,
    spec: TableSpec,
    at: int,
    code: Code,
    facts: dict[str, object],
    column: str = "",
    value: str = "",
) -> Finding:
    found = rows.tell(at, code, facts, spec, column, value)
    rows.findings.append(found)
    return found


def _chosen(faulty: np.ndarray, only: Collection[int] | None) -> list[int]:
    found: list[int] = np.flatnonzero(faulty).tolist()
    return found if only is None else [at for at in found if at in only]


def _check_order(rows: Rows, spec: TableSpec, check: InOrder, only: Collection[int] | None) -> None:
    earlier = rows.moments(check.earlier)
    later = rows.moments(check.later)
    for at in _chosen(later < earlier, only):
        is_day = spec.column(check.later).kind is Kind.DATE
        late = rows.as_written(at, check.later) or _moment(later[at], is_day)
        found = _told(
            rows,
            spec,
            at,
            Code.OUT_OF_ORDER,
            {
                "earlier_column": check.earlier,
                "later_column": check.later,
                "earlier": rows.as_written(at, check.earlier) or _moment(earlier[at], is_day),
                "later": late,
                "gap": _gap(int((later[at] - earlier[at]).astype(int)), is_day),
            },
            column=check.later,
            value=late,
        )
        rows.reject(at, found.reason)


def _moment(value: np.datetime64, is_day: bool) -> str:
    text = str(value)
    return text[:10] if is_day else f"{text.replace('T', ' ')[:16]} UTC"


def _gap(seconds: int, is_day: bool) -> str:
    if is_day:
        return f"{seconds // 86400:,} days"
    return f"{seconds / 3600:,.1f} hours"


def _check_part(rows: Rows, spec: TableSpec, check: NotAbove, only: Collection[int] | None) -> None:
    part = series_of(Kind.NUMBER, rows.columns[check.part]).to_numpy()
    whole = series_of(Kind.NUMBER, rows.columns[check.whole]).to_numpy()
    if check.unless_given is not None:
        whole = np.where(np.isnan(whole), check.unless_given, whole)
    for at in _chosen(part > whole, only):
        found = _told(
            rows,
            spec,
            at,
            Code.PART_ABOVE_WHOLE,
            {
                "part": rows.as_written(at, check.part) or f"{part[at]:,.10g}",
                "whole_column": check.whole,
                "whole": rows.as_written(at, check.whole) or f"{whole[at]:,.10g}",
            },
            column=check.part,
            value=rows.as_written(at, check.part) or f"{part[at]:.10g}",
        )
        rows.reject(at, found.reason)


def _check_keys(rows: Rows, spec: TableSpec) -> None:
    """Of the rows that stand, the first of each key is used; none is overwritten.

    A row whose key is empty, where the table allows that, is like no other.
    """
    first: dict[Hashable, int] = {}
    same: dict[str, list[tuple[int, int]]] = {}
    keys = list(zip(*(rows.columns[name] for name in spec.key), strict=True))
    passed_over = rows.unused()
    for at, key in enumerate(keys):
        if at in passed_over or not any(part is not None for part in key):
            continue
        before = first.setdefault(key, at)
        if before == at:
            continue
        if all(values[at] == values[before] for values in rows.columns.values()):
            rows.duplicates.add(at)
            same.setdefault(rows.file(at), []).append((at, before))
            continue
        facts: dict[str, object] = {"first": _place(rows, before, at), "key": _words(key)}
        names = ", ".join(spec.key)
        found = _told(rows, spec, at, Code.DUPLICATE_KEY, facts, names, _words(key))
        rows.reject(at, found.reason)
    for pairs in same.values():
        tell_repeated(rows, spec, pairs[0], len(pairs))


def tell_repeated(rows: Rows, spec: TableSpec, pair: tuple[int, int], count: int) -> None:
    """Note how many rows of a file say what earlier ones say.

    Args:
        rows: the rows.
        spec: their table.
        pair: the first such row, and the earlier one.
        count: how many there are.
    """
    at, before = pair
    key = tuple(rows.columns[name][at] for name in spec.key)
    words = "1 row" if count == 1 else f"{count:,} rows"
    facts: dict[str, object] = {"count": words, "first": _place(rows, before, at)}
    _told(rows, spec, at, Code.DUPLICATE_ROW, facts, ", ".join(spec.key), _words(key))


def _place(rows: Rows, before: int, at: int) -> str:
    """Where an earlier row stands, as seen from a later one."""
    place = f"line {rows.line(before)}"
    return place if rows.file(before) == rows.file(at) else f"{place} of {rows.file(before)}"


def _words(key: tuple[object, ...]) -> str:
    return " and ".join(_shown(part) for part in key)


def _shown(value: object) -> str:
    """A part of a key; one that may be empty and is has no value of its own."""
    return "(empty)" if value is None else str(value).removesuffix(" 00:00:00")


def _note_later(rows: Rows, spec: TableSpec, project: Project) -> None:
    """Count the events that lie after the as-of date: they are kept, and not known yet."""
    for column in events(spec):
        values = rows.moments(column.name)
        limit = np.datetime64(first_unknown(column, project), "s")
        later = [
            at
            for at in np.flatnonzero(values >= limit).tolist()
            if at not in rows.reasons and at not in rows.duplicates
        ]
        if later:
            tell_later(rows, spec, column, later[0], len(later), project)


def events(spec: TableSpec) -> tuple[Column, ...]:
    """The columns that date what happened, not what is planned."""
    return tuple(
        each
        for each in spec.columns
        if each.kind in (Kind.DATETIME, Kind.DATE)
        and not any(part in each.name for part in PLANNED)
    )


def first_unknown(column: Column, project: Project) -> datetime:
    """The first value of a column (UTC, without a zone) that lies after the as-of date."""
    if column.kind is Kind.DATE:
        return after(project.as_of)
    return project.calendar.end_of_day(project.as_of).replace(tzinfo=None)


def tell_later(
    rows: Rows, spec: TableSpec, column: Column, at: int, count: int, project: Project
) -> None:
    """Note how many values of a column lie after the as-of date, at the first of them."""
    words = "1 value" if count == 1 else f"{count:,} values"
    _told(
        rows,
        spec,
        at,
        Code.AFTER_AS_OF,
        {"count": words, "as_of": project.as_of},
        column.name,
        _moment(rows.moments(column.name)[at], column.kind is Kind.DATE),
    )
