"""Type the rows of one file: map its columns, tidy its cells, and note every fault."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from board_report.model import Finding, RawTable
from board_report.project import Project, SourceSpec
from board_report.tables.cells import parser_of
from board_report.tables.codes import Code, finding
from board_report.tables.column_rules import made
from board_report.tables.columns import ColumnText, reason_of, type_column
from board_report.tables.frames import Rows
from board_report.tables.mapping import (
    ColumnMap,
    block_of,
    map_columns,
    mistake,
    start_of_term,
)
from board_report.tables.misfit import explain_misfit
from board_report.tables.outcome import CellRules, Fault
from board_report.tables.schema import Column, TableSpec
from board_report.tables.selection import (
    Selection,
    find_headers,
    is_header,
    repeated_header,
    select_rows,
)
from board_report.tables.tidy import tidied, trim


def rows_of(raw: RawTable, source: SourceSpec, spec: TableSpec, project: Project) -> Rows:
    """All rows of one file, typed; rows with a fault carry the reasons against them."""
    found, headers = map_columns(raw, source, spec), find_headers(raw, source)
    rows = Rows(
        columns={name: [None] * len(raw.rows) for name in spec.column_names},
        raws=[raw] * len(raw.rows),
        rows=list(raw.rows),
        cells=[found.cells(source)] * len(raw.rows),
    )
    if not raw.columns:
        # An empty list of JSON records names no columns: nothing happened, and nothing is missing.
        return rows
    told = [*found.findings, *headers.findings]
    rows.findings = explain_misfit(project.folder, raw, source, spec, told, found)
    stopping = [each for each in rows.findings if each.stops]
    if stopping:
        # Without its columns no row can be judged: all are set aside, for the same reason.
        why = [reason_of(each) for each in stopping]
        rows.reasons = {at: list(why) for at in range(len(rows))}
        return rows
    shifted = _check_width(rows, raw, source)
    repeated = _leave_out_headers(rows, raw, source, shifted)
    wide = [at for at in range(len(rows)) if at not in shifted and at not in repeated]
    rules = cell_rules(source, project)
    keys = [_key_texts(_texts(raw, source, name, found, wide), spec, name) for name in spec.key]
    chosen = select_rows(raw, source, headers, wide, keys, rules)
    _note_selection(rows, chosen)
    rows.left_out |= repeated
    _type_columns(rows, found, _Part(raw, source, spec, rules, chosen.kept))
    return rows


def _leave_out_headers(
    rows: Rows, raw: RawTable, source: SourceSpec, shifted: Collection[int]
) -> set[int]:
    """Positions of the rows that repeat the header, of which one note tells."""
    found = {
        at
        for at, row in enumerate(raw.rows)
        if at not in shifted and is_header(row.cells, raw.columns)
    }
    if found:
        rows.findings.append(repeated_header([raw.rows[at].line for at in found], source))
    return found


def _note_selection(rows: Rows, chosen: Selection) -> None:
    rows.superseded, rows.left_out = chosen.superseded, chosen.left_out
    rows.findings += chosen.findings
    for at, why in chosen.reasons.items():
        rows.reject(at, why)


def _type_columns(rows: Rows, found: ColumnMap, part: _Part) -> None:
    for column in part.spec.columns:
        texts: Sequence[str | None] | None = None
        if column.name in found.positions or column.name in part.source.constants:
            texts = _texts(part.raw, part.source, column.name, found, part.kept)
        if column.name == "business_unit" and not part.source.merge_by:
            texts = _of_the_only_unit(texts, part)
        if column.name == "due_on" and part.source.due_within_days:
            _take_due_on(rows, column, texts, part)
        elif texts is not None:
            _take(rows, column, texts, part)


def _of_the_only_unit(
    texts: Sequence[str | None] | None, part: _Part
) -> Sequence[str | None] | None:
    """A company of one business unit need not say which: rows that do not say are that unit's."""
    units = part.rules.business_units
    if len(units) != 1:
        return texts
    return [text or units[0] for text in texts or [None] * len(part.kept)]


def _texts(
    raw: RawTable, source: SourceSpec, name: str, found: ColumnMap, at_rows: Sequence[int]
) -> list[str | None]:
    """A column's tidied texts in some rows: of its cells, as a rule makes them, or the constant."""
    if name in source.constants:
        return [source.constants[name]] * len(at_rows)
    positions = found.positions.get(name, ())
    parts = [[raw.rows[at].cells[position] for at in at_rows] for position in positions]
    if not parts:
        return [None] * len(at_rows)
    rule = source.rules.get(name)
    return tidied(made(rule, parts, source) if rule else parts[0], name, source)


def _key_texts(texts: Sequence[str | None], spec: TableSpec, name: str) -> Sequence[str | None]:
    """A column of the key; where it may be empty, an empty cell is a value like any other."""
    return texts if spec.column(name).required else [text or "" for text in texts]


@dataclass(frozen=True)
class _Part:
    """What typing the columns of one file needs to know."""

    raw: RawTable
    source: SourceSpec
    spec: TableSpec
    rules: CellRules
    kept: Sequence[int]
    """Positions of the rows whose cells are judged: the records as wide as the header."""

    @property
    def lines(self) -> list[int]:
        """The line of each of these rows."""
        return [self.raw.rows[at].line for at in self.kept]


_MENDS = ("addition", "missing", "zone", "day_first", "month_first")


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
                # Only the reason is told: what to mend is the constant itself.
                unused = dict.fromkeys(_MENDS, "")
                facts = {"block": block_of(source), "count": "1 value", **unused, **outcome.facts}
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


def _take_due_on(
    rows: Rows, column: Column, texts: Sequence[str | None] | None, part: _Part
) -> None:
    """Due dates: those that the file gives, and by policy where it gives none."""
    given = dict(zip(part.kept, texts or [None] * len(part.kept), strict=True))
    by_policy = {
        at: due
        for at, text in given.items()
        if text is None and (due := _policy_due(rows, at, part))
    }
    rest = [at for at in part.kept if at not in by_policy]
    _take(rows, column, [given[at] for at in rest], replace(part, kept=rest))
    for at, due in by_policy.items():
        rows.columns[column.name][at] = due
    if not by_policy:
        return
    count = "1 row" if len(by_policy) == 1 else f"{len(by_policy):,} rows"
    told = finding(
        Code.DUE_FROM_POLICY,
        {"count": count, "start": start_of_term(part.spec)},
        file=part.source.file,
        line=rows.line(min(by_policy)),
        column=column.name,
        table=part.spec.name,
    )
    rows.findings.append(told)


def _policy_due(rows: Rows, at: int, part: _Part) -> datetime | None:
    """The start of the term and the days that policy allows, where both are known."""
    start: datetime | None = rows.columns[start_of_term(part.spec)][at]
    severity = rows.columns["severity"][at] if "severity" in rows.columns else ""
    days = part.source.due_within_days
    term = days.get(severity, days.get("all"))
    return start + timedelta(days=term) if start and term is not None else None


def _check_width(rows: Rows, raw: RawTable, source: SourceSpec) -> set[int]:
    """Rows whose number of cells is not the header's; empty cells beyond it do not count."""
    expected = len(raw.columns)
    shifted = set()
    for at, row in enumerate(raw.rows):
        found = width_finding(row.line, row.cells, expected, source)
        if found:
            shifted.add(at)
            rows.reject(at, found.reason)
            rows.findings.append(found)
    return shifted


def width_finding(
    line: int, cells: Sequence[str], expected: int, source: SourceSpec
) -> Finding | None:
    """What is wrong with a row that has more or fewer cells than the header; None if nothing."""
    count, extra = len(cells), cells[expected:]
    if count == expected or (extra and not any(trim(each) for each in extra)):
        return None
    return finding(
        Code.TOO_MANY_CELLS if count > expected else Code.TOO_FEW_CELLS,
        {"count": count, "expected": expected},
        file=source.file,
        line=line,
        value=trim(cells[-1]),
        table=source.table,
    )
