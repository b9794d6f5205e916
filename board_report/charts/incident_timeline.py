"""The cover: every incident of the quarters shown, as a stem whose height is its hours.

Data:
    quarters: list of ``{"label": "2026-Q3", "start": date, "end": date}``, oldest first and
        without gaps; ``end`` is the first day after the quarter. ``"measured": False`` hatches a
        quarter that has no records.
    incidents: list of ``{"at": date, "hours": float, "open": bool}``; ``hours`` from detection to
        recovery, or the age so far where ``open`` is true.
    highlight: ``{"at": date, "hours": float, "label": "6 August: 41 hours"}`` or None; drawn in
        red instead of its own stem.
    empty: words when there is no incident at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from board_report.charts import theme
from board_report.charts.artists import Segment
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import not_measured, note, quarter_parts
from board_report.charts.scales import HOUR_TICKS, Scale, ticks_around, with_room

_LEFT = 52.0
_HEAD = 30.0
_FOOT = 22.0
_LINE = 13.0
"""Points between two labels of the axis."""


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the timeline."""
    canvas = Canvas(width, height)
    quarters, incidents, highlight = data["quarters"], data["incidents"], data.get("highlight")
    floor = height - _FOOT
    hours = [float(each["hours"]) for each in incidents]
    ticks = ticks_around([*hours, *([highlight["hours"]] if highlight else [])], HOUR_TICKS)
    along = Scale(
        quarters[0]["start"].toordinal(), quarters[-1]["end"].toordinal(), _LEFT, width - 5
    )
    up = Scale(ticks[0][0], ticks[-1][0], floor, _HEAD, is_log=True)
    for value, words in with_room(ticks, up, _LINE):
        y = up(value)
        if value > ticks[0][0]:
            canvas.line([(_LEFT, y), (width, y)], "hair", 0.6)
        canvas.text(_LEFT - 8, y, words, anchor="end", valign="middle")
    _draw_quarters(canvas, quarters, along, floor)
    current = quarters[-1]["start"]
    _draw_stems(canvas, [i for i in incidents if i["at"] < current], along, up, floor, "ctx")
    _draw_stems(canvas, [i for i in incidents if i["at"] >= current], along, up, floor, "accent")
    if highlight:
        _draw_highlight(canvas, highlight, along, up, floor)
    canvas.line([(_LEFT, floor), (width, floor)], "ink", 1.0)
    if not incidents and not highlight:
        words = data.get("empty", "No incident on record")
        note(canvas, (_LEFT + width) / 2, floor - 20, words, anchor="middle")
    return canvas.svg()


def _draw_quarters(
    canvas: Canvas, quarters: Sequence[Mapping[str, Any]], along: Scale, floor: float
) -> None:
    last = len(quarters) - 1
    for at, quarter in enumerate(quarters):
        left, right = along(quarter["start"].toordinal()), along(quarter["end"].toordinal())
        year, short = quarter_parts(quarter["label"])
        words = f"{short} {year}".strip() if at in (0, last) or short == "Q1" else short
        look = {"weight": 600, "color": "accent"} if at == last else {}
        canvas.text((left + right) / 2, floor + 16, words, anchor="middle", **look)  # type: ignore[arg-type]
        if not quarter.get("measured", True):
            not_measured(canvas, left + 3, floor - 26, right - left - 6, 22)
        if at:
            canvas.line([(left, floor), (left, floor + 5)], "rule", 0.75)


def _draw_stems(
    canvas: Canvas,
    incidents: Sequence[Mapping[str, Any]],
    along: Scale,
    up: Scale,
    floor: float,
    ink: str,
) -> None:
    room = (canvas.width - _LEFT) / max(len(incidents), 1) / (8 if ink == "accent" else 1)
    wide = min(2.2 if ink == "accent" else 1.5, max(room * 0.5, 0.4))
    stems: list[Segment] = []
    heads = []
    for each in incidents:
        x, y = along(_day(each["at"])), min(up(each["hours"]), floor - 2)
        stems.append((x, floor, x, y + (3 if each["open"] else 0)))
        if each["open"]:
            heads.append((x, y))
    canvas.segments(stems, ink, wide)
    canvas.triangles(heads, 8, "paper", edge=ink)


def _draw_highlight(
    canvas: Canvas, highlight: Mapping[str, Any], along: Scale, up: Scale, floor: float
) -> None:
    x, y = along(_day(highlight["at"])), up(highlight["hours"])
    canvas.line([(x, floor), (x, 6)], "off", 0.8)
    canvas.line([(x, floor), (x, y)], "off", 3.4)
    words = str(highlight["label"])
    wide = theme.text_width(words, 12, 600)
    fits_right = x + 6 + wide <= canvas.width
    canvas.text(
        x + 6 if fits_right else x - 6,
        8,
        words,
        size=12,
        weight=600,
        color="off",
        anchor="start" if fits_right else "end",
        valign="top",
        plate=True,
    )


def _day(when: date) -> int:
    return when.toordinal()
