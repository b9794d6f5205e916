"""What moved on its own since the last quarter: derived by rule, worst first.

The order of the rules is that of :data:`RULE_ORDER`. Within a rule the largest comes first: an
incident determined material before reviews, these by days since detection; scenarios by expected
loss; crown jewels by their gravest overdue finding, then by how many; acceptances by days lapsed;
exports by age, then controls by units, then tools; targets by their distance from the target,
relative to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from board_report.governance.escalation_gaps import blind_rules
from board_report.governance.escalation_records import (
    ESCALATION_FAULTS,
    ESCALATION_RULES,
    RULE_ORDER,
    Escalation,
    EscalationRule,
    Gap,
    Watch,
    day,
    listed,
)
from board_report.governance.escalation_rules import acceptances, clocks, crown_jewels, risk_bands
from board_report.governance.escalation_signals import (
    missed_longer,
    over_appetite,
    silent,
    targets_missed,
)
from board_report.governance.escalation_unknowns import unjudged
from board_report.model import Finding
from board_report.sources.faults import explained

__all__ = [
    "ESCALATION_FAULTS",
    "ESCALATION_RULES",
    "RULE_ORDER",
    "Escalation",
    "EscalationRule",
    "Gap",
    "Watch",
    "escalation_findings",
    "escalations",
    "folded",
    "gaps",
    "missed_longer",
]

_FINDERS: dict[EscalationRule, Callable[[Watch], list[Escalation]]] = {
    EscalationRule.CLOCK: clocks,
    EscalationRule.OVER_APPETITE: over_appetite,
    EscalationRule.RISK_BAND: risk_bands,
    EscalationRule.CROWN_JEWEL_OVERDUE: crown_jewels,
    EscalationRule.ACCEPTANCE_LAPSED: acceptances,
    EscalationRule.CONTROL_SILENT: silent,
    EscalationRule.TARGET_MISSED: targets_missed,
}


def escalations(given: Watch) -> tuple[Escalation, ...]:
    """Every matter that a rule brings before the board, worst first and numbered."""
    found = [
        each
        for rule in RULE_ORDER
        for each in sorted(_FINDERS[rule](given), key=lambda one: -one.size)
    ]
    return tuple(replace(each, rank=at) for at, each in enumerate(found, 1))


def escalation_findings(found: Sequence[Escalation]) -> tuple[Finding, ...]:
    """Each escalation as a note, at its first row."""
    return tuple(
        explained(
            ESCALATION_FAULTS[each.rule],
            each.rule,
            {"sentence": each.sentence.replace("\u00a0", " ")},
            file=each.rows[0].file if each.rows else "",
            line=each.rows[0].line if each.rows else 0,
            table=each.rows[0].table if each.rows else "",
            value=each.metric_id or each.subject,
        )
        for each in found
    )


# --- what could not be looked at -----------------------------------------------------------------


def gaps(given: Watch) -> tuple[Gap, ...]:
    """The rules that could not be applied, wholly or in part, each with the reason.

    A rule that found something all the same was applied in part; so was the rule on silence where
    one of its two files was given.
    """
    blind = [
        Gap(rule, reason, is_partial=_saw_something(given, rule))
        for rule, reason in blind_rules(given).items()
    ]
    told = {each.rule for each in blind}
    return (*blind, *(each for each in unjudged(given) if each.rule not in told))


def _saw_something(given: Watch, rule: EscalationRule) -> bool:
    if rule is EscalationRule.CONTROL_SILENT and given.previous and given.window.is_over:
        return any(map(given.tables.measured, ("control_coverage", "detections"))) or bool(
            silent(given)
        )
    return bool(_FINDERS[rule](given))


# --- several in one line -------------------------------------------------------------------------


def folded(rule: EscalationRule, some: Sequence[Escalation]) -> Escalation:
    """Several matters of one rule as one, ranked as the worst of them.

    The sentence counts and names them, the largest first; ``since`` is the earliest.
    """
    known = [each.since for each in some if each.since]
    since = min(known, default=None)
    owners = {each.owner_role for each in some}
    return Escalation(
        rule,
        some[0].rank,
        _several(rule, some, day(since) if since else ""),
        tuple(row for each in some for row in each.rows),
        some[0].metric_id,
        since,
        owners.pop() if len(owners) == 1 else "",
        some[0].subject,
        some[0].size,
        sum(each.count for each in some),
    )


def _several(rule: EscalationRule, some: Sequence[Escalation], since: str) -> str:
    """The sentence over several matters of one rule; ``OVER_APPETITE`` never has several."""
    most = 2 if rule is EscalationRule.CROWN_JEWEL_OVERDUE else 4
    names, number = listed([each.subject for each in some], most), len(some)
    findings = sum(each.count for each in some)
    words = {
        EscalationRule.CLOCK: f"{number} incidents are under materiality review or were determined "
        f"material, the first since {since}",
        EscalationRule.RISK_BAND: f"{number} scenarios rose to a higher band",
        EscalationRule.CROWN_JEWEL_OVERDUE: f"{findings} findings on {number} crown jewels became "
        f"overdue and are open, the oldest due {since}",
        EscalationRule.ACCEPTANCE_LAPSED: f"{number} acceptances have lapsed and are still open, "
        f"the oldest since {since}",
        EscalationRule.CONTROL_SILENT: f"{number} controls, tools or exports have stopped "
        "reporting",
        EscalationRule.TARGET_MISSED: f"{number} figures are off target for the third quarter "
        "running",
    }
    return f"{words.get(rule, f'{number} matters')}: {names}."
