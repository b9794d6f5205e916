"""Judge rows by the demands of their table: what is missing, out of place, or out of bounds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import singledispatch

from board_report.tables.codes import Code
from board_report.tables.demand_words import bounds_in_words
from board_report.tables.demands import (
    Below,
    Demand,
    Empty,
    Filled,
    Fits,
    Inside,
    OneOf,
    Together,
    Unlike,
    When,
)
from board_report.tables.frames import Rows
from board_report.tables.schema import TableSpec


@dataclass(frozen=True)
class _Fault:
    """What is wrong with one row."""

    code: Code
    column: str
    facts: dict[str, object]
    value: str = ""


Value = Callable[[str], object]
"""A column of the row to its typed value; None where it is empty."""


def check_demands(rows: Rows, spec: TableSpec, judged: Collection[int]) -> None:
    """Set aside the rows that do not meet a demand, with a finding for each fault.

    Args:
        rows: all rows of the table.
        spec: its declaration.
        judged: positions of the rows to judge. One of which a cell could not be read is better
            left out: that the cell is missing is told already.
    """
    for demand in spec.demands:
        for at in judged:
            for fault in _faults(demand, _row(rows, at)):
                shown = rows.as_written(at, fault.column) or fault.value
                found = rows.tell(at, fault.code, fault.facts, spec, fault.column, shown)
                rows.findings.append(found)
                rows.reject(at, found.reason)


def _row(rows: Rows, at: int) -> Value:
    return lambda name: rows.columns[name][at]


@singledispatch
def _faults(demand: Demand, value: Value) -> Iterator[_Fault]:
    raise NotImplementedError(type(demand))


@_faults.register
def _(demand: Filled, value: Value) -> Iterator[_Fault]:
    if _holds(demand.when, value):
        for name in demand.columns:
            if value(name) is None:
                yield _Fault(Code.VALUE_NEEDED, name, _because(demand.when, value))


@_faults.register
def _(demand: Empty, value: Value) -> Iterator[_Fault]:
    if _holds(demand.when, value):
        for name in demand.columns:
            if value(name) is not None:
                facts = _because(demand.when, value)
                yield _Fault(Code.VALUE_OUT_OF_PLACE, name, facts, _shown(value(name)))


@_faults.register
def _(demand: Together, value: Value) -> Iterator[_Fault]:
    given = [name for name in demand.columns if value(name) is not None]
    for name in demand.columns if given else ():
        if value(name) is None:
            yield _Fault(Code.VALUE_NEEDED, name, _given(given[0]))


@_faults.register
def _(demand: OneOf, value: Value) -> Iterator[_Fault]:
    given = [name for name in demand.columns if value(name) is not None]
    if not given:
        first, *others = demand.columns
        empty = " and ".join(f"{name} is empty" for name in others)
        facts: dict[str, object] = {"condition": empty, "by": " or ".join(others)}
        yield _Fault(Code.VALUE_NEEDED, first, facts)
    for name in given[1:]:
        yield _Fault(Code.VALUE_OUT_OF_PLACE, name, _given(given[0]), _shown(value(name)))


@_faults.register
def _(demand: Inside, value: Value) -> Iterator[_Fault]:
    if demand.when and not _holds(demand.when, value):
        return
    condition = f" where {_condition(demand.when, value)}" if demand.when else ""
    for name in demand.columns:
        number = value(name)
        if isinstance(number, (int, float)) and not _is_inside(demand, number):
            facts: dict[str, object] = {"wanted": bounds_in_words(demand), "condition": condition}
            yield _Fault(Code.OUTSIDE_BOUNDS, name, facts, _shown(number))


@_faults.register
def _(demand: Below, value: Value) -> Iterator[_Fault]:
    lower, upper = value(demand.lower), value(demand.upper)
    if not _holds(demand.when, value) or lower is None or upper is None:
        return
    assert isinstance(lower, (int, float))
    assert isinstance(upper, (int, float))
    if lower >= upper:
        facts = _because(demand.when, value)
        facts |= {"other_column": demand.upper, "other": _shown(upper)}
        yield _Fault(Code.NOT_BELOW, demand.lower, facts, _shown(lower))


@_faults.register
def _(demand: Fits, value: Value) -> Iterator[_Fault]:
    found = value(demand.column)
    if found is not None and found not in demand.allowed and _holds(demand.when, value):
        facts = _because(demand.when, value) | {"allowed": ", ".join(demand.allowed)}
        yield _Fault(Code.VALUES_CLASH, demand.column, facts, _shown(found))


@_faults.register
def _(demand: Unlike, value: Value) -> Iterator[_Fault]:
    others = _items(value(demand.other))
    for same in _items(value(demand.column)):
        if same in others:
            facts: dict[str, object] = {"same": same, "first": demand.column}
            yield _Fault(Code.SAME_RECORD_TWICE, demand.other, facts, same)


def _is_inside(demand: Inside, number: float) -> bool:
    return not (
        (demand.least is not None and number < demand.least)
        or (demand.most is not None and number > demand.most)
        or (demand.above is not None and number <= demand.above)
        or (demand.below is not None and number >= demand.below)
    )


def _holds(when: When, value: Value) -> bool:
    found = value(when.column)
    return ("" if found is None else found) in when.values


def _because(when: When, value: Value) -> dict[str, object]:
    return {"condition": _condition(when, value), "by": when.column}


def _given(column: str) -> dict[str, object]:
    return {"condition": f"{column} is given", "by": column}


def _condition(when: When, value: Value) -> str:
    found = value(when.column)
    return f"{when.column} is {'empty' if found is None else found}"


def _items(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return f"{value:.10g}" if isinstance(value, (int, float)) else str(value)
