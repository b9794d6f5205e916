"""The CISO's line upwards, and the line past management to the directors.

Data:
    chain: list of ``{"role": "CISO", "name": "I. Drummond"}`` from the CISO up to the top; an
        empty list draws ``empty``.
    directors: ``{"role": "CHAIR", "name": "J. Amsel"}`` or None: where the dotted line leads.
    beside: who else reports to the role above the CISO, or None; drawn where no directors are.
    line_label: words beside the line from the CISO to the role above, as ``reports to``.
    directors_label: words beside the line to the directors, at most two lines.
    is_conflict: whether the line to the role above is drawn as a conflict (red).
    empty: words when there is no chain.

At most four roles fit a height of 160 points; the roles between are left out, the top is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import DASH, Canvas
from board_report.charts.furniture import LINE

_BOX = (122.0, 23.0)
"""Width and height of a box; those of the chain are wider where their words need it."""
_BETWEEN = 18.0
"""Least space between the chain and the directors."""
_MOST = 4


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the chain on the left, the directors at the top right."""
    canvas = Canvas(width, height)
    chain = _shortened(data["chain"])
    if not chain:
        canvas.text(0, height / 2, data["empty"], color="text2")
        return canvas.svg()
    tops = _tops(len(chain), height)
    wide = _chain_width(chain, width)
    _chain_lines(canvas, data, tops, wide)
    if data["directors"]:
        _directors(canvas, data, tops[0], wide)
    elif data.get("beside"):
        _beside(canvas, data["beside"], tops, wide)
    for at, (person, top) in enumerate(zip(chain, tops, strict=True)):
        _box(canvas, 0, top, person, wide, is_bold=at == 0)
    return canvas.svg()


def _chain_width(chain: Sequence[Mapping[str, str]], width: float) -> float:
    """Width of the chain's boxes: as the longest needs, beside the directors' box."""
    needed = (
        theme.text_width(each["role"], weight=600) + theme.text_width(each["name"]) + 24
        for each in chain
    )
    return min(max(_BOX[0], *needed), max(width - _BOX[0] - _BETWEEN, _BOX[0]))


def _shortened(chain: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return list(chain) if len(chain) <= _MOST else [*chain[: _MOST - 1], chain[-1]]


def _tops(count: int, height: float) -> list[float]:
    """Tops of the boxes, the CISO's (first) at the bottom."""
    step = min((height - _BOX[1] - 1) / max(count - 1, 1), _BOX[1] + 22)
    lowest = min(height - _BOX[1] - 1, (count - 1) * step + 1)
    return [lowest - at * step for at in range(count)]


def _chain_lines(
    canvas: Canvas, data: Mapping[str, Any], tops: Sequence[float], wide: float
) -> None:
    middle = wide / 2
    for at, (lower, upper) in enumerate(pairwise(tops)):
        is_red = at == 0 and data["is_conflict"]
        points = [(middle, lower), (middle, upper + _BOX[1])]
        canvas.line(points, "off" if is_red else "ctx", 2.4 if is_red else 1.2)
        if at == 0:
            between = (lower + upper + _BOX[1]) / 2
            color = "off" if is_red else "text2"
            canvas.text(
                middle + 8, between, data["line_label"], weight=600, color=color, valign="middle"
            )


def _directors(canvas: Canvas, data: Mapping[str, Any], ciso_top: float, wide: float) -> None:
    left = canvas.width - _BOX[0] - 1
    middle, level = left + _BOX[0] / 2, ciso_top + _BOX[1] / 2
    points = [(wide, level), (middle, level), (middle, 1 + _BOX[1])]
    canvas.line(points, "accent", 2.0, DASH)
    lines = theme.wrap(data["directors_label"], middle - wide - 14, weight=600)
    for at, words in enumerate(lines):
        canvas.text(
            middle - 8,
            _BOX[1] + 15 + at * LINE,
            words,
            weight=600,
            color="accent",
            anchor="end",
        )
    _box(canvas, left, 1, data["directors"], _BOX[0], is_bold=False)


def _beside(canvas: Canvas, person: Mapping[str, str], tops: Sequence[float], wide: float) -> None:
    left = canvas.width - _BOX[0] - 1
    middle, level = left + _BOX[0] / 2, tops[1] + _BOX[1] / 2
    canvas.line([(wide, level), (middle, level), (middle, tops[0])], "ctx", 1.2)
    _box(canvas, left, tops[0], person, _BOX[0], is_bold=False)


def _box(
    canvas: Canvas, x: float, y: float, person: Mapping[str, str], width: float, *, is_bold: bool
) -> None:
    height = _BOX[1]
    canvas.rect(
        x + 0.75, y, width - 1.5, height, "paper", edge="ink" if is_bold else "ctx",
        edge_width=1.5 if is_bold else 1.0,
    )  # fmt: skip
    role, name = person["role"], person["name"]
    room = width - 16
    name = theme.fit(name, room - theme.text_width(role, weight=600) - 6)
    canvas.text(x + 8, y + height / 2, role, weight=600, color="ink", valign="middle")
    canvas.text(x + width - 8, y + height / 2, name, color="text2", anchor="end", valign="middle")
