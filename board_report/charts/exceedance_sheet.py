"""The sheet of the loss exceedance curve: its scales, its curves in points, and free places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from board_report.charts.canvas import Canvas
from board_report.charts.scales import Scale, nice_bounds

_LIKELY, _RARE = 0.5, 0.01
_LEFT, _RIGHT, _TOP = 76.0, 30.0, 20.0
_AXIS = 20.0
PAYERS, PAYER_BAR = 36.0, 22.0
"""Points for who pays the 1-in-20 year: with the space above, and the bar alone."""
Curve = Sequence[tuple[float, float]]
"""Points on the sheet from the top down: ``(x, y)``."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass
class Sheet:
    """The plot: its scales, its curves in points, and where words already stand."""

    canvas: Canvas
    money: Scale
    chance: Scale
    step: float
    currency: str
    curves: dict[str, Curve]
    band: tuple[Curve, Curve] = ((), ())
    """The edges of what is not known of the estimate."""
    taken: list[Box] = field(default_factory=list)

    @property
    def top(self) -> float:
        """The line of one year in two."""
        return self.chance.end

    @property
    def bottom(self) -> float:
        """The line of one year in a hundred."""
        return self.chance.start

    def is_free(self, box: Box) -> bool:
        """Whether words may stand there: inside, off the curves and off other words."""
        left, top, right, bottom = box
        if left < self.money.start + 3 or right > self.canvas.width or bottom > self.bottom:
            return False
        crossed = any(
            span and span[0] < right + 3 and span[1] > left - 3
            for span in (span_of(curve, top, bottom) for curve in self.curves.values())
        )
        return not crossed and not any(_overlap(box, other) for other in self.taken)


def make_sheet(data: Mapping[str, Any], width: float, height: float) -> Sheet:
    """The sheet with every curve that was given, on scales that hold them all."""
    given = {name: data.get(name, ()) for name in ("appetite", "tolerance", "net", "gross")}
    layer, band = data.get("layer"), data.get("band") or ()
    edges = (
        [(chance, low) for chance, low, _ in band],
        [(chance, high) for chance, _, high in band],
    )
    largest = [loss for points in given.values() for _, loss in points]
    low, high, step = nice_bounds([*largest, layer["low"] if layer else None], ticks=4)
    bottom = height - _AXIS - (PAYERS if data.get("payers") else 0)
    chance = Scale(_RARE, _LIKELY, bottom, _TOP, is_log=True)
    across = Scale(low, high, _LEFT, width - _RIGHT)
    curves = {name: _on_sheet(points, across, chance) for name, points in given.items() if points}
    sheet = Sheet(Canvas(width, height), across, chance, step, str(data["currency"]), curves)
    if band:
        low_edge, high_edge = (_on_sheet(edge, across, chance) for edge in edges)
        sheet.band = (low_edge, high_edge)
    return sheet


def _on_sheet(points: Sequence[Sequence[float]], across: Scale, chance: Scale) -> Curve:
    """The points as far as the plot shows them, from the top down."""
    ordered = sorted(points, key=lambda point: -point[0])
    return [(across(loss), chance(p)) for p, loss in ordered if _RARE <= p <= _LIKELY]


def x_at(curve: Curve, y: float) -> float | None:
    """Where a curve stands at a height; None above its first and below its last point."""
    if not curve or not curve[0][1] - 1e-6 <= y <= curve[-1][1] + 1e-6:
        return None
    for (x0, y0), (x1, y1) in pairwise(curve):
        if y <= y1 + 1e-6:
            return x0 + (x1 - x0) * ((y - y0) / (y1 - y0) if y1 > y0 else 1.0)
    return curve[-1][0]


def span_of(curve: Curve, top: float, bottom: float) -> tuple[float, float] | None:
    """Where a curve runs between two heights: its leftmost and rightmost x there."""
    ends = (x_at(curve, top), x_at(curve, bottom))
    found = [x for x in ends if x is not None]
    found += [x for x, y in curve if top <= y <= bottom]
    return (min(found), max(found)) if found else None


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] + 4 and other[0] < one[2] + 4 and one[1] < other[3] and other[1] < one[3]
    )
