"""Random numbers that depend on seed, scenario, year and event alone.

A scenario sees the same years whatever stands beside it and however many are drawn, so a
comparison with and without a control carries no noise: where the control can only lessen, no
simulated year is worse with it. Bits come from PCG64 (whole years in a row) and from SplitMix64
(single events, which are few and far between); both are integer arithmetic, the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from board_report.risk.quantities import FloatArray, normal_score

BLOCK = 65_536
"""Years that are drawn together. Part of the method: another size draws other years."""
GENERATORS = "PCG64 and SplitMix64"

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_EVENT_BITS = np.uint64(17)
_DRAW_BITS = np.uint64(6)

TWO_32 = 2.0**32
_CHUNK = 8192
"""Numbers that are turned into scores at a time, so that what is between stays in the cache."""

SCALE = 2.0**20
"""Correlated scores are whole multiples of 1 / SCALE, so that their sums are exact."""


def splitmix64(start: int, numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The outputs of SplitMix64 at any places of its sequence (Steele, Lea and Flood 2014).

    Args:
        start: the seed, 0 to 2^64 - 1.
        numbers: which outputs, counted from 0.
    """
    mixed = (numbers + np.uint64(1)) * _STEP
    mixed += np.uint64(start)
    mixed ^= mixed >> np.uint64(30)
    mixed *= _FIRST
    mixed ^= mixed >> np.uint64(27)
    mixed *= _SECOND
    mixed ^= mixed >> np.uint64(31)
    return mixed


def scenario_key(seed: int, risk_id: str) -> int:
    """Where a scenario's sequence of events begins."""
    words = np.random.SeedSequence([seed, *risk_id.encode()]).generate_state(1, np.uint64)
    return int(words[0])


def event_places(years: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Where in a scenario's sequence the numbers of each year's events begin."""
    return years.astype(np.uint64) << (_EVENT_BITS + _DRAW_BITS)


def numbered(places: NDArray[np.uint64], number: int) -> NDArray[np.uint64]:
    """Where the numbers of one event of each year begin; events count from 0, below 2^17."""
    return places | (np.uint64(number) << _DRAW_BITS)


@dataclass
class EventNumbers:
    """The numbers that are drawn of some events; each output of the sequence holds two of them."""

    key: int
    places: NDArray[np.uint64]
    """Of the events in the scenario's sequence."""
    _outputs: dict[int, NDArray[np.uint64]] = field(default_factory=dict)

    def bits(self, draw: int, some: NDArray[np.intp] | None = None) -> NDArray[np.uint32]:
        """32 bits for each event, or for some of them.

        Args:
            draw: which of an event's numbers: one for each thing that is drawn of it, below 128.
            some: places among the events.
        """
        output, is_upper = divmod(draw, 2)
        if output in self._outputs or some is None:
            if output not in self._outputs:
                self._outputs[output] = splitmix64(self.key, self.places | np.uint64(output))
            found = self._outputs[output] if some is None else self._outputs[output][some]
        else:
            found = splitmix64(self.key, self.places[some] | np.uint64(output))
        return (found >> np.uint64(32) if is_upper else found).astype(np.uint32)

    def happens(self, draw: int, chance: float) -> NDArray[np.intp]:
        """The events of which something with this chance is true."""
        return np.flatnonzero(self.bits(draw) < np.uint64(round(chance * TWO_32)))

    def scores(self, draw: int, some: NDArray[np.intp] | None = None) -> FloatArray:
        """A standard normal score for each event, or for some of them."""
        bits = self.bits(draw, some)
        out = np.empty(len(bits))
        _scores_of(bits, out)
        return out


def year_generator(seed: int, risk_id: str, block: int) -> np.random.Generator:
    """The generator of one scenario's years in one block."""
    sequence = np.random.SeedSequence([seed, *risk_id.encode()], spawn_key=(block,))
    return np.random.Generator(np.random.PCG64(sequence))


def year_bits(generator: np.random.Generator, size: int) -> NDArray[np.uint32]:
    """32 bits for each year; those of a shorter block are the start of a longer one's."""
    raw = generator.integers(0, 2**64, size=(size + 1) // 2, dtype=np.uint64)
    return raw.view("<u4")[:size]


@cache
def score_edges() -> FloatArray:
    """Normal scores at multiples of 2^-16; the outermost as those next to them, not infinite."""
    edges = normal_score(np.arange(65_537) / 65_536)
    edges[0], edges[-1] = edges[1], edges[-2]
    return edges


@cache
def outermost_scores() -> FloatArray:
    """Normal scores of all 32 bits that begin with sixteen zeros, and with sixteen ones.

    Shape ``(2, 65536)``, by the lower sixteen bits.
    """
    lower = np.arange(65_536.0)
    bits = np.stack([lower, lower + 65_535 * 65_536.0])
    return normal_score((bits + 0.5) * 2.0**-32)


@cache
def _score_table() -> tuple[FloatArray, FloatArray]:
    """Normal scores at multiples of 2^-16, and the step to the next."""
    edges = score_edges()
    return edges[:-1], np.diff(edges) * 2.0**-16


def whole_scores(generator: np.random.Generator, out: FloatArray) -> None:
    """Fill with standard normal scores, times ``SCALE`` and in whole numbers."""
    _scores_of(year_bits(generator, len(out)), out)
    out *= SCALE
    np.rint(out, out=out)


def _scores_of(bits: NDArray[np.uint32], out: FloatArray) -> None:
    """Normal scores of the chances bits / 2^32.

    Straight lines between 65,536 quantiles, and the quantile function itself in the outermost
    cells, where a line would be far from it.
    """
    starts, steps = _score_table()
    for at in range(0, len(bits), _CHUNK):
        some, scores = bits[at : at + _CHUNK], out[at : at + _CHUNK]
        cells = (some >> np.uint32(16)).astype(np.intp)
        np.take(steps, cells, out=scores, mode="clip")
        scores *= some & np.uint32(0xFFFF)
        scores += np.take(starts, cells, mode="clip")
        ends = np.flatnonzero((cells + 1) & 0xFFFF <= 1)
        if len(ends):
            scores[ends] = normal_score((some[ends].astype(np.float64) + 0.5) * 2.0**-32)
