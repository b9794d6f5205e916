"""Bars by quarter (or by any few columns): counts and amounts, from zero.

Data:
    quarters: column labels, oldest first; ``2026-Q3`` is split into quarter and year.
    values: floats, or None where there is no value.
    labels: the words over the bars, one for each; left out, they are the plain numbers.
    states: for values of None, ``nothing`` (nothing happened: the word "none" on the line) or
        ``not measured`` or ``withheld`` (hatched, with that word); left out, None is not measured.
    current_color: ``accent`` (default), ``off``, ``near`` or ``on``: the last bar.
    highlight: places of other bars drawn in ink colour rather than grey (optional).
    part: ``{"values": [...], "label": "red: severity 1"}``: the lowest part of each bar, in red.
    target: ``{"value": float, "label": "target 12", "is_limit": bool}`` or None.
    top: the value at the top of the plot, to give several charts one scale (optional).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import (
    LINE,
    band_centers,
    not_measured,
    quarter_axis,
    runs_of,
    target_across,
)
from board_report.charts.scales import Scale, plain

_FOOT = 36.0
_HEAD = 16.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the bars."""
    canvas = Canvas(width, height)
    quarters: Sequence[str] = data["quarters"]
    values: Sequence[float | None] = data["values"]
    part, target = data.get("part"), data.get("target")
    head = _HEAD + (16 if part else 0)
    up = _scale(values, target, data.get("top"), height - _FOOT, head)
    aside = _needs_gutter(target, values, width, up)
    right = width - _gutter(target) if target and aside else width
    centers = band_centers(0, right, len(quarters))
    step = right / len(quarters)
    wide = min(step * 0.68, 40.0)
    colors = _colors(len(values), data.get("current_color", "accent"), data.get("highlight", ()))
    for x, value, ink in zip(centers, values, colors, strict=True):
        if value:
            _draw_bar(canvas, x, wide, up(0), up(value), ink)
    if part:
        _draw_part(canvas, centers, wide, part, up)
    canvas.line([(0, up(0)), (right, up(0))], "rule", 0.75)
    if target:
        _draw_target(canvas, target, right, up, aside=aside)
    labels = data.get("labels") or [plain(value) if value is not None else "" for value in values]
    crossed = up(target["value"]) if target else None
    _draw_labels(canvas, centers, step, values, labels, colors, up, crossed)
    _draw_absent(canvas, centers, step, values, data.get("states"), up)
    quarter_axis(canvas, centers, quarters, height - _FOOT)
    return canvas.svg()


def _scale(
    values: Sequence[float | None],
    target: Mapping[str, Any] | None,
    top: float | None,
    floor: float,
    head: float,
) -> Scale:
    known = [value for value in values if value is not None]
    held = [0.0, *known, *([target["value"]] if target else []), *([top] if top else [])]
    low, high = min(held), max(held)
    if low == high:
        high = low + 1
    return Scale(low, high, floor - (14 if low < 0 else 0), head)


def _colors(count: int, current: str, highlight: Sequence[int]) -> list[str]:
    colors = ["ctx" if at in highlight else "bar" for at in range(count)]
    colors[-1] = current
    return colors


def _draw_bar(canvas: Canvas, x: float, wide: float, base: float, end: float, ink: str) -> None:
    tall = max(abs(base - end), 0.8)
    canvas.rect(x - wide / 2, min(base, end), wide, tall, ink)


def _draw_part(
    canvas: Canvas, centers: Sequence[float], wide: float, part: Mapping[str, Any], up: Scale
) -> None:
    for x, value in zip(centers, part["values"], strict=True):
        if value:
            top = up(value)
            canvas.rect(x - wide / 2, top - 1.4, wide, 1.4, "paper")
            canvas.rect(x - wide / 2, top, wide, up(0) - top, "off")
    canvas.text(canvas.width, 3, part["label"], weight=600, color="off", anchor="end", valign="top")


def _draw_labels(
    canvas: Canvas,
    centers: Sequence[float],
    step: float,
    values: Sequence[float | None],
    labels: Sequence[str],
    colors: Sequence[str],
    up: Scale,
    crossed: float | None,
) -> None:
    """Write the values over their bars; where they are too wide for all, the telling ones."""
    last = len(values) - 1
    room = max((theme.text_width(label, weight=600) for label in labels), default=0) <= step - 1
    for at in range(last + 1) if room else _telling(values):
        value = values[at]
        if value is None:
            continue
        y = up(value) + 12 if value < 0 else up(value) - 4.5
        half = theme.text_width(labels[at], weight=600) / 2
        x = min(max(centers[at], half), canvas.width - half)
        canvas.text(
            x,
            y,
            labels[at],
            weight=600 if at == last else 400,
            color={"bar": "text2", "ctx": "text2"}.get(colors[at], colors[at]),
            anchor="middle",
            plate=crossed is not None and y - 9 < crossed < y + 2,
        )


def _telling(values: Sequence[float | None]) -> list[int]:
    """The last value and the largest one, unless they are neighbours."""
    last = len(values) - 1
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        return []
    largest = max(known, key=lambda at: values[at] or 0.0)
    return [last] if last - largest < 3 else [largest, last]


def _draw_absent(
    canvas: Canvas,
    centers: Sequence[float],
    step: float,
    values: Sequence[float | None],
    states: Sequence[str] | None,
    up: Scale,
) -> None:
    kinds = states or ["not measured"] * len(values)
    empty = [value is None and kind == "nothing" for value, kind in zip(values, kinds, strict=True)]
    for first, last in runs_of(empty):
        y = up(0) - 4.5
        if last > first:
            canvas.line([(centers[first] - 8, y + 1), (centers[last] + 8, y + 1)], "ctx", 0.75)
            y -= 4
        canvas.text((centers[first] + centers[last]) / 2, y, "none", anchor="middle")
    absent = [
        kind if value is None and kind != "nothing" else ""
        for value, kind in zip(values, kinds, strict=True)
    ]
    for kind in dict.fromkeys(filter(None, absent)):
        for first, last in runs_of([each == kind for each in absent]):
            left, right = centers[first] - step * 0.42, centers[last] + step * 0.42
            tall = min(78.0, up(0) - 2)
            not_measured(canvas, left, up(0) - tall, right - left, tall, kind)


def _needs_gutter(
    target: Mapping[str, Any] | None, values: Sequence[float | None], width: float, up: Scale
) -> bool:
    """Whether bars stand where the target's name would go, at the left end of its line."""
    if not target:
        return False
    room = theme.text_width(str(target["label"])) + 4
    reached = int(room / (width / len(values))) + 1
    y = up(target["value"])
    return any(value is not None and up(value) - 16 < y for value in values[:reached])


def _gutter(target: Mapping[str, Any]) -> float:
    return max(theme.text_width(line) for line in _stacked(target)) + 6


def _stacked(target: Mapping[str, Any]) -> tuple[str, ...]:
    return theme.wrap(str(target["label"]), 36.0, lines=3)


def _draw_target(
    canvas: Canvas, target: Mapping[str, Any], right: float, up: Scale, *, aside: bool
) -> None:
    """The line, named above its left end or, where bars are in the way, after its right end."""
    y = up(target["value"])
    target_across(canvas, y, 0, right, is_limit=bool(target.get("is_limit")))
    if not aside:
        canvas.text(0, y - 4, str(target["label"]), color="ink")
        return
    lines = _stacked(target)
    top = min(y - LINE * (len(lines) - 1) / 2, up(0) - LINE * (len(lines) - 0.5))
    for at, words in enumerate(lines):
        canvas.text(right + 5, top + at * LINE, words, color="ink", valign="middle")
