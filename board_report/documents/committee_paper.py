"""The paper for the disclosure committee, Letter size: for the board's side alone, never filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.paper import paper_html, render_paper
from board_report.documents.pdf import PdfResult

if TYPE_CHECKING:
    from board_report.charts import Drawing
    from board_report.story.committee_page import CommitteePaper

TEMPLATE = "committee/paper.html"


def committee_html(paper: CommitteePaper, templates: Path) -> str:
    """The whole paper as one HTML page.

    Raises:
        DocumentError: a template is missing or names what the context does not have.
    """
    return paper_html(TEMPLATE, {"paper": paper}, templates)


def render_committee_paper(
    paper: CommitteePaper,
    drawings: Mapping[str, Drawing],
    *,
    templates: Path,
    generated_at: datetime,
) -> PdfResult:
    """The whole paper as a tagged, archival PDF.

    Args:
        paper: what is printed.
        drawings: its pictures, by name.
        templates: the folder of templates, style sheets and fonts.
        generated_at: the date of the file, with its time zone.

    Raises:
        DocumentError: the page cannot be made, or asks for a picture that is not among them.
    """
    return render_paper(
        TEMPLATE,
        {"paper": paper},
        templates=templates,
        generated_at=generated_at,
        pictures={name: drawing.svg for name, drawing in drawings.items()},
    )
