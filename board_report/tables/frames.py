"""Rows on their way to a typed frame, each with its origin and the reasons against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from board_report.model import Finding, RawRow, RawTable, Reconciliation, RejectedRow
from board_report.tables.codes import Code, finding
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, Kind, TableSpec
from board_report.tables.tidy import is_missing, trim


@dataclass(frozen=True)
class Cells:
    """Which cell of a file's rows each column is read from, where it is one as it is."""

    positions: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """Texts that mean "no value"."""


@dataclass
class Rows:
    """All rows of one table: typed values by column, origin, and reasons to set a row aside."""

    columns: dict[str, list[Any]]
    raws: list[RawTable] = field(default_factory=list)
    """The raw table that each row comes from."""
    rows: list[RawRow] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)
    """For each row where its columns are read from; empty where nobody will ask."""
    findings: list[Finding] = field(default_factory=list)
    reasons: dict[int, list[str]] = field(default_factory=dict)
    duplicates: set[int] = field(default_factory=set)
    superseded: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    out_of_period: set[int] = field(default_factory=set)
    """Used rows that no figure of the report can come from."""
    merged: set[int] = field(default_factory=set)
    unmatched: set[int] = field(default_factory=set)
    _moments: dict[str, np.ndarray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def joined(cls, parts: Sequence[Rows], spec: TableSpec) -> Rows:
        """The rows of several files, one after the other."""
        whole = cls(columns={name: [] for name in spec.column_names})
        for part in parts:
            offset = len(whole)
            for name in spec.column_names:
                whole.columns[name] += part.columns[name]
            whole.raws += part.raws
            whole.rows += part.rows
            whole.cells += part.cells or [Cells()] * len(part)
            whole.findings += part.findings
            whole.reasons |= {offset + at: why for at, why in part.reasons.items()}
            whole.duplicates |= {offset + at for at in part.duplicates}
            whole.out_of_period |= {offset + at for at in part.out_of_period}
            whole.superseded |= {offset + at for at in part.superseded}
            whole.left_out |= {offset + at for at in part.left_out}
            whole.merged |= {offset + at for at in part.merged}
            whole.unmatched |= {offset + at for at in part.unmatched}
        return whole

    def moments(self, name: str) -> np.ndarray:
        """A column of times as datetime64[s], NaT where missing; converted once."""
        if name not in self._moments:
            self._moments[name] = np.array(self.columns[name], dtype="datetime64[s]")
        return self._moments[name]

    def forget_moments(self) -> None:
        """Convert the times again when they are next asked for: some were filled in."""
        self._moments.clear()

    def file(self, at: int) -> str:
        """The file that a row comes from."""
        return self.raws[at].source.path

    def line(self, at: int) -> int:
        """The line that a row starts on."""
        return self.rows[at].line

    def as_written(self, at: int, name: str) -> str:
        """The cell that a value is read from; empty where it is none, or of another row."""
        cells = self.cells[at] if self.cells else Cells()
        position = cells.positions.get(name, -1)
        text = trim(self.rows[at].cells[position]) if position >= 0 else ""
        return "" if is_missing(text, cells.missing) else text

    def tell(
        self,
        at: int,
        code: Code,
        facts: dict[str, object],
        spec: TableSpec,
        column: str = "",
        value: str = "",
    ) -> Finding:
        """A finding about a row, with its place; it is not added to the rows' own."""
        return finding(
            code,
            facts,
            file=self.file(at),
            line=self.line(at),
            column=column,
            value=value,
            table=spec.name,
        )

    def reject(self, at: int, why: str) -> None:
        """Set a row aside for this reason too."""
        self.reasons.setdefault(at, []).append(why)

    @property
    def records(self) -> int:
        """Rows that speak of a record as it is: not superseded, left out or of another file's."""
        others = (self.superseded, self.left_out, self.merged, self.unmatched)
        return len(self) - sum(map(len, others))

    def unused(self) -> set[int]:
        """Rows that make no record of their own, for whatever reason."""
        aside = self.duplicates | self.superseded | self.left_out | set(self.reasons)
        return aside | self.merged | self.unmatched

    def rejected_row(self, at: int, spec: TableSpec) -> RejectedRow:
        """A row as it was, with the reasons against it."""
        return RejectedRow(
            table=spec.name,
            file=self.file(at),
            line=self.line(at),
            columns=self.raws[at].columns,
            cells=self.rows[at].cells,
            reasons=tuple(self.reasons[at]),
        )

    def reconciled(self, spec: TableSpec, files: Sequence[str]) -> tuple[Reconciliation, ...]:
        """Where the rows of each file went, each row counted once.

        A row that one ``[[source]]`` block leaves out and another block of the same file takes is
        counted where the other takes it.
        """
        places = self._places()
        elsewhere = self.unused() | self.out_of_period
        used = [at for at in range(len(self)) if at not in elsewhere]
        taken = [places[at] for at in range(len(self)) if at not in self.left_out]
        left_out = {places[at] for at in self.left_out} - set(taken)
        read = Counter(file for file, _ in (*taken, *left_out))
        counts = {
            "used": Counter(places[at][0] for at in used),
            "rejected": Counter(places[at][0] for at in self.reasons),
            "duplicate": Counter(places[at][0] for at in self.duplicates),
            "superseded": Counter(places[at][0] for at in self.superseded),
            "left_out": Counter(file for file, _ in left_out),
            "out_of_period": Counter(places[at][0] for at in self.out_of_period),
            "merged": Counter(places[at][0] for at in self.merged),
            "unmatched": Counter(places[at][0] for at in self.unmatched),
        }
        return tuple(
            Reconciliation(
                table=spec.name,
                file=file,
                read=read[file],
                **{name: each[file] for name, each in counts.items()},
            )
            for file in files
        )

    def _places(self) -> list[tuple[str, int]]:
        """The file of each row, and how many rows of the same reading stand before it."""
        before: Counter[int] = Counter()
        places = []
        for at, raw in enumerate(self.raws):
            places.append((self.file(at), before[id(raw)]))
            before[id(raw)] += 1
        return places


def frame_of(rows: Rows, spec: TableSpec, used: Sequence[int]) -> pd.DataFrame:
    """The typed frame of some of the rows, with where each came from."""
    frame: dict[str, pd.Series] = {}
    for column in spec.columns:
        if column.kind in (Kind.DATETIME, Kind.DATE):
            frame[column.name] = time_series(
                column.kind, rows.moments(column.name)[np.array(used, dtype="int64")]
            )
        else:
            values = rows.columns[column.name]
            frame[column.name] = series_of(column.kind, [values[at] for at in used])
    frame[SOURCE_COLUMN] = pd.Series([rows.file(at) for at in used], dtype="str")
    frame[LINE_COLUMN] = pd.Series([rows.line(at) for at in used], dtype="int64")
    return pd.DataFrame(frame)


def empty_frame(spec: TableSpec) -> pd.DataFrame:
    """The frame of a table without rows, with all its columns typed."""
    return _empty_frame(spec).copy()


@cache
def _empty_frame(spec: TableSpec) -> pd.DataFrame:
    return frame_of(Rows(columns={name: [] for name in spec.column_names}), spec, ())


def time_series(kind: Kind, moments: np.ndarray) -> pd.Series:
    """Times as a series: points in time in UTC, dates without a zone."""
    series = pd.Series(moments)
    return series.dt.tz_localize("UTC") if kind is Kind.DATETIME else series


def series_of(kind: Kind, values: list[Any]) -> pd.Series:
    """Typed values, but for times, as a series; None becomes the kind's missing value."""
    if kind is Kind.LIST:
        lists = np.empty(len(values), dtype="object")
        for at, value in enumerate(values):
            lists[at] = () if value is None else value
        return pd.Series(lists, dtype="object")
    if kind is Kind.INTEGER:
        return pd.Series(pd.array(values, dtype="Int64"))
    if kind is Kind.BOOLEAN:
        return pd.Series(pd.array(values, dtype="boolean"))
    if kind in (Kind.NUMBER, Kind.RATIO, Kind.MONEY, Kind.AMOUNT):
        return pd.Series(values, dtype="float64")
    return pd.Series(values, dtype="str")
