"""What two sequences have in common in the same order, found in near-linear time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

Pair = tuple[int, int]


def in_order(
    old: Sequence[str], new: Sequence[str], weight: Callable[[str], int] = lambda _: 1
) -> list[Pair]:
    """Positions of equal items that keep their order, the heavier ones first.

    The first occurrence of an item is held against the first, the second against the second: so
    every round looks at each item once. Between what was found the search begins anew.

    Args:
        old: the items as they were.
        new: the items as they are.
        weight: what it is worth to keep an item in its place.

    Returns:
        (position in ``old``, position in ``new``), both rising.
    """
    found: list[Pair] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i, i_end, j, j_end = waiting.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        kept = heaviest_rising(
            (a, b, weight(old[a])) for a, b in _by_occurrence(old, new, (i, i_end), (j, j_end))
        )
        found += kept
        if kept:
            edges = [(i - 1, j - 1), *kept, (i_end, j_end)]
            for (a, b), (a_next, b_next) in pairwise(edges):
                if a_next - a > 1 and b_next - b > 1:
                    waiting.append((a + 1, a_next, b + 1, b_next))
    return sorted(found)


def _by_occurrence(
    old: Sequence[str], new: Sequence[str], of_old: Pair, of_new: Pair
) -> Iterable[Pair]:
    """Equal items of two stretches: the first with the first, the second with the second."""
    seen: Counter[str] = Counter()
    places: dict[tuple[str, int], int] = {}
    for at in range(*of_new):
        places[new[at], seen[new[at]]] = at
        seen[new[at]] += 1
    seen.clear()
    for at in range(*of_old):
        place = places.get((old[at], seen[old[at]]))
        seen[old[at]] += 1
        if place is not None:
            yield at, place


def heaviest_rising(pairs: Iterable[tuple[int, int, int]]) -> list[Pair]:
    """Of pairs with weights those that rise on both sides and weigh most together.

    Args:
        pairs: (first, second, weight) by rising first; each second occurs once.
    """
    given = list(pairs)
    ranks = {second: rank for rank, second in enumerate(sorted(each[1] for each in given), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(given) + 1)
    before: list[int] = []
    for at, (_, second, weight) in enumerate(given):
        rank = ranks[second]
        heaviest, last = _up_to(best, rank - 1)
        before.append(last)
        _raise(best, rank, (heaviest + weight, at))
    _, at = _up_to(best, len(given))
    kept: list[Pair] = []
    while at >= 0:
        kept.append(given[at][:2])
        at = before[at]
    return kept[::-1]


def _up_to(best: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    """The heaviest chain that ends at a rank or below (a Fenwick tree)."""
    found = (0, -1)
    while rank > 0:
        if best[rank][0] > found[0]:
            found = best[rank]
        rank -= rank & -rank
    return found


def _raise(best: list[tuple[int, int]], rank: int, chain: tuple[int, int]) -> None:
    while rank < len(best):
        if chain[0] > best[rank][0]:
            best[rank] = chain
        rank += rank & -rank
