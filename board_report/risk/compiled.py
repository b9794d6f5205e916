"""Compiled loops with the same bits as the array operations that they stand in for.

Importing this module imports numba and compiles, or reads what an earlier run compiled; only
:mod:`~board_report.risk.drawing` decides that. Each loop does the operations of its counterpart in
``draws``, ``quantities``, ``ranks``, ``correlation`` or ``distribution`` one number at a time.
Nothing is fused or reassociated (``fastmath`` stays off) but sums of whole numbers below 2^53,
which are exact in any order; and no function is called whose last bit depends on who wrote it:
normal quantiles come in as tables, and what needs an exponential stays with numpy.

All arrays are contiguous. Years are places within a block; money is whole cents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from board_report.risk.quantities import FloatArray

Loop = TypeVar("Loop", bound=Callable[..., Any])
Places = NDArray[np.int64]
Words = NDArray[np.uint64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_NONE, _ONE, _16, _23 = (np.uint64(each) for each in (0, 1, 16, 23))
_27, _30, _31, _32 = (np.uint64(each) for each in (27, 30, 31, 32))
_LOW_16, _LOW_32 = np.uint64(0xFFFF), np.uint64(0xFFFFFFFF)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_LAST_CELL, _HALF_32 = 0xFFFF, 1 << 31
_EVENT_STEP = np.uint64(1 << 6)
_DIGIT_BITS = 12
_TILE = 128
"""Years whose scores are correlated at a time: those of fifty risks stay in the cache."""


def _compiled(*signatures: str) -> Callable[[Loop], Loop]:
    """Compile for these types alone, at once, and keep the result on disk for the next run.

    Raises:
        RuntimeError: there is no folder to keep it in.
    """
    return cast(Callable[[Loop], Loop], njit(list(signatures), nogil=True, cache=True))


def _inlined(function: Loop) -> Loop:
    """A part of the loops below, compiled into each.

    Inside a loop over single numbers it takes no arrays: numba would count who holds them at every
    turn, which takes several times as long as what is done there.
    """
    return cast(Loop, njit(function, nogil=True))


# --- which events there are ----------------------------------------------------------------------


@_compiled(
    "int64(uint32[::1], uint32[::1], int64[::1], int64[::1])",
    "int64(int32[::1], int32[::1], int64[::1], int64[::1])",
)
def years_with_events(drawn: Any, levels: Any, years: Places, counts: Places) -> int:
    """Which years have events, and how many.

    Args:
        drawn: a number for each year of the block.
        levels: those from which on a year has one event, two, and so on; ascending, not empty.
        years: filled with the places of the years that have any; as long as ``drawn``.
        counts: filled with their numbers of events; as long as ``drawn``.

    Returns:
        How many years have any.
    """
    found, first = _NONE, levels[0]
    # Written always and counted sometimes: a branch would be mispredicted in one year of five.
    for year in range(len(drawn)):
        years[found] = year
        found += np.uint64(drawn[year] >= first)
    for at in range(int(found)):
        number, count = drawn[years[at]], 1
        while count < len(levels) and number >= levels[count]:
            count += 1
        counts[at] = count
    return int(found)


@_compiled("void(int64, int64[::1], int64[::1], uint64[::1], int64[::1])")
def list_events(first: int, years: Places, counts: Places, places: Words, owners: Places) -> None:
    """Every event by itself, year by year.

    Args:
        first: year of the block.
        years: that have events.
        counts: how many each of them has.
        places: filled with where each event's numbers begin in the scenario's sequence.
        owners: filled with which of ``years`` each event is of.
    """
    found = _NONE
    for at in range(len(years)):
        place = np.uint64(first + years[at]) << _23
        for _ in range(counts[at]):
            places[found], owners[found] = place, at
            place += _EVENT_STEP
            found += _ONE


# --- the numbers drawn of an event ---------------------------------------------------------------


@_inlined
def _output(key: np.uint64, place: np.uint64) -> np.uint64:
    """One output of SplitMix64."""
    mixed = (place + _ONE) * _STEP + key
    mixed = (mixed ^ (mixed >> _30)) * _FIRST
    mixed = (mixed ^ (mixed >> _27)) * _SECOND
    return mixed ^ (mixed >> _31)


@_inlined
def _between(begin: float, end: float, rest: np.int64) -> float:
    """The score so many of 2^16 steps from one edge to the next."""
    return (end - begin) * 2.0**-16 * rest + begin


@_compiled("int64(uint64, uint64[::1], uint64, uint64, int64[::1])")
def events_that_happen(
    key: np.uint64, places: Words, draw: np.uint64, below: np.uint64, some: Places
) -> int:
    """The events of which something is true.

    Args:
        key: of the scenario's sequence of random numbers.
        places: of the events in it.
        draw: which number of an event decides.
        below: it is true where the number is below this, of 2^32.
        some: filled with which events; as long as ``places``.

    Returns:
        How many there are.
    """
    found, output, shift = _NONE, draw >> _ONE, (draw & _ONE) * _32
    for at in range(len(places)):
        some[found] = at
        bits = (_output(key, places[at] | output) >> shift) & _LOW_32
        found += np.uint64(bits < below)
    return int(found)


@_compiled("void(uint64, uint64[::1], uint64, float64[::1], float64[:,::1], float64[::1])")
def scores_of_events(
    key: np.uint64, places: Words, draw: np.uint64, edges: FloatArray, ends: FloatArray, out: Any
) -> None:
    """A normal score of each event.

    Args:
        key, places, draw: as for ``events_that_happen``.
        edges: normal scores at multiples of 2^-16.
        ends: those of every number within the first cell and within the last, ``(2, 65536)``.
        out: filled; as long as ``places``.
    """
    output, shift = draw >> _ONE, (draw & _ONE) * _32
    words = np.empty(len(places), dtype=np.uint64)
    # By itself this loop is done several events at a time; with a table's look-up it would not be.
    for at in range(len(places)):
        words[at] = (_output(key, places[at] | output) >> shift) & _LOW_32
    for at in range(len(places)):
        cell, rest = np.int64(words[at] >> _16), np.int64(words[at] & _LOW_16)
        score = _between(edges[cell], edges[cell + 1], rest)
        if cell == 0:
            score = ends[0, rest]
        elif cell == _LAST_CELL:
            score = ends[1, rest]
        out[at] = score


@_compiled("void(float64[::1], float64[::1], float64, float64, float64, float64)")
def cents_by_table(
    scores: FloatArray,
    table: FloatArray,
    furthest: float,
    nodes_a_score: float,
    cap: float,
    scale: float,
) -> None:
    """Whole cents at normal scores, put in their place.

    Args:
        scores: of events.
        table: values at evenly spaced scores, reporting currency.
        furthest: the score of the table's last value; its first is as far below 0.
        nodes_a_score: values for each unit of the score.
        cap: of a value; infinite for none.
        scale: from the reporting currency to cents, with what controls leave of a loss.
    """
    last = len(table) - 1
    for at in range(len(scores)):
        place = min(max((scores[at] + furthest) * nodes_a_score, 0.0), np.float64(last))
        node = np.int64(place)
        begin = table[np.uint64(node)]
        step = table[min(np.uint64(node) + _ONE, np.uint64(last))] - begin
        value = (place - np.float64(node)) * step + begin
        scores[at] = np.rint(min(value, cap) * scale)


# --- sums ----------------------------------------------------------------------------------------


@_compiled("void(int64[::1], float64[::1], float64[::1])")
def add_up(owners: Places, amounts: FloatArray, totals: FloatArray) -> None:
    """Add each amount to the total of its owner, in the order of the amounts."""
    for at in range(len(owners)):
        totals[np.uint64(owners[at])] += amounts[at]


@_compiled("void(int64[::1], float64[::1], float64, float64, float64, float64[::1])")
def add_layer(
    owners: Places,
    losses: FloatArray,
    retention: float,
    limit: float,
    share: float,
    totals: FloatArray,
) -> None:
    """Add what a policy pays of each event to the total of its owner.

    Args:
        owners: of the events.
        losses: of the events, cents.
        retention, limit: of an event, cents.
        share: of the layer between that is paid, 0 to 1.
        totals: added to, cents.
    """
    for at in range(len(owners)):
        layer = min(max(losses[at] - retention, 0.0), limit)
        totals[np.uint64(owners[at])] += np.rint(layer * share)


@_compiled(
    "UniTuple(float64[::1], 2)(uint64, int64, int64[::1], int64[::1], float64[:,::1],"
    " float64[::1], boolean[::1], uint64, float64[::1], float64[:,::1], float64, float64, float64,"
    " int64, boolean, float64, float64, float64)"
)
def losses_by_tables(
    key: np.uint64,
    first: int,
    years: Places,
    counts: Places,
    tables: FloatArray,
    caps: FloatArray,
    is_secondary: NDArray[np.bool_],
    below: np.uint64,
    edges: FloatArray,
    ends: FloatArray,
    furthest: float,
    nodes_a_score: float,
    scale: float,
    together: int,
    is_paid: bool,
    retention: float,
    limit: float,
    share: float,
) -> tuple[FloatArray, FloatArray]:
    """The losses of years by the loops above, where every part of a loss has a table.

    One call in place of a dozen: threads wait for one another at every return to Python.

    Args:
        key: of the scenario's sequence of random numbers.
        first, years, counts: as for ``list_events``.
        tables, caps: a row and a number for each part, as for ``cents_by_table``.
        is_secondary: of each part, whether it follows only where others react.
        below: they do where an event's second number is below this, of 2^32.
        edges, ends: as for ``scores_of_events``.
        furthest, nodes_a_score, scale: as for ``cents_by_table``.
        together: events that are drawn at a time, about.
        is_paid: whether a policy pays a layer of each event.
        retention, limit, share: as for ``add_layer``.

    Returns:
        What each year loses, and what is paid of it, in cents.
    """
    losses, paid = np.zeros(len(years)), np.zeros(len(years))
    begin = 0
    while begin < len(years):
        end, size = begin + 1, counts[begin]
        while end < len(years) and size + counts[end] <= together:
            size += counts[end]
            end += 1
        places, owners = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.int64)
        list_events(first, years[begin:end], counts[begin:end], places, owners)
        some = np.empty(size, dtype=np.int64)
        reacting = events_that_happen(key, places, _ONE, below, some)
        reacted = np.empty(reacting, dtype=np.uint64)
        for at in range(reacting):
            reacted[at] = places[some[at]]
        totals, amounts = np.zeros(size), np.empty(size)
        for part in range(len(caps)):
            draw = np.uint64(part + 2 if part else 0)
            own = amounts[:reacting] if is_secondary[part] else amounts
            drawn = reacted if is_secondary[part] else places
            scores_of_events(key, drawn, draw, edges, ends, own)
            cents_by_table(own, tables[part], furthest, nodes_a_score, caps[part], scale)
            if is_secondary[part]:
                add_up(some[:reacting], own, totals)
            else:
                for at in range(size):
                    totals[at] += own[at]
        add_up(owners, totals, losses[begin:end])
        if is_paid:
            add_layer(owners, totals, retention, limit, share, paid[begin:end])
        begin = end
    return losses, paid


@_compiled("Tuple((int64, int64[::1], float64[::1]))(float64[::1], int64)")
def histogram(losses: FloatArray, dropped_bits: int) -> tuple[int, Places, FloatArray]:
    """Count and add up the losses above 0 in bins.

    Args:
        losses: cents.
        dropped_bits: of a double, for its bin.

    Returns:
        The lowest bin, and the counts and sums from there to the highest; none without a loss.
    """
    least, most = np.inf, 0.0
    for loss in losses:
        if loss > 0:
            least, most = min(least, loss), max(most, loss)
    if most == 0.0:
        return 0, np.zeros(0, dtype=np.int64), np.zeros(0)
    edges = np.array([least, most]).view(np.int64) >> dropped_bits
    first, size = edges[0], edges[1] - edges[0] + 1
    counts, sums = np.zeros(size, dtype=np.int64), np.zeros(size)
    keys = losses.view(np.int64)
    for at in range(len(losses)):
        if losses[at] > 0:
            bin_ = np.uint64((keys[at] >> dropped_bits) - first)
            counts[bin_] += 1
            sums[bin_] += losses[at]
    return first, counts, sums


@_compiled("Tuple((int32[::1], float32[::1]))(int64[::1], float64[::1], boolean[::1])")
def some_years(
    years: Places, losses: FloatArray, is_kept: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The losses in some years of the block.

    Args:
        years: that have losses.
        losses: of these, cents.
        is_kept: of each year of the block.

    Returns:
        Which years were kept, and the losses in each.
    """
    found = _NONE
    kept, kept_losses = np.empty(len(years), dtype=np.int32), np.empty(len(years), dtype=np.float32)
    for at in range(len(years)):
        kept[found], kept_losses[found] = years[at], losses[at]
        found += np.uint64(is_kept[years[at]])
    # Copies, so that what is handed on does not keep the memory of all years.
    return kept[: int(found)].copy(), kept_losses[: int(found)].copy()


# --- which losses fall into the same year --------------------------------------------------------


@_inlined
def _sort_marked(numbers: Words, spare: Words, least: np.uint64, most: np.uint64) -> None:
    """Sort whole numbers by their digits, the lowest first; only as many as their span has.

    The lowest sixteen bits of each are a mark that is carried along, and are not compared: equal
    numbers keep their order.
    """
    span, bits = most - least, 0
    while span >> np.uint64(bits):
        bits += 1
    passes = (bits + _DIGIT_BITS - 1) // _DIGIT_BITS
    if not passes:
        return
    width = np.uint64((bits + passes - 1) // passes)
    size, last = len(numbers), (_ONE << width) - _ONE
    counts = np.zeros((passes, np.int64(last) + 1), dtype=np.int32)
    for at in range(size):
        rest = (numbers[at] >> _16) - least
        for digit in range(passes):
            counts[digit, rest & last] += 1
            rest = rest >> width
    here, there = numbers, spare
    for digit in range(passes):
        shift, own, begin = np.uint64(digit) * width, counts[digit], 0
        for value in range(len(own)):
            begin, own[value] = begin + own[value], begin
        for at in range(size):
            value = (((here[at] >> _16) - least) >> shift) & last
            there[np.uint64(own[value])] = here[at]
            own[value] += 1
        here, there = there, here
    if passes % 2:
        numbers[:] = spare


@_compiled("boolean(int32[::1], int64[::1], float64[::1], float64[:,::1])")
def put_in_order(scores: Any, years: Places, losses: FloatArray, claims: FloatArray) -> bool:
    """Move losses, and claims with them, so that the year with the highest score has the largest.

    Args:
        scores: of all years of the block, which has at most 2^16.
        years: that have losses.
        losses: of these, whole cents from 0; moved in place.
        claims: the same, ``(rows, years)``.

    Returns:
        False where nothing was moved, because a loss is 2^48 cents or more.
    """
    size = len(years)
    if not size:
        return True
    order, by_size = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.uint64)
    low, high, most, least = _ALL, _NONE, 0.0, np.inf
    for at in range(size):
        score = np.uint64(np.int64(scores[years[at]]) + _HALF_32)
        low, high = min(low, score), max(high, score)
        order[at] = score << _16 | np.uint64(at)
        least, most = min(least, losses[at]), max(most, losses[at])
        by_size[at] = np.uint64(losses[at]) << _16 | np.uint64(at)
    if most >= 2.0**48:
        return False
    spare = np.empty(size, dtype=np.uint64)
    _sort_marked(order, spare, low, high)
    _sort_marked(by_size, spare, np.uint64(least), np.uint64(most))
    for at in range(size):
        losses[order[at] & _LOW_16] = np.float64(by_size[at] >> _16)
    moved = np.empty(size)
    for row in range(len(claims)):
        for at in range(size):
            moved[order[at] & _LOW_16] = claims[row, by_size[at] & _LOW_16]
        claims[row, :] = moved
    return True


@_inlined
def _add_four_by_four(totals: FloatArray, f: FloatArray, scores: FloatArray) -> None:
    """Add four scores' shares to four totals, for each year of a tile.

    Sixteen products for eight numbers that are read: reading is what takes the time.
    """
    one, two, three, four = scores[0], scores[1], scores[2], scores[3]
    t0, t1, t2, t3 = totals[0], totals[1], totals[2], totals[3]
    a0, b0, c0, d0 = f[0, 0], f[0, 1], f[0, 2], f[0, 3]
    a1, b1, c1, d1 = f[1, 0], f[1, 1], f[1, 2], f[1, 3]
    a2, b2, c2, d2 = f[2, 0], f[2, 1], f[2, 2], f[2, 3]
    a3, b3, c3, d3 = f[3, 0], f[3, 1], f[3, 2], f[3, 3]
    for at in range(_TILE):
        a, b, c, d = one[at], two[at], three[at], four[at]
        t0[at] += (a0 * a + b0 * b) + (c0 * c + d0 * d)
        t1[at] += (a1 * a + b1 * b) + (c1 * c + d1 * d)
        t2[at] += (a2 * a + b2 * b) + (c2 * c + d2 * d)
        t3[at] += (a3 * a + b3 * b) + (c3 * c + d3 * d)


@_compiled(
    "void(float64[:,::1], float64, uint32[:,::1], float64[::1], float64[:,::1], int32[:,::1])"
)
def correlate(
    factor: FloatArray,
    scale: float,
    bits: NDArray[np.uint32],
    edges: FloatArray,
    ends: FloatArray,
    mixed: NDArray[np.int32],
) -> None:
    """Correlated scores of years: whole numbers, so that all sums are exact.

    Args:
        factor: lower triangle, times ``scale``.
        scale: whole numbers to a score.
        bits: 32 for each year of each risk, shape ``(risks, years)``.
        edges, ends: as for ``scores_of_events``.
        mixed: filled, of the same shape as ``bits``.
    """
    risks, size = bits.shape
    padded = (risks + 3) // 4 * 4
    factors, some = np.zeros((padded, padded)), np.zeros((padded, _TILE))
    factors[:risks, :risks] = factor
    totals = np.empty((4, _TILE))
    for start in range(0, size, _TILE):
        width = min(_TILE, size - start)
        for risk in range(risks):
            row, tile = bits[risk, start : start + width], some[risk]
            for at in range(width):
                cell, rest = np.int64(row[at] >> _16), np.int64(row[at] & _LOW_16)
                score = _between(edges[cell], edges[cell + 1], rest)
                if cell == 0:
                    score = ends[0, rest]
                elif cell == _LAST_CELL:
                    score = ends[1, rest]
                tile[at] = np.rint(score * scale)
        for four in range(0, padded, 4):
            totals[:, :] = 0.0
            for others in range(0, four + 4, 4):
                some_factors = factors[four : four + 4, others : others + 4]
                _add_four_by_four(totals, some_factors, some[others : others + 4])
            for risk in range(four, min(four + 4, risks)):
                out, total = mixed[risk, start : start + width], totals[risk - four]
                for at in range(width):
                    out[at] = np.int32(np.floor(total[at] * (1 / scale)))
