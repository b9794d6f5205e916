"""What makes the bad years: the risks that fill the worst of them, and the inputs that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.money_words import fitting, named, run_words
from board_report.story.page import FigureSpec, Page
from board_report.story.risk_pictures import in_sentence, money_words
from board_report.story.tail_pictures import FEW, SAME, by_tail, shares_figure, tornado_figure

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import ScenarioResult

METRICS = ("expected_loss", "loss_1_in_20")
ID = "tail-drivers"


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none without a simulated year."""
    money = facts.measured_money
    if money is None or not money.scenarios:
        return ()
    has_voices, has_inputs = facts.has_voices(ID), bool(money.sensitivities)
    figures: dict[str, FigureSpec] = {"shares": shares_figure(money, has_voices)}
    if has_inputs:
        figures["inputs"] = tornado_figure(facts, money, 272 if has_voices else 346)
    return (
        Page(
            id=ID,
            section="What makes the bad years",
            title=_title(money),
            context=_context(facts, money),
            owners=facts.owner("CISO", "CFO"),
            sources=(
                f"Source: risk register; {run_words(money)}. Each input alone from its 5th to its "
                "95th percentile, all others as estimated. Definitions: appendix."
            ),
            body={
                "has_voices": has_voices,
                "has_inputs": has_inputs,
                "years": _bad_years(facts, money),
            },
            figures=figures,
            metric_ids=METRICS,
        ),
    )


# --- words ---------------------------------------------------------------------------------------


def _title(money: RiskInMoney) -> str:
    starts = _tail(money)
    ends = _inputs(money)
    return fitting(*(f"{start}; {end}" for start in starts for end in ends), *starts)


def _tail(money: RiskInMoney) -> list[str]:
    """What fills the worst years, longest words first."""
    first = by_tail(money.scenarios)[0]
    if not first.tail_share:
        return ["Even the worst 5% of years are expected to cost nothing"]
    name = sentences.capital(named(first.short_title, "One risk"))
    if len(money.scenarios) == 1:
        return [f"{name} alone makes the worst 5% of years"]
    tail, usual = formats.percent(first.tail_share), _share(first, money)
    if usual is None or formats.percent(usual) == tail:
        return [f"{name} makes {tail} of the worst 5% of years"]
    apart = first.tail_share - usual
    if abs(apart) < SAME:
        return [
            f"{name} makes {tail} of the worst 5% of years, much as of the expected loss",
            f"{name} makes {tail} of the worst 5% of years",
        ]
    return [
        f"{name} makes {tail} of the worst 5% of years, but {formats.percent(usual)} of the "
        "expected loss",
        f"{name} makes {tail} of the worst 5% of years",
    ]


def _share(found: ScenarioResult, money: RiskInMoney) -> float | None:
    total = money.statistics.expected
    return found.statistics.expected / total if total else None


def _inputs(money: RiskInMoney) -> list[str]:
    """Which input moves the figures most, longest words first."""
    if not money.sensitivities:
        return []
    first = money.sensitivities[0]
    if first.at_low == first.at_high:
        return ["no single input moves the expected loss"]
    if first.risk_id == by_tail(money.scenarios)[0].risk_id:
        return [f"its {first.input} moves the figures most"]
    name = in_sentence(first.short_title)
    return [
        f"the {first.input} of {name} moves the figures most",
        f"{name} moves the expected loss most",
        "another risk moves the expected loss most",
    ]


def _bad_years(facts: BoardFacts, money: RiskInMoney) -> list[dict[str, str]]:
    """How bad the bad years are, where few risks leave room for it."""
    if len(money.scenarios) > FEW:
        return []
    found = money.statistics
    rows = (
        ("1 year in 20 reaches", found.var_95),
        ("Mean of the worst 5% of years", found.shortfall_95),
        ("1 year in 100 reaches", found.var_99),
        ("Mean of the worst 1% of years", found.shortfall_99),
    )
    return [{"name": name, "value": money_words(facts, value)} for name, value in rows]


def _context(facts: BoardFacts, money: RiskInMoney) -> str:
    mean = money_words(facts, money.statistics.shortfall_95)
    start = f"The worst 5% of years cost {mean} on average"
    if not money.sensitivities:
        return f"{start}. No input has an interval of its own to be moved through."
    first = money.sensitivities[0]
    low, high = sorted((first.at_low, first.at_high))
    return (
        f"{start}. The one input that matters most puts the expected loss between "
        f"{money_words(facts, low)} and {money_words(facts, high)}."
    )
