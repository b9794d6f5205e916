"""Which sentence of the new text each old one became: kept, edited in place, or moved."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from board_report.governance.sequence_match import Pair, heaviest_rising, in_order
from board_report.governance.word_tokens import Token, joined, sentences_of, tokens_of, words_in

EDITED = 0.4
"""Share of common words from which a sentence is an old one edited in its place."""
EDITED_PART = 0.6
"""Share of the shorter one's words from which it is that too: a sentence that grew or shrank."""
_FEWEST_SHARED = 3
"""Common words that such a sentence needs at least."""
MOVED = 0.7
"""Share of common words from which it is an old one that moved from another place."""
MOVED_WORDS = 6
"""Words of a sentence or passage that is followed to another place."""
MOVED_WHOLE_WORDS = 3
"""Words of a sentence that is followed to another place when it moved word for word."""
_COMMON = 40
"""A word of more sentences than this says nothing about which two belong together."""
_TRIED = 4
"""Old sentences that a new one is held against: those with most uncommon words of its own."""


@dataclass(frozen=True)
class Sentence:
    """A sentence where it stands."""

    place: str
    """Key of the text that it stands in."""
    at: int
    """Its number in that text."""
    tokens: tuple[Token, ...]

    @cached_property
    def said(self) -> str:
        """Its words without the blanks that follow."""
        return joined(self.tokens).rstrip()

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return words_in(self.tokens)

    @cached_property
    def telling(self) -> Counter[str]:
        """Its words in lower case; the short ones only where it has no others."""
        every = [each.text.casefold() for each in self.tokens if each.is_word]
        return Counter([each for each in every if len(each) > 3 or each[0].isdigit()] or every)


@dataclass
class Pairing:
    """What became of the sentences; whoever is not named was struck out or put in."""

    old: Mapping[str, Sequence[Sentence]]
    new: Mapping[str, Sequence[Sentence]]
    in_place: dict[str, list[Pair]] = field(default_factory=dict)
    """By text: number of the old sentence and of the new one, both rising."""
    moved: list[tuple[Sentence, Sentence]] = field(default_factory=list)

    def numbered(self) -> Iterator[tuple[int, Sentence, Sentence]]:
        """The moves by number; neighbours that moved together are one move."""
        number, last = 0, ("", -1, "", -1)
        for before, after in sorted(self.moved, key=lambda each: (each[0].place, each[0].at)):
            follows = (before.place, before.at - 1, after.place, after.at - 1)
            number += follows != last
            last = (before.place, before.at, after.place, after.at)
            yield number, before, after


def sentences_by_place(texts: Mapping[str, str]) -> dict[str, list[Sentence]]:
    """The sentences of each text."""
    return {
        place: [
            Sentence(place, at, tokens)
            for at, tokens in enumerate(sentences_of(tokens_of(text)))
        ]
        for place, text in texts.items()
    }  # fmt: skip


def pair_sentences(old: Mapping[str, str], new: Mapping[str, str]) -> Pairing:
    """Follow every sentence from the old texts to the new ones.

    Args:
        old: the texts as they were, by place.
        new: the texts as they are; with the same places.
    """
    pairing = Pairing(sentences_by_place(old), sentences_by_place(new))
    for place in old:
        before, after = pairing.old[place], pairing.new[place]
        weights = {each.said: each.words + 1 for each in before}
        pairing.in_place[place] = in_order(
            [each.said for each in before], [each.said for each in after], weights.__getitem__
        )
    gone, come = _left(pairing)
    gone, come = _moved_whole(pairing, gone, come)
    _alike(pairing, gone, come)
    return pairing


def _left(pairing: Pairing) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences that have not found one another, in the order of the text."""
    gone, come = [], []
    for place, pairs in pairing.in_place.items():
        kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
        gone += [each for each in pairing.old[place] if each.at not in kept_old]
        come += [each for each in pairing.new[place] if each.at not in kept_new]
    return gone, come


def _moved_whole(
    pairing: Pairing, gone: Sequence[Sentence], come: Sequence[Sentence]
) -> tuple[list[Sentence], list[Sentence]]:
    """Follow sentences that stand elsewhere word for word; the rest is returned."""
    places: defaultdict[str, list[Sentence]] = defaultdict(list)
    for each in reversed(come):
        if each.words >= MOVED_WHOLE_WORDS:
            places[each.said].append(each)
    found = set()
    for each in gone:
        if places.get(each.said):
            other = places[each.said].pop()
            pairing.moved.append((each, other))
            found |= {id(each), id(other)}
    return (
        [each for each in gone if id(each) not in found],
        [each for each in come if id(each) not in found],
    )


def _alike(pairing: Pairing, gone: Sequence[Sentence], come: Sequence[Sentence]) -> None:
    """Pair the sentences that say nearly the same, the likest first; each once."""
    slots = _slots(pairing, gone, come)
    taken: set[int] = set()
    here: defaultdict[tuple[str, int], list[Pair]] = defaultdict(list)
    for _, is_elsewhere, old_at, new_at in _scored(gone, come, slots):
        before, after = gone[old_at], come[new_at]
        if id(before) in taken or id(after) in taken:
            continue
        taken |= {id(before), id(after)}
        if is_elsewhere:
            pairing.moved.append((before, after))
        else:
            here[slots[id(before)]].append((before.at, after.at))
    for (place, _), pairs in here.items():
        _settle(pairing, place, sorted(pairs))


def _settle(pairing: Pairing, place: str, pairs: Sequence[Pair]) -> None:
    """Of pairs between the same neighbours: those in order are edits, the others moves."""
    old, new = pairing.old[place], pairing.new[place]
    kept = heaviest_rising((i, j, old[i].words + new[j].words + 1) for i, j in pairs)
    pairing.in_place[place] = sorted({*pairing.in_place[place], *kept})
    for i, j in pairs:
        if (i, j) not in kept and _is_followed(old[i], new[j], likeness(old[i], new[j])):
            pairing.moved.append((old[i], new[j]))


def _slots(
    pairing: Pairing, gone: Sequence[Sentence], come: Sequence[Sentence]
) -> dict[int, tuple[str, int]]:
    """Between which kept sentences of its text a sentence stands, by its identity."""
    found = {}
    for side, sentences in ((0, gone), (1, come)):
        kept = {place: [pair[side] for pair in pairs] for place, pairs in pairing.in_place.items()}
        for each in sentences:
            found[id(each)] = (each.place, bisect(kept[each.place], each.at))
    return found


def _scored(
    gone: Sequence[Sentence], come: Sequence[Sentence], slots: Mapping[int, tuple[str, int]]
) -> list[tuple[float, bool, int, int]]:
    """(likeness with a minus, stands elsewhere, old, new) of pairs that may belong together."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(gone):
        for word in each.telling:
            postings[word].append(at)
    scored = []
    for new_at, after in enumerate(come):
        shared: Counter[int] = Counter()
        for word in after.telling:
            if len(postings.get(word, ())) <= _COMMON:
                shared.update(postings.get(word, ()))
        for old_at, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:_TRIED]:
            before = gone[old_at]
            share = likeness(before, after)
            is_elsewhere = slots[id(before)] != slots[id(after)]
            if _is_followed(before, after, share) or (not is_elsewhere and _is_edit(before, after)):
                scored.append((-share, is_elsewhere, old_at, new_at))
    return sorted(scored)


def _is_followed(before: Sentence, after: Sentence, share: float) -> bool:
    return share >= MOVED and min(before.words, after.words) >= MOVED_WORDS


def _is_edit(before: Sentence, after: Sentence) -> bool:
    """Whether a sentence between the same neighbours is the old one with other words."""
    shared = (before.telling & after.telling).total()
    part = shared / min(before.telling.total(), after.telling.total())
    grew = shared >= _FEWEST_SHARED and part >= EDITED_PART
    return grew or likeness(before, after) >= EDITED


def likeness(before: Sentence, after: Sentence) -> float:
    """Common telling words over all of both, 0 to 1."""
    size = before.telling.total() + after.telling.total()
    return 2 * (before.telling & after.telling).total() / size if size else 0.0
