"""Complete the records of a table's files by those of a file that knows more of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from board_report.model import Finding
from board_report.project import SourceSpec
from board_report.tables.codes import Code
from board_report.tables.frames import Rows
from board_report.tables.mapping import mistake
from board_report.tables.schema import Column, TableSpec

Key = tuple[Hashable, ...]


def check_merges(spec: TableSpec, sources: Sequence[SourceSpec]) -> None:
    """Refuse merges by columns that there are not, or with nothing to complete.

    Raises:
        ProjectError: the block and the key.
    """
    for source in sources:
        for name in source.merge_by:
            if name not in spec.column_names:
                names = ", ".join(spec.column_names)
                what = f"{spec.name} has no column {name!r}."
                raise mistake(source, "merge_by", what, f"It has: {names}.")
        if source.merge_by and all(each.merge_by for each in sources):
            what = f"no other file has records of {spec.name} to complete."
            raise mistake(source, "merge_by", what, "Name the file that has the records, too.")


def spec_for(source: SourceSpec, spec: TableSpec, sources: Sequence[SourceSpec]) -> TableSpec:
    """The table as one of its sources is typed: what another source supplies may be missing.

    Args:
        source: whose rows are to be typed.
        spec: the table.
        sources: all sources of the table.
    """
    if source.merge_by:
        columns = [replace(each, required=each.name in source.merge_by) for each in spec.columns]
        return replace(spec, columns=tuple(columns), key=source.merge_by)
    supplied = _supplied(spec, sources)
    return replace(
        spec,
        columns=tuple(
            replace(each, required=each.required and each.name not in supplied)
            for each in spec.columns
        ),
    )


def _supplied(spec: TableSpec, sources: Sequence[SourceSpec]) -> set[str]:
    """Columns that a completing file gives; a record's key must be its own."""
    return {
        name
        for each in sources
        if each.merge_by
        for name in (*each.columns, *each.rules, *each.constants)
    } - set(spec.key)


def complete(
    records: Rows, more: Sequence[tuple[SourceSpec, Rows]], spec: TableSpec
) -> list[Finding]:
    """Fill what the records leave open from the rows of completing files, in their order.

    A value that a record has stands; another one is told. Each row of a completing file ends as
    merged (it spoke of a record), unmatched, a duplicate, or set aside.

    Args:
        records: the rows that are records; what they leave open is filled in place.
        more: each completing source with its typed rows, in whose sets the ends are noted.
        spec: the table.

    Returns:
        What was found between the files.
    """
    findings: list[Finding] = []
    for source, rows in more:
        index = _index(records, source.merge_by)
        _drop_repeats(rows, source, spec)
        unused = rows.unused()
        for at in range(len(rows)):
            if at in unused:
                continue
            found = index.get(_key(rows, source.merge_by, at), ())
            for record in found:
                findings += _fill(records, record, rows, at, spec)
            (rows.merged if found else rows.unmatched).add(at)
        findings += _unused(rows, source, spec)
    if more:
        _require(records, _supplied(spec, [source for source, _ in more]), spec)
    return findings


def _key(rows: Rows, names: Sequence[str], at: int) -> Key:
    return tuple(rows.columns[name][at] for name in names)


def _index(rows: Rows, names: Sequence[str]) -> dict[Key, list[int]]:
    unused = rows.unused()
    index: dict[Key, list[int]] = {}
    for at in range(len(rows)):
        if at not in unused:
            index.setdefault(_key(rows, names, at), []).append(at)
    return index


def _drop_repeats(rows: Rows, source: SourceSpec, spec: TableSpec) -> None:
    """Of the rows of a completing file with one key the first counts."""
    for places in _index(rows, source.merge_by).values():
        first, *others = places
        for at in others:
            if all(values[at] == values[first] for values in rows.columns.values()):
                rows.duplicates.add(at)
                continue
            words = " and ".join(map(str, _key(rows, source.merge_by, at)))
            facts: dict[str, object] = {"first": f"line {rows.line(first)}", "key": words}
            names = ", ".join(source.merge_by)
            told = rows.tell(at, Code.DUPLICATE_KEY, facts, spec, names, words)
            rows.findings.append(told)
            rows.reject(at, told.reason)


def _fill(records: Rows, record: int, rows: Rows, at: int, spec: TableSpec) -> list[Finding]:
    """Fill one record from one row; what both say differently is told."""
    findings = []
    for column in spec.columns:
        mine, other = records.columns[column.name][record], rows.columns[column.name][at]
        if other is None or mine == other:
            continue
        if mine is None:
            records.columns[column.name][record] = other
            continue
        facts: dict[str, object] = {
            "other": shown(mine),
            "first": f"line {records.line(record)} of {records.file(record)}",
        }
        findings.append(rows.tell(at, Code.MERGE_DIFFERS, facts, spec, column.name, shown(other)))
    return findings


def shown(value: Any) -> str:
    """A typed value in a message; a date without its midnight."""
    return str(value).removesuffix(" 00:00:00")


def _unused(rows: Rows, source: SourceSpec, spec: TableSpec) -> list[Finding]:
    if not rows.unmatched:
        return []
    first, count = min(rows.unmatched), len(rows.unmatched)
    words = "1 row" if count == 1 else f"{count:,} rows"
    names = ", ".join(source.merge_by)
    return [rows.tell(first, Code.MERGE_UNUSED, {"count": words, "names": names}, spec)]


def _require(records: Rows, supplied: set[str], spec: TableSpec) -> None:
    """Set aside the records that no completing file gave what every record must have."""
    unused = records.unused()
    for column in spec.columns:
        if column.name not in supplied or not column.required:
            continue
        for at, value in enumerate(records.columns[column.name]):
            if value is None and at not in unused:
                told = records.tell(at, Code.VALUE_MISSING, _meaning(column), spec, column.name)
                records.findings.append(told)
                records.reject(at, f"{column.name}: {told.reason}")


def _meaning(column: Column) -> dict[str, object]:
    return {"meaning": f"it is: {column.meaning[:1].lower()}{column.meaning[1:]}"}
