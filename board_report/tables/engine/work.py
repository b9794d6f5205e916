"""What the steps of reducing one table share: the engine, the table, and what was found so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from board_report.model import Finding
from board_report.project import Project, SourceSpec
from board_report.sources.scanning.engine import DISK
from board_report.sources.scanning.staged import Staged
from board_report.tables.codes import Code, finding
from board_report.tables.engine.cells_in_sql import CELLS, TEXTS, TIMES, make_cells
from board_report.tables.schema import TableSpec

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHOWN = 100
"""Rows of one kind of finding, of one column of one file, that are told one by one."""

USED, REJECTED, LEFT_OUT = 0, 2, 3
"""What becomes of a row, as far as its own cells tell."""

TYPED, ASIDE, DOUBLES = f"{DISK}.typed", f"{DISK}.aside", "doubles"


@dataclass
class Source:
    """One source of the table within reach of the engine."""

    index: int
    spec: SourceSpec
    staged: Staged
    reasons: tuple[str, ...] = ()
    """Why all its rows are set aside, where they are."""
    mixed: dict[str, str] = field(default_factory=dict)
    """Columns whose times without an offset cannot be read beside others, and why."""

    @property
    def relation(self) -> str:
        """SQL of its rows."""
        return self.staged.relation


@dataclass
class Work:
    """One table on its way."""

    connection: DuckDBPyConnection
    spec: TableSpec
    project: Project
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    next_text: int = 1
    """The next free number of a text that the parsers read."""

    def __post_init__(self) -> None:
        make_cells(self.connection)
        columns = "".join(
            f", v_{each.name} {'VARCHAR' if each.kind in TEXTS else 'BIGINT'}"
            f", o_{each.name} INTEGER"
            for each in self.spec.columns
        )
        zones = "".join(f", z_{name} TINYINT" for name in self.times_of_day)
        self.run(
            f"CREATE TABLE {TYPED} (src SMALLINT, pos BIGINT, line BIGINT{columns}{zones}, "
            "fate TINYINT)"
        )
        self.run(f"CREATE TABLE {ASIDE} (src SMALLINT, pos BIGINT, line BIGINT, fate TINYINT)")

    @property
    def times_of_day(self) -> tuple[str, ...]:
        """Columns of points in time."""
        return tuple(each.name for each in self.spec.columns if each.kind is TIMES[0])

    def run(self, sql: str, given: Sequence[Any] = ()) -> None:
        """Run a statement."""
        self.connection.execute(sql, list(given))

    def rows(self, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query that has few."""
        return self.connection.execute(sql, list(given)).fetchall()

    def fill(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Put some rows of Python values into a table."""
        import numpy as np
        import pandas as pd

        if not rows:
            return
        frame: dict[str, Any] = {}
        for at, values in enumerate(zip(*rows, strict=True)):
            frame[f"c{at}"] = np.empty(len(values), dtype=object)
            frame[f"c{at}"][:] = values
            if all(isinstance(each, int) for each in values):
                frame[f"c{at}"] = np.array(values, dtype="int64")
        self.connection.register("_given", pd.DataFrame(frame))
        self.run(f"INSERT INTO {table} SELECT * FROM _given")
        self.connection.unregister("_given")

    def one(self, sql: str, given: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The one row of a query that always has one."""
        return self.rows(sql, given)[0]

    def file(self, index: int) -> str:
        """The file of a source."""
        return self.source(index).spec.file

    def source(self, index: int) -> Source:
        """The source of that number."""
        return next(each for each in self.sources if each.index == index)

    def tell_rest(self, told: Sequence[Finding], count: int) -> None:
        """Say how many more there are of a kind of which the first were told one by one."""
        self.findings += told
        if not told or count <= len(told):
            return
        last = told[-1]
        facts: dict[str, object] = {"count": f"{count - len(told):,}", "code": last.code}
        more = finding(
            Code.MORE_OF_THE_SAME, facts, file=last.file, column=last.column, table=last.table
        )
        self.findings.append(replace(more, severity=last.severity, stops=last.stops))


__all__ = [
    "ASIDE",
    "CELLS",
    "DOUBLES",
    "LEFT_OUT",
    "REJECTED",
    "SHOWN",
    "TYPED",
    "USED",
    "Source",
    "Work",
]
