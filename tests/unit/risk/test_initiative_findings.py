"""Each fault of the initiatives, one at a time, at its row."""

from __future__ import annotations

import pytest

from board_report.model import Finding, Severity
from board_report.project import Budget
from board_report.risk.initiative_findings import (
    INITIATIVE_FAULTS,
    InitiativeCode,
    initiative_findings,
)
from tests.spec.tables import Row, tables
from tests.unit.risk.initiative_case import case, effect, initiative, kpi

GOOD = (initiative("A", decision="in_place"), effect("A", "R1", 0.2, 0.4))


def found(*rows: Row, budget: Budget | None = None) -> tuple[Finding, ...]:
    return initiative_findings(case(*rows), {"R1", "R2"}, {"mttd"}, budget or Budget())


def only(*rows: Row, budget: Budget | None = None) -> Finding:
    (finding,) = found(*GOOD, *rows, budget=budget)
    assert finding.severity is Severity.WARNING
    return finding


def test_nothing_is_wrong_with_good_ones_or_with_none() -> None:
    assert found(*GOOD, kpi("A", "mttd", -2, -1)) == ()
    assert initiative_findings(tables(), set(), set(), Budget()) == ()


def test_every_code_is_explained() -> None:
    assert set(INITIATIVE_FAULTS) == set(InitiativeCode)


def test_without_owner() -> None:
    finding = only({**initiative("B"), "owner_role": None}, effect("B", "R1", 0.1))
    assert finding.code == InitiativeCode.UNOWNED
    assert (finding.file, finding.line, finding.column) == ("initiatives.csv", 3, "owner_role")
    assert finding.reason == "initiative B, “Initiative B”, has no owner."
    assert finding.table == "initiatives"


def test_without_effect() -> None:
    finding = only(initiative("B"))
    assert finding.code == InitiativeCode.WITHOUT_EFFECT
    assert (finding.line, finding.value) == (3, "B")


def test_without_cost() -> None:
    """One that costs only once costs something."""
    finding = only(initiative("B", 0), effect("B", "R1", 0.1))
    assert (finding.code, finding.column) == (InitiativeCode.COSTS_NOTHING, "annual_cost")
    assert found(*GOOD, initiative("B", 0, one_off_cost=5.0), effect("B", "R1", 0.1)) == ()


def test_on_a_risk_without_a_scenario() -> None:
    finding = only(effect("A", "R9", 0.1))
    assert finding.code == InitiativeCode.RISK_NOT_IN_MONEY
    assert (finding.file, finding.line) == ("initiative_effects.csv", 3)
    assert (finding.table, finding.column, finding.value) == ("initiative_effects", "risk_id", "R9")


@pytest.mark.parametrize(("low", "gone"), [(1.0, True), (0.99, False)])
def test_nothing_is_left(low: float, gone: bool) -> None:
    """Of a reduction by all in the middle of its interval."""
    some = found(*GOOD, effect("A", "R2", low, 1.0, on="magnitude"))
    assert [each.code for each in some] == [InitiativeCode.NOTHING_LEFT] * gone
    assert all("nothing of the magnitude of R2" in each.reason for each in some)


def test_on_an_unknown_metric() -> None:
    finding = only(kpi("A", "mttx", 1, 2))
    assert (finding.code, finding.value) == (InitiativeCode.METRIC_UNKNOWN, "mttx")


def with_effect(name: str, **more: object) -> tuple[Row, ...]:
    return initiative(name, **more), effect(name, "R1", 0.1)


def test_what_is_required_is_excluded() -> None:
    """By the other of the two, and at one remove."""
    finding = only(*with_effect("B", requires=("C",)), *with_effect("C", excludes=("B",)))
    assert (finding.code, finding.line) == (InitiativeCode.NEVER_CHOSEN, 3)
    assert (finding.column, finding.value) == ("excludes", "C")
    far = found(
        *with_effect("B", requires=("C",)),
        *with_effect("C", requires=("D", "E")),
        *with_effect("D", excludes=("E",)),
        *with_effect("E"),
    )
    assert [(each.code, each.line, each.column) for each in far] == [
        (InitiativeCode.NEVER_CHOSEN, 2, "requires"),
        (InitiativeCode.NEVER_CHOSEN, 3, "requires"),
    ]


def test_a_circle_and_an_unknown_one_are_no_fault_here() -> None:
    rows = (*with_effect("B", requires=("C",)), *with_effect("C", requires=("B", "Z")))
    assert found(*GOOD, *rows) == ()


def test_what_must_stay_excludes_each_other() -> None:
    finding = only(
        *with_effect("B", must_stay=True, excludes=("C",)),
        *with_effect("C", must_stay=True),
        budget=Budget(1000),
    )
    assert (finding.code, finding.line, finding.value) == (InitiativeCode.KEPT_CLASH, 3, "C")


def test_what_must_stay_costs_more_than_the_smallest_budget() -> None:
    """With what it requires: 100 of its own and 100 of A are more than 190."""
    rows = with_effect("B", must_stay=True, requires=("A",))
    finding = only(*rows, budget=Budget(200, 0.05))
    assert (finding.code, finding.column) == (InitiativeCode.KEPT_OVER_BUDGET, "must_stay")
    assert finding.value == "200"
    assert "tried is 190." in finding.reason
    assert found(*GOOD, *rows, budget=Budget(250, 0.05)) == ()
