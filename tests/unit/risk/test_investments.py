"""What initiatives return, against published cases and sums written out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.period import Quarter
from board_report.risk import investments
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.initiatives import read_initiatives
from board_report.risk.investments import initiative_returns, switched
from board_report.risk.quantities import Fixed, Lognormal
from board_report.risk.records import InitiativeReturn
from board_report.risk.scenarios import Scenario
from board_report.risk.simulate import LossModel
from board_report.risk.years import simulate_changed
from board_report.tables.schema import TableSet
from tests.unit.risk.initiative_case import case, effect, initiative, planned
from tests.unit.risk.risks import ONE_TO_TEN, risk

QUARTER = Quarter(2026, 3)
TRIALS = 4000


def returns(
    tables: TableSet, *scenarios: Scenario, rate: float = 0.08
) -> tuple[InitiativeReturn, ...]:
    return initiative_returns(tables, LossModel(scenarios, 7), QUARTER, rate, TRIALS)


@pytest.mark.parametrize(
    ("rate", "loss", "reduction", "cost", "rosi"),
    [
        # Expected loss of 5M a year, mitigated by 60% for 500K.
        (1.0, 5e6, 0.6, 5e5, 5.0),
        # ENISA 2012: five incidents a year of 15,000 each, mitigated by 80% for 25,000.
        (5.0, 15_000, 0.8, 25_000, 1.4),
        # Three incidents in five years of 1M each, 70% for 126K; as an amount that is 294,000.
        (3 / 5, 1e6, 0.7, 126_000, 294_000 / 126_000),
    ],
)
def test_published_returns(
    rate: float, loss: float, reduction: float, cost: float, rosi: float
) -> None:
    """As a ratio of what it costs, whichever of frequency and loss is reduced."""
    for factor in ("frequency", "magnitude"):
        rows = case(initiative("I1", cost), effect("I1", "R1", reduction, on=factor))
        (found,) = returns(rows, risk(rate, Fixed(loss)))
        assert found.rosi == pytest.approx(rosi)
        assert found.net_bought_down == pytest.approx(rate * loss * reduction)


def test_in_place_is_what_would_come_back() -> None:
    """The register's 600 are with it; without it they were 600 / 0.6 = 1,000."""
    rows = case(initiative("I1", 100, "in_place"), effect("I1", "R1", 0.4))
    (found,) = returns(rows, risk(0.6, Fixed(1000.0)))
    assert found.net_bought_down == pytest.approx(400)
    assert found.rosi == pytest.approx(3.0)
    assert found.var_95_with <= found.var_95_without


def test_what_it_brings_stands_apart() -> None:
    """It halves 1,000 and adds a tenth to 300; frequency and loss of one risk are one."""
    rows = case(
        initiative("I1"),
        effect("I1", "R1", 0.2),
        effect("I1", "R1", 0.375, on="magnitude"),
        effect("I1", "R2", -0.1),
    )
    (found,) = returns(
        rows, risk(1.0, Fixed(1000.0), name="R1"), risk(3.0, Fixed(100.0), name="R2")
    )
    assert found.bought_down == pytest.approx(1000 * (1 - 0.8 * 0.625))
    assert found.introduced == pytest.approx(30)
    assert found.net_bought_down == pytest.approx(470)


def test_money_over_its_life() -> None:
    """One-off 200, running 100; it avoids 150 and brings 50 a year: 100 a year for two years."""
    rows = case(
        initiative("I1", 100, one_off_cost=150.0, life_years=2.0),
        effect("I1", "R1", 0.5),
        planned("I1", "2026-Q4", 12.5),
    )
    (found,) = returns(rows, risk(1.0, Fixed(300.0)), rate=0.1)
    assert found.annual_cost == 100 + 150 / 2
    assert found.value_a_year == 50
    assert found.npv == pytest.approx(-150 + 100 / 1.1 + 100 / 1.1**2)
    assert found.payback_years == pytest.approx(1.5)
    late = (-150 + 100 / 1.1 + 75 / 1.1**2) / 1.1**0.25
    assert found.delay_cost == pytest.approx(found.npv - late)


def test_what_costs_nothing_has_no_return_on_it() -> None:
    """Nor an interval of one; what it takes away is known all the same."""
    (found,) = returns(case(initiative("I1", 0), effect("I1", "R1", 0.5)), risk(1.0, Fixed(10.0)))
    assert (found.rosi, found.rosi_interval, found.net_bought_down) == (None, None, 5.0)


def test_an_effect_on_no_scenario_counts_for_nothing() -> None:
    """It is told of elsewhere."""
    (found,) = returns(case(initiative("I1"), effect("I1", "R9", 0.5)), risk(1.0, Fixed(10.0)))
    assert (found.bought_down, found.introduced, found.net_bought_down) == (0.0, 0.0, 0.0)
    assert (found.net_interval.low, found.net_interval.high) == (0.0, 0.0)
    assert found.curve_with == found.curve_without
    assert found.rosi == -1.0


def test_interval_of_a_certain_rate_is_that_of_the_effect() -> None:
    """A normal belief of 0.2 to 0.6: P10 and P90 lie 1.2816 / 1.6449 of the way to the ends."""
    rows = case(initiative("I1"), effect("I1", "R1", 0.2, 0.6))
    (found,) = returns(rows, risk(1.0, Fixed(1000.0)))
    half = 200 * 1.2815515655446004 / 1.6448536269514722
    assert found.net_interval.low == pytest.approx(400 - half, rel=0.02)
    assert found.net_interval.high == pytest.approx(400 + half, rel=0.02)
    assert found.rosi_interval is not None
    assert found.rosi_interval.low == pytest.approx(found.net_interval.low / 100 - 1)


def test_interval_of_a_certain_effect_is_that_of_the_rate() -> None:
    """Half of a lognormal rate of 0.1 to 1 a year, a thousand each."""
    rate = Lognormal.from_interval(0.1, 1.0)
    (found,) = returns(
        case(initiative("I1"), effect("I1", "R1", 0.5)), risk(Frequency(rate), Fixed(1000.0))
    )
    ends = rate.at(np.array([-1.2815515655446004, 1.2815515655446004])) * 500
    assert found.net_interval.low == pytest.approx(ends[0], rel=0.03)
    assert found.net_interval.high == pytest.approx(ends[1], rel=0.03)


def test_neither_neighbours_nor_their_order_change_a_return() -> None:
    """Draws belong to risks and effects, not to places in a table."""
    one = (initiative("I1"), effect("I1", "R1", 0.1, 0.5), effect("I1", "R2", -0.2, 0.1))
    other = (initiative("I2"), effect("I2", "R1", 0.0, 0.4))
    some = (
        risk(Frequency(Lognormal.from_interval(0.1, 1.0)), name="R1"),
        risk(Frequency(Lognormal.from_interval(0.2, 2.0)), name="R2"),
    )
    alone = returns(case(*one), *some)
    assert returns(case(*one, *other), *some)[0] == alone[0]
    assert returns(case(*other, one[0], one[2], one[1]), *some)[1] == alone[0]


def test_many_are_simulated_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many years are held at a time, the numbers are the same."""
    rows = [initiative(f"I{at}") for at in range(5)]
    rows += [effect(f"I{at}", "R1", at / 10) for at in range(5)]
    whole = returns(case(*rows), risk())
    monkeypatch.setattr(investments, "SETS_AT_A_TIME", 2)
    assert returns(case(*rows), risk()) == whole


def test_no_initiative_has_no_return() -> None:
    """Nothing is simulated for nothing."""
    assert returns(case(), risk()) == ()


COUNTS = (
    Frequency(Lognormal.from_interval(0.3, 4.0)),
    Frequency(Lognormal.from_interval(0.3, 4.0), kind=CountKind.NEGATIVE_BINOMIAL, dispersion=0.7),
    Frequency(Fixed(6.0), Fixed(0.4), kind=CountKind.WHOLE_NUMBER),
)


@pytest.mark.parametrize("correlated", [False, True])
@pytest.mark.parametrize("frequency", COUNTS, ids=lambda each: str(each.kind))
@settings(max_examples=8, deadline=None)
@given(reduction=st.floats(0.001, 1.0), factor=st.sampled_from(["frequency", "magnitude"]))
def test_no_year_is_worse_with_what_only_takes_away(
    frequency: Frequency, correlated: bool, reduction: float, factor: str
) -> None:
    """Whatever the kind of count, and when risks come together."""
    some = (
        risk(frequency, ONE_TO_TEN, name="R1"),
        risk(replace(frequency, factor=0.5), ONE_TO_TEN, name="R2"),
    )
    model = LossModel(some, 3, {("R1", "R2"): 0.6} if correlated else {})
    rows = case(initiative("I1"), effect("I1", "R1", reduction, on=factor))
    (one,) = read_initiatives(rows)
    years = simulate_changed(model, {"without": {}, "with": switched(one)}, 3000)
    assert (years["with"] <= years["without"]).all()
    (found,) = initiative_returns(rows, model, QUARTER, 0.08, 3000)
    assert found.var_95_with <= found.var_95_without
    assert found.net_bought_down >= 0
    assert all(
        low[1] <= high[1] for low, high in zip(found.curve_with, found.curve_without, strict=True)
    )
