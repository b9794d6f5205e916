"""Account for every row of a reduced table, and bring out those that were set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from board_report.model import RawRow, Reconciliation, RejectedRow
from board_report.tables.checks import check_keys, check_values
from board_report.tables.codes import Code, finding
from board_report.tables.engine.cells_in_sql import CELLS
from board_report.tables.engine.judged import USED_ROWS, pairs_of
from board_report.tables.engine.samples import sample
from board_report.tables.engine.work import ASIDE, DOUBLES, LEFT_OUT, REJECTED, TYPED, Source, Work
from board_report.tables.rows import width_finding

KEPT = 10_000
"""Rows set aside that are written out as they were; all of them are counted."""


def reconciled(work: Work, files: Sequence[str]) -> tuple[Reconciliation, ...]:
    """Where the rows of each file went, each row counted once."""
    return tuple(_of_file(work, file) for file in files)


def _of_file(work: Work, file: str) -> Reconciliation:
    numbers = [str(each.index) for each in work.sources if each.spec.file == file]
    own = f"src IN ({', '.join(numbers) or '-1'})"
    taken = (
        f"(SELECT pos FROM {TYPED} WHERE {own} UNION ALL "
        f"SELECT pos FROM {ASIDE} WHERE {own} AND fate = {REJECTED})"
    )
    left = (
        f"(SELECT DISTINCT pos FROM {ASIDE} AS a WHERE {own} AND fate = {LEFT_OUT} AND NOT EXISTS "
        f"(SELECT 1 FROM {taken} AS t WHERE t.pos = a.pos))"
    )
    left_out = work.one(f"SELECT count(*) FROM {left}")[0]
    used, out = work.one(
        f"SELECT count(*) FILTER (NOT is_out), count(*) FILTER (is_out) FROM {USED_ROWS} "
        f"WHERE {own}"
    )
    return Reconciliation(
        table=work.spec.name,
        file=file,
        read=work.one(f"SELECT count(*) FROM {taken}")[0] + left_out,
        used=used,
        rejected=_count_rejected(work, own),
        duplicate=work.one(f"SELECT count(*) FROM {DOUBLES} WHERE {own} AND is_same")[0],
        left_out=left_out,
        out_of_period=out,
    )


def _count_rejected(work: Work, own: str) -> int:
    found = work.one(
        f"SELECT (SELECT count(*) FROM {TYPED} WHERE {own} AND fate = {REJECTED}) + "
        f"(SELECT count(*) FROM {ASIDE} WHERE {own} AND fate = {REJECTED}) + "
        f"(SELECT count(*) FROM {DOUBLES} WHERE {own} AND NOT is_same)"
    )
    return int(found[0])


def count_rejected(work: Work) -> int:
    """Rows set aside, of all sources."""
    return _count_rejected(work, "true")


def count_read(work: Work) -> int:
    """Rows that speak of a record as it is: all but those left out."""
    found = work.one(
        f"SELECT (SELECT count(*) FROM {TYPED}) + "
        f"(SELECT count(*) FROM {ASIDE} WHERE fate = {REJECTED})"
    )
    return int(found[0])


# --- rows set aside --------------------------------------------------------------------------


@dataclass
class _Aside:
    """One row set aside, with what is known against it so far."""

    src: int
    at: int
    line: int
    reasons: list[str]


def rejected_rows(work: Work) -> tuple[RejectedRow, ...]:
    """The first rows set aside, as they were, with the reasons against them."""
    total = count_rejected(work)
    if not total:
        return ()
    chosen = (
        f"(SELECT * FROM (SELECT src, pos FROM {TYPED} WHERE fate = {REJECTED} UNION ALL "
        f"SELECT src, pos FROM {ASIDE} WHERE fate = {REJECTED} UNION ALL "
        f"SELECT src, pos FROM {DOUBLES} WHERE NOT is_same) ORDER BY src, pos LIMIT {KEPT})"
    )
    work.run(f"CREATE TABLE shown AS SELECT * FROM {chosen}")
    # No row is in two of these: one with a fault of its own keeps no other's key.
    aside = (*_by_cells(work), *_by_source(work), *_by_keys(work))
    found = {(each.src, each.at): each for each in aside}
    if total > KEPT:
        facts: dict[str, object] = {"count": f"{total:,}", "kept": f"{KEPT:,}"}
        file = work.file(min(found)[0])
        work.findings.append(
            finding(Code.REJECTED_NOT_KEPT, facts, file=file, table=work.spec.name)
        )
    return tuple(_as_they_were(work, [found[key] for key in sorted(found)]))


def _by_cells(work: Work) -> list[_Aside]:
    """Rows with a fault of a cell, or of two together: reasons by column, then by check."""
    numbers = ", ".join(f"o_{name}" for name in work.spec.column_names)
    zones = "".join(f", z_{name}" for name in work.times_of_day)
    which = (
        f"FROM {TYPED} AS t WHERE fate = {REJECTED} AND EXISTS (SELECT 1 FROM shown "
        "WHERE shown.src = t.src AND shown.pos = t.pos) ORDER BY src, pos"
    )
    rows = work.rows(f"SELECT src, pos, line, {numbers}{zones} {which}")
    known = _reasons(work, {number for row in rows for number in row[3:] if number})
    judged = sample(work, which, with_cells=True)
    for at, row in enumerate(rows):
        for why in _of_columns(work, row, known):
            judged.reject(at, why)
    check_values(judged, work.spec)
    return [
        _Aside(row[0], row[1], row[2], judged.reasons.get(at, [])) for at, row in enumerate(rows)
    ]


def _reasons(work: Work, numbers: set[int]) -> dict[int, str]:
    wanted = ", ".join(str(each) for each in sorted(numbers)) or "-1"
    found = work.rows(f"SELECT id, reason FROM {CELLS} WHERE reason <> '' AND id IN ({wanted})")
    return dict(found)


def _of_columns(work: Work, row: tuple[Any, ...], known: dict[int, str]) -> list[str]:
    names = work.spec.column_names
    numbers = dict(zip(names, row[3 : 3 + len(names)], strict=True))
    zones = dict(zip(work.times_of_day, row[3 + len(names) :], strict=True))
    mixed = work.source(row[0]).mixed
    reasons = []
    for name in names:
        if name in mixed and zones[name] == 1:
            reasons.append(mixed[name])
        elif numbers[name] in known:
            reasons.append(known[numbers[name]])
    return reasons


def _by_source(work: Work) -> list[_Aside]:
    """Rows of a source without its columns, and rows of the wrong width."""
    found = work.rows(
        f"SELECT a.src, a.pos, a.line FROM {ASIDE} AS a JOIN shown "
        f"ON shown.src = a.src AND shown.pos = a.pos WHERE fate = {REJECTED}"
    )
    return [_Aside(src, at, line, list(work.source(src).reasons)) for src, at, line in found]


def _by_keys(work: Work) -> list[_Aside]:
    """Rows whose key an earlier row has, with other values."""
    which = (
        f"SELECT d.* FROM {DOUBLES} AS d JOIN shown ON shown.src = d.src AND shown.pos = d.pos "
        "WHERE NOT is_same"
    )
    rows = sample(work, pairs_of(which))
    check_keys(rows, work.spec, work.project)
    places = work.rows(f"SELECT src, pos, line {pairs_of(which)}")
    return [
        _Aside(places[at][0], places[at][1], places[at][2], reasons)
        for at, reasons in rows.reasons.items()
    ]


def _as_they_were(work: Work, rows: Sequence[_Aside]) -> list[RejectedRow]:
    done: list[RejectedRow] = []
    for source in work.sources:
        own = [each for each in rows if each.src == source.index]
        cells = _cells(work, source) if own else {}
        for each in own:
            row = cells[each.at]
            done.append(
                RejectedRow(
                    table=work.spec.name,
                    file=source.spec.file,
                    line=each.line,
                    columns=source.staged.raw.columns,
                    cells=row.cells,
                    reasons=tuple(each.reasons or _of_width(source, row)),
                )
            )
    return done


def _of_width(source: Source, row: RawRow) -> list[str]:
    found = width_finding(row.line, row.cells, len(source.staged.raw.columns), source.spec)
    return [found.reason] if found else []


def _cells(work: Work, source: Source) -> dict[int, RawRow]:
    """The cells of a source's rows that are shown, by their place."""
    width = len(source.staged.raw.columns)
    names = "".join(f", c{at}" for at in range(width))
    found = work.rows(
        f"SELECT _at, _line, _odd{names} FROM {source.relation} AS row_ WHERE _at IN "
        f"(SELECT pos FROM shown WHERE src = {source.index})"
    )
    return {
        at: RawRow(line, tuple(json.loads(odd) if odd else (each or "" for each in cells)))
        for at, line, odd, *cells in found
    }
