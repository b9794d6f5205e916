"""All incidents' records of a project: read, and held against the register of incidents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from board_report.governance.filing_calendar import (
    EASTERN,
    FIRST_YEAR,
    LAST_YEAR,
    FilingCalendar,
    load_filing_calendar,
    local_day,
)
from board_report.governance.incident_checks import FOREIGN, Surroundings, record_findings
from board_report.governance.incident_clock import incident_clocks
from board_report.governance.incident_clock_state import ClockSettings, ClockState
from board_report.governance.incident_codes import INCIDENT_FAULTS, IncidentCode
from board_report.governance.incident_files import (
    FOLDER,
    incident_files,
    incident_folder,
    incident_ids,
    read_incident,
)
from board_report.governance.incident_kinds import Determined
from board_report.governance.incident_record import IncidentRecord
from board_report.governance.reporting_regimes import FILE, load_regimes
from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.model import Finding
from board_report.period import first_day_of_report
from board_report.sources.faults import explained
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.project import Project
    from board_report.tables.schema import TableSet

INCIDENTS, CLOSINGS = "incidents", "filing_closings"
STATE, DATE = "materiality_state", "materiality_determined_on"
UNDER_REVIEW = "under_review"
_IN_REGISTER = {
    Determined.MATERIAL: "determined_material",
    Determined.NOT_MATERIAL: "determined_not_material",
    Determined.NOT_YET: UNDER_REVIEW,
}


@dataclass(frozen=True)
class IncidentRegister:
    """Every incident's record, what it is held against, and what its clocks are counted by."""

    records: tuple[IncidentRecord, ...]
    """In the order of their numbers."""
    findings: tuple[Finding, ...]
    """About files that cannot be relied on."""
    files: tuple[str, ...]
    """Relative to the project, with the project's own regimes where it has some."""
    around: Surroundings
    settings: ClockSettings

    def record(self, incident_id: str) -> IncidentRecord | None:
        """The record of an incident; None where there is none."""
        return next((each for each in self.records if each.incident_id == incident_id), None)


def read_register(project: Project, tables: TableSet) -> IncidentRegister:
    """Read every record of a project.

    Args:
        project: what ``report.toml`` says.
        tables: with ``people``, ``incidents`` and ``filing_closings``.

    Raises:
        ProjectError: the project's own regimes cannot be read.
    """
    ids = incident_ids(project.folder)
    read = [read_incident(project.folder, each) for each in ids]
    known = plain_rows(tables.frame(INCIDENTS), ["incident_id"])
    regimes = load_regimes(project.folder).asked(project.company.regimes)
    form = project.company.form
    files = incident_files(project.folder)
    return IncidentRegister(
        records=tuple(each.record for each in read),
        findings=tuple(found for each in read for found in each.findings),
        files=(*files, FILE) if (project.folder / FILE).is_file() else files,
        around=Surroundings(
            people=plain_rows(tables.frame("people")),
            known=frozenset((*ids, *(text_of(row, "incident_id") for row in known))),
            regimes=regimes,
            annual_form=form,
        ),
        settings=ClockSettings(
            calendar=load_filing_calendar(
                plain_rows(tables.frame(CLOSINGS)), project.closings_checked_on
            ),
            regimes=regimes,
            is_foreign=form == FOREIGN,
        ),
    )


def register_findings(
    register: IncidentRegister, project: Project, tables: TableSet, window: Window
) -> tuple[Finding, ...]:
    """What is wrong with the records, with what the register of incidents says, and what is late.

    As known at the end of the as-of day.
    """
    rows = plain_rows(tables.frame(INCIDENTS))
    by_id = {text_of(row, "incident_id"): row for row in rows}
    found = [*register.findings, *_idle_closings(register.settings.calendar)]
    for whole in register.records:
        found += record_findings(whole, register.around)
        record = whole.known_at(window.known_at)
        if record.entries:
            found += _disagreements(record, by_id, project, tables, window)
            found += _open_factors(record)
            found += _overdue(record, register.settings, window)
    return (*found, *_without_record(register, rows, window))


# --- against the register of incidents -----------------------------------------------------------


def _disagreements(
    record: IncidentRecord,
    rows: Mapping[str, Row],
    project: Project,
    tables: TableSet,
    window: Window,
) -> Iterator[Finding]:
    row = rows.get(record.incident_id)
    if row is None:
        first_day = first_day_of_report(project.calendar, window.quarter)
        discovered = record.discovered
        is_told = discovered is None or discovered.at.date() >= first_day
        if tables.measured(INCIDENTS) and is_told:
            facts: dict[str, object] = {"incident": record.incident_id}
            yield _finding(IncidentCode.NOT_IN_REGISTER, facts, file=record.entries[0].file)
        return
    state, day = _in_register(row, window)
    wanted = _IN_REGISTER[record.state]
    said = f"“{record.state.words}”"
    if state != wanted and (state or record.state is not Determined.NOT_YET):
        value = f"“{state.replace('_', ' ')}”" if state else "nothing"
        facts = {"value": value, "incident": record.incident_id, "recorded": said}
        yield _finding(IncidentCode.STATE_DIFFERS, facts, row=row, column=STATE)
    elif record.determined is not None and day not in _days(record, project):
        when = record.determined.at.date().isoformat()
        value = day.isoformat() if day else "nothing"
        facts = {"value": value, "incident": record.incident_id, "recorded": when}
        yield _finding(IncidentCode.DATE_DIFFERS, facts, row=row, column=DATE)


def _in_register(row: Row, window: Window) -> tuple[str, date | None]:
    """State and date as known at the as-of date: what was determined later was under review."""
    state, day = text_of(row, STATE), day_of(row, DATE)
    if day is not None and day > window.as_of:
        return UNDER_REVIEW, None
    return state, day


def _days(record: IncidentRecord, project: Project) -> set[date]:
    """The day of the determination where it was made, in Eastern time, and at the company's."""
    assert record.determined is not None
    at = record.determined.at
    return {
        at.date(),
        local_day(at, EASTERN),
        at.astimezone(ZoneInfo(project.calendar.time_zone)).date(),
    }


def _without_record(
    register: IncidentRegister, rows: tuple[Row, ...], window: Window
) -> Iterator[Finding]:
    """Incidents that were determined material and of which no record says why."""
    for row in rows:
        name = text_of(row, "incident_id")
        is_material = _in_register(row, window)[0] == _IN_REGISTER[Determined.MATERIAL]
        if is_material and register.record(name) is None:
            facts: dict[str, object] = {"incident": name}
            yield _finding(IncidentCode.NO_RECORD, facts, row=row, column=STATE)


# --- within a record -----------------------------------------------------------------------------


def _open_factors(record: IncidentRecord) -> Iterator[Finding]:
    if record.determined is not None and record.unknown_factors:
        facts: dict[str, object] = {
            "incident": record.incident_id,
            "state": record.state.words,
            "factors": ", ".join(record.unknown_factors),
        }
        yield _finding(IncidentCode.FACTORS_OPEN, facts, file=record.determined.file)


def _overdue(record: IncidentRecord, settings: ClockSettings, window: Window) -> Iterator[Finding]:
    for clock in incident_clocks(record, window.known_at, settings):
        if clock.state is ClockState.OVERDUE and clock.due_at is not None:
            due = clock.due_at.isoformat(sep=" ", timespec="minutes")
            facts: dict[str, object] = {"clock": f"{clock.name} ({clock.rule})", "due": due}
            folder = incident_folder(record.incident_id)
            yield _finding(IncidentCode.OVERDUE, facts, file=folder)


def _idle_closings(calendar: FilingCalendar) -> Iterator[Finding]:
    bare = FilingCalendar({}, calendar.known_through, calendar.checked_on)
    for each in calendar.closings.values():
        is_counted = FIRST_YEAR <= each.closed_on.year <= LAST_YEAR
        why = bare.why_closed(each.closed_on) if each.file and is_counted else ""
        if why:
            yield explained(
                INCIDENT_FAULTS[IncidentCode.CLOSING_IDLE],
                IncidentCode.CLOSING_IDLE,
                {"why": why},
                file=each.file,
                line=each.line,
                column="closed_on",
                value=each.closed_on.isoformat(),
                table=CLOSINGS,
            )


def _finding(
    code: IncidentCode,
    facts: dict[str, object],
    *,
    row: Row | None = None,
    column: str = "",
    file: str = FOLDER,
) -> Finding:
    if row is None:
        return explained(INCIDENT_FAULTS[code], code, facts, file=file)
    line = row.get(LINE_COLUMN)
    return explained(
        INCIDENT_FAULTS[code],
        code,
        facts,
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
        column=column,
        table=INCIDENTS,
    )
