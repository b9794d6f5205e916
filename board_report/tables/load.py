"""Read all sources of a project into typed tables, and find every fault in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from board_report.model import Finding, Reconciliation, RejectedRow, SourceFile
from board_report.project import Project, SourceSpec
from board_report.sources.read import read_source
from board_report.sources.resolve import resolve_sources
from board_report.tables.catalogue import TABLES
from board_report.tables.checks import check_keys, check_values
from board_report.tables.engine.choice import Choice, choose, gave_up
from board_report.tables.frames import Rows, empty_frame, frame_of
from board_report.tables.loaded import LoadedTable
from board_report.tables.mapping import check_sources, sources_of
from board_report.tables.match import check_matches, match_rows
from board_report.tables.merge import check_merges, complete, spec_for
from board_report.tables.misfit import explain_unread
from board_report.tables.out_of_period import out_of_period, tell_files_out_of_period
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


def load_tables(project: Project, specs: Mapping[str, TableSpec] = TABLES) -> LoadedTables:
    """Read and type every canonical table of a project.

    Faults of the data are findings; none raises. A row with a fault is set aside as it was, the
    others are used, and ``read == used + rejected + duplicate + superseded + left_out +
    out_of_period + merged + unmatched`` holds for each file.

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
    check_matches(project.matches, specs)
    loaded = _loaded(project, specs)
    tables = TableSet({each.table.spec.name: each.table for each in loaded})
    findings = [*recognized, *(found for each in loaded for found in each.findings)]
    findings += check_references(tables, project)
    # A query or an object that two tables read may have given them different rows: both stand.
    files = {(read.path, read.sha256): read for each in loaded for read in each.sources}
    return LoadedTables(
        tables=tables,
        findings=tuple(sorted(findings, key=lambda each: (each.file, each.line, each.column))),
        rejected=tuple(row for each in loaded for row in each.rejected),
        reconciliation=tuple(part for each in loaded for part in each.reconciliation),
        sources=tuple(files[key] for key in sorted(files)),
    )


def load_alone(
    project: Project, sources: Sequence[SourceSpec], table: str
) -> tuple[LoadedTable, tuple[Finding, ...]]:
    """One table from these sources alone, as if the project had no others.

    Returns:
        The table, and everything that was found, those of recognizing the files first.

    Raises:
        ProjectError: a block speaks of a table, column or value that does not exist.
    """
    resolved, recognized = resolve_sources(project.folder, sources)
    alone = replace(project, sources=resolved, matches=())
    check_sources(resolved, TABLES)
    check_constants(alone, TABLES)
    loaded = load_table(alone, TABLES[table])
    return loaded, (*recognized, *loaded.findings)


def _loaded(project: Project, specs: Mapping[str, TableSpec]) -> list[LoadedTable]:
    """Every table: the big ones last, as their engine looks up what they refer to."""
    choices = {name: choose(project, spec) for name, spec in specs.items()}
    read = {
        name: _read(project, spec, choices[name])
        for name, spec in specs.items()
        if not choices[name].is_reduced
    }
    known = TableSet({name: each.table for name, each in read.items()})
    for name, choice in choices.items():
        if choice.is_reduced:
            read[name] = _reduced(project, specs[name], known)
    return [read[name] for name in specs]


def _read(project: Project, spec: TableSpec, choice: Choice) -> LoadedTable:
    """A table that is read into memory, unless its block asks for what cannot be."""
    if choice.is_refused:
        nothing = Table(spec, empty_frame(spec), measured=False)
        return LoadedTable(nothing, choice.findings, (), (), ())
    loaded = load_table(project, spec)
    return replace(loaded, findings=(*loaded.findings, *choice.findings))


def _reduced(project: Project, spec: TableSpec, known: TableSet) -> LoadedTable:
    """A table that its engine reduces; where it gives up, the table is read into memory."""
    from board_report.tables.engine.load import reduce_table

    found = reduce_table(project, spec, known)
    if isinstance(found, LoadedTable):
        return found
    return _read(project, spec, gave_up(project, spec, found))


def load_table(project: Project, spec: TableSpec) -> LoadedTable:
    """Read and type one table from all its files; references to other tables come later.

    Raises:
        ProjectError: a file is to complete records that no other file has.
    """
    declared, findings = sources_of(project, spec)
    check_merges(spec, declared)
    parts: list[tuple[SourceSpec, Rows]] = []
    sources: list[SourceFile] = []
    for source in declared:
        reading = read_source(project.folder, source)
        findings += explain_unread(project.folder, source, spec, reading.findings)
        if reading.source:
            sources.append(reading.source)
        if reading.table:
            typed_as = spec_for(source, spec, declared)
            parts.append((source, rows_of(reading.table, source, typed_as, project)))
    rows, found = _joined(parts, spec, project)
    findings += found
    files = tuple(dict.fromkeys(each.file for each in declared))
    return _settled(spec, rows, findings, files, sources, measured=bool(parts))


def _joined(
    parts: Sequence[tuple[SourceSpec, Rows]], spec: TableSpec, project: Project
) -> tuple[Rows, list[Finding]]:
    """The rows of all files: completed, judged, matched, and told by when they happened."""
    own = [rows for source, rows in parts if not source.merge_by]
    more = [(source, rows) for source, rows in parts if source.merge_by]
    records = Rows.joined(own, spec)
    between = complete(records, more, spec)
    check_values(records, spec)
    rules = [each for each in project.matches if each.table == spec.name]
    told, completed = match_rows(records, spec, rules)
    if completed:
        records.forget_moments()
        check_values(records, spec, completed)
    check_keys(records, spec, project)
    records.out_of_period = out_of_period(records, spec, project)
    told += tell_files_out_of_period(records, spec, project)
    rows = Rows.joined([records, *(rows for _, rows in more)], spec)
    return rows, [*rows.findings, *between, *told]


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
