"""Cut a text into words, marks and sentences so that nothing is lost: joined they are the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A word keeps its currency, its percent sign and what joins it: "$4.6", "third-party", "10-K".
_TOKEN = re.compile(r"([$€£¥]?\w+(?:[-‑'’.,/&]\w+)*%?|[^\w\s])(\s*)|(\s+)")
_ENDS = frozenset(".!?")
_CLOSES = frozenset("”’\"')]")
_ABBREVIATED = re.compile(
    r"[A-Z]|Inc|Corp|Co|Ltd|LLC|Mr|Ms|Mrs|Dr|Jr|Sr|Nos?|Sec|Art|St|vs|approx|e\.g|i\.e|U\.S|U\.K"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark, with the blanks that follow it."""

    text: str
    space: str = ""

    @property
    def is_word(self) -> bool:
        """Whether it is more than a mark."""
        return len(self.text) > 1 or self.text.isalnum()


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and marks of a text; blanks at its start are a token without words."""
    return tuple(
        Token(found[1] or "", found[2] or found[3] or "") for found in _TOKEN.finditer(text)
    )


def joined(tokens: Sequence[Token]) -> str:
    """The text that the tokens were cut from."""
    return "".join([each.text + each.space for each in tokens])


def words_in(tokens: Sequence[Token]) -> int:
    """How many of them are words."""
    return sum(each.is_word for each in tokens)


def sentences_of(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The tokens by sentence; a new line ends a sentence, a full stop only where one can end."""
    found: list[tuple[Token, ...]] = []
    start = 0
    for at in range(len(tokens)):
        if _ends_here(tokens, at):
            found.append(tuple(tokens[start : at + 1]))
            start = at + 1
    if start < len(tokens):
        found.append(tuple(tokens[start:]))
    return found


def _ends_here(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends after a token that blanks follow."""
    token = tokens[at]
    if "\n" in token.space:
        return True
    if not token.space or at + 1 == len(tokens):
        return False
    last = at
    while last > 0 and tokens[last].text in _CLOSES and not tokens[last - 1].space:
        last -= 1
    if tokens[last].text not in _ENDS:
        return False
    before = tokens[last - 1].text if last else ""
    return not _ABBREVIATED.fullmatch(before) and not tokens[at + 1].text[:1].islower()
