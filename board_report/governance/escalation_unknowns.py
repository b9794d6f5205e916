"""Rows that no rule of escalation could judge, since they do not say what it asks of them."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.governance.escalation_records import EscalationRule, Gap, Watch
from board_report.governance.escalation_rules import FINDINGS, INCIDENTS
from board_report.metrics.declare import (
    before_cutoff,
    equals,
    known,
    past,
    stands_at_cutoff,
    within,
)
from board_report.metrics.needs import gap_of

DETECTIONS = "detections"


def unjudged(given: Watch) -> tuple[Gap, ...]:
    """The rules that could be applied to a part of the rows alone, each with the counts.

    An incident without a materiality state may be under review; an overdue finding without an
    asset tier may be on a crown jewel, and an open one on a crown jewel without a due date may be
    overdue. None of them is escalated, and none is taken for what it does not say.
    """
    return tuple(
        Gap(rule, reason, is_partial=True)
        for rule, reason in (*_of_incidents(given), *_of_findings(given), *_of_tools(given))
    )


def _of_incidents(given: Watch) -> Iterator[tuple[EscalationRule, str]]:
    table = given.tables[INCIDENTS]
    gap = gap_of(
        table, "materiality_state", before_cutoff(table.frame["detected_at"], given.window)
    )
    if gap.unknown:
        yield EscalationRule.CLOCK, gap.note


def _of_findings(given: Watch) -> Iterator[tuple[EscalationRule, str]]:
    table = given.tables[FINDINGS]
    frame, window = table.frame, given.window
    standing = stands_at_cutoff(frame["first_seen_on"], frame["closed_on"], window)
    jewel_or_unknown = equals(frame["asset_tier"], "crown_jewel") | ~known(frame["asset_tier"])
    gaps = (
        gap_of(table, "asset_tier", standing & past(frame["due_on"], window)),
        gap_of(table, "due_on", standing & jewel_or_unknown),
    )
    reasons = [each.note for each in gaps if each.unknown]
    if reasons:
        yield EscalationRule.CROWN_JEWEL_OVERDUE, " and ".join(reasons)


def _of_tools(given: Watch) -> Iterator[tuple[EscalationRule, str]]:
    if given.previous is None or not given.window.is_over:
        return
    table = given.tables[DETECTIONS]
    raised = table.frame["created_at"]
    gap = gap_of(table, "source", within(raised, given.previous) | within(raised, given.window))
    if gap.unknown:
        yield EscalationRule.CONTROL_SILENT, gap.note
