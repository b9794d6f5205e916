"""Which inputs move a figure: a bar from its value with the input low to that with the input high.

Data:
    rows: list of, largest swing first,
        label: ``Distribution ransomware``.
        under: the input, as ``loss event frequency``; a second line.
        low, high: the figure with the input low and with the input high.
        low_text, high_text: both in words, at the ends of the bar.
    base: ``{"value": float, "label": "$10.6M"}``: the figure as it is; a line down all rows.
    head: words over the names.
    key: words for the two halves: ``["input low", "input high"]``.

A bar shows a difference and starts at the figure itself; the scale does not reach to zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.scales import Scale

HEAD = 40.0
TALLEST = 36.0
_BAR = 9.0
_GAP = 12.0
_NEAR = 4.0


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows under their heads."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    step = min((height - HEAD - 1) / max(len(rows), 1), TALLEST)
    names = _names_width(rows, width)
    plot = _scale(rows, float(data["base"]["value"]), names + _GAP, width)
    _draw_heads(canvas, data, plot, HEAD + step * len(rows))
    for at, row in enumerate(rows):
        middle = HEAD + step * (at + 0.5)
        _draw_name(canvas, row, names, middle, step)
        _draw_bar(canvas, row, float(data["base"]["value"]), plot, middle)
        below = HEAD + step * (at + 1)
        canvas.line([(0, below), (width, below)], "hair", 0.75)
    return canvas.svg()


def _names_width(rows: Sequence[Mapping[str, Any]], width: float) -> float:
    label = max((theme.text_width(str(row["label"]), 12) for row in rows), default=0.0)
    under = max((theme.text_width(str(row["under"])) for row in rows), default=0.0)
    return min(max(label, under) + 1, width * 0.44)


def _scale(rows: Sequence[Mapping[str, Any]], base: float, left: float, width: float) -> Scale:
    """As wide as the swings, with room for the words at both ends of each bar."""
    ends = [(min(row["low"], row["high"]), max(row["low"], row["high"])) for row in rows]
    low, high = min([base, *(one for one, _ in ends)]), max([base, *(two for _, two in ends)])
    texts = [str(row[key]) for row in rows for key in ("low_text", "high_text")]
    words = max((theme.text_width(each) for each in texts), default=0.0) + _NEAR
    return Scale(low, high if high > low else low + 1.0, left + words, width - words)


def _draw_heads(canvas: Canvas, data: Mapping[str, Any], plot: Scale, bottom: float) -> None:
    base, x = data["base"], plot(data["base"]["value"])
    canvas.text(0, HEAD - 9, str(data["head"]))
    canvas.line([(0, HEAD), (canvas.width, HEAD)], "ink", 0.9)
    canvas.line([(x, HEAD - 4), (x, bottom)], "ink", 1.5)
    half = theme.text_width(str(base["label"]), weight=600) / 2
    held = min(max(x, half), canvas.width - half)
    canvas.text(held, HEAD - 9, str(base["label"]), weight=600, color="ink", anchor="middle")
    _draw_key(canvas, [str(each) for each in data["key"]])


def _draw_key(canvas: Canvas, words: Sequence[str]) -> None:
    """What the two halves of a bar are, at the right of the first line."""
    right = canvas.width
    for text, color in reversed(list(zip(words, ("bar", "accent"), strict=True))):
        left = right - theme.text_width(text)
        canvas.text(left, 11, text)
        canvas.rect(left - 14, 3.5, 9, 8, color)
        right = left - 26


def _draw_name(canvas: Canvas, row: Mapping[str, Any], room: float, y: float, step: float) -> None:
    label, under = str(row["label"]), str(row["under"])
    gap = min(7.0, step / 4)
    size = 12.0 if theme.text_width(label, 12) <= room else theme.TEXT_SIZE
    shown = theme.fit(label, room, size)
    canvas.text(0, y - gap, shown, size=size, color="ink", valign="middle")
    canvas.text(0, y + gap, theme.fit(under, room), valign="middle")


def _draw_bar(canvas: Canvas, row: Mapping[str, Any], base: float, plot: Scale, y: float) -> None:
    middle, ends = plot(base), []
    for key, color in (("low", "bar"), ("high", "accent")):
        x = plot(row[key])
        canvas.rect(min(x, middle), y - _BAR / 2, max(abs(x - middle), 0.8), _BAR, color)
        ends.append((x, str(row[f"{key}_text"])))
    canvas.line([(middle, y - _BAR / 2 - 2), (middle, y + _BAR / 2 + 2)], "ink", 1.5)
    (left, first), (right, last) = sorted(ends)
    canvas.text(min(left, middle) - _NEAR, y, first, color="ink", anchor="end", valign="middle")
    canvas.text(max(right, middle) + _NEAR, y, last, color="ink", valign="middle")
