"""The board deck: the frozen context, through one template for each page, into one PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.charts.theme import DISPLAY, text_width
from board_report.documents.environment import make_environment, render_template
from board_report.documents.pdf import Attachment, PdfResult, write_pdf

if TYPE_CHECKING:
    from board_report.charts import Drawing
    from board_report.story.page import BoardContext, FigureSpec, Page

_PAGES = "deck/pages"
_PART = re.compile(r"-\d+$")
_TITLE_WIDTH = 850.0
_TITLE_SIZES = ((24.0, ""), (22.0, "is-long"), (20.0, "is-longest"))
_SHORTEST_SECOND_LINE = 0.45


@dataclass(frozen=True)
class Sheet:
    """A page with its template."""

    page: Page
    template: str
    title_class: str
    title_width: float
    """Points; narrower than the page where that keeps the second line from being a lone word."""


def figure_name(page_id: str, name: str) -> str:
    """The name under which a page's picture is drawn and shown: ``incidents--clock.svg``."""
    return f"{page_id}--{name}.svg"


def deck_figures(context: BoardContext) -> dict[str, FigureSpec]:
    """All pictures of the deck, by :func:`figure_name`, in the order of the pages."""
    return {
        figure_name(page.id, name): spec
        for page in context.pages
        for name, spec in page.figures.items()
    }


def deck_html(context: BoardContext, templates: Path) -> str:
    """The whole deck as one HTML document.

    Args:
        context: what the templates may see, under the name ``deck``; each page's own template
            sees it as ``page`` too.
        templates: the templates folder.

    Raises:
        DocumentError: a page's template is missing or cannot be filled.
    """
    sheets = tuple(
        Sheet(page, template_of(page.id, templates), *set_title(page.title))
        for page in context.pages
    )
    environment = make_environment(templates)
    return render_template(environment, "deck/base.html", {"deck": context, "sheets": sheets})


def template_of(page_id: str, templates: Path) -> str:
    """The template of a page; the parts of one page (``definitions-2``) share one."""
    own = f"{_PAGES}/{page_id}.html"
    if (templates / own).is_file():
        return own
    return f"{_PAGES}/{_PART.sub('', page_id)}.html"


def set_title(title: str) -> tuple[str, float]:
    """The class and the width that put a title on at most two well-filled lines.

    The largest of three sizes that holds it in two lines; the smallest where none does. On a
    single line the words under it move up.
    """
    for size, name in _TITLE_SIZES[:-1]:
        lines = _lines(_word_widths(title, size), _TITLE_WIDTH)
        if len(lines) == 1:
            return "is-single", _TITLE_WIDTH
        if len(lines) == 2:
            return name, _fill_second_line(_word_widths(title, size), lines)
    name = _TITLE_SIZES[-1][1]
    return name, _TITLE_WIDTH


def _word_widths(title: str, size: float) -> list[float]:
    return [text_width(f"{word} ", size, 600, DISPLAY) for word in title.split(" ")]


def _fill_second_line(words: Sequence[float], lines: Sequence[float]) -> float:
    """The widest line length that leaves the second line no less than its share of the first."""
    width = _TITLE_WIDTH
    while len(lines) == 2 and lines[1] < _SHORTEST_SECOND_LINE * lines[0]:
        narrower = lines[0] - 1
        moved = _lines(words, narrower)
        if len(moved) > 2:
            break
        width, lines = max(moved) + 4, moved
    return round(width, 1)


def _lines(widths: Sequence[float], width: float) -> list[float]:
    """How wide each line becomes when words of these widths fill lines of that width."""
    lines = [0.0]
    for word in widths:
        if lines[-1] and lines[-1] + word > width:
            lines.append(0.0)
        lines[-1] += word
    return lines


def render_deck(
    context: BoardContext,
    *,
    templates: Path,
    drawings: Mapping[str, Drawing],
    generated_at: datetime,
    attachments: Sequence[Attachment] = (),
) -> PdfResult:
    """Render the deck.

    Args:
        context: the report.
        templates: the templates folder.
        drawings: the finished pictures, by :func:`figure_name`.
        generated_at: the document's date, with its time zone.
        attachments: files to embed.

    Raises:
        DocumentError: a template cannot be filled, or a picture is missing.
    """
    return write_pdf(
        deck_html(context, templates),
        base=templates,
        allowed=[templates],
        figures={name: drawing.svg for name, drawing in drawings.items()},
        attachments=attachments,
        generated_at=generated_at,
    )
