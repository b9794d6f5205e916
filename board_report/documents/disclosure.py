"""The governance disclosure: the annual cybersecurity item as a draft for counsel, Letter size.

It is made from the public context alone; nothing here can reach a table, a metric or the deck.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.paper import paper_html, render_paper
from board_report.documents.pdf import PdfResult

if TYPE_CHECKING:
    from board_report.story.public_page import PublicContext

TEMPLATE = "disclosure/item.html"
FILING = "disclosure/filing.html"


def disclosure_html(context: PublicContext, templates: Path, template: str = TEMPLATE) -> str:
    """The whole draft as one HTML page, or by ``FILING`` nothing but the text.

    Raises:
        DocumentError: a template is missing or names what the context does not have.
    """
    return paper_html(template, {"draft": context}, templates)


def render_disclosure(
    context: PublicContext, *, templates: Path, generated_at: datetime, template: str = TEMPLATE
) -> PdfResult:
    """The whole draft as a tagged, archival PDF, or by ``FILING`` nothing but the text.

    Args:
        context: what may be printed.
        templates: the folder of templates, style sheets and fonts.
        generated_at: the date of the file, with its time zone.
        template: ``TEMPLATE`` or ``FILING``.

    Raises:
        DocumentError: the page cannot be made, or asks for a file outside the templates folder.
    """
    return render_paper(
        template, {"draft": context}, templates=templates, generated_at=generated_at
    )
