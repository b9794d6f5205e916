"""Recording what was shown: twice is once, and a change only adds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.archive.shown_record import added_to
from board_report.governance.record_shown import FIGURE_COLUMNS, ROW_COLUMNS, Line, to_record
from board_report.governance.restatements import restatements
from board_report.governance.row_changes import RowChange
from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import evaluate
from board_report.period import Quarter, windows
from board_report.tables.schema import TableSet
from tests.spec.tables import CALENDAR, tables

SPECS = {name: metric_catalogue()[name] for name in ("incident_cost", "incidents_detected")}
JUNE, SEPTEMBER = (
    windows(CALENDAR, quarter, CALENDAR.last_day(quarter), 3)
    for quarter in (Quarter(2026, 2), Quarter(2026, 3))
)
MEETINGS = (date(2026, 7, 28), date(2026, 10, 27), date(2027, 1, 26))

cases = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 400), max_size=7)
"""Incidents of May: name to cost."""


def whole(costs: dict[str, int], recorded: Sequence[tuple[list[Line], list[Line]]]) -> TableSet:
    return tables(
        incidents=[
            {"incident_id": name, "detected_at": "2026-05-01 10:00", "cost": float(each)}
            for name, each in costs.items()
        ],
        reported_figures=[
            {**typed(line), "value": float(line["value"])}
            for figures, _ in recorded for line in figures
        ],
        reported_rows=[
            {**typed(line), "rows": int(line["rows"])} for _, rows in recorded for line in rows
        ],
    )  # fmt: skip


def typed(line: Line) -> dict[str, object]:
    cells = {name: cell or None for name, cell in line.items()}
    return {**cells, "reported_on": date.fromisoformat(line["reported_on"])}


def record(
    costs: dict[str, int],
    before: Sequence[tuple[list[Line], list[Line]]],
    on: date,
    *,
    is_june: bool = False,
) -> tuple[list[Line], list[Line]]:
    some, until = whole(costs, before), JUNE if is_june else SEPTEMBER
    figures = evaluate(
        SPECS, some, until, settings=Settings(), targets={}, reported={}, business_units=()
    )
    new = to_record(figures, some, until, Settings(), on=on)
    return list(new.figures), list(new.rows)


@settings(max_examples=40, deadline=None)
@given(cases, cases)
def test_twice_is_once_and_a_change_only_adds(one: dict[str, int], other: dict[str, int]) -> None:
    first = record(one, (), MEETINGS[0], is_june=True)
    assert record(one, (first,), MEETINGS[1], is_june=True) == ([], [])

    second = record(other, (first,), MEETINGS[1])
    third = record(other, (first, second), MEETINGS[2])
    assert third == ([], [])
    keys = [
        (line["metric_id"], line["quarter"], line["reported_on"])
        for figures, _ in (first, second)
        for line in figures
    ]
    assert len(set(keys)) == len(keys)


@settings(max_examples=40, deadline=None)
@given(cases, cases)
def test_the_rows_named_are_those_that_differ(one: dict[str, int], other: dict[str, int]) -> None:
    some = whole(other, (record(one, (), MEETINGS[0], is_june=True),))
    figures = evaluate(
        SPECS, some, SEPTEMBER, settings=Settings(), targets={}, reported={}, business_units=()
    )
    found = restatements(figures, some, SEPTEMBER, Settings(), meeting_on=MEETINGS[1])
    for each in found:
        if each.metric_id != "incident_cost":
            continue
        named = {(row.record, row.change) for row in each.rows}
        assert named == {
            *((name, RowChange.ADDED) for name in other.keys() - one.keys()),
            *((name, RowChange.GONE) for name in one.keys() - other.keys()),
            *((name, RowChange.CHANGED) for name in one.keys() & other.keys()
              if one[name] != other[name]),
        }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(ROW_COLUMNS), st.text(max_size=8)), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_bytes_that_were_there_are_never_changed(
    lines: list[dict[str, str]], end: str, has_end: bool
) -> None:
    full = [{name: each.get(name, "") for name in ROW_COLUMNS} for each in lines]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reported_rows.csv"
        before = (",".join(ROW_COLUMNS) + (end if has_end else "")).encode()
        path.write_bytes(before)
        once = added_to(path, ROW_COLUMNS, full)
        assert once.startswith(before)
        path.write_bytes(once)
        assert added_to(path, ROW_COLUMNS, full).startswith(once)


def test_columns_are_those_of_the_tables() -> None:
    from board_report.tables.reported import REPORTED_FIGURES, REPORTED_ROWS

    assert REPORTED_FIGURES.column_names == FIGURE_COLUMNS
    assert REPORTED_ROWS.column_names == ROW_COLUMNS
