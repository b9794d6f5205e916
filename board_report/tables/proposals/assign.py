"""Find which column of a file is which column of a table, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from board_report.tables.proposals.profile import ColumnProfile
from board_report.tables.proposals.synonyms import HEADERS, known_headers
from board_report.tables.proposals.values import known_share
from board_report.tables.schema import Column, Kind, TableSpec

LEAST = 0.5
"""Below this likeness a header is not proposed."""

HIGH, MEDIUM = 0.85, 0.68
"""Likeness from which a proposal is called sure, or fairly sure."""

_ALIKE = 0.8
_LONGEST = 120
"""Characters of a header that are compared."""

_SPLIT = re.compile(r"[^0-9a-zà-öø-ÿß]+|(?<=[a-z])(?=[A-Z])")
_QUARTER = re.compile(r"[0-9]{4}-?[Qq][1-4]")
_MOST_VALUES = 60
"""Different texts of a column of a closed list; more are free text."""


@dataclass(frozen=True)
class Assigned:
    """A column of the table and the column of the file that is proposed for it."""

    column: Column
    profile: ColumnProfile
    likeness: float
    """0 to 1: how much name and content agree."""

    @property
    def confidence(self) -> str:
        """``high``, ``medium`` or ``low``."""
        if self.likeness >= HIGH:
            return "high"
        return "medium" if self.likeness >= MEDIUM else "low"


def assign(spec: TableSpec, profiles: Sequence[ColumnProfile]) -> tuple[Assigned, ...]:
    """The proposals for one table, each header used once, the surest first taken."""
    pairs = [
        Assigned(column, each, likeness(spec.name, column, each, is_key=column.name in spec.key))
        for column in spec.columns
        for each in profiles
        if each.filled
    ]
    ranked = sorted(
        (each for each in pairs if each.likeness >= LEAST),
        key=lambda each: (-each.likeness, not each.column.required, each.column.name),
    )
    taken: dict[str, Assigned] = {}
    used: set[str] = set()
    for each in ranked:
        if each.column.name not in taken and each.profile.header not in used:
            taken[each.column.name] = each
            used.add(each.profile.header)
    return tuple(taken[name] for name in spec.column_names if name in taken)


def fit_of(spec: TableSpec, assigned: Sequence[Assigned], columns: int) -> float:
    """How well a table and a file fit, 0 to 1.

    What every row must have counts most, then how much of the file finds a place, then the rest.

    Args:
        spec: the table.
        assigned: what was found for it.
        columns: how many columns of the file have values.
    """
    found = {each.column.name: each.likeness for each in assigned}
    needed = [each.name for each in spec.columns if each.required]
    more = [each.name for each in spec.columns if not each.required]
    must = sum(found.get(name, 0.0) for name in needed) / len(needed)
    may = sum(found.get(name, 0.0) for name in more) / len(more) if more else 0.0
    placed = sum(each.likeness for each in assigned) / min(max(columns, 1), len(spec.columns))
    return must * 0.6 + placed * 0.3 + may * 0.1


def likeness(table: str, column: Column, profile: ColumnProfile, *, is_key: bool) -> float:
    """How much a header and its cells agree with a column, 0 to 1; 0 where the cells cannot be."""
    content = _content(column, profile, is_key=is_key)
    if content < 0.5:
        return 0.0
    header = profile.header[:_LONGEST]
    if _contradicts(column.name, header):
        return 0.0
    name = max(_name_likeness(header, each) for each in _names(table, column.name))
    return 0.7 * name + 0.3 * content if name >= 0.5 else 0.0


_OPPOSITES = (
    ({"first", "planned", "due", "expected"}, {"last", "actual", "updated", "modified"}),
    ({"last", "actual"}, {"first", "planned", "due"}),
    ({"closed", "recovered", "completed"}, {"opened", "created", "last", "due", "first"}),
)


def _contradicts(column: str, header: str) -> bool:
    """True where a header says the opposite: the last day is never proposed as the first."""
    own, other = _words(column), _words(header)
    return any(own & ours and other & theirs for ours, theirs in _OPPOSITES)


@cache
def _names(table: str, column: str) -> tuple[str, ...]:
    """Names of a column: its own, those that tools give it, those that people do."""
    return (
        column,
        *known_headers(table).get(column, ()),
        *HEADERS.get(column, ()),
    )


_SMALL = ("the", "of", "on", "at", "am", "der", "die", "le")
"""Words of a header that tell nothing."""


@cache
def _words(text: str) -> frozenset[str]:
    parts = _SPLIT.split(re.sub(r"([a-z])([A-Z])", r"\1 \2", text).casefold())
    return frozenset(
        each
        for each in parts
        if each and each not in ("the", "of", "on", "at", "am", "der", "die", "le")
    )


@cache
def _name_likeness(header: str, name: str) -> float:
    own, other = _words(header), _words(name)
    if not own or not other:
        return 0.0
    if own == other:
        return 1.0
    shared = len(own & other) / len(own | other)
    inside = 0.8 if other <= own else 0.0
    return max(shared, inside * (0.7 + 0.3 * shared), _same_letters(own, other))


def _same_letters(own: frozenset[str], other: frozenset[str]) -> float:
    """How much of the letters agrees, where it is 0.8 or more; else 0."""
    matcher = SequenceMatcher(None, " ".join(sorted(own)), " ".join(sorted(other)))
    # Both bounds are quick; most pairs of names are nowhere near.
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    letters = matcher.ratio()
    return letters if letters >= _ALIKE else 0.0


def _content(column: Column, profile: ColumnProfile, *, is_key: bool) -> float:
    """How well the cells can be read as the column's kind, 0 to 1."""
    kind = column.kind
    if kind in (Kind.DATE, Kind.DATETIME):
        return 1.0 if profile.dates else 0.0
    if kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY, Kind.RATIO):
        return 1.0 if profile.is_number else 0.0
    if kind is Kind.BOOLEAN:
        return 1.0 if profile.is_boolean else 0.0
    if kind is Kind.QUARTER:
        found = sum(bool(_QUARTER.fullmatch(each)) for each in profile.texts)
        return found / len(profile.texts) if profile.texts else 0.0
    if kind is Kind.CATEGORY:
        if len(profile.texts) > _MOST_VALUES or profile.dates:
            return 0.0
        return 0.5 + 0.5 * known_share(column, profile.texts)
    if profile.dates:
        return 0.0
    if kind is Kind.ID and is_key:
        return 1.0 if profile.is_unique else 0.6
    return 0.9
