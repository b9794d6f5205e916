"""How a canonical table is declared: columns, units, allowed values, meaning, and checks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.tables.demands import Demand

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd


class Kind(StrEnum):
    """What a column holds, and the pandas type it gets."""

    ID = "id"  # str
    TEXT = "text"  # str
    CATEGORY = "category"  # str, one of the allowed values
    ROLE = "role"  # str, a role of governance/people.csv such as CISO
    LIST = "list"  # tuple of str; written with semicolons
    DATETIME = "datetime"  # datetime64[s, UTC]
    DATE = "date"  # datetime64[s], midnight, no zone
    QUARTER = "quarter"  # str, "2026-Q3"
    BOOLEAN = "boolean"  # boolean (nullable)
    INTEGER = "integer"  # Int64 (nullable)
    NUMBER = "number"  # float64
    RATIO = "ratio"  # float64, 0 to 1
    MONEY = "money"  # float64, reporting currency, at most two decimals
    AMOUNT = "amount"  # float64, reporting currency, with all its decimals


class Leader(StrEnum):
    """Whose data a table holds."""

    CISO = "CISO"
    CTO = "CTO"
    JOINT = "Joint"


class Audience(StrEnum):
    """Who may read a field. Only public fields can reach the disclosure."""

    BOARD = "board"
    PUBLIC = "public"


@dataclass(frozen=True)
class Column:
    """One column of a canonical table."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    required: bool = True
    """True when every row must have a value; the column itself must then exist."""
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    audience: Audience = Audience.BOARD


@dataclass(frozen=True)
class InOrder:
    """Times that must not run backwards within a row, where both are known."""

    earlier: str
    later: str


@dataclass(frozen=True)
class NotAbove:
    """A number that must not exceed another of the same row, where both are known."""

    part: str
    whole: str
    unless_given: float | None = None
    """The whole of a row that does not say its own; None leaves such a row unchecked."""


RowCheck = InOrder | NotAbove


@dataclass(frozen=True)
class TableSpec:
    """One canonical table, declared once."""

    name: str
    title: str
    meaning: str
    leader: Leader
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    """True when no report can be made without the file."""
    checks: tuple[RowCheck, ...] = ()
    demands: tuple[Demand, ...] = ()
    """What a row's columns demand of one another. A table that has some is never reduced."""
    refers: tuple[tuple[str, str, str], ...] = ()
    """(column, other table, its column): a value that is absent there is warned about; of a list
    each is looked up."""
    dated_by: str = ""
    """For a table that a tool fills steadily: the column that dates a row. Before its first row
    nothing is known, and long after its last one the export may have stopped."""
    over_when: tuple[str, ...] | None = None
    """The columns whose dates end what a row tells of (``recovered_at``), any of them known: none
    for an event that is over at once, None where a row counts for ever. A row that was over before
    the report's period is out of period."""
    kept_where: str = ""
    """The column that, where a row has it, makes it count for ever, however long it is over."""

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: there is none.
        """
        for each in self.columns:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names in declared order."""
        return tuple(each.name for each in self.columns)


SOURCE_COLUMN = "_source"
LINE_COLUMN = "_line"
WEIGHT_COLUMN = "_weight"
"""Of a reduced table: how many rows of the input a row stands for."""
BEYOND_COLUMN = "_seconds_beyond"
"""Of a view that keeps durations: the seconds by which those of the rows behind exceed its own."""


@dataclass(frozen=True)
class View:
    """Rows of a reduced table that are enough for every figure over some of its columns."""

    columns: frozenset[str]
    frame: pd.DataFrame
    """These columns of rows that are really there, with place, weight and perhaps seconds."""
    joins: frozenset[str] | None = None
    """Tables that its rows may be looked up in; any where it is None."""


@dataclass(frozen=True)
class Table:
    """A typed table. The frame has the declared columns plus ``_source`` and ``_line``."""

    spec: TableSpec
    frame: pd.DataFrame
    measured: bool
    """False when no file was given for it: its figures are then "not measured"."""
    rejected: int = 0
    read: int = 0
    records_from: date | None = None
    """Date of the first row, for a table that is ``dated_by`` a column."""
    records_to: date | None = None
    """Date of the last row that is known at the as-of date."""
    is_stale: bool = False
    """True when that is longer before the as-of date than the project allows."""
    silent_after: date | None = None
    """Of a stale table: the day up to which it may have been true that nothing happened. What a
    quarter that begins later held is not known."""
    """Rows that speak of a record as it is: without earlier states and rows left out."""

    views: tuple[View, ...] = ()
    """For a table that its engine reduced: narrower frames, the first that covers a figure's
    columns is what that figure sees. ``frame`` then has a row for each group of rows."""

    @property
    def is_reduced(self) -> bool:
        """True when a row stands for several rows of the input."""
        return WEIGHT_COLUMN in self.frame.columns

    @property
    def weights(self) -> npt.NDArray[np.int64] | None:
        """How many rows of the input each row stands for; None where each is one."""
        if not self.is_reduced:
            return None
        return self.frame[WEIGHT_COLUMN].to_numpy(dtype="int64")

    @property
    def seconds_beyond(self) -> npt.NDArray[np.int64] | None:
        """What completes the sum of the durations behind each row, in seconds.

        Raises:
            LookupError: the table is reduced, and not so that durations stay exact.
        """
        if not self.is_reduced:
            return None
        if BEYOND_COLUMN not in self.frame.columns:
            raise LookupError(f"{self.spec.name} is reduced without its durations")
        return self.frame[BEYOND_COLUMN].to_numpy(dtype="int64")

    @property
    def size(self) -> int:
        """Rows of the input that are used."""
        weights = self.weights
        return len(self.frame) if weights is None else int(weights.sum())

    def seen_by(self, columns: Collection[str], others: Collection[str] = ()) -> Table:
        """The table as a figure over these columns sees it: the first view that has them all.

        Args:
            columns: that the figure reads or splits by.
            others: the other tables that it reads.

        Raises:
            LookupError: the table is reduced, and not so that the figure would be exact.
        """
        if not self.views:
            return self
        wanted = set(columns)
        for view in self.views:
            if wanted <= view.columns and (view.joins is None or set(others) <= view.joins):
                return replace(self, frame=view.frame, views=())
        names = ", ".join(sorted(wanted))
        raise LookupError(f"{self.spec.name} is reduced, and no view of it has {names}")

    @property
    def rejected_share(self) -> float:
        """Rows set aside over rows read, 0 to 1."""
        return self.rejected / self.read if self.read else 0.0


@dataclass(frozen=True)
class TableSet:
    """All canonical tables of a project by name."""

    tables: dict[str, Table] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def frame(self, name: str) -> pd.DataFrame:
        """The typed rows of a table; empty (with its columns) when not measured."""
        return self.tables[name].frame

    def measured(self, *names: str) -> bool:
        """True when every one of the tables was given."""
        return all(self.tables[name].measured for name in names)

    def replaced(self, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> TableSet:
        """The same set with one table's rows replaced by ``change(rows)``."""
        table = self.tables[name]
        return TableSet({**self.tables, name: replace(table, frame=change(table.frame))})
