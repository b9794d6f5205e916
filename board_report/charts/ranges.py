"""Interval bars: low, middle and high of an estimate, row under row on one scale.

Data:
    rows: list of
        label: ``Dispatch ransomware``.
        low, mid, high: floats, or None for all three (then hatched with ``absent`` as words).
        value: the words at the right; may be empty.
        detail: words in a column before the plot, as ``12%``; may be empty.
        status: ``none`` (accent), ``near``, ``off`` or ``on``: colour and shape of the middle.
        is_total: set apart by a rule above, in bold.
        absent: ``not modelled`` and the like.
    axis: ``{"low": float, "high": float, "ticks": [[value, words], ...], "is_log": bool}``.
    reference: ``{"value": float, "label": "$1"}`` or None; a solid line through all rows.
    heads: ``{"label": ..., "detail": ..., "value": ...}``, words over the columns (optional).
    rules: whether hairlines part the rows (default true).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import gridlines_down, not_measured, row_label
from board_report.charts.scales import Scale

_AXIS = 20.0
_TINTS = {"none": "accent-mid", "near": "near-tint", "off": "off-tint", "on": "on-tint"}


@dataclass(frozen=True)
class Columns:
    """Where things stand across the chart, in points."""

    detail_right: float
    label_width: float
    plot: Scale
    right: float


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    columns = _columns(rows, data, width)
    step = min((height - _AXIS) / max(len(rows), 1), 36.0)
    bottom = _AXIS + step * len(rows)
    _draw_heads(canvas, data, columns, bottom)
    for at, row in enumerate(rows):
        top = _AXIS + step * at
        if at and (data.get("rules", True) or row.get("is_total")):
            ink, wide = ("ink", 0.9) if row.get("is_total") else ("hair", 0.75)
            canvas.line([(0, top), (width, top)], ink, wide)
        _draw_row(canvas, row, columns, top + step / 2, step)
    return canvas.svg()


def _draw_heads(canvas: Canvas, data: Mapping[str, Any], columns: Columns, bottom: float) -> None:
    """Words over the columns; a tick is named where neither the reference nor a head stands."""
    heads, reference = data.get("heads", {}), data.get("reference")
    canvas.text(0, 13, heads.get("label", ""))
    canvas.text(columns.detail_right, 13, heads.get("detail", ""), anchor="end")
    canvas.text(columns.right, 13, heads.get("value", ""), anchor="end")
    taken = [(columns.right - theme.text_width(str(heads.get("value", ""))), columns.right)]
    gridlines_down(canvas, columns.plot, data["axis"]["ticks"], _AXIS, bottom, labels_at=None)
    if reference:
        x, half = columns.plot(reference["value"]), theme.text_width(reference["label"], weight=600)
        taken.append((x - half / 2, x + half / 2))
        canvas.line([(x, _AXIS - 2), (x, bottom)], "ink", 1.5)
        canvas.text(x, 13, str(reference["label"]), weight=600, color="ink", anchor="middle")
    for value, words in data["axis"]["ticks"]:
        x, half = columns.plot(value), theme.text_width(words) / 2
        if all(x + half + 6 <= left or x - half - 6 >= right for left, right in taken):
            canvas.text(x, 13, words, anchor="middle")
            taken.append((x - half, x + half))


def _columns(rows: Sequence[Mapping[str, Any]], data: Mapping[str, Any], width: float) -> Columns:
    heads = data.get("heads", {})

    def widest(name: str, weight: int, size: float = theme.TEXT_SIZE) -> float:
        own = max(
            (theme.text_width(str(row.get(name, "")), size, weight) for row in rows), default=0
        )
        return max(own, theme.text_width(str(heads.get(name, ""))))

    detail, value = widest("detail", 400), widest("value", 600, 12)
    label = min(widest("label", 600, 12) + 2, width * 0.4)
    detail_right = label + (detail + 14 if detail else 0)
    right = width - (value + 26 if value else 16)
    axis = data["axis"]
    plot = Scale(axis["low"], axis["high"], detail_right + 18, right, bool(axis.get("is_log")))
    return Columns(detail_right, label, plot, width)


def _draw_row(
    canvas: Canvas, row: Mapping[str, Any], columns: Columns, y: float, step: float
) -> None:
    weight = 600 if row.get("is_total") else 400
    row_label(canvas, 0, y, str(row["label"]), columns.label_width, step, size=12, weight=weight)
    canvas.text(
        columns.detail_right,
        y,
        str(row.get("detail", "")),
        color="text2",
        anchor="end",
        valign="middle",
    )
    status = str(row.get("status", "none"))
    ink = theme.STATUS_COLORS[status]
    canvas.text(
        columns.right,
        y,
        str(row.get("value", "")),
        size=12,
        weight=600,
        color=ink if status != "none" else "ink",
        anchor="end",
        valign="middle",
    )
    _draw_interval(canvas, row, columns.plot, y, step, status)


def _draw_interval(
    canvas: Canvas, row: Mapping[str, Any], plot: Scale, y: float, step: float, status: str
) -> None:
    if row.get("mid") is None:
        tall = min(step * 0.6, 13.0)
        words = str(row.get("absent", "not measured"))
        not_measured(canvas, plot.start, y - tall / 2, plot.end - plot.start, tall, words)
        return
    low, high = row.get("low"), row.get("high")
    if low is not None and high is not None:
        start, end = plot(low), plot(high)
        canvas.rect(start, y - 3.5, max(end - start, 1.0), 7, _TINTS[status])
    canvas.mark(status, plot(row["mid"]), y, 9)
