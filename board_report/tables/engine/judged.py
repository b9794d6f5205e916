"""Judge the typed rows: times in order, keys given twice, what lies outside of the report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from board_report.period import first_day_of_report
from board_report.tables.checks import (
    check_keys,
    check_values,
    events,
    first_unknown,
    tell_later,
    tell_repeated,
)
from board_report.tables.codes import Code
from board_report.tables.engine.cells_in_sql import TIMES
from board_report.tables.engine.samples import sample
from board_report.tables.engine.work import DOUBLES, SHOWN, TYPED, USED, Work
from board_report.tables.schema import InOrder, Kind, NotAbove, RowCheck

USED_ROWS = "used_rows"
"""The view of the rows that stand, with ``is_out`` where no figure of the report counts them."""
PLACES = 1 << 40
"""Rows that a source may have; ``rid`` numbers those of all sources through, in their order."""
_DAY = timedelta(days=1)


def judge_rows(work: Work) -> None:
    """Add to the findings what rows say against themselves, and mark those whose key is taken."""
    for check in work.spec.checks:
        for source in work.sources:
            _tell_check(work, check, source.index)
    _find_doubles(work)
    work.run(
        f"CREATE VIEW {USED_ROWS} AS SELECT *, src::BIGINT * {PLACES} + pos AS rid, "
        f"{_is_out(work)} AS is_out FROM {TYPED} AS t "
        f"WHERE fate = {USED} AND NOT EXISTS "
        f"(SELECT 1 FROM {DOUBLES} AS d WHERE d.src = t.src AND d.pos = t.pos)"
    )
    _tell_doubles(work)
    _tell_later(work)


def fault_of(check: RowCheck) -> str:
    """SQL that is true where a row fails a check."""
    if isinstance(check, InOrder):
        return f"v_{check.later} < v_{check.earlier}"
    whole = f"v_{check.whole}"
    if check.unless_given is not None:
        whole = f"coalesce({whole}, {check.unless_given})"
    return f"v_{check.part} > {whole}"


def _tell_check(work: Work, check: RowCheck, index: int) -> None:
    where = f"FROM {TYPED} WHERE src = {index} AND {fault_of(check)}"
    count = work.one(f"SELECT count(*) {where}")[0]
    if not count:
        return
    rows = sample(work, f"{where} ORDER BY pos LIMIT {SHOWN}", with_cells=True)
    check_values(rows, work.spec)
    column = check.part if isinstance(check, NotAbove) else check.later
    other = check.whole if isinstance(check, NotAbove) else check.earlier
    told = [each for each in rows.findings if each.column == column and other in each.reason]
    work.tell_rest(told[:SHOWN], count)


# --- keys ----------------------------------------------------------------------------------------


def _find_doubles(work: Work) -> None:
    """Rows whose key an earlier row has, and whether they say the same."""
    keys = ", ".join(f"v_{name}" for name in work.spec.key)
    some = " OR ".join(f"v_{name} IS NOT NULL" for name in work.spec.key)
    same = " AND ".join(
        f"v_{name} IS NOT DISTINCT FROM first_value(v_{name}) OVER same_key"
        for name in work.spec.column_names
    )
    work.run(
        f"CREATE TABLE taken AS SELECT {keys} FROM {TYPED} WHERE fate = {USED} AND ({some}) "
        f"GROUP BY {keys} HAVING count(*) > 1"
    )
    alike = " AND ".join(
        f"taken.v_{name} IS NOT DISTINCT FROM t.v_{name}" for name in work.spec.key
    )
    work.run(
        f"CREATE TABLE {DOUBLES} AS SELECT * FROM (SELECT src, pos, line, "
        "first_value(src) OVER same_key AS first_src, "
        "first_value(pos) OVER same_key AS first_pos, "
        f"{same} AS is_same FROM {TYPED} AS t WHERE fate = {USED} AND EXISTS "
        f"(SELECT 1 FROM taken WHERE {alike}) "
        f"WINDOW same_key AS (PARTITION BY {keys} ORDER BY src, pos)) "
        f"WHERE src <> first_src OR pos <> first_pos"
    )


def pairs_of(doubles: str) -> str:
    """SQL for some doubles and the first rows of their keys, in order, for a sample."""
    return (
        f"FROM {TYPED} WHERE (src, pos) IN (SELECT (src, pos) FROM ({doubles}) UNION ALL "
        f"SELECT (first_src, first_pos) FROM ({doubles})) "
        f"ORDER BY src, pos"
    )


def _tell_doubles(work: Work) -> None:
    for source in work.sources:
        which = f"FROM {DOUBLES} WHERE src = {source.index} AND NOT is_same"
        count = work.one(f"SELECT count(*) {which}")[0]
        if count:
            rows = sample(work, pairs_of(f"SELECT * {which} ORDER BY pos LIMIT {SHOWN}"))
            check_keys(rows, work.spec, work.project)
            told = [each for each in rows.findings if each.code == Code.DUPLICATE_KEY]
            work.tell_rest(told, count)
    for file in dict.fromkeys(each.spec.file for each in work.sources):
        numbers = [str(each.index) for each in work.sources if each.spec.file == file]
        which = f"FROM {DOUBLES} WHERE src IN ({', '.join(numbers)}) AND is_same"
        count = work.one(f"SELECT count(*) {which}")[0]
        if count:
            rows = sample(work, pairs_of(f"SELECT * {which} ORDER BY src, pos LIMIT 1"))
            tell_repeated(rows, work.spec, (1, 0), count)
            work.findings += rows.findings


# --- time ----------------------------------------------------------------------------------------


def _tell_later(work: Work) -> None:
    for column in events(work.spec):
        limit = seconds_of(first_unknown(column, work.project))
        where = f"FROM {USED_ROWS} WHERE v_{column.name} >= {limit}"
        count = work.one(f"SELECT count(*) {where}")[0]
        if count:
            rows = sample(work, f"{where} ORDER BY src, pos LIMIT 1")
            tell_later(rows, work.spec, column, 0, count, work.project)
            work.findings += rows.findings


def seconds_of(moment: datetime) -> int:
    """A time of UTC, with or without its zone, in seconds since 1970."""
    return int(moment.replace(tzinfo=UTC).timestamp())


def seconds_of_day(day: date) -> int:
    """Midnight of a day without a zone, in seconds since 1970."""
    return (day - date(1970, 1, 1)).days * 86_400


def _is_out(work: Work) -> str:
    """SQL that is true for rows of which no figure can come (see :mod:`out_of_period`)."""
    spec, project = work.spec, work.project
    if not spec.dated_by or spec.over_when is None:
        return "false"
    dated = f"v_{spec.dated_by}"
    end = seconds_of(project.calendar.end_of_day(project.as_of))
    if spec.column(spec.dated_by).kind is Kind.DATE:
        end = seconds_of_day(project.as_of + _DAY)
    limit = seconds_of_day(first_day_of_report(project.calendar, project.quarter) - _DAY)
    ended = [
        f"(v_{each.name} IS NULL OR v_{each.name} < {limit})"
        for each in spec.columns
        if each.kind in TIMES
    ]
    ended.append(f"{dated} IS NOT NULL")
    if spec.over_when:
        ended.append(f"coalesce({', '.join(f'v_{each}' for each in spec.over_when)}) IS NOT NULL")
    return f"coalesce({dated} >= {end}, false) OR ({' AND '.join(ended)})"
