"""Type the rows of one source in the engine, exactly as reading the file whole would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board_report.model import Finding
from board_report.sources.scanning.engine import DISK
from board_report.tables.columns import reason_of
from board_report.tables.engine.cells_in_sql import (
    CELLS,
    FAULT,
    MISSING,
    ColumnCells,
    read_slow_texts,
)
from board_report.tables.engine.choosing import (
    kept,
    leave_out,
    leave_out_headers,
    set_all_aside,
    set_shifted_aside,
)
from board_report.tables.engine.fast import DAY, Fast, Let
from board_report.tables.engine.judged import fault_of
from board_report.tables.engine.told import tell_columns, tell_mixed_zones
from board_report.tables.engine.work import REJECTED, TYPED, USED, Source, Work
from board_report.tables.mapping import map_columns, start_of_term
from board_report.tables.misfit import explain_misfit
from board_report.tables.rows import cell_rules
from board_report.tables.schema import Column
from board_report.tables.selection import find_headers


def type_source(work: Work, source: Source) -> None:
    """All rows of one source into the table of typed rows, with what is to be said of them."""
    raw = source.staged.raw
    found, headers = map_columns(raw, source.spec, work.spec), find_headers(raw, source.spec)
    if not raw.columns:
        return
    told = [*found.findings, *headers.findings]
    told = explain_misfit(work.project.folder, raw, source.spec, work.spec, told, found)
    work.findings += told
    stopping: list[Finding] = [each for each in told if each.stops]
    if stopping:
        set_all_aside(work, source, stopping)
        return
    set_shifted_aside(work, source)
    leave_out(work, source, headers, leave_out_headers(work, source))
    columns = [
        _Typed(work, source, column, found.positions.get(column.name, ()))
        for column in work.spec.columns
    ]
    _key(work, source, columns)
    for column in columns:
        column.read_slow()
    for column in columns:
        column.look_at_zones()
    _type(work, source, columns)
    work.run(f"DROP TABLE {keyed_rows(source)}")
    given = [each.cells for each in columns if each.cells]
    tell_columns(work, source, given, columns[0].policy_start)


def keyed_rows(source: Source) -> str:
    """The table of a source's fast values and slow keys."""
    return f"{DISK}.keyed_{source.index}"


@dataclass
class _Typed:
    """One column of one source on its way."""

    work: Work
    source: Source
    column: Column
    positions: tuple[int, ...]

    @property
    def cells(self) -> ColumnCells | None:
        """Where its texts are; None where the file has none for it."""
        if not self.positions and self.column.name not in self.source.spec.constants:
            return None
        return ColumnCells(
            self.source.index,
            self.column,
            self.source.spec,
            self.work.spec,
            cell_rules(self.source.spec, self.work.project),
            self.positions,
        )

    @property
    def name(self) -> str:
        """Of the column."""
        return self.column.name

    @property
    def is_time(self) -> bool:
        """True for points in time, of which it matters how their zone is written."""
        return self.name in self.work.times_of_day

    @property
    def is_policy(self) -> bool:
        """True for the due date where policy gives those that the file does not."""
        return self.name == "due_on" and bool(self.source.spec.due_within_days)

    @property
    def policy_start(self) -> str:
        """The column from which days until the due date are counted; empty without a policy."""
        return start_of_term(self.work.spec) if self.source.spec.due_within_days else ""

    @property
    def keyed(self) -> str:
        """The table of its source's fast values and slow keys."""
        return keyed_rows(self.source)

    def read_slow(self) -> None:
        """Let the parsers read every different text that SQL is not sure of."""
        if self.cells:
            sql = f"SELECT DISTINCT k_{self.name} FROM {self.keyed} WHERE k_{self.name} IS NOT NULL"
            self.work.next_text = read_slow_texts(
                self.work.connection, self.cells, sql, self.work.next_text
            )

    def look_at_zones(self) -> None:
        """Tell times with an offset beside times without, and keep the reason against these."""
        if self.is_time and self.cells:
            found = tell_mixed_zones(self.work, self.source, self.cells, self.keyed)
            if found:
                self.source.mixed[self.name] = reason_of(found)


def _key(work: Work, source: Source, columns: Sequence[_Typed]) -> None:
    """Fast values, and for every other cell the key of its text."""
    layers: list[list[Let]] = []
    values: list[Let] = []
    chosen = ["_at", "_line"]
    for each in columns:
        if each.cells is None:
            continue
        fast, key, name = each.cells.fast, each.cells.key, each.name
        if fast is None:
            chosen.append(f"{key} AS k_{name}")
            continue
        for at, layer in enumerate(fast.layers):
            layers += [[]] if at == len(layers) else []
            layers[at] += layer
        values.append((f"f_{name}", fast.value))
        chosen += [f"f_{name}", f"CASE WHEN f_{name} IS NULL THEN {key} END AS k_{name}"]
        if each.is_time:
            chosen.append(f"{_fast_zone(name, fast)} AS fz_{name}")
    relation = kept(source)
    for lets_of in (*layers, values):
        lets = "".join(f", {expression} AS {name}" for name, expression in lets_of)
        relation = f"(SELECT *{lets} FROM {relation} AS inner_rows)"
    work.run(
        f"CREATE TABLE {keyed_rows(source)} AS SELECT {', '.join(chosen)} FROM {relation} AS rows_"
    )


def _fast_zone(name: str, fast: Fast) -> str:
    """How the zone of a time is written that SQL reads by itself; NULL for any other."""
    zone = f"WHEN {fast.is_offset} THEN 2 WHEN {fast.is_naive} THEN 1 ELSE 0"
    return f"CASE WHEN f_{name} IS NULL THEN NULL {zone} END"


def _type(work: Work, source: Source, columns: Sequence[_Typed]) -> None:
    """Join the answers of the parsers to the rows, and judge each row by its own cells."""
    inner, outer, joins, faults = [], ["src", "pos", "line"], [], []
    for each in columns:
        value, number = _value(each)
        name = each.name
        inner += [f"{value} AS v_{name}", f"{number} AS o_{name}"]
        outer += [f"v_{name}", f"o_{name}"]
        if each.cells:
            joins.append(
                f"LEFT JOIN (SELECT * FROM {CELLS} WHERE src = {source.index} "
                f"AND col = '{name}') AS m_{name} ON m_{name}.key = k.k_{name}"
            )
            inner.append(f"{_fault(each)} AS b_{name}")
            faults.append(f"b_{name} AND o_{name} > 0")
    for each in columns:
        if each.is_time:
            inner.append(f"{_zone(each)} AS z_{each.name}")
            outer.append(f"z_{each.name}")
    faults += [f"z_{name} = 1" for name in source.mixed]
    judged = " OR ".join(
        f"coalesce({each}, false)" for each in (*faults, *map(fault_of, work.spec.checks))
    )
    work.run(
        f"INSERT INTO {TYPED} SELECT {', '.join(outer)}, CASE WHEN {judged or 'false'} "
        f"THEN {REJECTED} ELSE {USED} END FROM (SELECT {source.index} AS src, k._at AS pos, "
        f"k._line AS line, {', '.join(inner)} FROM {keyed_rows(source)} AS k "
        f"{' '.join(joins)}) AS typed_"
    )


def _value(each: _Typed) -> tuple[str, str]:
    """The typed value, and the number of the text that the parsers read (0 where they did not)."""
    value, number = "NULL", "0"
    if each.cells:
        kind = "word" if each.cells.is_text else "number"
        answer = f"m_{each.name}.{kind}"
        value = f"coalesce(k.f_{each.name}, {answer})" if each.cells.fast else answer
        number = f"coalesce(m_{each.name}.id, 0)"
    return _with_policy(each, value, number) if each.is_policy else (value, number)


def _fault(each: _Typed) -> str:
    """A text that is none of the column's, or none at all where every row must have one."""
    joined = f"m_{each.name}"
    return f"({joined}.state = {FAULT} OR ({joined}.state = {MISSING} AND {joined}.reason <> ''))"


def _zone(each: _Typed) -> str:
    if each.cells is None:
        return "0"
    fast = f"k.fz_{each.name}" if each.cells.fast else "NULL"
    return f"coalesce({fast}, m_{each.name}.naive, 0)"


def _with_policy(each: _Typed, value: str, number: str) -> tuple[str, str]:
    """Where the file gives no due date: the start and the days that policy allows, where known."""
    start = f"v_{each.policy_start}"
    days = each.source.spec.due_within_days
    cases = " ".join(f"WHEN '{name}' THEN {term}" for name, term in days.items() if name != "all")
    rest = str(days["all"]) if "all" in days else "NULL"
    has_severity = "severity" in each.work.spec.column_names and bool(cases)
    term = f"CASE v_severity {cases} ELSE {rest} END" if has_severity else rest
    missing = "true" if each.cells is None else f"m_due_on.state = {MISSING}"
    due = f"CASE WHEN {missing} THEN {start} + ({term}) * {DAY} END"
    # -1 marks a date by policy: nothing is to be said of the cell.
    return (
        f"coalesce({value}, {due})",
        f"CASE WHEN ({due}) IS NOT NULL THEN -1 ELSE {number} END",
    )
