"""How far each sub-item of Item 106 is answered, where it is not, and what does not agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.rules import SubItem
from board_report.governance.statements import NO, YES, Fact, Statement


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
    CARRIED_FORWARD = "carried_forward"
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
    carried: tuple[str, ...] = ()
    """Last year's words, which nobody has attested this year: shown, and not claimed."""


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
    def attested_answer(self) -> bool | None:
        """The yes-or-no fact; None where it is not attested, or is neither."""
        if self.fact is None or self.fact.attested_on is None:
            return None
        return {YES: True, NO: False}.get(self.fact.answer)

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
