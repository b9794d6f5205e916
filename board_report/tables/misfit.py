"""Say once what explains that many columns of a file are missing, in place of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from board_report.model import Finding, RawTable
from board_report.project import SourceSpec
from board_report.project.places import Place
from board_report.sources.faults import ReadCode
from board_report.sources.look import look_again
from board_report.sources.reader import Reader
from board_report.sources.resolve import titled
from board_report.tables.codes import Code, finding
from board_report.tables.mapping import ColumnMap, default_file
from board_report.tables.schema import TableSpec

_EXPLAINED = (Code.COLUMN_MISSING, Code.HEADER_MISSING)
_SHAPES = (ReadCode.FORMAT_UNKNOWN, ReadCode.NOT_RECORDS, ReadCode.SHEET_NOT_DECLARED)
_REPLACED = (*_EXPLAINED, Code.COLUMN_NOT_GIVEN)


def explain_misfit(
    folder: Path,
    raw: RawTable,
    source: SourceSpec,
    spec: TableSpec,
    findings: Sequence[Finding],
    found: ColumnMap,
) -> list[Finding]:
    """The findings about a file's columns, or the one that explains them.

    A file whose block names its reader is left as it is: that reader knows its file. So is one of
    whose declared columns all but one are there, for its block is right but for that.

    Args:
        folder: the project.
        raw: the file as it was read.
        source: its block.
        spec: the table that it is to fill.
        findings: what is wrong with its columns.
        found: the columns that it has.
    """
    missing = [each for each in findings if each.code in _EXPLAINED and each.stops]
    own = {*source.columns, *source.rules} & set(found.positions)
    if not missing or source.reader or (len(missing) == 1 and own):
        return list(findings)
    headers = [source.columns.get(name, name) for name in spec.column_names]
    headers += [header for rule in source.rules.values() for header in rule.headers]
    misfit = look_again(folder, source, headers)
    rest = [each for each in findings if each.code not in _REPLACED]
    if misfit.readers:
        return [_looks_like(source, spec, raw.header_line, misfit.readers), *rest]
    if misfit.skip_rows is not None:
        return [_further_down(source, raw, misfit.skip_rows), *rest]
    return list(findings)


def explain_unread(
    folder: Path, source: SourceSpec, spec: TableSpec, findings: Sequence[Finding]
) -> list[Finding]:
    """The findings about a file that cannot be read as its block says, or what explains them.

    An XML file, or JSON with several lists, is read by the reader that knows it and no other way.
    """
    if source.reader or not any(each.code in _SHAPES for each in findings):
        return list(findings)
    readers = look_again(folder, source, ()).readers
    return [_looks_like(source, spec, 0, readers)] if readers else list(findings)


def _looks_like(
    source: SourceSpec, spec: TableSpec, line: int, readers: Sequence[Reader]
) -> Finding:
    named = f'write reader = "{readers[0].id}"'
    given = [key for key in ("table", "columns", "values") if _has(source, key)]
    keys = f"{', '.join(given[:-1])} and {given[-1]}" if len(given) > 1 else "table"
    if source.line and len(readers) == 1:
        their = "their" if len(given) > 1 else "its"
        advice = f"Remove {keys} from {Place(source)} (or {named} in {their} place)"
        advice += ", and keep what is yours."
    elif source.line:
        advice = f"Remove {keys} from {Place(source)}, and {named} in their place."
    elif readers[0].table == spec.name:
        advice = f'Add a [[source]] block to report.toml with file = "{source.file}" and '
        advice += f'reader = "{readers[0].id}".'
    else:
        advice = f"It fills {readers[0].table}: move it away from {default_file(spec)}, and add a "
        advice += '[[source]] block to report.toml with its new name as file and reader = "'
        advice += f'{readers[0].id}".'
    what = "its block's table and columns do" if source.line else f"the table {spec.name} does"
    facts: dict[str, object] = {
        "export": " or ".join(titled(each) for each in readers),
        "what": what,
        "advice": advice,
    }
    return _told(Code.LOOKS_LIKE_EXPORT, source, line, facts)


def _has(source: SourceSpec, key: str) -> bool:
    written = source.written
    return any(path[0] == key for path in (*written.headers, *written.keys))


def _further_down(source: SourceSpec, raw: RawTable, skip_rows: int) -> Finding:
    facts: dict[str, object] = {
        "line": skip_rows + 1,
        "skip_rows": skip_rows,
        "read": raw.header_line,
        "block": Place(source),
    }
    return _told(Code.HEADER_ELSEWHERE, source, raw.header_line, facts)


def _told(code: Code, source: SourceSpec, line: int, facts: dict[str, object]) -> Finding:
    return finding(code, facts, file=source.file, line=line, table=source.table)
