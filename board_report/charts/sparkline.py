"""A sparkline: the course of one measure over its quarters, in one line of a table.

Data:
    values: floats, oldest first; None where there is no value (the line is broken there).
    target: float or None; drawn dashed.
    status: ``on``, ``near``, ``off`` or ``none``: the colour of the last point.

104 x 24 points fits a scorecard row. The scale runs from the least to the largest of values and
target and has no zero: a sparkline shows the course, the value beside it shows the size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import runs_of
from board_report.charts.scales import Scale

_PAD = 4.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the sparkline."""
    canvas = Canvas(width, height)
    values: Sequence[float | None] = data["values"]
    target: float | None = data.get("target")
    known = [value for value in (*values, target) if value is not None]
    if not any(value is not None for value in values):
        canvas.hatched(_PAD, height / 2 - 4, width - 2 * _PAD, 8)
        return canvas.svg()
    up = Scale(min(known), max(known), height - _PAD, _PAD)
    along = Scale(0, max(len(values) - 1, 1), _PAD, width - _PAD)
    if target is not None:
        canvas.line([(0, up(target)), (width, up(target))], "muted", 0.75, (2.2, 1.6))
    _draw_course(canvas, values, along, up)
    last = len(values) - 1
    value = values[last]
    if value is not None:
        ink = theme.STATUS_COLORS[data.get("status", "none")]
        x = along(last) if last else width - _PAD
        canvas.circle(x, up(value), 3.2, ink, edge="paper", edge_width=1.0)
    return canvas.svg()


def _draw_course(canvas: Canvas, values: Sequence[float | None], along: Scale, up: Scale) -> None:
    points = [
        (along(at), up(value)) if value is not None else None for at, value in enumerate(values)
    ]
    for first, last in runs_of([point is not None for point in points]):
        run = [point for point in points[first : last + 1] if point is not None]
        if len(run) > 1:
            canvas.line(run, "ctx", 1.5)
        elif last < len(points) - 1:
            canvas.circles(run, 1.6, "ctx")
