"""The redline: the annual item as filed against the draft, for counsel, Letter size.

It is made from what is public alone: nothing here can reach a table, a metric or the deck.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.paper import paper_html, render_paper
from board_report.documents.pdf import PdfResult

if TYPE_CHECKING:
    from board_report.story.redline_page import RedlineContext

TEMPLATE = "redline/redline.html"


def redline_html(context: RedlineContext, templates: Path) -> str:
    """The whole redline as one HTML page.

    Raises:
        DocumentError: a template is missing or names what the context does not have.
    """
    return paper_html(TEMPLATE, {"redline": context}, templates)


def render_redline(
    context: RedlineContext, *, templates: Path, generated_at: datetime
) -> PdfResult:
    """The whole redline as a tagged, archival PDF.

    Args:
        context: what may be printed.
        templates: the folder of templates, style sheets and fonts.
        generated_at: the date of the file, with its time zone.

    Raises:
        DocumentError: the page cannot be made, or asks for a file outside the templates folder.
    """
    return render_paper(
        TEMPLATE, {"redline": context}, templates=templates, generated_at=generated_at
    )
