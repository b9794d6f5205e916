"""What a section says now that it did not say when it was signed, figures first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

FIGURE = "figure "
"""How the path of a metric's printed value begins: ``figure mttd``."""
_LONGEST = 60
_WORDS = re.compile(r" / (title|context|voices)\b")


@dataclass(frozen=True)
class Difference:
    """A figure or a sentence that is not what was signed."""

    path: str
    was: str | None
    """None when it was not there."""
    now: str | None
    """None when it is no longer there."""

    @property
    def sentence(self) -> str:
        """``figure mttd: was 19 h, is 20 h``; long texts from where they begin to differ."""
        if self.was is None:
            return f"{self.path}: is new: {_clipped(self.now or '', 0)}"
        if self.now is None:
            return f"{self.path}: was {_clipped(self.was, 0)}, is gone"
        start = _first_difference(self.was, self.now)
        return f"{self.path}: was {_clipped(self.was, start)}, is {_clipped(self.now, start)}"


def differences(was: Mapping[str, str], now: Mapping[str, str]) -> tuple[Difference, ...]:
    """What is not the same: figures first, then titles and the leaders' words, then the rest."""
    paths = [path for path in dict.fromkeys((*now, *was)) if was.get(path) != now.get(path)]
    return tuple(
        Difference(path, was.get(path), now.get(path)) for path in sorted(paths, key=_rank)
    )


def _rank(path: str) -> int:
    if path.startswith(FIGURE):
        return 0
    return 1 if _WORDS.search(path) else 2


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _clipped(text: str, differs_at: int) -> str:
    """The part of a text about the place where it differs, at words, in quotes when clipped."""
    if not text:
        return "empty"
    start = 0
    if differs_at > _LONGEST // 2 and len(text) > _LONGEST:
        start = text.rfind(" ", 0, differs_at - _LONGEST // 4) + 1
    end = len(text) if len(text) - start <= _LONGEST else start + _LONGEST
    return f"{'...' if start else ''}{text[start:end].rstrip()}{'...' if end < len(text) else ''}"
