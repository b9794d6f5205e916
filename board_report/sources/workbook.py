"""Read a sheet of a workbook as text, with the row numbers that the spreadsheet shows."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from html import unescape
from typing import Any, cast

from board_report.model import RawRow
from board_report.project import SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.packed import UNREADABLE
from board_report.sources.workbook_parts import safe_archive

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^<>]*>")
_CELL = re.compile(r"<(?:\w+:)?c(?=[\s>])")
_VALUE = re.compile(r"<(?:\w+:)?v>([^<]*)</")
_FORMULA = re.compile(r"<(?:\w+:)?f\b[^<>]*>([^<]*)</")
_ADDRESS = re.compile(r'\br="([A-Z]+)([0-9]+)"')


def read_workbook(content: bytes, spec: SourceSpec) -> Grid:
    """Rows of one sheet. Dates are written as ISO 8601, error cells as ``#REF!`` and the like.

    The workbook library reads error cells and formulas that were never calculated as empty, so
    those are taken from the file's own XML.

    Raises:
        ReadFaultError: not a workbook, or no such sheet.
    """
    import python_calamine

    try:
        archive = safe_archive(content)
        book = python_calamine.CalamineWorkbook.from_filelike(_bytes_of(archive))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        name = _choose(sheets, spec)
        cells = sheets[name].to_python(skip_empty_area=False)
        unseen = _unseen_cells(archive, name)
    except BaseException as error:  # a panic of the library is no Exception
        fault = _fault_of(error)
        if fault is None:
            raise
        raise fault from error
    return _grid(name, cells, unseen, spec)


def first_rows(content: bytes, count: int) -> dict[str, list[tuple[str, ...]]]:
    """The first rows of every sheet as text, by the sheet's name.

    Raises:
        ReadFaultError: not a workbook.
    """
    import python_calamine

    try:
        archive = safe_archive(content)
        book = python_calamine.CalamineWorkbook.from_filelike(_bytes_of(archive))
        return {
            name: [
                tuple(_text(cell, False) for cell in row)
                for row in book.get_sheet_by_name(name).to_python(
                    skip_empty_area=False, nrows=count
                )
            ]
            for name in book.sheet_names
        }
    except BaseException as error:  # a panic of the library is no Exception
        fault = _fault_of(error)
        if fault is None:
            raise
        raise fault from error


def _bytes_of(archive: zipfile.ZipFile) -> io.BytesIO:
    stream = cast(io.BytesIO, archive.fp)
    stream.seek(0)
    return stream


def _fault_of(error: BaseException) -> ReadFaultError | None:
    """What the libraries raise about a damaged file, as a fault; None for everything else."""
    from python_calamine import CalamineError

    is_panic = type(error).__name__ == "PanicException"
    if not is_panic and not isinstance(error, (CalamineError, *UNREADABLE)):
        return None
    detail = "" if is_panic else str(error).rstrip(".")
    return ReadFaultError(ReadCode.BAD_WORKBOOK, detail=detail or "it is not a workbook")


def _choose(sheets: dict[str, Any], spec: SourceSpec) -> str:
    names = list(sheets)
    if spec.sheet:
        if spec.sheet in sheets:
            return spec.sheet
        near = get_close_matches(spec.sheet, names, n=1, cutoff=0.0)
        raise ReadFaultError(
            ReadCode.SHEET_MISSING,
            value=f'sheet "{spec.sheet}"',
            others=", ".join(names),
            nearest=near[0] if near else "",
        )
    filled = [name for name, sheet in sheets.items() if sheet.end is not None]
    if not filled:
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    if len(filled) == 1 or spec.table in filled:
        return spec.table if spec.table in filled else filled[0]
    raise ReadFaultError(ReadCode.SHEET_NOT_DECLARED, others=", ".join(filled), nearest=filled[0])


def _grid(
    name: str, cells: list[list[Any]], unseen: dict[tuple[int, int], str], spec: SourceSpec
) -> Grid:
    rows: list[RawRow] = []
    blank: list[int] = []
    for number, row in enumerate(cells, start=1):
        if number <= spec.skip_rows:
            continue
        texts = tuple(
            unseen.get((number, at)) or _text(cell, spec.decimal_comma)
            for at, cell in enumerate(row)
        )
        if any(text.strip() for text in texts):
            rows.append(RawRow(number, texts))
        else:
            blank.append(number)
    if not rows:
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    return Grid(rows[0], tuple(rows[1:]), sheet=name, blank_lines=tuple(blank))


def _text(cell: object, decimal_comma: bool) -> str:
    """A typed cell as text that reads back as the same value."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        return text.replace(".", ",") if decimal_comma else text
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(cell)


def _unseen_cells(archive: zipfile.ZipFile, name: str) -> dict[tuple[int, int], str]:
    """Error cells and uncalculated formulas of a sheet, by row (from 1) and column (from 0)."""
    xml = archive.read(_sheet_path(archive, name)).decode("utf-8", "replace")
    found: dict[tuple[int, int], str] = {}
    if 't="e"' not in xml and "<f" not in xml and ":f>" not in xml:
        return found
    # What lies between two cells is searched once: a pattern over both would begin again at each.
    for cell in _CELL.split(xml)[1:]:
        attributes, _, body = cell.partition(">")
        if attributes.endswith("/"):
            continue
        address = _ADDRESS.search(attributes)
        value = _VALUE.search(body)
        formula = _FORMULA.search(body)
        if not address:
            continue
        at = (int(address[2]), _column_number(address[1]))
        if 't="e"' in attributes and value:
            found[at] = unescape(value[1])
        elif formula and formula[1] and not (value and value[1]) and "<is>" not in body:
            found[at] = f"={unescape(formula[1])}"
    return found


def _sheet_path(archive: zipfile.ZipFile, name: str) -> str:
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {
        _attribute(each, "Id"): _attribute(each, "Target") for each in _RELATION.findall(relations)
    }
    for sheet in _SHEET.findall(book):
        if unescape(_attribute(sheet, "name")) == name:
            target = targets[_attribute(sheet, r"\w+:id")]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(name)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
