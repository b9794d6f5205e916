"""Medians of durations, with what has not ended yet counted for as long as it has lasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.declare import BoolArray, FloatArray, IntArray, Measure, counted, remark
from board_report.metrics.statistics.compare import Sample
from board_report.metrics.statistics.survival import Survival, summarize
from board_report.model import State
from board_report.tables.duration_steps import lower_edges

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window

UNITS = {3_600: "hours", 86_400: "days"}
"""Seconds to the word for so many."""


def seconds_so_far(start: pd.Series, window: Window, is_open: BoolArray) -> FloatArray:
    """How long each open row has lasted on the as-of date; NaN for those that are not open.

    Args:
        start: instants, or days; an open row without one has an unknown start.
        window: the quarter; the as-of date is the same for every quarter of a report.
        is_open: rows that have not ended, as far as is known then.
    """
    begun = start.to_numpy(dtype="datetime64[s]")
    known_at = np.datetime64(window.known_at.replace(tzinfo=None), "s")
    if _are_days(start):
        known_at = np.datetime64(window.as_of, "s")
    gap = known_at - begun
    seconds: FloatArray = gap.astype("float64")
    seconds[np.isnat(gap) | ~is_open] = np.nan
    return seconds


def _are_days(column: pd.Series) -> bool:
    """Whether a column has days and not instants: those of a table are instants of UTC."""
    return getattr(column.dtype, "tz", None) is None


def duration_of(
    table: str,
    population: BoolArray,
    seconds: FloatArray,
    *,
    seconds_per_unit: int,
    so_far: FloatArray | None = None,
    open_word: str = "still open",
    unknown_word: str = "of unknown start",
    weights: IntArray | None = None,
    beyond: IntArray | None = None,
) -> Measure:
    """The median duration of a population, of which some have not ended yet.

    The median is that of Kaplan and Meier: what is open counts for as long as it has been open.
    Without open rows that is the ordinary median. Where more than half are open there is none; it
    is then withheld, and the note says how long the middle case has lasted so far, at least.

    Args:
        table: the table the rows belong to.
        population: rows that belong to the period.
        seconds: duration of each row in whole seconds, NaN where it has not ended or is unknown.
        seconds_per_unit: 3600 for hours, 86400 for days.
        so_far: how long each open row has been open (:func:`seconds_so_far`), NaN for all others;
            a row with neither is "unknown".
        open_word: how to call the open ones in the note.
        unknown_word: how to call the unknown ones in the note.
        weights: rows of the input behind each row of a reduced table.
        beyond: seconds that complete the sum of their durations (:meth:`Scope.beyond`).

    Returns:
        ``n`` counts the rows that ended or are open; ``parts`` has median, median_low and
        median_high (its 95% interval), p90, mean_of_ended, measured, population, open and unknown;
        a part that is not known is left out. When there are rows but none that ended or is open,
        it is withheld.
    """
    ended = population & ~np.isnan(seconds)
    going = population & ~ended
    going = going & ~np.isnan(so_far) if so_far is not None else np.zeros_like(going)
    seen = ended | going
    unknown = population & ~seen
    lasted = seconds if so_far is None else np.where(ended, seconds, so_far)
    counts = {
        "measured": float(counted(ended, weights)),
        "population": float(counted(population, weights)),
        "open": float(counted(going, weights)),
        "unknown": float(counted(unknown, weights)),
    }
    known = [(counts["open"], open_word), (counts["unknown"], unknown_word)]
    if not seen.any():
        state = State.WITHHELD if counts["unknown"] else None
        return Measure(None, 0, counts, remark(*known), {table: population}, state)
    own = None if weights is None else weights[seen]
    found = summarize(lasted[seen], going[seen], own)
    parts = {**_parts(found, seconds_per_unit), **counts}
    if ended.any():
        rest = None if beyond is None else beyond[ended]
        each = None if weights is None else weights[ended]
        parts["mean_of_ended"] = _mean(seconds[ended], seconds_per_unit, each, rest)
    note = remark(*known)
    if found.median is None:
        note = f"{note}, median at least {_long(parts['so_far'], seconds_per_unit)} so far"
    return Measure(
        value=parts.get("median"),
        n=counted(seen, weights),
        parts=parts,
        note=note,
        rows={table: population},
        state=State.WITHHELD if found.median is None else None,
        sample=_sample(lasted[seen], going[seen], own),
    )


def _parts(found: Survival, seconds_per_unit: int) -> dict[str, float]:
    named = {
        "median": found.median,
        "median_low": found.median_low,
        "median_high": found.median_high,
        "p90": found.p90,
        "so_far": found.so_far if found.median is None else None,
    }
    return {name: each / seconds_per_unit for name, each in named.items() if each is not None}


def _long(number: float, seconds_per_unit: int) -> str:
    whole, unit = f"{number:,.0f}", UNITS[seconds_per_unit]
    return f"{whole} {unit.removesuffix('s') if whole == '1' else unit}"


def _mean(
    seconds: FloatArray, seconds_per_unit: int, weights: IntArray | None, beyond: IntArray | None
) -> float:
    """One exact sum of whole seconds, divided once."""
    each = np.ones(len(seconds), dtype=np.int64) if weights is None else weights
    total = int((seconds.astype(np.int64) * each).sum())
    total += 0 if beyond is None else int(beyond.sum())
    return total / (int(each.sum()) * seconds_per_unit)


def _sample(lasted: FloatArray, going: BoolArray, weights: IntArray | None) -> Sample:
    """The durations as steps of two percent, with the rows in each: small whatever the number.

    A table that was reduced knows no more than the step, so that both give the same.
    """
    steps = lower_edges(lasted)
    keys = np.stack([steps, going.astype(np.int64)])
    kinds, at = np.unique(keys, axis=1, return_inverse=True)
    each = np.ones(len(lasted), dtype=np.int64) if weights is None else weights
    totals = np.zeros(kinds.shape[1], dtype=np.int64)
    np.add.at(totals, at.reshape(-1), each)
    return Sample(kinds[0].astype("float64"), kinds[1].astype(bool), totals)
