"""Meetings by kind and quarter: one dot each, full where it was held, hollow where it was not.

Data:
    quarters: list of ``2026-Q3``, oldest first; the last is the one reported on.
    rows: list of
        label: ``CISO at launches``.
        groups: one for each quarter, ``{"held": int, "planned": int}``; None where not measured.
        words: ``4 of 6`` for the last quarter, or why there is none.

Dots stand closer where more are planned; above ten in one quarter numbers take their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import quarter_parts

_HEAD = 15.0
_MOST_DOTS = 10
_RADIUS = 2.9


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows, with the quarters over them."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    quarters: Sequence[str] = data["quarters"]
    names = max((theme.text_width(str(row["label"])) for row in rows), default=0.0)
    left = min(names + 12, width * 0.42)
    room = max((theme.text_width(str(row["words"])) for row in rows), default=0.0) + 10
    room = min(room, width * 0.25)
    column = (width - left - room) / max(len(quarters), 1)
    for at in range(len(quarters)):
        is_last = at == len(quarters) - 1
        look: dict[str, Any] = {"weight": 600, "color": "ink"} if is_last else {}
        head = theme.fit(_head(quarters, at), column - 4, weight=600 if is_last else 400)
        canvas.text(left + column * at, 9, head, **look)
    step = (height - _HEAD) / max(len(rows), 1)
    canvas.line([(0, _HEAD - 1), (width, _HEAD - 1)], "ink", 0.9)
    for at, row in enumerate(rows):
        y = _HEAD + step * (at + 0.5)
        if at:
            canvas.line([(0, y - step / 2), (width, y - step / 2)], "hair", 0.5)
        label = theme.fit(str(row["label"]), left - 8)
        canvas.text(0, y, label, color="ink", valign="middle")
        for place, group in enumerate(row["groups"]):
            is_last = place == len(quarters) - 1
            _draw_group(canvas, group, left + column * place, y, column, is_last=is_last)
        words = theme.fit(str(row["words"]), room - 4)
        canvas.text(width, y, words, color="ink", anchor="end", valign="middle")
    return canvas.svg()


def _head(quarters: Sequence[str], at: int) -> str:
    """``Q1 2026`` for the first quarter of a year, and for the first one shown; else ``Q2``."""
    year, short = quarter_parts(quarters[at])
    is_next_named = at + 1 < len(quarters) and quarter_parts(quarters[at + 1])[1] == "Q1"
    is_named = short == "Q1" or (at == 0 and not is_next_named)
    return f"{short} {year}".strip() if is_named else short


def _draw_group(
    canvas: Canvas,
    group: Mapping[str, int] | None,
    x: float,
    y: float,
    room: float,
    *,
    is_last: bool,
) -> None:
    if group is None:
        canvas.hatched(x, y - 4, room - 8, 8)
        return
    held, planned = group["held"], group["planned"]
    if planned > _MOST_DOTS:
        canvas.text(x, y, f"{held} of {planned}", color="ink", valign="middle")
        return
    ink = "accent" if is_last else "ctx"
    pitch = min(2 * _RADIUS + 2.0, (room - 8) / max(planned, 1))
    places = [(x + _RADIUS + pitch * at, y) for at in range(planned)]
    canvas.circles(places[:held], min(_RADIUS, pitch / 2 - 0.3), ink)
    for spot in places[held:]:
        canvas.circle(*spot, min(_RADIUS, pitch / 2 - 0.3) - 0.5, "paper", edge=ink, edge_width=1)
