"""Describe the columns of a file: how full they are, and what their cells can be read as."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from board_report.model import RawTable
from board_report.tables.numbers import exact_number, parse_money
from board_report.tables.outcome import CellRules, Parsed
from board_report.tables.proposals.dates import DateForm, date_form
from board_report.tables.proposals.synonyms import FALSE, MISSING, TRUE
from board_report.tables.tidy import trim

LOOKED_AT = 5_000
"""Different texts of a column that are looked at."""

ENOUGH = 0.9
"""Share of a column's different texts that must read as a kind for the column to be of it."""

_SAMPLES = 3
_CURRENCY = re.compile(r"[^\d\s.,'()\-+]{1,3}")


@dataclass(frozen=True)
class ColumnProfile:
    """One column of a file."""

    header: str
    filled: int
    """Cells with a value."""
    texts: tuple[str, ...]
    """Its different texts, the most frequent first, without those that mean "no value"."""
    missing: tuple[str, ...]
    """Texts that seem to mean "no value"."""
    is_unique: bool
    """True when every row has a value of its own."""
    dates: DateForm | None
    """How its dates are written; None when they are none."""
    is_number: bool
    has_decimal_comma: bool
    """True when its numbers read only with a decimal comma."""
    is_boolean: bool

    @property
    def samples(self) -> tuple[str, ...]:
        """A few of its texts."""
        return self.texts[:_SAMPLES]


def profile(raw: RawTable) -> tuple[ColumnProfile, ...]:
    """Every column that has a header, in the file's order; repeated headers are left out."""
    counts = Counter(each.casefold() for each in raw.columns)
    return tuple(
        _column(header, [_cell(row.cells, at) for row in raw.rows])
        for at, header in enumerate(raw.columns)
        if header and counts[header.casefold()] == 1
    )


def _cell(cells: Sequence[str], at: int) -> str:
    return trim(cells[at]) if at < len(cells) else ""


def _column(header: str, cells: Sequence[str]) -> ColumnProfile:
    counts = Counter(each for each in cells if each)
    given = [text for text, _ in counts.most_common(LOOKED_AT)]
    missing = tuple(text for text in given if text.casefold() in MISSING)
    texts = tuple(text for text in given if text not in missing)
    filled = sum(counts.values()) - sum(counts[each] for each in missing)
    dates = date_form(texts)
    point, comma = (_number_share(texts, decimal_comma=each) for each in (False, True))
    is_number = bool(texts) and max(point, comma) >= ENOUGH
    return ColumnProfile(
        header=header,
        filled=filled,
        texts=texts,
        missing=missing if dates or is_number else _plainly(missing),
        is_unique=filled == len(cells) == len(counts) and not missing,
        dates=dates,
        is_number=is_number,
        has_decimal_comma=is_number and comma > point,
        is_boolean=bool(texts) and {each.casefold() for each in texts} <= {*TRUE, *FALSE},
    )


def _plainly(missing: Sequence[str]) -> tuple[str, ...]:
    """Texts that mean "no value" in any column; "none" may be a level of severity."""
    return tuple(text for text in missing if text.casefold() not in ("none", "na", "-", "no"))


def _number_share(texts: Sequence[str], *, decimal_comma: bool) -> float:
    if not texts:
        return 0.0
    return sum(_is_number(text, decimal_comma) for text in texts) / len(texts)


def _is_number(text: str, decimal_comma: bool) -> bool:
    if exact_number(text.removesuffix("%").strip(), decimal_comma=decimal_comma) is not None:
        return True
    if len(text) > 40 or not any(each.isdigit() for each in text):
        return False
    bare = _CURRENCY.sub("", text).strip()
    rules = CellRules(decimal_comma=decimal_comma)
    return bool(bare) and isinstance(parse_money(bare, rules), Parsed)
