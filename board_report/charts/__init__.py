"""Draw the figures of the deck: finished values in, SVG out.

One module for each kind of chart, named for the kind, with one function ``draw(data, width,
height) -> bytes``. Charts place values; they never count, sum or average.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from board_report.story.page import FigureSpec


@dataclass(frozen=True)
class Drawing:
    """A finished figure."""

    svg: bytes
    width: float
    """Points."""
    height: float
    """Points."""


def draw(spec: FigureSpec) -> Drawing:
    """Draw one figure by the module of its kind.

    Raises:
        ValueError: there is no such kind of chart.
    """
    from board_report.charts import theme

    with theme.applied():
        svg = _module(spec.kind).draw(spec.data, spec.width, spec.height)
    return Drawing(svg, spec.width, spec.height)


def draw_all(figures: Mapping[str, FigureSpec]) -> dict[str, Drawing]:
    """Draw many figures, by name."""
    from board_report.charts import theme

    with theme.applied():
        return {name: draw(spec) for name, spec in figures.items()}


def _module(kind: str) -> Any:
    name = f"{__name__}.{kind}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ValueError(f"there is no kind of chart called {kind!r}") from error
