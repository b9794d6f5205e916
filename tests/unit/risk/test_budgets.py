"""Budget scenarios: the best set for a cut, a kept and a raised budget, and what it brings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from board_report.period import Quarter
from board_report.project import Budget, RiskSettings
from board_report.risk.budgets import budget_scenarios, choice_of
from board_report.risk.initiatives import changes_of, cost_of, read_initiatives
from board_report.risk.quantities import Fixed, Lognormal
from board_report.risk.records import BudgetScenario, Interval, KpiEffect
from board_report.risk.scenarios import Scenario, expected_total
from board_report.risk.simulate import LossModel
from board_report.tables.schema import TableSet
from tests.unit.risk.initiative_case import case, effect, initiative, kpi, planned
from tests.unit.risk.risks import risk

TRIALS = 4000
QUARTER = Quarter(2026, 3)
SOME = (
    risk(1.0, Fixed(400.0), name="R1"),
    risk(2.0, Fixed(100.0), name="R2"),
    risk(0.5, Lognormal.from_interval(100.0, 900.0), name="R3"),
)
ROWS = (
    initiative("A", 50, "in_place"), effect("A", "R1", 0.5),
    initiative("B", 40, "committed"), effect("B", "R2", 0.1, 0.3),
    initiative("C", 10), effect("C", "R3", 0.5, on="magnitude"),
    initiative("D", 5, "in_place"), effect("D", "R2", 0.01),
    effect("D", "R1", 0.01, on="magnitude"),
    kpi("B", "mttd", -6, -2), kpi("C", "mttd", -3, 1), kpi("D", "patch_time", 0, 2),
)  # fmt: skip


def width(scenarios: Sequence[Scenario]) -> Interval:
    """A band that tells which scenarios were asked about."""
    return Interval(0.0, expected_total(scenarios))


def scenarios(
    tables: TableSet,
    budget: Budget | None = None,
    tolerance: float | None = 500.0,
    model: LossModel | None = None,
) -> tuple[BudgetScenario, ...]:
    settings = RiskSettings(budget=budget or Budget(change=0.1))
    model = model or LossModel(SOME, 5)
    return budget_scenarios(tables, model, settings, tolerance, TRIALS, width, QUARTER)


def test_budgets_are_around_what_today_costs() -> None:
    """In place and committed cost 95; a tenth less, the same, and a tenth more."""
    found = scenarios(case(*ROWS))
    assert [each.change for each in found] == [-0.1, 0.0, 0.1]
    assert [each.budget for each in found] == pytest.approx([85.5, 95.0, 104.5])
    assert [each.budget for each in scenarios(case(*ROWS), Budget(200, 0.25))] == [150, 200, 250]


def test_a_planned_benefit_is_weighed_in_the_same_money() -> None:
    """One saves 100 of loss a year, the other earns 120 (30 a quarter ahead); one is affordable."""
    rows = (
        initiative("A", 50, "in_place"), effect("A", "R1", 0.2),
        initiative("B", 50), planned("B", "2026-Q4", 30.0), planned("B", "2027-Q1", 30.0),
    )  # fmt: skip
    model = LossModel((risk(1.0, Fixed(400.0), name="R1"),), 5)
    [cut, kept, raised] = scenarios(case(*rows), Budget(50, 0.5), model=model)
    # What is in place is in the register already: without it 400 becomes 500.
    assert (cut.chosen, kept.chosen, raised.chosen) == ((), ("B",), ("B",))
    assert kept.expected_loss == pytest.approx(500.0)
    assert kept.value_a_year == pytest.approx(120.0)
    [_, kept, _] = scenarios(
        case(*rows[:2], rows[2], planned("B", "2026-Q4", 24.0)), Budget(50, 0.5), model=model
    )
    assert (kept.chosen, kept.value_a_year) == (("A",), 0.0)


def test_the_best_sets_are_chosen() -> None:
    """A avoids 400; C halves 0.5 x 384 = 192 for 10; B takes 40 of 200 for 40; D takes little.

    With 85.5 there is not enough for B and A together, so B goes and C comes; 95 would pay for A,
    B and D or for A, C and D, and the second avoids more; 104.5 pays for A, B and C but not for D.
    """
    cut, kept, raised = scenarios(case(*ROWS))
    assert (cut.chosen, cut.dropped, cut.added) == (("A", "C", "D"), ("B",), ("C",))
    assert (kept.chosen, kept.cost) == (("A", "C", "D"), 65)
    assert (raised.chosen, raised.dropped, raised.added) == (("A", "B", "C"), ("D",), ("C",))
    third = SOME[2].expected_loss
    assert raised.expected_loss == pytest.approx(400 / 0.99 + 200 / 0.99 * 0.8 + third * 0.5)
    assert cut.expected_loss == pytest.approx(400 + 200 + third * 0.5)


def test_more_money_is_never_worse() -> None:
    """Neither in the mean nor, of sets in one another, in the bad year."""
    found = scenarios(case(*ROWS))
    losses = [each.expected_loss for each in found]
    assert losses == sorted(losses, reverse=True)
    assert all(each.cost <= each.budget * (1 + 1e-9) for each in found)
    assert all(each.is_feasible for each in found)


def test_bad_years_are_those_of_the_chosen_set() -> None:
    """Only R1 with 400 in each event: the 1-in-20 year of a rate of 1 has three events."""
    only = LossModel((SOME[0],), 5)
    (found, *_) = scenarios(
        case(initiative("A", 1, "in_place"), effect("A", "R1", 0.0)), model=only
    )
    assert found.var_95 == 1200
    # P(N >= 2) = 1 - 2 / e = 0.264
    assert found.tolerance_exceedance == pytest.approx(0.264, abs=0.02)
    assert found.var_95_interval == Interval(0.0, 400.0)
    (found, *_) = scenarios(case(*ROWS), tolerance=None)
    assert found.tolerance_exceedance is None


def test_kpis_move_by_what_comes_and_goes() -> None:
    """Against today's set: without B the time to detect rises by 4, with C it falls by 1."""
    cut, _, raised = scenarios(case(*ROWS))
    assert cut.kpis == (KpiEffect("mttd", 4.0 - 1.0), KpiEffect("patch_time", 0.0))
    assert raised.kpis == (KpiEffect("mttd", -1.0), KpiEffect("patch_time", -1.0))


def test_what_must_stay_may_cost_too_much() -> None:
    """Then the figures are those of today's set, and it is said."""
    rows = ({**ROWS[0], "must_stay": True}, *ROWS[1:])
    cut, kept, raised = scenarios(case(*rows), Budget(40, 0.2))
    assert [each.is_feasible for each in (cut, kept, raised)] == [False, False, False]
    assert (cut.chosen, cut.cost, cut.budget) == (("A", "B", "D"), 95, 32)
    assert (cut.dropped, cut.added) == ((), ())
    assert scenarios(case(*rows), Budget(50, 0.2))[1].chosen == ("A",)


def test_rules_are_respected_and_unknown_ones_ignored() -> None:
    """C needs B and cannot stand beside D, and asks for one that is not there."""
    rows = [
        {**each, "requires": ("B", "Z"), "excludes": ("D", "Y")}
        if each.get("initiative_id") == "C" and "decision" in each
        else each
        for each in ROWS
    ]
    cut, _, raised = scenarios(case(*rows))
    assert (cut.chosen, raised.chosen) == (("A", "D"), ("A", "B", "C"))


def test_the_program_knows_the_loss_of_every_set() -> None:
    """Products over the loss without anything agree with scenarios that are changed."""
    initiatives = read_initiatives(case(*ROWS))
    choice = choice_of(initiatives, LossModel(SOME, 5), 100)
    for chosen in ((), ("A",), ("B", "C"), ("A", "B", "D"), ("A", "B", "C", "D")):
        changes = changes_of(initiatives, chosen)
        changed = [each.changed(*changes.get(each.risk_id, (1.0, 1.0))) for each in SOME]
        assert choice.loss(chosen) == pytest.approx(expected_total(changed))
        assert choice.cost(chosen) == cost_of(initiatives, chosen)


def test_each_set_is_asked_about_once() -> None:
    """Two budgets that choose the same share its figures."""
    asked = []

    def band(some: Sequence[Scenario]) -> Interval:
        asked.append(some)
        return Interval(0.0, 1.0)

    budget_scenarios(case(*ROWS), LossModel(SOME, 5), RiskSettings(), None, TRIALS, band, QUARTER)
    assert len(asked) == 2


def test_without_initiatives_there_is_nothing_to_choose() -> None:
    """No scenario at all."""
    assert scenarios(case()) == ()
