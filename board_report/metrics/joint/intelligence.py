"""Threat intelligence: what one office passed to the other, and whether anybody acted on it."""

from __future__ import annotations

from dataclasses import replace

from board_report.metrics.declare import (
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    days_within,
    metric,
    on_or_before,
    remark,
    share_of,
    stands_at_cutoff,
)

SUBJECT = "Working together"
ITEMS = "threat_intelligence"


@metric(
    id="threat_intel_acted_on",
    title="Threat intelligence acted on",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Items shared with the other office and acted on / items shared with it.",
    denominator="items of threat intelligence shared with the other office in the quarter",
    empty="nothing happened",
    columns=(f"{ITEMS}.received_on", f"{ITEMS}.shared_on", f"{ITEMS}.acted_on"),
    minimum_n=5,
    reference="Acted on by quarter end; what was never shared is noted, not counted.",
    withhold_below=0,
)
def threat_intel_acted_on(scope: Scope) -> Measure:
    """Items shared in the quarter that somebody acted on by its end, over those shared."""
    frame = scope.frame(ITEMS)
    shared = days_within(frame["shared_on"], scope.window)
    received = days_within(frame["received_on"], scope.window)
    unshared = received & stands_at_cutoff(frame["received_on"], frame["shared_on"], scope.window)
    found = share_of(
        ITEMS,
        on_or_before(frame["acted_on"], scope.window),
        shared,
        note=remark((unshared.sum(), "received and not shared")),
    )
    return replace(found, parts={**found.parts, "unshared": float(unshared.sum())})


METRICS = (threat_intel_acted_on,)
