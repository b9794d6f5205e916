"""Delivery of software: the secure code deployment rate, bypasses, and the four DORA keys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from board_report.metrics.cto.reading import is_true
from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    duration_of,
    equals,
    known,
    known_before,
    metric,
    not_measured,
    numbers,
    remark,
    seconds_between,
    share_of,
    within,
)

SUBJECT = "Delivery"
DEPLOYMENTS = "deployments"
SPLITS = ("business_unit",)
DORA = "DORA (DevOps Research and Assessment), four keys of software delivery."
SECONDS_AN_HOUR = 3600
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Gates:
    """How each deployment of the quarter came through its gates; each is in one group only."""

    deployed: BoolArray
    clean: BoolArray
    """Every required gate passed, and no bypass recorded."""
    approved: BoolArray
    """A gate bypassed with approval."""
    unapproved: BoolArray
    """A gate bypassed without approval, even where the gates are all recorded as passed."""
    failed: BoolArray
    """Fewer gates passed than required, and no bypass recorded."""
    ungated: BoolArray
    """Clean because no gate was required of it (a part of ``clean``)."""


def gates_of_quarter(scope: Scope) -> Gates:
    """Sort the quarter's production deployments by how they came through their gates."""
    frame = scope.frame(DEPLOYMENTS)
    required, passed = numbers(frame["gates_required"]), numbers(frame["gates_passed"])
    deployed = within(frame["deployed_at"], scope.window)
    unapproved = deployed & equals(frame["bypass"], "unapproved")
    approved = deployed & equals(frame["bypass"], "approved")
    clean = deployed & (passed >= required) & ~approved & ~unapproved
    return Gates(
        deployed=deployed,
        clean=clean,
        approved=approved,
        unapproved=unapproved,
        failed=deployed & ~clean & ~approved & ~unapproved,
        ungated=clean & (required == 0),
    )


def _deployed(scope: Scope) -> BoolArray:
    return within(scope.frame(DEPLOYMENTS)["deployed_at"], scope.window)


@metric(
    id="secure_code_deployment_rate",
    title="Secure code deployment rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="deployments that passed every required gate or had an approved bypass / all",
    denominator="production deployments in the quarter",
    empty="nothing happened, when nothing was deployed in the quarter",
    columns=(
        f"{DEPLOYMENTS}.deployed_at",
        f"{DEPLOYMENTS}.gates_required",
        f"{DEPLOYMENTS}.gates_passed",
        f"{DEPLOYMENTS}.bypass",
    ),
    splits=SPLITS,
    minimum_n=5,
    reference=(
        "Joint KPI. An unapproved bypass fails even where all gates read as passed; "
        "an approved one passes and the note counts it; part clean_share leaves it out."
    ),
)
def secure_code_deployment_rate(scope: Scope) -> Measure:
    """Deployments through every gate, or past one with approval, over all of the quarter.

    ``parts`` sorts all deployments into clean, approved_bypass, unapproved_bypass and failed_gate;
    ``clean_share`` is the rate without approved bypasses; ``no_gate_required`` is a part of clean.
    """
    gates = gates_of_quarter(scope)
    counts = {
        "clean": int(gates.clean.sum()),
        "approved_bypass": int(gates.approved.sum()),
        "unapproved_bypass": int(gates.unapproved.sum()),
        "failed_gate": int(gates.failed.sum()),
        "no_gate_required": int(gates.ungated.sum()),
    }
    note = remark(
        (counts["approved_bypass"], "passing by approved bypass"),
        (counts["no_gate_required"], "with no gate to pass"),
    )
    measure = share_of(DEPLOYMENTS, gates.clean | gates.approved, gates.deployed, note=note)
    parts = {**measure.parts, **{name: float(count) for name, count in counts.items()}}
    if measure.n:
        parts["clean_share"] = counts["clean"] / measure.n
    return Measure(measure.value, measure.n, parts, note, measure.rows)


@metric(
    id="unapproved_bypasses",
    title="Unapproved gate bypasses",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="number of deployments in the quarter that bypassed a gate without approval",
    denominator="production deployments in the quarter with an unapproved bypass",
    empty="zero",
    columns=(f"{DEPLOYMENTS}.deployed_at", f"{DEPLOYMENTS}.bypass"),
    splits=SPLITS,
    reference="Counted whether or not the gates are recorded as passed.",
)
def unapproved_bypasses(scope: Scope) -> Measure:
    """Deployments of the quarter that went past a security gate without approval."""
    bypass = scope.frame(DEPLOYMENTS)["bypass"]
    return count_of(DEPLOYMENTS, _deployed(scope) & equals(bypass, "unapproved"))


@metric(
    id="deployment_frequency",
    title="Deployment frequency",
    subject=SUBJECT,
    unit=Unit.PER_WEEK,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="production deployments / (days of the quarter gone by / 7)",
    denominator="production deployments in the quarter",
    empty="zero a week, when nothing was deployed in the quarter",
    columns=(f"{DEPLOYMENTS}.deployed_at",),
    splits=SPLITS,
    reference=DORA,
)
def deployment_frequency(scope: Scope) -> Measure:
    """Deployments a week over the days of the quarter up to the as-of date."""
    days = (scope.window.cutoff_day - scope.window.first_day).days + 1
    if days < 1:
        return not_measured("the quarter has not begun")
    deployed = _deployed(scope)
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
    formula="median of (time deployed - time first committed), in hours",
    denominator="production deployments in the quarter with a known commit time",
    empty="nothing happened, when nothing was deployed; withheld, when no commit time is known",
    columns=(f"{DEPLOYMENTS}.committed_at", f"{DEPLOYMENTS}.deployed_at"),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=DORA,
)
def lead_time(scope: Scope) -> Measure:
    """Median hours from first commit to production; unknown commit times are counted."""
    frame = scope.frame(DEPLOYMENTS)
    return duration_of(
        DEPLOYMENTS,
        _deployed(scope),
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
    formula="deployments rolled back or fixed at once / deployments of known outcome",
    denominator="production deployments in the quarter of known outcome",
    empty="nothing happened, when nothing was deployed; withheld, when no outcome is known",
    columns=(f"{DEPLOYMENTS}.deployed_at", f"{DEPLOYMENTS}.is_failed"),
    splits=SPLITS,
    minimum_n=5,
    reference=DORA,
)
def change_failure_rate(scope: Scope) -> Measure:
    """Failed deployments over those of known outcome; the unknown are counted in the note."""
    failed = scope.frame(DEPLOYMENTS)["is_failed"]
    deployed = _deployed(scope)
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
    formula="median of (time restored - time deployed), in hours",
    denominator="failed deployments in the quarter after which service was restored",
    empty="nothing happened, when no deployment failed; withheld, when none is restored",
    columns=(
        f"{DEPLOYMENTS}.deployed_at",
        f"{DEPLOYMENTS}.is_failed",
        f"{DEPLOYMENTS}.restored_at",
    ),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=f"{DORA} Those not yet restored are counted in the note, not in the median.",
)
def time_to_restore(scope: Scope) -> Measure:
    """Median hours from a failed deployment to restored service; open ones are counted."""
    frame = scope.frame(DEPLOYMENTS)
    restored = known_before(frame["restored_at"], scope.window)
    seconds = seconds_between(frame["deployed_at"], frame["restored_at"])
    return duration_of(
        DEPLOYMENTS,
        _deployed(scope) & is_true(frame["is_failed"]),
        np.where(restored, seconds, np.nan),
        seconds_per_unit=SECONDS_AN_HOUR,
        still_open=~restored,
        open_word="not restored",
    )


METRICS = (
    secure_code_deployment_rate,
    unapproved_bypasses,
    deployment_frequency,
    lead_time,
    change_failure_rate,
    time_to_restore,
)
