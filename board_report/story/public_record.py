"""The public record: what is left of a project when only public columns and figures are kept.

This is the one door to the disclosure. A table's columns pass by their declared audience, a figure
by its metric's, and of ``report.toml`` the few facts named here. What is not declared public does
not pass, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from board_report.governance.line_words import Office, offices
from board_report.governance.roles import Holder, holders_at
from board_report.governance.rows import Row, plain_rows, text_of, trailing_year
from board_report.period import Quarter, window
from board_report.story import formats
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, Audience, Table, TableSpec

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures
    from board_report.model import Filer
    from board_report.project import Project
    from board_report.tables.schema import TableSet

_NO_CIK = "0" * 10


@dataclass(frozen=True)
class PublicRow:
    """The public cells of one row, and where it stands for whoever has to mend it."""

    cells: Row
    file: str
    line: int

    @property
    def where(self) -> str:
        """``governance/attestations.csv:12``; for messages, never for a page."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class PublicFigure:
    """The value of one public metric in the quarter reported on."""

    metric_id: str
    title: str
    text: str
    """As it reads in a sentence; where there is no value, the words for why."""
    value: float | None
    """In the metric's unit; None unless measured."""


@dataclass(frozen=True)
class Signer:
    """Whoever held a role on a day."""

    role: str
    role_title: str
    person_name: str


@dataclass(frozen=True)
class PublicRecord:
    """All that a public document may be made from."""

    company_name: str
    form: str
    cik: str
    """Ten digits; empty unless the company has one."""
    fiscal_year: int
    year_starts: date
    year_ends: date
    as_of: date
    drawn_on: date
    trailing_year: tuple[date, date]
    rules_checked_on: date | None
    """Date on which the company last checked the rules; None when it does not say."""
    tables: Mapping[str, tuple[PublicRow, ...]]
    """Tables that have public columns, by name."""
    figures: Mapping[str, PublicFigure]
    """Public metrics, by id."""
    signers: Mapping[tuple[str, date | None], Signer]
    """Who held a role on the day of an attestation; under None, who holds it at the as-of date."""
    offices: Mapping[str, Office]
    """Each role that is held at the as-of date, with its reporting line in words."""
    filer: Filer | None = None
    """What a cover page says of the registrant, all of which is printed on it."""

    def rows(self, table: str) -> tuple[Row, ...]:
        """The public cells of a table; none when it has no public column or was not given."""
        return tuple(row.cells for row in self.tables.get(table, ()))


def public_record(project: Project, tables: TableSet, figures: Figures) -> PublicRecord:
    """Keep what is declared public of a project, its tables and its figures."""
    year = project.quarter.year
    calendar = project.calendar
    public = {
        name: rows
        for name, table in tables.tables.items()
        if (rows := _projected(table)) is not None
    }
    return PublicRecord(
        company_name=project.company.name,
        form=project.company.form,
        cik="" if project.company.cik in ("", _NO_CIK) else project.company.cik,
        fiscal_year=year,
        year_starts=calendar.first_day(Quarter(year, 1)),
        year_ends=calendar.last_day(Quarter(year, 4)),
        as_of=project.as_of,
        drawn_on=project.frozen_on,
        trailing_year=trailing_year(window(calendar, project.quarter, project.as_of)),
        rules_checked_on=project.rules_checked_on,
        tables=MappingProxyType(public),
        figures=MappingProxyType(_public_figures(figures, project.company.currency)),
        signers=MappingProxyType(_signers(tables, public, project.as_of)),
        offices=MappingProxyType(_offices(tables, public, project.as_of)),
        filer=project.filer,
    )


def public_columns(spec: TableSpec) -> tuple[str, ...]:
    """The columns of a table whose audience is the public, in declared order."""
    return tuple(each.name for each in spec.columns if each.audience is Audience.PUBLIC)


def _projected(table: Table) -> tuple[PublicRow, ...] | None:
    """A table's public cells; None for a table that has no public column at all."""
    columns = public_columns(table.spec)
    if not columns:
        return None
    origins = plain_rows(table.frame, (SOURCE_COLUMN, LINE_COLUMN))
    return tuple(
        PublicRow(MappingProxyType(dict(cells)), str(at[SOURCE_COLUMN]), int(str(at[LINE_COLUMN])))
        for cells, at in zip(plain_rows(table.frame, columns), origins, strict=True)
    )


def _public_figures(figures: Figures, currency: str) -> dict[str, PublicFigure]:
    return {
        spec.id: PublicFigure(
            metric_id=spec.id,
            title=spec.title,
            text=formats.result(figures.now(spec.id), spec.unit, currency),
            value=figures.now(spec.id).value,
        )
        for spec in figures.specs.values()
        if spec.audience is Audience.PUBLIC
    }


def _signers(
    tables: TableSet, public: Mapping[str, tuple[PublicRow, ...]], as_of: date
) -> dict[tuple[str, date | None], Signer]:
    """Who signed, and who holds each role now.

    The dates of ``people`` are not public: they choose the row here, and do not pass.
    """
    if "people" not in tables.tables:
        return {}
    people = plain_rows(tables.frame("people"))
    kept = public_columns(tables["people"].spec)
    found: dict[tuple[str, date | None], Signer] = {
        (role, None): _signer(holder, kept) for role, holder in holders_at(people, as_of).items()
    }
    for row in (row for rows in public.values() for row in rows):
        role, on = row.cells.get("attested_by_role"), row.cells.get("attested_on")
        if isinstance(role, str) and isinstance(on, date) and (role, on) not in found:
            holder = holders_at(people, on).get(role)
            if holder:
                found[role, on] = _signer(holder, kept)
    return found


def _signer(holder: Holder, kept: tuple[str, ...]) -> Signer:
    return Signer(
        role=holder.role if "role" in kept else "",
        role_title=holder.role_title if "role_title" in kept else "",
        person_name=holder.person_name if "person_name" in kept else "",
    )


def _offices(
    tables: TableSet, public: Mapping[str, tuple[PublicRow, ...]], as_of: date
) -> dict[str, Office]:
    """The lines at the as-of date, from what of ``people`` and the calendar is public."""
    if "people" not in tables.tables:
        return {}
    kept = public_columns(tables["people"].spec)
    holders = {
        role: _public_holder(holder, kept)
        for role, holder in holders_at(plain_rows(tables.frame("people")), as_of).items()
    }
    calendar = public.get("committee_calendar", ())
    committees = dict.fromkeys(text_of(row.cells, "committee") for row in calendar)
    return offices(holders, [each for each in committees if each]) if "role" in kept else {}


def _public_holder(holder: Holder, kept: tuple[str, ...]) -> Holder:
    """The same without what is not public."""
    return replace(
        holder,
        role_title=holder.role_title if "role_title" in kept else "",
        person_name=holder.person_name if "person_name" in kept else "",
        reports_to=holder.reports_to if "reports_to_role" in kept else "",
        dotted_line_to=holder.dotted_line_to if "dotted_line_to_role" in kept else "",
    )
