"""The risks that make the year's loss: how likely, how much each time, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.money_words import fitting, interval_words, named, run_words
from board_report.story.page import Page
from board_report.story.risk_pictures import money_words
from board_report.story.risk_rows import FEW, risks_table

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import Interval, LossStatistics, ScenarioResult

METRICS = ("expected_loss", "loss_1_in_20")
ID = "risks-in-money"


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none without a simulated year, of which the page before says why."""
    money = facts.measured_money
    if money is None or not money.scenarios:
        return ()
    has_voices = facts.has_voices(ID)
    few = len(money.scenarios) <= FEW
    return (
        Page(
            id=ID,
            section="Risks in money",
            title=_title(facts, money),
            context=_context(facts, money.scenarios, money.expected_interval),
            owners=facts.owner("CISO", "CFO"),
            sources=(
                f"Source: risk register; {run_words(money)}. Share: of expected loss. 1-in-20 "
                "losses do not add up: bad years of two risks seldom meet. Definitions: appendix."
            ),
            body={
                "has_voices": has_voices,
                "is_one": len(money.scenarios) == 1,
                "years": _years(facts, money) if few else [],
                "basis": _basis(money.scenarios) if few else "",
                "large": _large(facts, money.statistics) if len(money.scenarios) == 1 else [],
            },
            figures={"risks": risks_table(facts, money, has_voices)},
            metric_ids=METRICS,
        ),
    )


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, money: RiskInMoney) -> str:
    orphans = [each for each in money.scenarios if not each.owner_role]
    start = _weight(facts, money)
    if not orphans:
        return start
    if len(orphans) == 1:
        whole = f"{start}; {named(orphans[0].short_title, 'one risk')} has no owner"
        return fitting(whole, f"{start}; one risk has no owner")
    return f"{start}; {formats.count_words(len(orphans))} have no owner"


def _weight(facts: BoardFacts, money: RiskInMoney) -> str:
    """How few of the risks make most of the expected loss."""
    found, total = money.scenarios, money.statistics.expected
    count = len(found)
    if total <= 0:
        verb = "is" if count == 1 else "are"
        return f"{_all(count)} of the register {verb} expected to cost nothing this year"
    words = money_words(facts, total)
    if count == 1:
        name = sentences.capital(named(found[0].short_title, "The one risk"))
        chance = formats.percent(found[0].chance_a_year)
        return f"{name} costs {words} in a mean year, with a chance of {chance} that it happens"
    few, share = _fewest(found, total)
    if few == count:
        return f"{_all(count)} weigh alike in the expected loss of {words} a year"
    of = f"of {formats.count_words(count)} risks"
    verb = "makes" if few == 1 else "make"
    return (
        f"{sentences.capital(formats.count_words(few))} {of} {verb} {formats.percent(share)} of "
        f"the expected loss of {words} a year"
    )


def _all(count: int) -> str:
    if count == 1:
        return "The one risk"
    return "Both risks" if count == 2 else f"All {formats.count_words(count)} risks"


def _fewest(found: Sequence[ScenarioResult], total: float) -> tuple[int, float]:
    """The fewest risks that make at least half of the expected loss, and their share."""
    reached = 0.0
    for at, each in enumerate(found, 1):
        reached += each.statistics.expected / total
        if reached >= 0.5:
            return at, min(reached, 1.0)
    return len(found), min(reached, 1.0)


def _context(facts: BoardFacts, found: Sequence[ScenarioResult], together: Interval | None) -> str:
    first = found[0]
    if not first.statistics.expected:
        return ""
    if together is not None and len(found) > 1:
        return (
            f"Together {interval_words(facts, together)} expected a year (P10–P90), since how "
            "often is itself an estimate. Logarithmic scales."
        )
    name = sentences.capital(named(first.short_title, "the largest"))
    return (
        f"{name}: {interval_words(facts, first.expected_interval)} expected a year (P10–P90), "
        "since how often is itself an estimate. Logarithmic scales."
    )


def _basis(found: Sequence[ScenarioResult]) -> str:
    """What the estimates rest on: ``90% interval``, or one for each risk."""
    kinds = list(dict.fromkeys(each.basis for each in found))
    if len(kinds) == 1:
        return f"Estimated from: {kinds[0]}."
    pairs = [f"{each.short_title}: {each.basis}" for each in found]
    return f"Estimated from: {'; '.join(pairs)}."


def _row(facts: BoardFacts, name: str, found: LossStatistics) -> list[str]:
    values = (found.p50, found.p90, found.var_95, found.shortfall_95, found.var_99)
    return [name, *(money_words(facts, each) for each in values)]


def _years(facts: BoardFacts, money: RiskInMoney) -> list[list[str]]:
    """The distribution of a year's loss, a row for each risk and one for all."""
    if len(money.scenarios) == 1:
        return []
    return [
        *(_row(facts, each.short_title, each.statistics) for each in money.scenarios),
        _row(facts, "All together", money.statistics),
    ]


def _large(facts: BoardFacts, found: LossStatistics) -> list[dict[str, str]]:
    """The same for a single risk, set large."""
    heads = (
        ("Median year", "half of all years cost less"),
        ("1 year in 10", "reaches this or more"),
        ("1 year in 20", "reaches this or more"),
        ("Worst 5% of years", "their mean"),
    )
    values = (found.p50, found.p90, found.var_95, found.shortfall_95)
    return [
        {"label": label, "value": money_words(facts, value), "beside": beside}
        for (label, beside), value in zip(heads, values, strict=True)
    ]
