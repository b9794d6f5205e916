"""How long each of several matters has stood: a bar for each row of a table, up to now.

Data:
    head: points over the first row, with the scale's two ends in words.
    step: height of a row in points.
    starts: for each row, where its bar begins along the scale: 0 is the scale's start, 1 is now;
        below 0 it began before the scale does and the bar gets a point; None for no bar.
    turn: where on the scale the quarter reported on begins.
    ends: words at the two ends of the scale.

What lies before the quarter is grey, what lies in it is blue, so that what is new is all blue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts.canvas import Canvas
from board_report.charts.scales import Scale

_BAR = 8.0
_LEAST = 3.0
"""Width of a bar that began today: still to be seen."""
_POINT = 7.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the bars."""
    canvas = Canvas(width, height)
    head, step, turn = float(data["head"]), float(data["step"]), float(data["turn"])
    starts: Sequence[float | None] = data["starts"]
    scale = Scale(0.0, 1.0, _POINT, width - 1.0)
    first, last = data["ends"]
    canvas.text(0, head - 9, str(first))
    canvas.text(width, head - 9, str(last), anchor="end")
    if turn > 0:
        canvas.line([(scale(turn), head), (scale(turn), height)], "rule", 0.75, (2.2, 1.6))
    for at, start in enumerate(starts):
        if start is not None:
            _draw_bar(canvas, scale, start, turn, head + step * (at + 0.5))
    return canvas.svg()


def _draw_bar(canvas: Canvas, scale: Scale, start: float, turn: float, y: float) -> None:
    end, top = scale(1.0), y - _BAR / 2
    left = min(scale(max(start, 0.0)), end - _LEAST)
    split = max(left, scale(turn))
    if split > left:
        canvas.rect(left, top, split - left, _BAR, "bar")
    canvas.rect(split, top, end - split, _BAR, "accent")
    if start < 0:
        corners = [(left - _POINT, y), (left, top), (left, top + _BAR)]
        canvas.polygon(corners, "bar" if split > left else "accent")
