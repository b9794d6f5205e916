"""evaluator's 56 scenarios: our loss engine against a plain simulation of evaluator's algorithm.

The simulation below shares no code with the engine, nor with what reads the scenarios for it: it
draws every threat event, with a capability and a difficulty of each control of its own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.reference.evaluator_scenarios import DATA, Result, read_evaluator, results, write

ITERATIONS = 20_000
"""evaluator's own default is half of it."""
RELATIVE, ABSOLUTE = 0.10, 0.03
"""Of scenarios with at least one loss a year; of the number of events of the others."""


@dataclass(frozen=True)
class Simulated:
    threat_events: float
    vulnerability: float
    loss_events: float
    ale_mean: float
    ale_median: float
    ale_p95: float
    chance: float


def pert(generator, row, size):
    """As ``mc2d::rpert`` defines it."""
    span = row.h - row.l
    first, second = 1 + row.conf * (row.ml - row.l) / span, 1 + row.conf * (row.h - row.ml) / span
    return row.l + span * generator.beta(first, second, size)


def simulate_plainly(folder: Path, seed: int) -> dict[str, Simulated]:
    mapped = pd.read_csv(folder / "evaluator_mc_mappings.csv").set_index(["type", "label"])
    level = pd.read_csv(folder / "evaluator_mc_capabilities.csv").set_index("capability_id")["diff"]
    found = {}
    for at, each in enumerate(
        pd.read_csv(folder / "evaluator_mc_qualitative_scenarios.csv").itertuples()
    ):
        generator = np.random.default_rng([seed, at])
        threats = np.rint(pert(generator, mapped.loc["tef", each.tef], ITERATIONS)).astype(int)
        year = np.repeat(np.arange(ITERATIONS), threats)
        capability = pert(generator, mapped.loc["tc", each.tc], len(year))
        difficulty = np.zeros(len(year))
        controls = each.controls.split(", ")
        for control in controls:
            difficulty += pert(generator, mapped.loc["diff", level[control]], len(year))
        lost = year[capability > difficulty / len(controls)]
        losses = pert(generator, mapped.loc["lm", each.lm], len(lost))
        events = np.bincount(lost, minlength=ITERATIONS)
        ale = np.bincount(lost, weights=losses, minlength=ITERATIONS)
        found[each.scenario_id] = Simulated(
            threats.mean(),
            len(lost) / len(year),
            events.mean(),
            ale.mean(),
            np.quantile(ale, 0.5),
            np.quantile(ale, 0.95),
            (events > 0).mean(),
        )
    return found


@pytest.fixture(scope="module")
def ours() -> dict[str, Result]:
    return {each.scenario_id: each for each in results(read_evaluator(), trials=65_536)}


@pytest.fixture(scope="module")
def theirs() -> dict[str, Simulated]:
    return simulate_plainly(DATA, seed=31337)


pytestmark = pytest.mark.xdist_group("evaluator")


def test_all_scenarios_are_there(ours, theirs) -> None:
    assert list(ours) == list(theirs) == [f"RS-{at:02}" for at in range(1, 57)]


def test_frequent_scenarios(ours, theirs) -> None:
    """At least one loss a year: events, median and 95th percentile within 10%; there are 22."""
    frequent = [each for each in ours if ours[each].loss_events >= 1]
    assert len(frequent) == 22
    for each in frequent:
        for name in ("loss_events", "ale_mean", "ale_median", "ale_p95"):
            expected = pytest.approx(getattr(theirs[each], name), rel=RELATIVE)
            assert getattr(ours[each], name) == expected, (each, name)


def test_rare_scenarios(ours, theirs) -> None:
    """Less than one loss a year: the number of events within 0.03, and no median."""
    rare = [each for each in ours if ours[each].loss_events < 1]
    assert len(rare) == 34
    for each in rare:
        expected = pytest.approx(theirs[each].loss_events, abs=ABSOLUTE)
        assert ours[each].loss_events == expected, each
        assert ours[each].ale_median == theirs[each].ale_median == 0, each


def test_frequencies_as_far_as_the_simulation_can_tell(ours, theirs) -> None:
    """Four standard errors of the plain simulation: much closer than 10% asks for.

    The variance of a rounded PERT and of a binomial within it is bounded by those of the most
    frequent threats: a deviation of 7.4 threat events a year.
    """
    for each, found in ours.items():
        other = theirs[each]
        spread = 7.6 if found.threat_events > 10 else 2.4 if found.threat_events > 1 else 0.3
        error = 4 * spread / ITERATIONS**0.5
        assert found.threat_events == pytest.approx(other.threat_events, abs=error), each
        assert found.loss_events == pytest.approx(other.loss_events, abs=error), each
        assert found.chance == pytest.approx(other.chance, abs=2 / ITERATIONS**0.5), each
        draws = ITERATIONS * other.threat_events
        assert found.vulnerability == pytest.approx(
            other.vulnerability, abs=1e-4 + 2 / draws**0.5
        ), each


def test_half_a_dozen_threats_by_hand(ours) -> None:
    """PERT means: (1 + 4 x 6 + 12) / 6 a year, and (10,000 + 4 x 20,000 + 500,000) / 6 each."""
    assert ours["RS-25"].threat_events == pytest.approx((1 + 4 * 6 + 12) / 6, abs=0.001)
    each = ours["RS-25"].ale_mean / ours["RS-25"].loss_events
    assert each == pytest.approx((10_000 + 4 * 20_000 + 500_000) / 6)


def test_rounding_takes_away_two_thirds_of_the_rare_threats(ours) -> None:
    """PERT(0, 0.1, 1) has a mean of 0.233 a year and rounds to 1 in 7.3% of years alone."""
    assert ours["RS-47"].threat_events == pytest.approx(0.0732, abs=0.0001)
    (scenario,) = (each for each in read_evaluator() if each.scenario_id == "RS-47")
    assert scenario.threats.beta().mean == pytest.approx((0 + 4 * 0.1 + 1) / 6)


def test_results_are_written_as_csv(ours, tmp_path) -> None:
    path = tmp_path / "results.csv"
    write(list(ours.values()), path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [each["scenario_id"] for each in rows] == list(ours)
    for row in rows:
        found = ours[row["scenario_id"]]
        assert float(row["loss_events"]) == pytest.approx(found.loss_events, abs=1e-6)
        assert float(row["ale_p95"]) == pytest.approx(found.ale_p95, abs=0.01)
