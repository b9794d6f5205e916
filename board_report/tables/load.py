"""Read all sources of a project into typed tables, and find every fault in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from board_report.model import Finding, Reconciliation, RejectedRow, SourceFile
from board_report.project import Project
from board_report.sources.read import read_source
from board_report.sources.resolve import resolve_sources
from board_report.tables.catalogue import TABLES
from board_report.tables.checks import check_rows
from board_report.tables.frames import Rows, empty_frame, frame_of
from board_report.tables.mapping import check_sources, sources_of
from board_report.tables.references import check_references
from board_report.tables.rows import check_constants, rows_of
from board_report.tables.schema import Table, TableSet, TableSpec


@dataclass(frozen=True)
class LoadedTables:
    """The typed tables and everything that was found on the way to them."""

    tables: TableSet
    findings: tuple[Finding, ...]
    """By file, line and column."""
    rejected: tuple[RejectedRow, ...]
    reconciliation: tuple[Reconciliation, ...]
    """One for each file of each table."""
    sources: tuple[SourceFile, ...]

    @property
    def stops(self) -> bool:
        """True when no figure can be made while the findings stand."""
        return any(each.stops for each in self.findings)


@dataclass(frozen=True)
class LoadedTable:
    """One table with its share of what was found."""

    table: Table
    findings: tuple[Finding, ...]
    rejected: tuple[RejectedRow, ...]
    reconciliation: tuple[Reconciliation, ...]
    sources: tuple[SourceFile, ...]


def load_tables(project: Project, specs: Mapping[str, TableSpec] = TABLES) -> LoadedTables:
    """Read and type every canonical table of a project.

    Faults of the data are findings; none raises. A row with a fault is set aside as it was, the
    others are used, and ``read == used + rejected + duplicate + superseded + left_out`` holds for
    each file.

    Args:
        project: what ``report.toml`` says.
        specs: the tables to read, by name.

    Raises:
        ProjectError: a ``[[source]]`` block speaks of a table, column or value that does not exist.
    """
    sources, recognized = resolve_sources(project.folder, project.sources)
    project = replace(project, sources=sources)
    check_sources(project.sources, specs)
    check_constants(project, specs)
    loaded = [load_table(project, spec) for spec in specs.values()]
    tables = TableSet({each.table.spec.name: each.table for each in loaded})
    findings = [*recognized, *(found for each in loaded for found in each.findings)]
    findings += check_references(tables, project)
    files = {source.path: source for each in loaded for source in each.sources}
    return LoadedTables(
        tables=tables,
        findings=tuple(sorted(findings, key=lambda each: (each.file, each.line, each.column))),
        rejected=tuple(row for each in loaded for row in each.rejected),
        reconciliation=tuple(part for each in loaded for part in each.reconciliation),
        sources=tuple(files[path] for path in sorted(files)),
    )


def load_table(project: Project, spec: TableSpec) -> LoadedTable:
    """Read and type one table from all its files; references to other tables come later."""
    declared, findings = sources_of(project, spec)
    parts: list[Rows] = []
    sources: list[SourceFile] = []
    for source in declared:
        reading = read_source(project.folder, source)
        findings += reading.findings
        if reading.source:
            sources.append(reading.source)
        if reading.table:
            parts.append(rows_of(reading.table, source, spec, project))
    rows = Rows.joined(parts, spec)
    check_rows(rows, spec, project)
    findings += rows.findings
    files = tuple(dict.fromkeys(each.file for each in declared))
    return _settled(spec, rows, findings, files, sources, measured=bool(parts))


def _settled(
    spec: TableSpec,
    rows: Rows,
    findings: list[Finding],
    files: tuple[str, ...],
    sources: list[SourceFile],
    *,
    measured: bool,
) -> LoadedTable:
    unused = rows.unused()
    used = [at for at in range(len(rows)) if at not in unused]
    table = Table(
        spec=spec,
        frame=frame_of(rows, spec, used) if measured else empty_frame(spec),
        measured=measured,
        rejected=len(rows.reasons),
        read=rows.records,
    )
    return LoadedTable(
        table=table,
        findings=tuple(dict.fromkeys(findings)),
        rejected=tuple(rows.rejected_row(at, spec) for at in sorted(rows.reasons)),
        reconciliation=rows.reconciled(spec, files),
        sources=tuple(sources),
    )
