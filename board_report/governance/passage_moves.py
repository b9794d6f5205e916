"""Passages that were struck out of one sentence and put word for word into another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board_report.governance.sentence_pairs import MOVED_WORDS
from board_report.governance.word_runs import Mark, Run
from board_report.governance.word_tokens import Token, joined, tokens_of, words_in

_MOST_PLACES = 8
"""A run of words that was struck out more often than this is a phrase of the house and no move."""
_Cut = tuple[int, int, int]
"""First token, the one after the last, number of the move."""


@dataclass(frozen=True)
class _Piece:
    """A run that was struck out or put in, cut into words."""

    place: str
    at: int
    tokens: tuple[Token, ...]


def follow_passages(runs: Mapping[str, tuple[Run, ...]]) -> dict[str, tuple[Run, ...]]:
    """Mark as moved what was struck out at one place and put in at another.

    Args:
        runs: the changes by place.

    Returns:
        The same text with more of it marked as moved.
    """
    moves = max((each.move for some in runs.values() for each in some), default=0)
    gone, come = _pieces(runs, Mark.DELETE), _pieces(runs, Mark.INSERT)
    cuts_gone: defaultdict[int, list[_Cut]] = defaultdict(list)
    cuts_come: defaultdict[int, list[_Cut]] = defaultdict(list)
    index = _index(gone)
    for number, piece in enumerate(come):
        at = 0
        while at + MOVED_WORDS <= len(piece.tokens):
            found = _longest(piece.tokens, at, gone, index, cuts_gone)
            if not found:
                at += 1
                continue
            other, start, size = found
            moves += 1
            cuts_gone[other].append((start, start + size, moves))
            cuts_come[number].append((at, at + size, moves))
            at += size
    if not cuts_come:
        return dict(runs)
    changed = {
        (piece.place, piece.at): _cut(piece, sorted(cuts[number]), marks)
        for pieces, cuts, marks in (
            (gone, cuts_gone, (Mark.DELETE, Mark.MOVED_FROM)),
            (come, cuts_come, (Mark.INSERT, Mark.MOVED_TO)),
        )
        for number, piece in enumerate(pieces)
    }
    return {
        place: tuple(
            new for at, run in enumerate(some) for new in changed.get((place, at), [run])
        )
        for place, some in runs.items()
    }  # fmt: skip


def _pieces(runs: Mapping[str, tuple[Run, ...]], mark: Mark) -> list[_Piece]:
    return [
        _Piece(place, at, tokens_of(run.text))
        for place, some in runs.items()
        for at, run in enumerate(some)
        if run.mark is mark and not run.move
    ]


def _words(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    return tuple(each.text for each in tokens[at : at + MOVED_WORDS])


def phrases_of(tokens: Sequence[Token]) -> set[tuple[str, ...]]:
    """Every run of a few words: what two texts have to share before a passage can be the same."""
    return {_words(tokens, at) for at in range(len(tokens) - MOVED_WORDS + 1)}


def _index(pieces: Sequence[_Piece]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Where each run of a few words was struck out: (piece, token)."""
    found: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for at in range(len(piece.tokens) - MOVED_WORDS + 1):
            found[_words(piece.tokens, at)].append((number, at))
    return found


def _longest(
    tokens: Sequence[Token],
    at: int,
    pieces: Sequence[_Piece],
    index: Mapping[tuple[str, ...], list[tuple[int, int]]],
    cuts: Mapping[int, list[_Cut]],
) -> tuple[int, int, int] | None:
    """(piece, token, size) of the longest passage struck out that is put in here; None if none."""
    places = index.get(_words(tokens, at), []) if tokens[at].is_word else []
    best: tuple[int, int, int] | None = None
    for number, start in places if len(places) <= _MOST_PLACES else ():
        gone = pieces[number].tokens
        taken = [cut for cut in cuts.get(number, ()) if cut[1] > start]
        room = min([len(gone), *(cut[0] for cut in taken)]) - start
        size = 0
        while (
            size < room
            and at + size < len(tokens)
            and gone[start + size].text == tokens[at + size].text
        ):
            size += 1
        is_enough = size > 0 and words_in(tokens[at : at + size]) >= MOVED_WORDS
        if is_enough and (best is None or size > best[2]):
            best = number, start, size
    return best


def _cut(piece: _Piece, cuts: Sequence[_Cut], marks: tuple[Mark, Mark]) -> list[Run]:
    """A run with the passages that moved cut out of it."""
    rest, moved = marks
    found: list[Run] = []
    done = 0
    for start, end, move in cuts:
        found.append(Run(rest, joined(piece.tokens[done:start])))
        found.append(Run(moved, joined(piece.tokens[start:end]), move))
        done = end
    found.append(Run(rest, joined(piece.tokens[done:])))
    return [each for each in found if each.text]
