"""Initiatives over time: from start to go-live, with the review that must come before it.

Data:
    start, end: dates of the left and right edge.
    today: date of the line between what has happened and what is planned.
    today_label: ``30 Sep``.
    quarters: list of ``{"label": "2026-Q3", "start": date, "end": date, "is_current": bool}``;
        ``end`` is the first day after it.
    rows: list of
        label: the initiative.
        value: words in a column after the label, as ``9.6``; may be empty.
        start: date, or None when unknown (the bar then begins at the left edge).
        live: date of go-live, or None when none is set (the plan is then a dashed line).
        marks: list of ``{"date": date, "kind": "on" | "near" | "off" | "later"}``.
        note: words beside the bar; may be empty.
        note_status: ``on``, ``near``, ``off`` or ``none``: their colour.
        is_emphasized: whether the label is bold.
    heads: ``{"label": "Initiative", "value": "$M"}``.
    label_width: points for the labels (default: as wide as the widest, at most 40%).

Twelve rows fit 340 points well; below 20 points a row the list belongs in a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import DASH, Canvas
from board_report.charts.furniture import quarter_parts, row_label
from board_report.charts.scales import Scale

_HEAD = 34.0


@dataclass(frozen=True)
class Frame:
    """Where things stand, in points."""

    label_width: float
    value_right: float
    along: Scale
    top: float
    step: float
    today: float

    def at(self, day: date) -> float:
        """The x of a day."""
        return self.along(day.toordinal())


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows under a band of quarters."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    frame = _frame(data, rows, width, height)
    bottom = frame.top + frame.step * len(rows)
    left, right = frame.along.start, frame.along.end
    canvas.rect(left, frame.top, frame.today - left, bottom - frame.top, "wash")
    _draw_quarters(canvas, data["quarters"], frame, bottom)
    heads = data.get("heads", {})
    canvas.text(0, _HEAD - 8, heads.get("label", ""))
    canvas.text(frame.value_right, _HEAD - 8, heads.get("value", ""), anchor="end")
    rules = (
        (0, frame.top + frame.step * at, right, frame.top + frame.step * at)
        for at in range(1, len(rows))
    )
    canvas.segments(rules, "hair", 0.75)
    canvas.line([(frame.today, frame.top - 2), (frame.today, bottom)], "ink", 1.3)
    canvas.text(
        frame.today,
        _HEAD - 6,
        data["today_label"],
        weight=600,
        color="ink",
        anchor="middle",
        plate=True,
    )
    for at, row in enumerate(rows):
        _draw_row(canvas, row, frame, frame.top + frame.step * (at + 0.5))
    return canvas.svg()


def _frame(
    data: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], width: float, height: float
) -> Frame:
    widest = max((theme.text_width(str(row["label"]), 12, 600) for row in rows), default=0.0)
    label = float(data.get("label_width") or min(widest + 4, width * 0.4))
    value_head = str(data.get("heads", {}).get("value", ""))
    words = [value_head, *(str(row.get("value", "")) for row in rows)]
    value = max(theme.text_width(each) for each in words)
    value_right = label + (value + 12 if value else 0)
    along = Scale(data["start"].toordinal(), data["end"].toordinal(), value_right + 20, width)
    step = min((height - _HEAD) / max(len(rows), 1), 36.0)
    return Frame(label, value_right, along, _HEAD, step, along(data["today"].toordinal()))


def _draw_quarters(
    canvas: Canvas, quarters: Sequence[Mapping[str, Any]], frame: Frame, bottom: float
) -> None:
    for at, quarter in enumerate(quarters):
        left, right = frame.at(quarter["start"]), frame.at(quarter["end"])
        canvas.line([(left, frame.top), (left, bottom)], "hair", 0.75)
        year, short = quarter_parts(quarter["label"])
        words = f"{short} {year}".strip() if at == 0 or short == "Q1" else short
        is_current = bool(quarter.get("is_current"))
        look = (600, "ink") if is_current else (400, "muted")
        if theme.text_width(words, weight=look[0]) <= right - left:
            canvas.text(
                (left + right) / 2, 11, words, weight=look[0], color=look[1], anchor="middle"
            )


def _draw_row(canvas: Canvas, row: Mapping[str, Any], frame: Frame, y: float) -> None:
    weight = 600 if row.get("is_emphasized") else 400
    row_label(
        canvas, 0, y, str(row["label"]), frame.label_width, frame.step, size=12, weight=weight
    )
    canvas.text(
        frame.value_right,
        y,
        str(row.get("value", "")),
        color="text2",
        anchor="end",
        valign="middle",
    )
    left = frame.at(row["start"]) if row.get("start") else frame.along.start
    right = frame.at(row["live"]) if row.get("live") else frame.along.end
    split = min(max(frame.today, left), right)
    if split > left:
        canvas.rect(left, y - 3, split - left, 6, "ctx")
    if right > split and row.get("live"):
        canvas.rect(split, y - 3, right - split, 6, "rule")
    elif right > split:
        canvas.line([(split, y), (right, y)], "ctx", 1.5, DASH)
    if row.get("live"):
        canvas.line([(right, y - 8), (right, y + 8)], "ink", 2.2)
    places = [frame.at(mark["date"]) for mark in row.get("marks", ())]
    for x, mark in zip(places, row.get("marks", ()), strict=True):
        canvas.mark(str(mark["kind"]), x, y, 11)
    _draw_note(canvas, row, frame, y, (left, right), places)


def _draw_note(
    canvas: Canvas,
    row: Mapping[str, Any],
    frame: Frame,
    y: float,
    bar: tuple[float, float],
    marks: Sequence[float],
) -> None:
    """The words right of all that is drawn; else before the mark; else before the bar."""
    words = str(row.get("note", ""))
    if not words:
        return
    status = str(row.get("note_status", "none"))
    ink = "text2" if status == "none" else status
    wide = theme.text_width(words, weight=600)
    after = max([bar[1], *marks]) + 9
    before_mark = min(marks, default=bar[1]) - 10
    if after + wide <= canvas.width:
        x, anchor = after, "start"
    elif before_mark - wide >= frame.along.start:
        x, anchor = before_mark, "end"
    else:
        x, anchor = canvas.width, "end"
    canvas.text(x, y, words, weight=600, color=ink, anchor=anchor, valign="middle", plate=True)
