"""A current report on an incident (Form 8-K Item 1.05 or 8.01, 8-K/A, 6-K) as a draft for counsel.

It is made from the public context of the incident alone.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.paper import paper_html, render_paper
from board_report.documents.pdf import PdfResult

if TYPE_CHECKING:
    from board_report.story.current_report import CurrentReport

TEMPLATE = "current_report/report.html"


def current_report_html(report: CurrentReport, templates: Path) -> str:
    """The whole report as one HTML page.

    Raises:
        DocumentError: a template is missing or names what the context does not have.
    """
    return paper_html(TEMPLATE, {"report": report}, templates)


def render_current_report(
    report: CurrentReport, *, templates: Path, generated_at: datetime
) -> PdfResult:
    """The whole report as a tagged, archival PDF, Letter size.

    Args:
        report: what may be printed.
        templates: the folder of templates, style sheets and fonts.
        generated_at: the date of the file, with its time zone.

    Raises:
        DocumentError: the page cannot be made, or asks for a file outside the templates folder.
    """
    return render_paper(
        TEMPLATE, {"report": report}, templates=templates, generated_at=generated_at
    )
