"""Which file fills which table, and which of its columns is which."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from board_report.errors import ProjectError
from board_report.model import Finding, RawTable
from board_report.project import Project, SourceSpec
from board_report.project.places import Place, quoted
from board_report.tables.codes import Code, finding
from board_report.tables.frames import Cells
from board_report.tables.likeness import most_alike, named
from board_report.tables.schema import Column, InOrder, Kind, Leader, TableSpec

FOLDERS = {Leader.CISO: "ciso", Leader.CTO: "cto", Leader.JOINT: "governance"}
_SCANNED = ("vulnerability_findings", "control_coverage")
DEFAULT_SUFFIXES = (".csv", ".xlsx", ".json")


def default_file(spec: TableSpec) -> str:
    """Where a table's file is looked for when no ``[[source]]`` block names one."""
    return f"{FOLDERS[spec.leader]}/{spec.name}.csv"


def in_words(title: str) -> str:
    """A table's title inside a sentence: ``security incidents``, ``RACI``, ``AI use cases``."""
    first = title.split(" ")[0]
    return title if first.isupper() else title[:1].lower() + title[1:]


def check_sources(sources: Collection[SourceSpec], tables: Mapping[str, TableSpec]) -> None:
    """Refuse ``[[source]]`` blocks that speak of tables, columns or values that do not exist.

    Raises:
        ProjectError: the block, the key and the nearest name that exists.
    """
    for source in sources:
        if source.table not in tables:
            raise _unknown(source, "table", source.table, tables)
        spec = tables[source.table]
        for key in ("columns", "rules", "values", "constants"):
            for name in getattr(source, key):
                if name not in spec.column_names:
                    shown = "columns" if key == "rules" else key
                    raise _unknown(source, f"{shown}.{name}", name, spec.column_names)
        for name in source.constants:
            if name in source.columns or name in source.rules:
                raise mistake(
                    source,
                    f"constants.{name}",
                    "it is given as a column too.",
                    "Keep one of the two.",
                )
        _check_values(source, spec)
        _check_due_days(source, spec)


def start_of_term(spec: TableSpec) -> str:
    """The column from which days until ``due_on`` are counted; empty where there is none."""
    starts = [
        check.earlier
        for check in spec.checks
        if isinstance(check, InOrder) and check.later == "due_on"
    ]
    return starts[0] if starts else ""


def _check_due_days(source: SourceSpec, spec: TableSpec) -> None:
    """Days by severity need a table that has a start, a due date and a severity."""
    if not source.due_within_days:
        return
    if not start_of_term(spec):
        what = f"{source.table} has no due date to compute."
        raise mistake(source, "due_within_days", what, "Remove it.")
    if "due_on" in source.constants:
        what = "constants.due_on gives every row its date."
        raise mistake(source, "due_within_days", what, "Keep one of the two.")
    known = spec.column("severity").allowed if "severity" in spec.column_names else ()
    for name in source.due_within_days:
        if name not in (*known, "all"):
            raise _unknown(source, "due_within_days", name, (*known, "all"))


def _check_values(source: SourceSpec, spec: TableSpec) -> None:
    """Mapped values and constants of a category must be among the allowed."""
    wanted = [
        (f"values.{name}", name, target)
        for name, pairs in source.values.items()
        for target in pairs.values()
    ]
    wanted += [(f"constants.{name}", name, value) for name, value in source.constants.items()]
    for key, name, value in wanted:
        column = spec.column(name)
        if column.kind is Kind.CATEGORY and value and value not in column.allowed:
            raise _unknown(source, key, value, column.allowed)


def _unknown(source: SourceSpec, key: str, name: str, known: Collection[str]) -> ProjectError:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    return mistake(source, key, f"there is no {name!r}.", hint)


def mistake(source: SourceSpec, key: str, what: str, mend: str) -> ProjectError:
    """The error to raise about a key of a ``[[source]]`` block."""
    place = f", line {source.line}" if source.line else ""
    return ProjectError(what, where=f"report.toml{place}, source.{key}", mend=mend)


def block_of(source: SourceSpec) -> Place:
    """A source's block, as messages call it and say what to write in it."""
    return Place(source)


def sources_of(project: Project, spec: TableSpec) -> tuple[tuple[SourceSpec, ...], list[Finding]]:
    """The declared sources of a table, or the default file if it exists, or none."""
    declared = tuple(each for each in project.sources if each.table == spec.name)
    if declared:
        return declared, []
    default = default_file(spec)
    stem = default.removesuffix(".csv")
    found = [stem + suffix for suffix in DEFAULT_SUFFIXES]
    found = [file for file in found if (project.folder / file).exists()]
    if not found:
        code = Code.REQUIRED_FILE_MISSING if spec.required else Code.TABLE_NOT_GIVEN
        facts: dict[str, object] = {"title": in_words(spec.title)}
        return (), [finding(code, facts, file=default, table=spec.name)]
    notes = [
        finding(Code.SEVERAL_FILES, {"others": other}, file=found[0], table=spec.name)
        for other in found[1:]
    ]
    return (SourceSpec(table=spec.name, file=found[0]),), notes


@dataclass(frozen=True)
class ColumnMap:
    """Where each canonical column is found in one file."""

    positions: Mapping[str, tuple[int, ...]]
    """Canonical name to the position of its header, or of each header that its rule reads."""
    findings: tuple[Finding, ...]

    def cells(self, source: SourceSpec) -> Cells:
        """Where the columns stand that are read as they are."""
        single = {
            name: places[0]
            for name, places in self.positions.items()
            if len(places) == 1 and name not in source.rules
        }
        return Cells(single, source.missing)


def map_columns(raw: RawTable, source: SourceSpec, spec: TableSpec) -> ColumnMap:
    """Find every canonical column in a file's header (case does not matter)."""
    by_header = header_positions(raw)
    positions: dict[str, tuple[int, ...]] = {}
    absent: list[tuple[Column, str, int]] = []
    for column in spec.columns:
        if column.name in source.constants:
            continue
        places, faults = _places(column, source, by_header)
        absent += faults
        if places:
            positions[column.name] = places
    read = {at for places in positions.values() for at in places}
    free = [header for at, header in enumerate(raw.columns) if header and at not in read]
    is_policy = bool(source.due_within_days)
    findings = tuple(
        _fault(raw, source, *each, free)
        for each in absent
        if not (is_policy and each[0].name == "due_on" and "due_on" not in source.columns)
    )
    return ColumnMap(positions, findings)


def _places(
    column: Column, source: SourceSpec, by_header: Mapping[str, list[int]]
) -> tuple[tuple[int, ...], list[tuple[Column, str, int]]]:
    """Where a column's headers stand, and (column, header, times found) of those that do not.

    In an export that a reader knows, a header has the tool's own meaning: one that happens to be
    called like a column of ours is read only where the reader or the block says so.
    """
    rule = source.rules.get(column.name)
    if source.reader and not rule and column.name not in source.columns:
        return (), [(column, column.name, 0)]
    headers = rule.headers if rule else (source.columns.get(column.name, column.name),)
    found = [(header, by_header.get(_plain(header), [])) for header in headers]
    if rule and rule.how == "first" and any(each for _, each in found):
        # Other spellings of a header, or columns to fall back on: those that the file has.
        found = [(header, each) for header, each in found if each]
    faults = [(column, header, len(each)) for header, each in found if len(each) != 1]
    return (() if faults else tuple(each[0] for _, each in found)), faults


def header_positions(raw: RawTable) -> dict[str, list[int]]:
    """The positions of each header, whatever its case and spaces."""
    found: dict[str, list[int]] = {}
    for position, header in enumerate(raw.columns):
        found.setdefault(_plain(header), []).append(position)
    return found


def has_header(raw: RawTable, header: str) -> bool:
    """True when the file has the header, whatever its case and spaces."""
    return _plain(header) in header_positions(raw)


def find_header(raw: RawTable, source: SourceSpec, header: str, key: str) -> int | Finding:
    """The position of a header that a setting other than ``columns`` names, or what is wrong."""
    found = header_positions(raw).get(_plain(header), [])
    if len(found) == 1:
        return found[0]
    code = Code.COLUMN_TWICE if found else Code.HEADER_MISSING
    facts: dict[str, object] = {
        "key": key,
        "count": len(found),
        "nearest": _proposed(header, raw.columns),
        "block": block_of(source),
    }
    return finding(
        code,
        facts,
        file=source.file,
        line=raw.header_line,
        column=key,
        value=header,
        table=source.table,
    )


def _fault(
    raw: RawTable,
    source: SourceSpec,
    column: Column,
    header: str,
    count: int,
    free: Sequence[str],
) -> Finding:
    facts: dict[str, object] = {"block": block_of(source), "count": count}
    code, value = Code.COLUMN_TWICE, header
    if not count:
        declared = column.name in source.columns or column.name in source.rules
        declared = declared and column.name not in source.from_reader
        # A header that was declared and is not there is a mistake even where it is optional.
        stops = column.required or declared
        code = Code.COLUMN_MISSING if stops else Code.COLUMN_NOT_GIVEN
        value = header if declared else ""
        addition = _addition(column, source, header, free, is_declared=declared)
        facts["advice"] = f"{addition[:1].upper()}{addition[1:]}."
        nearest = most_alike(column.name, free)
        named_so = Place(source).write("columns", column.name)
        facts["addition"] = f"{named_so} {quoted(nearest or '...')}"
        facts["looked"] = f' (looked for the header "{header}")'
    return finding(
        code,
        facts,
        file=source.file,
        line=raw.header_line,
        column=column.name,
        value=value,
        table=source.table,
    )


def _addition(
    column: Column, source: SourceSpec, header: str, free: Sequence[str], *, is_declared: bool
) -> str:
    """What to write for a column that is missing, and where.

    A reader knows the headers of its export. Where it maps none to the column, or this file lacks
    the date that others of its kind have, none is meant: the nearest would date a finding by its
    publication, say. No value is proposed either: one that is pasted would be a made-up one.
    """
    constant = Place(source).write("constants", column.name)
    if column.kind is Kind.QUARTER and not is_declared:
        return f'{constant} "YYYY-Qn", with the quarter it was drawn in'
    if source.reader and not is_declared and column.kind is Kind.DATE:
        return f'{constant} "YYYY-MM-DD", with {_day_meant(source)}'
    if source.reader and not is_declared and column.name not in source.from_reader:
        return f'{constant} "...", if one value holds for every row'
    nearest = most_alike(header, free) or most_alike(column.name, free)
    if is_declared:
        return _correction(column, source, header, nearest, free)
    write = Place(source).write("columns", column.name)
    if nearest:
        return f"{write} {quoted(nearest)}"
    return f'{write} "...", with one of the headers that there are: {named(free)}'


def _day_meant(source: SourceSpec) -> str:
    """The day that dates every row of an export which gives no dates of its own."""
    return "the day of the scan" if source.table in _SCANNED else "the day of the export"


def _correction(
    column: Column, source: SourceSpec, header: str, nearest: str, free: Sequence[str]
) -> str:
    """What to change where the block names a header that the file does not have."""
    place = Place(source)
    line = place.line_of("columns", column.name) or place.line_of("columns")
    where = f"on line {line} of report.toml" if line else f"in columns.{column.name} of {place}"
    if nearest:
        return f"{where} change {quoted(header)} to {quoted(nearest)}"
    return f"{where} change {quoted(header)} to one of the headers that there are: {named(free)}"


def _proposed(header: str, headers: Sequence[str]) -> str:
    """The header that may be meant, in words, or those that there are."""
    nearest = most_alike(header, headers)
    return f'the nearest header is "{nearest}"' if nearest else f"the headers are {named(headers)}"


def _plain(header: str) -> str:
    return " ".join(header.split()).casefold()
