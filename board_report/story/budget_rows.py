"""What each budget comes to: its picture against tolerance, and the rows under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from board_report.metrics.declare import Direction
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.money_words import interval_words
from board_report.story.page import FigureSpec
from board_report.story.risk_pictures import money_words
from board_report.typeset import lines_needed

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import BudgetScenario

MOST_KPIS = 3
NONE = "–"
_PADDING = 12.0
"""Points between the columns of a table."""
Row = dict[str, object]


def head_of(found: BudgetScenario) -> str:
    """``−10%``, ``Today’s budget``, ``+10%``."""
    if not found.change:
        return "Today’s budget"
    sign = "+" if found.change > 0 else formats.MINUS
    return f"{sign}{formats.percent(abs(found.change))}"


def budgets_figure(
    facts: BoardFacts, money: RiskInMoney, left: float, size: tuple[float, float]
) -> FigureSpec:
    """The 1-in-20 loss of each budget with its interval, against tolerance."""
    limit = money.position.tolerance_1_in_20
    return FigureSpec(
        kind="budget_bars",
        data={
            "columns": [_column(facts, each, limit) for each in money.budgets],
            "tolerance": (
                None
                if limit is None
                else {"value": limit, "label": f"tolerance\n{money_words(facts, limit)}"}
            ),
            "currency": facts.currency,
            "left": left,
        },
        width=size[0],
        height=size[1],
        alt=_alt(facts, money),
    )


def _column(facts: BoardFacts, found: BudgetScenario, limit: float | None) -> Row:
    is_over = limit is not None and found.var_95 > limit
    column: Row = {
        "head": head_of(found),
        "under": f"{money_words(facts, found.budget)} a year",
        "spent": f"{money_words(facts, found.cost)} of it spent" if found.is_feasible else "",
        "low": found.var_95_interval.low,
        "mid": found.var_95,
        "high": found.var_95_interval.high,
        "label": money_words(facts, found.var_95),
        "status": "off" if is_over else "none",
    }
    return column if found.is_feasible else {**column, "absent": "cannot be met"}


def _alt(facts: BoardFacts, money: RiskInMoney) -> str:
    said = [
        f"{head_of(each)} {money_words(facts, each.var_95)}"
        f" ({interval_words(facts, each.var_95_interval)})"
        if each.is_feasible
        else f"{head_of(each)} cannot be met"
        for each in money.budgets
    ]
    limit = money.position.tolerance_1_in_20
    against = "" if limit is None else f", against a tolerance of {money_words(facts, limit)}"
    return f"The 1-in-20 loss under each budget{against}: {'; '.join(said)}."


# --- the rows under the picture ------------------------------------------------------------------


def rows_of(facts: BoardFacts, money: RiskInMoney, width: float) -> list[Row]:
    """Loss, benefit, what goes and what comes, and what it does to joint KPIs.

    Args:
        facts: for words and KPIs.
        money: with the budgets.
        width: points of a column, to know whether names take a second line.
    """
    budgets, names = money.budgets, _names(money)
    loss = [_cell(each, money_words(facts, each.expected_loss), "a year") for each in budgets]
    rows = [_row("Expected loss", loss)]
    if any(each.value_a_year for each in budgets):
        value = [_cell(each, money_words(facts, each.value_a_year), "a year") for each in budgets]
        rows.append(_row("Planned benefit", value))
    if any(each.tolerance_exceedance is not None for each in budgets):
        rows.append(_row("Chance over tolerance", [_chance(each) for each in budgets]))
    dropped = [_cell(each, _listed(each.dropped, names)) for each in budgets]
    added = [_cell(each, _listed(each.added, names)) for each in budgets]
    rows += [_row("Dropped", dropped, width), _row("Added", added, width)]
    return [*rows, *(_kpi_row(facts, each, budgets) for each in kpis_of(facts, money)[:MOST_KPIS])]


def _row(label: str, cells: Sequence[Row], names_in: float = 0.0) -> Row:
    """One row; with a width its cells are names, which may take two lines of it."""
    lines = [
        lines_needed(str(each["text"]), names_in - _PADDING, 11) if names_in else 1
        for each in cells
    ]
    return {
        "label": label,
        "is_name": bool(names_in),
        "is_long": max(lines) > 1,
        "cells": list(cells),
    }


def _cell(budget: BudgetScenario, text: str, note: str = "") -> Row:
    """A cell of a budget; one that cannot be met has no figures of its own."""
    return {"text": text, "note": note} if budget.is_feasible else {"text": NONE, "note": ""}


def _chance(budget: BudgetScenario) -> Row:
    chance = budget.tolerance_exceedance
    if chance is None:
        return _cell(budget, NONE)
    return _cell(budget, formats.percent(chance, 1), "a year")


def kpis_of(facts: BoardFacts, money: RiskInMoney) -> list[str]:
    """The joint KPIs that any budget moves."""
    return list(
        dict.fromkeys(
            effect.metric_id
            for budget in money.budgets
            for effect in budget.kpis
            if effect.metric_id in facts.figures.series
        )
    )


def _names(money: RiskInMoney) -> Mapping[str, str]:
    return {each.initiative_id: each.name for each in money.initiatives}


def _listed(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """The initiatives by name, at most three of them."""
    if not ids:
        return "nothing"
    said = [names.get(each, each) for each in ids[:3]]
    if len(ids) > 3:
        said = [*said[:2], f"{formats.count_words(len(ids) - 2)} more"]
    return formats.listed(said)


def _kpi_row(facts: BoardFacts, metric_id: str, budgets: Sequence[BudgetScenario]) -> Row:
    """What the KPI would come to, or by how much it moves where it has no value today."""
    title = facts.figures.spec(metric_id).title
    return _row(title, [_kpi_cell(facts, metric_id, each) for each in budgets])


def _kpi_cell(facts: BoardFacts, metric_id: str, budget: BudgetScenario) -> Row:
    change = next((each.change for each in budget.kpis if each.metric_id == metric_id), 0.0)
    now = facts.now(metric_id).value
    if now is None:
        if not change:
            return _cell(budget, "unchanged", "not measured now")
        sign = "+" if change > 0 else formats.MINUS
        words = f"{sign}{facts.amount(abs(change), metric_id)}"
        return _cell(budget, words, _judged(facts, metric_id, change))
    before, after = facts.amount(now, metric_id), facts.amount(now + change, metric_id)
    if after == before:
        return _cell(budget, before, "as now")
    return _cell(budget, after, f"{_judged(facts, metric_id, change)} than {before}".strip())


def _judged(facts: BoardFacts, metric_id: str, change: float) -> str:
    """``better`` or ``worse``; ``other`` where neither way is good."""
    direction = facts.figures.spec(metric_id).direction
    if direction is Direction.NEITHER:
        return "other"
    return "better" if (change > 0) == (direction is Direction.UP) else "worse"
