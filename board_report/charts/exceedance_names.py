"""The words on the loss exceedance curve: beside what they name, where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.charts import theme
from board_report.charts.exceedance_sheet import Box, Curve, Sheet, span_of, x_at

_HALF = 8.0
_STEP = 3.0
_BAND_WORDS = 84.0
"""Points of a line of the band's words."""


def write(
    sheet: Sheet, box: Box, words: str, color: str, weight: int, *, plate: bool = False
) -> None:
    """Words in a box, which is then taken."""
    middle = (box[1] + box[3]) / 2
    sheet.canvas.text(
        box[0], middle, words, weight=weight, color=color, valign="middle", plate=plate
    )
    sheet.taken.append(box)


def name_curve(sheet: Sheet, name: str, words: str) -> None:
    """The name beside its curve where there is room, else with a leader from the open side."""
    curve = sheet.curves.get(name)
    if not curve or not words:
        return
    color = {"gross": "accent", "net": "band-label"}.get(name, "ink")
    weight = 400 if name == "appetite" else 600
    wide = theme.text_width(words, weight=weight)
    rows = _rows(sheet)
    rows = rows[::-1] if name == "net" else rows
    place = _beside(sheet, curve, wide, rows) or _with_leader(sheet, curve, wide)
    if place is None:
        return
    box, leader = place
    if leader:
        sheet.canvas.line(leader, "muted", 0.7)
        sheet.canvas.circle(*leader[1], 1.8, color)
    write(sheet, box, words, color, weight)


Place = tuple[Box, list[tuple[float, float]]]


def _rows(sheet: Sheet) -> list[float]:
    """Heights for words, from a little under the top; near the 1-in-20 line last."""
    key = sheet.chance(1 / 20)
    count = int((sheet.bottom - sheet.top - 2 * _HALF) / _STEP)
    rows = [sheet.top + _HALF + 10 + _STEP * at for at in range(count)]
    return [y for y in rows if abs(y - key) > _HALF + 3 and y + _HALF <= sheet.bottom]


def _beside(sheet: Sheet, curve: Curve, wide: float, rows: Sequence[float]) -> Place | None:
    for y in rows:
        span = span_of(curve, y - _HALF, y + _HALF)
        if span is None:
            continue
        for left in (span[1] + 7, span[0] - 7 - wide):
            box = (left, y - _HALF, left + wide, y + _HALF)
            if sheet.is_free(box):
                return box, []
    return None


def _with_leader(sheet: Sheet, curve: Curve, wide: float) -> Place | None:
    """Left of all curves in the rare years, or right of all in the likely ones."""
    for y in reversed(_rows(sheet)):
        x = x_at(curve, y)
        spans = [span_of(each, y - _HALF, y + _HALF) for each in sheet.curves.values()]
        known = [span for span in spans if span]
        if x is None or not known:
            continue
        left = min(span[0] for span in known) - 14 - wide
        right = max(span[1] for span in known) + 14
        for start, end in ((left, left + wide + 3), (right, right - 3)):
            box = (start, y - _HALF, start + wide, y + _HALF)
            if sheet.is_free(box):
                return box, [(end, y), (x, y)]
    return None


def name_band(sheet: Sheet, words: str) -> None:
    """The band's words at its outer side, on one or two lines, where there is room."""
    edge = sheet.band[1]
    if not edge or not words:
        return
    lines = theme.wrap(words, _BAND_WORDS)
    wide = max(theme.text_width(line) for line in lines)
    tall = 13.0 * len(lines)
    for y in (*reversed(_rows(sheet)), *_rows(sheet)):
        span = span_of(edge, y - tall / 2 - 2, y + tall / 2 + 2)
        for left in (span[1] + 8,) if span else ():
            box = (left, y - tall / 2, left + wide, y + tall / 2)
            if box[3] <= sheet.bottom - 2 and sheet.is_free(box):
                for at, line in enumerate(lines):
                    below = box[1] + 13.0 * at + 6.5
                    sheet.canvas.text(left, below, line, color="band-label", valign="middle")
                sheet.taken.append(box)
                return
