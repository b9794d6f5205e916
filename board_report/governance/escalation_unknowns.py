"""Rows that no rule of escalation could judge, since they do not say what it asks of them."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.governance.escalation_records import EscalationRule, Gap, Watch
from board_report.governance.escalation_rules import FINDINGS, INCIDENTS
from board_report.governance.escalation_signals import RUNNING, missed_running
from board_report.metrics.declare import (
    before_cutoff,
    equals,
    known,
    past,
    stands_at_cutoff,
    within,
)
from board_report.metrics.needs import gap_of
from board_report.metrics.targets import TargetRecord
from board_report.model import State

DETECTIONS = "detections"


def unjudged(given: Watch) -> tuple[Gap, ...]:
    """The rules that could be applied to a part of the rows alone, each with the counts.

    An incident without a materiality state may be under review; an overdue finding without an
    asset tier may be on a crown jewel, and an open one on a crown jewel without a due date may be
    overdue. None of them is escalated, and none is taken for what it does not say. Where no row in
    question could be judged, the rule was not applied at all.
    """
    return (*_of_incidents(given), *_of_findings(given), *_of_tools(given), *_of_targets(given))


def _of_incidents(given: Watch) -> Iterator[Gap]:
    table = given.tables[INCIDENTS]
    gap = gap_of(
        table, "materiality_state", before_cutoff(table.frame["detected_at"], given.window)
    )
    if gap.unknown:
        yield Gap(EscalationRule.CLOCK, gap.note, is_partial=gap.unknown < gap.rows)


def _of_findings(given: Watch) -> Iterator[Gap]:
    table = given.tables[FINDINGS]
    frame, window = table.frame, given.window
    standing = stands_at_cutoff(frame["first_seen_on"], frame["closed_on"], window)
    jewel_or_unknown = equals(frame["asset_tier"], "crown_jewel") | ~known(frame["asset_tier"])
    gaps = (
        gap_of(table, "asset_tier", standing & past(frame["due_on"], window)),
        gap_of(table, "due_on", standing & jewel_or_unknown),
    )
    some = [each for each in gaps if each.unknown]
    if some:
        yield Gap(
            EscalationRule.CROWN_JEWEL_OVERDUE,
            " and ".join(each.note for each in some),
            is_partial=all(each.unknown < each.rows for each in some),
        )


def _of_tools(given: Watch) -> Iterator[Gap]:
    if given.previous is None or not given.window.is_over:
        return
    table = given.tables[DETECTIONS]
    raised = table.frame["created_at"]
    gap = gap_of(table, "source", within(raised, given.previous) | within(raised, given.window))
    if gap.unknown:
        yield Gap(EscalationRule.CONTROL_SILENT, gap.note, is_partial=True)


def _of_targets(given: Watch) -> Iterator[Gap]:
    """Figures off target now that may have been so for three quarters: those are not measured."""
    count = sum(map(_may_run, missed_running(given)))
    if count:
        figures, are = ("figure", "is") if count == 1 else ("figures", "are")
        yield Gap(
            EscalationRule.TARGET_MISSED,
            f"{count} {figures} off target {are} not measured in the quarters before",
            is_partial=True,
        )


def _may_run(record: TargetRecord) -> bool:
    if record.missed_running >= RUNNING:
        return False
    before = record.states[: len(record.states) - record.missed_running]
    return not before or before[-1] in (State.NOT_MEASURED, State.WITHHELD)
