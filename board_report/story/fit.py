"""Whether the leaders' words fit the column that a page keeps for them.

A renderer sets what does not fit over what comes below, without a word; so it is measured before.
The distances are those of the style sheet ``templates/css/deck.css``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from board_report.errors import CommentaryError
from board_report.story.page import Action, Judgement, Voices
from board_report.typeset import lines_needed

SLACK = 2.0


@dataclass(frozen=True)
class Setting:
    """Distances and sizes of the voices, in points, as the style sheet has them."""

    over: float
    """Rule and padding over a block."""
    under: float
    head: float
    judgement: tuple[float, float]
    """Size and leading of the serif italic."""
    action: tuple[float, float]
    first_action: float
    next_action: float
    is_owner_inline: bool
    foot: float
    """Padding under the ask."""


USUAL = Setting(6.4, 12, 14, (13, 18), (12, 16), 4, 7, False, 9)
DENSE = Setting(5.4, 8, 14, (12, 15.5), (11.5, 14.5), 3, 5, True, 7)
_ASK_PADDING = 20.0
"""Left and right of the tinted box."""
_RULE_PADDING = 10.4
"""Rule at the left of a recommendation, and the room beside it."""


def voices_height(voices: Voices, width: float, setting: Setting = USUAL) -> float:
    """Height in points of the voices, one under the other, in a column of that width."""
    return (
        _facts(voices, width, setting)
        + _means(voices, width, setting)
        + _does(voices, width, setting)
        + _recommends(voices, width, setting)
        + _needs(voices, width, setting)
    )


def _lines(words: Judgement | Action, width: float, size: float, face: str = "sans") -> int:
    """Lines of a text; one with emphasis as if all of it were set bold, which is never less."""
    bold = "serif-semibold" if face == "serif-italic" else "sans-semibold"
    return lines_needed(words.text, width, size, bold if words.marked else face)


def _facts(voices: Voices, width: float, setting: Setting) -> float:
    """One head for the facts that follow one another from the same person."""
    if not voices.facts:
        return 0.0
    size, leading = setting.action
    heads = 1 + sum(each.who != last.who for last, each in pairwise(voices.facts))
    texts = sum(leading * _lines(each, width, size) for each in voices.facts)
    between = 3 * heads + 4 * (len(voices.facts) - heads) + 7 * (heads - 1)
    return setting.over + setting.head * heads + between + texts + setting.under


def _recommends(voices: Voices, width: float, setting: Setting) -> float:
    if not voices.recommends:
        return 0.0
    size, leading = setting.action
    inner = width - _RULE_PADDING
    texts = sum(
        setting.head + 2 + leading * _lines(each, inner, size) for each in voices.recommends
    )
    return texts + 7 * (len(voices.recommends) - 1) + setting.under


def _means(voices: Voices, width: float, setting: Setting) -> float:
    if not voices.means:
        return 0.0
    size, leading = setting.judgement
    texts = sum(
        setting.head + 3 + leading * _lines(each, width, size, "serif-italic")
        for each in voices.means
    )
    return setting.over + texts + 7 * (len(voices.means) - 1) + setting.under


def _does(voices: Voices, width: float, setting: Setting) -> float:
    if not voices.does:
        return 0.0
    texts = sum(_action(each, width, setting) for each in voices.does)
    between = setting.first_action + setting.next_action * (len(voices.does) - 1)
    return setting.over + setting.head + between + texts + setting.under


def _action(action: Action, width: float, setting: Setting) -> float:
    size, leading = setting.action
    if setting.is_owner_inline:
        whole = f"{action.text} {action.owner}, {action.by}".replace(" ", " ")
        return leading * _lines(replace(action, text=whole), width, size)
    return leading * _lines(action, width, size) + 14


def _needs(voices: Voices, width: float, setting: Setting) -> float:
    if voices.needs is None:
        return 0.0
    inner = width - _ASK_PADDING
    detail = voices.needs.detail
    under = 14 * lines_needed(detail, inner, 11) if detail else 0.0
    asked = 16 * lines_needed(voices.needs.text, inner, 12, "sans-semibold")
    return 2.4 + 6 + setting.head + 2 + asked + under + setting.foot


def fitted(voices: Voices, room: tuple[float, float] | None, *, where: str) -> Voices:
    """The same words, set closer where they need it.

    Raises:
        CommentaryError: even set closer they need more height than the page has; the message
            says how many words are too many.
    """
    if room is None:
        if not voices.is_heard:
            return voices
        raise CommentaryError(
            "this page has no column for commentary.",
            where=where,
            mend="Keep its title only, or move the words to a page that has one.",
        )
    width, height = room
    if voices_height(voices, width) <= height + SLACK:
        return voices
    needed = voices_height(voices, width, DENSE)
    if needed <= height + SLACK:
        return replace(voices, is_dense=True)
    words = sum(
        len(text.split())
        for text in (
            *(each.text for each in (*voices.facts, *voices.means, *voices.recommends)),
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
