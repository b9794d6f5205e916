"""Type the rows of one file: map its columns, tidy its cells, and note every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from board_report.model import RawTable
from board_report.project import Project, SourceSpec
from board_report.tables.cells import parser_of
from board_report.tables.codes import Code, finding
from board_report.tables.columns import ColumnText, type_column
from board_report.tables.frames import Rows
from board_report.tables.mapping import block_of, map_columns, mistake
from board_report.tables.outcome import CellRules, Fault
from board_report.tables.schema import Column, TableSpec

_SPACE = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\ufeff"
"""White space that is trimmed from cells, also spaces that do not break or have no width."""


def rows_of(raw: RawTable, source: SourceSpec, spec: TableSpec, project: Project) -> Rows:
    """All rows of one file, typed; rows with a fault carry the reasons against them."""
    found = map_columns(raw, source, spec)
    rows = Rows(
        columns={name: [None] * len(raw.rows) for name in spec.column_names},
        raws=[raw] * len(raw.rows),
        rows=list(raw.rows),
        findings=list(found.findings),
    )
    if not raw.columns:
        # An empty list of JSON records names no columns: nothing happened, and nothing is missing.
        rows.findings = []
        return rows
    stopping = [each for each in found.findings if each.stops]
    if stopping:
        # Without its columns no row can be judged: all are set aside, for the same reason.
        why = [f"{each.column}: {each.reason}" for each in stopping]
        rows.reasons = {at: list(why) for at in range(len(rows))}
        return rows
    shifted = _check_width(rows, raw, source)
    kept = [at for at in range(len(rows)) if at not in shifted]
    part = _Part(source, spec, cell_rules(source, project), kept, [rows.line(at) for at in kept])
    for column in spec.columns:
        if column.name in found.positions:
            cells = [raw.rows[at].cells[found.positions[column.name]] for at in kept]
            _take(rows, column, _tidied(cells, column, source), part)
        elif column.name in source.constants:
            _take(rows, column, [source.constants[column.name]] * len(kept), part)
    return rows


@dataclass(frozen=True)
class _Part:
    """What typing the columns of one file needs to know."""

    source: SourceSpec
    spec: TableSpec
    rules: CellRules
    kept: Sequence[int]
    """Positions of the rows whose cells are judged: those as wide as the header."""
    lines: Sequence[int]


def check_constants(project: Project, specs: Mapping[str, TableSpec]) -> None:
    """Refuse constants that their column cannot hold, before they spoil every row.

    Raises:
        ProjectError: the block, the column and the reason.
    """
    for source in project.sources:
        for name, text in source.constants.items():
            parse = parser_of(specs[source.table].column(name), cell_rules(source, project))
            outcome = parse(text.strip())
            if isinstance(outcome, Fault):
                facts = {"block": block_of(source), **outcome.facts}
                found = finding(outcome.code, facts, column=name, value=text)
                raise mistake(source, f"constants.{name}", found.reason, "Correct it.")


def cell_rules(source: SourceSpec, project: Project) -> CellRules:
    """How the cells of a source are written."""
    zone = source.time_zone or project.calendar.time_zone
    first = (source.date_format,) if source.date_format else ()
    return CellRules(
        zone=ZoneInfo(zone),
        day_zone=ZoneInfo(project.calendar.time_zone),
        date_formats=(*first, *source.other_date_formats),
        decimal_comma=source.decimal_comma,
        ratio_as=source.ratio_as,
        currency=project.company.currency,
        business_units=project.company.business_units,
    )


def _take(rows: Rows, column: Column, texts: Sequence[str | None], part: _Part) -> None:
    """Type one column into the rows; cells of shifted rows are not judged."""
    cells = ColumnText(
        column=column,
        texts=texts,
        lines=part.lines,
        file=part.source.file,
        table=part.spec.name,
        block=block_of(part.source),
        is_zone_declared=bool(part.source.time_zone),
        is_key=column.name in part.spec.key,
    )
    typed = type_column(cells, part.rules)
    values = rows.columns[column.name]
    for at, value in zip(part.kept, typed.values, strict=True):
        values[at] = value
    for at, why in typed.reasons.items():
        rows.reject(part.kept[at], why)
    rows.findings += typed.findings


def _check_width(rows: Rows, raw: RawTable, source: SourceSpec) -> set[int]:
    """Rows whose number of cells is not the header's; empty cells beyond it do not count."""
    expected = len(raw.columns)
    shifted = set()
    for at, row in enumerate(raw.rows):
        count = len(row.cells)
        extra = row.cells[expected:]
        if count == expected or (extra and not any(_trim(each) for each in extra)):
            continue
        code = Code.TOO_MANY_CELLS if count > expected else Code.TOO_FEW_CELLS
        found = finding(
            code,
            {"count": count, "expected": expected},
            file=source.file,
            line=row.line,
            value=_trim(row.cells[-1]),
            table=source.table,
        )
        shifted.add(at)
        rows.reject(at, found.reason)
        rows.findings.append(found)
    return shifted


def _tidied(cells: Sequence[str], column: Column, source: SourceSpec) -> list[str | None]:
    """The cells of a column: trimmed, mapped, None where they say "no value"."""
    missing = {"", *(each.casefold() for each in source.missing)}
    given = source.values.get(column.name, {})
    pairs = {_trim(each).casefold(): target for each, target in given.items()}
    known = {cell: _tidy(cell, missing, pairs) for cell in dict.fromkeys(cells)}
    return [known[cell] for cell in cells]


def _tidy(cell: str, missing: set[str], pairs: dict[str, str]) -> str | None:
    text = _trim(cell)
    text = pairs.get(text.casefold(), text)
    return None if text.casefold() in missing else text


def _trim(cell: str) -> str:
    return cell.strip(_SPACE)
