"""How a metric is declared, and the few shapes that nearly every metric has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict, Unpack, cast

import numpy as np
import numpy.typing as npt

from board_report.model import State
from board_report.tables.schema import Audience

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from board_report.metrics.statistics.compare import Sample
    from board_report.period import Window
    from board_report.tables.schema import TableSet

BoolArray = npt.NDArray[np.bool_]
"""One truth value for each row of a table's frame."""

FloatArray = npt.NDArray[np.float64]
"""One number for each row of a table's frame; NaN where it is missing."""

IntArray = npt.NDArray[np.int64]
"""One whole number for each row of a table's frame."""

PERCENTILE_METHOD: Literal["linear"] = "linear"
"""Linear interpolation between order statistics: Excel's PERCENTILE.INC, numpy's default."""


class Unit(StrEnum):
    """What a value is counted in."""

    RATIO = "ratio"
    HOURS = "hours"
    DAYS = "days"
    COUNT = "count"
    MONEY = "money"
    SCORE = "score"  # on the scale that the metric names
    STAGE = "stage"  # 1 to 4
    RATING = "rating"  # 0 to 4
    PER_WEEK = "per week"
    YEARS = "years"


DURATIONS = (Unit.HOURS, Unit.DAYS)
"""Units of what takes time."""

FEWEST = 3
"""Fewer cases than this have no median and no share that could be told from a single case."""


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


class Comparison(StrEnum):
    """How two quarters of a metric are told apart from chance (see docs/statistics.md)."""

    COUNT = "count"
    """Events over the quarter: an exact test of two Poisson counts over their days."""
    SHARE = "share"
    """A part of a whole, both counted: Fisher's exact test."""
    DURATION = "duration"
    """Samples of durations: Gehan and Wilcoxon, which count what is still open."""
    LEVEL = "level"
    """A level that a process keeps up: the natural limits of the quarters before."""
    RARE = "rare events"
    """Single events far apart: the days between them."""
    STATED = "stated"
    """A state that people set, or a stock of which each is known by name: every change is real."""


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

    def weights(self, name: str) -> IntArray | None:
        """How many rows of the input each row of a reduced table stands for; None for any other."""
        return self.tables[name].weights

    def beyond(self, name: str) -> IntArray | None:
        """Seconds by which the durations behind each row exceed its own times its weight.

        Raises:
            LookupError: the table is reduced, and not so that durations stay exact.
        """
        return self.tables[name].seconds_beyond


@dataclass(frozen=True)
class Measure:
    """What a metric function returns."""

    value: float | None
    """None when nothing happened (or the state says why)."""
    n: int
    parts: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    rows: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    """Table name to a mask, or to positions, of the frame's rows that were used."""
    state: State | None = None
    """Set only to say "not measured" or "withheld"; otherwise it follows from the value."""
    judged: Mapping[str, BoolArray] = field(default_factory=dict)
    """Needed column (``table.column``) to a mask of the rows for which it decides whether, or how,
    they count; every row of the table where a column is not named here."""
    sample: Sample | None = None
    """The durations that it is the median of, for tests between quarters."""
    event_days: tuple[int, ...] = ()
    """Days (since the year 1) of the events that it counts, where they are rare; ascending."""


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
    needs: tuple[str, ...] = ()
    """Columns (``table.column``) without which a row cannot be judged for this figure."""
    splits: tuple[str, ...] = ()
    """Columns by which the value is also given."""
    minimum_n: int = 1
    """Below this population a move is "too few to tell"; 1 sets no minimum, as counts need."""
    comparison: Comparison | None = None
    """How a change is judged, where what follows from the unit would be wrong."""
    withhold_below: int | None = None
    """Below this population the value itself is withheld, where the default would be wrong: 0 for
    a share of cases that each have a name, and that pages print as so many of so many."""
    is_trailing: bool = False
    """True for a value over the four quarters to quarter end: two neighbours share three of them,
    so that only the same quarter of the year before is a match for it."""
    headline: str = ""
    """Which part the value is, when there are several: ``median``; ``sum`` of a quantity."""
    reference: str = ""
    """Where the definition comes from."""
    accumulates: bool = False
    """True when the value grows day by day over the quarter, as a count of its events does; a
    part of a quarter is then no match for a whole one."""
    where_given: tuple[str, ...] = ()
    """Columns (``table.column``) that it reads as well where their table was given; without it the
    figure stands all the same."""
    only_if_given: bool = False
    """True for a figure over evidence that not every company collects: where its table was not
    given, the report does not name it as a gap."""

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column that it reads, those of tables that may be missing last."""
        return (*self.columns, *self.where_given)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it reads, in order, without repeats."""
        return tuple(dict.fromkeys(each.split(".")[0] for each in self.columns))

    @property
    def compared_as(self) -> Comparison:
        """How a change is judged: as declared, or as the unit suggests."""
        if self.comparison is not None:
            return self.comparison
        if self.headline == "median" and self.unit in DURATIONS:
            return Comparison.DURATION
        if self.unit is Unit.COUNT and self.accumulates and not self.headline:
            return Comparison.COUNT
        usual = {
            Unit.RATIO: Comparison.SHARE,
            Unit.MONEY: Comparison.STATED,
            Unit.STAGE: Comparison.STATED,
            Unit.RATING: Comparison.STATED,
            Unit.YEARS: Comparison.STATED,
        }
        return usual.get(self.unit, Comparison.LEVEL)

    @property
    def fewest(self) -> int:
        """The population below which the value is withheld: as declared, or of a median and of a
        share that is judged as one, :data:`FEWEST`. What counts or states says so of any number."""
        if self.withhold_below is not None:
            return self.withhold_below
        is_median = self.headline == "median"
        return FEWEST if is_median or self.compared_as is Comparison.SHARE else 0

    @property
    def adds_up(self) -> bool:
        """True when the values of all slices sum to the whole's: counts, money and sums."""
        return self.unit in (Unit.COUNT, Unit.MONEY) or self.headline == "sum"


class Declaration(TypedDict, total=False):
    """What :func:`metric` takes: the fields of :class:`MetricSpec` but the function."""

    id: Required[str]
    title: Required[str]
    subject: Required[str]
    unit: Required[Unit]
    direction: Required[Direction]
    owner: Required[Owner]
    formula: Required[str]
    denominator: Required[str]
    empty: Required[str]
    columns: Required[tuple[str, ...]]
    audience: Audience
    needs: tuple[str, ...]
    splits: tuple[str, ...]
    minimum_n: int
    comparison: Comparison
    withhold_below: int
    is_trailing: bool
    headline: str
    reference: str
    accumulates: bool
    where_given: tuple[str, ...]
    only_if_given: bool


def metric(**declared: Unpack[Declaration]) -> Callable[[MetricFunction], MetricSpec]:
    """Declare a metric: the decorated function becomes the :class:`MetricSpec`'s function."""

    def declare(function: MetricFunction) -> MetricSpec:
        return MetricSpec(function=function, **declared)

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


def past(days: pd.Series, window: Window) -> BoolArray:
    """Rows whose date had gone by on the last day that is counted: due before it, not on it."""
    return days.to_numpy(dtype="datetime64[D]") < np.datetime64(window.cutoff_day)


def known_before(times: pd.Series, window: Window) -> BoolArray:
    """Rows whose instant is known at the as-of date, whichever quarter it falls in."""
    return times.to_numpy(dtype="datetime64[s]") < _instant(window.known_at)


def before_cutoff(times: pd.Series, window: Window) -> BoolArray:
    """Rows whose instant falls before the quarter's end (or the end of the as-of day)."""
    return times.to_numpy(dtype="datetime64[s]") < _instant(window.cutoff)


def stands_at_cutoff(opened: pd.Series, closed: pd.Series, window: Window) -> BoolArray:
    """Rows (by date) opened by the cutoff and not closed by then."""
    return on_or_before(opened, window) & ~on_or_before(closed, window)


def of_quarter(quarters: pd.Series, window: Window) -> BoolArray:
    """Snapshot rows of this quarter."""
    return equals(quarters, str(window.quarter))


def equals(column: pd.Series, *values: str) -> BoolArray:
    """Rows whose text is one of these values; a missing one is none of them."""
    cells = column.to_numpy()  # comparing the array is several times faster than ``isin``
    found = np.zeros(len(cells), dtype=bool)
    for value in values:
        found |= cells == value
    return found


def known(column: pd.Series) -> BoolArray:
    """Rows that have a value."""
    return cast("BoolArray", column.notna().to_numpy(dtype=bool))


def numbers(column: pd.Series) -> FloatArray:
    """A numeric or true-or-false column as floats, NaN where a value is missing."""
    return cast("FloatArray", column.to_numpy(dtype="float64", na_value=np.nan))


def _instant(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.replace(tzinfo=None), "s")


def _year_before(window: Window) -> np.datetime64:
    first = window.first_day
    month = first.month - 9
    year = first.year if month > 0 else first.year - 1
    return np.datetime64(f"{year:04d}-{month if month > 0 else month + 12:02d}-{first.day:02d}")


# --- shapes ------------------------------------------------------------------------------------


def remark(*counted: tuple[float, str]) -> str:
    """What a reader must know, in words: ``3 still open, 2 of unknown start``; zeros are left out.

    Args:
        counted: numbers of rows, each with the words that follow it.
    """
    return ", ".join(f"{int(number):,} {words}" for number, words in counted if number)


def not_measured(note: str) -> Measure:
    """There are no data for the figure, though its file was given."""
    return Measure(None, 0, note=note, state=State.NOT_MEASURED)


def counted(mask: BoolArray, weights: IntArray | None = None) -> int:
    """The rows of a mask; of a reduced table the rows of the input that stand behind them."""
    return int(mask.sum()) if weights is None else int(weights[mask].sum())


def count_of(
    table: str,
    mask: BoolArray,
    *,
    note: str = "",
    weights: IntArray | None = None,
    when: pd.Series | None = None,
) -> Measure:
    """A number of rows; none is a measured zero.

    Here and below ``weights`` are those of a reduced table (:meth:`Scope.weights`): the figure is
    the same as over the rows that they stand for. ``when`` says at what times rare events happened.
    """
    found = counted(mask, weights)
    days = () if when is None else _days_of(when, mask)
    return Measure(value=float(found), n=found, note=note, rows={table: mask}, event_days=days)


def _days_of(when: pd.Series, mask: BoolArray) -> tuple[int, ...]:
    days = when.to_numpy(dtype="datetime64[D]")[mask]
    since_year_one = np.sort(days) - np.datetime64("0001-01-01")
    return tuple(int(each) + 1 for each in since_year_one.astype("int64"))


def share_of(
    table: str,
    part: BoolArray,
    whole: BoolArray,
    *,
    note: str = "",
    unknown: BoolArray | None = None,
    unknown_word: str = "unknown",
    weights: IntArray | None = None,
) -> Measure:
    """Rows of a part over rows of the whole; an empty whole is "nothing happened".

    ``parts`` holds the numerator and the denominator; ``rows`` the whole. Rows that are
    ``unknown`` are no part of the whole; they are counted in the note and in ``parts``, and when
    there are no others the share is withheld.
    """
    missing = counted(unknown, weights) if unknown is not None else 0
    if unknown is not None:
        whole = whole & ~unknown
    denominator = counted(whole, weights)
    numerator = counted(part & whole, weights)
    said = [each for each in (note, remark((missing, unknown_word))) if each]
    return Measure(
        value=numerator / denominator if denominator else None,
        n=denominator,
        parts={
            "numerator": float(numerator),
            "denominator": float(denominator),
            **({"unknown": float(missing)} if unknown is not None else {}),
        },
        note=", ".join(said),
        rows={table: whole},
        state=State.WITHHELD if missing and not denominator else None,
    )


def sum_of(
    table: str,
    values: FloatArray,
    population: BoolArray,
    *,
    unknown_word: str = "unknown",
    weights: IntArray | None = None,
) -> Measure:
    """The sum of a quantity over a population; no rows sum to a measured zero.

    Rows whose value is missing are counted in the note; when all are, the sum is withheld.
    """
    measured = population & ~np.isnan(values)
    size, missing = counted(population, weights), counted(population & ~measured, weights)
    withheld = 0 < size == missing
    return Measure(
        value=None if withheld else _total(values, measured, weights),
        n=size - missing,
        parts={
            "measured": float(size - missing),
            "population": float(size),
            "unknown": float(missing),
        },
        note=remark((missing, unknown_word)),
        rows={table: population},
        state=State.WITHHELD if withheld else None,
    )


def _total(values: FloatArray, rows: BoolArray, weights: IntArray | None) -> float:
    """The exact sum, rounded once: the same in whatever order the rows come."""
    if weights is None:
        return fsum(values[rows].tolist())
    pairs = zip(values[rows].tolist(), weights[rows].tolist(), strict=True)
    return float(sum((Fraction(value) * weight for value, weight in pairs), Fraction()))


def ratio_of_sums(
    table: str, part: FloatArray, whole: FloatArray, rows: BoolArray, *, note: str = ""
) -> Measure:
    """A sum over another sum of the same rows; a whole that sums to zero is "nothing happened".

    Rows where either is missing are in neither sum, and are counted in the note.
    """
    known_rows = rows & ~np.isnan(part) & ~np.isnan(whole)
    unknown = float((rows & ~known_rows).sum())
    denominator = fsum(whole[known_rows].tolist())
    numerator = fsum(part[known_rows].tolist())
    said = [each for each in (note, remark((unknown, "unknown"))) if each]
    return Measure(
        value=numerator / denominator if denominator else None,
        n=int(denominator),
        parts={"numerator": numerator, "denominator": denominator, "unknown": unknown},
        note=", ".join(said),
        rows={table: rows},
        state=State.WITHHELD if unknown and not known_rows.any() else None,
    )


def on_time_of(
    table: str,
    due: pd.Series,
    done: pd.Series,
    window: Window,
    *,
    only: BoolArray | None = None,
    late_word: str = "closed late",
    open_word: str = "still open",
    weights: IntArray | None = None,
) -> Measure:
    """Rows done by their due date over rows due in the quarter, up to the as-of date.

    Dividing by what was due, not by what was done, keeps the overdue ones in the figure. ``parts``
    has those done late and those still open on the as-of date, too.
    """
    owed = days_within(due, window) if only is None else days_within(due, window) & only
    finished = done.to_numpy(dtype="datetime64[D]")
    ended = finished <= np.datetime64(window.as_of)
    in_time = ended & (finished <= due.to_numpy(dtype="datetime64[D]"))
    late = float(counted(owed & ended & ~in_time, weights))
    waiting = float(counted(owed & ~ended, weights))
    note = remark((late, late_word), (waiting, open_word))
    share = share_of(table, in_time, owed, note=note, weights=weights)
    return replace(share, parts={**share.parts, "late": late, "open": waiting})


def seconds_between(earlier: pd.Series, later: pd.Series) -> FloatArray:
    """Whole seconds from one instant to another; NaN where either is missing."""
    gap = later.to_numpy(dtype="datetime64[s]") - earlier.to_numpy(dtype="datetime64[s]")
    seconds: FloatArray = gap.astype("float64")
    seconds[np.isnat(gap)] = np.nan
    return seconds


def spread(values: FloatArray) -> dict[str, float]:
    """Median with its 95% interval, 90th percentile and mean of scores.

    Percentiles interpolate linearly (see :data:`PERCENTILE_METHOD`). The interval lies between two
    order statistics, and is left out for fewer than six scores, which have none.
    """
    from board_report.metrics.statistics.intervals import median_places

    median, p90 = np.percentile(values, [50, 90], method=PERCENTILE_METHOD)
    found = {"median": float(median), "p90": round(float(p90), 9), "mean": _mean(values)}
    places = median_places(len(values))
    if places:
        ordered = np.sort(values)
        found |= {
            "median_low": float(ordered[places[0]]),
            "median_high": float(ordered[places[1]]),
        }
    return found


def _mean(values: FloatArray) -> float:
    return fsum(values.tolist()) / len(values)
