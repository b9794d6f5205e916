"""What is coming: items on a time axis, in lanes by theme, each with a mark for how sure it is.

Data:
    start, end: dates of the left and right edge.
    today: date of the line between what has come and what is ahead.
    today_label: ``30 Sep``.
    years: list of ``{"label": "2027", "start": date, "end": date}``; ``end`` is the first day after
        it, and both lie within the axis.
    quarters: dates at which a quarter starts, as faint lines.
    lanes: list of ``{"label": "Regulation", "rows": [...]}``, a row being
        label: the item, on at most two lines.
        date: the day that it is expected; one beyond an edge stands at that edge, with an arrow.
        when: words beside the mark, as ``30 Jun 2027`` or ``since 18 Oct 2024``.
        certainty: ``in_force``, ``adopted``, ``proposed`` or ``expected``.
        note: words in red beside it, as ``no action: CTO``; may be empty. Beside a
            date and a note of 20 letters the axis needs 300 points.
    key: list of ``[certainty, words]`` under the picture.
    head: words over the items.
    label_width: most points for the items; fewer where none is as long.

Twelve rows fit 334 points; the weight of a mark grows with certainty, so grey copies read alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import row_label
from board_report.charts.scales import Scale

_HEAD, _FOOT = 36.0, 20.0
_LANE = 74.0
_EDGE = 14.0
"""Points beside the axis for marks that stand beyond it."""
_TALLEST = 40.0
_MARK = 11.0


@dataclass(frozen=True)
class Frame:
    """Where things stand, in points."""

    along: Scale
    top: float
    step: float
    bottom: float
    label_width: float

    def at(self, day: date) -> float:
        """The x of a day; a day beyond an edge stands outside the axis, beside it."""
        if day.toordinal() < self.along.low:
            return self.along.start - _EDGE / 2
        if day.toordinal() > self.along.high:
            return self.along.end + _EDGE / 2
        return self.along(day.toordinal())


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the lanes under a band of years."""
    canvas = Canvas(width, height)
    lanes: Sequence[Mapping[str, Any]] = data["lanes"]
    frame = _frame(data, sum(len(lane["rows"]) for lane in lanes), width, height)
    _draw_time(canvas, data, frame)
    canvas.text(_LANE, _HEAD - 10, data["head"])
    y = frame.top
    for lane in lanes:
        canvas.line([(0, y), (width, y)], "ink" if y == frame.top else "rule", 0.9)
        lines = theme.wrap(str(lane["label"]), _LANE - 8, weight=600, lines=2)
        for at, words in enumerate(lines):
            middle = y + frame.step / 2 + (at - (len(lines) - 1) / 2) * 12.5
            canvas.text(0, middle, words, weight=600, color="accent", valign="middle")
        for row in lane["rows"]:
            if row is not lane["rows"][0]:
                canvas.line([(_LANE, y), (width, y)], "hair", 0.75)
            _draw_row(canvas, row, frame, y + frame.step / 2)
            y += frame.step
    _draw_key(canvas, data["key"], frame.bottom + 14)
    return canvas.svg()


def _frame(data: Mapping[str, Any], count: int, width: float, height: float) -> Frame:
    words = (str(row["label"]) for lane in data["lanes"] for row in lane["rows"])
    label = min(max(map(theme.text_width, words), default=0.0) + 6, float(data["label_width"]))
    low, high = data["start"].toordinal(), data["end"].toordinal()
    along = Scale(low, high, _LANE + label + 10 + _EDGE, width - _EDGE)
    step = min((height - _HEAD - _FOOT) / max(count, 1), _TALLEST)
    return Frame(along, _HEAD, step, _HEAD + step * count, label)


def _draw_time(canvas: Canvas, data: Mapping[str, Any], frame: Frame) -> None:
    """Years in the head, quarters as faint lines, and the day from which one looks ahead."""
    today = frame.at(data["today"])
    canvas.rect(frame.along.start, frame.top, today - frame.along.start, frame.bottom - frame.top,
                "wash")  # fmt: skip
    lines = ((frame.at(day), frame.top, frame.at(day), frame.bottom) for day in data["quarters"])
    canvas.segments(lines, "hair", 0.75)
    for year in data["years"]:
        left, right = frame.at(year["start"]), frame.at(year["end"])
        canvas.line([(left, frame.top - 6), (left, frame.bottom)], "rule", 0.75)
        if theme.text_width(year["label"]) + 4 <= right - left:
            canvas.text((left + right) / 2, 10, year["label"], anchor="middle")
    canvas.line([(today, frame.top - 2), (today, frame.bottom)], "ink", 1.3)
    canvas.text(today, _HEAD - 8, data["today_label"], weight=600, color="ink", anchor="middle",
                plate=True)  # fmt: skip


def _draw_row(canvas: Canvas, row: Mapping[str, Any], frame: Frame, y: float) -> None:
    row_label(canvas, _LANE, y, str(row["label"]), frame.label_width, frame.step)
    x = frame.at(row["date"])
    canvas.line([(frame.along.start, y), (x, y)], "bar", 0.9)
    draw_certainty(canvas, str(row["certainty"]), x, y)
    if row["date"].toordinal() > frame.along.high:
        canvas.line([(x + 7, y - 4), (x + 11, y), (x + 7, y + 4)], "ctx", 1.2)
    _draw_words(canvas, row, frame, x, y)


def _draw_words(canvas: Canvas, row: Mapping[str, Any], frame: Frame, x: float, y: float) -> None:
    """Date and note after the mark where both fit, else before it, else on its two sides."""
    when, note = str(row["when"]), str(row.get("note", ""))
    wide = theme.text_width(when)
    beside = theme.text_width(note, weight=600) + 8 if note else 0.0
    gap = _MARK / 2 + 4
    after, before = canvas.width - x - gap, x - gap - frame.along.start
    if wide + beside <= after:
        left, note_at = x + gap, x + gap + wide + 8
    elif wide + beside <= before:
        left = x - gap - wide
        note_at = left - beside
    elif wide <= after:
        left, note_at = x + gap, x - gap - beside + 8
    else:
        left, note_at = x - gap - wide, x + gap
    canvas.text(left, y, when, color="ink", valign="middle", plate=True)
    if note:
        canvas.text(note_at, y, note, weight=600, color="off", valign="middle", plate=True)


def draw_certainty(canvas: Canvas, certainty: str, x: float, y: float) -> None:
    """A diamond for what is in force, a dot for what is adopted, rings for the rest."""
    half = _MARK / 2
    if certainty == "in_force":
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        canvas.polygon(corners, "ink", edge="paper")
    elif certainty == "adopted":
        canvas.circle(x, y, half - 0.8, "accent", edge="paper", edge_width=0.75)
    elif certainty == "proposed":
        canvas.circle(x, y, half - 1.4, "paper", edge="accent", edge_width=2.2)
    else:
        canvas.circle(x, y, half - 1.2, "paper", edge="ctx", edge_width=1.1)


def _draw_key(canvas: Canvas, key: Sequence[Sequence[str]], y: float) -> None:
    x = 5.0
    for certainty, words in key:
        draw_certainty(canvas, certainty, x, y)
        canvas.text(x + 11, y, words, color="text2", valign="middle")
        x += 11 + theme.text_width(words) + 28
