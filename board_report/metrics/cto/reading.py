"""Read columns of dates, flags and money, and say that a figure cannot be printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from board_report.metrics.declare import BoolArray, FloatArray, Measure
from board_report.model import State

if TYPE_CHECKING:
    import pandas as pd

DayArray = npt.NDArray[np.datetime64]
"""One date for each row; NaT where it is empty."""


def is_true(column: pd.Series) -> BoolArray:
    """Rows whose flag is known and true."""
    return cast("BoolArray", column.to_numpy(dtype=bool, na_value=False))


def dates(column: pd.Series) -> DayArray:
    """A date column as whole days; NaT (neither before nor after any day) where it is empty."""
    return cast("DayArray", column.to_numpy(dtype="datetime64[D]"))


def total(amounts: FloatArray) -> float:
    """The sum of amounts of money, added exactly and rounded to cents."""
    return round(math.fsum(amounts.tolist()), 2) + 0.0


def withheld(
    note: str, *, n: int, rows: Mapping[str, BoolArray], parts: Mapping[str, float]
) -> Measure:
    """There are data, and no figure can be printed from them; the note says why."""
    return Measure(None, n, parts=parts, note=note, rows=rows, state=State.WITHHELD)
