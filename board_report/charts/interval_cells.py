"""The cells of a table of intervals: words on a line or two, an interval and its mark, a bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import not_measured
from board_report.charts.scales import Scale

TWO_LINES = 26.0
"""Points of a row from which on a second line stands under the first."""
_THREE_LINES = 41.0
"""From which on the first line may wrap over a second that stands under both."""
_TINTS = {"none": "accent-mid", "near": "near-tint", "off": "off-tint", "on": "on-tint"}
_MARK = 13.0
"""Room of the shape before words that a director must notice."""
_STAGE = 11.0


def as_cell(row: Mapping[str, Any], at: int) -> Mapping[str, Any]:
    """A cell of words, with the weight of its row."""
    cell = row["cells"][at]
    found = {"text": cell} if isinstance(cell, str) else dict(cell)
    return {"is_strong": bool(row.get("is_total")), **found}


def width_of(cell: Mapping[str, Any]) -> float:
    """Points that a cell of words takes on its widest line."""
    weight = 600 if _is_bold(cell) else 400
    first = theme.text_width(str(cell["text"]), 12, weight)
    first += _MARK if cell.get("status") in ("off", "near") else 0.0
    second = theme.text_width(str(cell.get("under", "")))
    return max(first, second + (_STAGE if cell.get("stage") else 0.0))


def _is_bold(cell: Mapping[str, Any]) -> bool:
    return bool(cell.get("is_strong")) or cell.get("status") in ("off", "near")


def draw_words(
    canvas: Canvas,
    cell: Mapping[str, Any],
    ends: tuple[float, float],
    y: float,
    step: float,
    anchor: str,
) -> None:
    """A cell's words; what is too long for the column is wrapped where rows are tall, or cut."""
    left, right = ends
    under = str(cell.get("under", ""))
    has_under = bool(under) and step >= TWO_LINES
    weight = 600 if _is_bold(cell) else 400
    room = right - left - (_MARK if cell.get("status") in ("off", "near") else 0.0)
    x = left if anchor == "start" else right
    text = str(cell["text"])
    may_wrap = step >= (_THREE_LINES if has_under else TWO_LINES)
    lines = _lines(text, room, weight, may_wrap=may_wrap)
    is_whole = len(lines) == 1 and theme.text_width(lines[0], 12, weight) <= room + 0.5
    size = 12.0 if is_whole else theme.TEXT_SIZE
    # The block of all lines stands on the row's middle.
    lead = 12.5 if len(lines) > 1 or not has_under else 14.0
    first = y - lead * (len(lines) - 1 + has_under) / 2
    for at, line in enumerate(lines):
        start = x + (_draw_alert(canvas, cell, line, x, first, anchor) if at == 0 else 0.0)
        canvas.text(
            start,
            first + lead * at,
            line,
            size=size,
            weight=weight,
            color=_ink(cell),
            anchor=anchor,
            valign="middle",
        )
    if has_under:
        _draw_under(canvas, cell, under, (left, right), first + lead * len(lines), anchor)


def _lines(text: str, room: float, weight: int, *, may_wrap: bool) -> tuple[str, ...]:
    if theme.text_width(text, 12, weight) <= room + 0.5 or not may_wrap:
        return (theme.fit(text, room + 0.5, 12, weight),)
    return theme.wrap(text, room, theme.TEXT_SIZE, weight)


def _ink(cell: Mapping[str, Any]) -> str:
    status = str(cell.get("status", ""))
    if status in ("off", "near"):
        return status
    return "text2" if cell.get("is_quiet") else "ink"


def _draw_alert(
    canvas: Canvas, cell: Mapping[str, Any], words: str, x: float, y: float, anchor: str
) -> float:
    """The shape of a status before its words; how far words that start there move."""
    status = str(cell.get("status", ""))
    if status not in ("off", "near"):
        return 0.0
    wide = theme.text_width(words, 12, 600)
    place = x + 4.5 if anchor == "start" else x - wide - _MARK + 4.5
    canvas.mark(status, place, y, 8.0)
    return _MARK if anchor == "start" else 0.0


def _draw_under(
    canvas: Canvas,
    cell: Mapping[str, Any],
    words: str,
    ends: tuple[float, float],
    y: float,
    anchor: str,
) -> None:
    left, right = ends
    moved = 0.0
    if cell.get("stage"):
        _draw_stage(canvas, str(cell["stage"]), left + 4.0, y)
        moved = _STAGE
    shown = theme.fit(words, right - left - moved + 0.5)
    x = left + moved if anchor == "start" else right
    canvas.text(x, y, shown, anchor=anchor, valign="middle")


def _draw_stage(canvas: Canvas, stage: str, x: float, y: float) -> None:
    """In place is a full dot, committed a half one, proposed a hollow one."""
    radius = 3.6
    canvas.circle(x, y, radius, "paper", edge="text2", edge_width=1.1)
    if stage == "in_place":
        canvas.circle(x, y, radius, "text2")
    elif stage == "committed":
        steps = range(-6, 7)
        points = [(x - radius * (1 - (at / 6) ** 2) ** 0.5, y + radius * at / 6) for at in steps]
        canvas.polygon(points, "text2")


# --- plots ---------------------------------------------------------------------------------------


def draw_interval(
    canvas: Canvas, cell: Mapping[str, Any], plot: Scale, y: float, step: float
) -> None:
    """An interval with its mark, a bar with its tick, or the words for neither."""
    if cell.get("bar") is not None:
        _draw_bar(canvas, cell, plot, y, step)
        return
    low, mid, high = cell.get("low"), cell.get("mid"), cell.get("high")
    status = str(cell.get("status", "none"))
    if low is not None and high is not None:
        start, end = plot(low), plot(high)
        tint = str(cell.get("tint") or _TINTS[status])
        canvas.rect(start, y - 3.5, max(end - start, 1.0), 7, tint)
    if cell.get("whisker") is not None:
        start, end = cell["whisker"]
        canvas.line([(plot(start), y), (plot(end), y)], "ink", 1.2)
    if mid is not None:
        x = plot(mid)
        canvas.mark(status, x, y, 9)
        is_nothing = plot.is_log and mid <= 0  # stands at the edge and lies no farther out
        if not plot.holds(mid) and not is_nothing:
            side = -1 if mid < plot.low else 1
            corners = [(x + side * 11, y), (x + side * 6.5, y - 3.5), (x + side * 6.5, y + 3.5)]
            canvas.polygon(corners, "ink")
    elif cell.get("absent"):
        _draw_absence(canvas, cell, plot, y, step)


def _draw_absence(
    canvas: Canvas, cell: Mapping[str, Any], plot: Scale, y: float, step: float
) -> None:
    words, room = str(cell["absent"]), plot.end - plot.start
    if cell.get("is_hatched"):
        tall = min(step * 0.6, 13.0)
        not_measured(canvas, plot.start, y - tall / 2, room, tall, words)
        return
    canvas.text(plot.start, y, theme.fit(words, room + 6), valign="middle", plate=True)


def _draw_bar(canvas: Canvas, cell: Mapping[str, Any], plot: Scale, y: float, step: float) -> None:
    """A bar from zero with the value it is compared to as a tick."""
    tall = min(step * 0.5, 13.0)
    start, end = plot(0.0), plot(cell["bar"])
    color = str(cell.get("tint") or "accent")
    canvas.rect(min(start, end), y - tall / 2, max(abs(end - start), 0.8), tall, color)
    if cell.get("tick") is not None:
        x, reach = plot(cell["tick"]), min(tall / 2 + 3.5, step / 2 - 1)
        canvas.line([(x, y - reach - 0.6), (x, y + reach + 0.6)], "paper", 3.6)
        canvas.line([(x, y - reach), (x, y + reach)], "ink", 1.8)
