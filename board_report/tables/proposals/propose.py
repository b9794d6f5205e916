"""Propose a mapping for a file: its table, columns, dates, numbers, values, and what is open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from board_report.model import RawTable
from board_report.project import SourceSpec
from board_report.tables.proposals.assign import Assigned, assign, fit_of
from board_report.tables.proposals.dates import DateForm, settle
from board_report.tables.proposals.profile import ColumnProfile, profile
from board_report.tables.proposals.synonyms import TABLES
from board_report.tables.proposals.units import factor_of
from board_report.tables.proposals.values import ValueProposal, propose_values
from board_report.tables.schema import Column, Kind, TableSpec
from board_report.tables.tidy import trim

OTHERS = 3
"""Tables that are named beside the proposed one."""

UNSURE = 0.4
"""Fit below which no table is proposed."""

HINT = 0.15
"""What a telling file name adds to the fit."""


@dataclass(frozen=True)
class Proposal:
    """How a file could be read."""

    source: SourceSpec
    """File, encoding, delimiter, sheet and preamble, as the file was read."""
    spec: TableSpec
    fit: float
    """How well the table's columns were found, 0 to 1."""
    others: tuple[tuple[str, float], ...]
    """Other tables and their fit."""
    rows: int
    assigned: tuple[Assigned, ...]
    date_formats: tuple[str, ...]
    open_dates: DateForm | None
    """Set when no date tells whether the day or the month comes first."""
    decimal_comma: bool
    percent: bool
    missing: tuple[str, ...]
    values: Mapping[str, tuple[ValueProposal, ...]]
    factors: Mapping[str, str] = field(default_factory=dict)
    """Column to the factor that its header asks for: ``1000000`` for "$ M"."""
    unused: tuple[ColumnProfile, ...] = ()
    """Columns of the file, with values, that no column of the table is read from."""
    key_headers: tuple[str, ...] = ()
    """Headers that together name a row, where the proposed key alone does not."""
    order_by: str = ""
    """Header that orders the updates, where the file seems to be a log."""

    @property
    def absent(self) -> tuple[Column, ...]:
        """Columns that every row must have and for which no header was found."""
        found = {each.column.name for each in self.assigned}
        return tuple(each for each in self.spec.columns if each.required and each.name not in found)


def propose(
    raw: RawTable,
    source: SourceSpec,
    specs: Mapping[str, TableSpec],
    *,
    table: str = "",
    order: str = "",
) -> Proposal | None:
    """Propose how a file could be read; None when no table fits it and none was named.

    Args:
        raw: the file's rows.
        source: how it was read.
        specs: the tables, by name.
        table: the table that a person named; the best fitting one when empty.
        order: ``day-first`` or ``month-first`` where a person said which comes first.
    """
    profiles = profile(raw)
    filled = sum(bool(each.filled) for each in profiles)
    ranked = []
    for name, spec in specs.items():
        found = assign(spec, profiles)
        fit = min(1.0, fit_of(spec, found, filled) + _hint(name, source.file))
        ranked.append((fit, name, found))
    ranked.sort(key=lambda each: (-each[0], each[1]))
    fits = {name: fit for fit, name, _ in ranked}
    chosen = table or ranked[0][1]
    if not table and fits[chosen] < UNSURE:
        return None
    assigned = next(found for _, name, found in ranked if name == chosen)
    return _whole(raw, source, specs[chosen], fits, assigned, profiles, order)


def _hint(table: str, file: str) -> float:
    """What the file's name adds to the fit of a table."""
    words = set(re.split(r"[^a-zà-öø-ÿß]+", PurePosixPath(file).name.casefold()))
    named = any(word in words for word in TABLES.get(table, ()))
    return HINT if named else 0.0


def _whole(
    raw: RawTable,
    source: SourceSpec,
    spec: TableSpec,
    fits: Mapping[str, float],
    assigned: tuple[Assigned, ...],
    profiles: Sequence[ColumnProfile],
    order: str,
) -> Proposal:
    forms = [each.profile.dates for each in assigned if _is_moment(each) and each.profile.dates]
    formats, open_dates = settle(forms, order)
    numbers = [each.profile for each in assigned if each.profile.is_number]
    key_headers, order_by = _key(raw, spec, assigned, profiles)
    read = {each.profile.header for each in assigned} | {*key_headers, order_by}
    return Proposal(
        source=source,
        spec=spec,
        fit=fits[spec.name],
        others=tuple((name, fit) for name, fit in list(fits.items()) if name != spec.name)[:OTHERS],
        rows=len(raw.rows),
        assigned=assigned,
        date_formats=formats,
        open_dates=open_dates,
        decimal_comma=any(each.has_decimal_comma for each in numbers),
        percent=any(_is_percent(each) for each in assigned),
        missing=tuple(dict.fromkeys(text for each in assigned for text in each.profile.missing)),
        values={
            each.column.name: found
            for each in assigned
            if (found := propose_values(each.column, each.profile.texts))
        },
        factors={
            each.column.name: factor
            for each in assigned
            if (factor := factor_of(each.column, each.profile.header))
        },
        unused=tuple(each for each in profiles if each.filled and each.header not in read),
        key_headers=key_headers,
        order_by=order_by,
    )


def _is_moment(each: Assigned) -> bool:
    return each.column.kind in (Kind.DATE, Kind.DATETIME)


def _is_percent(each: Assigned) -> bool:
    """True when a share's bare numbers go above 1."""
    if each.column.kind is not Kind.RATIO:
        return False
    bare = [text for text in each.profile.texts if not text.endswith("%")]
    try:
        return any(float(text.replace(",", ".")) > 1 for text in bare)
    except ValueError:
        return False


def _key(
    raw: RawTable,
    spec: TableSpec,
    assigned: Sequence[Assigned],
    profiles: Sequence[ColumnProfile],
) -> tuple[tuple[str, ...], str]:
    """What names a row where the proposed key does not: a log's order, or more headers."""
    keys = [each for each in assigned if each.column.name in spec.key]
    if len(spec.key) != 1 or not keys or keys[0].profile.is_unique:
        return (), ""
    header = keys[0].profile.header
    order_by = _update_header(raw, header, profiles)
    if order_by:
        return (), order_by
    return _joined_key(raw, header, profiles), ""


_UPDATES = ("mod_count", "version", "revision", "updated", "modified", "update", "sequence")


def _update_header(raw: RawTable, key: str, profiles: Sequence[ColumnProfile]) -> str:
    """A header by which the rows of one key can be ordered: each of them differs there."""
    names = [each for each in profiles if any(part in _plain(each.header) for part in _UPDATES)]
    for each in sorted(names, key=lambda one: not one.is_number):
        if not (each.is_number or each.dates):
            continue
        pairs = Counter(_cells(raw, (key, each.header)))
        if len(pairs) >= 0.99 * len(raw.rows):
            return each.header
    return ""


def _plain(header: str) -> str:
    return header.casefold().replace(" ", "_")


_NAMING = ("host", "ip", "asset", "port", "cve", "resource", "package", "unit", "quarter", "name")


def _joined_key(raw: RawTable, key: str, profiles: Sequence[ColumnProfile]) -> tuple[str, ...]:
    """The fewest headers, the key's first, whose cells together differ in every row."""
    headers = [key]
    others = [
        each.header
        for each in sorted(profiles, key=lambda one: -len(one.texts))
        if each.header != key and any(part in _plain(each.header) for part in _NAMING)
    ]
    for other in others[:4]:
        headers.append(other)
        if len(set(_cells(raw, headers))) == len(raw.rows):
            return tuple(headers)
    return ()


def _cells(raw: RawTable, headers: Sequence[str]) -> list[tuple[str, ...]]:
    places = [raw.columns.index(each) for each in headers]
    return [
        tuple(trim(row.cells[at]) if at < len(row.cells) else "" for at in places)
        for row in raw.rows
    ]
