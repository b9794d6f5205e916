"""Configuration checks: what tools for cloud posture and hardening found, not what people judged.

A result stands until the same check of the same resource gives another, or until a full run of the
check in its account no longer names the resource. Results are never carried into another quarter:
what was not checked in a quarter is not known in it.

The figures have no splits. Which result stands follows from all rows of a resource and of a run,
and a slice would not see those that replace its own: a check that failed as high and now passes as
informational would still fail in the slice of high ones. Counts by severity are parts instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    days_within,
    equals,
    metric,
    not_measured,
    numbers,
    remark,
    share_of,
)

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window

SUBJECT = "Configuration checks"
TABLE = "configuration_checks"
SEVERITY = f"{TABLE}.severity"
GRAVE = ("critical", "high")
COLUMNS = tuple(
    f"{TABLE}.{column}"
    for column in (
        *("checked_on", "check_id", "resource_id", "account", "region", "tool"),
        *("is_full_run", "result", "is_muted"),
    )
)
_RUN = ["tool", "account", "check_id"]
_RESOURCE = [*_RUN, "region", "resource_id"]


@dataclass(frozen=True)
class Standing:
    """The results that stand in a quarter, as masks over the rows of the table."""

    rows: BoolArray
    passed: BoolArray
    failed: BoolArray
    """Muted or not: who accepts a failure does not mend it."""
    muted: BoolArray
    """Those of the failed that the tool was told to accept or suppress."""


def standing(frame: pd.DataFrame, window: Window) -> Standing:
    """The latest result of each check of each resource in the quarter, up to the as-of date."""
    rows = _latest(frame, days_within(frame["checked_on"], window))
    failed = rows & equals(frame["result"], "failed")
    return Standing(
        rows=rows,
        passed=rows & equals(frame["result"], "passed"),
        failed=failed,
        muted=failed & (numbers(frame["is_muted"]) > 0),
    )


def _latest(frame: pd.DataFrame, rows: BoolArray) -> BoolArray:
    """Of some rows those that no later row of their resource, or later full run, replaces."""
    places = np.flatnonzero(rows)
    if not len(places):
        return rows
    part = frame.iloc[places]
    day = part["checked_on"]
    last = day.groupby([part[each] for each in _RESOURCE], dropna=False).transform("max")
    full = day.where(numbers(part["is_full_run"]) > 0)
    run = full.groupby([part[each] for each in _RUN], dropna=False).transform("max")
    stands = (day == last).to_numpy(dtype=bool) & ~(day < run).to_numpy(dtype=bool)
    found = np.zeros(len(frame), dtype=bool)
    found[places[stands]] = True
    return found


def _unchecked(scope: Scope) -> Measure:
    return not_measured(f"no configuration check recorded for {scope.window.quarter}")


@metric(
    id="configuration_pass_rate",
    title="Configuration checks passed",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Latest results of the quarter that passed / those that passed or failed.",
    denominator="checks of a resource that passed or failed, muted failures among them",
    empty="not measured",
    columns=COLUMNS,
    minimum_n=5,
    reference="NIST SP 800-53 Rev. 5, CM-6",
    only_if_given=True,
)
def configuration_pass_rate(scope: Scope) -> Measure:
    """Muted failures count as failed, so that accepting a failure never raises the share."""
    frame = scope.frame(TABLE)
    now = standing(frame, scope.window)
    if not now.rows.any():
        return _unchecked(scope)
    counts = {
        "muted": float(now.muted.sum()),
        "not_checked": float((now.rows & equals(frame["result"], "not_checked")).sum()),
        "not_applicable": float((now.rows & equals(frame["result"], "not_applicable")).sum()),
    }
    note = remark(
        (counts["muted"], "muted and counted as failed"),
        (counts["not_checked"], "not checked"),
        (counts["not_applicable"], "not applicable"),
    )
    share = share_of(TABLE, now.passed, now.passed | now.failed, note=note)
    return replace(share, parts={**share.parts, **counts})


@metric(
    id="failed_critical_checks",
    title="Critical/high checks failed",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Latest results of the quarter that failed, are critical or high, and not muted.",
    denominator="failed checks of a resource, critical or high",
    empty="not measured",
    columns=(*COLUMNS, SEVERITY),
    needs=(SEVERITY,),
    reference="NIST SP 800-53 Rev. 5, CM-6",
    only_if_given=True,
)
def failed_critical_checks(scope: Scope) -> Measure:
    """A stock of failures that nobody has accepted; those that are muted stand in the note."""
    frame = scope.frame(TABLE)
    now = standing(frame, scope.window)
    if not now.rows.any():
        return _unchecked(scope)
    grave = now.failed & equals(frame["severity"], *GRAVE)
    muted = float((grave & now.muted).sum())
    found = count_of(TABLE, grave & ~now.muted, note=remark((muted, "more muted")))
    parts = {
        each: float((found.rows[TABLE] & equals(frame["severity"], each)).sum()) for each in GRAVE
    }
    judged = {SEVERITY: now.failed & ~now.muted}
    return replace(found, parts={**parts, "muted": muted}, judged=judged)


@metric(
    id="requirements_with_failed_checks",
    title="Requirements with failures",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Requirements of frameworks that at least one failed check is tied to by its tool.",
    denominator="requirements of frameworks with a failed check, muted ones among them",
    empty="not measured",
    columns=(*COLUMNS, f"{TABLE}.requirements"),
    only_if_given=True,
)
def requirements_with_failed_checks(scope: Scope) -> Measure:
    """Evidence on requirements, and no verdict on them: assessors judge whether each is met."""
    frame = scope.frame(TABLE)
    now = standing(frame, scope.window)
    if not now.rows.any():
        return _unchecked(scope)
    tied = np.array([len(each) > 0 for each in frame["requirements"]], dtype=bool)
    if not (tied & now.rows).any():
        return not_measured("no configuration check names a requirement of a framework")
    touched = _requirements(frame, now.failed)
    known = _requirements(frame, now.passed | now.failed)
    untied = float((now.failed & ~tied).sum())
    return Measure(
        value=float(len(touched)),
        n=len(touched),
        parts={"checked": float(len(known)), "untied": untied},
        note=remark((untied, "failed and tied to none")),
        rows={TABLE: now.failed & tied},
    )


def _requirements(frame: pd.DataFrame, rows: BoolArray) -> set[str]:
    listed: Iterable[tuple[str, ...]] = frame["requirements"][rows]
    return {each for some in listed for each in some}


METRICS = (configuration_pass_rate, failed_critical_checks, requirements_with_failed_checks)
