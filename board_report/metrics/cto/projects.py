"""IT projects: how many run over their budget or behind their plan, and by how much in all.

A list of projects says how each stands as last stated, so that an earlier quarter is judged by what
is known of its projects now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from board_report.metrics.cto.reading import dates, total, withheld
from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    FloatArray,
    Measure,
    Owner,
    Scope,
    Unit,
    metric,
    not_measured,
    numbers,
    share_of,
)

if TYPE_CHECKING:
    import pandas as pd

SUBJECT = "Projects and cloud"
PROJECTS = "it_projects"
PLANNED, ACTUAL = f"{PROJECTS}.planned_cost", f"{PROJECTS}.actual_or_projected_cost"
BOTH = (PLANNED, ACTUAL)
DATES = (f"{PROJECTS}.started_on", f"{PROJECTS}.completed_or_projected_on")
AS_STATED = "As last stated: an earlier quarter is judged by what is known of its projects now."
UNDER_WAY = "IT projects under way or completed in the quarter"


def under_way(scope: Scope) -> BoolArray:
    """Projects begun by quarter end and not completed before the quarter.

    One whose start is not known has begun, since it is on the list; one whose end is not known has
    not ended.
    """
    frame, window = scope.frame(PROJECTS), scope.window
    begun = ~(dates(frame["started_on"]) > np.datetime64(window.cutoff_day))
    over = dates(frame["completed_or_projected_on"]) < np.datetime64(window.first_day)
    return begun & ~over


def both_costs(frame: pd.DataFrame) -> BoolArray:
    """Projects of which both the planned and the actual or projected cost are known."""
    return ~np.isnan(_cents(frame, "planned_cost") + _overrun(frame))


def is_over_budget(frame: pd.DataFrame) -> BoolArray:
    """Projects whose actual or projected cost is 10% above plan, or more; exact to the cent."""
    planned, overrun = _cents(frame, "planned_cost"), _overrun(frame)
    return (overrun > 0) & (overrun * 10 >= planned)


def is_late(frame: pd.DataFrame) -> BoolArray:
    """Projects behind plan: by the days their publisher states, else by their two dates."""
    return days_behind(frame) > 0


def days_behind(frame: pd.DataFrame) -> FloatArray:
    """Days behind plan, as stated or between the two dates; NaN where neither is known."""
    stated = numbers(frame["days_late"])
    apart = dates(frame["completed_or_projected_on"]) - dates(frame["planned_completion_on"])
    between = np.where(np.isnat(apart), np.nan, apart.astype("float64"))
    return cast("FloatArray", np.where(np.isnan(stated), between, stated))


def tells_lateness(frame: pd.DataFrame) -> BoolArray:
    """Projects that say whether they are behind plan."""
    return ~np.isnan(days_behind(frame))


def _cents(frame: pd.DataFrame, column: str) -> FloatArray:
    return cast("FloatArray", np.rint(numbers(frame[column]) * 100))


def _overrun(frame: pd.DataFrame) -> FloatArray:
    return _cents(frame, "actual_or_projected_cost") - _cents(frame, "planned_cost")


@metric(
    id="projects_over_budget",
    title="Projects over budget",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Projects whose actual or projected cost is 10% or more above plan / all with both.",
    denominator=f"{UNDER_WAY}, with both costs",
    empty="nothing happened",
    columns=(*DATES, *BOTH),
    needs=BOTH,
    minimum_n=5,
    reference=AS_STATED,
    only_if_given=True,
    comparison=Comparison.STATED,
)
def projects_over_budget(scope: Scope) -> Measure:
    """Share of projects at least a tenth over their plan."""
    frame, rows = scope.frame(PROJECTS), under_way(scope)
    found = share_of(PROJECTS, is_over_budget(frame), rows & both_costs(frame))
    return Measure(found.value, found.n, found.parts, rows=found.rows, judged=_judged(rows))


def _judged(rows: BoolArray) -> dict[str, BoolArray]:
    return dict.fromkeys(BOTH, rows)


@metric(
    id="project_cost_variance",
    title="Project cost over plan",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="(Actual or projected cost - planned cost) / planned cost, summed over projects.",
    denominator=f"{UNDER_WAY}, with both costs",
    empty="nothing happened",
    columns=(*DATES, *BOTH),
    needs=BOTH,
    reference=f"Below zero: under plan. {AS_STATED} Withheld when no cost was planned.",
    minimum_n=5,
    only_if_given=True,
    comparison=Comparison.STATED,
)
def project_cost_variance(scope: Scope) -> Measure:
    """By how much all projects together are over plan; below zero when they are under it."""
    frame, all_rows = scope.frame(PROJECTS), under_way(scope)
    rows = all_rows & both_costs(frame)
    planned = total(numbers(frame["planned_cost"])[rows])
    actual = total(numbers(frame["actual_or_projected_cost"])[rows])
    parts = {"numerator": actual - planned, "denominator": planned, "actual": actual}
    size, traced = int(rows.sum()), {PROJECTS: rows}
    if size and not planned:
        return withheld("no cost was planned", n=size, rows=traced, parts=parts)
    value = (actual - planned) / planned if size else None
    return Measure(value, size, parts, rows=traced, judged=_judged(all_rows))


@metric(
    id="projects_late",
    title="Projects behind plan",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Projects completed, or to be completed, after their planned date / all that tell.",
    denominator=f"{UNDER_WAY}, that tell whether they are late",
    empty="nothing happened",
    columns=(*DATES, f"{PROJECTS}.planned_completion_on", f"{PROJECTS}.days_late"),
    minimum_n=5,
    reference=(
        "By the days that the list's publisher states, else by the two dates of completion. "
        f"{AS_STATED}"
    ),
    only_if_given=True,
    comparison=Comparison.STATED,
)
def projects_late(scope: Scope) -> Measure:
    """Share of projects that were, or will be, completed after their planned date."""
    frame, rows = scope.frame(PROJECTS), under_way(scope)
    tells = tells_lateness(frame)
    if len(frame) and not tells.any():
        return not_measured("no row of IT projects says whether it is late")
    words = "that do not tell whether they are late"
    return share_of(PROJECTS, is_late(frame), rows, unknown=rows & ~tells, unknown_word=words)


def overrun_table(scope: Scope) -> pd.DataFrame:
    """Projects under way or completed in the quarter and at least 10% over, the largest first.

    The columns of the table, with ``overrun`` (in the reporting currency), ``over_by`` (the overrun
    over the planned cost; NaN where nothing was planned) and ``days_behind``.
    """
    frame = scope.frame(PROJECTS)
    found = frame[under_way(scope) & is_over_budget(frame)].copy()
    found["overrun"] = _overrun(found) / 100
    planned = found["planned_cost"].where(found["planned_cost"] > 0)
    found["over_by"] = found["overrun"] / planned
    found["days_behind"] = days_behind(found)
    return found.sort_values(["overrun", "project_id"], ascending=[False, True])


def budget_table(scope: Scope) -> pd.DataFrame:
    """Projects under way or completed in the quarter that have a budget, the largest first."""
    frame = scope.frame(PROJECTS)
    found = frame[under_way(scope) & frame["planned_cost"].notna().to_numpy(dtype=bool)]
    return found.sort_values(["planned_cost", "project_id"], ascending=[False, True])


METRICS = (projects_over_budget, project_cost_variance, projects_late)
