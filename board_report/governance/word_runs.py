"""Words with what became of them: kept, struck out, put in, or moved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What became of a run of words."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    MOVED_FROM = "moved_from"
    MOVED_TO = "moved_to"


OLD = frozenset((Mark.EQUAL, Mark.DELETE, Mark.MOVED_FROM))
"""The marks of which the old text is made."""
NEW = frozenset((Mark.EQUAL, Mark.INSERT, Mark.MOVED_TO))
"""The marks of which the new text is made."""


@dataclass(frozen=True)
class Run:
    """Words with one mark, and the blanks among and after them."""

    mark: Mark
    text: str
    move: int = 0
    """The number of the move that they belong to, from 1; 0 for none. Words that were struck out
    of a passage that moved, or put into it, have its number too."""

    @property
    def is_change(self) -> bool:
        """Whether a reader would see a difference; blanks alone are none."""
        return self.mark is not Mark.EQUAL and not self.text.isspace()
