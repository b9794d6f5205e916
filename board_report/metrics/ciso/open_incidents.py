"""What it means that an incident is open: one definition for figures, records and pages.

An incident is over once it is recovered or its record is closed. A record that was closed without
a time of recovery is over at a time that nobody knows: it is not open, and has no duration.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.declare import BoolArray, before_cutoff
from board_report.tables.ciso import INCIDENTS

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window

ENDED_BY = INCIDENTS.over_when or ()
"""Columns of the register of which any says that the incident is over."""
ENDS = tuple(f"{INCIDENTS.name}.{each}" for each in ENDED_BY)
"""The same, as a metric declares what it reads."""


def over_at_cutoff(frame: pd.DataFrame, window: Window) -> BoolArray:
    """Incidents that were over before the quarter's end (or the end of the as-of day)."""
    over = np.zeros(len(frame), dtype=bool)
    for each in ENDED_BY:
        over |= before_cutoff(frame[each], window)
    return over


def is_over(row: Mapping[str, object], before: datetime) -> bool:
    """Whether one incident, as a row of the register, was over before an instant."""
    ends = (row.get(each) for each in ENDED_BY)
    return any(isinstance(each, datetime) and each < before for each in ends)
