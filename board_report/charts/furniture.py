"""What charts share around their data: quarters, targets, gridlines, and what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from board_report.charts import theme
from board_report.charts.canvas import DASH, Canvas
from board_report.charts.scales import Scale, Ticks

LINE = 14.0
"""From one line of chart text to the next."""
NOT_MEASURED = "not measured"
_LEAST_STEP = 17.5


def quarter_parts(quarter: str) -> tuple[str, str]:
    """``2026-Q3`` as ``("2026", "Q3")``; other words stand as they are, without a year."""
    year, dash, short = quarter.partition("-")
    return (year, short) if dash and short[:1] == "Q" else ("", quarter)


def band_centers(x: float, width: float, count: int) -> tuple[float, ...]:
    """The middles of equally wide columns."""
    return tuple(x + width * (at + 0.5) / count for at in range(count))


def quarter_axis(
    canvas: Canvas, centers: Sequence[float], quarters: Sequence[str], y: float
) -> None:
    """Quarters under a chart, the last in bold ink, the year once under its first quarter.

    Args:
        canvas: the sheet.
        centers: x of each quarter.
        quarters: ``2026-Q3``, oldest first; the last is the one reported on.
        y: the bottom of the plot; the labels take the 34 points below it.
    """
    last = len(quarters) - 1
    step = centers[1] - centers[0] if last else canvas.width
    parts = [quarter_parts(quarter) for quarter in quarters]
    shown = [
        at
        for at in range(last + 1)
        if step >= _LEAST_STEP or at == last or (parts[at][1] == "Q1" and (last - at) * step >= 20)
    ]
    for at in shown:
        weight, ink = (600, "ink") if at == last else (400, "muted")
        label = theme.fit(parts[at][1], max(step, 30.0), weight=weight)
        canvas.text(centers[at], y + 15, label, weight=weight, color=ink, anchor="middle")
    for at in _year_places([year for year, _ in parts], step):
        canvas.text(centers[at], y + 29, parts[at][0], anchor="middle")


def _year_places(years: Sequence[str], step: float) -> list[int]:
    """Where each year is written: under its first column, if the next year leaves it room."""
    starts = [next(group)[0] for _, group in groupby(enumerate(years), key=lambda pair: pair[1])]
    room = [(b - a) * step for a, b in pairwise(starts)]
    kept = [at for at, wide in zip(starts, room, strict=False) if wide >= 34]
    return [*kept, starts[-1]] if starts else []


def gridlines(
    canvas: Canvas,
    scale: Scale,
    ticks: Ticks,
    left: float,
    right: float,
    *,
    labels_at: float | None,
) -> None:
    """Horizontal hairlines at the ticks, with their words ending at ``labels_at`` (None: none)."""
    canvas.segments(((left, scale(value), right, scale(value)) for value, _ in ticks), "hair", 0.75)
    if labels_at is not None:
        for value, words in ticks:
            canvas.text(labels_at, scale(value), words, anchor="end", valign="middle")


def gridlines_down(
    canvas: Canvas,
    scale: Scale,
    ticks: Ticks,
    top: float,
    bottom: float,
    *,
    labels_at: float | None,
) -> None:
    """Vertical hairlines at the ticks, with their words on the baseline ``labels_at``."""
    canvas.segments(((scale(value), top, scale(value), bottom) for value, _ in ticks), "hair", 0.75)
    if labels_at is not None:
        for value, words in ticks:
            canvas.text(scale(value), labels_at, words, anchor="middle")


def target_across(
    canvas: Canvas, y: float, left: float, right: float, *, is_limit: bool = False
) -> None:
    """A target as a horizontal line: dashed for an aim, solid for a limit."""
    if is_limit:
        canvas.line([(left, y), (right, y)], "ink", 1.5)
    else:
        canvas.line([(left, y), (right, y)], "ink", 0.9, DASH)


def not_measured(
    canvas: Canvas, x: float, y: float, width: float, height: float, words: str = NOT_MEASURED
) -> None:
    """A hatched, named place for something without a value; the words turn where it is narrow."""
    canvas.hatched(x, y, width, height)
    middle = (x + width / 2, y + height / 2)
    room = theme.text_width(words) + 6
    if room <= max(width, 40.0) or width >= height:
        canvas.text(*middle, words, color="text2", anchor="middle", valign="middle", plate=True)
    elif room <= height:
        wide = theme.TEXT_SIZE * 1.1
        canvas.rect(middle[0] - wide / 2, middle[1] - room / 2, wide, room, "paper")
        canvas.text(*middle, words, color="text2", anchor="middle", valign="middle", rotated=True)


def row_label(
    canvas: Canvas,
    x: float,
    y: float,
    words: str,
    room: float,
    step: float,
    *,
    size: float = theme.TEXT_SIZE,
    weight: int = 400,
    color: str = "ink",
    anchor: str = "start",
) -> None:
    """The name of a row, on two lines where it is long and the row is tall enough."""
    fits = theme.text_width(words, size, weight) <= room
    if fits or step < 25:
        shown: tuple[str, ...] = (theme.fit(words, room, size, weight),)
    else:
        size = theme.TEXT_SIZE
        shown = theme.wrap(words, room, size, weight)
    gap = 12.5
    for at, line in enumerate(shown):
        canvas.text(
            x,
            y + (at - (len(shown) - 1) / 2) * gap,
            line,
            size=size,
            weight=weight,
            color=color,
            anchor=anchor,
            valign="middle",
        )


def note(canvas: Canvas, x: float, y: float, words: str, *, anchor: str = "start") -> None:
    """A remark on the data, as "too few to judge"."""
    canvas.text(x, y, words, color="text2", anchor=anchor, valign="middle", plate=True)


def runs_of(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last place of each unbroken run of true values."""
    found: list[tuple[int, int]] = []
    for value, group in groupby(enumerate(flags), key=lambda pair: pair[1]):
        places = [at for at, _ in group]
        if value:
            found.append((places[0], places[-1]))
    return found
