"""Compiled loops give the numbers of the array operations, to the last bit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.risk_model import trees, variants
from board_report.project import Insurance
from board_report.risk import drawing, years
from board_report.risk.drawing import ByArrays
from board_report.risk.events import CENTS
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.insurance import Policy
from board_report.risk.quantities import Beta, Fixed, Gamma, Limited, Lognormal, Quantity
from board_report.risk.scenarios import LossPart, Scenario
from board_report.risk.simulate import BLOCK, Block, LossModel
from board_report.risk.years import Years, simulate, simulate_changed
from tests.functional.test_loss_by_hand import sample_model
from tests.unit.risk.risks import risk
from tests.unit.risk.test_simulate import MIXED, digest

pytestmark = pytest.mark.xdist_group("by_loops")  # compiled once, by one worker


@pytest.fixture(scope="module", autouse=True)
def _loops() -> None:
    """Without numba there is nothing to hold against the reference; on a build server there is."""
    if drawing.by_loops() is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("numba is missing or fails, and CI=true")
        pytest.skip("numba is missing")


def by_loops(threads: int):
    """As ``drawing.drawing_of``, with loops however few years there are."""
    found = drawing.by_loops()
    assert found

    def drawing_of(scenarios, seed, groups, policy, trials):
        return found(scenarios, seed, groups, policy, threads)

    return patch.object(years, "drawing_of", drawing_of)


def bits(found: Years) -> list[object]:
    """All that a simulation gives, without rounding."""
    return [
        found.gross.tobytes(),
        None if found.net is None else found.net.tobytes(),
        found.tail_shares,
        *(
            (each.trials, each.first, each.counts.tobytes(), each.sums.tobytes())
            for each in found.scenarios
        ),
    ]


def assert_same(model: LossModel, trials: int, threads: int = 1) -> None:
    expected = simulate(model, trials)
    with by_loops(threads):
        found = simulate(model, trials)
    assert bits(found) == bits(expected)


# --- models that are used ------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("name", variants(trees()))
def test_the_benchmark_s_models(name, threads):
    """A block and a tail."""
    assert_same(variants(trees())[name], BLOCK + 77, threads)


@pytest.mark.parametrize("name", variants(trees()))
def test_as_few_events_at_a_time_as_can_be(name):
    with patch("board_report.risk.by_loops._TOGETHER", 3):
        assert_same(variants(trees())[name], 3000)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_sample_company_s_model(threads):
    assert_same(sample_model(), BLOCK + 4321, threads)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_model_of_all_kinds(threads):
    assert_same(MIXED, BLOCK + 1, threads)


def test_changes_of_a_model():
    sets = {"without": {}, "with": {"R-01": (0.7, 1.0), "R-03": (1.0, 1.3)}}
    expected = simulate_changed(MIXED, sets, 5000)
    with by_loops(2):
        found = simulate_changed(MIXED, sets, 5000)
    assert list(found) == list(expected)
    assert all((found[name] == expected[name]).all() for name in sets)


# --- models that are made ------------------------------------------------------------------------

CENT_AMOUNTS = st.floats(0.01, 1e7)


@st.composite
def stretched(draw) -> Beta:
    low, middle, high = sorted(draw(st.tuples(CENT_AMOUNTS, CENT_AMOUNTS, CENT_AMOUNTS)))
    assume(low < high)
    return Beta.pert(low, middle, high, draw(st.floats(0.5, 20)))


LOGNORMALS = st.builds(Lognormal, st.floats(-2, 16), st.floats(0.1, 3))
GAMMAS = st.builds(Gamma, st.floats(0.2, 30), st.floats(1e-6, 10))
TABULATED = st.builds(lambda gamma: gamma.table, GAMMAS)
UNLIMITED = st.one_of(LOGNORMALS, GAMMAS, TABULATED, stretched())


@st.composite
def limits(draw) -> Quantity:
    """Capped, cut, or both, somewhere among its values."""
    inner = draw(UNLIMITED)
    places = draw(st.lists(st.floats(-1, 4), min_size=2, max_size=2))
    cap, cut = (float(each) for each in inner.at(np.array(places)))
    kind = draw(st.sampled_from(["cap", "cut", "both"]))
    return Limited(
        inner, cap if kind != "cut" else np.inf, cut if kind != "cap" and cut > 0 else np.inf
    )


QUANTITIES = st.one_of(st.builds(Fixed, st.floats(0, 1e6)), UNLIMITED, limits())
FORMS = st.sampled_from(["", "productivity", "response", "reputation"])
RATES = st.one_of(
    st.builds(Fixed, st.floats(0, 6)),
    st.builds(Lognormal, st.floats(-4, 1), st.floats(0, 1)),
    st.builds(Gamma, st.floats(0.2, 5), st.floats(0.5, 5)),
    st.builds(Beta.pert, st.just(0.0), st.floats(0, 2), st.floats(2.1, 5)),
)
SHARES = st.one_of(
    st.builds(Fixed, st.floats(0, 1)),
    st.builds(Beta.pert, st.just(0.0), st.floats(0, 0.5), st.floats(0.6, 1)),
)


@st.composite
def scenarios(draw, name: str) -> Scenario:
    parts = st.builds(LossPart, QUANTITIES, FORMS, st.booleans())
    return Scenario(
        risk_id=name,
        title=name,
        short_title=name,
        owner_role="",
        frequency=Frequency(
            draw(RATES), draw(SHARES), draw(st.sampled_from(CountKind)), draw(st.floats(0.1, 2))
        ),
        parts=tuple(draw(st.lists(parts, min_size=1, max_size=4))),
        secondary_chance=draw(st.sampled_from([0.0, 0.3, 1.0])),
        outage_hours=draw(st.none() | LOGNORMALS | st.builds(Fixed, st.floats(0, 30))),
        magnitude=draw(st.sampled_from([1.0, 0.37])),
    )


@st.composite
def models(draw) -> LossModel:
    names = "ABCDEFG"[: draw(st.integers(1, 7))]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(
        lambda pair: pair[0] < pair[1]
    )
    together = st.dictionaries(pairs, st.sampled_from([-0.1, 0.0, 0.15]), max_size=6)
    policies = st.builds(
        Insurance,
        retention=st.floats(0, 1e6),
        limit=st.floats(1, 1e7),
        coinsurance=st.sampled_from([0.0, 0.15]),
        applies=st.sampled_from(["year", "event"]),
        aggregate_limit=st.none() | st.floats(1, 2e7),
        waiting_hours=st.sampled_from([0.0, 8.0]),
        sublimits=st.lists(
            st.tuples(FORMS, st.floats(1, 1e6)), max_size=3, unique_by=lambda x: x[0]
        ).map(tuple),
    )
    return LossModel(
        tuple(draw(scenarios(name)) for name in names),
        draw(st.integers(0, 2**70)),
        draw(together) if len(names) > 1 else {},
        draw(st.none() | policies),
    )


RANDOM_MODELS = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@RANDOM_MODELS
@given(models(), st.integers(1, 700), st.sampled_from([1, 2]))
def test_any_model(model, trials, threads):
    assert_same(model, trials, threads)


@RANDOM_MODELS
@given(models(), st.integers(1, 400), st.sampled_from([1, 5]))
def test_the_claims_of_any_model(model, size, together):
    """Form by form, in a later block, with as few events drawn at a time as can be."""
    insurance = model.insurance or Insurance(1e5, 1e6)
    policy, block = Policy.of(insurance, CENTS), Block(3 * BLOCK, size)
    asked = (model.scenarios, model.seed, model.groups(), policy)
    loops = drawing.by_loops()
    with patch("board_report.risk.by_loops._TOGETHER", together):
        found = list(loops(*asked, 1).scenarios(block))
    for one, other in zip(found, ByArrays(*asked).scenarios(block), strict=True):
        assert (one.years == other.years).all()
        assert one.losses.tobytes() == other.losses.tobytes()
        assert {form: each.tobytes() for form, each in one.claims.items()} == {
            form: each.tobytes() for form, each in other.claims.items()
        }


# --- extremes ------------------------------------------------------------------------------------


def test_enormous_losses_that_come_together():
    """Further apart than the loops can put in order."""
    pair = tuple(risk(2.0, Lognormal(28.0, 2.0), name=name) for name in "AB")
    assert_same(LossModel(pair, 5, {("A", "B"): 0.5}, Insurance(1e12, 1e14)), 5000)


def test_scenarios_without_an_event():
    never = tuple(risk(0.0, name=name) for name in "AB")
    assert_same(LossModel(never, 1, {("A", "B"): 0.5}, Insurance(1.0, 2.0)), 100)
    assert_same(LossModel(never, 1), 1)


def test_losses_of_nothing():
    assert_same(LossModel((risk(2.0, Fixed(0.0)),), 1), 1000)


def test_more_events_than_are_drawn_at_a_time():
    assert_same(LossModel((risk(300.0),), 1, insurance=Insurance(1, 90, applies="event")), 700)


def test_more_risks_than_a_tile_of_years():
    names = [f"R{at}" for at in range(70)]
    chain = dict.fromkeys(pairwise(names), 0.3)
    assert_same(LossModel(tuple(risk(0.2, name=name) for name in names), 3, chain), 300)


def test_the_scores_of_the_outermost_cells():
    """Sixteen zeros or ones in front come once in 32,768 numbers; here always."""
    from board_report.risk import compiled
    from board_report.risk.draws import SCALE, _scores_of, outermost_scores, score_edges

    lower = np.arange(65_536, dtype=np.uint32)
    numbers = np.concatenate([lower, lower + np.uint32(0xFFFF0000), lower << np.uint32(16)])
    expected, found = np.empty(len(numbers)), np.empty((1, len(numbers)), dtype=np.int32)
    _scores_of(numbers, expected)
    alone = np.array([[SCALE]])
    compiled.correlate(alone, SCALE, numbers[None, :], score_edges(), outermost_scores(), found)
    assert (found[0] == np.rint(expected * SCALE)).all()


def test_what_is_too_frequent_is_refused():
    with by_loops(2), pytest.raises(ValueError, match="100,000 events a year"):
        simulate(LossModel((risk(2e5),), 1), 1000)


# --- when loops are used -------------------------------------------------------------------------


def test_loops_are_used_from_so_many_years_on():
    one = risk()
    asked = partial(drawing.drawing_of, seed=1, groups=(), policy=None)
    assert isinstance(asked((one,), trials=drawing.WORTH_LOADING - 1), ByArrays)
    assert isinstance(asked((one,), trials=drawing.WORTH_LOADING), drawing.by_loops())
    assert isinstance(asked((one, replace(one, risk_id="B")), trials=10**6), ByArrays)


TOLD = """
import sys
{before}
from board_report.risk import drawing
drawing.WORTH_LOADING = {worth}
from tests.unit.risk.test_simulate import MIXED, digest, simulate
years = simulate(MIXED, 3000)
print(digest(years.gross), digest(years.net), sys.modules.get("numba") is not None)
"""


def told(before: str = "", worth: int = 0) -> Iterator[str]:
    code = TOLD.format(before=before, worth=worth)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return iter(done.stdout.split())


FAILS = """
import numba
def njit(*args, **kwargs):
    raise RuntimeError("cannot cache function: no locator available")
numba.njit = njit
"""


@pytest.mark.parametrize("before", ['sys.modules["numba"] = None', FAILS], ids=["none", "fails"])
def test_without_numba_the_numbers_are_the_same(before):
    """Whether it is not installed, or finds no folder for what it compiles; nothing is said."""
    gross, net, _ = told(before)
    expected = simulate(MIXED, 3000)
    assert [gross, net] == [digest(expected.gross), digest(expected.net)]


def test_numba_is_not_loaded_where_it_is_not_used():
    *_, is_loaded = told(worth=drawing.WORTH_LOADING)
    assert is_loaded == "False"
