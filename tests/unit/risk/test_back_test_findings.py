"""Incidents that stand in the way of checking last year's forecasts."""

from __future__ import annotations

from board_report.model import Severity
from board_report.risk.back_test_findings import BackTestCode, back_test_findings
from board_report.risk.simulate import LossModel
from tests.unit.risk.back_test_case import (
    BEFORE,
    MADE_IN,
    MODEL,
    OFTEN,
    WINDOWS,
    incident,
    told,
)

REGISTER = [
    {"quarter": "2025-Q3", "risk_id": "R1"},
    {"quarter": "2025-Q3", "risk_id": "R2"},
    {"quarter": "2026-Q1", "risk_id": "R7"},
]


def found(*incidents, model=MODEL):
    given = told([BEFORE, *incidents], risk_register=REGISTER)
    return back_test_findings(given, model, MADE_IN, WINDOWS)


def test_a_risk_that_came_later() -> None:
    (only,) = found(incident("2026-02-02", "R1"), incident("2026-02-03", "R7"))
    assert only.code == BackTestCode.UNFORESEEN
    assert only.severity is Severity.WARNING
    assert (only.file, only.line, only.column, only.value) == ("incidents.csv", 4, "risk_id", "R7")
    assert "risk R7, which the register of 2025-Q3 did not have" in only.reason


def test_a_risk_that_no_register_has_is_told_elsewhere() -> None:
    assert found(incident("2026-02-03", "R99"), incident("2026-02-04")) == ()


def test_a_cost_that_is_overdue() -> None:
    """30 September less 181 days is 2 April; the as-of day counts to its end."""
    late, due = incident("2026-04-02", "R1", None), incident("2026-04-05", "R1", None)
    (only,) = found(late, due)
    assert only.code == BackTestCode.UNCOSTED
    assert (only.file, only.line, only.column) == ("incidents.csv", 3, "cost")
    assert "181 days before the as-of date" in only.reason


def test_a_cost_that_nobody_waits_for() -> None:
    """Of an incident before the year, of no risk, or of a risk without a forecast."""
    model = LossModel((OFTEN,), seed=7)
    assert (
        found(
            incident("2025-08-01", "R1", None),
            incident("2025-12-01", None, None),
            incident("2025-12-01", "R2", None),
            model=model,
        )
        == ()
    )


def test_nothing_where_nothing_is_checked() -> None:
    assert back_test_findings(told(None), MODEL, MADE_IN, WINDOWS) == ()
