"""Read ``[source.columns]``: which headers become which column, and by what steps."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from board_report.project.expressions import read_expression
from board_report.project.records import ColumnRule
from board_report.toml_reader import Section

_KEYS = ("from", "first", "between", "split", "part", "match", "times", "bands", "default")

_LEAST = Decimal("1e-15")
"""A factor, or either part of one, lies between this and its inverse."""


def read_columns(section: Section) -> tuple[dict[str, str], dict[str, ColumnRule]]:
    """Columns read from one header each, and those that a rule makes.

    A text names one header, a list several that are joined by a slash, and a table is a rule:
    ``{ from = "Cost (USD m)", times = 1000000 }``.

    Raises:
        ProjectError: a rule has an unknown key, or a value that cannot be.
    """
    given = section.section("columns")
    rules: dict[str, ColumnRule] = {}
    for name, each in given.values.items():
        if isinstance(each, list):
            rules[name] = ColumnRule(given.texts(name))
        elif isinstance(each, dict):
            rules[name] = _rule(given.section(name))
    single = {name: each for name, each in given.values.items() if name not in rules}
    parent = Section(section.file, {"columns": single}, section.path, section.lines)
    return parent.text_map("columns"), rules


def _rule(section: Section) -> ColumnRule:
    section.only(*_KEYS)
    chosen = [key for key in ("from", "first") if key in section.values]
    if len(chosen) != 1:
        what = "it has both from and first." if chosen else "it names no header."
        raise section.error("", what, 'Write from = "Header", or first = ["One", "Another"].')
    (key,) = chosen
    headers = section.texts(key) if isinstance(section.values[key], list) else (section.text(key),)
    part = section.integer("part", 1, least=-1000, most=1000)
    if part == 0:
        raise section.error("part", "there is no piece 0.", "1 is the first piece, -1 the last.")
    match = _raw_text(section, "match", "")
    return ColumnRule(
        headers=headers,
        how="first" if key == "first" else "join",
        between=_raw_text(section, "between", "/"),
        split=_raw_text(section, "split", ""),
        part=part,
        match=match,
        longest=read_expression(section, match) if match else 0,
        times=_factor(section),
        bands=_bands(section),
        default=section.text("default", ""),
    )


def _raw_text(section: Section, key: str, default: str) -> str:
    """A text whose spaces count."""
    section.text(key, default)
    return str(section.values.get(key, default))


def _factor(section: Section) -> str:
    """The factor as exact text; a fraction such as ``"1/60"`` is allowed."""
    given = section.values.get("times", "")
    if given == "":
        return ""
    text = str(given)
    try:
        parts = [Decimal(each) for each in text.split("/")]
        fits = len(parts) in (1, 2) and all(
            each.is_finite() and _LEAST <= abs(each) <= 1 / _LEAST for each in parts
        )
    except InvalidOperation:
        fits = False
    if isinstance(given, bool) or not fits:
        mend = 'Write a number (times = 1000000) or a fraction (times = "1/60").'
        raise section.error("times", f"{text!r} is not a factor.", mend)
    return text


def _bands(section: Section) -> tuple[tuple[str, str], ...]:
    """Bands as ``{ critical = 9.0, high = 7.0 }``: text and the least number that earns it."""
    given = section.section("bands")
    bands = [(given.number(name), name) for name in given.values]
    return tuple((f"{least:g}", name) for least, name in sorted(bands, key=lambda each: -each[0]))
