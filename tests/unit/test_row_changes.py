"""Rows behind a figure: what stands for each, and what a comparison says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from board_report.governance import row_marks
from board_report.governance.row_changes import (
    Evidence,
    MovedRow,
    RowChange,
    TableChange,
    compare_rows,
)
from board_report.governance.row_marks import (
    DIGEST,
    RowMarker,
    RowSet,
    cell_texts,
    names_digest,
    record_text,
    record_texts,
    set_digest,
)
from board_report.governance.shown_figures import RowsOnRecord
from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.tables.catalogue import TABLES
from board_report.tables.schema import WEIGHT_COLUMN, Kind, TableSet
from tests.spec.tables import tables, window_of

SPECS = metric_catalogue()
DETECTED, RECOVERED = "2026-07-01 10:00", "2026-07-02 10:00"


def incident(number: str, **changes: object) -> dict[str, object]:
    return {
        "incident_id": number,
        "detected_at": DETECTED,
        "recovered_at": RECOVERED,
        "severity": "high",
        **changes,
    }


def behind(metric_id: str, some: TableSet) -> tuple[RowSet, ...]:
    return RowMarker(some, Settings()).mark(SPECS[metric_id], window_of())[1]


def on_record(some: RowSet) -> RowsOnRecord:
    rows = None if some.rows is None else {each.record: each.digest for each in some.rows}
    return RowsOnRecord(some.table, some.count, some.digest, rows, is_whole=True)


def compared(metric_id: str, then: TableSet, now: TableSet) -> tuple[TableChange, ...]:
    marker = RowMarker(now, Settings())
    places = {name: marker.where(name) for name in SPECS[metric_id].tables}
    before = [on_record(each) for each in behind(metric_id, then)]
    return compare_rows(before, behind(metric_id, now), places)


# --- what stands for a row -----------------------------------------------------------------------


def test_a_row_has_its_key_a_hash_and_its_place() -> None:
    (found,) = behind("mttr", tables(incidents=[incident("A"), incident("B")]))

    assert found.columns == ("closed_at", "detected_at", "recovered_at")
    assert found.count == 2
    assert found.rows is not None
    assert [(each.record, each.file, each.line) for each in found.rows] == [
        ("A", "incidents.csv", 2), ("B", "incidents.csv", 3),
    ]  # fmt: skip
    assert all(DIGEST.fullmatch(each.digest) for each in found.rows)
    assert DIGEST.fullmatch(found.digest)


def test_columns_that_the_figure_does_not_read_change_nothing() -> None:
    one, other = (
        behind("mttr", tables(incidents=[incident("A", severity=each)])) for each in ("high", "low")
    )
    assert one == other


def test_the_order_of_the_rows_changes_nothing_of_the_whole() -> None:
    some = [incident("A"), incident("B", recovered_at="2026-07-03 10:00")]
    one, other = (behind("mttr", tables(incidents=each))[0] for each in (some, some[::-1]))
    assert one.digest == other.digest


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (("INC-1",), "INC-1"),
        (("https://x/y",), "https://x/y"),
        (("2026-Q2", "mfa", "Home  Care"), "2026-Q2 / mfa / Home Care"),
        (("a/b", "c"), "a//b / c"),
        (("16197", ""), "16197 / (empty)"),
        (("",), "(no key)"),
        (("=HYPERLINK()",), "'=HYPERLINK()"),
        (("line\none",), "line one"),
    ],
)
def test_a_key_is_one_line_of_text(key: tuple[str, ...], text: str) -> None:
    assert record_text(key) == text


def test_keys_that_would_read_alike_stay_apart() -> None:
    assert record_text(("a / b", "c")) != record_text(("a", "b / c"))
    assert record_text(("a /", "b")) != record_text(("a", "/ b"))


def test_a_long_key_is_cut_and_keeps_its_difference() -> None:
    one, other = record_text(("x" * 400 + "1",)), record_text(("x" * 400 + "2",))
    assert len(one) < 250
    assert one != other


def test_rows_without_a_key_are_told_apart_by_a_number() -> None:
    some = tables(cloud_costs=[{"charge_id": None}, {"charge_id": None}])
    assert record_texts(some["cloud_costs"]) == ["(no key)", "(no key) (2)"]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.DATE, pd.Timestamp(2026, 7, 1), "2026-07-01"),
        (Kind.DATETIME, pd.Timestamp("2026-07-01T10:00Z"), "2026-07-01T10:00:00+00:00"),
        (Kind.BOOLEAN, True, "true"),
        (Kind.INTEGER, 3, "3"),
        (Kind.MONEY, 0.1, "0.1"),
        (Kind.TEXT, "x", "x"),
        (Kind.LIST, ("a", "b"), "a; b"),
    ],
)
def test_a_cell_is_one_text_whatever_its_kind(kind: Kind, value: object, text: str) -> None:
    column = replace(TABLES["incidents"].columns[0], kind=kind)
    assert cell_texts(pd.Series([value, None, value], dtype=object), column) == [text, "", text]


# --- many rows -----------------------------------------------------------------------------------


def test_of_more_rows_than_the_limit_a_count_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_marks, "LISTED", 2)
    some = [incident(each) for each in "ABC"]
    (found,) = behind("mttr", tables(incidents=some))
    assert (found.rows, found.count) == (None, 3)

    later = tables(incidents=[*some[:2], incident("C", recovered_at="2026-07-09 10:00")])
    (change,) = compared("mttr", tables(incidents=some), later)
    assert change == TableChange("incidents", Evidence.COUNTED, 3, 3, is_same=False)
    (same,) = compared("mttr", tables(incidents=some), tables(incidents=some[::-1]))
    assert same.is_same


def test_rows_of_a_reduced_table_are_counted_by_their_weights() -> None:
    whole = tables(incidents=[incident("A"), incident("B")])
    reduced = whole.replaced(
        "incidents", lambda frame: frame.assign(**{WEIGHT_COLUMN: np.array([300, 41])})
    )
    heavier = whole.replaced(
        "incidents", lambda frame: frame.assign(**{WEIGHT_COLUMN: np.array([299, 42])})
    )
    (found,) = behind("incidents_detected", reduced)
    assert (found.rows, found.count) == (None, 341)
    (change,) = compared("incidents_detected", reduced, heavier)
    assert (change.evidence, change.then, change.now) == (Evidence.COUNTED, 341, 341)
    assert not change.is_same


# --- the comparison ------------------------------------------------------------------------------


def test_a_changed_cell_is_named_by_its_column_and_place() -> None:
    then = tables(incidents=[incident("A"), incident("B")])
    now = tables(incidents=[incident("A"), incident("B", recovered_at="2026-08-06 15:10")])

    (change,) = compared("mttr", then, now)

    assert change.rows == (
        MovedRow("incidents", "B", RowChange.CHANGED, ("recovered_at",), "incidents.csv", 3),
    )
    assert change.rows[0].place == "incidents.csv:3"


def test_a_row_that_is_new_and_one_that_is_nowhere() -> None:
    then = tables(incidents=[incident("A"), incident("B")])
    now = tables(incidents=[incident("A"), incident("C")])

    (change,) = compared("mttr", then, now)

    assert change.rows == (
        MovedRow("incidents", "C", RowChange.ADDED, (), "incidents.csv", 3),
        MovedRow("incidents", "B", RowChange.GONE),
    )
    assert (change.then, change.now, change.is_same) == (2, 2, False)
    assert change.rows[1].place == ""


def test_a_row_that_counts_no_more_is_named_where_it_stands() -> None:
    """Its day of detection was moved to another quarter."""
    then = tables(incidents=[incident("A"), incident("B")])
    now = tables(incidents=[incident("A"), incident("B", detected_at="2026-06-30 10:00")])

    (change,) = compared("mttr", then, now)

    assert change.rows == (MovedRow("incidents", "B", RowChange.GONE, (), "incidents.csv", 3),)


def test_rows_that_say_the_same_are_the_same() -> None:
    some = tables(incidents=[incident("A")])
    (change,) = compared("mttr", some, some)
    assert (change.is_same, change.rows) == (True, ())


def test_a_key_of_several_columns_names_the_row() -> None:
    def coverage(working: int) -> TableSet:
        return tables(
            control_coverage=[
                {"control": "edr", "business_unit": unit, "asset_tier": "crown_jewel",
                 "in_scope": 10, "working": working if unit == "Europe" else 9}
                for unit in ("Europe", "Corporate")
            ]
        )  # fmt: skip

    (change,) = compared("edr_coverage", coverage(9), coverage(5))

    (row,) = change.rows
    assert row.record == "2026-Q3 / edr / Europe / crown_jewel"
    assert (row.change, row.columns) == (RowChange.CHANGED, ("working",))


def test_tables_that_had_no_rows_then_or_have_none_now_are_compared_too() -> None:
    empty, full = tables(incidents=[]), tables(incidents=[incident("A")])
    (added,) = compared("mttr", empty, full)
    (gone,) = compared("mttr", full, empty)
    assert [each.change for each in (*added.rows, *gone.rows)] == [RowChange.ADDED, RowChange.GONE]


def test_of_a_record_that_is_not_whole_no_row_is_named() -> None:
    (now,) = behind("mttr", tables(incidents=[incident("A"), incident("B")]))
    then = replace(on_record(now), rows={"A": "x000000-000000-000000-000000"}, is_whole=False)
    (change,) = compare_rows([then], [now], {})
    assert (change.evidence, change.rows, change.is_same) == (Evidence.INCOMPLETE, (), False)


@pytest.mark.parametrize("columns", [("detected_at",), ("a", "b", "c")])
def test_hashes_over_other_columns_say_nothing_of_a_change(columns: tuple[str, ...]) -> None:
    """A later program may read other columns for the same figure."""
    (now,) = behind("mttr", tables(incidents=[incident("A")]))
    other = "-".join((names_digest(columns), *(["000000"] * len(columns))))
    listed: Mapping[str, str] = {"A": other}
    then = RowsOnRecord("incidents", 1, set_digest(tuple(listed.items())), listed, is_whole=True)
    (change,) = compare_rows([then], [now], {})
    assert (change.rows, change.is_same) == ((), True)
