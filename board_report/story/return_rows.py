"""The pictures of what initiatives buy: a row for each, and a year's loss with and without one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.risk.records import Decision
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.money_words import round_axis
from board_report.story.page import FigureSpec
from board_report.story.risk_pictures import in_sentence, money_words

if TYPE_CHECKING:
    from board_report.risk.records import InitiativeReturn

MOST_ROWS, _LAST = 7, 2
"""Rows of the table; where there are more initiatives, so many of them are the last in order."""
MOST_CURVES = 3
"""Up to so many initiatives leave room for their curves."""
_BESIDE_CURVES, _TALLEST = 40.0, 50.0
_WIDEST = 4.0
"""Times their cost beyond which an estimate is held at the edge of the scale."""
STAGES = {
    Decision.IN_PLACE: "in place",
    Decision.COMMITTED: "committed",
    Decision.PROPOSED: "proposed",
}
NONE = "–"


def by_return(found: Sequence[InitiativeReturn]) -> list[InitiativeReturn]:
    """Most loss bought down for each unit of money first; what costs nothing before all."""
    return sorted(
        found,
        key=lambda each: (
            each.per_unit is not None,
            -(each.per_unit if each.per_unit is not None else each.net_bought_down),
        ),
    )


def both_ends(
    ordered: Sequence[InitiativeReturn],
) -> tuple[Sequence[InitiativeReturn], Sequence[InitiativeReturn]]:
    """Those to show and the rest: the best and the worst of many, for the worst must be seen."""
    if len(ordered) <= MOST_ROWS:
        return ordered, ()
    first = MOST_ROWS - _LAST
    return [*ordered[:first], *ordered[-_LAST:]], ordered[first:-_LAST]


def returns_table(
    facts: BoardFacts, shown: Sequence[InitiativeReturn], room: float, has_voices: bool
) -> FigureSpec:
    """Cost, what it buys down with its interval, what it opens, and what it returns."""
    most = _BESIDE_CURVES if len(shown) <= MOST_CURVES else _TALLEST
    step = min((room - 42) / len(shown), most)
    first = shown[0]
    return FigureSpec(
        kind="interval_table",
        data={
            "columns": _columns(facts, shown, has_voices),
            "rows": [{"cells": _cells(facts, each)} for each in shown],
            "most": step,
            "label_share": 0.21 if has_voices else 0.26,
            "gap": 10 if has_voices else 14,
        },
        width=642 if has_voices else 864,
        height=42 + step * len(shown),
        alt=_alt(facts, first, len(shown)),
    )


def one_unit(facts: BoardFacts) -> str:
    """``$1``; ``CHF 1``."""
    return money_words(facts, 1.0)


def times(value: float, decimals: int = 2) -> str:
    """A multiple in about three digits: ``1.71``, ``12.4``, ``1,917``."""
    size = abs(value)
    return formats.number(value, 0 if size >= 100 else min(decimals, 1) if size >= 10 else decimals)


def _columns(
    facts: BoardFacts, shown: Sequence[InitiativeReturn], has_voices: bool
) -> list[dict[str, object]]:
    """Heads of one word or two beside voices, so that the picture keeps its room."""
    opened = ["opens", "brings"] if has_voices else ["risk opened", "value brought"]
    rare = ["1 in 20", "without"] if has_voices else ["1 in 20 with", "without"]
    known = [each for one in shown for each in _points(one)]
    held = [min(max(each, -_WIDEST / 2), _WIDEST) for each in known]
    axis = round_axis([1.5, *held], lambda value: money_words(facts, value))
    return [
        {"kind": "label", "head": "Initiative"},
        {
            "kind": "words",
            "head": ["cost", "buys"] if has_voices else ["cost a year", "bought down"],
        },
        {
            "kind": "plot",
            "title": f"Bought down for {one_unit(facts)}",
            "axis": axis,
            "reference": {"value": 1.0, "label": one_unit(facts)},
        },
        {"kind": "words", "head": ["", "mean"], "is_close": True},
        {"kind": "words", "head": opened},
        {"kind": "words", "head": rare},
        {"kind": "words", "head": ["ROSI", "P10–P90"]},
        {"kind": "words", "head": ["NPV", "payback"]},
        {"kind": "words", "head": ["waiting a", "quarter"]},
    ]


def _points(found: InitiativeReturn) -> list[float]:
    interval, mean = found.per_unit_interval, found.per_unit
    return [] if mean is None or interval is None else [interval.low, mean, interval.high]


def _cells(facts: BoardFacts, found: InitiativeReturn) -> list[object]:
    value, payback = found.value_a_year, found.payback_years
    return [
        _name(found),
        {
            "text": money_words(facts, found.annual_cost),
            "is_strong": True,
            "under": money_words(facts, found.bought_down),
        },
        _plot(found),
        _mean(facts, found),
        {
            "text": money_words(facts, found.introduced) if found.introduced else "none",
            "under": NONE if value is None else money_words(facts, value),
        },
        {
            "text": money_words(facts, found.var_95_with),
            "under": money_words(facts, found.var_95_without),
        },
        _rosi(found),
        {
            "text": money_words(facts, found.npv),
            "under": (
                "not in its life" if payback is None else f"{formats.number(payback, 1)} years"
            ),
        },
        _delay(facts, found.delay_cost),
    ]


def _name(found: InitiativeReturn) -> dict[str, object]:
    leader = "CISO and CTO" if found.leader == "BOTH" else found.leader
    return {
        "text": found.name,
        "under": f"{leader}, {STAGES[found.decision]}",
        "stage": str(found.decision),
    }


def _plot(found: InitiativeReturn) -> dict[str, object]:
    interval, mean = found.per_unit_interval, found.per_unit
    if mean is None or interval is None:
        return {"absent": "costs nothing"}
    return {
        "low": interval.low,
        "mid": mean,
        "high": interval.high,
        "status": status_of(found),
    }


def status_of(found: InitiativeReturn) -> str:
    """Another shape where it buys down less than it costs, and where it adds risk."""
    if found.net_bought_down < 0:
        return "off"
    mean = found.per_unit
    return "near" if mean is not None and mean < 1 else "none"


def _mean(facts: BoardFacts, found: InitiativeReturn) -> dict[str, object]:
    if found.per_unit is None:
        return {"text": money_words(facts, found.net_bought_down), "is_strong": True}
    return {"text": times(found.per_unit), "is_strong": True}


def _rosi(found: InitiativeReturn) -> dict[str, object]:
    if found.rosi is None or found.rosi_interval is None:
        return {"text": NONE, "under": ""}
    low, high = found.rosi_interval.low, found.rosi_interval.high
    return {
        "text": times(found.rosi, 1),
        "under": f"{times(low, 1)} to {times(high, 1)}",
    }


def _delay(facts: BoardFacts, cost: float) -> dict[str, object]:
    """What one quarter more costs, or saves where it does not pay for itself."""
    if not cost:
        return {"text": "costs nothing", "is_quiet": True}
    word = "lost" if cost > 0 else "saved"
    return {"text": money_words(facts, abs(cost)), "under": word}


def _alt(facts: BoardFacts, first: InitiativeReturn, count: int) -> str:
    name = in_sentence(first.name)
    if first.per_unit is None or first.per_unit_interval is None:
        said = f"{name} costs nothing and buys down {money_words(facts, first.net_bought_down)}"
    else:
        low, high = first.per_unit_interval.low, first.per_unit_interval.high
        said = (
            f"{name} buys down {times(first.per_unit)} of expected loss for "
            f"{one_unit(facts)}, between {times(low)} and {times(high)}"
        )
    return f"{formats.counted(count, 'initiative', words=False)}, best return first: {said}."


def curves_figure(
    facts: BoardFacts, found: InitiativeReturn, largest: float, size: tuple[float, float]
) -> FigureSpec:
    """How often a year's losses exceed an amount, with an initiative and without it.

    Args:
        facts: for the currency.
        found: the initiative.
        largest: the largest loss of all such pictures on the page, so that they share a scale.
        size: width and height in points.
    """
    return FigureSpec(
        kind="with_without",
        data={
            "with": list(found.curve_with),
            "without": list(found.curve_without),
            "names": {"with": "with", "without": "without"},
            "currency": facts.currency,
            "largest": largest,
            "year_20": {"with": found.var_95_with, "without": found.var_95_without},
        },
        width=size[0],
        height=size[1],
        alt=(
            f"A year's loss with {in_sentence(found.name)} and without: one year in 20 reaches "
            f"{money_words(facts, found.var_95_with)} with it and "
            f"{money_words(facts, found.var_95_without)} without."
        ),
    )
