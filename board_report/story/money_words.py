"""Words and axes that the pages of risk in money share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.risk_pictures import LONGEST_NAME, in_sentence, money_words

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import Interval

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MARGIN = 0.1
"""Powers of ten that a scale reaches beyond its amounts."""
MOST_DECADES = 7
"""Powers of ten that an axis shows; what lies below stands at its edge."""


def interval_words(facts: BoardFacts, interval: Interval) -> str:
    """``$32M to $57M``; one amount where both ends print alike."""
    low, high = money_words(facts, interval.low), money_words(facts, interval.high)
    return low if low == high else f"{low} to {high}"


def fitting(*titles: str) -> str:
    """The first of the titles that two lines hold; the last where none does."""
    return next((each for each in titles if len(each) <= LONGEST_TITLE), titles[-1])


def named(title: str, otherwise: str) -> str:
    """A name as it reads in a title, or other words where it is too long for one."""
    name = in_sentence(title)
    return name if len(name) <= LONGEST_NAME else otherwise


def log_axis(facts: BoardFacts, values: Iterable[float]) -> dict[str, object]:
    """A scale just around the amounts above zero, with its powers of ten; at least two of them."""
    known = [each for each in values if each > 0]
    least, most = (min(known), max(known)) if known else (1e5, 1e6)
    high = math.log10(most) + _MARGIN
    low = max(math.log10(least) - _MARGIN, high - MOST_DECADES)
    if math.floor(high) - math.ceil(low) < 1:
        middle = round((low + high) / 2)
        near = middle - 1 if abs(low - middle) > abs(high - middle) else middle
        low, high = min(low, near - 0.01), max(high, near + 1.01)
    ticks = [
        [10.0**at, money_words(facts, 10.0**at)]
        for at in range(math.ceil(low), math.floor(high) + 1)
    ]
    return {"low": 10.0**low, "high": 10.0**high, "ticks": ticks, "is_log": True}


def round_axis(
    values: Iterable[float], words: Callable[[float], str], ticks: int = 4
) -> dict[str, object]:
    """Round values from zero (or from below it) that hold all of these."""
    known = [0.0, *values]
    low, high = min(known), max(known)
    rough = (high - low or 1.0) / ticks
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    at = [round(step * each, 12) for each in range(first, last + 1)]
    return {"low": at[0], "high": at[-1], "ticks": [[each, words(each)] for each in at]}


def rest_words(facts: BoardFacts, losses: Sequence[float]) -> str:
    """``40 others: $1.2M expected a year``; empty without others."""
    if not losses:
        return ""
    others = formats.counted(len(losses), "other", words=False)
    return f"{others}: {money_words(facts, math.fsum(losses))} expected a year"


def run_words(money: RiskInMoney) -> str:
    """How the year was simulated, as every source line of these pages says it."""
    run = money.convergence
    together = "risks correlated" if money.correlated else "risks independent"
    return f"{formats.number(run.trials)} simulated years, seed {run.seed}, {together}"
