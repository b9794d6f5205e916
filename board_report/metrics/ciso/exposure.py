"""Vulnerabilities: fixed when due or not, how fast, whether for good, and the overdue debt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.ciso.exploited import EXPLOITED
from board_report.metrics.ciso.predicted import PREDICTED
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
    known,
    metric,
    numbers,
    on_or_before,
    on_time_of,
    past,
    seconds_between,
    share_of,
    stands_at_cutoff,
)
from board_report.metrics.durations import duration_of, seconds_so_far

SUBJECT = "Exposure"
SPLITS = ("asset_tier", "severity", "business_unit")
FINDINGS = "vulnerability_findings"
OPEN_COLUMNS = ("vulnerability_findings.first_seen_on", "vulnerability_findings.closed_on")
DUE_COLUMNS = ("vulnerability_findings.due_on", "vulnerability_findings.closed_on")
DUE, TIER = f"{FINDINGS}.due_on", f"{FINDINGS}.asset_tier"
EXPOSURE = f"{FINDINGS}.exposure"
PATCHING = "NIST SP 800-40 Rev. 4"


def _open(scope: Scope) -> BoolArray:
    frame = scope.frame(FINDINGS)
    return stands_at_cutoff(frame["first_seen_on"], frame["closed_on"], scope.window)


def _may_be_due(scope: Scope) -> BoolArray:
    """Findings due in the quarter, and those without a due date that were open on a day of it.

    One closed before the quarter may have been due in it as well; it was then closed in time, so
    a share that leaves it out is too low rather than too high.
    """
    frame = scope.frame(FINDINGS)
    closed_before = frame["closed_on"].to_numpy(dtype="datetime64[D]") < np.datetime64(
        scope.window.first_day
    )
    stood = on_or_before(frame["first_seen_on"], scope.window) & ~closed_before
    return days_within(frame["due_on"], scope.window) | (stood & ~known(frame["due_on"]))


@metric(
    id="patch_sla_compliance",
    title="Patched by the due date",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Findings due in the quarter and closed by their due date / findings due.",
    denominator="vulnerability findings due in the quarter",
    empty="nothing happened",
    columns=("vulnerability_findings.first_seen_on", *DUE_COLUMNS),
    needs=(DUE,),
    splits=SPLITS,
    minimum_n=5,
    reference=PATCHING,
)
def patch_sla_compliance(scope: Scope) -> Measure:
    """Divides by what was due: dividing by what was closed would leave out the overdue."""
    frame = scope.frame(FINDINGS)
    weights = scope.weights(FINDINGS)
    share = on_time_of(FINDINGS, frame["due_on"], frame["closed_on"], scope.window, weights=weights)
    return replace(share, judged={DUE: _may_be_due(scope)})


@metric(
    id="crown_jewel_patch_sla",
    title="Crown jewels patched in time",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Crown-jewel findings due in the quarter and closed by their due date / those due.",
    denominator="findings on crown jewels due in the quarter",
    empty="nothing happened",
    columns=(
        "vulnerability_findings.asset_tier",
        "vulnerability_findings.first_seen_on",
        *DUE_COLUMNS,
    ),
    needs=(DUE, TIER),
    splits=("severity", "business_unit"),
    minimum_n=5,
    reference=PATCHING,
)
def crown_jewel_patch_sla(scope: Scope) -> Measure:
    """The same share over the assets whose loss stops the business."""
    frame = scope.frame(FINDINGS)
    jewel, due = equals(frame["asset_tier"], "crown_jewel"), frame["due_on"]
    weights, closed = scope.weights(FINDINGS), frame["closed_on"]
    share = on_time_of(FINDINGS, due, closed, scope.window, only=jewel, weights=weights)
    may_be = jewel | ~known(frame["asset_tier"])
    asked = {DUE: _may_be_due(scope) & may_be, TIER: days_within(due, scope.window)}
    return replace(share, judged=asked)


@metric(
    id="vulnerabilities_overdue",
    title="Security debt (overdue)",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Findings open at the end of the quarter whose due date had gone by.",
    denominator="open vulnerability findings past their due date",
    empty="0",
    columns=("vulnerability_findings.first_seen_on", *DUE_COLUMNS),
    needs=(DUE,),
    splits=SPLITS,
    reference=PATCHING,
)
def vulnerabilities_overdue(scope: Scope) -> Measure:
    """A stock: what should have been closed and was not; due on the last day is not overdue."""
    standing = _open(scope)
    overdue = standing & past(scope.frame(FINDINGS)["due_on"], scope.window)
    late = count_of(FINDINGS, overdue, weights=scope.weights(FINDINGS))
    return replace(late, judged={DUE: standing})


@metric(
    id="internet_criticals_open",
    title="Internet-facing criticals",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Critical findings open at quarter end on assets reachable from the internet.",
    denominator="open critical findings reachable from the internet",
    empty="0",
    columns=(
        *OPEN_COLUMNS,
        "vulnerability_findings.severity",
        "vulnerability_findings.exposure",
    ),
    needs=(EXPOSURE,),
    splits=("asset_tier", "business_unit"),
    reference=PATCHING,
)
def internet_criticals_open(scope: Scope) -> Measure:
    """A stock, due or not: what an outsider could use today."""
    frame = scope.frame(FINDINGS)
    critical = _open(scope) & equals(frame["severity"], "critical")
    exposed = critical & equals(frame["exposure"], "internet")
    found = count_of(FINDINGS, exposed, weights=scope.weights(FINDINGS))
    return replace(found, judged={EXPOSURE: critical})


@metric(
    id="time_to_remediate",
    title="Time to remediate",
    subject=SUBJECT,
    unit=Unit.DAYS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Median (Kaplan-Meier) of closed minus first seen, over findings first seen.",
    denominator="vulnerability findings first seen in the quarter, closed or still open",
    empty="nothing happened",
    columns=OPEN_COLUMNS,
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=f"{PATCHING}. What is still open counts for as long as it has been.",
)
def time_to_remediate(scope: Scope) -> Measure:
    """Over what was found, not over what was closed: a backlog left alone shows in it."""
    frame, window = scope.frame(FINDINGS), scope.window
    first_seen, closed = frame["first_seen_on"], frame["closed_on"]
    over = closed.to_numpy(dtype="datetime64[D]") <= np.datetime64(window.as_of)
    seconds = seconds_between(first_seen, closed)
    seconds[~over] = np.nan
    return duration_of(
        FINDINGS,
        days_within(first_seen, window),
        seconds,
        seconds_per_unit=86400,
        so_far=seconds_so_far(first_seen, window, ~over),
        weights=scope.weights(FINDINGS),
        beyond=scope.beyond(FINDINGS),
    )


@metric(
    id="reappeared_share",
    title="Flaws that came back",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Findings that had come back at least once / findings closed in the quarter.",
    denominator="findings closed in the quarter whose reopenings are known",
    empty="nothing happened",
    columns=("vulnerability_findings.closed_on", "vulnerability_findings.reopened_count"),
    splits=SPLITS,
    minimum_n=5,
    reference=PATCHING,
)
def reappeared_share(scope: Scope) -> Measure:
    """Fixes that did not hold."""
    frame = scope.frame(FINDINGS)
    reopened = numbers(frame["reopened_count"])
    closed = days_within(frame["closed_on"], scope.window)
    return share_of(
        FINDINGS,
        reopened > 0,
        closed,
        unknown=closed & np.isnan(reopened),
        unknown_word="with reopenings unknown",
        weights=scope.weights(FINDINGS),
    )


METRICS = (
    patch_sla_compliance,
    crown_jewel_patch_sla,
    vulnerabilities_overdue,
    *EXPLOITED,
    *PREDICTED,
    internet_criticals_open,
    time_to_remediate,
    reappeared_share,
)
