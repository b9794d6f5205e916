"""The pictures of what makes the bad years: shares of the worst, and a tornado of inputs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.money_words import round_axis
from board_report.story.page import FigureSpec
from board_report.story.risk_pictures import in_sentence, money_words

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import ScenarioResult

SAME = 0.05
"""Shares of the worst years and of the expected loss that lie closer are called alike."""
MOST_INPUTS = 8
FEW = 3
"""Up to so many risks leave room for figures of the bad years."""
_ALL_SHOWN, _SHOWN = 11, 10
_HEIGHT = 308.0
_TALLEST = 36.0


def by_tail(found: Sequence[ScenarioResult]) -> list[ScenarioResult]:
    """Largest share of the worst years first."""
    return sorted(found, key=lambda each: -each.tail_share)


def shares_figure(money: RiskInMoney, has_voices: bool) -> FigureSpec:
    """A bar for the share of the worst years, a tick for the share of the expected loss."""
    ordered = by_tail(money.scenarios)
    count = len(ordered) if len(ordered) <= _ALL_SHOWN else _SHOWN
    total = money.statistics.expected
    shown, rest = ordered[:count], ordered[count:]

    def usual(found: Sequence[ScenarioResult]) -> float:
        return math.fsum(each.statistics.expected for each in found) / total if total else 0.0

    pairs = [(each.short_title, each.tail_share, usual([each])) for each in shown]
    if rest:
        others = formats.counted(len(rest), "other", words=False)
        pairs.append((others, math.fsum(each.tail_share for each in rest), usual(rest)))
    rows = [
        {
            "cells": [
                {"text": label, "is_quiet": at >= count},
                {"bar": tail, "tick": mean, "tint": "bar" if at >= count else "accent"},
                {"text": formats.percent(tail), "is_strong": True},
                {"text": formats.percent(mean), "is_quiet": True},
            ]
        }
        for at, (label, tail, mean) in enumerate(pairs)
    ]
    shares = [share for _, tail, mean in pairs for share in (tail, mean)]
    wide = 494 if money.sensitivities else 864
    narrow = 346 if money.sensitivities else 642
    return FigureSpec(
        kind="interval_table",
        data={
            "columns": [
                {"kind": "label", "head": "Risk"},
                {
                    "kind": "plot",
                    "title": "Share",
                    "axis": round_axis(shares, formats.percent, 3 if has_voices else 4),
                },
                {"kind": "words", "head": ["worst", "years"]},
                {"kind": "words", "head": ["expected", "loss"]},
            ],
            "rows": rows,
            "most": _TALLEST,
            "label_share": 0.4,
        },
        width=narrow if has_voices else wide,
        height=min(42 + _TALLEST * len(rows), _HEIGHT),
        alt=_shares_alt(shown, total),
    )


def _shares_alt(shown: Sequence[ScenarioResult], total: float) -> str:
    said = [
        f"{in_sentence(each.short_title)} {formats.percent(each.tail_share)}"
        + (f" against {formats.percent(each.statistics.expected / total)}" if total else "")
        for each in shown[:3]
    ]
    return (
        "Share of the loss in the worst 5% of years, against the share of the expected loss: "
        f"{'; '.join(said)}."
    )


def tornado_figure(facts: BoardFacts, money: RiskInMoney, width: float) -> FigureSpec:
    """The expected loss as each input goes through its interval, largest swing first."""
    found = money.sensitivities[:MOST_INPUTS]
    base = money.statistics.expected
    first = found[0]
    return FigureSpec(
        kind="tornado",
        data={
            "rows": [
                {
                    "label": each.short_title,
                    "under": each.input,
                    "low": each.at_low,
                    "high": each.at_high,
                    "low_text": money_words(facts, min(each.at_low, each.at_high)),
                    "high_text": money_words(facts, max(each.at_low, each.at_high)),
                }
                for each in found
            ],
            "base": {"value": base, "label": money_words(facts, base)},
            "head": "Risk and its input",
            "key": ["input low", "input high"],
        },
        width=width,
        height=min(42 + _TALLEST * len(found), _HEIGHT),
        alt=(
            f"Expected loss of {money_words(facts, base)} as inputs move, most first: the "
            f"{first.input} of {in_sentence(first.short_title)} takes it from "
            f"{money_words(facts, first.at_low)} to {money_words(facts, first.at_high)}."
        ),
    )
