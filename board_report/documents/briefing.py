"""The briefing book: the frozen context through its templates into one PDF, Letter size."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.paper import render_paper
from board_report.documents.pdf import PdfResult

if TYPE_CHECKING:
    from board_report.story.briefing_page import BriefingContext

TEMPLATE = "briefing/book.html"


def render_briefing(
    context: BriefingContext, *, templates: Path, generated_at: datetime
) -> PdfResult:
    """The whole book as a tagged, archival PDF.

    Args:
        context: what may be printed.
        templates: the folder of templates, style sheets and fonts.
        generated_at: the date of the file, with its time zone.

    Raises:
        DocumentError: a template cannot be filled, or asks for a file outside its folder.
    """
    return render_paper(TEMPLATE, {"book": context}, templates=templates, generated_at=generated_at)
