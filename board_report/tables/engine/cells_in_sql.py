"""The cells of one column of one source: fast where SQL is sure, else read by the parsers once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.scanning.engine import quoted
from board_report.tables.cells import parser_of
from board_report.tables.codes import Code
from board_report.tables.column_rules import made
from board_report.tables.columns import ColumnText, judge_cells
from board_report.tables.engine.fast import Fast, fast_path
from board_report.tables.mapping import block_of
from board_report.tables.outcome import CellRules, Outcome, Parsed
from board_report.tables.schema import Column, Kind, TableSpec
from board_report.tables.tidy import tidied, trim

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TEXTS = (Kind.ID, Kind.TEXT, Kind.CATEGORY, Kind.ROLE)
NUMBERS = (Kind.INTEGER, Kind.BOOLEAN)
TIMES = (Kind.DATETIME, Kind.DATE)
BATCH = 20_000
"""Different texts that the parsers read at a time."""

CELLS = "cells"
MISSING, FAULT, REMARK = 1, 2, 3
"""What a text came to, beside a plain value (0)."""


def make_cells(connection: DuckDBPyConnection) -> None:
    """Make the table of texts that went the long way, with what came of each."""
    connection.execute(
        f"CREATE TABLE {CELLS} (id INTEGER, src SMALLINT, col VARCHAR, key VARCHAR, said VARCHAR, "
        "state TINYINT, code VARCHAR, remarks VARCHAR, reason VARCHAR, naive TINYINT, "
        "word VARCHAR, number BIGINT)"
    )


@dataclass(frozen=True)
class ColumnCells:
    """Where the texts of one column of one source are, and how they are to be read."""

    index: int
    """Of the source."""
    column: Column
    source: SourceSpec
    spec: TableSpec
    rules: CellRules
    positions: tuple[int, ...]
    """Of the cells; none for a constant."""

    @property
    def rule(self) -> ColumnRule | None:
        """The steps that make the text, where it is not one cell as it is."""
        return self.source.rules.get(self.column.name)

    @property
    def is_text(self) -> bool:
        """True when the typed value is a text, false for a number or a time."""
        return self.column.kind in TEXTS

    @property
    def fast(self) -> Fast | None:
        """What SQL reads by itself: of single cells, and of several that are joined as they are."""
        if self.column.name in self.source.constants or not self.positions:
            return None
        taken = self._taken()
        if self.rule is None:
            return fast_path(self.column, self.rules, taken, _cell(self.positions[0]))
        if self.column.kind not in (Kind.ID, Kind.TEXT) or not _is_plain_join(self.rule):
            return None
        return self._fast_join(taken)

    def _fast_join(self, taken: frozenset[str]) -> Fast | None:
        rule = self.rule
        if rule is None or "" in taken:
            return None
        parts = []
        for position in self.positions:
            cell = _cell(position)
            part = fast_path(Column("part", Kind.ID, ""), self.rules, taken, cell)
            if part is None:
                return None
            parts.append(f"CASE WHEN {cell} = '' THEN '' ELSE {part.value} END")
        joined = f" || {quoted(rule.between)} || ".join(f"({part})" for part in parts)
        column = self.column if self.column.name != "cve" else Column("part", Kind.ID, "")
        if self.column.name == "cve":
            return None
        # Joined cells that are all empty begin with the mark between them, and go the long way.
        return fast_path(column, self.rules, taken, f"({joined})")

    def _taken(self) -> frozenset[str]:
        values = self.source.values.get(self.column.name, {})
        given = {trim(each).casefold() for each in values}
        return frozenset({*(each.casefold() for each in self.source.missing), *given} - {""})

    @property
    def key(self) -> str:
        """SQL that tells the texts of a row apart: one cell, or several with their lengths."""
        if self.column.name in self.source.constants:
            return quoted(self.source.constants[self.column.name])
        cells = [_cell(each) for each in self.positions]
        if self.rule is None:
            return cells[0]
        return " || ".join(f"CAST(length({each}) AS VARCHAR) || ':' || {each}" for each in cells)

    def texts(self, keys: Sequence[str]) -> list[str | None]:
        """The tidied texts that stand behind keys, as reading the file whole makes them."""
        name = self.column.name
        if name in self.source.constants:
            return list(keys)
        if self.rule is None:
            return tidied(keys, name, self.source)
        parts = list(zip(*(_split(each, len(self.positions)) for each in keys), strict=True))
        return tidied(made(self.rule, parts, self.source), name, self.source)

    def column_text(self, texts: Sequence[str | None], lines: Sequence[int]) -> ColumnText:
        """Some cells of the column, as findings speak of them."""
        return ColumnText(
            column=self.column,
            texts=texts,
            lines=lines,
            file=self.source.file,
            table=self.spec.name,
            block=block_of(self.source),
            is_zone_declared=bool(self.source.time_zone),
            is_key=self.column.name in self.spec.key,
        )


def _cell(position: int) -> str:
    return f"coalesce(c{position}, '')"


def _is_plain_join(rule: ColumnRule) -> bool:
    return rule == ColumnRule(rule.headers, between=rule.between) and rule.between.isascii()


def _split(key: str, count: int) -> tuple[str, ...]:
    parts = []
    for _ in range(count):
        length, _, rest = key.partition(":")
        parts.append(rest[: int(length)])
        key = rest[int(length) :]
    return tuple(parts)


def read_slow_texts(
    connection: DuckDBPyConnection, cells: ColumnCells, keys_sql: str, first_id: int
) -> int:
    """Read every different text that SQL is not sure of, by the parsers, into the cells' table.

    Args:
        connection: the engine.
        cells: the column.
        keys_sql: a SELECT of the different keys.
        first_id: the first free number for a text.

    Returns:
        The next free number.
    """
    parse = parser_of(cells.column, cells.rules)
    reader = connection.cursor()
    reader.execute(keys_sql)
    while batch := [row[0] for row in reader.fetchmany(BATCH)]:
        _store(connection, list(_read(cells, parse, batch, first_id)))
        first_id += len(batch)
    return first_id


Record = tuple[Any, ...]


def _read(
    cells: ColumnCells, parse: Callable[[str], Outcome], keys: Sequence[str], first_id: int
) -> Iterator[Record]:
    texts = cells.texts(keys)
    outcomes = {text: parse(text) for text in dict.fromkeys(texts) if text is not None}
    for at, (key, text) in enumerate(zip(keys, texts, strict=True)):
        yield (
            first_id + at,
            cells.index,
            cells.column.name,
            key,
            text,
            *_judged(cells, outcomes, text),
        )


def _judged(cells: ColumnCells, outcomes: dict[str, Outcome], text: str | None) -> Record:
    """State, code, remarks, reason, naive (1) or with an offset (2), and the value."""
    if text is None:
        found = judge_cells(cells.column_text([None], [0]), {}, {}, cells.rules)
        code = found.findings[0].code if found.findings else ""
        return MISSING, code, "", found.reasons.get(0, ""), 0, None, None
    outcome = outcomes[text]
    if not isinstance(outcome, Parsed):
        reason = ""
        if outcome.code is not Code.AMBIGUOUS_DATE:
            one = cells.column_text([text], [0])
            reason = judge_cells(one, outcomes, {}, cells.rules).reasons[0]
        return FAULT, str(outcome.code), "", reason, 0, None, None
    remarks = ",".join(str(each) for each in outcome.remarks)
    naive = 0
    if cells.column.kind is Kind.DATETIME:
        is_offset = outcome.has_offset and Code.TIME_ASSUMED not in outcome.remarks
        naive = 2 if is_offset else int(not outcome.has_offset)
    word, number = _value(outcome.value)
    return REMARK if remarks else 0, "", remarks, "", naive, word, number


def _value(value: Any) -> tuple[str | None, int | None]:
    if isinstance(value, str):
        return value, None
    if isinstance(value, datetime):
        return None, int(value.replace(tzinfo=UTC).timestamp())
    return None, int(value)


def _store(connection: DuckDBPyConnection, records: Sequence[Record]) -> None:
    import numpy as np
    import pandas as pd

    frame: dict[str, Any] = {}
    names = ("id", "src", "col", "key", "said", "state", "code", "remarks", "reason", "naive")
    for name, values in zip((*names, "word", "number"), zip(*records, strict=True), strict=True):
        if name in ("id", "src", "state", "naive", "number"):
            frame[name] = pd.array(list(values), dtype="Int64")
        else:
            texts = np.empty(len(values), dtype=object)
            texts[:] = values
            frame[name] = texts
    connection.register("_cells", pd.DataFrame(frame))
    connection.execute(f"INSERT INTO {CELLS} SELECT * FROM _cells")
    connection.unregister("_cells")
