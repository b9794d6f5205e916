"""Initiatives are read with their effects, and change scenarios by where they stand."""

from __future__ import annotations

import numpy as np
import pytest

from board_report.period import Quarter
from board_report.risk.initiatives import (
    LEAST_LEFT,
    Factor,
    LossEffect,
    changes_of,
    cost_of,
    read_initiatives,
    today,
)
from board_report.risk.records import Decision, Interval
from tests.spec.tables import tables
from tests.unit.risk.initiative_case import case, effect, initiative, kpi, planned

QUARTER = Quarter(2026, 3)


def test_a_row_is_read_with_its_effects() -> None:
    """Numbers, lists, flags and both kinds of effect, with their places."""
    (found,) = read_initiatives(
        case(
            initiative(
                "I1", 100, "in_place", one_off_cost=50.0, requires=("I2",), excludes=("I3",),
                must_stay=True,
            ),
            effect("I1", "R1", 0.2, 0.4),
            effect("I1", "R1", -0.1, 0.1, on="magnitude"),
            kpi("I1", "mttd", -4, -2),
        ),
        QUARTER,
    )  # fmt: skip
    assert (found.name, found.owner_role, found.leader) == ("Initiative I1", "CISO", "CISO")
    assert found.decision is Decision.IN_PLACE
    assert (found.requires, found.excludes, found.must_stay) == (("I2",), ("I3",), True)
    assert [each.factor for each in found.on_loss] == [Factor.FREQUENCY, Factor.MAGNITUDE]
    assert [each.reduction for each in found.on_loss] == [pytest.approx(0.3), 0.0]
    assert [(each.metric_id, each.change) for each in found.on_kpis] == [("mttd", -3.0)]
    assert (found.file, found.line) == ("initiatives.csv", 2)
    assert [each.line for each in found.on_loss] == [2, 3]
    assert found.annual_cost == 100 + 50 / 5


def test_what_is_left_out_is_nothing() -> None:
    """Empty cells are no cost, no owner, no rule; a table that was not given has no initiative."""
    row = {**initiative("I1"), "owner_role": None, "one_off_cost": None, "must_stay": None}
    (found,) = read_initiatives(case(row), QUARTER)
    assert (found.owner_role, found.one_off_cost, found.must_stay) == ("", 0.0, False)
    assert (found.on_loss, found.on_kpis, found.value_a_year) == ((), (), None)
    assert read_initiatives(tables(), QUARTER) == ()


def test_planned_benefit_is_the_mean_of_what_lies_ahead() -> None:
    """Quarters ahead bring 0, 0 and 300: 100 a quarter, 400 a year; the quarter itself is past."""
    rows = [planned("I1", f"{quarter}", benefit) for quarter, benefit in (
        ("2026-Q2", 9000.0), ("2026-Q3", 9000.0), ("2026-Q4", 0.0), ("2027-Q1", 0.0),
        ("2027-Q2", 300.0),
    )]  # fmt: skip
    nothing = planned("I2", "2026-Q4", 0.0)
    both = case(initiative("I1"), initiative("I2"), *rows, nothing)
    assert [each.value_a_year for each in read_initiatives(both, QUARTER)] == [400.0, None]
    assert [each.value_a_year for each in read_initiatives(both)] == [None, None]


def test_a_belief_keeps_its_interval_and_never_exceeds_one() -> None:
    """Its 5th and 95th percentiles are those stated; what lies above 1 counts as 1."""
    found = LossEffect("R1", Factor.FREQUENCY, Interval(0.5, 1.0))
    ends = found.reductions(np.array([-1.6448536269514722, 0.0, 1.6448536269514722, 3.0]))
    assert ends.tolist() == pytest.approx([0.5, 0.75, 1.0, 1.0])


SET = (
    initiative("A", decision="in_place"), effect("A", "R1", 0.2),
    initiative("B", decision="in_place"), effect("B", "R1", 0.5),
    effect("B", "R1", 0.5, on="magnitude"),
    initiative("C", decision="committed"), effect("C", "R1", 0.1), effect("C", "R2", -0.3),
    initiative("D"), effect("D", "R2", 0.4, on="magnitude"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("AB", {}),
        ("ABC", {"R1": (0.9, 1.0), "R2": (1.3, 1.0)}),
        ("BCD", {"R1": (0.9 / 0.8, 1.0), "R2": (1.3, 0.6)}),
        ("", {"R1": (1 / (0.8 * 0.5), 1 / 0.5)}),
    ],
)
def test_a_set_changes_the_register(chosen: str, expected: dict[str, tuple[float, float]]) -> None:
    """What is in place is divided out where it is missing, the rest multiplied in."""
    found = changes_of(read_initiatives(case(*SET)), tuple(chosen))
    assert found.keys() == expected.keys()
    for risk, factors in expected.items():
        assert found[risk] == pytest.approx(factors)


def test_all_that_is_in_place_can_be_taken_out() -> None:
    """A reduction by all of it is taken to have left one part in a hundred."""
    some = read_initiatives(case(initiative("A", decision="in_place"), effect("A", "R1", 1.0)))
    assert changes_of(some, ()) == {"R1": (1 / LEAST_LEFT, 1.0)}
    some = read_initiatives(case(initiative("A"), effect("A", "R1", 1.0)))
    assert changes_of(some, ("A",)) == {"R1": (0.0, 1.0)}


def test_today_is_what_is_in_place_and_committed() -> None:
    """And what that costs."""
    some = read_initiatives(case(*SET))
    assert today(some) == ("A", "B", "C")
    assert cost_of(some, today(some)) == 100 + 100 + 100


def test_a_benefit_stated_of_the_initiative_takes_the_place_of_the_plan_s() -> None:
    """The plan's 5 a quarter come to 20 a year; where it is stated otherwise, that counts."""
    rows = [initiative("I1"), initiative("I2", planned_benefit=7.0), initiative("I3")]
    rows += [planned(each, "2026-Q4", 5.0) for each in ("I1", "I2")]
    found = read_initiatives(case(*rows), QUARTER)
    assert [each.value_a_year for each in found] == [20.0, 7.0, None]
