"""Draw values that follow a plan: fixed shares and fixed medians, with believable scatter."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TypeVar

SEED = 20260930
T = TypeVar("T")


def source_of(table: str) -> random.Random:
    """A generator of its own for each table, so that a change to one leaves the others alone."""
    return random.Random(f"{SEED}:{table}")


def skewed(rng: random.Random, count: int, median: float, sigma: float) -> list[float]:
    """Lognormal values, one from each of ``count`` equal slices, in random order.

    Slicing keeps the sample's median close to the one asked for, whatever the seed.
    """
    normal = NormalDist()
    shares = [(place + rng.uniform(0.3, 0.7)) / count for place in range(count)]
    values = [median * math.exp(sigma * normal.inv_cdf(share)) for share in shares]
    rng.shuffle(values)
    return values


def apportion(count: int, weights: Mapping[T, float]) -> list[T]:
    """The keys, repeated in proportion to their weights: largest remainders, in order."""
    total = sum(weights.values())
    exact = {key: count * weight / total for key, weight in weights.items()}
    whole = {key: int(share) for key, share in exact.items()}
    left = count - sum(whole.values())
    for key in sorted(exact, key=lambda each: whole[each] - exact[each])[:left]:
        whole[key] += 1
    return [key for key, number in whole.items() for _ in range(number)]


def mixed(rng: random.Random, count: int, weights: Mapping[T, float]) -> list[T]:
    """The same shares in random order."""
    found = apportion(count, weights)
    rng.shuffle(found)
    return found


def chosen(rng: random.Random, count: int, share: float) -> list[bool]:
    """True for that share of ``count`` places, rounded, in random order."""
    yes = round(count * share)
    found = [True] * yes + [False] * (count - yes)
    rng.shuffle(found)
    return found


def between(first: float, last: float, steps: int) -> list[float]:
    """Evenly spaced values, both ends included."""
    return [first + (last - first) * step / (steps - 1) for step in range(steps)]


def pick(rng: random.Random, items: Sequence[T]) -> T:
    """One of the items."""
    return items[rng.randrange(len(items))]
