"""Major incidents as work of both offices: reviews of both, and hours lost in hand-overs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import fsum

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    before_cutoff,
    equals,
    known,
    known_before,
    metric,
    on_or_before,
    remark,
    seconds_between,
    share_of,
    within,
)
from board_report.model import State
from board_report.period import Window

SUBJECT = "Working together"
INCIDENTS = "incidents"
HANDOVERS = "incident_handovers"
REVIEWS = "incident_reviews"
SEVERITY = f"{INCIDENTS}.severity"
SECONDS_PER_HOUR = 3600.0


def _major(scope: Scope) -> BoolArray:
    return equals(scope.frame(INCIDENTS)["severity"], "critical", "high")


def _year_starts(window: Window) -> np.datetime64:
    """The instant at which the four quarters begin that end with this one.

    Whole days are taken off the quarter's end: the same date a year before has the same offset
    from UTC, which the first day of the quarter need not have.
    """
    day_after = window.last_day + timedelta(days=1)
    days = (day_after - day_after.replace(year=day_after.year - 1)).days
    return np.datetime64((window.end - timedelta(days=days)).replace(tzinfo=None), "s")


def _recovered_in_year(scope: Scope) -> BoolArray:
    recovered = scope.frame(INCIDENTS)["recovered_at"]
    later = recovered.to_numpy(dtype="datetime64[s]") >= _year_starts(scope.window)
    return later & before_cutoff(recovered, scope.window)


@metric(
    id="incident_reviews_held",
    title="Major incidents reviewed",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Major incidents reviewed with an owner in both offices / major incidents recovered.",
    denominator="critical and high incidents recovered in the four quarters to quarter end",
    empty="nothing happened",
    columns=(
        f"{INCIDENTS}.incident_id",
        SEVERITY,
        f"{INCIDENTS}.recovered_at",
        f"{REVIEWS}.incident_id",
        f"{REVIEWS}.held_on",
        f"{REVIEWS}.ciso_office_owner",
        f"{REVIEWS}.cto_office_owner",
    ),
    needs=(SEVERITY,),
    minimum_n=5,
    reference="Four quarters to quarter end; a review without an owner in both does not count.",
    is_trailing=True,
    withhold_below=0,
)
def incident_reviews_held(scope: Scope) -> Measure:
    """Major incidents recovered in four quarters whose review was held and has both owners."""
    incidents, reviews = scope.frame(INCIDENTS), scope.frame(REVIEWS)
    recovered = _recovered_in_year(scope)
    population = _major(scope) & recovered
    held = on_or_before(reviews["held_on"], scope.window)
    owned = held & known(reviews["ciso_office_owner"]) & known(reviews["cto_office_owner"])
    numbers_of = reviews["incident_id"]
    reviewed = np.isin(incidents["incident_id"], numbers_of[held])
    by_both = np.isin(incidents["incident_id"], numbers_of[owned])
    missing = float((population & ~reviewed).sum())
    one_sided = float((population & reviewed & ~by_both).sum())
    said = remark((missing, "not reviewed"), (one_sided, "without an owner in both offices"))
    found = share_of(INCIDENTS, by_both, population, note=said)
    used = held & np.isin(numbers_of, incidents["incident_id"][population])
    return replace(
        found,
        parts={**found.parts, "not_reviewed": missing, "one_sided": one_sided},
        rows={**found.rows, REVIEWS: used},
        judged={SEVERITY: recovered},
    )


@metric(
    id="handover_time_lost",
    title="Time lost in hand-overs",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.JOINT,
    formula="Sum of the hours from hand-over to taking up, in major incidents of the quarter.",
    denominator="hand-overs taken up in critical and high incidents detected in the quarter",
    empty="nothing happened",
    columns=(
        f"{INCIDENTS}.incident_id",
        SEVERITY,
        f"{INCIDENTS}.detected_at",
        f"{HANDOVERS}.incident_id",
        f"{HANDOVERS}.handed_over_at",
        f"{HANDOVERS}.taken_up_at",
    ),
    needs=(SEVERITY,),
    headline="sum",
    accumulates=True,
    reference="Hand-overs not yet taken up are in the note, not in the sum.",
)
def handover_time_lost(scope: Scope) -> Measure:
    """Hours in which the work on a major incident lay between the two offices."""
    incidents, handovers = scope.frame(INCIDENTS), scope.frame(HANDOVERS)
    detected = within(incidents["detected_at"], scope.window)
    population = _major(scope) & detected
    of_these = np.isin(handovers["incident_id"], incidents["incident_id"][population])
    begun = of_these & known_before(handovers["handed_over_at"], scope.window)
    ended = begun & known_before(handovers["taken_up_at"], scope.window)
    seconds = seconds_between(handovers["handed_over_at"], handovers["taken_up_at"])[ended]
    count = int(population.sum())
    without = population & ~np.isin(incidents["incident_id"], handovers["incident_id"][begun])
    waiting = int((begun & ~ended).sum())
    withheld = waiting > 0 and not ended.any()
    return Measure(
        value=fsum(seconds.tolist()) / SECONDS_PER_HOUR if count and not withheld else None,
        n=int(ended.sum()),
        parts={
            "incidents": float(count),
            "handovers": float(ended.sum()),
            "open": float(waiting),
            "longest": float(seconds.max()) / SECONDS_PER_HOUR if len(seconds) else 0.0,
        },
        note=remark(
            (waiting, "not yet taken up"),
            (without.sum(), "without any hand-over"),
        ),
        rows={INCIDENTS: population, HANDOVERS: begun},
        state=State.WITHHELD if withheld else None,
        judged={SEVERITY: detected},
    )


METRICS = (incident_reviews_held, handover_time_lost)
