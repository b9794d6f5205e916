"""The clock of one incident: how long it ran undetected, then to contain and to recover.

Data:
    detected: instant of the detection, with its time zone; days are drawn in that zone.
    detected_label: ``detected Tue 14 Jul 05:20``, under its line.
    rows: list of, from the top,
        label: ``To recover``.
        start, end: hours from the detection (negative before it); a row of which one is None is
            hatched on the side that is unknown.
        target: hours from ``start`` that were the aim, or None; a black tick.
        is_open: whether it runs on at ``end``; drawn with an arrowhead.
        status: ``on``, ``near``, ``off`` or ``none``: ``off`` is drawn in red.
        value: ``46.5 h``, beside the row.
        detail: ``target 36 h``, under the value; may be empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import DOTS, Canvas
from board_report.charts.scales import Scale

_HEAD = 22.0
_FOOT = 20.0
_DAYS = (1, 2, 7, 14, 28, 91, 182, 364, 1820)
_LABEL_ROOM = 66.0
_ARROW = 7.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows on one line of hours."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    labels = max(theme.text_width(str(row["label"])) for row in rows)
    values = max(
        max(theme.text_width(str(row["value"]), 12, 600), theme.text_width(str(row["detail"])))
        for row in rows
    )
    along = _scale(rows, labels + 14, width - values - 18)
    floor = height - _FOOT
    step = (floor - _HEAD) / len(rows)
    _draw_days(canvas, data["detected"], along, floor)
    for at, row in enumerate(rows):
        _draw_row(canvas, row, along, _HEAD + step * (at + 0.5), step, labels)
    canvas.line([(along(0), _HEAD - 4), (along(0), floor)], "ink", 1.1, DOTS)
    _draw_origin(canvas, str(data["detected_label"]), along, floor)
    return canvas.svg()


def _scale(rows: Sequence[Mapping[str, Any]], left: float, right: float) -> Scale:
    held = [0.0]
    for row in rows:
        held += [value for value in (row["start"], row["end"]) if value is not None]
        if row["start"] is not None and row["target"] is not None:
            held.append(row["start"] + row["target"])
    low, high = min(held), max(held)
    span = max(high - low, 1.0)
    if any(row["start"] is None for row in rows):
        low = min(low, -0.24 * span)
    return Scale(low, max(high, low + span) + 0.02 * span, left, right)


def _draw_days(canvas: Canvas, detected: datetime, along: Scale, floor: float) -> None:
    """Midnights (every day, week or longer, as there is room), named over the plot."""
    points_an_hour = (along.end - along.start) / (along.high - along.low)
    days = next((n for n in _DAYS if n * 24 * points_an_hour >= _LABEL_ROOM), _DAYS[-1])
    first = (detected + timedelta(hours=along.low)).date()
    midnight = datetime(first.year, first.month, first.day, tzinfo=detected.tzinfo)
    words = "{0:%a} {0.day} {0:%b}" if days < 28 else "{0.day} {0:%b} {0:%y}"
    reached = -1e9
    for _ in range(400):
        hours = (midnight.timestamp() - detected.timestamp()) / 3600
        if hours > along.high:
            break
        if hours >= along.low:
            x = along(hours)
            canvas.line([(x, _HEAD - 5), (x, floor)], "hair", 0.75)
            label = words.format(midnight)
            half = theme.text_width(label) / 2
            at = min(max(x, along.start + half), canvas.width - half)
            if at - half > reached:
                canvas.text(at, 11, label, anchor="middle")
                reached = at + half + 8
        midnight += timedelta(days=days)


def _draw_row(
    canvas: Canvas, row: Mapping[str, Any], along: Scale, y: float, step: float, labels: float
) -> None:
    tall = min(step * 0.5, 20.0)
    canvas.text(labels, y, str(row["label"]), color="ink", anchor="end", valign="middle")
    start, end = row["start"], row["end"]
    if start is None or end is None:
        left = along.start if start is None else along(start)
        right = along(0) if start is None else along.end
        canvas.hatched(left, y - tall / 2, right - left, tall)
    else:
        _draw_bar(canvas, row, along(start), along(end), y, tall)
    if start is not None and row["target"] is not None:
        x = along(start + row["target"])
        canvas.line([(x, y - tall * 0.75), (x, y + tall * 0.75)], "ink", 2.6)
    x = along.end + 14
    is_off = row["status"] == "off"
    canvas.text(x, y - 2, str(row["value"]), size=12, weight=600, color="off" if is_off else "ink")
    canvas.text(x, y + 12, str(row["detail"]))


def _draw_bar(
    canvas: Canvas, row: Mapping[str, Any], left: float, right: float, y: float, tall: float
) -> None:
    ink = "off" if row["status"] == "off" else "ctx" if row["start"] < 0 else "accent"
    right = max(right, left + 1.5)
    if row["is_open"]:
        body = max(right - _ARROW, left)
        tip = [(body, y - tall / 2 - 3), (right, y), (body, y + tall / 2 + 3)]
        canvas.rect(left, y - tall / 2, body - left, tall, ink)
        canvas.polygon(tip, ink)
    else:
        canvas.rect(left, y - tall / 2, right - left, tall, ink)


def _draw_origin(canvas: Canvas, words: str, along: Scale, floor: float) -> None:
    half = theme.text_width(words) / 2
    x = min(max(along(0), half), canvas.width - half)
    canvas.text(x, floor + 14, words, color="text2", anchor="middle")
