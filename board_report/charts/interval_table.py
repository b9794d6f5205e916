"""A table whose cells are words or intervals: names, figures, and estimates on scales of their own.

Data:
    columns: list of, from the left,
        kind: ``label`` (the first), ``words`` or ``plot``.
        head: one or two lines over a column of words, or the word over the names.
        title, unit: over a plot: what it shows in bold, and its unit after it.
        axis: of a plot: ``{"low": float, "high": float, "ticks": [[value, words], ...],
            "is_log": bool}``.
        reference: of a plot: ``{"value": float, "label": "$1"}`` or None: a line down all rows.
        weight: of a plot: its part of the width that the words leave (default 1).
        anchor: of words: ``start`` or ``end`` (default).
        is_close: of words: belongs to the column before it, so that it stands nearer.
    rows: list of
        cells: one for each column.
            A label or words take a text, or
                text: the words.
                under: a second line, where rows are tall enough; may be empty.
                status: ``off`` is red with its shape, ``near`` amber; else ink (optional).
                is_strong, is_quiet: bold; in the second colour of text (optional).
                stage: ``in_place``, ``committed`` or ``proposed``: a full, a half or a hollow dot
                    before the second line (optional).
            A plot takes
                low, mid, high: the interval and the mark in it; either may be None.
                status: the shape of the mark (default ``none``).
                tint: colour of the interval where the status does not give it (optional).
                whisker: ``[low, high]``: a line through the mark, its own interval (optional).
                bar, tick: in place of these a bar from zero, and a tick beside it.
                absent: words where there is neither; ``is_hatched`` sets them on a hatched place.
        is_total: set apart by a rule above, in bold.
    most: points of the tallest row (default 36).
    label_share: largest part of the width that the names take (default 0.3).
    gap: points between columns (default 14).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import gridlines_down
from board_report.charts.interval_cells import as_cell, draw_interval, draw_words, width_of
from board_report.charts.scales import Scale

HEAD = 40.0
_TITLE, _BASE = 12.0, 31.0
_GAP, _CLOSE = 14.0, 8.0
_LEAST_PLOT, _LEAST_LABEL = 64.0, 84.0


@dataclass(frozen=True)
class Place:
    """Where a column stands, in points; ``plot`` for a column of intervals."""

    left: float
    right: float
    plot: Scale | None = None


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows under their heads."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    columns: Sequence[Mapping[str, Any]] = data["columns"]
    step = min((height - HEAD - 1) / max(len(rows), 1), float(data.get("most", 36.0)))
    bottom = HEAD + step * len(rows)
    places = _places(data, width)
    for column, place in zip(columns, places, strict=True):
        _draw_head(canvas, column, place, bottom)
    canvas.line([(0, HEAD), (width, HEAD)], "ink", 0.9)
    for at, row in enumerate(rows):
        top = HEAD + step * at
        is_total = bool(row.get("is_total"))
        if at:
            ink, wide = ("ink", 0.9) if is_total else ("hair", 0.75)
            canvas.line([(0, top), (width, top)], ink, wide)
        _draw_row(canvas, row, (columns, places), top + step / 2, step)
    canvas.line([(0, bottom), (width, bottom)], "hair", 0.75)
    return canvas.svg()


# --- across --------------------------------------------------------------------------------------


def _places(data: Mapping[str, Any], width: float) -> list[Place]:
    """Words take what they need, names at most their share, and plots the rest by their weight."""
    columns = data["columns"]
    needs = [_need(data, at) for at in range(len(columns))]
    plots = [at for at, column in enumerate(columns) if column["kind"] == "plot"]
    gap = float(data.get("gap", _GAP))
    gaps = sum(_gap(column, gap) for column in columns[1:])
    needs[0] = min(needs[0], width * float(data.get("label_share", 0.3)))
    rest = width - gaps - sum(needs)
    short = _LEAST_PLOT * len(plots) - rest
    if plots and short > 0:
        needs[0] = max(needs[0] - short, _LEAST_LABEL)
        rest = width - gaps - sum(needs)
    if not plots:
        needs[0] += rest
    weight = sum(float(columns[at].get("weight", 1.0)) for at in plots)
    places, left = [], 0.0
    for at, column in enumerate(columns):
        left += _gap(column, gap) if at else 0.0
        is_plot = at in plots
        wide = rest * float(column.get("weight", 1.0)) / weight if is_plot else needs[at]
        places.append(Place(left, left + wide, _scale(column, left, wide) if is_plot else None))
        left += wide
    return places


def _gap(column: Mapping[str, Any], usual: float) -> float:
    return _CLOSE if column.get("is_close") else usual


def _scale(column: Mapping[str, Any], left: float, wide: float) -> Scale:
    axis = column["axis"]
    pad = 6.0
    return Scale(axis["low"], axis["high"], left + pad, left + wide - pad, bool(axis.get("is_log")))


def _need(data: Mapping[str, Any], at: int) -> float:
    """Points that a column of words needs; none for a plot."""
    column = data["columns"][at]
    if column["kind"] == "plot":
        return 0.0
    cells = (width_of(as_cell(row, at)) for row in data["rows"])
    heads = (theme.text_width(line) for line in _lines(column))
    return max([*cells, *heads]) + 1


def _lines(column: Mapping[str, Any]) -> list[str]:
    head = column.get("head", "")
    return [head] if isinstance(head, str) else [str(each) for each in head]


# --- heads ---------------------------------------------------------------------------------------


def _draw_head(canvas: Canvas, column: Mapping[str, Any], place: Place, bottom: float) -> None:
    if place.plot is not None:
        _draw_plot_head(canvas, column, place, bottom)
        return
    anchor = "start" if column["kind"] == "label" else str(column.get("anchor", "end"))
    x = place.left if anchor == "start" else place.right
    for at, line in enumerate(reversed(_lines(column))):
        canvas.text(x, _BASE - 14 * at, line, anchor=anchor)


def _draw_plot_head(canvas: Canvas, column: Mapping[str, Any], place: Place, bottom: float) -> None:
    """Title and unit over the ticks; a tick is named where the reference leaves room for it."""
    plot = place.plot
    assert plot is not None
    title = str(column.get("title", ""))
    room = place.right - place.left
    shown = theme.fit(title, room, 12, 600)
    canvas.text(place.left, _TITLE, shown, size=12, weight=600, color="ink")
    left = theme.text_width(shown, 12, 600) + 5
    unit = str(column.get("unit", ""))
    if left + theme.text_width(unit) <= room:
        canvas.text(place.left + left, _TITLE, unit)
    gridlines_down(canvas, plot, column["axis"]["ticks"], HEAD, bottom, labels_at=None)
    taken: list[tuple[float, float]] = []
    reference = column.get("reference")
    if reference:
        x, words = plot(reference["value"]), str(reference["label"])
        canvas.line([(x, HEAD - 4), (x, bottom)], "ink", 1.5)
        taken.append(_word_at(canvas, x, words, place, is_key=True))
    ticks: Sequence[tuple[float, str]] = column["axis"]["ticks"]
    for value, words in (*ticks[:1], *reversed(ticks[1:])):  # the ends before what is between
        half = theme.text_width(words) / 2
        x = min(max(plot(value), place.left + half), place.right - half)
        if all(x + half + 6 <= start or x - half - 6 >= end for start, end in taken):
            taken.append(_word_at(canvas, x, words, place))


def _word_at(
    canvas: Canvas, x: float, words: str, place: Place, *, is_key: bool = False
) -> tuple[float, float]:
    weight, ink = (600, "ink") if is_key else (400, "muted")
    half = theme.text_width(words, weight=weight) / 2
    held = min(max(x, place.left + half), place.right - half)
    canvas.text(held, _BASE, words, weight=weight, color=ink, anchor="middle")
    return held - half, held + half


# --- rows ----------------------------------------------------------------------------------------


def _draw_row(
    canvas: Canvas,
    row: Mapping[str, Any],
    across: tuple[Sequence[Mapping[str, Any]], Sequence[Place]],
    y: float,
    step: float,
) -> None:
    for at, (column, place) in enumerate(zip(*across, strict=True)):
        if place.plot is not None:
            draw_interval(canvas, row["cells"][at], place.plot, y, step)
            continue
        is_label = column["kind"] == "label"
        anchor = "start" if is_label else str(column.get("anchor", "end"))
        draw_words(canvas, as_cell(row, at), (place.left, place.right), y, step, anchor)
