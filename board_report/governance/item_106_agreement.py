"""Whether what is attested for Item 106 agrees with the facts, the dates, the lines on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from board_report.governance.item_106_records import CoverageFinding, Covered, Disagreement
from board_report.governance.line_words import Office, disagreements
from board_report.governance.statements import NO, NOT_APPLICABLE, YES, Fact, Statement

_LIKELY = re.compile(r"\breasonably likely\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(no|not|none|nor|neither|never|cannot)\b|n[’']t\b", re.IGNORECASE)


def agreement(
    items: Sequence[Covered],
    *,
    year_starts: date,
    drawn_on: date,
    committee: str,
    offices: Mapping[str, Office] | None,
) -> Iterator[CoverageFinding]:
    """What does not agree, sub-item by sub-item, then the name of the committee.

    Args:
        items: all sub-items with what answers them.
        year_starts: first day of the fiscal year; an older attestation is for another year.
        drawn_on: the day on which the data were drawn; a later attestation cannot be in them.
        committee: the committee of the calendar that oversees; empty leaves that check out.
        offices: roles with their lines on record; None leaves the check of typed lines out.
    """
    for item in items:
        yield from _facts_and_text(item)
        yield from _dates(item, year_starts, drawn_on)
        yield from _lines(item, offices)
    yield from _committee(items, committee)


def _facts_and_text(item: Covered) -> Iterable[CoverageFinding]:
    fact, name = item.fact, item.sub_item.id

    def found(code: Disagreement, sentence: str) -> CoverageFinding:
        return CoverageFinding(code, name, sentence)

    if fact is None:
        if item.sub_item.flag:
            sentence = "No yes-or-no fact is on file, and the tagging needs one."
            yield found(Disagreement.FACT_MISSING, sentence)
        return
    if fact.attested_on is None:
        yield found(Disagreement.FACT_NOT_DATED, f"The fact “{_word(fact)}” is not attested.")
    has_text = bool(item.statements)
    if fact.answer == YES and not has_text:
        sentence = "The fact says yes, and no attested statement says it."
        yield found(Disagreement.YES_BUT_NO_TEXT, sentence)
    if fact.answer == NO and has_text and not item.sub_item.no_is_told:
        sentence = "The fact says no, and a statement stands in the text."
        yield found(Disagreement.NO_BUT_TEXT, sentence)
    if fact.answer == NO and item.sub_item.no_is_told and _says_likely(item.statements):
        sentence = "The fact says no, and a sentence says that an effect is reasonably likely."
        yield found(Disagreement.NO_BUT_LIKELY, sentence)
    if fact.answer == NOT_APPLICABLE and has_text:
        sentence = "The fact says not applicable, and a statement stands in the text."
        yield found(Disagreement.NOT_APPLICABLE_BUT_TEXT, sentence)


def _says_likely(statements: Sequence[Statement]) -> bool:
    """Whether a sentence calls an effect reasonably likely and has no word that denies it.

    The fact of 106(b)(2) asks for both, what has been and what is reasonably likely.
    """
    sentences = [each for said in statements for each in re.split(r"(?<=[.!?])\s", said.text)]
    return any(_LIKELY.search(each) and not _DENIAL.search(each) for each in sentences)


def _word(fact: Fact) -> str:
    return fact.answer.replace("_", " ")


def _dates(item: Covered, year_starts: date, drawn_on: date) -> Iterable[CoverageFinding]:
    """Attestations from before the fiscal year, or from after the data were drawn."""
    dated = [(each.id, each.attested_on) for each in item.statements]
    if item.fact:
        dated.append(("the fact", item.fact.attested_on))
    old = [name for name, on in dated if on and on < year_starts]
    if old:
        sentence = f"Attested before the fiscal year began: {', '.join(old)}."
        yield CoverageFinding(Disagreement.BEFORE_THE_YEAR, item.sub_item.id, sentence)
    early = [name for name, on in dated if on and on > drawn_on]
    if early:
        sentence = f"Dated after the data were drawn: {', '.join(early)}."
        yield CoverageFinding(Disagreement.AFTER_THE_DATA, item.sub_item.id, sentence)


def _lines(item: Covered, offices: Mapping[str, Office] | None) -> Iterable[CoverageFinding]:
    """To whom an officer reports, as the text has it, must be what the record has."""
    if offices is not None and item.sub_item.names_positions:
        for sentence in disagreements((each.text for each in item.statements), offices):
            yield CoverageFinding(Disagreement.REPORTING_LINE, item.sub_item.id, sentence)


def _committee(items: Sequence[Covered], committee: str) -> Iterable[CoverageFinding]:
    """The committee that the calendar shows must be the one that the text names."""
    naming = [each for each in items if each.sub_item.names_committee and each.statements]
    texts = [statement.text.casefold() for each in naming for statement in each.statements]
    if committee and texts and not any(committee.casefold() in text for text in texts):
        sentence = f"The calendar shows the {committee}, which the text does not name."
        code = Disagreement.COMMITTEE_NOT_NAMED
        yield CoverageFinding(code, naming[0].sub_item.id, sentence)
