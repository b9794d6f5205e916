"""The leaders' words as a page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.page import Action, Voices

if TYPE_CHECKING:
    from board_report.story.commentary import Commentary
    from board_report.story.facts import BoardFacts


def voices_of(commentary: Commentary, given: Voices, facts: BoardFacts) -> Voices:
    """What the leaders wrote for a page; what they left open is as the page gives it."""
    return Voices(
        facts=commentary.facts or given.facts,
        means=commentary.means or given.means,
        does=tuple(
            Action(
                each.text,
                facts.surname(each.role),
                formats.day(each.by) if each.by else "",
                each.marked,
            )
            for each in commentary.does
        )
        or given.does,
        recommends=commentary.recommends or given.recommends,
        needs=commentary.needs or given.needs,
    )
