"""Turn values into the words and digits that are printed, alike in both documents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from board_report.metrics.declare import Unit
from board_report.model import MetricResult, State

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "C$", "AUD": "A$", "CHF": "CHF "}
_ONE_DECIMAL = (Unit.RATING, Unit.STAGE, Unit.PER_WEEK, Unit.YEARS)
MINUS = "−"
NO_BREAK = "\u00a0"
_LONGEST_NAME, _LONGEST_SURNAME = 30, 20
"""Characters that the corner of a page and the column of owners hold of a name."""
_NUMBER_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_STATE_WORDS = {
    State.NOTHING_HAPPENED: "none",
    State.NOT_MEASURED: "not measured",
    State.WITHHELD: "withheld",
}


def number(value: float, decimals: int = 0) -> str:
    """Digits with thousands separated: ``1,293``; half rounds away from zero; no minus zero."""
    rounded = _round_half_up(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def _round_half_up(value: float, decimals: int) -> float:
    from decimal import ROUND_HALF_UP, Decimal

    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return float(rounded) or 0.0


def significant(value: float, digits: int = 3) -> float:
    """Round to a number of significant digits; zero stays zero."""
    if value == 0 or not math.isfinite(value):
        return value
    places = digits - 1 - math.floor(math.log10(abs(value)))
    return _round_half_up(value, places)


def money(value: float, currency: str = "USD", digits: int = 3) -> str:
    """At most three significant digits, with K, M or B: ``$4.62M``, ``−$350K``, ``$0``.

    Trailing zeros after the point are dropped: ``$44M``, not ``$44.0M``.
    """
    symbol = SYMBOLS.get(currency, f"{currency} ")
    rounded = significant(value, digits)
    sign = MINUS if rounded < 0 else ""
    size = abs(rounded)
    for factor, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if size >= factor:
            return f"{sign}{symbol}{_plain(size / factor)}{letter}"
    return f"{sign}{symbol}{_plain(size)}"


def money_millions(value: float, decimals: int = 1) -> str:
    """Millions without sign or letter, for table columns headed with the unit: ``4.6``."""
    return number(value / 1e6, decimals)


def _plain(value: float) -> str:
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    grouped = f"{int(whole):,}"
    return f"{grouped}.{rest}" if rest else grouped


def percent(ratio: float, decimals: int = 0) -> str:
    """A ratio as a percentage; never rounds up to 100% or down to 0% when it is neither."""
    value = ratio * 100
    shown = _round_half_up(value, decimals)
    if (shown >= 100 > value) or (shown <= 0 < value):
        decimals += 1
        shown = _round_half_up(value, decimals)
    if (shown >= 100 > value) or (shown <= 0 < value):
        limit = number(100, 0) if shown >= 100 else "0"
        return f"{'under' if shown >= 100 else 'over'} {limit}%"
    return f"{number(shown, decimals)}%"


def hours(value: float) -> str:
    """``19 h``; one decimal below ten: ``8.5 h``."""
    return f"{_short(value)}{NO_BREAK}h"


def days(value: float) -> str:
    """``22 days``; one decimal below ten where there is one: ``1 day``, ``8.5 days``."""
    text = _short(value)
    return f"{text}{NO_BREAK}{'day' if text == '1' else 'days'}"


def _short(value: float) -> str:
    if abs(value) >= 10 or float(value).is_integer():
        return number(value)
    text = number(value, 1)
    return text.removesuffix(".0")


def day(when: date | None) -> str:
    """``30 Sep 2026``; an empty dash when unknown."""
    return f"{when.day}{NO_BREAK}{when:%b}{NO_BREAK}{when.year}" if when else "–"


def day_short(when: date | None) -> str:
    """``30 Sep``."""
    return f"{when.day}{NO_BREAK}{when:%b}" if when else "–"


def day_long(when: date) -> str:
    """``30 September 2026``."""
    return f"{when.day}{NO_BREAK}{when:%B}{NO_BREAK}{when.year}"


def count_words(value: int) -> str:
    """``one`` to ``twelve`` in words, more in digits; zero is ``no``."""
    return _NUMBER_WORDS[value] if 0 <= value < len(_NUMBER_WORDS) else number(value)


def counted(value: int, singular: str, plural: str = "", *, words: bool = True) -> str:
    """A number with its noun: ``one incident``, ``no incidents``, ``14 incidents``."""
    noun = singular if value == 1 else (plural or f"{singular}s")
    return f"{count_words(value) if words else number(value)} {noun}"


def listed(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def initial_name(name: str) -> str:
    """``Ilse Drummond`` becomes ``I. Drummond``; a very long name ends in an ellipsis."""
    first, _, rest = name.strip().partition(" ")
    return _cut(f"{first[0]}. {rest}" if rest else first, _LONGEST_NAME)


def surname(name: str) -> str:
    """``Ilse Drummond`` becomes ``Drummond``; a very long one ends in an ellipsis."""
    return _cut(name.strip().split(" ")[-1], _LONGEST_SURNAME) if name.strip() else name


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip(' ,-')}…"


def state_words(state: State) -> str:
    """What stands in place of a value: ``none``, ``not measured``, ``withheld``."""
    return _STATE_WORDS.get(state, "")


def bare(value: float, unit: Unit, currency: str = "USD") -> str:
    """A value in its column: percent without sign, hours without "h", money with K, M or B."""
    if unit is Unit.RATIO:
        return percent(value, ratio_decimals(value)).removesuffix("%")
    if unit is Unit.MONEY:
        return money(value, currency)
    if unit in _ONE_DECIMAL and not (unit is Unit.STAGE and float(value).is_integer()):
        return number(value, 1)
    return _short(value)


def shown(value: float, unit: Unit) -> float:
    """The value that the printed digits stand for; differences on a page are between these."""
    if unit is Unit.RATIO:
        return _round_half_up(value * 100, ratio_decimals(value)) / 100
    if unit is Unit.MONEY:
        return significant(value)
    if unit in _ONE_DECIMAL:
        return _round_half_up(value, 1)
    return _round_half_up(value, 0 if abs(value) >= 10 else 1)


def difference(now: float, before: float, unit: Unit, currency: str = "USD") -> str:
    """How far apart two printed values are, unsigned; shares in points, without a unit."""
    apart = abs(shown(now, unit) - shown(before, unit))
    if unit is not Unit.RATIO:
        return bare(round(apart, 9), unit, currency)
    decimals = max(ratio_decimals(now), ratio_decimals(before))
    return number(round(apart * 100, 6), decimals).removesuffix(".0")


def ratio_decimals(ratio: float) -> int:
    """Percentages get one decimal near the ends, where a point decides; none between.

    Near the ends is from 94.5% up and below 10.5%, but not 0% and 100% themselves.
    """
    size = abs(ratio)
    return 1 if 0.945 <= size < 1 or 0 < size < 0.105 else 0


def with_unit(value: float, unit: Unit, currency: str = "USD") -> str:
    """A value as it reads in a sentence: ``91%``, ``19 h``, ``22 days``, ``$44M``, ``7``."""
    text = bare(value, unit, currency)
    if unit is Unit.RATIO:
        return f"{text}%" if text[-1].isdigit() else text
    suffix = {
        Unit.HOURS: f"{NO_BREAK}h",
        Unit.DAYS: f"{NO_BREAK}{'day' if text == '1' else 'days'}",
        Unit.PER_WEEK: f"{NO_BREAK}a week",
        Unit.YEARS: f"{NO_BREAK}{'year' if text in ('1', '1.0') else 'years'}",
    }
    return text + suffix.get(unit, "")


def result(measured: MetricResult, unit: Unit, currency: str = "USD") -> str:
    """A result as it reads in a sentence, or the words for why there is none."""
    if measured.value is None:
        return state_words(measured.state)
    return with_unit(measured.value, unit, currency)


UNIT_WORDS = {
    Unit.RATIO: "%",
    Unit.HOURS: "hours",
    Unit.DAYS: "days",
    Unit.COUNT: "count",
    Unit.MONEY: "",
    Unit.SCORE: "score",
    Unit.STAGE: "stage, 1 to 4",
    Unit.RATING: "rating, 0 to 4",
    Unit.PER_WEEK: "a week",
    Unit.YEARS: "years",
}

_PARTS_IN_UNIT = frozenset(
    {
        *("median", "median_low", "median_high", "so_far", "p90", "mean", "mean_of_ended"),
        *("clean_share", "simulation_low", "simulation_high"),
    }
)


def part(name: str, value: float, unit: Unit, currency: str = "USD") -> str:
    """A named part of a metric: durations in the metric's unit, everything else as a count."""
    if name == "seed":
        return f"{value:.0f}"
    return with_unit(value, unit, currency) if name in _PARTS_IN_UNIT else number(value)
