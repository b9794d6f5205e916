"""Measure words in the fonts that print them, to know whether they fit before they are set."""

from __future__ import annotations

from functools import cache

from board_report.resources import templates_folder

FACES = {
    "sans": "BoardSans-Regular.ttf",
    "sans-semibold": "BoardSans-SemiBold.ttf",
    "serif-italic": "BoardSerif-Italic.ttf",
    "serif-semibold": "BoardSerif-SemiBold.ttf",
    "display": "BoardSerifDisplay-SemiBold.ttf",
}


@cache
def _advances(face: str) -> tuple[dict[int, int], int, int]:
    """Advance by code point, the advance of a missing sign, and units per em."""
    from fontTools.ttLib import TTFont

    with TTFont(templates_folder() / "fonts" / FACES[face]) as font:
        metrics, names = font["hmtx"].metrics, font.getBestCmap()
        advances = {code: metrics[name][0] for code, name in names.items()}
        return advances, metrics[".notdef"][0], font["head"].unitsPerEm


def text_width(text: str, size: float, face: str = "sans") -> float:
    """Width in points of one line of text, kerning apart."""
    advances, missing, em = _advances(face)
    return sum(advances.get(ord(sign), missing) for sign in text) * size / em


def lines_needed(text: str, width: float, size: float, face: str = "sans") -> int:
    """Lines that a paragraph takes when words are set greedily; a word too wide breaks."""
    lines, used = 1, 0.0
    space = text_width(" ", size, face)
    for word in text.split(" "):
        wide = text_width(word, size, face)
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        used += (space if used else 0.0) + wide
        while used > width:
            lines, used = lines + 1, used - width
    return lines
