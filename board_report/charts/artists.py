"""Shapes and words that matplotlib's SVG renderer draws as they are, without measuring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from board_report.charts import theme

Point = tuple[float, float]
Segment = tuple[float, float, float, float]

_ANCHORS = {"start": "left", "middle": "center", "end": "right"}
_HATCH_STEP = 6.0
_UNCHANGED = Affine2D()
_BEND = 0.5523
"""How far a curve's handles reach for a quarter of a circle of radius 1."""
_CIRCLE = np.array(
    [
        (1, 0), (1, _BEND), (_BEND, 1), (0, 1), (-_BEND, 1), (-1, _BEND), (-1, 0),
        (-1, -_BEND), (-_BEND, -1), (0, -1), (_BEND, -1), (1, -_BEND), (1, 0), (1, 0),
    ]
)  # fmt: skip
_CIRCLE_CODES = [Path.MOVETO, *[Path.CURVE4] * 12, Path.CLOSEPOLY]


class Shape(Artist):
    """A path with its look: a patch without the cost of one."""

    def __init__(
        self,
        path: Path,
        flip: Affine2D,
        fill: str | None,
        edge: str | None,
        width: float,
        dash: Sequence[float] = (),
        *,
        round_ends: bool = False,
    ) -> None:
        super().__init__()
        self._path, self._flip, self._width, self._dash = path, flip, width, dash
        self._round_ends = round_ends
        self._fill = _rgb(fill) if fill else None
        self._edge = theme.color(edge) if edge else None

    def draw(self, renderer: Any) -> None:
        """Hand the path to the renderer."""
        look = renderer.new_gc()
        look.set_linewidth(self._width if self._edge else 0)
        if self._edge:
            look.set_foreground(self._edge)
            look.set_joinstyle("miter")
            look.set_capstyle("round" if self._round_ends else "butt")
        if self._dash:
            look.set_dashes(0, self._dash)
        renderer.draw_path(look, self._path, self._flip, self._fill)
        look.restore()


class Words(Artist):
    """A line of text that needs no measuring: its anchor says it all."""

    def __init__(
        self, text: str, place: Point, font: Any, color: str, anchor: str, angle: float
    ) -> None:
        super().__init__()
        self._text, self._place, self._font, self._angle = text, place, font, angle
        self._color, self._anchor = color, _ANCHORS[anchor]

    def draw(self, renderer: Any) -> None:
        """Hand the text to the renderer, with itself to ask for the anchor."""
        look = renderer.new_gc()
        look.set_foreground(self._color)
        x, y = self._place[0], renderer.height - self._place[1]
        renderer.draw_text(look, x, y, self._text, self._font, self._angle, False, self)
        look.restore()

    def get_transform(self) -> Any:
        """Asked by the renderer: the place is in points already."""
        return _UNCHANGED

    def get_unitless_position(self) -> Point:
        """Asked by the renderer: the anchor's place."""
        return self._place

    def get_rotation_mode(self) -> str:
        """Asked by the renderer: turn about the anchor."""
        return "anchor"

    def get_ha(self) -> str:
        """Asked by the renderer: which end of the text stands at the anchor."""
        return self._anchor


def _rgb(name: str) -> tuple[float, float, float]:
    code = theme.color(name)
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def polyline(points: Sequence[Point]) -> Path:
    """An open line through points."""
    return Path(np.asarray(points, dtype=float))


def closed(points: Sequence[Point]) -> Path:
    """A closed line through points."""
    codes = [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
    return Path([*points, points[0]], codes)


def circle(x: float, y: float, radius: float) -> Path:
    """A circle, as four curves."""
    return Path(_CIRCLE * radius + (x, y), _CIRCLE_CODES)


def diagonals(x: float, y: float, width: float, height: float) -> list[Segment]:
    """Strokes at 45 degrees that fill a rectangle, cut at its edges."""
    found: list[Segment] = []
    count = int((width + height) / _HATCH_STEP)
    for at in range(1, count + 1):
        reach = at * _HATCH_STEP
        left, right = max(0.0, reach - height), min(reach, width)
        if right - left > 0.5:
            found.append((x + left, y + reach - left, x + right, y + reach - right))
    return found
