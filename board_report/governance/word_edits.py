"""The changes of words within a sentence, gathered to read as a person would mark them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from board_report.governance.sequence_match import in_order
from board_report.governance.word_tokens import Token, words_in

_ALIKE = 0.3
"""Share of the shorter side that is kept, below which all but its beginning and end is put anew."""
_EDGE_WORDS = 3
"""Words that a new sentence may begin or end with as the old one does."""
_PASSAGE_WORDS = 5
"""Words in a row that are always worth keeping."""
_FRAGMENT_WORDS = 2
"""Kept words between two changes that are not worth the jump, if the changes are as long."""
_SMALL = 250_000
"""Words of one times words of the other up to which every pair of them may be looked at."""


@dataclass(frozen=True)
class Edit:
    """A stretch that is kept, with the tokens of either side; or old words and their new ones."""

    is_kept: bool
    old: tuple[Token, ...]
    new: tuple[Token, ...]

    @property
    def words(self) -> int:
        """The words of the longer side."""
        return max(words_in(self.old), words_in(self.new))


def word_edits(old: Sequence[Token], new: Sequence[Token]) -> list[Edit]:
    """How the old tokens became the new ones: kept and changed stretches in turn.

    Args:
        old: the tokens of a sentence or a few, as they were.
        new: as they are.

    Returns:
        Stretches whose ``old`` tokens run together are ``old``, and so for ``new``.
    """
    pairs = _common([each.text for each in old], [each.text for each in new])
    edits = _without_fragments(_edits(old, new, pairs))
    size = min(words_in(old), words_in(new))
    kept = sum(each.words for each in edits if each.is_kept)
    return _anew(edits) if size and kept / size < _ALIKE else edits


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    if len(old) * len(new) > _SMALL:
        return in_order(old, new)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(each.a + step, each.b + step) for each in blocks for step in range(each.size)]


def _edits(
    old: Sequence[Token], new: Sequence[Token], pairs: Iterable[tuple[int, int]]
) -> list[Edit]:
    """Stretches by the positions of what both have, which rise on either side."""
    edits: list[Edit] = []
    i = j = 0
    for a, b in (*pairs, (len(old), len(new))):
        if a > i or b > j:
            edits.append(Edit(False, tuple(old[i:a]), tuple(new[j:b])))
        if a < len(old):
            edits.append(Edit(True, (old[a],), (new[b],)))
        i, j = a + 1, b + 1
    return _merged(edits)


def _merged(edits: Iterable[Edit]) -> list[Edit]:
    """Neighbours of one kind as one."""
    found: list[Edit] = []
    for each in edits:
        if found and found[-1].is_kept == each.is_kept:
            last = found.pop()
            each = Edit(each.is_kept, last.old + each.old, last.new + each.new)
        found.append(each)
    return found


def _without_fragments(edits: Iterable[Edit]) -> list[Edit]:
    """Take up kept words between two changes that only make the sentence harder to read."""
    found: list[Edit] = []
    for each in edits:
        while not each.is_kept and len(found) > 1 and _is_fragment(found[-2], found[-1], each):
            kept, before = found.pop(), found.pop()
            each = _merged([before, replace(kept, is_kept=False), each])[0]
        found.append(each)
    return found


def _is_fragment(before: Edit, kept: Edit, after: Edit) -> bool:
    """Whether what is kept is short, and short beside both of its neighbours."""
    words = words_in(kept.old)
    if words == 0:
        # A mark alone; but where nothing was struck out or put in beside it, it parts sentences.
        return all(each.old and each.new for each in (before, after))
    return words <= _FRAGMENT_WORDS and words <= min(before.words, after.words)


def _anew(edits: Sequence[Edit]) -> list[Edit]:
    """One change, but for how the sentence begins and ends and for long passages that stay."""
    last = len(edits) - 1
    return _merged(
        each
        if each.is_kept
        and words_in(each.old) >= (_EDGE_WORDS if at in (0, last) else _PASSAGE_WORDS)
        else replace(each, is_kept=False)
        for at, each in enumerate(edits)
    )
