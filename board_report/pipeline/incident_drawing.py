"""Draw the clocks of an incident into a file: a picture, or a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import DocumentError

if TYPE_CHECKING:
    from board_report.governance.incident_clock_state import Clock
    from board_report.pipeline.incident import IncidentBook
    from board_report.story.page import BoardContext

KINDS = (".svg", ".pdf")


def draw_clocks(
    book: IncidentBook,
    incident_id: str,
    clocks: Sequence[Clock],
    now: datetime,
    zone: str,
    path: Path,
) -> None:
    """Write ``path``: the picture for ``.svg``, the page for ``.pdf``.

    Raises:
        DocumentError: it is of another kind, nothing has started, or it cannot be written.
    """
    from datetime import timedelta

    from board_report.archive.synced import replace_file
    from board_report.pipeline.incident import incident_on_file
    from board_report.story.incident_clock_page import incident_clock_context

    if path.suffix.lower() not in KINDS:
        raise DocumentError(
            f"{path.name} is neither a picture nor a page.",
            where="--draw",
            mend="Name a file that ends in .svg or .pdf.",
        )
    files, _ = incident_on_file(book, incident_id)
    record = files.record.known_at(now + timedelta(microseconds=1))
    context = incident_clock_context(
        book.project, record, clocks, now, book.register.settings, zone=zone
    )
    data = _svg(context) if path.suffix.lower() == ".svg" else _pdf(context, now)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except OSError as error:
        raise DocumentError(
            f"the picture cannot be written: {error.strerror or error}.",
            where=str(path),
            mend="Choose another place with --draw.",
        ) from error


def _svg(context: BoardContext) -> bytes:
    from board_report.charts import draw

    figures = context.pages[0].figures
    if "clocks" not in figures:
        raise DocumentError(
            "no clock has started, so there is nothing to draw.",
            where="--draw",
            mend="Record the discovery first, or draw the page (.pdf), which says so.",
        )
    return draw(figures["clocks"]).svg


def _pdf(context: BoardContext, now: datetime) -> bytes:
    from board_report.pipeline.documents import render_deck

    return render_deck(context, now).data
