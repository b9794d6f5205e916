"""Interval bars for a narrow column: the name over its interval, row under row on one log scale.

Data:
    rows: list of
        label: ``Distribution ransomware``.
        value: words at the right of the name, as ``$3.3M``.
        detail: words before the interval, as ``12%``.
        low, mid, high: floats above zero.
    axis: ``{"low": float, "high": float, "ticks": [[value, words], ...]}``, logarithmic.
    heads: ``{"label": ..., "value": ..., "detail": ...}``: words over the columns, ``detail``
        on the line of the ticks.
    rest: ``{"label": "7 others", "value": "$1.8M"}`` or None: a last row without an interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import gridlines_down
from board_report.charts.scales import Scale

HEAD = 32.0
ROW = 35.0
REST = 20.0
_DETAIL = 40.0


def height_of(rows: int, *, rest: bool) -> float:
    """Points that so many rows need."""
    return HEAD + ROW * rows + (REST if rest else 0.0)


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows under their heads."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    rest = data.get("rest")
    axis, heads = data["axis"], data["heads"]
    plot = Scale(axis["low"], axis["high"], _DETAIL, width - 8, is_log=True)
    step = min((height - HEAD - (REST if rest else 0)) / max(len(rows), 1), ROW)
    bottom = HEAD + step * len(rows)
    canvas.text(0, 11, str(heads["label"]))
    canvas.text(width, 11, str(heads["value"]), anchor="end")
    canvas.text(0, 26, str(heads["detail"]))
    gridlines_down(canvas, plot, axis["ticks"], HEAD, bottom, labels_at=None)
    _draw_ticks(canvas, plot, axis["ticks"], theme.text_width(str(heads["detail"])) + 6, width)
    canvas.line([(0, HEAD), (width, HEAD)], "ink", 0.9)
    for at, row in enumerate(rows):
        _draw_row(canvas, row, plot, HEAD + step * at, step, width)
    if rest:
        y = bottom + REST / 2 + 1
        canvas.text(0, y, str(rest["label"]), color="text2", valign="middle")
        canvas.text(width, y, str(rest["value"]), color="text2", anchor="end", valign="middle")
    return canvas.svg()


def _draw_ticks(
    canvas: Canvas, plot: Scale, ticks: Sequence[tuple[float, str]], left: float, width: float
) -> None:
    """Words of the ticks, as many as stand apart."""
    taken = left
    for value, words in ticks:
        half = theme.text_width(words) / 2
        x = min(plot(value), width - half)
        if x - half >= taken:
            canvas.text(x, 26, words, anchor="middle")
            taken = x + half + 6


def _draw_row(
    canvas: Canvas, row: Mapping[str, Any], plot: Scale, top: float, step: float, width: float
) -> None:
    value = str(row["value"])
    room = width - theme.text_width(value, 12, 600) - 8
    first, second = top + step * 0.3, top + step * 0.72
    words = theme.fit(str(row["label"]), room, 12)
    canvas.text(0, first, words, size=12, color="ink", valign="middle")
    canvas.text(
        width, first, value, size=12, weight=600, color="ink", anchor="end", valign="middle"
    )
    canvas.text(0, second, str(row["detail"]), color="text2", valign="middle")
    start, end = plot(row["low"]), plot(row["high"])
    canvas.rect(start, second - 3.5, max(end - start, 1.0), 7, "accent-mid")
    canvas.mark("none", plot(row["mid"]), second, 9)
    canvas.line([(0, top + step), (width, top + step)], "hair", 0.75)
