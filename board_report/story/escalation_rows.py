"""Lines of the escalations page: what the rules found, folded to what a page holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from math import isinf

from board_report.governance.escalations import (
    RULE_ORDER,
    Escalation,
    EscalationRule,
    Watch,
    escalations,
    folded,
)
from board_report.risk.position import curve_at
from board_report.story import formats
from board_report.story.facts import BoardFacts

LINES_SHOWN = 9
FOLD_FROM = 4
"""Matters of one rule from which on they take one line together."""

LABELS = {
    EscalationRule.CLOCK: "Clock running",
    EscalationRule.OVER_APPETITE: "Over appetite",
    EscalationRule.RISK_BAND: "Rose a band",
    EscalationRule.CROWN_JEWEL_OVERDUE: "Crown jewel overdue",
    EscalationRule.ACCEPTANCE_LAPSED: "Acceptance lapsed",
    EscalationRule.CONTROL_SILENT: "Stopped reporting",
    EscalationRule.TARGET_MISSED: "Target missed",
}
NOT_FOUND = {
    EscalationRule.CLOCK: "no clock runs",
    EscalationRule.OVER_APPETITE: "the loss does not dwell over appetite",
    EscalationRule.RISK_BAND: "no risk rose a band",
    EscalationRule.CROWN_JEWEL_OVERDUE: "no crown jewel fell behind",
    EscalationRule.ACCEPTANCE_LAPSED: "no acceptance has lapsed",
    EscalationRule.CONTROL_SILENT: "nothing stopped reporting",
    EscalationRule.TARGET_MISSED: "no target was missed for a third quarter",
}
"""What may be said where a rule was applied and found nothing."""


def watch_of(facts: BoardFacts) -> Watch:
    """What the rules look at, with values in the words of the documents."""
    project = facts.project
    return Watch(
        facts.figures,
        facts.tables,
        facts.windows,
        project.risk.bands,
        curve_at(project.risk.tolerance, 0.05),
        project.calendar.time_zone,
        lambda value, unit: formats.with_unit(value, unit, facts.currency),
        curve_at(project.risk.appetite, 0.05),
        project.company.currency,
    )


def escalations_of(facts: BoardFacts) -> tuple[Escalation, ...]:
    """Every matter that a rule brings before the board, worst first."""
    return escalations(watch_of(facts))


def to_lines(found: Sequence[Escalation], room: int = LINES_SHOWN) -> tuple[Escalation, ...]:
    """The matters in at most ``room`` lines: a rule with many takes one line for all of them.

    Rules fold from :data:`FOLD_FROM` matters on; where that is not enough, the one with the most
    lines folds next (the least grave among equals), until all are shown. Nothing is left out.
    """
    groups = {rule: list(some) for rule, some in groupby(found, key=lambda each: each.rule)}
    for rule, some in groups.items():
        if len(some) >= FOLD_FROM:
            groups[rule] = [folded(rule, some)]
    while sum(map(len, groups.values())) > room:
        rule = max(groups, key=lambda each: (len(groups[each]), RULE_ORDER.index(each)))
        groups[rule] = [folded(rule, groups[rule])]
    return tuple(each for some in groups.values() for each in some)


def label_of(line: Escalation) -> str:
    """The rule in two or three words; of the loss, which limit of the board it dwells over."""
    return (
        f"Over {line.subject}" if line.rule is EscalationRule.OVER_APPETITE else LABELS[line.rule]
    )


def line_of(facts: BoardFacts, line: Escalation) -> dict[str, str]:
    """One line of the page, in words."""
    first, *more = line.rows or (None,)
    if line.metric_id:
        source = f"board-report explain {line.metric_id}"
        others = line.count - 1 if line.rule is EscalationRule.TARGET_MISSED else 0
        rest = f"and {formats.number(others)} more" if others else ""
    else:
        source = f"{first.file.rpartition('/')[2]}:{first.line}" if first else ""
        rest = f"and {formats.number(len(more))} more" if more else ""
    return {
        "label": label_of(line),
        "sentence": line.sentence,
        "since": formats.day(line.since),
        "stood": _stood(facts, line),
        "owner": facts.surname(line.owner_role) if line.owner_role else "Several",
        "source": source,
        "more": rest,
    }


def _stood(facts: BoardFacts, line: Escalation) -> str:
    """How long: in quarters for what is known once a quarter, else in days."""
    if line.rule is EscalationRule.OVER_APPETITE:
        return formats.counted(line.count, "quarter", words=False)
    if line.rule is EscalationRule.TARGET_MISSED:
        return formats.counted(3, "quarter", words=False)
    age = (facts.as_of - line.since).days if line.since else 0
    return formats.days(age) if age > 0 else "new"


def headline(rule: EscalationRule, some: Sequence[Escalation]) -> str:
    """What one rule found, as a clause of the title."""
    count = len(some)
    number, is_are = formats.count_words(count), "is" if count == 1 else "are"
    if rule is EscalationRule.CLOCK:
        return _clock_words(some)
    if rule is EscalationRule.OVER_APPETITE:
        return f"the 1-in-20 loss dwells over {some[0].subject}"
    if rule is EscalationRule.RISK_BAND:
        return f"{formats.counted(count, 'risk')} rose a band"
    if rule is EscalationRule.CROWN_JEWEL_OVERDUE:
        findings = sum(each.count for each in some)
        return f"{formats.counted(findings, 'crown-jewel finding')} became overdue"
    if rule is EscalationRule.ACCEPTANCE_LAPSED:
        return f"{formats.counted(count, 'acceptance')} {'has' if count == 1 else 'have'} lapsed"
    if rule is EscalationRule.CONTROL_SILENT:
        return f"{number} {'report' if count == 1 else 'reports'} went silent"
    return f"{formats.counted(count, 'target')} {is_are} missed for a third quarter"


def _clock_words(some: Sequence[Escalation]) -> str:
    material = sum(isinf(each.size) for each in some)
    reviews = len(some) - material
    open_ = f"{'a' if reviews == 1 else formats.count_words(reviews)} materiality review"
    open_ += " is open" if reviews == 1 else "s are open"
    if not material:
        return open_
    start = (
        "an incident was" if material == 1 else f"{formats.count_words(material)} incidents were"
    )
    return f"{start} determined material"


def standing(facts: BoardFacts, lines: Sequence[Escalation]) -> dict[str, object]:
    """Where each line's bar begins between the scale's start and now.

    The scale starts with the quarter of the oldest line, at most as far back as the figures reach.
    """
    known = [each.since for each in lines if each.since]
    oldest = min(known, default=facts.as_of)
    firsts = [each for each in facts.windows if each.last_day >= oldest] or [facts.window]
    start, end = firsts[0].first_day, facts.as_of

    def place(day: date) -> float:
        return (day - start).days / max((end - start).days, 1)

    return {
        "starts": [place(each.since) if each.since else None for each in lines],
        "turn": place(facts.window.first_day),
        "ends": (f"{firsts[0].quarter.short} {firsts[0].quarter.year}", "now"),
    }
