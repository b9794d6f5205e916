"""One loss under several budgets: an interval for each with its mark, against a line of tolerance.

Data:
    columns: list of, smallest budget first,
        head: ``−10%``; in bold over the column.
        under: ``$11M a year``; under it.
        spent: ``$10.4M of it spent``; beside that (optional).
        low, mid, high: the estimate with its interval.
        label: the mark in words, beside it.
        status: ``off`` (over tolerance), ``none`` or ``on``.
        absent: words on a hatched place instead, where the budget cannot be met (optional).
    tolerance: ``{"value": float, "label": "tolerance $40M"}`` or None.
    currency: code of the losses.
    left: points for the scale at the left; the columns share the rest evenly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import band_centers, not_measured
from board_report.charts.scales import Scale, nice_bounds, tick_values
from board_report.story.formats import money

_HEAD = 40.0
_FOOT = 8.0
_BAR = 12.0
_CLEAR = 12.0
"""Points between the middle of a label and the line of tolerance."""
_TINTS = {"off": "off-tint", "none": "accent-mid", "on": "accent-mid"}


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the columns on one scale of money; marks and intervals need no zero to stand on."""
    canvas = Canvas(width, height)
    columns: Sequence[Mapping[str, Any]] = data["columns"]
    tolerance = data.get("tolerance")
    shown = [each for each in columns if not each.get("absent")]
    values = [each[key] for each in shown for key in ("low", "mid", "high")]
    known = [*values, tolerance["value"] if tolerance else None]
    low, high, step = nice_bounds(known, from_zero=False, ticks=4)
    up = Scale(low, high, height - _FOOT, _HEAD + 8)
    left = float(data["left"])
    _draw_scale(canvas, up, (step, str(data["currency"])), left, tolerance)
    centers = band_centers(left, width - left, len(columns))
    share = (width - left) / max(len(columns), 1)
    for column, x in zip(columns, centers, strict=True):
        start = x - share / 2
        canvas.text(start, 14, str(column["head"]), size=16, weight=600, color="ink")
        under = f"{column['under']}, {column['spent']}" if column.get("spent") else column["under"]
        canvas.text(start, 30, theme.fit(str(under), share - 12, 12), size=12, color="text2")
    _draw_tolerance(canvas, up, tolerance, left)
    line = up(tolerance["value"]) if tolerance else None
    for column, x in zip(columns, centers, strict=True):
        _draw_column(canvas, column, (up, line), x, share)
    return canvas.svg()


def _draw_scale(
    canvas: Canvas,
    up: Scale,
    money_axis: tuple[float, str],
    left: float,
    tolerance: Mapping[str, Any] | None,
) -> None:
    step, currency = money_axis
    for value in tick_values(up.low, up.high, step):
        y = up(value)
        canvas.line([(left, y), (canvas.width, y)], "rule" if value == up.low else "hair", 0.75)
        if tolerance is None or abs(y - up(tolerance["value"])) > 20:
            words = money(value, currency)
            canvas.text(left - 10, y, words, anchor="end", valign="middle")


def _draw_tolerance(
    canvas: Canvas, up: Scale, tolerance: Mapping[str, Any] | None, left: float
) -> None:
    if not tolerance:
        return
    y = up(tolerance["value"])
    canvas.line([(left, y), (canvas.width, y)], "ink", 1.6)
    lines = str(tolerance["label"]).split("\n")
    for at, words in enumerate(lines):
        below = y + 13.0 * (at - (len(lines) - 1) / 2)
        canvas.text(left - 10, below, words, weight=600, color="ink", anchor="end",
                    valign="middle")  # fmt: skip


def _draw_column(
    canvas: Canvas,
    column: Mapping[str, Any],
    scale: tuple[Scale, float | None],
    x: float,
    share: float,
) -> None:
    up, line = scale
    if column.get("absent"):
        wide = share * 0.7
        tall = min(26.0, abs(up.start - up.end) / 2)
        middle = (up.start + up.end) / 2
        left = x - share / 2
        canvas.rect(left, middle - tall / 2, wide, tall, "paper")
        not_measured(canvas, left, middle - tall / 2, wide, tall, str(column["absent"]))
        return
    status = str(column["status"])
    left = x - share / 2 + 18
    top, bottom = up(column["high"]), up(column["low"])
    canvas.rect(left - _BAR / 2, top, _BAR, max(bottom - top, 1.0), _TINTS[status])
    y = up(column["mid"])
    canvas.mark("none" if status == "on" else status, left, y, 11)
    ink = "off" if status == "off" else "accent"
    words = theme.fit(str(column["label"]), share - 44, 14, 600)
    if line is not None and abs(y - line) < _CLEAR:  # the words stand clear of the line
        y = line - _CLEAR if status == "off" else line + _CLEAR
    canvas.text(left + 16, y, words, size=14, weight=600, color=ink, valign="middle", plate=True)
