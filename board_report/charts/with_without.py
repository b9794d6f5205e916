"""A year's loss with an initiative and without it: two curves, and what lies between them.

Data:
    with, without: ``[[chance, loss], ...]``, most likely first.
    names: ``{"with": "with", "without": "without"}``: words on the curves.
    currency: code of the losses.
    largest: a loss that the scale holds too, so that pictures side by side share one.
    year_20: ``{"with": float, "without": float}``: losses of the 1-in-20 year, as dots.

Money is linear and runs to the right; the chance of a year is logarithmic and falls downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.exceedance_sheet import span_of, x_at
from board_report.charts.scales import Scale, nice_bounds, tick_values
from board_report.story.formats import money

_LEFT, _RIGHT, _TOP, _FOOT = 46.0, 22.0, 8.0, 20.0
_YEARS = (2, 20, 100)
_HALF = 7.0
Point = tuple[float, float]


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw both curves, the area between them, and the 1-in-20 year."""
    canvas = Canvas(width, height)
    both = {name: data[name] for name in ("without", "with")}
    losses = [loss for points in both.values() for _, loss in points]
    low, high, step = nice_bounds([*losses, data["largest"]], ticks=2 if width < 240 else 3)
    chance = Scale(1 / _YEARS[-1], 1 / _YEARS[0], height - _FOOT, _TOP, is_log=True)
    along = Scale(low, high, _LEFT, width - _RIGHT)
    _draw_axes(canvas, chance, along, (step, str(data["currency"])))
    curves = {
        name: [(along(loss), chance(p)) for p, loss in points if chance.low <= p <= chance.high]
        for name, points in both.items()
    }
    canvas.polygon([*curves["with"], *reversed(curves["without"])], "band")
    canvas.line(curves["without"], "ctx", 2.0)
    canvas.line(curves["with"], "accent", 2.6)
    for name, color in (("without", "ctx"), ("with", "accent")):
        x, y = along(data["year_20"][name]), chance(1 / 20)
        canvas.circle(x, y, 3.8, "paper" if name == "without" else color, edge=color,
                      edge_width=1.6)  # fmt: skip
    heights = (chance(1 / 6.5), chance(1 / 45))
    _draw_names(canvas, curves, data["names"], heights)
    return canvas.svg()


def _draw_axes(canvas: Canvas, chance: Scale, along: Scale, money_axis: tuple[float, str]) -> None:
    step, currency = money_axis
    for years in _YEARS:
        y, is_key = chance(1 / years), years == 20
        color = "ink" if is_key else "hair"
        canvas.line([(along.start, y), (along.end, y)], color, 0.9 if is_key else 0.75)
        weight, ink = (600, "ink") if is_key else (400, "muted")
        words = f"1 in {years}"
        x = along.start - 6
        canvas.text(x, y, words, weight=weight, color=ink, anchor="end", valign="middle")
    for value in tick_values(along.low, along.high, step):
        canvas.text(along(value), canvas.height - 4, money(value, currency), anchor="middle")


def _draw_names(
    canvas: Canvas,
    curves: Mapping[str, Sequence[Point]],
    names: Mapping[str, Any],
    heights: tuple[float, float],
) -> None:
    """The outer curve is named at its right in likely years, the inner at its left in rare ones."""
    above, below = heights
    inner, outer = ("with", "without")
    ends = [x_at(curves[name], above) for name in (inner, outer)]
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        inner, outer = outer, inner
    colors = {"with": "accent", "without": "text2"}
    right = span_of(curves[outer], above - _HALF, above + _HALF)
    left = span_of(curves[inner], below - _HALF, below + _HALF)
    if right:
        words = str(names[outer])
        x = min(right[1] + 7, canvas.width - theme.text_width(words, weight=600))
        canvas.text(x, above, words, weight=600, color=colors[outer], valign="middle")
    if left:
        words = str(names[inner])
        x = max(left[0] - 7, _LEFT + theme.text_width(words, weight=600))
        canvas.text(x, below, words, weight=600, color=colors[inner], anchor="end",
                    valign="middle")  # fmt: skip
