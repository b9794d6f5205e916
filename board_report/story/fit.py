"""Whether the leaders' words fit the column that a page keeps for them.

A renderer sets what does not fit over what comes below, without a word; so it is measured before.
The distances are those of the style sheet ``templates/css/deck.css``.
"""

from __future__ import annotations

from board_report.errors import CommentaryError
from board_report.story.page import Voices
from board_report.typeset import lines_needed

_HEAD = 14.0
_RULE = 6.4
_AFTER = 12.0
_ASK_PADDING = 20.0
"""Left and right of the tinted box."""
SLACK = 2.0


def voices_height(voices: Voices, width: float) -> float:
    """Height in points of the three voices, one under the other, in a column of that width."""
    return _means(voices, width) + _does(voices, width) + _needs(voices, width)


def _means(voices: Voices, width: float) -> float:
    if not voices.means:
        return 0.0
    texts = sum(
        _HEAD + 3 + 18 * lines_needed(each.text, width, 13, "serif-italic") for each in voices.means
    )
    return _RULE + texts + 7 * (len(voices.means) - 1) + _AFTER


def _does(voices: Voices, width: float) -> float:
    if not voices.does:
        return 0.0
    texts = sum(16 * lines_needed(each.text, width, 12) + 14 for each in voices.does)
    return _RULE + _HEAD + 4 + texts + 7 * (len(voices.does) - 1) + _AFTER


def _needs(voices: Voices, width: float) -> float:
    if voices.needs is None:
        return 0.0
    inner = width - _ASK_PADDING
    detail = voices.needs.detail
    under = 14 * lines_needed(detail, inner, 11) if detail else 0.0
    asked = 16 * lines_needed(voices.needs.text, inner, 12, "sans-semibold")
    return 2.4 + 6 + _HEAD + 2 + asked + under + 9


def check_room(voices: Voices, room: tuple[float, float], *, where: str) -> None:
    """Refuse words that would run out of their column.

    Raises:
        CommentaryError: they need more height than the page has; the message says how much.
    """
    width, height = room
    needed = voices_height(voices, width)
    if needed <= height + SLACK:
        return
    words = sum(
        len(text.split())
        for text in (
            *(each.text for each in voices.means),
            *(each.text for each in voices.does),
            voices.needs.text if voices.needs else "",
        )
    )
    too_many = max(round(words * (1 - height / needed)), 1)
    raise CommentaryError(
        f"the commentary needs {needed:.0f} points of height and the page has {height:.0f}.",
        where=where,
        mend=f"Shorten it by about {too_many} of its {words} words, or take out an action.",
    )
