"""The incidents of the year that forecasts were for, and whether they can check any forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.metrics.freshness import lies_after, lies_before
from board_report.risk.rows import Row, records, rows_where, word

if TYPE_CHECKING:
    from board_report.period import Quarter, Window
    from board_report.risk.simulate import LossModel
    from board_report.tables.schema import TableSet

QUARTERS = 4
"""Forecasts are of a year."""
INCIDENTS = "incidents"


class Obstacle(StrEnum):
    """Why forecasts cannot be held against what happened, as a clause."""

    NO_FORECAST = "no forecast is a year old"
    NOT_GIVEN = "there is no file for incidents"
    UNASSIGNED = "no incident names a risk"
    OUTSIDE = "the records of incidents do not reach over the whole year"
    NOT_OVER = "the year is not over"


@dataclass(frozen=True)
class IncidentYear:
    """The incidents of one year, by whether the register had their risk."""

    assigned: tuple[Row, ...]
    """Those that name a risk of the register."""
    unassigned: tuple[Row, ...]
    """Those that name no risk, or one that the register did not have."""

    def of(self, risk_id: str) -> tuple[Row, ...]:
        """The incidents of one risk, in the table's order."""
        return tuple(each for each in self.assigned if word(each, "risk_id") == risk_id)


def obstacle(tables: TableSet, forecasts: LossModel, windows: Sequence[Window]) -> Obstacle | None:
    """What keeps the forecasts from being checked; None where nothing does.

    That a risk had no event can be told only where somebody says which risk an incident was, so a
    table without a single ``risk_id`` checks nothing.

    Args:
        tables: ``incidents``.
        forecasts: the model that made them.
        windows: the four quarters that they were for, oldest first.

    Raises:
        ValueError: there are not four quarters, or they are not consecutive.
    """
    _check_year(windows)
    if not forecasts.scenarios:
        return Obstacle.NO_FORECAST
    if not tables.measured(INCIDENTS):
        return Obstacle.NOT_GIVEN
    table = tables[INCIDENTS]
    if not any(word(each, "risk_id") for each in records(table.frame)):
        return Obstacle.UNASSIGNED
    if any(lies_before(table, each) or lies_after(table, each) for each in windows):
        return Obstacle.OUTSIDE
    return None if windows[-1].is_over else Obstacle.NOT_OVER


def incident_year(
    tables: TableSet, forecasts: LossModel, made_in: Quarter, windows: Sequence[Window]
) -> IncidentYear:
    """The incidents detected within the windows.

    The register's risks are those of the model and those that it could not put into money: of the
    latter there is no forecast, but an incident of theirs is not unassigned.
    """
    import pandas as pd

    frame = tables.frame(INCIDENTS)
    start, end = pd.Timestamp(windows[0].start), pd.Timestamp(windows[-1].cutoff)
    detected = frame["detected_at"]
    year = list(records(frame[((detected >= start) & (detected < end)).to_numpy(dtype=bool)]))
    known = registered(tables, forecasts, made_in)
    return IncidentYear(
        tuple(each for each in year if word(each, "risk_id") in known),
        tuple(each for each in year if word(each, "risk_id") not in known),
    )


def registered(tables: TableSet, forecasts: LossModel, made_in: Quarter) -> frozenset[str]:
    """The risks of the register that the forecasts were made from."""
    rows = rows_where(tables.frame("risk_register"), "quarter", str(made_in))
    return frozenset(
        {each.risk_id for each in forecasts.scenarios} | {word(each, "risk_id") for each in rows}
    )


def _check_year(windows: Sequence[Window]) -> None:
    quarters = [each.quarter for each in windows]
    if not quarters or quarters != list(quarters[-1].history(QUARTERS)):
        named = ", ".join(map(str, quarters)) or "no quarter"
        raise ValueError(f"a forecast is checked over four quarters in a row, not {named}")
