"""The paper for the disclosure committee, Letter size: for the board's side alone, never filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.environment import make_environment, render_template
from board_report.documents.pdf import PdfResult, write_pdf

if TYPE_CHECKING:
    from board_report.charts import Drawing
    from board_report.story.committee_page import CommitteePaper

TEMPLATE = "committee/paper.html"


def committee_html(paper: CommitteePaper, templates: Path) -> str:
    """The whole paper as one HTML page.

    Raises:
        DocumentError: a template is missing or names what the context does not have.
    """
    return render_template(make_environment(templates), TEMPLATE, {"paper": paper})


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
    return write_pdf(
        committee_html(paper, templates),
        base=templates,
        allowed=[templates],
        figures={name: drawing.svg for name, drawing in drawings.items()},
        generated_at=generated_at,
    )
