"""Make the redline's context from the public record: the last filing against the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from board_report.governance.filing_changes import (
    ChangedParagraph,
    count_changes,
    filing_changes,
)
from board_report.governance.item_106_records import Answer, Covered
from board_report.governance.rules import load_rules
from board_report.governance.word_changes import Mark, Run
from board_report.story import formats
from board_report.story.public import coverage_of, prior_of
from board_report.story.public_draft import Draft
from board_report.story.public_page import Entry
from board_report.story.redline_page import (
    Piece,
    Reason,
    RedlineContext,
    RedlineCounts,
    RedlineEntry,
    RedlineHeading,
    RedlineParagraph,
    RedlineSection,
)

if TYPE_CHECKING:
    from board_report.governance.prior_filing import PriorFiling
    from board_report.story.public_record import PublicRecord

_SUMMARY_CHARACTERS = 62
"""Of a paragraph as filed, so that it takes one line."""
_LONG = 450
"""Characters of a paragraph from which it may run on over the page, so as to leave no hole."""
_MOVES = frozenset((Mark.MOVED_FROM, Mark.MOVED_TO))


def redline_context(record: PublicRecord, *, show_all: bool = False) -> RedlineContext | None:
    """Hold the draft against the last filing; None where there is none on record.

    Args:
        record: what is public of the project.
        show_all: print whole what is as filed, too.

    Raises:
        CommentaryError: a statement cites a figure that is not public or does not exist.
        ProjectError: the company files a form for which no item is drafted.
    """
    prior = prior_of(record)
    if prior is None:
        return None
    assert prior.text.filed_on, "a filing on record has a date"
    rules = load_rules()
    form = rules.form(record.form)
    coverage, _ = coverage_of(record)
    redline = _Redline.of(prior, coverage.items, Draft(record, form, coverage))
    one_year = prior.year == record.fiscal_year - 1
    return RedlineContext(
        company_name=record.company_name,
        form=record.form,
        item=form.item,
        item_title=form.title,
        fiscal_year=str(record.fiscal_year),
        as_of=formats.day(record.as_of),
        rules_checked_on=formats.day(record.rules_checked_on or rules.checked_on),
        language="en",
        title=f"What changed since {'last year' if one_year else f'fiscal year {prior.year}'}",
        prior_year=str(prior.year),
        prior_form=prior.text.form,
        prior_filed_on=formats.day_long(prior.text.filed_on),
        counts=redline.counts(),
        sections=tuple(
            RedlineSection(
                section.number,
                section.title,
                tuple(
                    RedlineHeading(
                        heading.number, heading.title, tuple(redline.entries(heading.number))
                    )
                    for heading in section.headings
                ),
            )
            for section in rules.sections
        ),
        shows_all=show_all,
    )


@dataclass(frozen=True)
class _Redline:
    """What every entry needs."""

    items: tuple[Covered, ...]
    drafted: Mapping[str, Entry]
    waiting: frozenset[str]
    """Sub-items carried forward and not attested, which are no deletion."""
    changes: Mapping[str, tuple[ChangedParagraph, ...]]
    places: dict[tuple[Mark, int], str]
    """Where each move left (``MOVED_FROM``) and where it stands (``MOVED_TO``)."""
    prior: PriorFiling

    @classmethod
    def of(cls, prior: PriorFiling, items: tuple[Covered, ...], draft: Draft) -> _Redline:
        """Compare every sub-item, but those that wait to be confirmed."""
        drafted = {each.sub_item.id: draft.entry(each) for each in items}
        waiting = frozenset(
            each.sub_item.id
            for each in items
            if not each.statements and any(gap.carried for gap in each.gaps)
        )
        names = [each.sub_item.id for each in items if each.sub_item.id not in waiting]
        changes = filing_changes(
            {name: prior.passages_of(name) for name in names},
            {name: [each.text for each in drafted[name].paragraphs] for name in names},
        )
        places: dict[tuple[Mark, int], str] = {
            (run.mark, run.move): drafted[name].sub_item
            for name, paragraphs in changes.items()
            for paragraph in paragraphs
            for run in paragraph.runs
            if run.mark in _MOVES
        }
        return cls(items, drafted, waiting, changes, places, prior)

    def counts(self) -> RedlineCounts:
        """How much changed in all."""
        found = count_changes(each for some in self.changes.values() for each in some)
        return RedlineCounts(
            insertions=found.insertions,
            deletions=found.deletions,
            moves=found.moves,
            words_inserted=found.words_inserted,
            words_deleted=found.words_deleted,
            changed=found.changed,
            as_filed=found.as_filed,
            waiting=len(self.waiting),
        )

    def entries(self, heading: str) -> Iterator[RedlineEntry]:
        """The sub-items under a heading of which anything was said or is."""
        for item in self.items:
            name = item.sub_item.id
            if item.sub_item.heading != heading:
                continue
            drafted = self.drafted[name]
            if name in self.waiting:
                gap = next(each for each in drafted.gaps if each.carried)
                yield RedlineEntry(
                    drafted.sub_item, drafted.label, (), self.prior.passages_of(name), gap.owner
                )
            elif self.changes[name]:
                yield RedlineEntry(
                    drafted.sub_item, drafted.label, tuple(self._paragraphs(item, drafted))
                )

    def _paragraphs(self, item: Covered, drafted: Entry) -> Iterator[RedlineParagraph]:
        """Changed paragraphs one by one; neighbours that are as filed as one."""
        every = self.changes[item.sub_item.id]
        changed = [each for each in every if each.is_changed]
        gone = [each for each in changed if each.at is None]
        for is_changed, some in groupby(every, key=lambda each: each.is_changed):
            if not is_changed:
                yield _as_filed(list(some))
                continue
            for each in some:
                about = self._about(item) if each is changed[0] else ()
                gaps = self._gaps(drafted) if each is (gone or changed)[0] else ()
                yield RedlineParagraph(
                    pieces=tuple(pieces_of(each.runs)),
                    is_changed=True,
                    reasons=(*about, *self._reasons(each, drafted), *gaps),
                    is_long=sum(len(run.text) for run in each.runs) > _LONG,
                )

    def _about(self, item: Covered) -> Iterator[Reason]:
        """What is to be said once of a sub-item that changed."""
        name, fact = item.sub_item.id, item.fact
        if fact is not None and self.prior.has_changed(name, fact):
            now = fact.answer.replace("_", " ")
            yield Reason(f"Fact was {self.prior.answer_of(name)}, is {now}.")
        if not self.prior.passages_of(name):
            yield Reason(f"Nothing was filed here for {self.prior.year}.")
        elif item.answer is Answer.NOT_APPLICABLE:
            yield Reason("Not applicable this year.")

    def _gaps(self, drafted: Entry) -> Iterator[Reason]:
        """What the draft does not say for want of an attestation."""
        for gap in drafted.gaps:
            yield Reason(
                f"Gap: waits for {gap.owner}." if gap.owner else "Gap: nobody attested it."
            )

    def _reasons(self, paragraph: ChangedParagraph, drafted: Entry) -> Iterator[Reason]:
        """Who attested what stands there now, and where passages came from and went to."""
        if paragraph.at is not None:
            said = drafted.paragraphs[paragraph.at]
            yield Reason(f"{said.attested.who}, {said.attested.on} · {said.ids}")
        moved: dict[tuple[str, str], dict[int, None]] = {}
        for run in paragraph.runs:
            if run.mark in _MOVES:
                moved.setdefault(self._way(run, drafted.sub_item), {})[run.move] = None
        for (way, place), moves in moved.items():
            yield Reason(f"{', '.join(f'M{move}' for move in moves)} moved {way}", f"{place}.")

    def _way(self, run: Run, here: str) -> tuple[str, str]:
        """Which way a passage moved, and where it was or is."""
        left = run.mark is Mark.MOVED_FROM
        other = self.places[Mark.MOVED_TO if left else Mark.MOVED_FROM, run.move]
        way = "within" if other == here else "to" if left else "from"
        return way, other


def _as_filed(paragraphs: Sequence[ChangedParagraph]) -> RedlineParagraph:
    text = " ".join(each.text for each in paragraphs)
    count = len(paragraphs)
    begin = f"As filed, {count} paragraphs: " if count > 1 else "As filed: "
    room = _SUMMARY_CHARACTERS - len(begin)
    shown = text
    if len(text) > room:
        shown = f"{text[:room].rsplit(' ', 1)[0].rstrip(',;:')} …"
    return RedlineParagraph(
        pieces=(Piece(Mark.EQUAL.value, text),),
        is_changed=False,
        reasons=(),
        summary=f"{begin}{shown}",
        is_long=len(text) > _LONG,
    )


def pieces_of(runs: Sequence[Run]) -> Iterator[Piece]:
    """The runs with their blanks apart, so that no line is drawn under a blank at an end.

    Between what was struck out and what replaces it stands a blank, whether or not either has one.
    """
    for at, each in enumerate(runs):
        text = each.text.strip()
        if not text:
            continue
        begins = each.move and (at == 0 or runs[at - 1].move != each.move)
        yield Piece(
            mark=each.mark.value,
            text=text,
            label=f"M{each.move}" if begins else "",
            space=at + 1 < len(runs) and _parted(each, runs[at + 1]),
        )


def _parted(run: Run, following: Run) -> bool:
    """Whether a blank stands between two runs."""
    if Mark.EQUAL not in (run.mark, following.mark):
        return following.text.lstrip()[:1] not in (*".,;:!?)]”’",)
    return run.text[-1:].isspace() or following.text[:1].isspace()


__all__ = ["RedlineContext", "pieces_of", "redline_context"]
