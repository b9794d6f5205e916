"""A sheet to draw on: points from the top-left corner, colours by name, SVG out.

Everything is drawn in the order it is asked for, at its final size. Nothing is fitted afterwards:
what is drawn outside the sheet is lost, so a chart measures its words before it places them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from board_report.charts import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[float, float]
Segment = tuple[float, float, float, float]

DASH = (3.2, 2.2)
"""Strokes and gaps of a dashed line."""
DOTS = (1.0, 1.8)
"""Strokes and gaps of a dotted line."""
_CAP_HALF = 0.33
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}
_HATCH_STEP = 6.0


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
        self._stroke(_polyline(points), color, width, dash)

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
        self._add(_Shape(_closed(points), self._flip, fill, edge, edge_width))

    def area(
        self, xs: Sequence[float], tops: Sequence[float], bottoms: Sequence[float], fill: str
    ) -> None:
        """The area between two lines over the same x positions."""
        there = list(zip(xs, tops, strict=True))
        back = list(zip(reversed(xs), reversed(bottoms), strict=True))
        self.polygon([*there, *back], fill)

    def hatched(self, x: float, y: float, width: float, height: float, color: str = "ctx") -> None:
        """A rectangle of diagonal strokes: something that was not measured."""
        self.segments(_diagonals(x, y, width, height), color, 0.75)

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
        if centers:
            dots = [_circle(x, y, radius) for x, y in centers]
            path = Path.make_compound_path(*dots)
            self._add(_Shape(path, self._flip, fill, edge, edge_width))

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
        self._add(_Words(text, place, font, theme.color(color), anchor, 90.0 if rotated else 0.0))

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
        return _trimmed(out.getvalue()).encode()

    def _stroke(
        self,
        path: Path,
        color: str,
        width: float,
        dash: Sequence[float],
        *,
        round_ends: bool = False,
    ) -> None:
        self._add(_Shape(path, self._flip, None, color, width, dash, round_ends=round_ends))

    def _add(self, artist: Artist) -> None:
        self._figure.add_artist(artist)


class _Shape(Artist):
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


class _Words(Artist):
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


_UNCHANGED = Affine2D()


def _rgb(name: str) -> tuple[float, float, float]:
    code = theme.color(name)
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _polyline(points: Sequence[Point]) -> Path:
    return Path(np.asarray(points, dtype=float))


def _closed(points: Sequence[Point]) -> Path:
    codes = [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
    return Path([*points, points[0]], codes)


def _circle(x: float, y: float, radius: float) -> Path:
    unit = Path.unit_circle()
    return Path(unit.vertices * radius + (x, y), unit.codes)


def _diagonals(x: float, y: float, width: float, height: float) -> list[Segment]:
    """Strokes at 45 degrees that fill a rectangle, cut at its edges."""
    found: list[Segment] = []
    count = int((width + height) / _HATCH_STEP)
    for at in range(1, count + 1):
        reach = at * _HATCH_STEP
        left, right = max(0.0, reach - height), min(reach, width)
        if right - left > 0.5:
            found.append((x + left, y + reach - left, x + right, y + reach - right))
    return found


# --- trimming ----------------------------------------------------------------------------------

_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.S)
_STYLE = re.compile(r"<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_GROUP_ID = re.compile(r'<g id="[^"]*">')
_UNTURNED = re.compile(r' transform="rotate\(-?0 [^"]*\)"')
_PLACES = re.compile(r' (d|x|y|transform|points)="([^"]*)"')
_LONG = re.compile(r"-?\d+\.\d{3,}")
_SPACE = re.compile(r">\s+<")


def _trimmed(svg: str) -> str:
    """Drop what no reader sees: prologue, style sheet, names of groups, the third decimal."""
    svg = _PROLOGUE.sub("", svg, count=1)
    svg = _STYLE.sub("", svg)
    svg = svg.replace("<svg ", '<svg stroke-linejoin="round" ', 1)
    svg = _GROUP_ID.sub("<g>", svg)
    svg = _UNTURNED.sub("", svg)
    svg = _PLACES.sub(_rounded, svg)
    return _SPACE.sub("><", svg).strip()


def _rounded(found: re.Match[str]) -> str:
    body = _LONG.sub(lambda number: _short(number[0]), found[2])
    return f' {found[1]}="{" ".join(body.split())}"'


def _short(number: str) -> str:
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
