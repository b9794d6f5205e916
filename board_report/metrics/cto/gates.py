"""Security gates of deployments: the secure code deployment rate, and unapproved bypasses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    equals,
    metric,
    numbers,
    remark,
    share_of,
    within,
)

SUBJECT = "Delivery"
DEPLOYMENTS = "deployments"
SPLITS = ("business_unit",)
BYPASS = f"{DEPLOYMENTS}.bypass"
REQUIRED, PASSED = f"{DEPLOYMENTS}.gates_required", f"{DEPLOYMENTS}.gates_passed"


def deployed_in_quarter(scope: Scope) -> BoolArray:
    """Production deployments of the quarter."""
    return within(scope.frame(DEPLOYMENTS)["deployed_at"], scope.window)


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
    unjudged: BoolArray
    """Not known whether a gate was bypassed; or none was, and not known whether all were passed."""


def gates_of_quarter(scope: Scope) -> Gates:
    """Sort the quarter's production deployments by how they came through their gates."""
    frame = scope.frame(DEPLOYMENTS)
    required, passed = numbers(frame["gates_required"]), numbers(frame["gates_passed"])
    deployed = deployed_in_quarter(scope)
    unapproved = deployed & equals(frame["bypass"], "unapproved")
    approved = deployed & equals(frame["bypass"], "approved")
    straight = deployed & equals(frame["bypass"], "none")
    clean, failed = straight & (passed >= required), straight & (passed < required)
    return Gates(
        deployed=deployed,
        clean=clean,
        approved=approved,
        unapproved=unapproved,
        failed=failed,
        ungated=clean & (required == 0),
        unjudged=deployed & ~approved & ~unapproved & ~clean & ~failed,
    )


@metric(
    id="secure_code_deployment_rate",
    title="Secure code deployment rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Deployments that passed every required gate or had an approved bypass / all.",
    denominator="production deployments in the quarter",
    empty="nothing happened",
    columns=(
        f"{DEPLOYMENTS}.deployed_at",
        f"{DEPLOYMENTS}.gates_required",
        f"{DEPLOYMENTS}.gates_passed",
        f"{DEPLOYMENTS}.bypass",
    ),
    needs=(BYPASS, REQUIRED, PASSED),
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
    A deployment of which it is not known how it came through is in no group and not in the rate.
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
    judged = gates.deployed & ~gates.unjudged
    measure = share_of(DEPLOYMENTS, gates.clean | gates.approved, judged, note=note)
    parts = {**measure.parts, **{name: float(count) for name, count in counts.items()}}
    if gates.unjudged.any():
        parts["not_known"] = float(gates.unjudged.sum())
    if measure.n:
        parts["clean_share"] = counts["clean"] / measure.n
    straight = gates.deployed & ~gates.approved & ~gates.unapproved
    needed = {BYPASS: gates.deployed, REQUIRED: straight, PASSED: straight}
    return replace(measure, parts=parts, judged=needed)


@metric(
    id="unapproved_bypasses",
    title="Unapproved gate bypasses",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Deployments in the quarter that bypassed a gate without approval.",
    denominator="production deployments in the quarter with an unapproved bypass",
    empty="0",
    columns=(f"{DEPLOYMENTS}.deployed_at", f"{DEPLOYMENTS}.bypass"),
    needs=(BYPASS,),
    splits=SPLITS,
    reference="Counted whether or not the gates are recorded as passed.",
    accumulates=True,
)
def unapproved_bypasses(scope: Scope) -> Measure:
    """Deployments of the quarter that went past a security gate without approval."""
    bypass, deployed = scope.frame(DEPLOYMENTS)["bypass"], deployed_in_quarter(scope)
    found = count_of(DEPLOYMENTS, deployed & equals(bypass, "unapproved"))
    return replace(found, judged={BYPASS: deployed})


GATE_METRICS = (secure_code_deployment_rate, unapproved_bypasses)
