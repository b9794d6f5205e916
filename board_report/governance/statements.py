"""What is on file for Item 106: the attested sentences and the yes-or-no facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from board_report.governance.rows import Row, day_of, text_of

YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"

# Marks that nobody sees and that turn the order of what follows: 2026 would print as 6202.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))


@dataclass(frozen=True)
class Statement:
    """A sentence or sentences that an officer attests, or is yet to attest."""

    id: str
    sub_item: str
    position: int
    text: str
    role: str
    attested_on: date | None
    withheld: str = ""
    """Why it cannot be printed though attested, e.g. a figure that is not measured."""
    carried_from: int = 0
    """The fiscal year whose filing has its words; 0 where it has words of its own."""

    @property
    def counts(self) -> bool:
        """True when it is attested and can be printed."""
        return self.attested_on is not None and not self.withheld


@dataclass(frozen=True)
class Fact:
    """A yes-or-no fact of Item 106."""

    sub_item: str
    answer: str
    """``yes``, ``no`` or ``not_applicable``."""
    reason: str
    role: str
    attested_on: date | None


def statements_from(rows: Iterable[Row]) -> tuple[Statement, ...]:
    """The rows of ``attestations``, by position within each sub-item."""
    found = [
        Statement(
            id=text_of(row, "attestation_id"),
            sub_item=text_of(row, "sub_item"),
            position=int(text_of(row, "position") or 0),
            text=_tidied(text_of(row, "statement")),
            role=text_of(row, "attested_by_role"),
            attested_on=day_of(row, "attested_on"),
            carried_from=int(text_of(row, "carried_from") or 0),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: each.position))


def facts_from(rows: Iterable[Row]) -> dict[str, Fact]:
    """The rows of ``item_106_facts`` by sub-item."""
    facts = (
        Fact(
            sub_item=text_of(row, "sub_item"),
            answer=text_of(row, "answer"),
            reason=_tidied(text_of(row, "reason")),
            role=text_of(row, "attested_by_role"),
            attested_on=day_of(row, "attested_on"),
        )
        for row in rows
    )
    return {fact.sub_item: fact for fact in facts}


def _tidied(text: str) -> str:
    """The text on one line, without marks that would reorder it."""
    return " ".join(text.translate(_TURNS).split())
