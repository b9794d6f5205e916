"""A small visible seal that says who signed a document, as one page to lay on its cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from board_report.documents.pdf import write_pdf
from board_report.errors import DocumentError
from board_report.resources import templates_folder
from board_report.typeset import text_width

_LARGEST, _SMALLEST, _STEP = 8.5, 5.5, 0.25
_PADDING = 7.0
_LEADING = 1.3
_WIDE = 6.0
"""A box this many times as wide as high takes two lines, any other three."""


def write_seal(
    name: str, position: str, moment: datetime, *, width: float, height: float
) -> tuple[bytes, str]:
    """The seal as a page of the box's size, and its words for whoever cannot see it.

    Args:
        name: who signs.
        position: their position; may be empty.
        moment: when, with its time zone; printed in UTC.
        width: of the box, in points.
        height: of the box, in points.

    Raises:
        DocumentError: the words do not fit at a size that can be read.
    """
    lines = _lines(name, position, moment, is_wide=width > _WIDE * height)
    size = _fitting_size(lines, width, height)
    if size is None:
        raise DocumentError(
            "the seal's words do not fit into its box.",
            mend="Shorten the name or the position, or give it a wider place (--seal-at).",
        )
    words = ". ".join(lines)
    page = write_pdf(
        _html(lines, size, width, height),
        base=templates_folder(),
        allowed=[templates_folder()],
        generated_at=moment,
    )
    return page.data, words


def _lines(name: str, position: str, moment: datetime, *, is_wide: bool) -> tuple[str, ...]:
    when = f"{_day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"
    if is_wide:
        return f"Signed electronically by {name}", ", ".join(filter(None, (position, when)))
    return f"Signed electronically by {name}", *filter(None, (position, when))


def _day(moment: datetime) -> str:
    day = moment.astimezone(UTC)
    return f"{day.day} {day:%B %Y}"


def _fitting_size(lines: Sequence[str], width: float, height: float) -> float | None:
    size = _LARGEST
    while size >= _SMALLEST:
        widest = max(
            text_width(line, size, "sans" if at else "sans-semibold")
            for at, line in enumerate(lines)
        )
        if widest <= width - 2 * _PADDING and len(lines) * size * _LEADING <= height - 3:
            return size
        size -= _STEP
    return None


def _html(lines: Sequence[str], size: float, width: float, height: float) -> str:
    rows = "".join(f"<p>{escape(line)}</p>" for line in lines)
    top = (height - len(lines) * size * _LEADING) / 2
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Seal</title>
<link rel="stylesheet" href="css/fonts.css"><style>
@page {{ size: {width}pt {height}pt; margin: 0; background: #FFFFFF }}
body {{ margin: 0; font: {size}pt/{size * _LEADING}pt "Board Sans"; color: #15202B }}
div {{ box-sizing: border-box; width: {width}pt; height: {height}pt; overflow: hidden;
       border: .6pt solid #0B4F8A; border-left-width: 3pt; padding: {top}pt {_PADDING - 3}pt }}
p {{ margin: 0; white-space: nowrap }} p:first-child {{ font-weight: 600 }}
</style></head><body><div>{rows}</div></body></html>"""
