"""A sheet to draw on: points from the top-left corner, colours by name, SVG out.

Everything is drawn in the order it is asked for, at its final size. Nothing is fitted afterwards:
what is drawn outside the sheet is lost, so a chart measures its words before it places them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from board_report.charts import theme
from board_report.charts.artists import (
    Point,
    Segment,
    Shape,
    Words,
    circle,
    closed,
    diagonals,
    polyline,
)
from board_report.charts.trim import trimmed

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

DASH = (3.2, 2.2)
"""Strokes and gaps of a dashed line."""
DOTS = (1.0, 1.8)
"""Strokes and gaps of a dotted line."""
_CAP_HALF = 0.33


class Canvas:
    """A sheet of a given size in points."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
        FigureCanvasSVG(self._figure)
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    # --- lines and areas ---

    def line(
        self, points: Sequence[Point], color: str, width: float = 0.75, dash: Sequence[float] = ()
    ) -> None:
        """A line through points."""
        self._stroke(polyline(points), color, width, dash)

    def segments(
        self,
        segments: Iterable[Segment],
        color: str,
        width: float = 0.75,
        *,
        round_ends: bool = False,
    ) -> None:
        """Many straight strokes ``(x1, y1, x2, y2)`` of one look, as one shape."""
        ends = [point for x1, y1, x2, y2 in segments for point in ((x1, y1), (x2, y2))]
        if ends:
            codes = [Path.MOVETO, Path.LINETO] * (len(ends) // 2)
            self._stroke(Path(ends, codes), color, width, (), round_ends=round_ends)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None,
        *,
        edge: str | None = None,
        edge_width: float = 0.75,
    ) -> None:
        """A rectangle from its top-left corner."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.polygon(corners, fill, edge=edge, edge_width=edge_width)

    def polygon(
        self,
        points: Sequence[Point],
        fill: str | None,
        *,
        edge: str | None = None,
        edge_width: float = 0.75,
    ) -> None:
        """A closed shape."""
        self._add(Shape(closed(points), self._flip, fill, edge, edge_width))

    def area(
        self, xs: Sequence[float], tops: Sequence[float], bottoms: Sequence[float], fill: str
    ) -> None:
        """The area between two lines over the same x positions."""
        there = list(zip(xs, tops, strict=True))
        back = list(zip(reversed(xs), reversed(bottoms), strict=True))
        self.polygon([*there, *back], fill)

    def hatched(self, x: float, y: float, width: float, height: float, color: str = "ctx") -> None:
        """A rectangle of diagonal strokes: something that was not measured."""
        self.segments(diagonals(x, y, width, height), color, 0.75)

    # --- marks ---

    def circles(
        self,
        centers: Sequence[Point],
        radius: float,
        fill: str | None,
        *,
        edge: str | None = None,
        edge_width: float = 0.75,
    ) -> None:
        """Many dots of one look, as one shape."""
        if centers and fill and not edge:
            # A stroke of no length with round ends is a dot, in a tenth of the bytes.
            points = ((x, y, x + 0.01, y) for x, y in centers)
            self.segments(points, fill, 2 * radius, round_ends=True)
        elif centers:
            dots = [circle(x, y, radius) for x, y in centers]
            path = Path.make_compound_path(*dots)
            self._add(Shape(path, self._flip, fill, edge, edge_width))

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str | None,
        *,
        edge: str | None = None,
        edge_width: float = 0.75,
    ) -> None:
        """One dot."""
        self.circles([(x, y)], radius, fill, edge=edge, edge_width=edge_width)

    def triangles(
        self,
        centers: Iterable[Point],
        size: float,
        fill: str | None,
        *,
        edge: str | None = None,
        edge_width: float = 1.5,
    ) -> None:
        """Upright triangles as wide as ``size``, centered by weight."""
        rise, drop = size * 0.55, size * 0.4
        for x, y in centers:
            corners = [(x, y - rise), (x + size / 2, y + drop), (x - size / 2, y + drop)]
            self.polygon(corners, fill, edge=edge, edge_width=edge_width)

    def mark(self, status: str, x: float, y: float, size: float = 9.0) -> None:
        """The shape of a status: ``off``, ``near``, ``on``, ``later`` (not yet due) or ``none``.

        Ink weighs as much as the status asks for attention, so grey copies read alike.
        """
        ink = theme.STATUS_COLORS[status]
        if status == "off":
            half = size / 2
            self.rect(x - half, y - half, size, size, ink, edge="paper", edge_width=0.75)
        elif status == "near":
            self.triangles([(x, y)], size * 1.2, ink, edge="paper", edge_width=0.75)
        elif status == "on":
            self.circle(x, y, size / 2 - 1, "paper", edge=ink, edge_width=2.2)
        elif status == "later":
            self.circle(x, y, size / 2 - 0.6, "paper", edge=ink, edge_width=1.1)
        else:
            self.circle(x, y, size / 2, ink, edge="paper", edge_width=1.2)

    # --- words ---

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = theme.TEXT_SIZE,
        weight: int = 400,
        color: str = "muted",
        anchor: str = "start",
        valign: str = "baseline",
        plate: bool = False,
        rotated: bool = False,
    ) -> None:
        """A line of words.

        Args:
            x: where the anchor stands.
            y: where the baseline, the middle or the top of the capitals stands.
            text: the words; an empty text draws nothing.
            size: in points; 11 is the floor.
            weight: 400, 600 or 700.
            color: a colour's name.
            anchor: ``start``, ``middle`` or ``end``.
            valign: ``baseline``, ``middle`` or ``top``.
            plate: clear the paper behind the words, where they stand on other drawing.
            rotated: read upwards; ``x`` and ``y`` are then the anchor on the baseline.
        """
        if not text:
            return
        drop = {"baseline": 0.0, "middle": _CAP_HALF * size, "top": 2 * _CAP_HALF * size}[valign]
        if plate:
            self._plate(x, y + drop, text, size, weight, anchor)
        font = theme.font(size, weight)
        place = (x + drop, self.height - y) if rotated else (x, self.height - y - drop)
        self._add(Words(text, place, font, theme.color(color), anchor, 90.0 if rotated else 0.0))

    def _plate(self, x: float, y: float, text: str, size: float, weight: int, anchor: str) -> None:
        wide = theme.text_width(text, size, weight)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        self.rect(left - 2, y - size * 0.8, wide + 4, size * 1.1, "paper")

    # --- the rest ---

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Matplotlib's own axes in a rectangle, without frame or ticks, for what is not here."""
        bottom = self.height - y - height
        rectangle = (
            x / self.width,
            bottom / self.height,
            width / self.width,
            height / self.height,
        )
        axes = self._figure.add_axes(rectangle)
        axes.set_axis_off()
        return axes

    def svg(self) -> bytes:
        """The sheet as SVG: the same bytes for the same drawing."""
        out = io.StringIO()
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        self._figure.savefig(out, format="svg", metadata=nothing)
        return trimmed(out.getvalue()).encode()

    def _stroke(
        self,
        path: Path,
        color: str,
        width: float,
        dash: Sequence[float],
        *,
        round_ends: bool = False,
    ) -> None:
        self._add(Shape(path, self._flip, None, color, width, dash, round_ends=round_ends))

    def _add(self, artist: Artist) -> None:
        self._figure.add_artist(artist)
