"""Make matplotlib's SVG smaller and its bytes the same on every run."""

import re

_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.S)
_STYLE = re.compile(r"<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_GROUP_ID = re.compile(r'<g id="[^"]*">')
_UNTURNED = re.compile(r' transform="rotate\(-?0 [^"]*\)"')
_PLACES = re.compile(r' (d|x|y|transform|points)="([^"]*)"')
_LONG = re.compile(r"-?\d+\.\d{3,}")
_SPACE = re.compile(r">\s+<")


def trimmed(svg: str) -> str:
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
