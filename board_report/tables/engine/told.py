"""Findings about the cells of a big source: the first of a kind one by one, the rest counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.model import Finding
from board_report.tables.cells import parser_of
from board_report.tables.codes import Code, finding
from board_report.tables.columns import (
    COUNTED,
    DateOrder,
    judge_cells,
    reason_of,
    tell,
    tell_date_order,
    values_in_words,
)
from board_report.tables.engine.cells_in_sql import CELLS, FAULT, MISSING, REMARK, ColumnCells
from board_report.tables.engine.choosing import rows_in_words
from board_report.tables.engine.work import SHOWN, TYPED, Source, Work
from board_report.tables.moments import EPOCHS
from board_report.tables.outcome import Fault, Outcome

BATCH = 20_000


def tell_columns(
    work: Work, source: Source, columns: Sequence[ColumnCells], policy_start: str
) -> None:
    """What is to be said of the cells of one source, column by column."""
    for cells in columns:
        for code in _codes(work, cells):
            if code == Code.AMBIGUOUS_DATE:
                _tell_date_order(work, cells)
            else:
                _tell_faults(work, cells, code)
        for code in _remarked(work, cells):
            _tell_remarks(work, cells, code)
    if policy_start:
        _tell_policy(work, source, policy_start)


def _own(cells: ColumnCells) -> str:
    """SQL of what the parsers made of the column's texts."""
    return f"src = {cells.index} AND col = '{cells.column.name}'"


def _joined(cells: ColumnCells) -> str:
    """SQL of the rows whose text went to the parsers, with what came of it."""
    return (
        f"{TYPED} AS t JOIN (SELECT * FROM {CELLS} WHERE {_own(cells)}) AS m "
        f"ON t.o_{cells.column.name} = m.id AND t.src = {cells.index}"
    )


def _codes(work: Work, cells: ColumnCells) -> list[str]:
    """Codes against the column's cells; those of missing values where every row must have one."""
    found = work.rows(
        f"SELECT DISTINCT code FROM {CELLS} WHERE {_own(cells)} "
        f"AND state IN ({FAULT}, {MISSING}) AND code <> '' ORDER BY code"
    )
    return [row[0] for row in found]


def _tell_faults(work: Work, cells: ColumnCells, code: str) -> None:
    _tell_rows(work, cells, code, f"m.code = '{code}'")


def _tell_rows(work: Work, cells: ColumnCells, code: str, where: str) -> None:
    """The first rows of a kind as findings of their own, and how many more there are."""
    count = work.one(f"SELECT count(*) FROM {_joined(cells)} WHERE {where}")[0]
    rows = work.rows(
        f"SELECT t.line, m.said FROM {_joined(cells)} WHERE {where} ORDER BY t.pos LIMIT {SHOWN}"
    )
    told = judge_cells(
        cells.column_text([text for _, text in rows], [line for line, _ in rows]),
        _outcomes(cells, [text for _, text in rows]),
        {},
        cells.rules,
    ).findings
    work.tell_rest([each for each in told if each.code == code], count)


def _outcomes(cells: ColumnCells, texts: Sequence[str | None]) -> dict[str, Outcome]:
    parse = parser_of(cells.column, cells.rules)
    return {text: parse(text) for text in texts if text is not None}


def _remarked(work: Work, cells: ColumnCells) -> list[str]:
    found = work.rows(
        f"SELECT DISTINCT remarks FROM {CELLS} WHERE {_own(cells)} AND state = {REMARK}"
    )
    return sorted({code for row in found for code in row[0].split(",")})


def _tell_remarks(work: Work, cells: ColumnCells, code: str) -> None:
    where = f"list_contains(string_split(m.remarks, ','), '{code}')"
    if code not in COUNTED:
        _tell_rows(work, cells, code, where)
        return
    count, line, text = _first(work, cells, where)
    if count:
        facts: dict[str, object] = {"count": values_in_words(count)}
        one = cells.column_text([text], [line])
        work.findings.append(tell(one, 0, Code(code), facts))


def _first(work: Work, cells: ColumnCells, where: str) -> tuple[int, int, str]:
    """How many rows there are of a kind, and line and text of the first."""
    found = work.one(
        f"SELECT count(*), min_by(t.line, t.pos), min_by(m.said, t.pos) FROM {_joined(cells)} "
        f"WHERE {where}"
    )
    return found[0], found[1] or 0, found[2] or ""


def _tell_date_order(work: Work, cells: ColumnCells) -> None:
    """One finding for all dates of numbers alone, and the reason against each of their rows."""
    where = f"m.code = '{Code.AMBIGUOUS_DATE}'"
    count, line, text = _first(work, cells, where)
    first = _fault(cells, text)
    is_day_first = is_month_first = False
    for each in _texts(work, cells):
        facts = _fault(cells, each).facts
        is_day_first = is_day_first or int(str(facts["first"])) > 12
        is_month_first = is_month_first or int(str(facts["second"])) > 12
    order = DateOrder(count, first.facts, is_day_first, is_month_first)
    found = tell_date_order(cells.column_text([text], [line]), 0, order)
    work.findings.append(found)
    work.run(
        f"UPDATE {CELLS} SET reason = ? WHERE {_own(cells)} AND code = '{Code.AMBIGUOUS_DATE}'",
        [reason_of(found)],
    )


def _fault(cells: ColumnCells, text: str) -> Fault:
    outcome = parser_of(cells.column, cells.rules)(text)
    if not isinstance(outcome, Fault):
        raise ValueError(f"{text!r} was a fault of {cells.column.name} and is none")
    return outcome


def _texts(work: Work, cells: ColumnCells) -> Iterator[str]:
    reader = work.connection.cursor()
    reader.execute(
        f"SELECT said FROM {CELLS} WHERE {_own(cells)} AND code = '{Code.AMBIGUOUS_DATE}'"
    )
    while batch := reader.fetchmany(BATCH):
        yield from (row[0] for row in batch)


def _tell_policy(work: Work, source: Source, start: str) -> None:
    count, line = work.one(
        f"SELECT count(*), min_by(line, pos) FROM {TYPED} "
        f"WHERE src = {source.index} AND o_due_on = -1"
    )
    if count:
        found = finding(
            Code.DUE_FROM_POLICY,
            {"count": rows_in_words(count), "start": start},
            file=source.spec.file,
            line=line,
            column="due_on",
            table=work.spec.name,
        )
        work.findings.append(found)


def tell_mixed_zones(work: Work, source: Source, cells: ColumnCells, keyed: str) -> Finding | None:
    """Times with an offset beside times without: told once; returned where it stops the build."""
    if any(each in EPOCHS for each in cells.rules.date_formats):
        return None
    name = cells.column.name
    fast = f"k.fz_{name}" if cells.fast else "NULL::TINYINT"
    zone = f"coalesce({fast}, m.naive, 0)"
    naive, at, line, offset = work.one(
        f"SELECT count(*) FILTER (z = 1), min(_at) FILTER (z = 1), "
        f"min_by(_line, _at) FILTER (z = 1), count(*) FILTER (z = 2) FROM "
        f"(SELECT k._at, k._line, {zone} AS z FROM {keyed} AS k LEFT JOIN "
        f"(SELECT * FROM {CELLS} WHERE {_own(cells)}) AS m ON m.key = k.k_{name}) AS zoned"
    )
    if not naive or not offset:
        return None
    is_declared = bool(source.spec.time_zone)
    code = Code.MIXED_TIME_ZONES if is_declared else Code.MIXED_TIME_ZONES_UNDECLARED
    key = work.one(f"SELECT {cells.key} FROM {source.relation} AS row_ WHERE _at = {at}")[0]
    one = cells.column_text(cells.texts([key]), [line])
    found = tell(
        one,
        0,
        code,
        {"naive": values_in_words(naive), "offset": offset, "zone": cells.rules.zone.key},
    )
    work.findings.append(found)
    return found if found.stops else None
