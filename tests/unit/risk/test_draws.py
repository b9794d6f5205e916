"""Random numbers are those that were published, evenly spread, and the same everywhere."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from scipy import stats

from board_report.risk.draws import (
    BLOCK,
    SCALE,
    EventNumbers,
    event_places,
    numbered,
    scenario_key,
    splitmix64,
    whole_scores,
    year_bits,
    year_generator,
)

PUBLISHED = [
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
]
"""SplitMix64's first outputs with the seed 1234567 (Rosetta Code; Vigna's reference in C)."""


def scores_of(seed: int, count: int, name: str = "R1", block: int = 0) -> np.ndarray:
    out = np.empty(count)
    whole_scores(year_generator(seed, name, block), out)
    return out


def test_splitmix64_gives_what_was_published():
    assert splitmix64(1234567, np.arange(5, dtype=np.uint64)).tolist() == PUBLISHED


def test_splitmix64_in_plain_integers():
    """Any place of the sequence without those before it."""

    def plain(seed: int, number: int) -> int:
        z = (seed + (number + 1) * 0x9E3779B97F4A7C15) % 2**64
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return z ^ (z >> 31)

    places = [0, 7, 2**40 + 5, 2**64 - 1]
    found = splitmix64(2**64 - 1, np.array(places, dtype=np.uint64))
    assert found.tolist() == [plain(2**64 - 1, each) for each in places]


def chances(key: int, places: np.ndarray, draw: int) -> np.ndarray:
    return (EventNumbers(key, places).bits(draw) + 0.5) / 2**32


def test_chances_of_events_are_uniform():
    """Kolmogorov and Smirnov: over years, over events in a year, over draws of an event."""
    key, years = scenario_key(0, "R1"), np.arange(50_000)
    samples = [chances(key, event_places(years), draw) for draw in (0, 1, 2, 127)]
    one_year = event_places(np.array([7]))
    many = np.concatenate([chances(key, numbered(one_year, each), 2) for each in range(5000)])
    for sample in (*samples, many):
        assert stats.kstest(sample, "uniform").pvalue > 1e-4
        assert sample.min() > 0
    assert abs(np.corrcoef(samples)[np.triu_indices(4, 1)]).max() < 4 / np.sqrt(50_000)
    assert abs(np.corrcoef(many[:-1], many[1:])[0, 1]) < 4 / np.sqrt(5000)


def test_no_two_events_share_a_number():
    """Years, events and draws each have bits of their own."""
    years = event_places(np.array([0, 1, 2, 1_000_000, 2_000_000]))
    places = [
        int(place) | draw
        for number in (0, 1, 2, 99_999, 2**17 - 1)
        for place in numbered(years, number)
        for draw in (0, 1, 2, 63)
    ]
    assert len(set(places)) == 5 * 5 * 4


def test_scores_of_events_are_normal():
    key = scenario_key(5, "R1")
    found = EventNumbers(key, event_places(np.arange(200_000))).scores(2)
    assert stats.kstest(found, "norm").pvalue > 1e-4
    assert np.isfinite(found).all()


def test_a_score_is_the_quantile_of_its_bits():
    """Within a straight line's error; exact in the outermost cells."""
    key, places = scenario_key(5, "R1"), event_places(np.arange(300_000))
    bits = (splitmix64(key, places | np.uint64(2)) >> np.uint64(32)).astype(np.float64)
    expected = stats.norm.ppf((bits + 0.5) / 2**32)
    apart = np.abs(EventNumbers(key, places).scores(5) - expected)
    assert apart.max() < 0.02
    assert apart[np.abs(expected) < 3].max() < 1e-4


def test_scenarios_seeds_and_blocks_have_sequences_of_their_own():
    names = ["R1", "R2", "R10", "Ä", "😀", "", "1R"]
    keys = {scenario_key(seed, name) for seed in (0, 1, 2**40) for name in names}
    assert len(keys) == 3 * len(names)
    first = {
        scores_of(seed, 4, name, block).tobytes()
        for seed in (0, 1)
        for name in names
        for block in (0, 1)
    }
    assert len(first) == 2 * len(names) * 2


@pytest.mark.parametrize("size", [1, 2, 999, 1000, 1001])
def test_a_shorter_block_is_the_start_of_a_longer_one(size):
    whole = scores_of(3, BLOCK)
    assert (scores_of(3, size) == whole[:size]).all()
    year = year_bits(year_generator(3, "R1", 0), size)
    assert (year == year_bits(year_generator(3, "R1", 0), BLOCK)[:size]).all()


def test_numbers_of_some_events_are_those_of_all():
    """Whether the output that holds them was made for all events before or not."""
    places, some = event_places(np.arange(1000)), np.array([3, 400, 999])
    whole = EventNumbers(5, places)
    for draw in (0, 1, 4, 5):
        expected = whole.bits(draw)[some]
        assert (EventNumbers(5, places).bits(draw, some) == expected).all()
        assert (whole.bits(draw, some) == expected).all()


@pytest.mark.parametrize("chance", [0.0, 0.25, 1.0])
def test_what_has_a_chance_happens_as_often(chance):
    found = EventNumbers(8, event_places(np.arange(100_000))).happens(1, chance)
    error = 4 * np.sqrt(chance * (1 - chance) / 100_000)
    assert abs(len(found) / 100_000 - chance) <= error


def test_whole_scores_are_whole_and_normal():
    """2^24 of them: moments, and tails within what a binomial count allows once in ten thousand."""
    count, extreme, far, total, square = 1 << 24, 0, 0, 0.0, 0.0
    for block in range(count // (1 << 20)):
        found = scores_of(11, 1 << 20, block=block)
        assert (found == np.rint(found)).all()
        found /= SCALE
        extreme += int((np.abs(found) > 4).sum())
        far += int((found > 5).sum())
        total += float(found.sum())
        square += float((found**2).sum())
    assert abs(total / count) < 4 / np.sqrt(count)
    assert abs(square / count - 1) < 4 * np.sqrt(2 / count)
    for seen, chance in ((extreme, 2 * stats.norm.sf(4)), (far, stats.norm.sf(5))):
        low, high = stats.binom(count, chance).ppf([5e-5, 1 - 5e-5])
        assert low <= seen <= high


def digest(values: np.ndarray) -> str:
    return hashlib.sha256(values.astype("<i8").tobytes()).hexdigest()[:16]


def test_the_numbers_are_pinned():
    """Another machine or version that draws otherwise is found here, not in a board's figures."""
    key, places = scenario_key(20260930, "R-01"), event_places(np.arange(10_000))
    assert digest(EventNumbers(key, places).bits(2)) == "e65963b8fa49cafb"
    assert digest(scores_of(20260930, 10_000, "R-01")) == "1f564d787ebbad0a"
    assert digest(np.rint(EventNumbers(key, places).scores(2) * SCALE)) == "d7bbc87e4d59d681"
