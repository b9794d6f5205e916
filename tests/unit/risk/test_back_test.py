"""Forecasts of a year ago against what happened: by hand, and against worlds that they describe."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp, log

import numpy as np
import pytest

from board_report.period import Quarter
from board_report.risk.back_test import back_test, coverage, events_interval
from board_report.risk.forecast_scores import brier_score, doubled_tail, poisson_binomial
from board_report.risk.incident_year import Obstacle, obstacle
from board_report.risk.quantities import Z_90
from board_report.risk.records import BackTest, Interval
from board_report.risk.simulate import LossModel
from board_report.tables.schema import TableSet
from tests.spec.tables import window_of
from tests.unit.risk.back_test_case import (
    BEFORE,
    MADE_IN,
    MODEL,
    OFTEN,
    RARE,
    SELDOM,
    WINDOWS,
    incident,
    told,
    uncertain,
)

TRIALS = 20_000
YEAR = (
    BEFORE,
    incident("2025-10-01", "R1", 500.0),
    incident("2026-03-31", "R1", 700.0),
    incident("2026-09-30", "R3", 90_000.0),
    incident("2026-02-01", "R9"),
    incident("2026-02-02"),
    incident("2026-02-03"),
)


def checked(tables: TableSet, model: LossModel = MODEL) -> BackTest:
    found = back_test(tables, model, MADE_IN, WINDOWS, TRIALS)
    assert found is not None
    return found


def test_rows_by_hand() -> None:
    """Poisson(4): 5% is reached at 1 (0.0916) and 95% at 8 (0.9786); of 0.5 at 0 and 2."""
    rows = {each.risk_id: each for each in checked(told(YEAR)).rows}
    assert [each.risk_id for each in checked(told(YEAR)).rows] == ["R1", "R2", "R3"]
    assert (rows["R1"].events, rows["R2"].events, rows["R3"].events) == (2, 0, 1)
    assert rows["R1"].events_interval == Interval(1, 8)
    assert rows["R2"].events_interval == Interval(0, 2)
    assert rows["R3"].events_interval == Interval(0, 0)
    assert rows["R1"].chance == pytest.approx(1 - exp(-4))
    assert rows["R1"].events_expected == pytest.approx(4)
    assert (rows["R1"].loss, rows["R2"].loss, rows["R3"].loss) == (1200, 0, 90_000)
    assert [each.is_inside for each in rows.values()] == [True, True, False]
    assert (rows["R1"].short_title, rows["R1"].owner_role) == ("Short R1", "CISO")


def test_intervals_of_loss_are_those_of_the_events() -> None:
    """Every event costs 1,000, so the loss lies where the number of events does."""
    found = checked(told(YEAR))
    assert found.rows[0].loss_interval == Interval(1000, 8000)
    assert found.rows[1].loss_interval == Interval(0, 2000)
    # Poisson(4.51): at most 0 events 1.1%, 1 event 6.1%, 3 events 34%, 4 events 53%, 7 events
    # 91.3%, 8 events 95.9%.
    assert found.total_interval == Interval(1000, 8000)
    assert found.total_median == 4000


def test_scores_by_hand() -> None:
    chances = [1 - exp(-4), 1 - exp(-0.5), 1 - exp(-0.01)]
    found = checked(told(YEAR))
    squares = [(1 - chances[0]) ** 2, chances[1] ** 2, (1 - chances[2]) ** 2]
    assert found.brier == pytest.approx(sum(squares) / 3)
    assert found.brier_reference == pytest.approx(2 / 3 * 1 / 3)
    logs = [log(chances[0]), log(1 - chances[1]), log(chances[2])]
    assert found.log_score == pytest.approx(-sum(logs) / 3)


def poisson(rate: float, low: int, high: int) -> float:
    """The chance of so many events, from one number to another."""
    total, mass = 0.0, exp(-rate)
    for events in range(high + 1):
        total += mass if events >= low else 0.0
        mass *= rate / (events + 1)
    return total


def test_coverage_by_hand() -> None:
    """A discrete interval holds at least 90%, and often more."""
    expected = {OFTEN: poisson(4, 1, 8), SELDOM: poisson(0.5, 0, 2), RARE: exp(-0.01)}
    for scenario, share in expected.items():
        count = scenario.frequency.count
        assert coverage(count, events_interval(count)) == pytest.approx(share)
        assert share > 0.9


def test_calibration_by_hand() -> None:
    """Two of three inside; the third is the one that holds 99%."""
    held = [poisson(4, 1, 8), poisson(0.5, 0, 2), exp(-0.01)]
    all_three = held[0] * held[1] * held[2]
    found = checked(told(YEAR))
    assert found.inside == 2
    assert found.calibration_p == pytest.approx(2 * (1 - all_three))


def test_what_nobody_forecast_is_counted_beside() -> None:
    """One incident names a risk that the register had not, two name none."""
    found = checked(told(YEAR))
    assert found.unassigned == 3
    assert found.total_loss == 500 + 700 + 90_000
    assert (found.made_in, found.first, found.last) == (
        Quarter(2025, 3),
        Quarter(2025, 4),
        Quarter(2026, 3),
    )


def test_a_risk_without_a_forecast_is_assigned_all_the_same() -> None:
    """The register had it and could not put it into money."""
    model = LossModel((OFTEN, SELDOM), seed=7)
    found = checked(told(YEAR), model)
    assert [each.risk_id for each in found.rows] == ["R1", "R2"]
    assert found.unassigned == 3
    assert found.total_loss == 500 + 700


def test_a_missing_cost_leaves_the_loss_unknown() -> None:
    found = checked(told([*YEAR, incident("2026-05-05", "R1", None), incident("2026-05-06", "R2")]))
    assert found.rows[0].loss is None
    assert found.rows[0].events == 3
    assert found.rows[1].loss == 1000
    assert found.total_loss is None
    assert found.uncosted == 1


def test_a_missing_cost_of_another_incident_does_not() -> None:
    found = checked(told([*YEAR, incident("2026-05-05", None, None)]))
    assert found.total_loss == 500 + 700 + 90_000
    assert found.uncosted == 0


def test_the_year_has_its_ends() -> None:
    """Days in Chicago: 30 September 2025 is before it, 1 October 2026 after it."""
    found = checked(
        told([*YEAR, incident("2025-09-30", "R2"), incident("2026-10-01", "R2")]),
    )
    assert found.rows[1].events == 0


# --- what cannot be checked -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        (told(None), Obstacle.NOT_GIVEN),
        (told([]), Obstacle.UNASSIGNED),
        (told([incident("2026-02-02"), incident("2024-02-02")]), Obstacle.UNASSIGNED),
        (told(YEAR, records_from=date(2026, 1, 5)), Obstacle.OUTSIDE),
    ],
    ids=["not given", "none", "none assigned", "half a history"],
)
def test_no_history(tables: TableSet, why: Obstacle) -> None:
    assert back_test(tables, MODEL, MADE_IN, WINDOWS, TRIALS) is None
    assert obstacle(tables, MODEL, WINDOWS) is why


def test_a_record_that_fell_silent() -> None:
    tables = told(YEAR)
    silent = replace(
        tables["incidents"],
        records_to=date(2026, 4, 1),
        is_stale=True,
        silent_after=date(2026, 6, 30),
    )
    stopped = TableSet({**tables.tables, "incidents": silent})
    assert obstacle(stopped, MODEL, WINDOWS) is Obstacle.OUTSIDE
    assert back_test(stopped, MODEL, MADE_IN, WINDOWS, TRIALS) is None


def test_a_record_that_begins_within_the_first_quarter() -> None:
    """The first quarter is not wholly before it, as everywhere."""
    assert checked(told(YEAR, records_from=date(2025, 12, 31))).rows[0].events == 2


def test_no_forecast() -> None:
    empty = LossModel((), seed=7)
    assert obstacle(told(YEAR), empty, WINDOWS) is Obstacle.NO_FORECAST
    assert back_test(told(YEAR), empty, MADE_IN, WINDOWS, TRIALS) is None


def test_a_year_that_still_runs() -> None:
    running = [window_of(str(each.quarter), "2026-09-29") for each in WINDOWS]
    assert obstacle(told(YEAR), MODEL, running) is Obstacle.NOT_OVER


@pytest.mark.parametrize("windows", [(), WINDOWS[1:], (*WINDOWS[:1], *WINDOWS[:3])])
def test_a_year_has_four_quarters(windows) -> None:
    with pytest.raises(ValueError, match="four quarters in a row"):
        obstacle(told(YEAR), MODEL, windows)


# --- worlds that the model describes --------------------------------------------------------------

WORLDS = 2000
BELIEFS = ((0.02, 0.3), (0.1, 1.0), (0.5, 2.0), (1.0, 6.0), (3.0, 9.0), (10.0, 30.0), (0.001, 0.01))
"""90% intervals of events a year."""


def draw_worlds() -> np.ndarray:
    """Numbers of events, one row for each world: a lognormal rate, then Poisson; not our code."""
    generator = np.random.default_rng(20260930)
    low, high = np.log(np.array(BELIEFS)).T
    spread = (high - low) / (2 * Z_90)
    rates = np.exp(generator.normal((low + high) / 2, spread, size=(WORLDS, len(BELIEFS))))
    return generator.poisson(rates)


def test_forecasts_hold_in_the_worlds_that_they_describe() -> None:
    """Each interval holds as often as it says; the Brier score is the mean of p (1 - p)."""
    counts = [uncertain(f"R{at}", *each).frequency.count for at, each in enumerate(BELIEFS)]
    worlds = draw_worlds()
    intervals = [events_interval(each) for each in counts]
    inside = np.array([each.low for each in intervals]) <= worlds
    inside &= worlds <= np.array([each.high for each in intervals])
    held = np.array([coverage(*each) for each in zip(counts, intervals, strict=True)])
    assert (held >= 0.9).all()
    error = np.sqrt(held * (1 - held) / WORLDS)
    assert (np.abs(inside.mean(axis=0) - held) < 4 * error + 1e-3).all()
    assert inside.mean() >= 0.9

    chances = np.array([each.chance for each in counts])
    scores = np.array([brier_score(chances, world > 0) for world in worlds])
    expected = float((chances * (1 - chances)).mean())
    assert scores.mean() == pytest.approx(expected, abs=4 * scores.std() / WORLDS**0.5)

    # A p-value below any level comes no oftener than the level says.
    masses = poisson_binomial(held.tolist())
    found = np.array([doubled_tail(masses, int(each)) for each in inside.sum(axis=1)])
    for level in (0.01, 0.05, 0.1):
        assert (found <= level).mean() <= level + 3 * (level / WORLDS) ** 0.5


def test_the_tables_tell_the_same_as_the_numbers() -> None:
    """One drawn world, written down as incidents and read again."""
    model = LossModel(tuple(uncertain(f"R{at}", *each) for at, each in enumerate(BELIEFS)), seed=3)
    world = draw_worlds()[0]
    rows = [
        incident(f"2026-0{1 + number % 6}-1{number % 9}", f"R{at}")
        for at, events in enumerate(world)
        for number in range(events)
    ]
    found = back_test(told([BEFORE, *rows]), model, MADE_IN, WINDOWS, TRIALS)
    assert found is not None
    assert [each.events for each in found.rows] == world.tolist()
    assert found.total_loss == 1000 * world.sum()
    assert found.total_interval.low <= found.total_median <= found.total_interval.high
