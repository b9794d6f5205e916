"""Zero trust: the maturity stage of each pillar, and the crown jewels brought under it."""

from __future__ import annotations

import numpy as np

from board_report.metrics.cto.systems import SYSTEMS, in_service
from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    equals,
    metric,
    not_measured,
    numbers,
    of_quarter,
    on_or_before,
    remark,
    share_of,
)

SUBJECT = "Zero trust"
PILLARS = "zero_trust"
ZTMM = "CISA Zero Trust Maturity Model 2.0: 1 traditional, 2 initial, 3 advanced, 4 optimal."


def _unassessed(scope: Scope) -> Measure:
    """The measure of a quarter in which no pillar was assessed."""
    rows = int(of_quarter(scope.frame(PILLARS)["quarter"], scope.window).sum())
    if rows:
        return not_measured(f"none of {rows} pillars assessed" if rows > 1 else "not assessed")
    return not_measured(f"no pillars were recorded for {scope.window.quarter}")


@metric(
    id="zero_trust_at_target",
    title="Zero-trust pillars at target",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Pillars whose stage is at or above its target / pillars assessed.",
    denominator="pillars assessed at quarter end",
    empty="not measured",
    columns=(f"{PILLARS}.quarter", f"{PILLARS}.stage", f"{PILLARS}.target_stage"),
    reference=ZTMM,
    comparison=Comparison.STATED,
)
def zero_trust_at_target(scope: Scope) -> Measure:
    """Pillars at their target stage over those assessed; the others are counted in the note."""
    frame = scope.frame(PILLARS)
    stage, target = numbers(frame["stage"]), numbers(frame["target_stage"])
    recorded = of_quarter(frame["quarter"], scope.window)
    assessed = recorded & ~np.isnan(stage)
    if not assessed.any():
        return _unassessed(scope)
    missing = int(recorded.sum() - assessed.sum())
    note = remark((missing, "not assessed"))
    measure = share_of(PILLARS, stage >= target, assessed, note=note)
    extra = {"not_assessed": float(missing), "lowest_stage": float(stage[assessed].min())}
    return Measure(measure.value, measure.n, {**measure.parts, **extra}, note, measure.rows)


@metric(
    id="zero_trust_stage",
    title="Zero-trust maturity stage",
    subject=SUBJECT,
    unit=Unit.STAGE,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="The lowest stage of all pillars assessed; never a mean.",
    denominator="pillars assessed at quarter end",
    empty="not measured",
    columns=(f"{PILLARS}.quarter", f"{PILLARS}.pillar", f"{PILLARS}.stage"),
    splits=("pillar",),
    headline="lowest pillar",
    reference=f"{ZTMM} An attacker comes through the weakest pillar, so the lowest counts.",
)
def zero_trust_stage(scope: Scope) -> Measure:
    """The lowest stage of the assessed pillars; the note names the pillars that stand there."""
    frame = scope.frame(PILLARS)
    stage = numbers(frame["stage"])
    recorded = of_quarter(frame["quarter"], scope.window)
    assessed = recorded & ~np.isnan(stage)
    if not assessed.any():
        return _unassessed(scope)
    lowest = float(stage[assessed].min())
    missing = int(recorded.sum() - assessed.sum())
    weakest = sorted(frame["pillar"][assessed & (stage == lowest)])
    named = f"lowest: {', '.join(weakest).replace('_', ' ')}" if assessed.sum() > 1 else ""
    unseen = remark((missing, "not assessed"))
    return Measure(
        value=lowest,
        n=int(assessed.sum()),
        parts={"not_assessed": float(missing), "highest_stage": float(stage[assessed].max())},
        note="; ".join(filter(None, (named, unseen))),
        rows={PILLARS: recorded},
    )


@metric(
    id="crown_jewels_zero_trust",
    title="Crown jewels in zero trust",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Crown jewels under zero-trust access / crown jewels in service.",
    denominator="systems of tier crown jewel in service at quarter end",
    empty="nothing happened",
    columns=(
        f"{SYSTEMS}.asset_tier",
        f"{SYSTEMS}.in_service_on",
        f"{SYSTEMS}.retired_on",
        f"{SYSTEMS}.zero_trust_on",
    ),
    minimum_n=5,
    reference="Joint KPI.",
    comparison=Comparison.STATED,
)
def crown_jewels_zero_trust(scope: Scope) -> Measure:
    """Crown-jewel systems under zero-trust access by quarter end over those in service."""
    frame = scope.frame(SYSTEMS)
    jewels = in_service(scope) & equals(frame["asset_tier"], "crown_jewel")
    return share_of(SYSTEMS, on_or_before(frame["zero_trust_on"], scope.window), jewels)


ZERO_TRUST_METRICS = (zero_trust_at_target, zero_trust_stage, crown_jewels_zero_trust)
