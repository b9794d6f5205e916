"""From contexts to PDF: the deck here, the lesser documents in a process beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from board_report.errors import DocumentError
from board_report.pipeline.contexts import (
    briefing_context,
    committee_context,
    created_at,
    deck_context,
    disclosure_context,
    no_redline,
    redline_context,
)
from board_report.pipeline.inputs import Inputs
from board_report.pipeline.names import (
    APPENDIX,
    BRIEFING,
    COMMITTEE,
    DECKS,
    DISCLOSURE,
    FOR_FILING,
    REDLINE,
    TAGS,
)
from board_report.pipeline.stopwatch import Stopwatch
from board_report.pipeline.story import Story
from board_report.side_process import SideProcess
from board_report.story.page import Mode

if TYPE_CHECKING:
    from board_report.documents.pdf import PdfResult
    from board_report.metrics.evaluate import Figures
    from board_report.story.briefing_page import BriefingContext
    from board_report.story.committee_page import CommitteePaper
    from board_report.story.page import BoardContext
    from board_report.story.public_page import PublicContext
    from board_report.story.redline_page import RedlineContext


def render_documents(
    inputs: Inputs,
    figures: Figures,
    story: Story,
    mode: Mode,
    only: str | None,
    watch: Stopwatch,
    side: SideProcess,
    *,
    final: bool = False,
) -> dict[str, bytes]:
    """File names to PDFs: the lesser documents beside, while the deck is made here.

    Args:
        inputs: what was read.
        figures: all series of the report.
        story: what is said, held against the signatures on file.
        mode: of the deck, and of the briefing book that goes with it.
        only: one of ``DOCUMENTS``; all of them when None.
        watch: told of each stage.
        side: where the lesser documents are made.
        final: True makes the text for filing, too.

    Raises:
        DocumentError: a document would not be printed as it was designed, or a redline alone is
            asked for and no earlier filing is on record.
    """
    with watch.stage("pages"):
        beside = _begin_beside(inputs, figures, story, mode, only, side, final)
    outputs: dict[str, bytes] = {}
    if only in (None, "deck"):
        context = deck_context(story, mode)
        deck = render_deck(context, created_at(inputs.project), watch)
        outputs[DECKS[mode.value]] = _checked(DECKS[mode.value], deck)
    for name, document in beside.items():
        with watch.stage("documents beside"):
            outputs[name] = _checked(name, document())
    return outputs


def _begin_beside(
    inputs: Inputs,
    figures: Figures,
    story: Story,
    mode: Mode,
    only: str | None,
    side: SideProcess,
    final: bool,
) -> dict[str, Callable[[], PdfResult]]:
    """The documents that are made beside the deck: file name to what waits for it."""
    created = created_at(inputs.project)
    waited: dict[str, Callable[[], PdfResult]] = {}
    if only in (None, "disclosure"):
        public = story.public or disclosure_context(inputs, figures)
        waited[DISCLOSURE] = side.run(render_disclosure, public, created)
        if public.filer is not None:
            waited[TAGS] = side.run(render_tags, public, created)
        if final:
            waited[FOR_FILING] = side.run(render_for_filing, public, created)
    if only in (None, "redline"):
        redline = redline_context(inputs, figures)
        if redline is not None:
            waited[REDLINE] = side.run(render_redline, redline, created)
        elif only == "redline":
            raise no_redline()
    if only in (None, "committee"):
        paper = committee_context(inputs, figures, story)
        waited[COMMITTEE] = side.run(render_committee_paper, paper, created)
    if only in (None, "appendix"):
        appendix = deck_context(story, Mode.APPENDIX)
        waited[APPENDIX] = side.run(render_deck, appendix, created)
    if only in (None, "briefing"):
        waited[BRIEFING] = side.run(render_briefing, briefing_context(story, mode), created)
    return waited


def _checked(name: str, result: PdfResult) -> bytes:
    if result.warnings:
        raise DocumentError(
            f"{name} would not be printed as designed: {'; '.join(result.warnings[:3])}.",
            mend="If you changed a theme, a logo or commentary, undo that; else report it.",
        )
    return result.data


def render_deck(
    context: BoardContext, created: datetime, watch: Stopwatch | None = None
) -> PdfResult:
    """A deck as PDF."""
    from board_report.charts import draw_all
    from board_report.documents.deck import deck_figures
    from board_report.documents.deck import render_deck as render
    from board_report.resources import templates_folder

    watch = watch or Stopwatch()
    with watch.stage("charts"):
        drawings = draw_all(deck_figures(context))
    with watch.stage("deck"):
        return render(
            context, templates=templates_folder(), drawings=drawings, generated_at=created
        )


def render_disclosure(context: PublicContext, created: datetime) -> PdfResult:
    """The disclosure as PDF; sees nothing but the public context."""
    from board_report.documents.disclosure import render_disclosure as render
    from board_report.resources import templates_folder

    return render(context, templates=templates_folder(), generated_at=created)


def render_redline(context: RedlineContext, created: datetime) -> PdfResult:
    """The redline as PDF; sees nothing but what is public."""
    from board_report.documents.redline import render_redline as render
    from board_report.resources import templates_folder

    return render(context, templates=templates_folder(), generated_at=created)


def render_committee_paper(paper: CommitteePaper, created: datetime) -> PdfResult:
    """The disclosure committee's paper as PDF."""
    from board_report.charts import draw_all
    from board_report.documents.committee_paper import render_committee_paper as render
    from board_report.resources import templates_folder

    return render(
        paper,
        templates=templates_folder(),
        drawings=draw_all(paper.figures),
        generated_at=created,
    )


def render_for_filing(context: PublicContext, created: datetime) -> PdfResult:
    """The approved text alone as PDF; sees nothing but the public context."""
    from board_report.documents.disclosure import FILING, render_disclosure
    from board_report.resources import templates_folder

    return render_disclosure(
        context, templates=templates_folder(), generated_at=created, template=FILING
    )


def render_tags(context: PublicContext, created: datetime) -> PdfResult:
    """The disclosure with its tags in the margin as PDF; sees nothing but the public context."""
    from board_report.documents.tagged_annual import annual_record
    from board_report.documents.xbrl.review import render_tagged_review
    from board_report.resources import templates_folder

    return render_tagged_review(
        annual_record(context), templates=templates_folder(), generated_at=created
    )


def render_briefing(context: BriefingContext, created: datetime) -> PdfResult:
    """The briefing book as PDF."""
    from board_report.documents.briefing import render_briefing as render
    from board_report.resources import templates_folder

    return render(context, templates=templates_folder(), generated_at=created)
