"""Item 106, sub-item by sub-item: what is attested, what is not, and what does not agree.

A statement counts when a person of a role attested it on a date. Nothing is claimed by default:
what is missing is a gap, and a gap keeps the draft from being complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from board_report.governance.line_words import Office, disagreements
from board_report.governance.rules import Rules, SubItem
from board_report.governance.statements import NO, NOT_APPLICABLE, YES, Fact, Statement

_LIKELY = re.compile(r"\breasonably likely\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(no|not|none|nor|neither|never|cannot)\b|n[’']t\b", re.IGNORECASE)


class Answer(StrEnum):
    """How far a sub-item is answered."""

    ADDRESSED = "addressed"
    NOT_APPLICABLE = "not applicable"
    PARTLY = "partly addressed"
    """Some of its statements are attested and others are not."""
    GAP = "gap"

    @property
    def is_complete(self) -> bool:
        """True when nothing of the sub-item is open."""
        return self in (Answer.ADDRESSED, Answer.NOT_APPLICABLE)


class GapCode(StrEnum):
    """Why nothing is claimed."""

    NO_STATEMENT = "no_statement"
    NOT_DATED = "not_dated"
    WITHHELD = "withheld"
    NO_REASON = "no_reason"
    ALWAYS_ASKED = "always_asked"


@dataclass(frozen=True)
class Gap:
    """Something that the rule asks and nobody attested."""

    code: GapCode
    sentence: str
    role: str = ""
    """Who is to attest it; empty when no row says."""


class Disagreement(StrEnum):
    """What does not agree with something else on record."""

    FACT_MISSING = "fact_missing"
    FACT_NOT_DATED = "fact_not_dated"
    NO_BUT_TEXT = "no_but_text"
    NO_BUT_LIKELY = "no_but_likely"
    YES_BUT_NO_TEXT = "yes_but_no_text"
    NOT_APPLICABLE_BUT_TEXT = "not_applicable_but_text"
    BEFORE_THE_YEAR = "before_the_year"
    AFTER_THE_DATA = "after_the_data"
    COMMITTEE_NOT_NAMED = "committee_not_named"
    REPORTING_LINE = "reporting_line"


@dataclass(frozen=True)
class CoverageFinding:
    """Two things on record that do not agree."""

    code: Disagreement
    sub_item: str
    sentence: str


@dataclass(frozen=True)
class Covered:
    """One sub-item and what answers it."""

    sub_item: SubItem
    answer: Answer
    statements: tuple[Statement, ...]
    """Those that count, in order."""
    gaps: tuple[Gap, ...]
    fact: Fact | None

    @property
    def attested(self) -> tuple[tuple[str, date], ...]:
        """(role, date) of everything that counts, without repeats, in order."""
        pairs = [(each.role, each.attested_on) for each in self.statements]
        if self.answer is Answer.NOT_APPLICABLE and self.fact:
            pairs.append((self.fact.role, self.fact.attested_on))
        return tuple((role, on) for role, on in dict.fromkeys(pairs) if on)


@dataclass(frozen=True)
class Coverage:
    """All sub-items in the order of the rule, and what does not agree."""

    items: tuple[Covered, ...]
    findings: tuple[CoverageFinding, ...]

    @property
    def complete(self) -> int:
        """How many sub-items are complete."""
        return sum(each.answer.is_complete for each in self.items)

    @property
    def gaps(self) -> int:
        """How many gaps are marked in the text."""
        return sum(len(each.gaps) for each in self.items)


def cover(
    rules: Rules,
    statements: Sequence[Statement],
    facts: Mapping[str, Fact],
    *,
    year_starts: date,
    drawn_on: date,
    committee: str = "",
    offices: Mapping[str, Office] | None = None,
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
    """
    items = tuple(
        _covered(each, [s for s in statements if s.sub_item == each.id], facts.get(each.id))
        for each in rules.sub_items
    )
    findings = [
        found
        for item in items
        for found in (
            *_facts_and_text(item),
            *_dates(item, year_starts, drawn_on),
            *_lines(item, offices),
        )
    ]
    return Coverage(items, (*findings, *_committee(items, committee)))


def _covered(sub_item: SubItem, statements: Sequence[Statement], fact: Fact | None) -> Covered:
    counted = tuple(each for each in statements if each.counts)
    if not statements and fact and fact.answer == NOT_APPLICABLE:
        gap = _not_applicable_gap(sub_item, fact)
        answer = Answer.GAP if gap else Answer.NOT_APPLICABLE
        return Covered(sub_item, answer, (), (gap,) if gap else (), fact)
    gaps = tuple(_gaps(statements, fact))
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


def _gaps(statements: Sequence[Statement], fact: Fact | None) -> Iterable[Gap]:
    if not statements:
        role = fact.role if fact else ""
        yield Gap(GapCode.NO_STATEMENT, "No attestation is on file, so nothing is claimed.", role)
    undated = sorted((s for s in statements if s.attested_on is None), key=lambda s: s.role)
    for role, group in groupby(undated, key=lambda each: each.role):
        ids = [each.id for each in group]
        one = len(ids) == 1
        sentence = (
            f"{'A drafted statement waits' if one else f'{len(ids)} drafted statements wait'} "
            f"to be attested ({', '.join(ids)}), so nothing is claimed from "
            f"{'it' if one else 'them'}."
        )
        yield Gap(GapCode.NOT_DATED, sentence, role)
    for each in statements:
        if each.attested_on is not None and each.withheld:
            sentence = f"An attested statement ({each.id}) is left out: {each.withheld}."
            yield Gap(GapCode.WITHHELD, sentence, each.role)


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
