"""Delivery of software: gates passed and bypassed, and the four DORA keys."""

from __future__ import annotations

import numpy as np

from board_report.metrics.cto.gates import (
    DEPLOYMENTS,
    GATE_METRICS,
    SPLITS,
    SUBJECT,
    deployed_in_quarter,
)
from board_report.metrics.cto.reading import is_true
from board_report.metrics.declare import (
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    known,
    known_before,
    metric,
    not_measured,
    seconds_between,
    share_of,
)
from board_report.metrics.durations import duration_of, seconds_so_far

DORA = "DORA (DevOps Research and Assessment), four keys of software delivery."
SECONDS_AN_HOUR = 3600
DAYS_A_WEEK = 7


@metric(
    id="deployment_frequency",
    title="Deployment frequency",
    subject=SUBJECT,
    unit=Unit.PER_WEEK,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Production deployments / (days of the quarter gone by / 7).",
    denominator="production deployments in the quarter",
    empty="0",
    columns=(f"{DEPLOYMENTS}.deployed_at",),
    splits=SPLITS,
    minimum_n=5,
    reference=DORA,
)
def deployment_frequency(scope: Scope) -> Measure:
    """Deployments a week over the days of the quarter up to the as-of date."""
    days = (scope.window.cutoff_day - scope.window.first_day).days + 1
    if days < 1:
        return not_measured("the quarter has not begun")
    deployed = deployed_in_quarter(scope)
    count = int(deployed.sum())
    parts = {"deployments": float(count), "days": float(days)}
    return Measure(count * DAYS_A_WEEK / days, count, parts, rows={DEPLOYMENTS: deployed})


@metric(
    id="lead_time",
    title="Lead time for changes",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Median of (time deployed - time first committed), in hours.",
    denominator="production deployments in the quarter with a known commit time",
    empty="nothing happened",
    columns=(f"{DEPLOYMENTS}.committed_at", f"{DEPLOYMENTS}.deployed_at"),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=f"{DORA} Withheld when no commit time is known.",
)
def lead_time(scope: Scope) -> Measure:
    """Median hours from first commit to production; unknown commit times are counted."""
    frame = scope.frame(DEPLOYMENTS)
    return duration_of(
        DEPLOYMENTS,
        deployed_in_quarter(scope),
        seconds_between(frame["committed_at"], frame["deployed_at"]),
        seconds_per_unit=SECONDS_AN_HOUR,
        unknown_word="of unknown commit time",
    )


@metric(
    id="change_failure_rate",
    title="Change failure rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Deployments rolled back or fixed at once / deployments of known outcome.",
    denominator="production deployments in the quarter of known outcome",
    empty="nothing happened",
    columns=(f"{DEPLOYMENTS}.deployed_at", f"{DEPLOYMENTS}.is_failed"),
    splits=SPLITS,
    minimum_n=5,
    reference=f"{DORA} Withheld when no outcome is known.",
)
def change_failure_rate(scope: Scope) -> Measure:
    """Failed deployments over those of known outcome; the unknown are counted in the note."""
    failed = scope.frame(DEPLOYMENTS)["is_failed"]
    deployed = deployed_in_quarter(scope)
    return share_of(
        DEPLOYMENTS,
        is_true(failed),
        deployed,
        unknown=deployed & ~known(failed),
        unknown_word="of unknown outcome",
    )


@metric(
    id="time_to_restore",
    title="Time to restore service",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Median (Kaplan-Meier) of (time restored - time deployed), in hours.",
    denominator="failed deployments in the quarter, restored or not yet",
    empty="nothing happened",
    columns=(
        f"{DEPLOYMENTS}.deployed_at",
        f"{DEPLOYMENTS}.is_failed",
        f"{DEPLOYMENTS}.restored_at",
    ),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=f"{DORA} Those not restored yet count for as long as they have waited.",
)
def time_to_restore(scope: Scope) -> Measure:
    """Median hours from a failed deployment to restored service, the open ones among them."""
    frame = scope.frame(DEPLOYMENTS)
    restored = known_before(frame["restored_at"], scope.window)
    seconds = seconds_between(frame["deployed_at"], frame["restored_at"])
    return duration_of(
        DEPLOYMENTS,
        deployed_in_quarter(scope) & is_true(frame["is_failed"]),
        np.where(restored, seconds, np.nan),
        seconds_per_unit=SECONDS_AN_HOUR,
        so_far=seconds_so_far(frame["deployed_at"], scope.window, ~restored),
        open_word="not restored",
    )


METRICS = (
    *GATE_METRICS,
    deployment_frequency,
    lead_time,
    change_failure_rate,
    time_to_restore,
)
