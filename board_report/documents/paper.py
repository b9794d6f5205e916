"""A document that is one template over one frozen context: HTML, and from it a tagged PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from board_report.documents.environment import make_environment, render_template
from board_report.documents.pdf import PdfResult, write_pdf

Values = Mapping[str, object]
"""What the template may see, by the name that it uses."""


def paper_html(template: str, values: Values, templates: Path) -> str:
    """The whole document as one HTML page.

    Args:
        template: its file in the templates folder.
        values: what it may see.
        templates: the folder of templates, style sheets and fonts.

    Raises:
        DocumentError: a template is missing or names what the context does not have.
    """
    return render_template(make_environment(templates), template, dict(values))


def render_paper(
    template: str,
    values: Values,
    *,
    templates: Path,
    generated_at: datetime,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> PdfResult:
    """The whole document as a tagged, archival PDF.

    Args:
        template: its file in the templates folder.
        values: what it may see.
        templates: the folder of templates, style sheets and fonts; nothing else is read.
        generated_at: the date of the file, with its time zone.
        pictures: those that it shows, by name.

    Raises:
        DocumentError: a template is missing or names what the context does not have, or the page
            asks for a picture or a file that it may not read.
    """
    return write_pdf(
        paper_html(template, values, templates),
        base=templates,
        allowed=[templates],
        figures=pictures,
        generated_at=generated_at,
    )
