"""The briefing book: the frozen context through its templates into one PDF, Letter size."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.environment import make_environment, render_template
from board_report.documents.pdf import PdfResult, write_pdf

if TYPE_CHECKING:
    from board_report.story.briefing_page import BriefingContext

TEMPLATE = "briefing/book.html"


def briefing_html(context: BriefingContext, templates: Path) -> str:
    """The whole book as one HTML page.

    Raises:
        DocumentError: a template is missing or names what the context does not have.
    """
    return render_template(make_environment(templates), TEMPLATE, {"book": context})


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
    return write_pdf(
        briefing_html(context, templates),
        base=templates,
        allowed=[templates],
        generated_at=generated_at,
    )
