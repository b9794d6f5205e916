"""A deadline counted day by day: one box for each calendar day, with its number or why it has none.

Data:
    days: list of, from the first,
        weekday: ``Sat``.
        day: ``5 Sep``.
        count: ``1``; empty for a day that is not counted, ``0`` for the one that starts it.
        why: ``weekend``, ``Labor Day``; empty for a business day.
        is_due: whether it is the last.
    start_label: words under the first day: ``determined``.
    due_label: words under the last: ``due 5:30 p.m.``

Boxes are at most 66 points wide; up to 18 days fit 864 points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas

_MOST = 66.0
_GAP = 4.0
_HEAD = 16.0
_FOOT = 30.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the days in a row."""
    canvas = Canvas(width, height)
    days: Sequence[Mapping[str, Any]] = data["days"]
    wide = min(_MOST, (width + _GAP) / max(len(days), 1) - _GAP)
    tall = height - _HEAD - _FOOT
    for at, each in enumerate(days):
        _draw_day(canvas, each, at * (wide + _GAP), wide, tall)
    last = (len(days) - 1) * (wide + _GAP)
    y = height - 3
    canvas.text(0, y, str(data["start_label"]), weight=600, color="ink")
    room = theme.text_width(str(data["start_label"]), weight=600) + 8
    right = last + wide
    needs = theme.text_width(str(data["due_label"]), weight=600)
    anchor, x = ("end", right) if right - needs >= room else ("start", max(last, room))
    canvas.text(x, y, str(data["due_label"]), weight=600, color="accent", anchor=anchor)
    return canvas.svg()


def _draw_day(canvas: Canvas, day: Mapping[str, Any], x: float, wide: float, tall: float) -> None:
    counts, is_due = bool(day["count"]), bool(day["is_due"])
    weekday = "ink" if counts else "muted"
    canvas.text(x + wide / 2, _HEAD - 5, str(day["weekday"]), color=weekday, anchor="middle")
    if is_due:
        canvas.rect(x, _HEAD, wide, tall, "accent")
    elif day["count"] == "0":
        canvas.rect(x + 0.5, _HEAD + 0.5, wide - 1, tall - 1, "paper", edge="accent", edge_width=1)
    elif counts:
        canvas.rect(x, _HEAD, wide, tall, "accent-tint")
    else:
        canvas.rect(x, _HEAD, wide, tall, "paper")
        canvas.hatched(x, _HEAD, wide, tall, "hair")
        canvas.rect(x, _HEAD, wide, tall, None, edge="rule")
    ink = "paper" if is_due else "accent" if counts else "text2"
    middle = x + wide / 2
    if counts:
        y = _HEAD + tall / 2
        canvas.text(
            middle, y, str(day["count"]), size=18, weight=600, color=ink, anchor="middle",
            valign="middle",
        )  # fmt: skip
    else:
        lines = theme.wrap(str(day["why"]), wide - 6)
        for at, line in enumerate(lines):
            y = _HEAD + tall / 2 + (at - (len(lines) - 1) / 2) * 12.5
            canvas.text(middle, y, line, color=ink, anchor="middle", valign="middle", plate=True)
    canvas.text(middle, _HEAD + tall + 12, str(day["day"]), color="text2", anchor="middle")
