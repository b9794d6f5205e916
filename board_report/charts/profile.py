"""A profile of ratings in two columns of groups: now, the target, and a year ago.

Data:
    sides: two lists of groups, the left and the right column; a group is
        title: ``Govern``.
        rows: list of
            label: ``Supply chain risk``.
            now: float or None (then hatched, with ``absent`` as its words).
            target: float or None; a tick.
            year_ago: float or None; a hollow dot, drawn where it differs from now.
            is_far: whether the gap to the target is one that must be noticed; red and bold.
            absent: ``not assessed`` (default).
    axis: ``{"low": float, "high": float, "ticks": [[value, words], ...]}``.

The bar from now to the target is the gap. Both columns share the height of a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import not_measured
from board_report.charts.scales import Scale

_AXIS = 16.0
_GUTTER = 28.0
_HEAD_SHARE = 1.3
_TALLEST = 26.0
_NAME_SHARE = 0.56


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw both columns."""
    canvas = Canvas(width, height)
    sides: Sequence[Sequence[Mapping[str, Any]]] = data["sides"]
    tallest = max((_rows_of(side) for side in sides), default=1.0)
    step = min((height - _AXIS) / max(tallest, 1.0), _TALLEST)
    wide = (width - _GUTTER) / 2
    for at, side in enumerate(sides):
        _draw_side(canvas, side, data["axis"], at * (wide + _GUTTER), wide, step)
    return canvas.svg()


def _rows_of(side: Sequence[Mapping[str, Any]]) -> float:
    return sum(len(group["rows"]) + _HEAD_SHARE for group in side)


def _draw_side(
    canvas: Canvas,
    side: Sequence[Mapping[str, Any]],
    axis: Mapping[str, Any],
    left: float,
    width: float,
    step: float,
) -> None:
    names = width * _NAME_SHARE
    plot = Scale(axis["low"], axis["high"], left + names + 10, left + width - 6)
    for value, words in axis["ticks"]:
        canvas.text(plot(value), 11, words, anchor="middle")
    y = _AXIS
    for group in side:
        y += step * _HEAD_SHARE
        title = str(group["title"])
        canvas.text(left, y - step * 0.42, title, size=12.5, weight=600, color="ink")
        bottom = y + step * len(group["rows"])
        lines = ((plot(value), y, plot(value), bottom) for value, _ in axis["ticks"])
        canvas.segments(lines, "hair", 0.75)
        for at, row in enumerate(group["rows"]):
            _draw_row(canvas, row, plot, left, names, y + step * (at + 0.5), step)
        y = bottom


def _draw_row(
    canvas: Canvas,
    row: Mapping[str, Any],
    plot: Scale,
    left: float,
    room: float,
    y: float,
    step: float,
) -> None:
    is_far, now, target = bool(row.get("is_far")), row.get("now"), row.get("target")
    weight, ink = (600 if is_far else 400), ("muted" if now is None else "ink")
    label = theme.fit(str(row["label"]), room, 12, weight)
    canvas.text(left, y, label, size=12, weight=weight, color=ink, valign="middle")
    if now is None:
        tall = min(step * 0.66, 13.0)
        words = str(row.get("absent", "not assessed"))
        not_measured(canvas, plot.start, y - tall / 2, plot.end - plot.start, tall, words)
        return
    x = plot(now)
    if target is not None:
        if target > now:
            tint = "off-tint" if is_far else "band"
            canvas.rect(x, y - 2.75, plot(target) - x, 5.5, tint)
        half = min(step * 0.42, 8.0)
        canvas.line([(plot(target), y - half), (plot(target), y + half)], "ink", 2.0)
    before = row.get("year_ago")
    if before is not None and before != now:
        canvas.circle(plot(before), y, 3.0, "paper", edge="ctx", edge_width=1.3)
    canvas.mark("off" if is_far else "none", x, y, 9.0)
