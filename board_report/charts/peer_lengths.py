"""How long others' texts are, and ours: a row of range, middle half, median and our mark for each.

Data:
    rows: list of
        label: ``Expertise``.
        is_part: whether it stands in the row above it that is none; its label is set in.
        shortest, lower, middle, upper, longest: of the others; all None where they are too few
            (then hatched with ``absent`` as words).
        ours: our length, or None.
        ours_words: ``1,550``; may be empty.
        value: words in the last column: ``shorter than 41 of 47``.
        absent: ``too few texts``.
    axis: ``{"low": float, "high": float, "ticks": [[value, words], ...]}``, logarithmic.
    heads: ``{"label": ..., "ours": ..., "value": ...}``, words over the columns.

Lengths that lie outside the axis are held at its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import gridlines_down, not_measured, row_label
from board_report.charts.scales import Scale, with_room

_HEAD = 20.0
_GAP = 14.0
_SET_IN = 9.0
_APART = 42.0
"""Between the middles of two ticks' words."""
_BAR = 11.0
_DOT = 4.4
_TICK = 8.2
"""Half the median's tick: it shows above and below a dot that stands on it."""


@dataclass(frozen=True)
class _Columns:
    label: float
    """Width."""
    plot: Scale
    ours: float
    value: float
    """Where the words of the two columns end and begin."""


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    heads: Mapping[str, str] = data["heads"]
    columns = _columns(rows, data, width)
    canvas.text(0, 12, heads["label"])
    canvas.text(columns.ours, 12, heads["ours"], anchor="end")
    canvas.text(columns.value, 12, heads["value"])
    ticks = with_room(data["axis"]["ticks"], columns.plot, _APART)
    gridlines_down(canvas, columns.plot, ticks, _HEAD, height, labels_at=12)
    canvas.line([(0, _HEAD), (width, _HEAD)], "ink", 0.9)
    step = (height - _HEAD) / max(len(rows), 1)
    for at, row in enumerate(rows):
        top = _HEAD + step * at
        if at and not row["is_part"]:
            canvas.line([(0, top), (width, top)], "rule", 0.75)
        _draw_row(canvas, row, columns, top + step / 2, step)
    return canvas.svg()


def _columns(rows: Sequence[Mapping[str, Any]], data: Mapping[str, Any], width: float) -> _Columns:
    heads: Mapping[str, str] = data["heads"]

    def widest(name: str, head: str, weight: int = 400) -> float:
        own = (theme.text_width(str(row[name]), weight=weight) for row in rows)
        return max([*own, theme.text_width(heads[head])])

    label = min(widest("label", "label", 600) + _SET_IN + 2, width * 0.32)
    value = width - widest("value", "value")
    ours = value - _GAP
    axis = data["axis"]
    last = theme.text_width(str(axis["ticks"][-1][1])) / 2
    right = ours - widest("ours_words", "ours", 600) - _GAP - last
    plot = Scale(axis["low"], axis["high"], label + _GAP, right, is_log=True)
    return _Columns(label, plot, ours, value)


def _draw_row(
    canvas: Canvas, row: Mapping[str, Any], columns: _Columns, y: float, step: float
) -> None:
    left = _SET_IN if row["is_part"] else 0.0
    weight = 400 if row["is_part"] else 600
    row_label(canvas, left, y, str(row["label"]), columns.label - left, step, weight=weight)
    _draw_range(canvas, row, columns.plot, y)
    if row["ours"] is not None:
        x = columns.plot(row["ours"])
        canvas.circle(x, y, _DOT + 1.2, "paper")
        canvas.circle(x, y, _DOT, "accent")
    canvas.text(
        columns.ours, y, str(row["ours_words"]), weight=600, color="ink", anchor="end",
        valign="middle",
    )  # fmt: skip
    canvas.text(columns.value, y, str(row["value"]), color="text2", valign="middle")


def _draw_range(canvas: Canvas, row: Mapping[str, Any], plot: Scale, y: float) -> None:
    if row["middle"] is None:
        wide = plot.end - plot.start
        not_measured(canvas, plot.start, y - _BAR / 2, wide, _BAR, str(row["absent"]))
        return
    canvas.line([(plot(row["shortest"]), y), (plot(row["longest"]), y)], "ctx", 1.0)
    lower, upper, middle = plot(row["lower"]), plot(row["upper"]), plot(row["middle"])
    canvas.rect(lower, y - _BAR / 2, max(upper - lower, 1.0), _BAR, "band")
    canvas.line([(middle, y - _TICK), (middle, y + _TICK)], "ink", 1.8)
