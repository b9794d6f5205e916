"""Put something about an incident on record, and read what is on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import DataError

if TYPE_CHECKING:
    from board_report.governance.incident_clock_state import Clock
    from board_report.governance.incident_files import IncidentFiles
    from board_report.governance.incident_kinds import Content
    from board_report.governance.incident_record import Entry
    from board_report.governance.incident_register import IncidentRegister
    from board_report.model import Finding
    from board_report.project import Project
    from board_report.tables.schema import TableSet

TABLES_READ = ("people", "incidents", "filing_closings")


@dataclass(frozen=True)
class IncidentBook:
    """A project with its incidents' records, and the few tables that they are held against."""

    project: Project
    tables: TableSet
    register: IncidentRegister

    @property
    def zone(self) -> str:
        """The company's time zone."""
        return self.project.calendar.time_zone


def open_book(folder: Path) -> IncidentBook:
    """Read a project's records, without reading its other data.

    Raises:
        ProjectError: ``report.toml`` cannot be used.
        DataError: one of the tables cannot be read.
    """
    from board_report.governance.incident_register import read_register
    from board_report.project import load_project
    from board_report.sources.resolve import resolve_sources
    from board_report.tables.catalogue import TABLES
    from board_report.tables.load import load_table
    from board_report.tables.schema import TableSet

    project = load_project(folder)
    sources, _ = resolve_sources(project.folder, project.sources)
    alone = replace(project, sources=sources, matches=())
    loaded = {name: load_table(alone, TABLES[name]) for name in TABLES_READ}
    stops = [found for each in loaded.values() for found in each.findings if found.stops]
    if stops:
        raise DataError(stops[0].reason, where=stops[0].file, mend=stops[0].mend)
    tables = TableSet({name: each.table for name, each in loaded.items()})
    return IncidentBook(project, tables, read_register(project, tables))


def add_entry(
    book: IncidentBook,
    incident_id: str,
    content: Content,
    *,
    role: str,
    at: datetime,
    zone: str,
    entered_at: datetime,
) -> Entry:
    """Put one entry on record.

    Args:
        book: the project's records.
        incident_id: of the incident; a discovery opens its record.
        content: what is said.
        role: of whoever says so, however it is written.
        at: when it happened or was said, with its offset.
        zone: that the time was given in; empty where an offset was given.
        entered_at: now.

    Raises:
        IncidentError: it cannot stand; nothing was recorded.
        DocumentError: it cannot be written.
    """
    from board_report.archive.incident_entries import add_entry as write_entry
    from board_report.governance.incident_checks import refuse_faulty
    from board_report.governance.incident_files import (
        LATEST,
        entry_text,
        file_of,
        incident_folder,
        latest_text,
        read_incident,
    )
    from board_report.governance.incident_kinds import Discovered
    from board_report.governance.incident_record import Entry

    name = find_incident(book, incident_id, is_new=isinstance(content, Discovered))
    folder = book.project.folder
    files = read_incident(folder, name)
    held, person = _holder(book, role, at)
    entry = Entry(
        number=files.next_number,
        incident_id=name,
        at=at,
        zone=zone,
        role=held,
        person=person,
        entered_at=entered_at,
        content=content,
        previous_sha256=files.last_sha256,
    )
    entry = replace(entry, file=file_of(entry))
    refuse_faulty(entry, files.record, book.register.around)
    write_entry(
        folder / entry.file,
        entry_text(entry),
        folder / incident_folder(name) / LATEST,
        latest_text(entry),
    )
    return entry


def _holder(book: IncidentBook, role: str, at: datetime) -> tuple[str, str]:
    """The role as it stands on record, and who held it on that day; else as it was written."""
    from board_report.governance.roles import holders_at

    holders = holders_at(book.register.around.people, at.date())
    for name, holder in holders.items():
        if name.casefold() == role.strip().casefold():
            return name, holder.person_name
    return role.strip(), ""


def find_incident(book: IncidentBook, incident_id: str, *, is_new: bool = False) -> str:
    """The number of an incident that has a record, or of one that may get one.

    Raises:
        IncidentError: it can name no folder, differs from another in capitals alone, or has no
            record and is to have one.
    """
    from board_report.governance.incident_checks import near_to
    from board_report.governance.incident_codes import IncidentCode, IncidentError
    from board_report.governance.incident_files import safe_id

    name = safe_id(incident_id)
    ids = [each.incident_id for each in book.register.records]
    if name in ids:
        return name
    other = next((each for each in ids if each.casefold() == name.casefold()), None)
    if other is not None:
        raise IncidentError(IncidentCode.ID_TAKEN, value=name, other=other)
    if not is_new:
        raise IncidentError(IncidentCode.NOT_OPEN, value=name, near=near_to(name, ids))
    return name


def incident_on_file(
    book: IncidentBook, incident_id: str
) -> tuple[IncidentFiles, tuple[Finding, ...]]:
    """The record of an incident, and everything that is wrong with it by itself.

    Raises:
        IncidentError: it has none.
    """
    from board_report.governance.incident_checks import record_findings
    from board_report.governance.incident_files import read_incident

    files = read_incident(book.project.folder, find_incident(book, incident_id))
    return files, (*files.findings, *record_findings(files.record, book.register.around))


def clocks_at(book: IncidentBook, incident_id: str, now: datetime) -> tuple[Clock, ...]:
    """Every clock of an incident at an instant.

    Raises:
        IncidentError: it has no record.
    """
    from board_report.governance.incident_clock import incident_clocks

    files, _ = incident_on_file(book, incident_id)
    return incident_clocks(files.record, now, book.register.settings)
