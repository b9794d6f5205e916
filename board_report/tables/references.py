"""Look up, across tables, what rows refer to: records of other tables, and roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from board_report.model import Finding
from board_report.project import Project
from board_report.tables.codes import Code, finding
from board_report.tables.mapping import in_words
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, Kind, Table, TableSet

SHARED_ROLES = ("BOTH", "BOARD")
"""Roles that nobody holds alone."""


def check_references(tables: TableSet, project: Project) -> list[Finding]:
    """Warn of values that the table they refer to does not have; each value is told once."""
    findings: list[Finding] = []
    roles = _roles(tables, project)
    for table in tables.tables.values():
        if table.is_reduced:
            continue  # its engine looked up every row that it reduced
        for column, other, other_column in table.spec.refers:
            if tables.measured(table.spec.name, other):
                known = set(tables.frame(other)[other_column].dropna())
                title = in_words(tables[other].spec.title)
                findings += _unknown(table, column, known, Code.UNKNOWN_REFERENCE, title)
        for each in table.spec.columns:
            if (
                each.kind is Kind.ROLE
                and roles
                and (table.spec.name, each.name) != ("people", "role")
            ):
                findings += _unknown(table, each.name, roles, Code.UNKNOWN_ROLE, "")
    return findings


def _roles(tables: TableSet, project: Project) -> set[str]:
    """Roles that are held and bodies that can be reported to; empty when nobody is listed."""
    if not tables.tables.get("people") or not tables.measured("people"):
        return set()
    bodies = {project.company.board_committee, project.meeting.committee, *SHARED_ROLES}
    if tables.tables.get("committee_calendar"):
        bodies |= set(tables.frame("committee_calendar")["committee"].dropna())
    return bodies | set(tables.frame("people")["role"].dropna())


def _unknown(
    table: Table, column: str, known: Collection[str], code: Code, title: str
) -> Iterator[Finding]:
    frame = table.frame
    if table.spec.column(column).kind is Kind.LIST:
        frame = frame.explode(column)  # an empty list becomes a missing value
    values = frame[column]
    strange = frame[values.notna().to_numpy() & ~values.isin(list(known)).to_numpy()]
    for value, rows in strange.groupby(column, sort=True):
        yield finding(
            code,
            {"title": title, **hint_of(str(value), len(rows), known)},
            file=str(rows[SOURCE_COLUMN].iloc[0]),
            line=int(rows[LINE_COLUMN].iloc[0]),
            column=column,
            value=str(value),
            table=table.spec.name,
        )


def hint_of(value: str, count: int, known: Collection[str]) -> dict[str, object]:
    """How often a value that is not known occurs, and which known one is nearest."""
    near = get_close_matches(value[:100], list(known), n=1, cutoff=0.6)
    return {
        "times": f" ({count:,} rows)" if count > 1 else "",
        "hint": f"; did you mean {near[0]}?" if near else "",
    }
