"""Whether two names are alike enough for one to be proposed for the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

ALIKE = 0.75
"""Least share of letters alike (:class:`difflib.SequenceMatcher`) without a word in common."""

MOST_NAMED = 12
"""Headers that a message names where none is alike."""

_LITTLE = frozenset(
    (
        *("a", "an", "and", "at", "by", "date", "datetime", "for", "id", "in", "is", "no", "of"),
        *("on", "s", "the", "time", "to", "type", "u", "was"),
    )
)
"""Words that say nothing of what a column holds."""
_NOT = frozenset(("kein", "keine", "nicht", "no", "non", "none", "not", "un", "without"))
_LETTERS = 100


def most_alike(name: str, others: Sequence[str]) -> str:
    """The one that is really like the name, the most alike of several; empty where none is.

    Alike are names of which one has all words of the other, little ones aside, and names whose
    letters are. One word of several in common (``materiality_state`` and ``incident_state``), or
    single letters, make none: what is proposed is pasted.
    """
    likeness = _likeness_to(name)
    best = max(others, key=likeness, default="")
    return best if best and likeness(best) >= ALIKE else ""


def _likeness_to(name: str) -> Callable[[str], float]:
    own_all = _all_words(name)
    own = [each for each in own_all if each not in _LITTLE]

    def likeness(other: str) -> float:
        other_all = _all_words(other)
        words = [each for each in other_all if each not in _LITTLE]
        if not own or not words:
            own_letters, letters = " ".join(own_all), " ".join(other_all)
        else:
            own_letters, letters = " ".join(own), " ".join(words)
        ratio = SequenceMatcher(None, own_letters, letters).ratio()
        if bool(_NOT & set(own_all)) != bool(_NOT & set(other_all)):
            return 0.0
        shares = bool(own and words) and (set(own) <= set(words) or set(words) <= set(own))
        return ratio + shares

    return likeness


def _all_words(name: str) -> list[str]:
    """Small words; ``detectedAt`` is two."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:_LETTERS])
    return re.findall(r"[^\W_]+", apart.casefold())


def named(headers: Sequence[str]) -> str:
    """What headers there are, in words."""
    shown = ", ".join(f'"{each}"' for each in headers[:MOST_NAMED])
    rest = len(headers) - MOST_NAMED
    return f"{shown} and {rest:,} more" if rest > 0 else shown or "none"
