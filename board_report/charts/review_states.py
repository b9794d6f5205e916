"""Reviews of incidents: from the detection to the determination, or still running.

Data:
    start, end: dates of the left and right edge; ``end`` is the as-of date.
    ticks: list of ``{"date": date, "label": "1 Jul"}``.
    rows: list of, from the top,
        label: the incident in a few words.
        code: ``INC0014186, critical``, in what room the words leave.
        words: ``Determined not material 21 Jul 2026``.
        detected: date.
        determined: date, or None where there is none or it is unknown.
        state: ``open`` (runs on to ``end``, hollow triangle), ``material`` (solid square),
            ``not material`` (ring), ``not required`` or ``not stated`` (the detection alone).

Three rows fit 158 points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.scales import Scale

_AXIS = 20.0
_MOST_STEP = 64.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the reviews one under the other on one line of days."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    along = Scale(data["start"].toordinal(), data["end"].toordinal(), 2, width - 8)
    step = min((height - _AXIS) / max(len(rows), 1), _MOST_STEP)
    floor = _track(len(rows) - 1, step) + 8
    for tick in data["ticks"]:
        x = along(tick["date"].toordinal())
        for at in range(len(rows)):
            middle = _track(at, step)
            canvas.line([(x, middle - 5), (x, middle + 5)], "rule", 0.75)
        half = theme.text_width(tick["label"]) / 2
        canvas.text(min(max(x, half), width - half), floor + 14, tick["label"], anchor="middle")
    for at, row in enumerate(rows):
        if at:
            canvas.line([(0, step * at), (width, step * at)], "hair", 0.75)
        _draw_row(canvas, row, along, step * at, _track(at, step))
    return canvas.svg()


def _track(at: int, step: float) -> float:
    return step * at + min(step - 8, 43.0)


def _draw_row(
    canvas: Canvas, row: Mapping[str, Any], along: Scale, top: float, track: float
) -> None:
    is_open = row["state"] == "open"
    canvas.text(
        0,
        top + 14,
        theme.fit(str(row["label"]), canvas.width, 12, 600),
        size=12,
        weight=600,
        color="ink",
    )
    words = theme.fit(str(row["words"]), canvas.width)
    canvas.text(0, top + 29, words, color="ink" if is_open else "text2")
    room = canvas.width - theme.text_width(words) - 10
    canvas.text(canvas.width, top + 29, _fitted(str(row["code"]), room), anchor="end")
    canvas.line([(along.start, track), (along.end, track)], "hair", 0.75)
    left = along(row["detected"].toordinal())
    canvas.line([(left, track - 5), (left, track + 5)], "ink", 2.0)
    end = along.high if is_open else row["determined"] and row["determined"].toordinal()
    if row["state"] in ("not required", "not stated") or end is None:
        return
    right = along(end)
    canvas.line([(left, track), (right, track)], "accent" if is_open else "ctx", 3.0)
    _draw_end(canvas, str(row["state"]), right, track)


def _fitted(code: str, room: float) -> str:
    return theme.fit(code, room) if room > 24 else ""


def _draw_end(canvas: Canvas, state: str, x: float, y: float) -> None:
    if state == "open":
        canvas.triangles([(x, y)], 11, "paper", edge="accent", edge_width=1.8)
    elif state == "material":
        canvas.rect(x - 4.5, y - 4.5, 9, 9, "ink", edge="paper", edge_width=0.75)
    else:
        canvas.circle(x, y, 4.0, "paper", edge="text2", edge_width=1.8)
