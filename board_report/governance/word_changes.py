"""What changed between two texts, word by word, with the passages that only moved.

Texts come by place (the sub-item that they answer), so that a sentence which left one place and
stands at another is followed there. No word is lost: without what was put in, what is left is the
old text to the letter, and without what was struck out the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from board_report.governance.passage_moves import follow_passages, phrases_of
from board_report.governance.sentence_pairs import MOVED_WORDS, Pairing, Sentence, pair_sentences
from board_report.governance.word_edits import Edit, word_edits
from board_report.governance.word_runs import NEW, OLD, Mark, Run
from board_report.governance.word_tokens import Token, joined, tokens_of, words_in

_OPEN = frozenset((Mark.DELETE, Mark.INSERT))
_SLOT_WORDS = 150
"""Words up to which sentences that replace others are compared with them word by word."""


def compare_texts(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, tuple[Run, ...]]:
    """The changes of every text.

    Args:
        old: the texts as they were, by place. A new line parts two paragraphs.
        new: the texts as they are.

    Returns:
        By place, those of ``new`` first and in its order: runs of which those marked ``OLD`` are
        together the old text, and those marked ``NEW`` the new one. Moves are numbered in the
        order in which the new texts have them.
    """
    places = list(dict.fromkeys((*new, *old)))
    pairing = pair_sentences(
        {place: old.get(place, "") for place in places},
        {place: new.get(place, "") for place in places},
    )
    moves = _Moves(pairing)
    runs = {place: tuple(_tidied(_mended(_tidied(moves.runs_of(place))))) for place in places}
    return _numbered(follow_passages(runs))


def compare(old: str, new: str) -> tuple[Run, ...]:
    """The changes of one text; see :func:`compare_texts`."""
    return compare_texts({"": old}, {"": new})[""]


class _Moves:
    """The runs of one text after another, with the moves between them by number."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._gone: dict[tuple[str, int], list[Run]] = {}
        self._come: dict[tuple[str, int], list[Run]] = {}
        for number, before, after in pairing.numbered():
            edits = word_edits(before.tokens, after.tokens)
            self._gone[before.place, before.at] = [
                Run(Mark.MOVED_FROM if each.is_kept else Mark.DELETE, joined(each.old), number)
                for each in edits
            ]
            self._come[after.place, after.at] = [
                Run(Mark.MOVED_TO if each.is_kept else Mark.INSERT, joined(each.new), number)
                for each in edits
            ]

    def runs_of(self, place: str) -> Iterator[Run]:
        """What is said at a place, slot by slot between the sentences that kept theirs."""
        old, new = self._pairing.old[place], self._pairing.new[place]
        i = j = 0
        for a, b in (*self._pairing.in_place[place], (len(old), len(new))):
            gone, come = old[i:a], new[j:b]
            i, j = a + 1, b + 1
            if a == len(old):
                yield from self._slot(gone, come)
            elif self._is_parted(gone, come, old[a], new[b]):
                whole = _tokens([*gone, old[a]]), _tokens([*come, new[b]])
                yield from _runs(word_edits(*whole))
            else:
                yield from self._slot(gone, come)
                yield from _runs(word_edits(old[a].tokens, new[b].tokens))

    def _is_parted(
        self, gone: Sequence[Sentence], come: Sequence[Sentence], before: Sentence, after: Sentence
    ) -> bool:
        """Whether a sentence shares a passage with one that stands before the one it became."""
        if before.said == after.said or self._has_moves(gone, come):
            return False
        return bool(
            phrases_of(_tokens(come)) & phrases_of(before.tokens)
            or phrases_of(_tokens(gone)) & phrases_of(after.tokens)
        )

    def _has_moves(self, gone: Sequence[Sentence], come: Sequence[Sentence]) -> bool:
        return any(_key(each) in self._gone for each in gone) or any(
            _key(each) in self._come for each in come
        )

    def _slot(self, gone: Sequence[Sentence], come: Sequence[Sentence]) -> Iterator[Run]:
        """Sentences that replace others, or moved away or here."""
        before, after = _tokens(gone), _tokens(come)
        is_small = max(words_in(before), words_in(after)) <= _SLOT_WORDS
        if gone and come and is_small and not self._has_moves(gone, come):
            yield from _runs(word_edits(before, after))
            return
        for each in gone:
            yield from self._gone.get(_key(each)) or [Run(Mark.DELETE, joined(each.tokens))]
        for each in come:
            yield from self._come.get(_key(each)) or [Run(Mark.INSERT, joined(each.tokens))]


def _tokens(sentences: Iterable[Sentence]) -> tuple[Token, ...]:
    return tuple(token for each in sentences for token in each.tokens)


def _key(sentence: Sentence) -> tuple[str, int]:
    return sentence.place, sentence.at


def _runs(edits: Iterable[Edit]) -> Iterator[Run]:
    for each in edits:
        if each.is_kept:
            yield from _kept(each.old, each.new)
        else:
            yield Run(Mark.DELETE, joined(each.old))
            yield Run(Mark.INSERT, joined(each.new))


def _kept(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Run]:
    """Words that stay, though the blanks after them may be others."""
    for before, after in zip(old, new, strict=True):
        if before.space == after.space:
            yield Run(Mark.EQUAL, after.text + after.space)
        else:
            yield Run(Mark.EQUAL, after.text)
            yield Run(Mark.DELETE, before.space)
            yield Run(Mark.INSERT, after.space)


def _tidied(runs: Iterable[Run]) -> Iterator[Run]:
    """Change by change what was struck out and then what was put in, each as one.

    Words put in end a change: what is struck out after them belongs to the next sentence.
    """
    struck: list[Run] = []
    put_in: list[Run] = []
    stays: list[Run] = []
    for each in runs:
        if each.mark is Mark.DELETE and not each.move:
            yield from _flushed(stays)
            if any(not run.text.isspace() for run in put_in if run.text) and each.text:
                yield from (*_flushed(struck), *_flushed(put_in))
            struck.append(each)
        elif each.mark is Mark.INSERT and not each.move:
            yield from _flushed(stays)
            put_in.append(each)
        elif each.text:
            yield from (*_flushed(struck), *_flushed(put_in))
            if stays and (stays[-1].mark, stays[-1].move) != (each.mark, each.move):
                yield from _flushed(stays)
            stays.append(each)
    yield from (*_flushed(stays), *_flushed(struck), *_flushed(put_in))


def _mended(runs: Iterable[Run]) -> Iterator[Run]:
    """Keep what was struck out and put in again within one change, as where a sentence is parted.

    Sentences are compared one with one; what one of them shares with the next is found here.
    """
    for is_open, some in groupby(runs, key=lambda each: not each.move and each.mark in _OPEN):
        stretch = list(some)
        old = tokens_of("".join(each.text for each in stretch if each.mark is Mark.DELETE))
        new = tokens_of("".join(each.text for each in stretch if each.mark is Mark.INSERT))
        if is_open and phrases_of(old) & phrases_of(new):
            edits = word_edits(old, new)
            if any(each.is_kept and words_in(each.old) >= MOVED_WORDS for each in edits):
                yield from _runs(edits)
                continue
        yield from stretch


def _flushed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs as one, or none where they have no text; the list is empty then."""
    text = "".join(each.text for each in runs)
    whole = (replace(runs[0], text=text),) if text else ()
    runs.clear()
    return whole


def _numbered(runs: Mapping[str, tuple[Run, ...]]) -> dict[str, tuple[Run, ...]]:
    """Moves by the order in which the new texts have them."""
    order = dict.fromkeys(each.move for some in runs.values() for each in some if each.mark in NEW)
    order |= dict.fromkeys(each.move for some in runs.values() for each in some)
    order.pop(0, None)
    numbers = {move: number for number, move in enumerate(order, start=1)} | {0: 0}
    return {
        place: tuple(replace(each, move=numbers[each.move]) for each in some)
        for place, some in runs.items()
    }


__all__ = ["NEW", "OLD", "Mark", "Run", "compare", "compare_texts"]
