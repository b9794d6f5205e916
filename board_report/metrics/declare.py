"""How a metric is declared, and the few shapes that nearly every metric has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from board_report.model import State
from board_report.tables.schema import Audience

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window
    from board_report.tables.schema import TableSet

BoolArray = np.ndarray
"""One truth value for each row of a table's frame."""

PERCENTILE_METHOD = "linear"
"""Linear interpolation between order statistics: Excel's PERCENTILE.INC, numpy's default."""


class Unit(StrEnum):
    """What a value is counted in."""

    RATIO = "ratio"
    HOURS = "hours"
    DAYS = "days"
    COUNT = "count"
    MONEY = "money"
    SCORE = "score"  # 0 to 100
    STAGE = "stage"  # 1 to 4
    RATING = "rating"  # 0 to 4
    PER_WEEK = "per week"
    YEARS = "years"


class Direction(StrEnum):
    """Whether a higher value is good."""

    UP = "higher is better"
    DOWN = "lower is better"
    NEITHER = "neither"


class Owner(StrEnum):
    """Who answers for the figure."""

    CISO = "CISO"
    CTO = "CTO"
    JOINT = "CISO and CTO"


@dataclass(frozen=True)
class Settings:
    """What ``report.toml`` says that metrics need."""

    discount_rate: float = 0.08
    """A year, 0 to 1."""


@dataclass(frozen=True)
class Scope:
    """What a metric function may look at."""

    tables: TableSet
    window: Window
    settings: Settings = field(default_factory=Settings)

    def frame(self, name: str) -> pd.DataFrame:
        """The typed rows of one canonical table; never change them."""
        return self.tables.frame(name)


@dataclass(frozen=True)
class Measure:
    """What a metric function returns."""

    value: float | None
    """None when nothing happened (or the state says why)."""
    n: int
    parts: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    rows: Mapping[str, np.ndarray] = field(default_factory=dict)
    """Table name to a mask, or to positions, of the frame's rows that were used."""
    state: State | None = None
    """Set only to say "not measured" or "withheld"; otherwise it follows from the value."""


MetricFunction = Callable[[Scope], Measure]


@dataclass(frozen=True)
class MetricSpec:
    """One metric, declared once."""

    id: str
    title: str
    """As it stands in the scorecard: at most 28 characters."""
    subject: str
    """Chapter of the catalogue, e.g. ``Incidents``."""
    unit: Unit
    direction: Direction
    owner: Owner
    formula: str
    """The formula in words."""
    denominator: str
    """What ``n`` counts, in words: ``incidents detected in the quarter``."""
    empty: str
    """What an empty period gives: ``nothing happened`` or ``0``, in words."""
    columns: tuple[str, ...]
    """Source columns as ``table.column``."""
    function: MetricFunction
    audience: Audience = Audience.BOARD
    splits: tuple[str, ...] = ()
    """Columns by which the value is also given."""
    minimum_n: int = 1
    """Below this population a move is "too few to tell"."""
    headline: str = ""
    """Which part the value is, when there are several: ``median``."""
    reference: str = ""
    """Where the definition comes from."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it reads, in order, without repeats."""
        return tuple(dict.fromkeys(each.split(".")[0] for each in self.columns))


def metric(**declared: object) -> Callable[[MetricFunction], MetricSpec]:
    """Declare a metric: the decorated function becomes the :class:`MetricSpec`'s function."""

    def declare(function: MetricFunction) -> MetricSpec:
        return MetricSpec(function=function, **declared)  # type: ignore[arg-type]

    return declare


# --- masks -------------------------------------------------------------------------------------


def within(times: pd.Series, window: Window) -> BoolArray:
    """Rows whose instant falls in the quarter and is known at the as-of date."""
    values = times.to_numpy(dtype="datetime64[s]")
    return (values >= _instant(window.start)) & (values < _instant(window.cutoff))


def days_within(days: pd.Series, window: Window) -> BoolArray:
    """Rows whose date falls in the quarter, not after the as-of date."""
    values = days.to_numpy(dtype="datetime64[D]")
    return (values >= np.datetime64(window.first_day)) & (
        values <= np.datetime64(window.cutoff_day)
    )


def days_in_trailing_year(days: pd.Series, window: Window) -> BoolArray:
    """Rows whose date falls in the four quarters that end with this one."""
    values = days.to_numpy(dtype="datetime64[D]")
    first = _year_before(window)
    return (values >= first) & (values <= np.datetime64(window.cutoff_day))


def on_or_before(days: pd.Series, window: Window) -> BoolArray:
    """Rows whose date is known and not after the quarter's end (or the as-of date)."""
    return days.to_numpy(dtype="datetime64[D]") <= np.datetime64(window.cutoff_day)


def known_before(times: pd.Series, window: Window) -> BoolArray:
    """Rows whose instant is known at the as-of date, whichever quarter it falls in."""
    return times.to_numpy(dtype="datetime64[s]") < _instant(window.known_at)


def stands_at_cutoff(opened: pd.Series, closed: pd.Series, window: Window) -> BoolArray:
    """Rows (by date) opened by the cutoff and not closed by then."""
    return on_or_before(opened, window) & ~on_or_before(closed, window)


def of_quarter(quarters: pd.Series, window: Window) -> BoolArray:
    """Snapshot rows of this quarter."""
    return (quarters == str(window.quarter)).to_numpy(dtype=bool)


def equals(column: pd.Series, *values: str) -> BoolArray:
    """Rows whose text is one of these values; a missing one is none of them."""
    return column.isin(values).to_numpy(dtype=bool)


def _instant(moment: object) -> np.datetime64:
    return np.datetime64(moment.replace(tzinfo=None), "s")  # type: ignore[attr-defined]


def _year_before(window: Window) -> np.datetime64:
    first = window.first_day
    month = first.month - 9
    year = first.year if month > 0 else first.year - 1
    return np.datetime64(f"{year:04d}-{month if month > 0 else month + 12:02d}-{first.day:02d}")


# --- shapes ------------------------------------------------------------------------------------


def count_of(table: str, mask: BoolArray, *, note: str = "") -> Measure:
    """A number of rows; none is a measured zero."""
    found = int(mask.sum())
    return Measure(value=float(found), n=found, note=note, rows={table: mask})


def share_of(table: str, part: BoolArray, whole: BoolArray, *, note: str = "") -> Measure:
    """Rows of a part over rows of the whole; an empty whole is "nothing happened".

    ``parts`` holds the numerator and the denominator; ``rows`` the whole.
    """
    denominator = int(whole.sum())
    numerator = int((part & whole).sum())
    return Measure(
        value=numerator / denominator if denominator else None,
        n=denominator,
        parts={"numerator": float(numerator), "denominator": float(denominator)},
        note=note,
        rows={table: whole},
    )


def seconds_between(earlier: pd.Series, later: pd.Series) -> np.ndarray:
    """Whole seconds from one instant to another; NaN where either is missing."""
    gap = later.to_numpy(dtype="datetime64[s]") - earlier.to_numpy(dtype="datetime64[s]")
    seconds = gap.astype("float64")
    seconds[np.isnat(gap)] = np.nan
    return seconds


def spread(values: np.ndarray, seconds_per_unit: float) -> dict[str, float]:
    """Median, 90th percentile and mean of durations in seconds, in the unit given.

    Percentiles interpolate linearly (see :data:`PERCENTILE_METHOD`); the mean divides one sum.
    """
    return {
        "median": float(np.percentile(values, 50, method=PERCENTILE_METHOD)) / seconds_per_unit,
        "p90": round(
            float(np.percentile(values, 90, method=PERCENTILE_METHOD)) / seconds_per_unit, 9
        ),
        "mean": float(values.sum()) / (len(values) * seconds_per_unit),
    }


def duration_of(
    table: str,
    population: BoolArray,
    seconds: np.ndarray,
    *,
    seconds_per_unit: float,
    still_open: BoolArray | None = None,
    open_word: str = "still open",
    unknown_word: str = "of unknown start",
) -> Measure:
    """The median duration of a population, with what could not be measured counted.

    Args:
        table: the table the rows belong to.
        population: rows that belong to the period.
        seconds: duration of each row in whole seconds, NaN where it cannot be measured.
        seconds_per_unit: 3600 for hours, 86400 for days.
        still_open: rows that have no end yet; other rows without a duration are "unknown".
        open_word: how to call the open ones in the note.
        unknown_word: how to call the unknown ones in the note.

    Returns:
        ``n`` counts the rows measured; ``parts`` has median, p90, mean, measured, population,
        open and unknown.
    """
    known = population & ~np.isnan(seconds)
    opened = population & still_open & ~known if still_open is not None else population & False
    unknown = population & ~known & ~opened
    counts = {
        "measured": float(known.sum()),
        "population": float(population.sum()),
        "open": float(opened.sum()),
        "unknown": float(unknown.sum()),
    }
    said = [
        f"{int(counts[name])} {word}"
        for name, word in (("open", open_word), ("unknown", unknown_word))
        if counts[name]
    ]
    figures = spread(seconds[known], seconds_per_unit) if known.any() else {}
    return Measure(
        value=figures.get("median"),
        n=int(known.sum()),
        parts={**figures, **counts},
        note=", ".join(said),
        rows={table: population},
    )
