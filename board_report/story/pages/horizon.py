"""Not written yet."""

from __future__ import annotations

from board_report.story.facts import BoardFacts
from board_report.story.page import Page


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """No page yet."""
    del facts
    return ()
