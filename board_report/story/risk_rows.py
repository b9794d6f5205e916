"""The picture of the risks in money: a row for each, what is left, and all together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.money_words import interval_words, log_axis
from board_report.story.page import FigureSpec
from board_report.story.risk_pictures import in_sentence, money_words

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import ScenarioResult

STEPS = {1: 44.0, 2: 40.0, 3: 32.0}
"""Points of a row where few risks leave room for the distribution of their years."""
FEW = len(STEPS)
ALL_SHOWN, SHOWN = 12, 10
"""So many risks are all shown; of more, the largest."""
NO_OWNER = "no owner"
_HEIGHT = 330.0


def shown_count(found: Sequence[ScenarioResult]) -> int:
    """Rows of single risks."""
    return len(found) if len(found) <= ALL_SHOWN else SHOWN


def risks_table(facts: BoardFacts, money: RiskInMoney, has_voices: bool) -> FigureSpec:
    """Owner, chance, loss of one event, expected loss, share and 1-in-20 loss of each risk."""
    found = money.scenarios
    shown, rest = found[: shown_count(found)], found[shown_count(found) :]
    total = money.statistics.expected
    rows = [_row(facts, each, total, has_voices) for each in shown]
    if rest:
        rows.append(_rest_row(facts, rest, total, has_voices))
    if len(found) > 1:
        rows.append(_total_row(facts, money, has_voices))
    step = STEPS.get(len(found), 36.0)
    return FigureSpec(
        kind="interval_table",
        data={"columns": _columns(facts, shown, has_voices), "rows": rows, "most": step},
        width=642 if has_voices else 864,
        height=min(42 + step * len(rows), _HEIGHT),
        alt=_alt(facts, money),
    )


def _columns(
    facts: BoardFacts, shown: Sequence[ScenarioResult], has_voices: bool
) -> list[dict[str, object]]:
    """Beside voices the interval of the expected loss is written out for want of room."""
    events = [each for one in shown for each in (one.event_p10, one.event_p90)]
    yearly = [
        each
        for one in shown
        for each in (
            one.expected_interval.low,
            one.expected_interval.high,
            one.statistics.expected,
        )
    ]
    expected = {"kind": "words", "head": ["expected", "a year"], "is_close": True}
    return [
        {"kind": "label", "head": "Risk"},
        {"kind": "words", "head": "owner", "anchor": "start"},
        {"kind": "words", "head": ["chance", "a year"]},
        {
            "kind": "plot",
            "title": "Loss if it happens",
            "unit": "P10–median–P90",
            "axis": log_axis(facts, events),
            "weight": 1.3,
        },
        *(
            [expected, {"kind": "words", "head": "P10–P90", "is_close": True}]
            if has_voices
            else [
                {
                    "kind": "plot",
                    "title": "Expected a year",
                    "unit": "mean, P10–P90",
                    "axis": log_axis(facts, yearly),
                },
                expected,
            ]
        ),
        {"kind": "words", "head": "share"},
        {"kind": "words", "head": ["1 year", "in 20"]},
    ]


def _row(
    facts: BoardFacts, found: ScenarioResult, total: float, has_voices: bool
) -> dict[str, object]:
    expected, interval = found.statistics.expected, found.expected_interval
    owner: dict[str, object] = (
        {"text": found.owner_role, "is_quiet": True}
        if found.owner_role
        else {"text": NO_OWNER, "status": "off"}
    )
    amount = {"text": money_words(facts, expected), "is_strong": True}
    spread: dict[str, object] = (
        {"low": interval.low, "mid": expected, "high": interval.high}
        if expected > 0
        else {"absent": "no loss expected"}
    )
    words = {"text": interval_words(facts, interval), "is_quiet": True}
    return {
        "cells": [
            found.short_title,
            owner,
            formats.percent(found.chance_a_year),
            {"low": found.event_p10, "mid": found.event_median, "high": found.event_p90},
            *([amount, words] if has_voices else [spread, amount]),
            formats.percent(expected / total) if total else "–",
            money_words(facts, found.statistics.var_95),
        ]
    }


def _rest_row(
    facts: BoardFacts, rest: Sequence[ScenarioResult], total: float, has_voices: bool
) -> dict[str, object]:
    """What the risks not shown come to; their 1-in-20 losses do not add up."""
    expected = math.fsum(each.statistics.expected for each in rest)
    amount = {"text": money_words(facts, expected), "is_strong": True}
    orphans = sum(not each.owner_role for each in rest)
    owner: dict[str, object] = (
        {"text": f"{formats.number(orphans)} without", "status": "off"} if orphans else {"text": ""}
    )
    return {
        "cells": [
            {"text": formats.counted(len(rest), "other", words=False), "is_quiet": True},
            owner,
            "",
            {},
            *([amount, ""] if has_voices else [{}, amount]),
            formats.percent(expected / total) if total else "–",
            "",
        ]
    }


def _total_row(facts: BoardFacts, money: RiskInMoney, has_voices: bool) -> dict[str, object]:
    whole = money.statistics
    amount = money_words(facts, whole.expected)
    return {
        "is_total": True,
        "cells": [
            "Both" if len(money.scenarios) == 2 else f"All {len(money.scenarios)}",
            "",
            "",
            {},
            *([amount, ""] if has_voices else [{}, amount]),
            formats.percent(1.0) if whole.expected else "–",
            money_words(facts, whole.var_95),
        ],
    }


def _alt(facts: BoardFacts, money: RiskInMoney) -> str:
    first, count = money.scenarios[0], len(money.scenarios)
    total = money_words(facts, money.statistics.expected)
    start = (
        f"{formats.counted(count, 'risk', words=False)} with an expected loss of {total} a year; "
        "the largest, "
        if count > 1
        else "The one risk, "
    )
    return (
        f"{start}{in_sentence(first.short_title)}, has a chance of "
        f"{formats.percent(first.chance_a_year)} a year, costs "
        f"{money_words(facts, first.event_p10)} to {money_words(facts, first.event_p90)} if it "
        f"happens, and {money_words(facts, first.statistics.expected)} in a mean year."
    )
