"""Colours, type and drawing settings of every chart, in one place.

Colours are asked for by name. The names and values are those of ``templates/css/tokens.css``; a
test compares the two. All sizes are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from board_report.resources import templates_folder

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

COLORS: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#FFFFFF",
        "ink": "#15202B",
        "text2": "#46535F",
        "muted": "#5B6772",
        "ctx": "#8593A0",
        "bar": "#AEB9C3",
        "rule": "#BFC8D0",
        "hair": "#E1E6EA",
        "wash": "#F1F4F6",
        "accent": "#0B4F8A",
        "accent-mid": "#6B9AC4",
        "accent-tint": "#DBE7F2",
        "band": "#CBDDED",
        "band-label": "#2F6293",
        "off": "#A31621",
        "near": "#945700",
        "on": "#1A6B54",
        "off-tint": "#DDA7AB",
        "near-tint": "#D8B06C",
        "on-tint": "#A3C9BD",
    }
)
"""Every colour that a chart may use, by the name it has in the style sheets."""

STATUS_COLORS: Mapping[str, str] = MappingProxyType(
    {"off": "off", "near": "near", "on": "on", "later": "ctx", "none": "accent"}
)
"""Colour of a status mark; ``none`` is a figure without a target, ``later`` one not yet due."""

TEXT_SIZE = 11.0
"""The smallest text on a page, and the size of nearly all text in charts."""
SANS = "Board Sans"
SERIF = "Board Serif"
DISPLAY = "Board Serif Display"
_FACES = {
    (SANS, 400): "BoardSans-Regular.ttf",
    (SANS, 600): "BoardSans-SemiBold.ttf",
    (SANS, 700): "BoardSans-Bold.ttf",
    (SERIF, 400): "BoardSerif-Regular.ttf",
    (SERIF, 600): "BoardSerif-SemiBold.ttf",
    (DISPLAY, 600): "BoardSerifDisplay-SemiBold.ttf",
}
_SETTINGS: Mapping[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "board-report",
    "svg.image_inline": True,
    "text.parse_math": False,
    "text.usetex": False,
    "font.family": [SANS],
    "path.simplify": False,
    "figure.dpi": 72.0,
    "savefig.dpi": 72.0,
    "savefig.bbox": None,
    "savefig.transparent": True,
}
_DRAWING = (
    "agg", "axes", "axes3d", "contour", "figure", "font", "grid", "hatch", "image", "lines",
    "markers", "patch", "path", "pcolor", "pcolormesh", "savefig", "scatter", "svg", "text",
    "xaxis", "xtick", "yaxis", "ytick",
)  # fmt: skip
"""The families of matplotlib's settings that bear on a drawing; a chart starts from defaults."""
_WIDTH_UNIT = 1000.0
_is_applied = False


@contextmanager
def applied() -> Iterator[None]:
    """Draw with these settings and no others, whatever the user's own ``matplotlibrc`` says.

    Nested use costs nothing, so that many charts may share one context.
    """
    global _is_applied
    if _is_applied:
        yield
        return
    from matplotlib import rc_context, rcParamsDefault

    _register_faces()
    settings: Any = {
        key: rcParamsDefault[key] for key in rcParamsDefault if key.split(".")[0] in _DRAWING
    }
    settings.update(_SETTINGS)
    with rc_context(settings):
        _is_applied = True
        try:
            yield
        finally:
            _is_applied = False


def color(name: str) -> str:
    """The colour of that name as ``#RRGGBB``.

    Raises:
        KeyError: the theme has no such colour.
    """
    return COLORS[name]


@cache
def font(size: float, weight: int = 400, family: str = SANS) -> FontProperties:
    """A face at a size; one object for each, since making them is slow."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=family, weight=weight, size=size)


def text_width(text: str, size: float = TEXT_SIZE, weight: int = 400, family: str = SANS) -> float:
    """How wide a line of text prints, in points (kerning apart)."""
    advances = _advances(family, weight)
    return sum(advances(letter) for letter in text) * size / _WIDTH_UNIT


def fit(text: str, width: float, size: float = TEXT_SIZE, weight: int = 400) -> str:
    """The text, or as much of it as the width holds with an ellipsis."""
    if text_width(text, size, weight) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept.rstrip()}…", size, weight) > width:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;')}…"


def wrap(
    text: str, width: float, size: float = TEXT_SIZE, weight: int = 400, lines: int = 2
) -> tuple[str, ...]:
    """The text on at most so many lines of that width; the last one is cut with an ellipsis."""
    done: list[str] = []
    rest = text.split()
    while rest and len(done) < lines - 1:
        taken = 1
        while taken < len(rest) and text_width(" ".join(rest[: taken + 1]), size, weight) <= width:
            taken += 1
        done.append(fit(" ".join(rest[:taken]), width, size, weight))
        rest = rest[taken:]
    if rest:
        done.append(fit(" ".join(rest), width, size, weight))
    return tuple(done)


@cache
def _register_faces() -> None:
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for name in _FACES.values():
        path = str(templates_folder() / "fonts" / name)
        if path not in known:
            fontManager.addfont(path)


@cache
def _face(family: str, weight: int) -> FT2Font:
    from matplotlib.ft2font import FT2Font

    face = FT2Font(str(templates_folder() / "fonts" / _FACES[family, weight]))
    face.set_size(_WIDTH_UNIT, 72)
    return face


class _Advances:
    """Widths of the letters of one face, in thousandths of its size, measured once."""

    def __init__(self, face: FT2Font) -> None:
        self._face = face
        self._known: dict[str, float] = {}

    def __call__(self, letter: str) -> float:
        if letter not in self._known:
            from matplotlib.ft2font import LoadFlags

            glyph = self._face.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
            self._known[letter] = glyph.linearHoriAdvance / 65536
        return self._known[letter]


@cache
def _advances(family: str, weight: int) -> _Advances:
    return _Advances(_face(family, weight))
