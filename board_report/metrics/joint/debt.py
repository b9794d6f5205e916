"""Security debt: flaws that were overdue when the quarter began, and how many were closed in it."""

from __future__ import annotations

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    days_within,
    metric,
    share_of,
)

SUBJECT = "Working together"
FINDINGS = "vulnerability_findings"


def _overdue_at_start(scope: Scope) -> BoolArray:
    """Findings seen and due before the first day of the quarter, and not closed before it."""
    frame = scope.frame(FINDINGS)
    first = np.datetime64(scope.window.first_day)
    seen, due, closed = (
        frame[column].to_numpy(dtype="datetime64[D]") < first
        for column in ("first_seen_on", "due_on", "closed_on")
    )
    inherited: BoolArray = seen & due & ~closed
    return inherited


@metric(
    id="security_debt_burned_down",
    title="Security debt burned down",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Findings overdue when the quarter began and closed in it / those overdue then.",
    denominator="vulnerability findings open and overdue when the quarter began",
    empty="nothing happened",
    columns=(
        f"{FINDINGS}.first_seen_on",
        f"{FINDINGS}.due_on",
        f"{FINDINGS}.closed_on",
    ),
    splits=("asset_tier", "severity", "business_unit"),
    minimum_n=5,
    accumulates=True,
    reference="What fell due within the quarter is no part of it: that is patching on time.",
)
def security_debt_burned_down(scope: Scope) -> Measure:
    """Of the debt that the quarter began with, the share paid off by its end."""
    closed = days_within(scope.frame(FINDINGS)["closed_on"], scope.window)
    return share_of(FINDINGS, closed, _overdue_at_start(scope))


METRICS = (security_debt_burned_down,)
