"""What less and more money would do: the page over which leaders and board negotiate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats, sentences
from board_report.story.budget_rows import MOST_KPIS, budgets_figure, kpis_of, rows_of
from board_report.story.facts import BoardFacts
from board_report.story.money_words import fitting, interval_words, run_words
from board_report.story.page import Page
from board_report.story.risk_pictures import money_words

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import BudgetScenario

METRICS = ("expected_loss", "loss_1_in_20", "tolerance_exceedance")
ID = "budget-scenarios"
_ROOM, _MORE = 299.0, 14.0
"""Points for the picture and the rows under it, and of the line that counts what is left out."""
_ROW, _LONG_ROW = 17.0, 29.0
_TALLEST = 210.0


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none without initiatives to choose among."""
    money = facts.measured_money
    if money is None or not money.budgets:
        return ()
    has_voices = facts.has_voices(ID)
    width, left = (642.0, 126.0) if has_voices else (864.0, 168.0)
    column = (width - left) / len(money.budgets)
    kpis, rows = kpis_of(facts, money), rows_of(facts, money, column)
    below = sum(_LONG_ROW if each["is_long"] else _ROW for each in rows)
    height = min(_ROOM - below - (_MORE if len(kpis) > MOST_KPIS else 0), _TALLEST)
    return (
        Page(
            id=ID,
            section="Budget scenarios",
            title=_title(facts, money),
            context=_context(facts, money),
            owners=facts.owner("CISO", "CTO", "CFO"),
            sources=(
                f"Source: initiatives; {run_words(money)}. Of all sets that a budget allows: the "
                "one of least expected loss less planned benefit. Dropped, added: against today’s."
            ),
            body={
                "has_voices": has_voices,
                "rows": rows,
                "widths": [left, *[column] * len(money.budgets)],
                "more": (
                    f"{formats.counted(len(kpis) - MOST_KPIS, 'more joint KPI', words=False)} moved"
                    if len(kpis) > MOST_KPIS
                    else ""
                ),
            },
            figures={"budgets": budgets_figure(facts, money, left, (width, height))},
            metric_ids=(*METRICS, *kpis[:MOST_KPIS]),
        ),
    )


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, money: RiskInMoney) -> str:
    limit = money.position.tolerance_1_in_20
    found = [each for each in money.budgets if each.is_feasible]
    blocked = [each for each in money.budgets if not each.is_feasible]
    if not found:
        return "None of the budgets pays for what must stay"
    start = _blocked(blocked)
    said = [
        *([] if limit is None else _against(facts, found, limit)),
        _spread(facts, found),
    ]
    if not start:
        return fitting(*said)
    return fitting(*(f"{start}; {sentences.within(each)}" for each in said), start)


def _blocked(found: Sequence[BudgetScenario]) -> str:
    if not found:
        return ""
    if len(found) == 1:
        return f"{_way(found[0])} does not pay for what must stay"
    count = sentences.capital(formats.count_words(len(found)))
    return f"{count} budgets do not pay for what must stay"


def _way(found: BudgetScenario) -> str:
    """``10% less``, ``10% more``, ``Today’s budget``."""
    if not found.change:
        return "Today’s budget"
    return f"{formats.percent(abs(found.change))} {'more' if found.change > 0 else 'less'}"


def _against(facts: BoardFacts, found: Sequence[BudgetScenario], limit: float) -> list[str]:
    """Which budget crosses the line."""
    inside = [each for each in found if each.var_95 <= limit]
    over = [each for each in found if each.var_95 > limit]
    least, most = found[0], found[-1]
    if len(found) == 1:
        side = "over" if over else "inside"
        return [f"{_way(least)} leaves one year in 20 {side} tolerance, at {_loss(facts, least)}"]
    if not over:
        return [f"On every budget one year in 20 stays inside tolerance, {_ends(facts, found)}"]
    if not inside:
        best = money_words(facts, min(each.var_95 for each in found))
        return [f"No budget brings one year in 20 inside tolerance; the best of them leaves {best}"]
    today = min(found, key=lambda each: abs(each.change))
    if today in over:
        # More money where it helps; a smaller budget may help, too, when it gives up benefits.
        first = next((each for each in inside if each.change > 0), inside[0])
        brings = f"{_way(first)} brings one year in 20 inside tolerance, to {_loss(facts, first)}"
        if least.change < 0 and least is not first:
            less = _way(least)
            end = (
                f"so does {less}, to {_loss(facts, least)}"
                if least in inside
                else f"{less} takes it to {_loss(facts, least)}"
            )
            return [f"{brings}; {end}", brings]
        return [brings]
    last = next((each for each in reversed(over) if each.change < 0), over[-1])
    takes = f"{_way(last)} takes one year in 20 over tolerance, to {_loss(facts, last)}"
    if most.change > 0 and most in inside:
        return [f"{takes}; {_way(most)} brings it to {_loss(facts, most)}", takes]
    return [takes]


def _spread(facts: BoardFacts, found: Sequence[BudgetScenario]) -> str:
    if len(found) == 1:
        return f"{_way(found[0])} leaves one year in 20 at {_loss(facts, found[0])} or more"
    return f"One year in 20 costs {_ends(facts, found)}, as the budget is set"


def _ends(facts: BoardFacts, found: Sequence[BudgetScenario]) -> str:
    low, high = min(found, key=_size), max(found, key=_size)
    if _loss(facts, low) == _loss(facts, high):
        return f"at {_loss(facts, low)}"
    return f"between {_loss(facts, low)} and {_loss(facts, high)}"


def _size(found: BudgetScenario) -> float:
    return found.var_95


def _loss(facts: BoardFacts, found: BudgetScenario) -> str:
    return money_words(facts, found.var_95)


def _context(facts: BoardFacts, money: RiskInMoney) -> str:
    today = min(money.budgets, key=lambda each: abs(each.change))
    blocked = [each for each in money.budgets if not each.is_feasible]
    if blocked:
        return (
            f"What must stay costs {money_words(facts, blocked[0].cost)}. Bars: P10–P90 of the "
            "1-in-20 loss, from what is not known of how often."
        )
    bars = "Bars: P10–P90 of the 1-in-20 loss"
    if not _overlap(money.budgets):
        return f"{bars}, from what is not known of how often."
    today_words = interval_words(facts, today.var_95_interval)
    return (
        f"{bars}, today {today_words}. They overlap: the order of the budgets is surer than the "
        "amounts."
    )


def _overlap(found: Sequence[BudgetScenario]) -> bool:
    """Whether the bars of the smallest and of the largest budget overlap."""
    first, last = found[0].var_95_interval, found[-1].var_95_interval
    return len(found) > 1 and first.low <= last.high and last.low <= first.high
