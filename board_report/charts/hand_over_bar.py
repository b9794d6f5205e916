"""One incident from detection to recovery, with each stretch in which its work lay between offices.

Data:
    high: hours at the right edge; all incidents of a page share it.
    hours: from detection to recovery, or the age so far where ``is_open``; None draws no bar, for
        one that is over at a time that nobody knows.
    is_open: True draws a hollow triangle at the end, or at the right edge where it runs on.
    waits: list of ``{"start": float, "hours": float, "to": "CISO" | "CTO"}``, in hours since the
        detection; a wait of a few minutes is drawn just wide enough to be seen.
    ticks: list of ``[hours, words]``; where given, they alone are drawn: the axis under the bars.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.scales import Scale

_PAD = 7.0
_LEAST = 2.5
_COLORS = {"CTO": "accent", "CISO": "accent-mid"}


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw one bar, or the axis of all."""
    canvas = Canvas(width, height)
    along = Scale(0, data["high"], 0, width - _PAD)
    if data.get("ticks"):
        _draw_axis(canvas, data, along)
        return canvas.svg()
    middle = height / 2
    end = None if data["hours"] is None else along(data["hours"])
    if end is not None:
        canvas.rect(0, middle - 2.5, max(end, _LEAST), 5, "bar")
    for wait in data["waits"]:
        start, stop = along(wait["start"]), along(wait["start"] + wait["hours"])
        if wait["start"] > data["high"]:
            continue
        ink = _COLORS.get(str(wait["to"]), "ctx")
        left = min(start, along.end - _LEAST)
        canvas.rect(left, middle - 6.5, max(stop - start, _LEAST), 13, ink)
    if end is None:
        return canvas.svg()
    if data["is_open"]:
        canvas.triangles([(end + 0.5, middle)], 10, "paper", edge="text2", edge_width=1.4)
    else:
        canvas.line([(end, middle - 6.5), (end, middle + 6.5)], "ink", 1.6)
    return canvas.svg()


def _draw_axis(canvas: Canvas, data: Mapping[str, Any], along: Scale) -> None:
    for value, words in data["ticks"]:
        half = theme.text_width(words) / 2
        x = min(max(along(value), half), canvas.width - half)
        canvas.line([(along(value), 0), (along(value), 3)], "rule", 0.75)
        canvas.text(x, 13, words, anchor="middle")
