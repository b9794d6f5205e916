"""Security debt: flaws that were overdue when the quarter began, and how many were closed in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    days_within,
    known,
    metric,
    share_of,
)

SUBJECT = "Working together"
FINDINGS = "vulnerability_findings"
DUE = f"{FINDINGS}.due_on"


def _before_quarter(scope: Scope, column: str) -> BoolArray:
    """Findings whose date in a column lies before the first day of the quarter."""
    days = scope.frame(FINDINGS)[column].to_numpy(dtype="datetime64[D]")
    earlier: BoolArray = days < np.datetime64(scope.window.first_day)
    return earlier


def _open_at_start(scope: Scope) -> BoolArray:
    """Findings seen before the first day of the quarter, and not closed before it."""
    return _before_quarter(scope, "first_seen_on") & ~_before_quarter(scope, "closed_on")


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
    needs=(DUE,),
    splits=("asset_tier", "severity", "business_unit"),
    minimum_n=5,
    accumulates=True,
    reference="What fell due within the quarter is no part of it: that is patching on time.",
)
def security_debt_burned_down(scope: Scope) -> Measure:
    """Of the debt that the quarter began with, the share paid off by its end."""
    closed = days_within(scope.frame(FINDINGS)["closed_on"], scope.window)
    standing = _open_at_start(scope)
    inherited = standing & _before_quarter(scope, "due_on")
    may_be = inherited | (standing & ~known(scope.frame(FINDINGS)["due_on"]))
    share = share_of(FINDINGS, closed, inherited, weights=scope.weights(FINDINGS))
    return replace(share, judged={DUE: may_be})


METRICS = (security_debt_burned_down,)
