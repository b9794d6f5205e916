"""From values to points on the page: linear and logarithmic scales, and their ticks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Ticks = Sequence[tuple[float, str]]
"""Values with the words beside them."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
HOUR_TICKS: Ticks = (
    (1 / 60, "1 min"),
    (0.25, "15 min"),
    (1, "1 h"),
    (4, "4 h"),
    (24, "1 day"),
    (96, "4 days"),
    (672, "4 weeks"),
    (2688, "16 weeks"),
    (8766, "1 year"),
    (43830, "5 years"),
    (438300, "50 years"),
)


@dataclass(frozen=True)
class Scale:
    """Maps values from ``low`` to ``high`` onto points from ``start`` to ``end``.

    Values outside are held at the nearer end, so that a mark never leaves its frame. On a
    logarithmic scale both bounds are above zero, and a value of zero or less stands at ``low``.
    """

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def __call__(self, value: float) -> float:
        """Where the value stands, in points."""
        held = min(max(value, self.low), self.high)
        low, high = self.low, self.high
        if self.is_log:
            held, low, high = math.log(held), math.log(low), math.log(high)
        if high == low:
            return (self.start + self.end) / 2
        return self.start + (held - low) / (high - low) * (self.end - self.start)

    def holds(self, value: float) -> bool:
        """Whether the value lies within the scale's own bounds."""
        return self.low <= value <= self.high


def nice_bounds(
    values: Iterable[float | None], *, from_zero: bool = True, ticks: int = 4
) -> tuple[float, float, float]:
    """Round bounds that hold all values, and the step between ticks: ``(low, high, step)``.

    Nothing, or zeros alone, give 0 to 1.
    """
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        high, low = (high + 1.0, low) if high >= 0 else (0.0, low)
    step = nice_step((high - low) / max(ticks, 1))
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


def nice_step(rough: float) -> float:
    """The next round number (1, 2, 2.5, 5 times a power of ten) that is not smaller."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def tick_values(low: float, high: float, step: float) -> tuple[float, ...]:
    """Multiples of the step from ``low`` to ``high``."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(at * step, 12) for at in range(first, last + 1))


def ticks_around(values: Iterable[float], ticks: Ticks) -> Ticks:
    """The smallest run of ready-made ticks that encloses the values; at least three of them."""
    known = [value for value in values if value > 0]
    if not known:
        return ticks[2:5]
    first = max((at for at, (value, _) in enumerate(ticks) if value <= min(known)), default=0)
    last = next((at for at, (value, _) in enumerate(ticks) if value >= max(known)), len(ticks) - 1)
    while last - first < 2:
        first, last = max(first - 1, 0), min(last + 1, len(ticks) - 1)
    return ticks[first : last + 1]


def with_room(ticks: Ticks, scale: Scale, gap: float) -> Ticks:
    """The ticks whose words have room: the ends, and those at least ``gap`` points from both sides.

    Args:
        ticks: (value, words), rising.
        scale: from values to points.
        gap: points that two lines of words need.
    """
    kept = [ticks[0]]
    for each in ticks[1:-1]:
        place = scale(each[0])
        neighbours = (scale(kept[-1][0]), scale(ticks[-1][0]))
        if all(abs(place - other) >= gap for other in neighbours):
            kept.append(each)
    return (*kept, ticks[-1])


def spread_apart(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Positions as near as can be to those wanted, at least ``gap`` apart, between the bounds.

    Where there is no room for all, they share what there is evenly.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    if len(order) > 1:
        gap = min(gap, (high - low) / (len(order) - 1))
    placed = [0.0] * len(wanted)
    floor = low
    for at in order:
        placed[at] = max(wanted[at], floor)
        floor = placed[at] + gap
    ceiling = high
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling)
        ceiling = placed[at] - gap
    return tuple(placed)


def plain(value: float) -> str:
    """A tick in as few digits as it takes: ``1,000``, ``2.5``, ``−5``."""
    text = f"{abs(value):,.10f}".rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 else text


def labelled(values: Sequence[float], words: Callable[[float], str] = plain) -> Ticks:
    """Ticks with their words."""
    return tuple((value, words(value)) for value in values)
