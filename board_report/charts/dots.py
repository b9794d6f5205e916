"""Distributions by quarter: one dot for each case, its duration on a logarithmic scale.

Data:
    quarters: ``2026-Q3`` and so on, oldest first; the last is emphasized.
    panels: list of, for each kind of duration,
        title: ``Detected to recovered``.
        verdict: ``Noise: within limits, off target``; may be empty.
        verdict_status: ``on``, ``near``, ``off`` or ``none``: the verdict's colour.
        subtitle: ``Q3 median 52 h, target 36 h``.
        durations: for each quarter a list of hours.
        open: for each quarter a list of hours so far of cases not ended; hollow triangles.
        highlight: ``{"quarter": place, "hours": float}`` or None; a red square.
        medians: for each quarter hours, or None.
        target: hours, or None; dashed.
        limits: ``[low, high]`` of the median in hours, or None; a band.
        rows: for each row under the panel a list of words, one for each quarter.
        rows_short: the same in fewer letters, as ``9.2k``; they stand in all panels where one of
            the full ones is wider than its column (optional).
        measured: for each quarter whether there are records (left out: all have).
    row_heads: names of the rows of counts, as ``["Drawn", "Open"]``.
    alert_row: place of the row whose words stand out in red where they are not "–" (optional).

The axis spans the data of all panels, from the tick below the least to the one above the largest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.artists import Point
from board_report.charts.canvas import DASH, Canvas
from board_report.charts.furniture import (
    band_centers,
    gridlines,
    not_measured,
    note,
    quarter_axis,
    runs_of,
)
from board_report.charts.scales import HOUR_TICKS, Scale, Ticks, ticks_around

_LEFT = 52.0
_GAP = 24.0
_HEAD = 58.0
_ROW = 16.0
_QUARTERS = 38.0
_APART = 1.5


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the panels side by side on one scale."""
    canvas = Canvas(width, height)
    panels: Sequence[Mapping[str, Any]] = data["panels"]
    heads: Sequence[str] = data.get("row_heads", ())
    floor = height - _QUARTERS - (_ROW * len(heads) + 4 if heads else 0)
    ticks = ticks_around(_all_hours(panels), HOUR_TICKS)
    up = Scale(ticks[0][0], ticks[-1][0], floor, _HEAD + 8, is_log=True)
    wide = (width - _LEFT - _GAP * (len(panels) - 1)) / len(panels)
    rows = _row_key(panels, wide / len(data["quarters"]))
    for at, panel in enumerate(panels):
        left = _LEFT + at * (wide + _GAP)
        _draw_panel(canvas, panel, data["quarters"], (left, wide), up, ticks, first=at == 0)
        _draw_rows(canvas, panel.get(rows, ()), data, (left, wide), floor + _QUARTERS)
    if heads:
        canvas.line([(0, floor + _QUARTERS), (width, floor + _QUARTERS)], "hair", 0.75)
        for at, head in enumerate(heads):
            canvas.text(0, floor + _QUARTERS + 13 + at * _ROW, head, color="text2")
    return canvas.svg()


def _all_hours(panels: Sequence[Mapping[str, Any]]) -> list[float]:
    found: list[float] = []
    for panel in panels:
        for quarter in (*panel["durations"], *panel.get("open", ())):
            found += quarter
        found += [value for value in (*panel["medians"], panel.get("target")) if value]
        found += [value for value in panel.get("limits") or () if value > 0]
        if panel.get("highlight"):
            found.append(panel["highlight"]["hours"])
    return found


def _draw_panel(
    canvas: Canvas,
    panel: Mapping[str, Any],
    quarters: Sequence[str],
    place: tuple[float, float],
    up: Scale,
    ticks: Ticks,
    *,
    first: bool,
) -> None:
    left, wide = place
    right = left + wide
    _draw_head(canvas, panel, left, min(wide + _GAP - 6, canvas.width - left))
    if panel.get("limits"):
        low, high = (up(value) for value in panel["limits"])
        canvas.rect(left, high, wide, low - high, "accent-tint")
    gridlines(canvas, up, ticks, left, right, labels_at=left - 6 if first else None)
    if panel.get("target") is not None:
        canvas.line([(left, up(panel["target"])), (right, up(panel["target"]))], "ink", 0.9, DASH)
    centers = band_centers(left, wide, len(quarters))
    step = wide / len(quarters)
    _draw_cases(canvas, panel, centers, step, up)
    _draw_medians(canvas, panel["medians"], centers, step, up)
    _draw_marks(canvas, panel, centers, step, up)
    _draw_absent(canvas, panel, centers, step, up)
    quarter_axis(canvas, centers, quarters, up.start)


def _draw_head(canvas: Canvas, panel: Mapping[str, Any], left: float, room: float) -> None:
    canvas.text(
        left, 11, theme.fit(panel["title"], room, 12.5, 600), size=12.5, weight=600, color="ink"
    )
    ink = {"none": "text2"}.get(panel.get("verdict_status", "none"), panel.get("verdict_status"))
    verdict = theme.fit(panel.get("verdict", ""), room, 11.5, 600)
    canvas.text(left, 28, verdict, size=11.5, weight=600, color=str(ink or "text2"))
    canvas.text(left, 43, theme.fit(panel.get("subtitle", ""), room), color="text2")


def _draw_cases(
    canvas: Canvas, panel: Mapping[str, Any], centers: Sequence[float], step: float, up: Scale
) -> None:
    last = len(centers) - 1
    most = max((len(quarter) for quarter in panel["durations"]), default=0)
    radius = 1.9 if most <= 40 else 1.4 if most <= 120 else 0.9
    for at, hours in enumerate(panel["durations"]):
        ink = "accent" if at == last else "ctx"
        dots = swarm([up(value) for value in hours], centers[at], step * 0.4, radius)
        canvas.circles(dots, radius, ink)


def swarm(heights: Sequence[float], center: float, reach: float, radius: float) -> list[Point]:
    """Places for dots at these heights, as near the center as they can be without touching.

    Where a height is too crowded they touch, and stand at most ``reach`` from the center.
    """
    apart = radius * 2.15
    placed: list[Point] = []
    recent: list[Point] = []
    steps = [at * apart * 0.5 for at in range(1, int(reach / (apart * 0.5)) + 1)]
    offsets = [0.0, *(side * step for step in steps for side in (1, -1))]
    for order, y in enumerate(sorted(heights)):
        recent = [dot for dot in recent if y - dot[1] < apart]
        free = (
            offset
            for offset in offsets
            if all((center + offset - x) ** 2 + (y - other) ** 2 >= apart**2 for x, other in recent)
        )
        offset = next(free, offsets[order % len(offsets)])
        placed.append((center + offset, y))
        recent.append(placed[-1])
    return placed


def _draw_medians(
    canvas: Canvas,
    medians: Sequence[float | None],
    centers: Sequence[float],
    step: float,
    up: Scale,
) -> None:
    half = min(step * 0.42, 16.0)
    last = len(centers) - 1
    for at, value in enumerate(medians):
        if value is not None:
            x, y = centers[at], up(value)
            canvas.line([(x - half, y), (x + half, y)], "paper", 4.6 if at == last else 3.6)
            canvas.line([(x - half, y), (x + half, y)], "ink", 3.0 if at == last else 2.0)


def _draw_marks(
    canvas: Canvas, panel: Mapping[str, Any], centers: Sequence[float], step: float, up: Scale
) -> None:
    last = len(centers) - 1
    for at, ages in enumerate(panel.get("open", ())):
        places = swarm([up(age) for age in ages], centers[at], step * 0.4, 4.5)
        canvas.triangles(places, 8.5, "paper", edge="accent" if at == last else "muted")
    highlight = panel.get("highlight")
    if highlight:
        canvas.mark("off", centers[highlight["quarter"]], up(highlight["hours"]), 7.5)


def _draw_absent(
    canvas: Canvas, panel: Mapping[str, Any], centers: Sequence[float], step: float, up: Scale
) -> None:
    measured = panel.get("measured") or [True] * len(centers)
    for first, last in runs_of([not each for each in measured]):
        left, right = centers[first] - step / 2, centers[last] + step / 2
        not_measured(canvas, left + 1, up.end, right - left - 2, up.start - up.end)
    if all(measured) and not any(panel["durations"]) and not any(panel.get("open", ())):
        middle = (centers[0] + centers[-1]) / 2
        note(canvas, middle, up.end + 14, "no case in these quarters", anchor="middle")


def _row_key(panels: Sequence[Mapping[str, Any]], step: float) -> str:
    """Which words stand under all panels: the full ones where each fits its column."""
    words = [word for panel in panels for row in panel.get("rows", ()) for word in row]
    widest = max((theme.text_width(word, weight=600) for word in words), default=0.0)
    has_short = all("rows_short" in panel for panel in panels)
    return "rows_short" if has_short and widest > step - _APART else "rows"


def _draw_rows(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    data: Mapping[str, Any],
    place: tuple[float, float],
    top: float,
) -> None:
    centers = band_centers(*place, len(data["quarters"]))
    last = len(centers) - 1
    for row, words in enumerate(rows):
        is_alert = row == data.get("alert_row")
        for at, word in enumerate(words):
            stands_out = is_alert and word not in ("–", "0", "")
            weight = 600 if stands_out or at == last else 400
            ink = "off" if stands_out else "ink" if at == last else "text2"
            y = top + 13 + row * _ROW
            canvas.text(centers[at], y, word, weight=weight, color=ink, anchor="middle")
