"""What a director would object to in a deck, by rule."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.model import Finding
from board_report.story.facts import BoardFacts
from board_report.story.page import Page


def lint_findings(pages: Sequence[Page], facts: BoardFacts) -> tuple[Finding, ...]:
    """Warnings about density, jargon, vanity measures, fear words and a missing ask."""
    del pages, facts
    return ()
