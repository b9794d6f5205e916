"""What a smaller, the same and a larger budget buys: the best set of initiatives for each.

Best is the least expected loss a year less the benefit a year that is planned beside it: a set that
avoids losses and one that earns are weighed in the same money. Joint KPIs do not choose it; what
becomes of them is shown beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from board_report.risk.distribution import percentile
from board_report.risk.initiatives import (
    Initiative,
    changes_of,
    cost_of,
    read_initiatives,
    today,
)
from board_report.risk.quantities import FloatArray
from board_report.risk.records import BudgetScenario, Interval, KpiEffect
from board_report.risk.scenarios import Scenario, expected_total
from board_report.risk.selection import Choice, Option, Product, best_choice
from board_report.risk.simulate import CENTS, LossModel
from board_report.risk.years import Changes, simulate_changed

if TYPE_CHECKING:
    from board_report.period import Quarter
    from board_report.project import Budget, RiskSettings
    from board_report.tables.schema import TableSet

Band = Callable[[Sequence[Scenario]], Interval]
"""From scenarios to P10 and P90 of their 1-in-20 loss, over what is not known of frequency."""


def budget_scenarios(
    tables: TableSet,
    model: LossModel,
    settings: RiskSettings,
    tolerance_1_in_20: float | None,
    trials: int,
    band: Band,
    quarter: Quarter,
) -> tuple[BudgetScenario, ...]:
    """The best sets for a budget that is cut, kept and raised, smallest budget first.

    Args:
        tables: ``initiatives``, ``initiative_effects`` and ``investments``; without any initiative
            there is nothing to choose and no scenario.
        model: the register of the quarter.
        settings: today's budget and by how much it is changed.
        tolerance_1_in_20: loss that the board tolerates in one year of 20; None where it set none.
        trials: simulated years, the same for every set.
        band: see :data:`Band`; asked once for each set.
        quarter: reported on; benefits planned for the quarters after it count.

    Raises:
        ValueError: a set makes a scenario more frequent than can be drawn.
    """
    initiatives = read_initiatives(tables, quarter)
    if not initiatives:
        return ()
    base, kept = base_budget(initiatives, settings.budget), today(initiatives)
    changes = (-settings.budget.change, 0.0, settings.budget.change)
    budgets = {each: base * (1 + each) for each in changes}
    best = {each: best_choice(choice_of(initiatives, model, budgets[each])) for each in changes}
    chosen = {each: kept if found is None else found for each, found in best.items()}
    outcomes = {
        ids: _outcome(initiatives, model, ids, cents, tolerance_1_in_20, band)
        for ids, cents in simulate_sets(initiatives, model, chosen.values(), trials).items()
    }
    return tuple(
        replace(
            outcomes[chosen[each]],
            change=each,
            budget=budgets[each],
            is_feasible=best[each] is not None,
        )
        for each in changes
    )


def base_budget(initiatives: Sequence[Initiative], budget: Budget) -> float:
    """Today's budget a year: as declared, or what is in place and committed costs."""
    return cost_of(initiatives, today(initiatives)) if budget.amount is None else budget.amount


def choice_of(initiatives: Sequence[Initiative], model: LossModel, budget: float) -> Choice:
    """What there is to choose from, as a program of products.

    A scenario's base is its expected loss without any initiative: what is in place is divided out
    of the register. An initiative's effects on one scenario's frequency and on its losses multiply,
    so they are one share that it leaves.

    A scenario in whole numbers of threats is linear here, too: where taking out what is in place
    would let more than every threat succeed, the set is chosen with a larger loss than is reported.

    A planned benefit is one more product: all of it is forgone without the initiative, and none
    with it. A negative one is a cost that comes with it.
    """
    products = [_benefit(each) for each in initiatives if each.value_a_year]
    for scenario in model.scenarios:
        base, left = scenario.expected_loss, {}
        for each in initiatives:
            share = math.prod(
                each.left_of(effect)
                for effect in each.on_loss
                if effect.risk_id == scenario.risk_id
            )
            if share != 1:
                left[each.initiative_id] = share
                base = base / share if each.is_counted else base
        if left:
            products.append(Product(base, left))
    options = tuple(
        Option(each.initiative_id, each.annual_cost, each.must_stay, each.requires, each.excludes)
        for each in initiatives
    )
    return Choice(options, tuple(products), budget)


def _benefit(initiative: Initiative) -> Product:
    """What is forgone without an initiative, or what a negative benefit costs with it."""
    value = initiative.value_a_year or 0.0
    return Product(abs(value), {initiative.initiative_id: 0.0 if value > 0 else 2.0})


def simulate_sets(
    initiatives: Sequence[Initiative],
    model: LossModel,
    sets: Iterable[tuple[str, ...]],
    trials: int,
) -> dict[tuple[str, ...], FloatArray]:
    """The same simulated years with each set of initiatives, in whole cents."""
    names = {", ".join(each): each for each in sorted(set(sets))}
    changes: dict[str, Changes] = {
        name: changes_of(initiatives, each) for name, each in names.items()
    }
    return {names[name]: each for name, each in simulate_changed(model, changes, trials).items()}


def kpi_effects(
    initiatives: Sequence[Initiative], added: Collection[str], dropped: Collection[str]
) -> tuple[KpiEffect, ...]:
    """How each joint KPI that any initiative changes moves, by metric id.

    The middle of each interval, added for what is taken in and taken away for what is left out.
    """
    moves: dict[str, list[float]] = {}
    for each in initiatives:
        sign = (each.initiative_id in added) - (each.initiative_id in dropped)
        for effect in each.on_kpis:
            moves.setdefault(effect.metric_id, []).append(sign * effect.change)
    return tuple(KpiEffect(metric, math.fsum(moves[metric]) + 0.0) for metric in sorted(moves))


def _outcome(
    initiatives: Sequence[Initiative],
    model: LossModel,
    chosen: tuple[str, ...],
    cents: FloatArray,
    tolerance: float | None,
    band: Band,
) -> BudgetScenario:
    """What one set brings, whatever the budget that it was chosen for."""
    kept, cost = today(initiatives), cost_of(initiatives, chosen)
    dropped = tuple(each for each in kept if each not in chosen)
    added = tuple(each for each in chosen if each not in kept)
    changes = changes_of(initiatives, chosen)
    scenarios = [each.changed(*changes.get(each.risk_id, (1.0, 1.0))) for each in model.scenarios]
    return BudgetScenario(
        change=0.0,
        budget=cost,
        cost=cost,
        chosen=chosen,
        dropped=dropped,
        added=added,
        expected_loss=expected_total(scenarios),
        var_95=percentile(cents, 0.95) / CENTS,
        var_95_interval=band(scenarios),
        tolerance_exceedance=(
            None if tolerance is None else float(np.mean(cents > tolerance * CENTS))
        ),
        kpis=kpi_effects(initiatives, added, dropped),
        value_a_year=math.fsum(
            each.value_a_year or 0.0 for each in initiatives if each.initiative_id in chosen
        ),
    )
