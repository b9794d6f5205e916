"""Whether what the leaders wrote agrees with the figures of the page it stands on.

Two rules. A number that a person typed is one of the page's figures, rounded as finely as it was
typed and of the same kind, or was declared as quoted with its source. A word that claims something
of a figure ("improved", "doubled", "record low", "on target", "no incidents") agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.model import Finding
from board_report.sources.faults import explained
from board_report.story import sections
from board_report.story.commentary import Commentary
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import incidents_of, ungraded
from board_report.story.left_out import why_not_built
from board_report.story.page import Page
from board_report.story.page_numbers import Known, figures_on, nearest, terms_of
from board_report.story.prose_claims import bases_of, holds, is_of_chance, is_of_today, told
from board_report.story.prose_codes import PROSE_FAULTS, ProseCode
from board_report.story.prose_lexicon import ALWAYS, RATIOS, RECORDS, Claim
from board_report.story.prose_numbers import Kind, Number, numbers_in
from board_report.story.prose_owner import owner_of, speaks_of_the_past
from board_report.story.prose_ties import Mention, mentions_in, tie, without_names
from board_report.story.prose_words import Said, Stretch, claims_in, sentences
from board_report.story.record_spans import why_zero_is_not_known
from board_report.story.sections import Passage

LIVE = "\ufffc"
"""Stands for each sign that was not typed."""
TITLE = "title"
"""The section of the words in place of a page's own title."""
_AHEAD = (sections.DOES, sections.NEEDS)
"""What is said there is about what is to come, so its words claim nothing of today's figures."""


def prose_findings(pages: Sequence[Page], facts: BoardFacts) -> tuple[Finding, ...]:
    """Commentary that no page shows, and numbers and words that no figure of its page bears out.

    Args:
        pages: of every deck, since words are checked whichever deck is printed.
        facts: the figures, and the commentary.
    """
    by_id = {page.id: page for page in pages}
    return (
        *(_left_out(said, facts) for page, said in facts.commentary.items() if page not in by_id),
        *(
            found
            for page in pages
            if (said := facts.commentary.get(page.id)) is not None
            for found in _of_page(page, said, facts)
        ),
    )


def _left_out(commentary: Commentary, facts: BoardFacts) -> Finding:
    return explained(
        PROSE_FAULTS[ProseCode.PAGE_LEFT_OUT],
        ProseCode.PAGE_LEFT_OUT,
        {"why": why_not_built(facts, commentary.page)},
        file=commentary.file,
        line=commentary.line,
        value=commentary.page,
    )


def _of_page(page: Page, commentary: Commentary, facts: BoardFacts) -> Iterator[Finding]:
    known, terms = figures_on(page, facts), terms_of(facts)
    specs = [facts.figures.specs[each] for each in page.metric_ids if each in facts.figures.specs]
    parts = {label for slices in facts.figures.slices.values() for label in slices}
    for passage in commentary.passages:
        typed = _typed(passage)
        numbers = numbers_in(typed, terms)
        mentions = mentions_in(passage, numbers, known, specs)
        review = _Review(page, commentary.file, passage, known, facts)
        nameless = without_names(typed, mentions)
        for sentence in sentences(typed):
            inside = [each for each in mentions if sentence.start <= each.start < sentence.end]
            here = [each for each in numbers if sentence.start <= each.start < sentence.end]
            words = passage.text[sentence.start : sentence.end]
            for number in here:
                owner = owner_of(words, number, here, specs, known, parts)
                yield from review.number(number, inside, owner, is_past=speaks_of_the_past(words))
            if passage.section not in _AHEAD:
                for said in claims_in(nameless, sentence):
                    yield from review.claim(said, sentence, inside, nameless)


def _typed(passage: Passage) -> str:
    """The text with every sign that was not typed blotted out, so that places stay the same."""
    return "".join(
        LIVE * len(each.text) if each.live else each.text.replace("\u00a0", " ")
        for each in passage.pieces
    )


class _Review:
    """One passage against its page."""

    def __init__(
        self,
        page: Page,
        file: str,
        passage: Passage,
        known: Sequence[Known],
        facts: BoardFacts,
    ) -> None:
        self._page, self._file, self._passage = page, file, passage
        self._known, self._facts = known, facts

    def number(
        self, number: Number, mentions: Sequence[Mention], owner: str, *, is_past: bool
    ) -> Iterator[Finding]:
        """A finding unless the page has the number, of the one metric that owns it if there is one.

        How far something moved ("6% faster", "three times") must be so of the figures that the
        sentence names, where it names any. A value of an earlier quarter counts in a sentence that
        speaks of the past.
        """
        known = [each for each in self._known if is_past or not each.is_past]
        named = {each.metric_id for each in mentions if not each.is_typed}
        if number.kind in (Kind.RELATIVE, Kind.TIMES) and named:
            known = [each for each in known if not each.metric_id or each.metric_id in named]
        agreeing = [each for each in known if each.agrees(number)]
        if agreeing and (not owner or any(each.metric_id == owner for each in agreeing)):
            return
        if agreeing:
            own = [each for each in known if each.metric_id == owner]
            near = "; ".join(_told(each) for each in nearest(number, own))
            yield self._finding(
                ProseCode.NUMBER_OF_ANOTHER,
                number.text,
                number.start,
                figure=self._facts.figures.spec(owner).title,
                near=f"Its own: {near}",
            )
            return
        wrong = [each for each in known if each.cite and each.is_misrounded(number)]
        if wrong:
            best = nearest(number, wrong, 1)[0]
            figure, right = f"{best.label}, {best.text},", f"{best.text}, or {_braced(best.cite)}"
            yield self._finding(
                ProseCode.NUMBER_ROUNDED, number.text, number.start, figure=figure, right=right
            )
            return
        near = "; ".join(_told(each) for each in nearest(number, known))
        yield self._finding(
            ProseCode.NUMBER_UNKNOWN,
            number.text,
            number.start,
            near=f"Nearest on this page: {near}" if near else "This page has no such figure",
        )

    def claim(
        self, said: Said, sentence: Stretch, mentions: Sequence[Mention], text: str
    ) -> Iterator[Finding]:
        """A finding where figures say otherwise, or where a strong word has no figure."""
        facts, words = self._facts, self._passage.text[said.start : said.end]
        found = tie(said, sentence, mentions, text)
        ids = _own_metric(said.claim) if said.claim in ALWAYS else found.metric_ids
        ids = tuple(each for each in ids if each in facts.figures.specs)
        whole = text[sentence.start : sentence.end]
        cited = frozenset(each.ago for each in mentions if each.metric_id in ids)
        bases = bases_of(whole, facts.project.quarter, cited)
        if said.claim in ALWAYS:
            if not is_of_today(whole, facts.project.quarter):
                return
            verdicts = {each: _is_none(facts, each) for each in ids}
        else:
            verdicts = {
                each: holds(said.claim, each, facts, bases, is_negated=said.is_negated)
                for each in ids
            }
        if not ids or all(each is None for each in verdicts.values()):
            strong = said.claim in (*RATIOS, *RECORDS, *ALWAYS) and not said.is_negated
            if strong and bases is not None:
                why = "no figure is named with it" if not ids else _why_untold(said.claim)
                yield self._finding(ProseCode.WORD_UNTIED, words, said.start, why=why)
            return
        wrong = [each for each, verdict in verdicts.items() if verdict is False]
        if wrong and (found.must_all or True not in verdicts.values()):
            yield self._contradicted(said, words, wrong[0], bases or ())
            return
        borne = [] if said.is_negated else [each for each in verdicts if verdicts[each] is True]
        chance = [each for each in borne if is_of_chance(said.claim, each, facts, bases)]
        if chance and (found.must_all or len(chance) == len(borne)):
            yield self._of_chance(said, words, chance[0], bases or ())

    def _of_chance(self, said: Said, words: str, metric_id: str, bases: tuple[int, ...]) -> Finding:
        """A title says it to a board that reads nothing else; body text may know better."""
        is_title = self._passage.section == TITLE
        return self._finding(
            ProseCode.TITLE_OF_CHANCE if is_title else ProseCode.WORD_OF_CHANCE,
            words,
            said.start,
            figure=self._facts.figures.spec(metric_id).title,
            told=told(metric_id, self._facts, said.claim, bases),
            metric=metric_id,
            answer=_ANSWERS.get(said.claim, "is_better"),
        )

    def _contradicted(
        self, said: Said, words: str, metric_id: str, bases: tuple[int, ...]
    ) -> Finding:
        return self._finding(
            ProseCode.WORD_CONTRADICTS,
            f"not {words}" if said.is_negated else words,
            said.start,
            figure=self._facts.figures.spec(metric_id).title,
            told=told(metric_id, self._facts, said.claim, () if said.claim in ALWAYS else bases),
            metric=metric_id,
            answer=_ANSWERS.get(said.claim, "is_better"),
        )

    def _finding(self, code: ProseCode, value: str, at: int, **facts: object) -> Finding:
        section = self._passage.section
        return explained(
            PROSE_FAULTS[code],
            code,
            {"section": section, "page": self._page.id, **facts},
            file=self._file,
            line=self._passage.line_at(at),
            value=value,
        )


_ANSWERS = {
    Claim.WORSE: "is_worse",
    Claim.SLOWER: "is_worse",
    Claim.SAME: "is_unchanged",
    Claim.ON_TARGET: "on_target",
    Claim.FIRST_TIME: "on_target",
    Claim.OFF_TARGET: "off_target",
    Claim.NEAR_TARGET: "near_target",
    Claim.NO_INCIDENT: "number == 0",
    Claim.NO_MAJOR_INCIDENT: "number == 0",
}


def _is_none(facts: BoardFacts, metric_id: str) -> bool | None:
    """Whether there was none this quarter; None where a zero does not say so."""
    value = facts.now(metric_id).value
    if value != 0:
        return None if value is None else False
    silent = why_zero_is_not_known(facts, metric_id)
    is_graded = metric_id == "incidents_detected" or not ungraded(incidents_of(facts, facts.window))
    return True if is_graded and not silent else None


def _why_untold(claim: Claim) -> str:
    if claim in ALWAYS:
        return "the figure does not say that there was none"
    return "the figure has no such history"


def _own_metric(claim: Claim) -> tuple[str, ...]:
    return ("major_incidents" if claim is Claim.NO_MAJOR_INCIDENT else "incidents_detected",)


def _told(known: Known) -> str:
    return (
        f"{known.label} {known.text} ({_braced(known.cite)})"
        if known.cite
        else (f"{known.label or 'in its words'} {known.text}")
    )


def _braced(cite: str) -> str:
    return f"{{{{ {cite} }}}}" if cite else "the figure as it is printed"
