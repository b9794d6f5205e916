"""Item 106, sub-item by sub-item: what is attested and what is not.

A statement counts when a person of a role attested it on a date. Nothing is claimed by default:
what is missing is a gap, and a gap keeps the draft from being complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from board_report.governance.carry_forward import carried, unanswered
from board_report.governance.item_106_agreement import agreement
from board_report.governance.item_106_records import Answer, Coverage, Covered, Gap, GapCode
from board_report.governance.line_words import Office
from board_report.governance.prior_filing import PriorFiling
from board_report.governance.rules import Rules, SubItem
from board_report.governance.statements import NOT_APPLICABLE, Fact, Statement


def cover(
    rules: Rules,
    statements: Sequence[Statement],
    facts: Mapping[str, Fact],
    *,
    year_starts: date,
    drawn_on: date,
    committee: str = "",
    offices: Mapping[str, Office] | None = None,
    prior: PriorFiling | None = None,
) -> Coverage:
    """Hold statements and facts against the rule.

    Args:
        rules: the rule data.
        statements: as made by :func:`statements_from`.
        facts: as made by :func:`facts_from`.
        year_starts: first day of the fiscal year; an older attestation is for another year.
        drawn_on: the day on which the data were drawn; a later attestation cannot be in them.
        committee: the committee of the calendar that oversees; empty leaves that check out.
        offices: roles with their lines on record; None leaves the check of typed lines out.
        prior: the last filing, whose words statements may carry forward; None where there is none.
    """
    said = [carried(each, prior, facts.get(each.sub_item)) for each in statements]
    items = tuple(
        _covered(each, [s for s in said if s.sub_item == each.id], facts.get(each.id), prior)
        for each in rules.sub_items
    )
    found = agreement(
        items, year_starts=year_starts, drawn_on=drawn_on, committee=committee, offices=offices
    )
    return Coverage(items, tuple(found))


def _covered(
    sub_item: SubItem,
    statements: Sequence[Statement],
    fact: Fact | None,
    prior: PriorFiling | None,
) -> Covered:
    counted = tuple(each for each in statements if each.counts)
    if not statements and fact and fact.answer == NOT_APPLICABLE:
        gap = _not_applicable_gap(sub_item, fact)
        answer = Answer.GAP if gap else Answer.NOT_APPLICABLE
        return Covered(sub_item, answer, (), (gap,) if gap else (), fact)
    gaps = tuple(_gaps(statements)) if statements else (unanswered(sub_item.id, prior, fact),)
    if not gaps:
        return Covered(sub_item, Answer.ADDRESSED, counted, (), fact)
    return Covered(sub_item, Answer.PARTLY if counted else Answer.GAP, counted, gaps, fact)


def _not_applicable_gap(sub_item: SubItem, fact: Fact) -> Gap | None:
    if sub_item.always:
        sentence = "On file as not applicable, but the rule asks this of every registrant."
        return Gap(GapCode.ALWAYS_ASKED, sentence, fact.role)
    if not fact.reason:
        sentence = "On file as not applicable, without a reason."
        return Gap(GapCode.NO_REASON, sentence, fact.role)
    if fact.attested_on is None:
        sentence = "On file as not applicable, but nobody has attested it yet."
        return Gap(GapCode.NOT_DATED, sentence, fact.role)
    return None


def _gaps(statements: Sequence[Statement]) -> Iterable[Gap]:
    undated = sorted((s for s in statements if s.attested_on is None), key=lambda s: s.role)
    for role, group in groupby(undated, key=lambda each: each.role):
        waiting = list(group)
        ids = [each.id for each in waiting]
        one = len(ids) == 1
        sentence = (
            f"{'A drafted statement waits' if one else f'{len(ids)} drafted statements wait'} "
            f"to be attested ({', '.join(ids)}), so nothing is claimed from "
            f"{'it' if one else 'them'}."
        )
        words = tuple(each.text for each in waiting if each.carried_from and not each.withheld)
        yield Gap(GapCode.NOT_DATED, sentence, role, words)
    for each in statements:
        if each.attested_on is not None and each.withheld:
            sentence = f"An attested statement ({each.id}) is left out: {each.withheld}."
            yield Gap(GapCode.WITHHELD, sentence, each.role)
