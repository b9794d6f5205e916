"""Vendors over the weight of one office's score: straight lines, and where the first changes.

Data:
    vendors: list of, best first,
        label: the vendor's name.
        left: its total where the CISO's office has no weight, 0 to 5 (the CTO's score).
        right: its total where that office has all the weight (the CISO's score).
        is_chosen: drawn heavy, in accent.
    weight: the declared weight of the CISO's office, 0 to 1; a line down the plot.
    weight_label: words over it, as ``60% CISO``.
    turns: list of ``{"at": float, "score": float, "label": "48%"}``: where the first changes.
    ends: words under the left and the right edge.

Names stand at the right ends of their lines; 170 points or more of width and 90 of height.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import gridlines
from board_report.charts.scales import Scale, labelled, nice_bounds, spread_apart, tick_values

_LEFT = 22.0
_HEAD = 17.0
_FOOT = 18.0
_LINE = 13.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the lines with their names, the declared weight and the turns."""
    canvas = Canvas(width, height)
    vendors: Sequence[Mapping[str, Any]] = data["vendors"]
    names = max((_width(each) for each in vendors), default=0.0)
    right = width - min(names + 12, width * 0.44)
    bottom = height - _FOOT
    low, high, step = nice_bounds(
        [score for each in vendors for score in (each["left"], each["right"])],
        from_zero=False,
        ticks=3,
    )
    along, up = Scale(0, 1, _LEFT, right), Scale(low, high, bottom, _HEAD)
    ticks = labelled(tick_values(low, high, step), lambda value: f"{value:.1f}")
    gridlines(canvas, up, ticks, _LEFT, right, labels_at=_LEFT - 5)
    for words, x, anchor in zip(data["ends"], (_LEFT, right), ("start", "end"), strict=True):
        canvas.text(x, height - 4, words, anchor=anchor)
    _draw_weight(canvas, data, along, bottom)
    for each in reversed(vendors):
        heavy = each["is_chosen"]
        ends = [(along(0), up(each["left"])), (along(1), up(each["right"]))]
        canvas.line(ends, "accent" if heavy else "ctx", 2.4 if heavy else 1.3)
    for turn in data["turns"]:
        x, y = along(turn["at"]), up(turn["score"])
        canvas.circle(x, y, 4.0, "paper", edge="ink", edge_width=1.6)
        below = y + 16 if y + 18 < bottom else y - 9
        half = theme.text_width(turn["label"]) / 2
        held = min(max(x, _LEFT + half), right - half)
        canvas.text(held, below, turn["label"], color="ink", anchor="middle", plate=True)
    _draw_names(canvas, vendors, up, (right + 8, bottom))
    return canvas.svg()


def _width(vendor: Mapping[str, Any]) -> float:
    weight = 600 if vendor["is_chosen"] else 400
    return theme.text_width(str(vendor["label"]), weight=weight)


def _draw_weight(canvas: Canvas, data: Mapping[str, Any], along: Scale, bottom: float) -> None:
    x, words = along(data["weight"]), str(data["weight_label"])
    half = theme.text_width(words, weight=600) / 2
    held = min(max(x, along.start + half), max(along.end - half, along.start + half))
    canvas.text(held, 9, words, weight=600, color="ink", anchor="middle")
    canvas.line([(x, _HEAD - 3), (x, bottom)], "ink", 1.3)


def _draw_names(
    canvas: Canvas, vendors: Sequence[Mapping[str, Any]], up: Scale, at: tuple[float, float]
) -> None:
    x, bottom = at
    wanted = [up(each["right"]) for each in vendors]
    for each, y in zip(vendors, spread_apart(wanted, _LINE, _HEAD - 4, bottom), strict=True):
        weight, ink = (600, "accent") if each["is_chosen"] else (400, "text2")
        label = theme.fit(str(each["label"]), canvas.width - x, weight=weight)
        canvas.text(x, y, label, weight=weight, color=ink, valign="middle")
