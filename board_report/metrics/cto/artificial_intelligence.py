"""AI governance: use cases in force, those through the data gate, and those found unsanctioned."""

from __future__ import annotations

from dataclasses import replace

from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    days_within,
    equals,
    metric,
    on_or_before,
    remark,
    share_of,
    stands_at_cutoff,
)

SUBJECT = "AI governance"
USE_CASES = "ai_use_cases"
SPLITS = ("business_unit", "data_class")
SENSITIVE = ("confidential", "restricted")


def _in_force(scope: Scope) -> BoolArray:
    frame = scope.frame(USE_CASES)
    return stands_at_cutoff(frame["registered_on"], frame["retired_on"], scope.window)


def _gated(scope: Scope) -> BoolArray:
    return on_or_before(scope.frame(USE_CASES)["gate_passed_on"], scope.window)


@metric(
    id="ai_use_cases",
    title="AI use cases in force",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    owner=Owner.CTO,
    formula="AI use cases registered or found, and not retired, at quarter end.",
    denominator="AI use cases in force at quarter end",
    empty="0",
    columns=(f"{USE_CASES}.registered_on", f"{USE_CASES}.retired_on", f"{USE_CASES}.origin"),
    splits=SPLITS,
    reference="What nobody has registered or found yet is not in it.",
    comparison=Comparison.STATED,
)
def ai_use_cases(scope: Scope) -> Measure:
    """AI use cases in force at quarter end; ``parts`` has those found in use."""
    standing = _in_force(scope)
    found = standing & equals(scope.frame(USE_CASES)["origin"], "found")
    return replace(count_of(USE_CASES, standing), parts={"found": float(found.sum())})


@metric(
    id="ai_gate_coverage",
    title="AI data gate coverage",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="AI use cases in force that passed the data-governance gate / all in force.",
    denominator="AI use cases in force at quarter end",
    empty="nothing happened",
    columns=(
        f"{USE_CASES}.registered_on",
        f"{USE_CASES}.retired_on",
        f"{USE_CASES}.gate_passed_on",
    ),
    splits=SPLITS,
    minimum_n=5,
    reference="Joint KPI; use cases found in use are in the denominator.",
    comparison=Comparison.STATED,
)
def ai_gate_coverage(scope: Scope) -> Measure:
    """Use cases through the data-governance gate by quarter end, over those in force."""
    return share_of(USE_CASES, _gated(scope), _in_force(scope))


@metric(
    id="ai_found_share",
    title="AI use found unsanctioned",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="AI use cases found in use / AI use cases registered or found, in the quarter.",
    denominator="AI use cases registered or found in the quarter",
    empty="nothing happened",
    columns=(f"{USE_CASES}.registered_on", f"{USE_CASES}.origin"),
    splits=SPLITS,
    minimum_n=5,
    reference="It also rises when the search for unsanctioned use gets better.",
    withhold_below=0,
)
def ai_found_share(scope: Scope) -> Measure:
    """Use cases found rather than registered by their owner, among the quarter's new ones."""
    frame = scope.frame(USE_CASES)
    new = days_within(frame["registered_on"], scope.window)
    return share_of(USE_CASES, equals(frame["origin"], "found"), new)


@metric(
    id="ai_sensitive_ungated",
    title="Sensitive AI use, no gate",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="AI use cases in force on sensitive data that passed no gate.",
    denominator="AI use cases in force on confidential or restricted data without the gate",
    empty="0",
    columns=(
        f"{USE_CASES}.data_class",
        f"{USE_CASES}.registered_on",
        f"{USE_CASES}.retired_on",
        f"{USE_CASES}.gate_passed_on",
    ),
    splits=SPLITS,
    reference="Sensitive means data of class confidential or restricted.",
    comparison=Comparison.STATED,
)
def ai_sensitive_ungated(scope: Scope) -> Measure:
    """Use cases on confidential or restricted data that have not passed the gate."""
    frame = scope.frame(USE_CASES)
    ungated = _in_force(scope) & ~_gated(scope)
    restricted = ungated & equals(frame["data_class"], "restricted")
    note = remark((restricted.sum(), "of them on restricted data"))
    return count_of(USE_CASES, ungated & equals(frame["data_class"], *SENSITIVE), note=note)


METRICS = (ai_use_cases, ai_gate_coverage, ai_found_share, ai_sensitive_ungated)
