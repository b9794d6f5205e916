"""Business systems in service, and those that run past their vendor's support."""

from __future__ import annotations

from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    known,
    metric,
    past,
    remark,
    share_of,
    stands_at_cutoff,
)

SUBJECT = "Secure by design"
SYSTEMS = "systems"
SPLITS = ("asset_tier", "business_unit")


def in_service(scope: Scope) -> BoolArray:
    """Systems in service at quarter end: begun by then, and not retired by then."""
    frame = scope.frame(SYSTEMS)
    return stands_at_cutoff(frame["in_service_on"], frame["retired_on"], scope.window)


def _past_support(scope: Scope) -> BoolArray:
    return in_service(scope) & past(scope.frame(SYSTEMS)["support_ends_on"], scope.window)


def _unannounced(scope: Scope) -> str:
    announced = known(scope.frame(SYSTEMS)["support_ends_on"])
    return remark(((in_service(scope) & ~announced).sum(), "without an announced end of support"))


COLUMNS = (f"{SYSTEMS}.in_service_on", f"{SYSTEMS}.retired_on", f"{SYSTEMS}.support_ends_on")


@metric(
    id="systems_past_support",
    title="Systems past support",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Systems in service whose vendor's support ended before quarter end.",
    denominator="systems in service at quarter end and past their end of support",
    empty="0",
    columns=COLUMNS,
    splits=SPLITS,
    reference="The last day of support is still within it; no announced end counts as within it.",
    comparison=Comparison.STATED,
)
def systems_past_support(scope: Scope) -> Measure:
    """Systems in service at quarter end whose support ended earlier."""
    return count_of(SYSTEMS, _past_support(scope), note=_unannounced(scope))


@metric(
    id="past_support_share",
    title="Share past support",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Systems in service past their end of support / systems in service.",
    denominator="systems in service at quarter end",
    empty="nothing happened",
    columns=COLUMNS,
    splits=SPLITS,
    minimum_n=5,
    reference="The last day of support is still within it; no announced end counts as within it.",
    comparison=Comparison.STATED,
)
def past_support_share(scope: Scope) -> Measure:
    """Systems past support over all in service at quarter end."""
    return share_of(SYSTEMS, _past_support(scope), in_service(scope), note=_unannounced(scope))


SYSTEM_METRICS = (systems_past_support, past_support_share)
