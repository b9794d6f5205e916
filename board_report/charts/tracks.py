"""Rows read across: a name, then marks on one or more scales side by side, then words.

Data:
    columns: list of, from the left after the names,
        title: ``Crown jewels``, over the column.
        width: points.
        axis: ``{"low": float, "high": float, "ticks": [[value, words], ...]}`` for a column of
            marks; left out, the column holds words.
        target: float or None: a line down all rows of a column of marks (optional).
        has_gaps: whether a bar fills the gap from "now" up to the cell's own target (optional).
        anchor: ``start`` or ``end`` (default): where words stand.
    head: words over the names (optional).
    rows: list of
        label: the row's name.
        under: a second line, muted; may be empty.
        is_emphasized: whether the name is bold.
        cells: one for each column. A column of words takes ``{"words": "3", "status": "off"}``
            (``off`` is red and bold; optional). A column of marks takes
            now: float or None.
            year_ago: float or None; a hollow dot.
            status: ``on``, ``near``, ``off`` or ``none``: the shape of "now".
            value: the value in words, at the column's right edge.
            target: float or None: a tick of the cell's own (optional).
            absent: words on a hatched place where ``now`` is None.
            empty: plain words where ``now`` is None because there is nothing to measure; these
                stand in place of ``absent``.

The names take the width that the columns leave, and are cut with an ellipsis where too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import not_measured
from board_report.charts.scales import Scale

_HEAD = 21.0
_AXIS = 20.0
_GAP = 20.0
_TALLEST = 46.0
_GAPS = {"off": "off-tint", "near": "near-tint"}


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows."""
    canvas = Canvas(width, height)
    columns: Sequence[Mapping[str, Any]] = data["columns"]
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    step = min((height - _HEAD - _AXIS) / max(len(rows), 1), _TALLEST)
    bottom = _HEAD + step * len(rows)
    names = width - sum(float(column["width"]) for column in columns)
    canvas.text(0, _HEAD - 7, str(data.get("head", "")))
    canvas.line([(0, _HEAD), (width, _HEAD)], "ink", 0.9)
    between = ((0, _HEAD + step * at, width, _HEAD + step * at) for at in range(1, len(rows)))
    canvas.segments(between, "hair", 0.75)
    _draw_names(canvas, rows, names - _GAP, step)
    left = names
    for at, column in enumerate(columns):
        cells = [row["cells"][at] for row in rows]
        right = left + float(column["width"])
        if at < len(columns) - 1 and column.get("axis"):
            right -= _GAP
        if column.get("axis"):
            _draw_marks(canvas, column, cells, (left, right), bottom, step)
        else:
            _draw_words(canvas, column, cells, (left, right), step)
        left = names + sum(float(each["width"]) for each in columns[: at + 1])
    return canvas.svg()


def _middles(count: int, step: float) -> Iterator[float]:
    return (_HEAD + step * (at + 0.5) for at in range(count))


def _draw_names(
    canvas: Canvas, rows: Sequence[Mapping[str, Any]], room: float, step: float
) -> None:
    for row, y in zip(rows, _middles(len(rows), step), strict=True):
        weight = 600 if row.get("is_emphasized") else 400
        under = str(row.get("under", ""))
        label = theme.fit(str(row["label"]), room, 12, weight)
        if under and step >= 24:
            canvas.text(0, y - 6.5, label, size=12, weight=weight, color="ink", valign="middle")
            canvas.text(0, y + 7, theme.fit(under, room), valign="middle")
        else:
            canvas.text(0, y, label, size=12, weight=weight, color="ink", valign="middle")


def _draw_words(
    canvas: Canvas,
    column: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    ends: tuple[float, float],
    step: float,
) -> None:
    anchor = str(column.get("anchor", "end"))
    x, room = (ends[0] if anchor == "start" else ends[1]), ends[1] - ends[0]
    canvas.text(x, _HEAD - 7, str(column.get("title", "")), anchor=anchor)
    for cell, y in zip(cells, _middles(len(cells), step), strict=True):
        is_off = cell.get("status") == "off"
        weight, ink = (600, "off") if is_off else (400, "ink")
        words = theme.fit(str(cell.get("words", "")), room, 12, weight)
        canvas.text(x, y, words, size=12, weight=weight, color=ink, anchor=anchor, valign="middle")


def _draw_marks(
    canvas: Canvas,
    column: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    ends: tuple[float, float],
    bottom: float,
    step: float,
) -> None:
    left, right = ends
    axis = column["axis"]
    values = (str(cell.get("value", "")) for cell in cells)
    value = max((theme.text_width(words, 12, 600) for words in values), default=0.0)
    plot = Scale(axis["low"], axis["high"], left + 7, right - (value + 16 if value else 7))
    canvas.text(left, _HEAD - 7, str(column.get("title", "")))
    lines = ((plot(at), _HEAD, plot(at), bottom) for at, _ in axis["ticks"])
    canvas.segments(lines, "hair", 0.75)
    for at, words in axis["ticks"]:
        canvas.text(plot(at), bottom + 15, words, anchor="middle")
    if column.get("target") is not None:
        x = plot(column["target"])
        canvas.line([(x, _HEAD), (x, bottom)], "ink", 1.5)
    for cell, y in zip(cells, _middles(len(cells), step), strict=True):
        if column.get("has_gaps"):
            _draw_gap(canvas, cell, plot, y)
        _draw_cell(canvas, cell, plot, right, y, step)


def _draw_gap(canvas: Canvas, cell: Mapping[str, Any], plot: Scale, y: float) -> None:
    """What is missing to the target, in the tint of its status."""
    now, target = cell.get("now"), cell.get("target")
    if now is not None and target is not None and target > now:
        tint = _GAPS.get(str(cell.get("status", "none")), "band")
        canvas.rect(plot(now), y - 3.5, plot(target) - plot(now), 7, tint)


def _draw_cell(
    canvas: Canvas, cell: Mapping[str, Any], plot: Scale, right: float, y: float, step: float
) -> None:
    if cell.get("now") is None:
        _draw_absence(canvas, cell, plot, right, y, step)
        return
    if cell.get("target") is not None:
        x, half = plot(cell["target"]), min(step * 0.3, 8.0)
        canvas.line([(x, y - half), (x, y + half)], "ink", 2.0)
    now = plot(cell["now"])
    if cell.get("year_ago") is not None:
        before = plot(cell["year_ago"])
        canvas.line([(before, y), (now, y)], "ctx", 1.4)
        canvas.circle(before, y, 3.0, "paper", edge="ctx", edge_width=1.3)
    canvas.mark(str(cell.get("status", "none")), now, y, 9.0)
    if not plot.holds(cell["now"]):
        side = -1 if cell["now"] < plot.low else 1
        corners = [(now + side * 12, y), (now + side * 7.5, y - 3.5), (now + side * 7.5, y + 3.5)]
        canvas.polygon(corners, "ink")
    words = str(cell.get("value", ""))
    canvas.text(right, y, words, size=12, weight=600, color="ink", anchor="end", valign="middle")


def _draw_absence(
    canvas: Canvas, cell: Mapping[str, Any], plot: Scale, right: float, y: float, step: float
) -> None:
    empty = str(cell.get("empty", ""))
    if empty:
        middle = (plot.start + plot.end) / 2
        canvas.text(middle, y, empty, anchor="middle", valign="middle", plate=True)
        return
    tall = min(step * 0.62, 13.0)
    words = str(cell.get("absent", "not measured"))
    not_measured(canvas, plot.start - 7, y - tall / 2, right - plot.start + 7, tall, words)
