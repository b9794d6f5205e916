"""All that each document's templates may see, and in which state each document is."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from board_report.errors import DocumentError
from board_report.pipeline.inputs import Inputs
from board_report.pipeline.names import APPENDIX, BRIEFING, DECKS, DISCLOSURE
from board_report.pipeline.story import Story
from board_report.story.page import Mode

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures
    from board_report.project import Project
    from board_report.story.briefing_page import BriefingContext
    from board_report.story.committee_page import CommitteePaper
    from board_report.story.page import BoardContext
    from board_report.story.public_page import PublicContext
    from board_report.story.redline_page import RedlineContext
    from board_report.story.traced_sentences import TracedSentence


def created_at(project: Project) -> datetime:
    """The instant that documents carry: noon UTC of the day the data were drawn.

    It comes from the inputs and not from the clock, so the same inputs give the same bytes.
    """
    return datetime.combine(project.frozen_on, time(12), UTC)


def deck_context(story: Story, mode: Mode = Mode.FULL, *, has_notes: bool = False) -> BoardContext:
    """All that the templates of one deck may see.

    Args:
        story: what is said.
        mode: of the deck.
        has_notes: True when its briefing book is made from it, and is approved only with them.
    """
    from board_report.story.deck import build_board_context
    from board_report.story.signed_sections import sections_of

    facts, approvals = story.facts, story.approvals
    approved_on = (
        approvals.approved_on(sections_of(mode, has_notes=has_notes)) if approvals else None
    )
    return build_board_context(facts, story.pages, mode, created_at(facts.project), approved_on)


def briefing_context(story: Story, mode: Mode = Mode.FULL) -> BriefingContext:
    """All that the templates of the briefing book may see: one page for each of the deck."""
    from board_report.story.briefing import briefing_context as context

    return context(
        story.facts,
        deck_context(story, mode, has_notes=True),
        deck_file=DECKS[mode.value],
        appendix_file=APPENDIX,
    )


def disclosure_context(inputs: Inputs, figures: Figures) -> PublicContext:
    """All that the disclosure's templates may see: made from public fields alone."""
    from board_report.story.public import public_context
    from board_report.story.public_record import public_record

    return public_context(public_record(inputs.project, inputs.loaded.tables, figures))


def redline_context(
    inputs: Inputs, figures: Figures, *, show_all: bool = False
) -> RedlineContext | None:
    """All that the redline's templates may see; None where no earlier filing is on record."""
    from board_report.story.public_record import public_record
    from board_report.story.redline import redline_context as context

    record = public_record(inputs.project, inputs.loaded.tables, figures)
    return context(record, show_all=show_all)


def read_redline(inputs: Inputs, *, show_all: bool = False) -> RedlineContext:
    """The redline alone, for which the public figures are enough.

    Raises:
        DocumentError: no earlier filing is on record.
        DataError: findings stand that stop a build.
    """
    found = redline_context(inputs, _public_figures(inputs), show_all=show_all)
    if found is None:
        raise no_redline()
    return found


def no_redline() -> DocumentError:
    """What to say where a redline is asked for and there is nothing to hold the draft against."""
    return DocumentError(
        "there is no filing of an earlier fiscal year to hold the draft against.",
        where="governance/prior_disclosure.csv",
        mend="Put what was filed into it, a row for each passage; docs/redline.md has the columns.",
    )


def _public_figures(inputs: Inputs) -> Figures:
    from board_report.pipeline.inputs import catalogue, compute_figures
    from board_report.tables.schema import Audience

    specs, _ = catalogue(inputs.project)
    public = [each for each, spec in specs.items() if spec.audience is Audience.PUBLIC]
    return compute_figures(inputs, only=public)[0]


def committee_context(inputs: Inputs, figures: Figures, story: Story) -> CommitteePaper:
    """All that the templates of the disclosure committee's paper may see.

    Raises:
        CommentaryError: the disclosure cannot be drafted.
    """
    from board_report.pipeline.peers import compare, draft_text
    from board_report.story.committee_clocks import clocks_part
    from board_report.story.committee_paper import committee_paper, paper_findings

    project, facts = inputs.project, story.facts
    return committee_paper(
        story.public or disclosure_context(inputs, figures),
        company=project.company,
        quarter=project.quarter,
        created=created_at(project),
        findings=paper_findings(facts.disclosure_lint),
        compared=compare(inputs, draft_text(inputs, figures)),
        clocks=clocks_part(facts),
    )


def explain_sentence(inputs: Inputs, words: str) -> tuple[TracedSentence, ...]:
    """The sentences of the disclosure that have these words, each with what it rests on.

    Raises:
        DocumentError: none has.
        DataError: findings stand that stop a build.
    """
    from board_report.story.public_record import public_record
    from board_report.story.traced_sentences import trace

    figures = _public_figures(inputs)
    return trace(public_record(inputs.project, inputs.loaded.tables, figures), words)


def document_states(story: Story) -> dict[str, str]:
    """Each document's file to its state, as it is printed: ``Draft``, ``Approved 20 Oct 2026``."""
    states = {name: deck_context(story, Mode(mode)).state for mode, name in DECKS.items()}
    states[APPENDIX] = deck_context(story, Mode.APPENDIX).state
    states[BRIEFING] = deck_context(story, has_notes=True).state
    if story.public is not None:
        states[DISCLOSURE] = story.public.state
    return states
