"""The words that stand on a page, for the checks and for the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from board_report.story.page import Page, Voices

_KEYS_WITHOUT_WORDS = frozenset(
    {"id", "page", "status", "mark", "marks", "kind", "figure", "sha", "density", "layout", "width"}
)
"""Keys of a page's body whose text steers the template and is not printed."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def voices_texts(voices: Voices) -> Iterator[str]:
    """Everything that the leaders say beside the picture, sentence by sentence."""
    for each in (*voices.facts, *voices.means, *voices.recommends):
        yield each.text
    for action in voices.does:
        yield action.text
    if voices.needs is not None:
        yield voices.needs.text
        yield voices.needs.detail


def page_texts(page: Page) -> tuple[str, ...]:
    """Every text of a page that is set as words; words inside its pictures are not among them."""
    return tuple(
        text
        for text in (
            page.title,
            page.context,
            page.sources,
            *_strings(page.body),
            *voices_texts(page.voices),
        )
        if text
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _KEYS_WITHOUT_WORDS:
                yield from _strings(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _strings(inner)


def count_words(texts: Sequence[str]) -> int:
    """Words of two letters or more; figures and signs are not counted."""
    return sum(len(_WORD.findall(text)) for text in texts)
