"""Read one big table: scanned, typed, checked and reduced in the engine that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from board_report.model import Finding, SourceFile
from board_report.project import Project
from board_report.sources.scanning.engine import DISK, open_engine
from board_report.sources.scanning.scan import scan_source
from board_report.tables.codes import Code, finding
from board_report.tables.engine.choosing import rows_in_words
from board_report.tables.engine.judged import USED_ROWS, judge_rows
from board_report.tables.engine.plans import PLANS
from board_report.tables.engine.reduced import reduce_rows
from board_report.tables.engine.settled import (
    count_read,
    count_rejected,
    reconciled,
    rejected_rows,
)
from board_report.tables.engine.typed import type_source
from board_report.tables.engine.work import SHOWN, Source, Work
from board_report.tables.frames import empty_frame
from board_report.tables.loaded import LoadedTable
from board_report.tables.mapping import in_words, sources_of
from board_report.tables.references import hint_of
from board_report.tables.schema import Table, TableSet, TableSpec

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def reduce_table(project: Project, spec: TableSpec, tables: TableSet) -> LoadedTable | str:
    """One table from all its files, reduced; why it could not be where the engine gave up.

    Args:
        project: what ``report.toml`` says.
        spec: the table, one of :data:`~board_report.tables.engine.plans.PLANS`.
        tables: those read before it: what it refers to, and the KEV catalogue.
    """
    import duckdb

    try:
        with open_engine(project.folder) as connection:
            return _reduced(connection, project, spec, tables)
    except (duckdb.Error, UnicodeError) as error:
        return str(error).splitlines()[0][:200].rstrip(".")


def _reduced(
    connection: DuckDBPyConnection, project: Project, spec: TableSpec, tables: TableSet
) -> LoadedTable:
    declared, findings = sources_of(project, spec)
    work = Work(connection, spec, project, findings=list(findings))
    files: list[SourceFile] = []
    for at, each in enumerate(declared):
        scan = scan_source(connection, Path(project.folder), each, f"{DISK}.stage_{at}")
        work.findings += scan.findings
        if scan.source:
            files.append(scan.source)
        if scan.staged:
            work.sources.append(Source(at, each, scan.staged))
    for source in work.sources:
        type_source(work, source)
    judge_rows(work)
    _check_references(work, tables)
    names = tuple(dict.fromkeys(each.file for each in declared))
    rejected = rejected_rows(work)
    return LoadedTable(
        table=_table(work, tables),
        findings=tuple(dict.fromkeys(work.findings)),
        rejected=rejected,
        reconciliation=reconciled(work, names),
        sources=tuple(files),
    )


def _table(work: Work, tables: TableSet) -> Table:
    if not work.sources:
        return Table(work.spec, empty_frame(work.spec), measured=False)
    frame, views = reduce_rows(work, PLANS[work.spec.name], tables)
    used = work.one(f"SELECT count(*) FROM {USED_ROWS}")[0]
    most = max(len(each.frame) for each in views)
    facts: dict[str, object] = {"count": rows_in_words(used), "most": f"{most:,}"}
    work.findings.append(
        finding(Code.TABLE_REDUCED, facts, file=work.sources[0].spec.file, table=work.spec.name)
    )
    return Table(
        spec=work.spec,
        frame=frame,
        measured=True,
        rejected=count_rejected(work),
        read=count_read(work),
        views=views,
    )


def _check_references(work: Work, tables: TableSet) -> None:
    """Warn of values that the table they refer to does not have; each value is told once."""
    for column, other, other_column in work.spec.refers:
        if not work.sources or other not in tables.tables or not tables.measured(other):
            continue
        known = sorted({str(each) for each in tables.frame(other)[other_column].dropna()})
        work.run("CREATE OR REPLACE TABLE known (value VARCHAR)")
        work.fill("known", [(each,) for each in known])
        unknown = (
            f"(SELECT v_{column} AS value, count(*) AS n, min(rid) AS rid FROM {USED_ROWS} "
            f"WHERE v_{column} IS NOT NULL AND v_{column} NOT IN (SELECT value FROM known) "
            "GROUP BY ALL)"
        )
        found = work.rows(
            f"SELECT u.value, u.n, r.src, r.line FROM {unknown} AS u JOIN {USED_ROWS} AS r "
            f"ON r.rid = u.rid ORDER BY u.value LIMIT {SHOWN}"
        )
        count = work.one(f"SELECT count(*) FROM {unknown}")[0]
        title = in_words(tables[other].spec.title)
        told = [_unknown(work, column, row, known, title) for row in found]
        work.tell_rest(told, count)


def _unknown(
    work: Work, column: str, row: tuple[str, int, int, int], known: list[str], title: str
) -> Finding:
    value, count, src, line = row
    return finding(
        Code.UNKNOWN_REFERENCE,
        {"title": title, **hint_of(value, count, known)},
        file=work.file(src),
        line=line,
        column=column,
        value=value,
        table=work.spec.name,
    )
