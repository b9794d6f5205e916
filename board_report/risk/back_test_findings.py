"""What keeps last year's forecasts from being checked in full: risks and costs of incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.model import Finding
from board_report.risk.incident_year import INCIDENTS, incident_year, obstacle
from board_report.risk.rows import Row, number, place, records, word
from board_report.sources.faults import Explanation, explained, warning

if TYPE_CHECKING:
    from board_report.period import Quarter, Window
    from board_report.risk.simulate import LossModel
    from board_report.tables.schema import TableSet

COST_DUE_AFTER = timedelta(days=180)
"""By then the cost of an incident should be booked; our own convention."""


class BackTestCode(StrEnum):
    """What can be wrong with the incidents that forecasts are checked against."""

    UNFORESEEN = "incident_risk_unforeseen"
    UNCOSTED = "incident_cost_overdue"


BACK_TEST_FAULTS: dict[BackTestCode, Explanation] = {
    BackTestCode.UNFORESEEN: warning(
        "An incident names a risk that the register of a year ago did not have, so that no "
        "forecast can be held against it.",
        "incident {incident} names risk {value}, which the register of {made_in} did not have.",
        "If the risk was in the register under another number, enter that as risk_id; otherwise "
        "leave it: the page counts it as foreseen by nobody.",
    ),
    BackTestCode.UNCOSTED: warning(
        "An incident has no cost long after it was detected, so that the loss of the year cannot "
        "be held against its forecast.",
        "incident {incident}, of risk {risk}, was detected {age} days before the as-of date and "
        "has no cost; the loss of its year is unknown until it has.",
        "Enter what was booked for it as cost; 0 where it cost nothing.",
    ),
}


def back_test_findings(
    tables: TableSet, forecasts: LossModel, made_in: Quarter, windows: Sequence[Window]
) -> tuple[Finding, ...]:
    """The incidents of the year that stand in the way of its check; nothing where there is none.

    A risk that no register has, of whatever quarter, is found where tables refer to one another
    and is not said again here.

    Args:
        tables: ``incidents`` and ``risk_register``.
        forecasts: the model of the register of ``made_in``.
        made_in: the quarter before the first of the windows.
        windows: the four quarters that the forecasts were for, oldest first.

    Raises:
        ValueError: there are not four consecutive windows.
    """
    if obstacle(tables, forecasts, windows) is not None:
        return ()
    year = incident_year(tables, forecasts, made_in, windows)
    ever = {word(each, "risk_id") for each in records(tables.frame("risk_register"))} - {""}
    return (
        *_unforeseen(year.unassigned, ever, made_in),
        *_uncosted(year.assigned, {each.risk_id for each in forecasts.scenarios}, windows[-1]),
    )


def _unforeseen(rows: Sequence[Row], ever: set[str], made_in: Quarter) -> Iterator[Finding]:
    for row in rows:
        risk_id = word(row, "risk_id")
        if risk_id in ever:
            yield _finding(
                BackTestCode.UNFORESEEN, row, "risk_id", value=risk_id, made_in=str(made_in)
            )


def _uncosted(rows: Sequence[Row], forecast: set[str], last: Window) -> Iterator[Finding]:
    """Of risks with a forecast alone: the cost of the others is not waited for."""
    for row in rows:
        detected, risk_id = row["detected_at"], word(row, "risk_id")
        if number(row, "cost") is not None or risk_id not in forecast:
            continue
        if isinstance(detected, datetime) and last.known_at - detected > COST_DUE_AFTER:
            age = str((last.known_at - detected).days)
            yield _finding(BackTestCode.UNCOSTED, row, "cost", risk=risk_id, age=age)


def _finding(code: BackTestCode, row: Row, column: str, value: str = "", **facts: str) -> Finding:
    file, line = place(row)
    return explained(
        BACK_TEST_FAULTS[code],
        code,
        {"incident": word(row, "incident_id"), **facts},
        file=file,
        line=line,
        column=column,
        value=value,
        table=INCIDENTS,
    )
