"""Typed values become text that reads back as the same value, and the text has a hash."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.sources.faults import ReadFaultError
from board_report.sources.typed_rows import BINARY_CELL, RowStore, cell_text

EAST = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" as it is ", " as it is "),
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (10**30, "1" + "0" * 30),
        (1.5, "1.5"),
        (3.0, "3"),
        (1e20, "1e+20"),
        (0.1, "0.1"),
        (float("nan"), "nan"),
        (Decimal("1200.5000"), "1200.5000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (date(2026, 7, 1), "2026-07-01"),
        (datetime.fromisoformat("2026-07-01 08:30"), "2026-07-01T08:30:00"),
        (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "2026-07-01T08:30:00+00:00"),
        (datetime(2026, 7, 1, 8, 30, 0, 250000, tzinfo=EAST), "2026-07-01T08:30:00.250000+05:30"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=36, minutes=5), "36:05:00"),
        (timedelta(minutes=-5), "-0:05:00"),
        (["a", None, 2, True], "a;;2;true"),
        ([], ""),
        ([{"a": 1}, [1, 2]], '{"a": 1};[1, 2]'),
        ({"a": Decimal("1.50"), "é": None}, '{"a": "1.50", "é": null}'),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\xff", BINARY_CELL),
        (memoryview(b"text"), BINARY_CELL),
    ],
)
def test_values_as_text(value: Any, text: str) -> None:
    """As the readers of workbooks and JSON write them."""
    assert cell_text(value) == text


def test_a_decimal_comma_where_the_source_declares_one() -> None:
    """As for the numbers of a workbook: the table then reads all numbers so."""
    assert cell_text(1.5, decimal_comma=True) == "1,5"
    assert cell_text(Decimal("1.50"), decimal_comma=True) == "1,50"
    assert cell_text([1.5, "a.b"], decimal_comma=True) == "1,5;a.b"


@given(st.decimals(allow_nan=False, allow_infinity=False) | st.floats(allow_nan=False))
def test_numbers_read_back(value: Decimal | float) -> None:
    """Whatever their size, to the last digit."""
    assert type(value)(cell_text(value)) == value


@given(st.datetimes(timezones=st.timezones() | st.none()))
def test_times_read_back(value: datetime) -> None:
    """The same moment, with its offset where it has one."""
    back = datetime.fromisoformat(cell_text(value))
    assert back.utcoffset() == value.utcoffset()
    assert back.replace(tzinfo=None) == value.replace(tzinfo=None)


def test_the_hash_is_over_texts_in_their_order() -> None:
    """A person can compute it from the rows with a few lines, as here."""
    store = RowStore(("a", "b"))
    store.add([(1, "é\n"), (None, None)])
    store.add([(2.50, [1, 2])])
    lines = [["a", "b"], ["1", "é\n"], ["", ""], ["2.5", "1;2"]]
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    source = store.source("query")
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.size_bytes == len(content)
    grid = store.grid()
    assert [(row.line, row.cells) for row in grid.rows] == [(1, ("1", "é\n")), (3, ("2.5", "1;2"))]
    assert grid.blank_lines == (2,)
    other = RowStore(("a", "b"))
    other.add([(2.50, [1, 2]), (1, "é\n"), (None, None)])
    assert other.source("query").sha256 != source.sha256


def test_bytes_are_counted_by_column() -> None:
    """With the first row of each, so that somebody can look."""
    store = RowStore(("a", "b", "c"))
    store.add([("x", b"1", None), ("y", b"2", b"3"), ("z", None, None)])
    noted = [(code, line, facts) for code, line, facts in store.grid().notes]
    assert noted == [
        ("binary_cells", 1, {"column": "b", "count": "2 cells"}),
        ("binary_cells", 2, {"column": "c", "count": "1 cell"}),
    ]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("LARGEST_ROWS", "3 rows"),
        ("LARGEST_CELLS", "3 cells"),
        ("LARGEST_TEXT", "3 characters"),
        ("LARGEST_SIZE", "3 bytes"),
    ],
)
def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, limit: str, words: str) -> None:
    """In rows, cells and characters; the reason says which, and what else can be done."""
    monkeypatch.setattr(f"board_report.sources.typed_rows.{limit}", 3)
    store = RowStore(("a",))
    with pytest.raises(ReadFaultError) as refused:
        store.add([("x",), ("x",), ("x",), ("abc",)])
    assert refused.value.code == "too_large"
    assert refused.value.facts["limit"] == words
