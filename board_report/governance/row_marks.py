"""Which rows of the input stand behind a figure, each with its key and a hash of what it says.

The hash has a part for each column that the figure reads, so that a later comparison can say which
cell changed without a copy of the cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

import pandas as pd

from board_report.metrics.evaluate import compute, seen_tables
from board_report.tables.rejected import neutral
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, Column, Kind

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec, Settings
    from board_report.model import MetricResult
    from board_report.period import Window
    from board_report.tables.schema import Table, TableSet

LISTED = 1_000
"""Rows of one table that are kept one by one behind a figure; of more, a count and one hash."""

DIGEST = re.compile(r"x[0-9a-f]{6}(-[0-9a-f]{6})*|x[0-9a-f]{16}")
"""A hash of a row (of the columns' names, then of each cell) or of a whole set of rows. It begins
with a letter and has no exponent, so that no spreadsheet takes it for a number."""

_LONGEST_RECORD = 200


@dataclass(frozen=True)
class RowMark:
    """One row behind a figure."""

    record: str
    """The row's key as text: ``INC0014084``, ``2026-Q2 / mfa / Europe``."""
    digest: str
    file: str
    line: int


@dataclass(frozen=True)
class RowSet:
    """The rows of one table behind a figure."""

    table: str
    columns: tuple[str, ...]
    """Those that the figure reads, in the order of the parts of a row's digest."""
    rows: tuple[RowMark, ...] | None
    """None where they are too many to list, or the table was reduced where it lies."""
    count: int
    """Rows of the input."""
    digest: str
    """Of all rows, in whatever order they come."""


@dataclass
class RowMarker:
    """Marks the rows behind figures; what one figure needs to know of a table, others need too."""

    tables: TableSet
    settings: Settings
    max_rejected_share: float = 1.0
    hashes: dict[tuple[int, str], Sequence[str]] = field(default_factory=dict)
    """Hash of each cell of a column, by the identity of the frame, which the tables keep."""
    records: dict[int, Sequence[str]] = field(default_factory=dict)
    places: dict[int, Mapping[tuple[str, int], list[int]]] = field(default_factory=dict)

    def mark(self, spec: MetricSpec, window: Window) -> tuple[MetricResult, tuple[RowSet, ...]]:
        """A figure over a window, and the rows behind it, by table."""
        result = compute(
            spec,
            self.tables,
            window,
            self.settings,
            max_rejected_share=self.max_rejected_share,
            trace=True,
        )
        seen = seen_tables(spec, self.tables)
        chosen: dict[str, list[tuple[str, int]]] = {}
        for ref in result.rows:
            chosen.setdefault(ref.table, []).append((ref.file, ref.line))
        return result, tuple(
            self._set(seen[name], read_columns(spec, name), places)
            for name, places in chosen.items()
        )

    def where(self, table: str) -> Mapping[str, tuple[str, int]]:
        """Where each record of a table stands now, whether a figure counts it or not."""
        found = self.tables[table]
        frame = found.frame
        files, lines = frame[SOURCE_COLUMN].tolist(), frame[LINE_COLUMN].tolist()
        places = zip(files, map(int, lines), strict=True)
        return dict(zip(self._records(found), places, strict=True))

    def _set(
        self, table: Table, columns: tuple[str, ...], places: Sequence[tuple[str, int]]
    ) -> RowSet:
        frame = table.frame
        at = self._positions(frame, places)
        digests = list(self._digests(table, columns, at))
        records = self._records(table)
        weights = table.weights
        if weights is not None:
            digests = [f"{each}*{weights[place]}" for each, place in zip(digests, at, strict=True)]
        pairs = [(records[place], digest) for place, digest in zip(at, digests, strict=True)]
        count = len(at) if weights is None else int(weights[at].sum())
        listed = None
        if weights is None and count <= LISTED:
            files, lines = frame[SOURCE_COLUMN].to_numpy(), frame[LINE_COLUMN].to_numpy()
            listed = tuple(
                RowMark(record, digest, str(files[place]), int(lines[place]))
                for place, (record, digest) in zip(at, pairs, strict=True)
            )
        return RowSet(table.spec.name, columns, listed, count, set_digest(pairs))

    def _positions(self, frame: pd.DataFrame, places: Sequence[tuple[str, int]]) -> list[int]:
        known = self.places.get(id(frame))
        if known is None:
            known = {}
            files, lines = frame[SOURCE_COLUMN].tolist(), frame[LINE_COLUMN].tolist()
            for position, place in enumerate(zip(files, map(int, lines), strict=True)):
                known.setdefault(place, []).append(position)
            self.places[id(frame)] = known
        return [position for place in dict.fromkeys(places) for position in known[place]]

    def _digests(self, table: Table, columns: Sequence[str], at: Sequence[int]) -> Iterator[str]:
        head = names_digest(columns)
        hashes = [self._hashes(table, name) for name in columns]
        for position in at:
            yield "-".join((head, *(each[position] for each in hashes)))

    def _hashes(self, table: Table, name: str) -> Sequence[str]:
        key = (id(table.frame), name)
        if key not in self.hashes:
            column = table.spec.column(name)
            texts = cell_texts(table.frame[name], column)
            known = {text: _short(text, 6) for text in set(texts)}
            self.hashes[key] = [known[text] for text in texts]
        return self.hashes[key]

    def _records(self, table: Table) -> Sequence[str]:
        key = id(table.frame)
        if key not in self.records:
            self.records[key] = record_texts(table)
        return self.records[key]


def read_columns(spec: MetricSpec, table: str) -> tuple[str, ...]:
    """The columns of a table that a figure reads or cannot be judged without, by name."""
    read = (each.split(".", 1) for each in (*spec.all_columns, *spec.needs))
    return tuple(sorted({column for name, column in read if name == table}))


def names_digest(columns: Sequence[str]) -> str:
    """What a row's digest begins with: a hash of the columns' names."""
    return f"x{_short(' '.join(columns), 6)}"


def set_digest(pairs: Sequence[tuple[str, str]]) -> str:
    """One hash of all (record, digest) pairs, in whatever order they come."""
    lines = sorted(f"{record}\t{digest}" for record, digest in pairs)
    return f"x{_short('|'.join(lines), 16)}"


def _short(text: str, length: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def record_texts(table: Table) -> list[str]:
    """The key of each row as text; one that is there before, or is empty, gets a number."""
    spec, frame = table.spec, table.frame
    if any(name not in frame.columns for name in spec.key):
        return [""] * len(frame)  # a view of a reduced table, whose rows are not listed
    parts = [cell_texts(frame[name], spec.column(name)) for name in spec.key]
    seen: Counter[str] = Counter()
    found = []
    for key in zip(*parts, strict=True):
        text = record_text(key)
        seen[text] += 1
        found.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return found


def record_text(key: Sequence[str]) -> str:
    """A key on one line; its parts are set apart by a slash, and a slash within one is doubled."""
    texts = [" ".join(each.split()) for each in key]
    if len(texts) > 1:
        texts = [each.replace("/", "//") if each else "(empty)" for each in texts]
    whole = neutral(" / ".join(texts) or "(no key)")
    if len(whole) <= _LONGEST_RECORD:
        return whole
    return f"{whole[:_LONGEST_RECORD]}~{_short(whole, 8)}"


def cell_texts(cells: pd.Series, column: Column) -> list[str]:
    """Each typed cell as one text that every run and system gives alike; empty for no value."""
    codes, values = pd.factorize(cells)
    texts = [*(_text(value, column.kind) for value in values), ""]
    return [texts[code] for code in codes]


def _text(value: object, kind: Kind) -> str:
    if kind is Kind.LIST and isinstance(value, tuple):
        return "; ".join(map(str, value))
    if kind in (Kind.DATE, Kind.DATETIME):
        moment = pd.Timestamp(value).isoformat(timespec="seconds")  # type: ignore[arg-type]
        return moment[:10] if kind is Kind.DATE else moment
    if kind is Kind.BOOLEAN:
        return "true" if value else "false"
    if kind is Kind.INTEGER:
        return str(int(value))  # type: ignore[call-overload]
    if kind in (Kind.NUMBER, Kind.RATIO, Kind.MONEY, Kind.AMOUNT):
        return repr(float(value))  # type: ignore[arg-type]
    return str(value)
