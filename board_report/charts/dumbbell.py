"""Dumbbells: now against a year ago and against a target, in groups of rows.

Data:
    groups: list of
        title: ``Crown jewels``; may be empty.
        target: float or None, for all rows of the group.
        target_label: ``target 95%``.
        rows: list of
            label: ``Critical``.
            now: float or None (then hatched, with ``absent`` as its words).
            year_ago: float or None; a hollow dot.
            status: ``on``, ``near``, ``off`` or ``none``: the shape of "now".
            value: ``95.2%``; the value in words.
            detail: ``118 of 124``; may be empty.
            target: float or None: the row's own target, a tick (optional).
            absent: ``not measured`` (default), ``not assessed``, ``none``.
    axis: ``{"low": float, "high": float, "ticks": [[value, words], ...], "is_log": bool}``.
    detail_head: ``closed of due`` (optional).
    emphasis: whether labels of rows off target are bold (default true).

"now" outside the axis is held at its edge, with an arrowhead; choose the axis by the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import not_measured, row_label
from board_report.charts.scales import Scale

_AXIS = 20.0
_HEAD_SHARE = 1.15


@dataclass(frozen=True)
class Columns:
    """Where things stand across the chart, in points."""

    label_right: float
    plot: Scale
    value_right: float
    detail_right: float


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the groups one under the other on one scale."""
    canvas = Canvas(width, height)
    groups: Sequence[Mapping[str, Any]] = data["groups"]
    rows = [row for group in groups for row in group["rows"]]
    columns = _columns(rows, data, width)
    heads = sum(1 for group in groups if _has_head(group))
    step = min((height - _AXIS) / (len(rows) + heads * _HEAD_SHARE), 30.0)
    y = 0.0
    for at, group in enumerate(groups):
        if _has_head(group):
            _draw_head(canvas, group, columns, y + step * _HEAD_SHARE, data if at == 0 else {})
            y += step * _HEAD_SHARE
        _draw_group(canvas, group, columns, data, y, step)
        y += step * len(group["rows"])
    for value, words in data["axis"]["ticks"]:
        canvas.text(columns.plot(value), y + 15, words, anchor="middle")
    return canvas.svg()


def _has_head(group: Mapping[str, Any]) -> bool:
    return bool(group.get("title") or group.get("target_label"))


def _columns(rows: Sequence[Mapping[str, Any]], data: Mapping[str, Any], width: float) -> Columns:
    def widest(words: Iterator[str], weight: int = 400) -> float:
        return max((theme.text_width(each, weight=weight) for each in words), default=0.0)

    label = min(widest((str(row["label"]) for row in rows), 600) + 2, width * 0.42)
    detail_words = (str(row.get("detail", "")) for row in rows)
    detail = max(widest(detail_words), widest(iter([data.get("detail_head", "")])))
    value = widest((str(row.get("value", "")) for row in rows), 600)
    value_right = width - (detail + 20 if detail else 0)
    left, right = label + 14, value_right - value - (14 if value else 8)
    axis = data["axis"]
    plot = Scale(axis["low"], axis["high"], left + 8, right - 8, bool(axis.get("is_log")))
    return Columns(label, plot, value_right, width)


def _draw_head(
    canvas: Canvas, group: Mapping[str, Any], columns: Columns, y: float, data: Mapping[str, Any]
) -> None:
    title = str(group.get("title", ""))
    canvas.text(0, y - 7, title, size=12, weight=600, color="ink")
    if data.get("detail_head"):
        canvas.text(columns.detail_right, y - 7, data["detail_head"], anchor="end")
    words = str(group.get("target_label", ""))
    if group.get("target") is not None and words:
        half = theme.text_width(words, weight=600) / 2
        left = theme.text_width(title, 12, 600) + 10 + half
        x = min(max(columns.plot(group["target"]), left), columns.value_right - half)
        canvas.text(x, y - 6, words, weight=600, color="ink", anchor="middle")


def _draw_group(
    canvas: Canvas,
    group: Mapping[str, Any],
    columns: Columns,
    data: Mapping[str, Any],
    top: float,
    step: float,
) -> None:
    bottom = top + step * len(group["rows"])
    lines = (
        (columns.plot(value), top, columns.plot(value), bottom)
        for value, _ in data["axis"]["ticks"]
    )
    canvas.segments(lines, "hair", 0.75)
    if group.get("target") is not None:
        x = columns.plot(group["target"])
        canvas.line([(x, top), (x, bottom)], "ink", 1.5)
    for at, row in enumerate(group["rows"]):
        _draw_row(canvas, row, columns, top + step * (at + 0.5), step, data.get("emphasis", True))


def _draw_row(
    canvas: Canvas,
    row: Mapping[str, Any],
    columns: Columns,
    y: float,
    step: float,
    emphasis: bool,
) -> None:
    is_off = emphasis and row.get("status") == "off"
    weight, ink = (600, "ink") if is_off else (400, "text2")
    right = columns.label_right
    row_label(
        canvas, right, y, str(row["label"]), right, step, weight=weight, color=ink, anchor="end"
    )
    value = str(row.get("value", ""))
    look = "ink" if row["now"] is not None else "muted"
    canvas.text(
        columns.value_right, y, value, weight=600, color=look, anchor="end", valign="middle"
    )
    canvas.text(columns.detail_right, y, str(row.get("detail", "")), anchor="end", valign="middle")
    _draw_dumbbell(canvas, row, columns, y, step)


def _draw_dumbbell(
    canvas: Canvas, row: Mapping[str, Any], columns: Columns, y: float, step: float
) -> None:
    plot = columns.plot
    if row.get("target") is not None:
        x = plot(row["target"])
        half = min(step * 0.36, 8.0)
        canvas.line([(x, y - half), (x, y + half)], "ink", 2.0)
    if row["now"] is None:
        words = str(row.get("absent", "not measured"))
        tall = min(step * 0.62, 13.0)
        not_measured(canvas, plot.start, y - tall / 2, plot.end - plot.start, tall, words)
        return
    now = plot(row["now"])
    if row.get("year_ago") is not None:
        before = plot(row["year_ago"])
        canvas.line([(before, y), (now, y)], "ctx", 1.4)
        canvas.circle(before, y, 3.0, "paper", edge="ctx", edge_width=1.3)
    canvas.mark(str(row.get("status", "none")), now, y, 9.5)
    if not plot.holds(row["now"]):
        _draw_beyond(canvas, now, y, -1 if row["now"] < plot.low else 1)


def _draw_beyond(canvas: Canvas, x: float, y: float, side: int) -> None:
    """An arrowhead beside a mark that is held at the edge: the value lies farther out."""
    tip, foot = x + side * 13, x + side * 8
    canvas.polygon([(tip, y), (foot, y - 3.5), (foot, y + 3.5)], "ink")
