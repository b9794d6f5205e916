"""Make the text of a column from the cells of one or more headers, by the rule of its block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from board_report.project import ColumnRule, SourceSpec
from board_report.tables.numbers import exact_number
from board_report.tables.tidy import is_missing, trim

_CODE = re.compile(r"[A-Z]{3} (?=[^A-Z])")
"""A currency before an amount, as ISO 4217 writes it; never two of them."""


def made(rule: ColumnRule, parts: Sequence[Sequence[str]], source: SourceSpec) -> list[str]:
    """The texts of a column, one for each row; empty where the rule leaves no value.

    Args:
        rule: the steps.
        parts: for each header of the rule that the file has, its cells in the same rows.
        source: the block, for the texts that mean "no value" and the decimal mark.
    """
    known: dict[tuple[str, ...], str] = {}
    texts = []
    for cells in zip(*parts, strict=True):
        if cells not in known:
            known[cells] = _text(rule, cells, source)
        texts.append(known[cells])
    return texts


def _text(rule: ColumnRule, cells: tuple[str, ...], source: SourceSpec) -> str:
    clean = ["" if is_missing(trim(cell), source.missing) else trim(cell) for cell in cells]
    if rule.how == "first":
        text = next((cell for cell in clean if cell), "")
    else:
        # A part without a value stays empty, so that the others keep their places.
        text = rule.between.join(clean) if any(clean) else ""
    if text and rule.split:
        text = _piece(text.split(rule.split), rule.part)
    if text and rule.match and not 0 < rule.longest < len(text):
        found = re.search(rule.match, text)
        text = (found[1] or "").strip() if found else ""
    if text and rule.times:
        text = scaled(text, rule.times, decimal_comma=source.decimal_comma)
    if text and rule.bands:
        text = _band(text, rule.bands, decimal_comma=source.decimal_comma)
    return text or rule.default


def _piece(pieces: Sequence[str], part: int) -> str:
    at = part - 1 if part > 0 else len(pieces) + part
    return pieces[at].strip() if 0 <= at < len(pieces) else ""


def scaled(text: str, factor: str, *, decimal_comma: bool) -> str:
    """A number times an exact factor (``1000000``, ``1/60``); text that is none stays as it is.

    The code of a currency in front of it stays there: ``USD 0.179`` is ``USD 179000``.
    """
    code = _CODE.match(text)
    if code:
        return code[0] + scaled(text[code.end() :], factor, decimal_comma=decimal_comma)
    number = exact_number(text, decimal_comma=decimal_comma)
    if number is None:
        return text
    above, _, below = factor.partition("/")
    result = number * Decimal(above) / Decimal(below or 1)
    plain = f"{result.normalize():f}"
    return plain.replace(".", ",") if decimal_comma else plain


def _band(text: str, bands: tuple[tuple[str, str], ...], *, decimal_comma: bool) -> str:
    """The name of the highest band that a number reaches; text that is no number stays."""
    number = exact_number(text, decimal_comma=decimal_comma)
    if number is None:
        return text
    return next((name for least, name in bands if number >= Decimal(least)), "")
