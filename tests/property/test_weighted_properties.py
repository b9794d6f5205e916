"""A figure over weighted rows is the figure over the rows that they stand for."""

from __future__ import annotations

from statistics import median

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.metrics.declare import (
    Measure,
    count_of,
    on_time_of,
    share_of,
    sum_of,
)
from board_report.metrics.durations import duration_of
from tests.spec.tables import window_of

some = settings(max_examples=200, deadline=None)
DAYS = st.integers(0, 200).map(lambda at: np.datetime64("2026-05-01") + at)

row = st.fixed_dictionaries(
    {
        "seconds": st.one_of(st.none(), st.integers(0, 10**9)),
        "value": st.one_of(st.none(), st.floats(-1e9, 1e9).map(lambda each: round(each, 2))),
        "part": st.booleans(),
        "whole": st.booleans(),
        "unknown": st.booleans(),
        "due": st.one_of(st.none(), DAYS),
        "done": st.one_of(st.none(), DAYS),
        "weight": st.integers(1, 40),
    }
)
rows = st.lists(row, max_size=25)


def same(one: Measure, other: Measure) -> None:
    """All but the rows, of which a reduced table has fewer."""
    assert (one.value, one.n, dict(one.parts), one.note, one.state) == (
        *(other.value, other.n, dict(other.parts), other.note, other.state),
    )
    for name in ("durations", "censored", "weights") if one.sample and other.sample else ():
        assert getattr(one.sample, name).tolist() == getattr(other.sample, name).tolist()


class Columns:
    """Rows as arrays: as they are, and each as often as its weight says."""

    def __init__(self, given_rows: list[dict]) -> None:
        self.rows = given_rows
        self.weights = np.array([each["weight"] for each in given_rows], dtype="int64")

    def of(self, name: str, dtype: str) -> tuple[np.ndarray, np.ndarray]:
        missing = np.datetime64("NaT") if "datetime" in dtype else np.nan
        cells = [missing if each[name] is None else each[name] for each in self.rows]
        values = np.array(cells, dtype=dtype)
        return values, np.repeat(values, self.weights)


@some
@given(rows)
def test_counts_and_shares(given_rows: list[dict]) -> None:
    columns = Columns(given_rows)
    part, parts = columns.of("part", "bool")
    whole, wholes = columns.of("whole", "bool")
    unknown, unknowns = columns.of("unknown", "bool")
    same(count_of("t", part, weights=columns.weights), count_of("t", parts))
    same(
        share_of("t", part, whole, unknown=unknown & whole, weights=columns.weights),
        share_of("t", parts, wholes, unknown=unknowns & wholes),
    )


@some
@given(rows)
def test_sums_are_exact(given_rows: list[dict]) -> None:
    columns = Columns(given_rows)
    values, expanded = columns.of("value", "float64")
    whole, wholes = columns.of("whole", "bool")
    same(sum_of("t", values, whole, weights=columns.weights), sum_of("t", expanded, wholes))


@some
@given(rows)
def test_on_time(given_rows: list[dict]) -> None:
    columns = Columns(given_rows)
    due, dues = (pd.Series(each) for each in columns.of("due", "datetime64[s]"))
    done, dones = (pd.Series(each) for each in columns.of("done", "datetime64[s]"))
    window = window_of("2026-Q3", "2026-08-20")
    same(
        on_time_of("t", due, done, window, weights=columns.weights),
        on_time_of("t", dues, dones, window),
    )


@some
@given(rows)
def test_durations(given_rows: list[dict]) -> None:
    """To the bit: median, its interval, 90th percentile and mean, with what is still open."""
    columns = Columns(given_rows)
    seconds, expanded = columns.of("seconds", "float64")
    whole, wholes = columns.of("whole", "bool")
    opened, opens = columns.of("part", "bool")
    so_far, so_fars = columns.of("value", "float64")
    same(
        duration_of(
            *("t", whole, np.where(opened, np.nan, seconds)),
            seconds_per_unit=3600,
            so_far=np.where(opened, abs(so_far), np.nan),
            weights=columns.weights,
        ),
        duration_of(
            *("t", wholes, np.where(opens, np.nan, expanded)),
            seconds_per_unit=3600,
            so_far=np.where(opens, abs(so_fars), np.nan),
        ),
    )


@some
@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 9)), min_size=1))
def test_median_against_the_standard_library(pairs: list[tuple[int, int]]) -> None:
    values = np.array([value for value, _ in pairs], dtype="float64")
    weights = np.array([weight for _, weight in pairs], dtype="int64")
    expanded = [value for value, weight in pairs for _ in range(weight)]
    every = np.ones(len(values), dtype=bool)
    found = duration_of("t", every, values, seconds_per_unit=3600, weights=weights).parts
    assert found["median"] == median(expanded) / 3600
    assert found["mean_of_ended"] == sum(expanded) / (len(expanded) * 3600)


def test_seconds_beyond_complete_the_mean() -> None:
    """Three rows of 10, 12 and 20 hours, of which the row of 10 stands for the first two."""
    found = duration_of(
        "t",
        np.array([True, True]),
        np.array([36_000.0, 72_000.0]),
        seconds_per_unit=3600,
        weights=np.array([2, 1]),
        beyond=np.array([43_200 - 36_000, 0], dtype="int64"),
    )
    assert found.parts["mean_of_ended"] == (10 + 12 + 20) / 3
