"""Whose figure a typed number must be, where its sentence leaves no choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from board_report.story.page_numbers import Known
from board_report.story.prose_numbers import Number

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec

FEWEST_WORDS = 3
"""Words of a title that must all occur; with fewer, sentences about other things would match."""
_STEM = 5
_EMPTY = frozenset(
    ("and", "are", "for", "from", "has", "have", "not", "the", "was", "were", "with")
)


_PAST = re.compile(
    r"\b(?:ago|last|previous(?:ly)?|prior|before|earlier|since|then|from|against|compared|than|once|"
    r"years?|quarters?|twelve months|Q[1-4]|20\d\d|spring|summer|autumn|fall|winter|after)\b",
    re.IGNORECASE,
)


def speaks_of_the_past(sentence: str) -> bool:
    """Whether a sentence sets today beside an earlier time, or names one."""
    return bool(_PAST.search(sentence))


def owner_of(
    sentence: str,
    number: Number,
    others: Sequence[Number],
    specs: Iterable[MetricSpec],
    known: Iterable[Known],
    parts: Iterable[str],
) -> str:
    """The metric that the sentence is about; empty where that cannot be told.

    It is told where the sentence has this one number, holds every word of one metric's title
    ("crown-jewel flaws were patched in time" for "Crown jewels patched in time") and of no other,
    in any order and form, and the number is of that metric's kind. A sentence that names a part of
    the company, a severity or a tier may well give that part's figure.

    Args:
        sentence: its words.
        number: the typed number.
        others: every typed number of the sentence, with this one.
        specs: the metrics of the page.
        known: the figures of the page.
        parts: names of the slices that figures are split by.
    """
    if len(others) > 1:
        return ""
    said = _stems(sentence)
    kinds = {each.metric_id for each in known if each.kind is number.kind and each.metric_id}
    words = {spec.id: _stems(spec.title) for spec in specs}
    named = {
        name
        for name, stems in words.items()
        if name in kinds and len(stems) >= FEWEST_WORDS and stems <= said
    }
    fullest = {one for one in named if not any(words[one] < words[other] for other in named)}
    if len(fullest) != 1:
        return ""
    name = fullest.pop()
    beside = said - words[name]
    return "" if any(_stems(part) <= beside for part in parts if _stems(part)) else name


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words, of three letters and more, without those that say nothing."""
    words = re.findall(r"[a-z]{3,}", text.lower())
    return frozenset(word[:_STEM].rstrip("s") for word in words if word not in _EMPTY)
