"""A text cut into single sentences, each with where it stands; every quote is a piece of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from board_report.governance.disclosure_lint.records import Hit
from board_report.governance.filing_text import FilingText

_END = re.compile(r"[.!?][\"”’')\]]*(\s+)(?=[“\"(\[]?[A-Z0-9$])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Messrs|Inc|Corp|Co|Ltd|No|Nos|St|Jr|Sr|vs|approx|cf|Sec)|"
    r"\b(?:[A-Z]\.)*[A-Z]|\be\.g|\bi\.e|\b[Ii]tem\s+\d+[A-Z]?)\.$"
)


@dataclass(frozen=True)
class Said:
    """One sentence and where it stands."""

    sub_item: str
    source: str
    text: str

    def hit(self, code: str, sentence: str, quote: str = "", *, is_private: bool = False) -> Hit:
        """A rule strikes here; without a quote of its own the whole sentence is quoted."""
        return Hit(code, sentence, self.sub_item, self.source, quote or self.text, is_private)


@dataclass(frozen=True)
class Reading:
    """A text as its sentences, in order."""

    text: FilingText

    @cached_property
    def sentences(self) -> tuple[Said, ...]:
        """Every single sentence."""
        return tuple(
            Said(sub_item, filed.source, each)
            for sub_item, filed in self.text.said()
            for each in split(filed.text)
        )

    @cached_property
    def whole(self) -> tuple[Said, ...]:
        """Every statement, uncut."""
        return tuple(Said(name, filed.source, filed.text) for name, filed in self.text.said())

    def under(self, *prefixes: str) -> tuple[Said, ...]:
        """The sentences of the sub-items whose names begin so."""
        return tuple(each for each in self.sentences if each.sub_item.startswith(prefixes))

    def answered(self, sub_item: str) -> bool:
        """Whether there is a text or a yes or no under the sub-item itself."""
        item = self.text.item(sub_item)
        return item.answer is not None or bool(item.text.strip())

    def matching(self, pattern: re.Pattern[str], *prefixes: str) -> tuple[Said, ...]:
        """The sentences in which a pattern is found, under some sub-items or all."""
        among = self.under(*prefixes) if prefixes else self.sentences
        return tuple(each for each in among if pattern.search(each.text))


def split(text: str) -> Iterator[str]:
    """The sentences of a text, as pieces of it without surrounding blanks."""
    start = 0
    for found in _END.finditer(text):
        piece = text[start : found.start(1)]
        if _ABBREVIATION.search(piece):
            continue
        if piece.strip():
            yield piece.strip()
        start = found.end(1)
    if text[start:].strip():
        yield text[start:].strip()


def first(said: Iterable[Said], fallback: str) -> Said:
    """The first of some sentences; where there is none, an empty one under a sub-item."""
    return next(iter(said), Said(fallback, "", ""))


def moved(said: Said, text: str) -> Said:
    """Another piece of the same statement."""
    return replace(said, text=text)


def any_of(*parts: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern out of several, at word borders, with any white space for a blank."""
    joined = "|".join(part.replace(" ", r"\s+") for part in parts)
    return re.compile(rf"\b(?:{joined})", flags)
