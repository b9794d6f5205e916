"""Lines over quarters, labelled where they end.

Data:
    quarters: ``2026-Q3`` and so on, oldest first; the last is emphasized.
    series: at most five, the most important last, each
        values: floats or None (a gap).
        states: for values of None, ``nothing`` (nothing happened: the word "none" in the gap) or
            ``not measured`` or ``withheld`` (hatched, with that word); left out, not measured.
        label: the name, beside the line's end; may be empty.
        end: ``22``: the last value in words, before the name; may be empty.
        color: ``accent``, ``ctx``, ``ink``, ``off``, ``near`` or ``on`` (default: ``accent`` for
            the last series and ``ctx`` for the others).
        is_dashed: for a plan or a forecast.
        band: ``{"low": [...], "high": [...], "label": "P10–P90"}`` or None.
    target: ``{"value": float, "label": "target 20", "is_limit": bool}`` or None.
    axis: ``{"low": float, "high": float, "ticks": [[value, words], ...], "is_log": bool}``; left
        out, it spans the data from zero with plain numbers.
    note: ``too few to judge`` (optional), set in the plot's upper left corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import DASH, Canvas
from board_report.charts.furniture import (
    NOT_MEASURED,
    band_centers,
    gridlines,
    not_measured,
    note,
    quarter_axis,
    runs_of,
    target_across,
)
from board_report.charts.scales import (
    Scale,
    Ticks,
    labelled,
    nice_bounds,
    spread_apart,
    tick_values,
)

_FOOT = 36.0
_HEAD = 8.0
_END = 9.0
_MOST_LABEL = 110.0
NOTHING = "nothing"


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the lines."""
    canvas = Canvas(width, height)
    quarters: Sequence[str] = data["quarters"]
    series: Sequence[Mapping[str, Any]] = data["series"]
    low, high, ticks, is_log = _axis(data)
    left = max(theme.text_width(words) for _, words in ticks) + 8
    right = width - _label_room(series)
    floor = height - _FOOT
    up = Scale(low, high, floor, _HEAD, is_log)
    centers = _centers(left, right, len(quarters))
    inks = _inks(series)
    gridlines(canvas, up, ticks, left, right, labels_at=left - 7)
    for each in series:
        if each.get("band"):
            _draw_band(canvas, each["band"], centers, up)
    if data.get("target"):
        _draw_target(canvas, data["target"], series, (left, right), up)
    for each, ink in zip(series, inks, strict=True):
        _draw_course(canvas, each, centers, up, ink)
    _draw_absent(canvas, data, centers, (right - left) / len(quarters), up)
    _draw_ends(canvas, series, inks, (centers[-1], right), up)
    quarter_axis(canvas, centers, quarters, floor)
    if data.get("note"):
        note(canvas, left + 4, _HEAD + 6, data["note"])
    return canvas.svg()


def _centers(left: float, right: float, count: int) -> tuple[float, ...]:
    """The quarters' places; a lone one stands near the labels that belong to it."""
    return band_centers(left, right - left, count) if count > 1 else (right - 16,)


def _axis(data: Mapping[str, Any]) -> tuple[float, float, Ticks, bool]:
    axis = data.get("axis")
    if axis:
        return axis["low"], axis["high"], axis["ticks"], bool(axis.get("is_log"))
    held: list[float | None] = []
    for each in data["series"]:
        held += each["values"]
        if each.get("band"):
            held += [*each["band"]["low"], *each["band"]["high"]]
    if data.get("target"):
        held.append(data["target"]["value"])
    low, high, step = nice_bounds(held)
    return low, high, labelled(tick_values(low, high, step)), False


def _inks(series: Sequence[Mapping[str, Any]]) -> list[str]:
    last = len(series) - 1
    return [
        str(each.get("color") or ("accent" if at == last else "ctx"))
        for at, each in enumerate(series)
    ]


def _label_room(series: Sequence[Mapping[str, Any]]) -> float:
    widest = max((sum(_widths(each)) for each in series), default=0.0)
    return min(widest, _MOST_LABEL) + _END if widest else 8.0


def _widths(each: Mapping[str, Any]) -> tuple[float, float]:
    end, label = str(each.get("end", "")), str(each.get("label", ""))
    wide = theme.text_width(f"{end} " if label else end, 12.5, 600) if end else 0.0
    return wide, theme.text_width(label) if label else 0.0


def _draw_band(
    canvas: Canvas, band: Mapping[str, Any], centers: Sequence[float], up: Scale
) -> None:
    lows, highs = band["low"], band["high"]
    known = [low is not None and high is not None for low, high in zip(lows, highs, strict=True)]
    for first, last in runs_of(known):
        if first == last:
            x = centers[first]
            canvas.line([(x, up(lows[first])), (x, up(highs[first]))], "band", 8)
            continue
        places = range(first, last + 1)
        canvas.area(
            [centers[at] for at in places],
            [up(highs[at]) for at in places],
            [up(lows[at]) for at in places],
            "accent-tint",
        )
        if band.get("label") and first == runs_of(known)[0][0]:
            y = (up(highs[first]) + up(lows[first])) / 2
            y = min(up(highs[first]) + 12, y)
            canvas.text(centers[first] + 6, y, band["label"], color="band-label", valign="middle")


def _draw_target(
    canvas: Canvas,
    target: Mapping[str, Any],
    series: Sequence[Mapping[str, Any]],
    ends: tuple[float, float],
    up: Scale,
) -> None:
    y = up(target["value"])
    target_across(canvas, y, *ends, is_limit=bool(target.get("is_limit")))
    firsts = [each["values"][0] for each in series if each["values"][0] is not None]
    over = sum(1 for value in firsts if up(value) < y)
    below = over > len(firsts) - over and y + 14 < up.start
    canvas.text(
        ends[0] + 3,
        y + 12.5 if below else y - 4.5,
        str(target["label"]),
        color="ink",
        plate=_is_absent(series, 0),
    )


def _draw_course(
    canvas: Canvas, each: Mapping[str, Any], centers: Sequence[float], up: Scale, ink: str
) -> None:
    values = each["values"]
    wide = 1.6 if ink == "ctx" else 2.4
    dash = DASH if each.get("is_dashed") else ()
    for first, last in runs_of([value is not None for value in values]):
        points = [(centers[at], up(values[at])) for at in range(first, last + 1)]
        if len(points) > 1:
            canvas.line(points, ink, wide, dash)
        elif last < len(values) - 1:
            canvas.circles(points, 2.2, ink)
    if values[-1] is not None:
        radius = 3.0 if ink == "ctx" else 4.2
        canvas.circle(centers[-1], up(values[-1]), radius, ink, edge="paper", edge_width=1.3)


def _draw_absent(
    canvas: Canvas,
    data: Mapping[str, Any],
    centers: Sequence[float],
    step: float,
    up: Scale,
) -> None:
    """Say what stands in place of values: "none" in a gap, or a named hatching."""
    series = data["series"]
    kinds = [
        _absent_kind(series, at) if _is_absent(series, at) else "" for at in range(len(centers))
    ]
    for kind in dict.fromkeys(filter(None, kinds)):
        for first, last in runs_of([each == kind for each in kinds]):
            if kind == NOTHING:
                x = (centers[first] + centers[last]) / 2
                canvas.text(
                    x, _none_at(data.get("target"), up), "none", anchor="middle", plate=True
                )
                continue
            left, right = centers[first] - step * 0.42, centers[last] + step * 0.42
            tall = min(78.0, up.start - up.end)
            not_measured(canvas, left, up.start - tall, right - left, tall, kind)


def _none_at(target: Mapping[str, Any] | None, up: Scale) -> float:
    """The baseline of "none": just over the floor, or over a target and its name."""
    floor = up.start - 5
    if not target or up(target["value"]) < floor - 16:
        return floor
    return up(target["value"]) - 18


def _absent_kind(series: Sequence[Mapping[str, Any]], at: int) -> str:
    """Why no series has a value; series that do not say why have no voice in it."""
    said = [each["states"][at] for each in series if each.get("states")]
    if not said:
        return NOT_MEASURED
    return next((kind for kind in said if kind != NOTHING), NOTHING)


def _is_absent(series: Sequence[Mapping[str, Any]], at: int) -> bool:
    bands = [each["band"]["low"][at] for each in series if each.get("band")]
    return all(value is None for value in (*(each["values"][at] for each in series), *bands))


def _draw_ends(
    canvas: Canvas,
    series: Sequence[Mapping[str, Any]],
    inks: Sequence[str],
    ends: tuple[float, float],
    up: Scale,
) -> None:
    """Name each line at its end, moved apart where lines end together."""
    shown = [
        (each, ink)
        for each, ink in zip(series, inks, strict=True)
        if each["values"][-1] is not None and (each.get("end") or each.get("label"))
    ]
    wanted = [up(each["values"][-1]) for each, _ in shown]
    placed = spread_apart(wanted, 14.5, 7.0, up.start + 10)
    dot, right = ends
    for (each, ink), y, true in zip(shown, placed, wanted, strict=True):
        if abs(y - true) > 5:
            canvas.line([(dot + 5, true), (right + _END - 4, y)], "rule", 0.7)
        color = "text2" if ink == "ctx" else ink
        end_wide = _widths(each)[0]
        x = right + _END - 2
        canvas.text(
            x, y, str(each.get("end", "")), size=12.5, weight=600, color=color, valign="middle"
        )
        label = theme.fit(str(each.get("label", "")), canvas.width - x - end_wide)
        canvas.text(x + end_wide, y, label, color=color, valign="middle")
