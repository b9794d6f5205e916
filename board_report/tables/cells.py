"""Read one cell: text to a typed value, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from board_report.sources.typed_rows import BINARY_CELL
from board_report.tables.codes import Code
from board_report.tables.likeness import most_alike
from board_report.tables.moments import parse_date, parse_datetime
from board_report.tables.numbers import (
    parse_amount,
    parse_integer,
    parse_money,
    parse_number,
    parse_ratio,
)
from board_report.tables.outcome import CellRules, Fault, Outcome, Parsed
from board_report.tables.schema import Column, Kind

LONGEST_TEXT = 300
"""Characters that a page has room for, where the column's ``maximum`` names no other length."""

_EXCEL_ERROR = re.compile(
    r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)",
    re.IGNORECASE,
)
_HTML = re.compile(r"<[a-zA-Z/!][^<>]*>")
_FORMULA = re.compile(r"[=@]|[+\-](?=[^\s\d.,])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Controls but for ends of lines, marks that turn the direction of text, and what is no letter."""
_QUARTER = re.compile(r"([0-9]{4})-?[Qq]([1-4])")
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,}", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-_]+")
_BOOLEANS = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}


def parser_of(column: Column, rules: CellRules) -> Callable[[str], Outcome]:
    """The function that reads the cells of a column; it never raises, whatever the text."""
    return partial(_parse, _reader(column, rules), column)


def _reader(column: Column, rules: CellRules) -> Callable[[str], Outcome]:
    if column.name == "business_unit":
        return partial(parse_unit, units=rules.business_units)
    if column.name == "cve":
        return parse_cve
    readers: dict[Kind, Callable[[str], Outcome]] = {
        Kind.ID: parse_text,
        Kind.TEXT: partial(parse_text, longest=longest_text(column)),
        Kind.ROLE: parse_text,
        Kind.LIST: parse_list,
        Kind.CATEGORY: partial(parse_category, allowed=column.allowed),
        Kind.QUARTER: parse_quarter,
        Kind.BOOLEAN: parse_boolean,
        Kind.DATETIME: partial(parse_datetime, rules=rules),
        Kind.DATE: partial(parse_date, rules=rules),
        Kind.INTEGER: partial(parse_integer, rules=rules),
        Kind.NUMBER: partial(parse_number, rules=rules),
        Kind.RATIO: partial(parse_ratio, rules=rules),
        Kind.MONEY: partial(parse_money, rules=rules),
        Kind.AMOUNT: partial(parse_amount, rules=rules),
    }
    return readers[column.kind]


def _parse(read: Callable[[str], Outcome], column: Column, text: str) -> Outcome:
    if text.startswith("#") and _EXCEL_ERROR.fullmatch(text):
        return Fault(Code.EXCEL_ERROR)
    if text == BINARY_CELL:
        return Fault(Code.BINARY_VALUE)
    control = None if text.isprintable() else _CONTROL.search(text)
    if control:
        return Fault(Code.CONTROL_CHARACTER, {"character": f"U+{ord(control[0]):04X}"})
    outcome = read(text)
    if isinstance(outcome, Parsed) and isinstance(outcome.value, (int, float)):
        return _within_bounds(outcome, column)
    return outcome


def _within_bounds(outcome: Parsed, column: Column) -> Outcome:
    if column.minimum is not None and outcome.value < column.minimum:
        return Fault(Code.BELOW_MINIMUM, {"minimum": f"{column.minimum:g}"})
    if column.maximum is not None and outcome.value > column.maximum:
        return Fault(Code.ABOVE_MAXIMUM, {"maximum": f"{column.maximum:g}"})
    return outcome


def longest_text(column: Column) -> int:
    """Characters that a page has room for in this column."""
    return LONGEST_TEXT if column.maximum is None else int(column.maximum)


def parse_text(text: str, longest: int = LONGEST_TEXT) -> Outcome:
    """Text as it is, with remarks on what a person should look at."""
    return Parsed(text, tuple(_remarks(text, longest)))


def _remarks(text: str, longest: int = LONGEST_TEXT) -> list[Code]:
    remarks = []
    if len(text) > longest:
        remarks.append(Code.TEXT_LONG)
    if _FORMULA.match(text):
        remarks.append(Code.FORMULA_TEXT)
    if _HTML.search(text):
        remarks.append(Code.HTML_TEXT)
    return remarks


def parse_cve(text: str) -> Outcome:
    """A CVE number in capitals; several in one cell with one space between, with a remark."""
    if _CVE.fullmatch(text):
        return Parsed(text.upper())
    outcome = parse_text(text)
    several = _CVE.findall(text)
    if isinstance(outcome, Parsed) and len(several) > 1:
        return Parsed(" ".join(several).upper(), (*outcome.remarks, Code.SEVERAL_CVES))
    return outcome


def parse_list(text: str) -> Outcome:
    """Values separated by semicolons, trimmed, without empty ones, as a tuple.

    A page prints them one by one, so what is to be remarked is looked for in each.
    """
    items = tuple(filter(None, (item.strip() for item in text.split(";"))))
    remarks = dict.fromkeys(code for item in items for code in _remarks(item))
    return Parsed(items, tuple(remarks))


def plain_value(text: str) -> str:
    """A listed value as it is compared: without case, spaces, hyphens and underscores."""
    return _SEPARATORS.sub("_", text.strip()).casefold()


def parse_category(text: str, allowed: tuple[str, ...]) -> Outcome:
    """One of the allowed values, whatever its case, spaces and hyphens."""
    return _one_of(text, allowed, Code.UNKNOWN_CATEGORY)


def parse_unit(text: str, units: tuple[str, ...]) -> Outcome:
    """A business unit as report.toml spells it, whatever the case, spaces and hyphens."""
    return _one_of(text, units, Code.UNKNOWN_BUSINESS_UNIT)


def _one_of(text: str, allowed: tuple[str, ...], code: Code) -> Outcome:
    by_plain = {plain_value(each): each for each in allowed}
    found = by_plain.get(plain_value(text))
    if found is not None:
        return Parsed(found)
    return Fault(code, {"allowed": ", ".join(allowed), "nearest": most_alike(text, allowed)})


def parse_quarter(text: str) -> Outcome:
    """A fiscal quarter, as ``2026-Q3``."""
    found = _QUARTER.fullmatch(text)
    if not found or not 1900 <= int(found[1]) <= 2199:
        return Fault(Code.BAD_QUARTER)
    return Parsed(f"{found[1]}-Q{found[2]}")


def parse_boolean(text: str) -> Outcome:
    """True or false."""
    value = _BOOLEANS.get(text.casefold())
    return Fault(Code.BAD_BOOLEAN) if value is None else Parsed(value)
