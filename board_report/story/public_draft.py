"""The disclosure's text and tables, line by line, from what covers each sub-item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from board_report.governance.item_106_records import Answer, Coverage, Covered, Disagreement, Gap
from board_report.governance.line_words import speaks_of_lines
from board_report.governance.rules import FormRule, Heading, Rules
from board_report.governance.statements import Statement
from board_report.story import formats
from board_report.story.public_page import (
    CHARACTERS_OF_A_LONG_PARAGRAPH,
    Attested,
    CheckRow,
    CitedFigure,
    CompletenessRow,
    Entry,
    MarkedGap,
    Paragraph,
    TagRow,
    TextHeading,
    TextSection,
)

if TYPE_CHECKING:
    from board_report.story.public_record import PublicRecord

_WORDS_IN_A_PARAGRAPH = 110
"""Sentences of one officer and day run on into one paragraph up to about this length."""
_WORDS = {
    Answer.ADDRESSED: "Complete",
    Answer.NOT_APPLICABLE: "Not applicable",
    Answer.PARTLY: "Partly",
    Answer.GAP: "Gap",
}
_MARKS = {
    Answer.ADDRESSED: "ring",
    Answer.NOT_APPLICABLE: "thin",
    Answer.PARTLY: "square",
    Answer.GAP: "square",
}
Cited = dict[str, tuple[str, ...]]
"""Statement's id to the metrics that it cites."""


@dataclass(frozen=True)
class Draft:
    """Turns coverage into words: it holds what every line needs."""

    record: PublicRecord
    form: FormRule
    coverage: Coverage

    def sections(self, rules: Rules) -> tuple[TextSection, ...]:
        """The text under the rule's headings, with what is not attested marked in its place."""
        return tuple(
            TextSection(each.number, each.title, tuple(map(self._heading, each.headings)))
            for each in rules.sections
        )

    def _heading(self, heading: Heading) -> TextHeading:
        items = [each for each in self.coverage.items if each.sub_item.heading == heading.number]
        return TextHeading(heading.number, heading.title, tuple(map(self.entry, items)))

    def entry(self, item: Covered) -> Entry:
        """What the text says to one sub-item, and what is missing in it."""
        is_out = item.answer is Answer.NOT_APPLICABLE and item.fact is not None
        return Entry(
            sub_item=self._number(item),
            label=item.sub_item.label,
            paragraphs=tuple(self._paragraph(run) for run in _runs(item.statements)),
            gaps=tuple(self._gap(each) for each in item.gaps),
            not_applicable=item.fact.reason if is_out and item.fact else "",
            attested=self._attested(*item.attested[0]) if is_out else None,
            id=item.sub_item.id,
            answer=item.attested_answer,
        )

    def _paragraph(self, run: Sequence[Statement]) -> Paragraph:
        text = " ".join(each.text for each in run)
        return Paragraph(
            text=text,
            attested=self._attested(run[0].role, run[0].attested_on),
            ids=", ".join(_id(each) for each in run),
            is_long=len(text) > CHARACTERS_OF_A_LONG_PARAGRAPH,
        )

    def _gap(self, gap: Gap) -> MarkedGap:
        who = self._who(gap.role, None) if gap.role else ""
        return MarkedGap(gap.sentence, who, gap.carried)

    def completeness(self, item: Covered) -> CompletenessRow:
        """How far one sub-item is answered, with the last attestation of each role."""
        latest: dict[str, date] = {}
        for role, on in item.attested:
            latest[role] = max(on, latest.get(role, on))
        return CompletenessRow(
            sub_item=self._number(item),
            asks=item.sub_item.asks,
            heading=item.sub_item.heading,
            attested=tuple(self._attested(role, on) for role, on in latest.items()),
            state=_WORDS[item.answer],
            mark=_MARKS[item.answer],
        )

    def tagging(self) -> CompletenessRow:
        """How far the structured data of paragraph (d) can go: they name the registrant."""
        filer = self.record.filer
        answered = [each for each in self.coverage.items if each.sub_item.flag]
        known = sum(each.attested_answer is not None for each in answered)
        state, mark = ("Draft only", "thin") if filer else ("Not made", "thin")
        if filer and filer.cik and known == len(answered):
            state, mark = "Complete", "ring"
        why = "" if filer else "[filer] is not in report.toml"
        why = why or ("" if filer and filer.cik else "No CIK is on file")
        return CompletenessRow(
            sub_item=f"{self.form.prefix}(d)",
            asks="Inline XBRL of text and facts",
            heading="All",
            attested=(),
            state=state,
            mark=mark,
            note=why or f"{known} of {len(answered)} facts attested",
        )

    def tag(self, item: Covered) -> TagRow:
        """The yes-or-no fact of one sub-item, under the element that tags it."""
        fact = item.fact
        answer = fact.answer.replace("_", " ").capitalize() if fact else "Not on file"
        dated = fact is not None and fact.attested_on is not None
        return TagRow(
            sub_item=self._number(item),
            fact=item.sub_item.fact,
            answer=answer,
            attested=self._attested(fact.role, fact.attested_on) if fact and dated else None,
            element=item.sub_item.flag,
        )

    def checks(self, committee: str, cited: Cited) -> tuple[CheckRow, ...]:
        """What was held against what, and the sentences where it does not agree.

        Args:
            committee: the committee of the calendar; empty where none met.
            cited: the metrics that each statement cites.
        """
        dates = (Disagreement.BEFORE_THE_YEAR, Disagreement.AFTER_THE_DATA)
        named = (Disagreement.COMMITTEE_NOT_NAMED,)
        lines = (Disagreement.REPORTING_LINE,)
        facts = tuple(code for code in Disagreement if code not in (*dates, *named, *lines))
        items = self.coverage.items
        naming = [each for each in items if each.sub_item.names_positions]
        has_line = speaks_of_lines(said.text for each in naming for said in each.statements)
        has_dates = any(each.attested for each in items)
        has_name = any(each.statements for each in items if each.sub_item.names_committee)
        return (
            self._check("Yes-or-no facts are on file, attested, and agree with the text", facts),
            self._check(
                "Attestations are of this fiscal year and precede the data's date",
                dates,
                "" if has_dates else "No attestation",
            ),
            self._check(
                "The committee of the calendar is the one that the text names",
                named,
                ("" if has_name else "Not in the text") if committee else "No meeting",
            ),
            self._check(
                "The reporting lines in the text are those on record",
                lines,
                "" if has_line else "Not in the text",
            ),
            _cited_check(cited),
        )

    def _check(self, check: str, codes: Sequence[Disagreement], unchecked: str = "") -> CheckRow:
        found = [each for each in self.coverage.findings if each.code in codes]
        if not found:
            return CheckRow(check, unchecked or "Agrees", "thin" if unchecked else "ring", ())
        numbers = {each.sub_item.id: self._number(each) for each in self.coverage.items}
        sentences = tuple(f"{numbers[each.sub_item]}: {each.sentence}" for each in found)
        return CheckRow(check, f"{len(found)} to mend", "square", sentences)

    def figures(self, cited: Cited) -> tuple[CitedFigure, ...]:
        """Every figure that the text cites, with the sub-items that cite it."""
        where: dict[str, list[str]] = {}
        for item in self.coverage.items:
            for statement in item.statements:
                for name in cited[statement.id]:
                    where.setdefault(name, []).append(self._number(item))
        return tuple(
            CitedFigure(
                name,
                self.record.figures[name].title,
                self.record.figures[name].text,
                ", ".join(dict.fromkeys(places)),
            )
            for name, places in where.items()
        )

    def _number(self, item: Covered) -> str:
        return f"{self.form.prefix}{item.sub_item.paragraph}"

    def _attested(self, role: str, on: date | None) -> Attested:
        return Attested(self._who(role, on), formats.day(on))

    def _who(self, role: str, on: date | None) -> str:
        signer = self.record.signers.get((role, on))
        # A role that is a word and no abbreviation reads as a word: Chair, not CHAIR.
        words = role.capitalize() if role.isalpha() and len(role) > 4 else role
        if signer is None or not signer.person_name:
            return f"{words} (no holder on record)"
        return f"{formats.initial_name(signer.person_name)}, {words}"


def _id(said: Statement) -> str:
    """``AT-20``; words of last year's filing are told as such."""
    return f"{said.id}, as filed for {said.carried_from}" if said.carried_from else said.id


def _cited_check(cited: Cited) -> CheckRow:
    """An unknown figure stops the draft and an unmeasured one is a gap; so those left are good."""
    count = len({name for names in cited.values() for name in names})
    result = formats.counted(count, "figure").capitalize()
    check = "Live figures in the text are public and measured"
    return CheckRow(check, result, "ring" if count else "thin", ())


def _runs(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Consecutive statements of one officer and day, as paragraphs of a readable length."""
    runs: list[list[Statement]] = []
    for each in statements:
        last = runs[-1] if runs else []
        words = sum(len(said.text.split()) for said in last) + len(each.text.split())
        same = bool(last) and (last[0].role, last[0].attested_on) == (each.role, each.attested_on)
        if same and words <= _WORDS_IN_A_PARAGRAPH:
            last.append(each)
        else:
            runs.append([each])
    return runs
