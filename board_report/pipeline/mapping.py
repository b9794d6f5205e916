"""Look at a file and say how it can be read: by a reader, or by a block that is proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import ProjectError, SourceError

if TYPE_CHECKING:
    from datetime import date

    from board_report.model import Finding, Reconciliation
    from board_report.project import Project, SourceSpec
    from board_report.sources.reader import Reader
    from board_report.tables.proposals.propose import Proposal

MOST_COLUMNS = 1_000
"""Columns of a file for which a mapping is proposed: each is held against every name we know."""


_HEADS_SHOWN = 400
"""Characters of a file's headers that a message repeats."""


@dataclass(frozen=True)
class Mapped:
    """How a file can be read."""

    file: str
    block: str
    """The ``[[source]]`` block as TOML."""
    reader: Reader | None
    """The reader that knows the file; None where the block is proposed."""
    proposal: Proposal | None
    rows: Reconciliation | None = None
    """Where the file's rows would go with the block as it stands; None while it stops."""
    quarter: str = ""
    """The quarter that the project reports on."""
    days: tuple[date, date] | None = None
    """First and last day of its records, where they are dated and could be read."""
    findings: tuple[Finding, ...] = ()
    """What `check` would say of the file with the block as it stands."""


def map_file(folder: Path, file: Path, *, table: str = "", order: str = "") -> Mapped:
    """Look at a file of a project; nothing is written.

    Args:
        folder: the project.
        file: as the user names it: from the current folder, or from the project's.
        table: the table that it fills, where a person says it.
        order: ``day-first`` or ``month-first``, where a person says it.

    Raises:
        ProjectError: there is no such table, or the file lies outside the project.
        SourceError: the file cannot be read, or fits no table.
    """
    from board_report.project import load_project
    from board_report.sources.faults import ReadFaultError
    from board_report.sources.resolve import told
    from board_report.sources.survey import survey
    from board_report.tables.catalogue import TABLES

    project = load_project(folder)
    name = _in_project(folder, file)
    if table and table not in TABLES:
        from difflib import get_close_matches

        near = get_close_matches(table, TABLES, n=1, cutoff=0.4)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(TABLES)}."
        raise ProjectError(f"there is no table {table!r}.", where="--table", mend=hint)
    try:
        known, _, spec = survey(folder, name)
    except ReadFaultError as fault:
        from board_report.project import SourceSpec

        raise _error(told(SourceSpec(table="", file=name), fault)) from None
    readers = [each.reader for each in known if table in ("", each.reader.table)]
    if readers:
        return _by_reader(project, name, readers)
    return _by_proposal(project, replace(spec, table=table), table, order)


def _in_project(folder: Path, file: Path) -> str:
    """The file's path within the project."""
    from board_report.sources.file_bytes import is_text

    for each in (file, folder / file):
        if each.is_file():
            resolved, root = each.resolve(), folder.resolve()
            if not is_text(str(resolved)):
                what, mend = "its name is not UTF-8.", "Give it another name."
                raise ProjectError(what, where=str(file), mend=mend)
            if resolved.is_relative_to(root):
                return resolved.relative_to(root).as_posix()
            raise ProjectError(
                f"{file} lies outside the project.",
                where=str(file),
                mend=f"Copy it into the project first, for example into {folder / 'ciso'}.",
            )
    raise ProjectError(
        f"there is no file {file}.", where=str(file), mend="Name a file of the project."
    )


def _error(found: Finding) -> SourceError:
    place = f"{found.file}:{found.line}" if found.line else found.file
    return SourceError(found.reason, where=place, mend=found.mend)


def _by_reader(project: Project, file: str, readers: list[Reader]) -> Mapped:
    from board_report.tables.catalogue import TABLES
    from board_report.tables.proposals.reader_block import reader_block

    reader = readers[0]
    block = reader_block(reader, TABLES[reader.table], file)
    return _tried(project, block, reader.table, Mapped(file, block, reader, None))


def _by_proposal(project: Project, spec: SourceSpec, table: str, order: str) -> Mapped:
    from board_report.sources.read import read_source
    from board_report.tables.catalogue import TABLES
    from board_report.tables.proposals.block import source_block
    from board_report.tables.proposals.propose import propose

    reading = read_source(project.folder, spec)
    if reading.table is None:
        raise _error(reading.findings[0])
    if len(reading.table.columns) > MOST_COLUMNS:
        raise SourceError(
            f"it has {len(reading.table.columns):,} columns; what they are is proposed for at "
            f"most {MOST_COLUMNS:,}.",
            where=spec.file,
            mend="Write its [[source]] block by hand, or export fewer columns.",
        )
    proposal = propose(reading.table, spec, TABLES, table=table, order=order)
    if proposal is None:
        heads = ", ".join(each for each in reading.table.columns if each)
        place = f", sheet {reading.table.sheet}" if reading.table.sheet else ""
        raise SourceError(
            f"no table fits its columns, which are: {heads[:_HEADS_SHOWN]}.",
            where=f"{spec.file}, line {reading.table.header_line}{place}",
            mend="If it does hold one of our tables, name it with --table; "
            "docs/data-dictionary.md lists them.",
        )
    block = source_block(proposal)
    return _tried(project, block, proposal.spec.name, Mapped(spec.file, block, None, proposal))


def _tried(project: Project, block: str, table: str, mapped: Mapped) -> Mapped:
    """The same, with where the file's rows would go and what would be said of it."""
    from board_report.metrics.freshness import days_of
    from board_report.project.sources import read_source_block
    from board_report.tables.load import load_alone
    from board_report.toml_reader import parse_toml

    top = parse_toml(block.encode(), "the proposed block")
    # The block stands on no line of report.toml yet.
    sources = [
        replace(read_source_block(each, project.folder), line=0) for each in top.sections("source")
    ]
    loaded, findings = load_alone(project, sources, table)
    days = days_of(loaded.table, project.calendar.time_zone)
    rows = next((each for each in loaded.reconciliation if each.file == mapped.file), None)
    return replace(
        mapped,
        rows=None if any(each.stops for each in findings) else rows,
        quarter=str(project.quarter),
        days=(min(days), max(days)) if days else None,
        findings=findings,
    )


def add_block(folder: Path, mapped: Mapped) -> int:
    """Add the block to the end of ``report.toml``; everything else in it stays as it is.

    Returns:
        The line that the block begins on.

    Raises:
        ProjectError: a block for the file is there already, or it cannot be written; it is as it
            was.
    """
    from board_report.archive.synced import replace_file
    from board_report.project import PROJECT_FILE, load_project

    project = load_project(folder)
    for each in project.sources:
        if each.file == mapped.file:
            raise ProjectError(
                f"{mapped.file} has a block already.",
                where=f"{PROJECT_FILE}, line {each.line}",
                mend="Change that block, or remove it and run this again.",
            )
    path = folder / PROJECT_FILE
    text = path.read_bytes().decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    before = text if text.endswith("\n") else text + end
    added = mapped.block.replace("\n", end)
    try:
        replace_file(path, (before + end + added).encode())
    except OSError as error:
        raise ProjectError(
            f"it cannot be written: {error.strerror or error}.",
            where=str(path),
            mend="Make sure that you may write to it; it is as it was.",
        ) from error
    return before.count("\n") + 2


def known_readers() -> tuple[Reader, ...]:
    """Every reader of a tool's export, by chapter."""
    from board_report.sources.readers import readers_by_id

    return tuple(readers_by_id().values())
