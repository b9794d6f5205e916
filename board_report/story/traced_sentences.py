"""Which attestation, fact and figures stand behind a sentence of the disclosure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from board_report.errors import DocumentError
from board_report.governance.carry_forward import carried
from board_report.governance.item_106_records import Coverage, Covered
from board_report.governance.prior_filing import TABLE as PRIOR_DISCLOSURE
from board_report.governance.rules import load_rules
from board_report.governance.statements import statements_from
from board_report.story.public import coverage_of, prior_of

if TYPE_CHECKING:
    from board_report.governance.statements import Fact, Statement
    from board_report.story.public_draft import Cited
    from board_report.story.public_record import PublicFigure, PublicRecord

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[“\"(]?[A-Z])")
SHORTEST = 3
"""Characters below which words would be found in nearly every sentence."""


@dataclass(frozen=True)
class TracedFact:
    """The yes-or-no fact that stands beside a sentence."""

    answer: str
    role: str
    attested_on: date | None
    where: str


@dataclass(frozen=True)
class TracedSentence:
    """A sentence of the draft, and everything on record that it rests on."""

    text: str
    sub_item: str
    """As the rule numbers it: ``106(b)(1)(i)``."""
    requirement: str
    statement_id: str
    where: str
    """File and line of the attestation."""
    role: str
    person: str
    """Who held the role on that day; empty where nobody is on record."""
    attested_on: date | None
    is_printed: bool
    """Whether it stands in the draft's text."""
    withheld: str
    """Why it does not, though attested."""
    figures: tuple[PublicFigure, ...]
    """The live figures of the whole statement."""
    fact: TracedFact | None
    rules_checked_on: date
    carried_from: int = 0
    """Fiscal year whose filing has the words; 0 where the attestation has words of its own."""
    filed_where: str = ""
    """File and line of the passage as it was filed."""


def trace(record: PublicRecord, words: str) -> tuple[TracedSentence, ...]:
    """The sentences asked for, in the order of the draft.

    Args:
        record: the public record.
        words: of a sentence, whatever their case and blanks; or an attestation's number, or a
            sub-item, for all that is on file of it.

    Raises:
        DocumentError: nothing on file has these words.
        CommentaryError: a statement cites a figure that is not public or does not exist.
    """
    wanted = _plain(words)
    if len(wanted) < SHORTEST:
        raise DocumentError(
            f"{words!r} is too short to find a sentence by.",
            mend="Give some words of it, an attestation's number or a sub-item.",
        )
    coverage, cited = coverage_of(record)
    tracer = _Tracer(record, coverage, cited)
    found = tuple(tracer.sentences(wanted))
    if not found:
        raise DocumentError(
            f"no sentence on file for the disclosure has the words {words!r}.",
            where="governance/attestations.csv",
            mend="Give fewer words of it, an attestation's number (AT-01) or a sub-item "
            "(106(b)(1)).",
        )
    return found


@dataclass(frozen=True)
class _Tracer:
    record: PublicRecord
    coverage: Coverage
    cited: Cited

    def sentences(self, wanted: str) -> Iterator[TracedSentence]:
        lines = _lines(self.record, "attestations", "attestation_id")
        for item in self.coverage.items:
            names = {_plain(item.sub_item.id), _plain(self._number(item))}
            for each in self._statements(item):
                is_named = wanted in (*names, _plain(each.id))
                parts = [each.text] if is_named else _ENDS.split(each.text)
                for part in parts:
                    if is_named or wanted in _plain(part):
                        yield self._traced(item, each, part, lines.get(each.id, ""))

    def _statements(self, item: Covered) -> Sequence[Statement]:
        """Those that count as they are printed, then the others as they are on file."""
        known = {each.id for each in item.statements}
        on_file = statements_from(self.record.rows("attestations"))
        prior = prior_of(self.record)
        others = [
            carried(each, prior, item.fact)
            for each in on_file
            if each.sub_item == item.sub_item.id and each.id not in known
        ]
        return sorted((*item.statements, *others), key=lambda each: each.position)

    def _traced(self, item: Covered, said: Statement, text: str, where: str) -> TracedSentence:
        signer = self.record.signers.get((said.role, said.attested_on))
        is_printed = any(each.id == said.id for each in item.statements)
        reasons = [gap.sentence for gap in item.gaps if said.id in gap.sentence]
        return TracedSentence(
            text=text,
            sub_item=self._number(item),
            requirement=item.sub_item.requirement,
            statement_id=said.id,
            where=where,
            role=said.role,
            person=signer.person_name if signer else "",
            attested_on=said.attested_on,
            is_printed=is_printed,
            withheld="" if is_printed else " ".join(reasons),
            figures=tuple(self.record.figures[each] for each in self.cited.get(said.id, ())),
            fact=self._fact(item.fact),
            rules_checked_on=self.record.rules_checked_on or load_rules().checked_on,
            carried_from=said.carried_from,
            filed_where=self._filed_where(said),
        )

    def _filed_where(self, said: Statement) -> str:
        """Where the words that it carries forward stand as they were filed."""
        for row in self.record.tables.get(PRIOR_DISCLOSURE, ()):
            place = (row.cells.get("fiscal_year"), row.cells.get("sub_item"))
            is_year = said.carried_from and place == (said.carried_from, said.sub_item)
            if is_year and row.cells.get("position") == said.position:
                return row.where
        return ""

    def _fact(self, fact: Fact | None) -> TracedFact | None:
        if fact is None:
            return None
        lines = _lines(self.record, "item_106_facts", "sub_item")
        where = lines.get(fact.sub_item, "")
        return TracedFact(fact.answer, fact.role, fact.attested_on, where)

    def _number(self, item: Covered) -> str:
        prefix = load_rules().form(self.record.form).prefix
        return f"{prefix}{item.sub_item.paragraph}"


def _lines(record: PublicRecord, table: str, key: str) -> Mapping[str, str]:
    """Where each row of a table stands, by its key."""
    return {str(row.cells.get(key)): row.where for row in record.tables.get(table, ())}


def _plain(text: str) -> str:
    """The text without case, and with one blank for any."""
    return " ".join(text.casefold().split())
