"""Whatever the model: controls that only lessen make no simulated year worse, and more like it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.risk.distribution import LossHistogram, shortfall, statistics_of
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.quantities import Beta, Fixed, Gamma, Lognormal, limited
from board_report.risk.scenarios import LossPart, Scenario
from board_report.risk.simulate import LossModel
from board_report.risk.years import simulate, simulate_changed

some = settings(max_examples=25, deadline=None)
YEARS = 1500
NAMES = ("A", "B", "C", "Ä-😀")

SHARES = st.one_of(
    st.builds(Fixed, st.floats(0, 1)),
    st.builds(Beta, st.floats(0.3, 9), st.floats(0.3, 9)),
)
RATES = st.one_of(
    st.builds(Fixed, st.floats(0, 12)),
    st.builds(Lognormal, st.floats(-3, 1), st.floats(0, 0.8)),
    st.builds(Gamma, st.floats(0.2, 9), st.floats(0.5, 9)),
    st.builds(lambda mode, more: Beta.pert(0, mode, mode + more), st.floats(0, 5), st.floats(1, 5)),
)
FREQUENCIES = st.one_of(
    st.builds(Frequency, RATES),
    st.builds(Frequency, RATES, SHARES),
    st.builds(Frequency, RATES, SHARES, st.just(CountKind.WHOLE_NUMBER)),
    st.builds(
        Frequency,
        RATES,
        st.just(Fixed(1.0)),
        st.just(CountKind.NEGATIVE_BINOMIAL),
        st.floats(0.05, 1),
    ),
)
AMOUNTS = st.one_of(
    st.builds(Fixed, st.floats(0, 1e6)),
    st.builds(Lognormal, st.floats(0, 14), st.floats(0.1, 2)),
    st.builds(lambda mu, cap: limited(Lognormal(mu, 1.0), cap), st.floats(0, 9), st.floats(1, 1e5)),
    st.builds(
        lambda mu, cut: limited(Lognormal(mu, 1.0), None, cut), st.floats(0, 9), st.floats(1e3, 1e5)
    ),
    st.builds(lambda mode: Beta.pert(0, mode, 1e5), st.floats(0, 1e5)),
)
PARTS = st.lists(
    st.builds(LossPart, AMOUNTS, st.sampled_from(["", "response"]), st.booleans()),
    min_size=1,
    max_size=3,
).map(tuple)
SCENARIOS = st.builds(
    lambda frequency, parts, chance: Scenario("", "", "", "", frequency, parts, chance),
    FREQUENCIES,
    PARTS,
    st.floats(0, 1),
)
RANKS = st.sampled_from([0.0, 0.5, -0.3])


@st.composite
def models(draw: st.DrawFn) -> LossModel:
    """One to four scenarios, the first two perhaps correlated."""
    drawn = draw(st.lists(SCENARIOS, min_size=1, max_size=4))
    named = tuple(replace(one, risk_id=name) for name, one in zip(NAMES, drawn, strict=False))
    pairs = {("A", "B"): draw(RANKS)} if len(named) > 1 else {}
    return LossModel(named, draw(st.integers(0, 2**40)), pairs)


LEFT = st.tuples(st.floats(0, 1), st.floats(0, 1))
"""What a control leaves of a frequency and of a loss."""


@some
@given(model=models(), changes=st.dictionaries(st.sampled_from(NAMES), LEFT))
def test_no_year_is_worse_with_what_only_lessens(model, changes):
    found = simulate_changed(model, {"without": {}, "with": changes}, YEARS)
    assert (found["with"] <= found["without"]).all()


@some
@given(model=models(), one=LEFT, other=LEFT)
def test_a_second_control_makes_no_year_worse(model, one, other):
    both = (one[0] * other[0], one[1] * other[1])
    sets = {"first": {"A": one}, "both": {"A": both}}
    found = simulate_changed(model, sets, YEARS)
    assert (found["both"] <= found["first"]).all()


@some
@given(model=models())
def test_a_scenario_s_years_do_not_depend_on_what_stands_beside_it(model):
    """Gross loss without the last scenario is the loss without it, year by year."""
    alone = LossModel(model.scenarios, model.seed)
    last = LossModel(model.scenarios[-1:], model.seed)
    rest = LossModel(model.scenarios[:-1], model.seed)
    beside = simulate(alone, YEARS).gross - simulate(last, YEARS).gross
    before = simulate(rest, YEARS).gross if rest.scenarios else np.zeros(YEARS)
    assert (beside == before).all()
    turned = LossModel(model.scenarios[::-1], model.seed)
    assert (simulate(turned, YEARS).gross == simulate(alone, YEARS).gross).all()


@some
@given(model=models(), more=st.sampled_from([2, 10]))
def test_years_scale_with_the_losses(model, more):
    """Every loss so many times as large: each year too, but for half a cent an event and form."""
    found = simulate_changed(model, {"one": {}, "more": dict.fromkeys(NAMES, (1.0, more))}, YEARS)
    apart = np.abs(found["more"] - more * found["one"])
    events = 3 * len(model.scenarios) * 400
    assert (apart <= events * (more + 1) / 2).all()


@some
@given(model=models())
def test_statistics_are_in_order(model):
    """Percentiles rise, no worst year is milder than the percentile it begins at, shares add up."""
    years = simulate(model, YEARS)
    for found in (
        statistics_of(years.gross),
        *(each.statistics(0.0) for each in years.scenarios),
    ):
        levels = [0.0, found.p10, found.p50, found.p90, found.var_95, found.var_99]
        assert levels == sorted(levels)
        assert found.shortfall_95 >= found.var_95 * (1 - 1e-3)
        assert found.shortfall_99 >= found.shortfall_95 * (1 - 1e-12)
        losses = [loss for _, loss in found.curve]
        assert losses == sorted(losses)
    total = sum(years.tail_shares)
    assert total == 0 or abs(total - 1) < 1e-9


@some
@given(
    losses=st.lists(st.integers(0, 10**9).map(float), min_size=100, max_size=300),
    share=st.sampled_from([0.9, 0.95, 0.975, 0.99]),
)
def test_the_worst_years_of_a_histogram_are_those_of_the_years(losses, share):
    years = np.array(losses)
    exact = shortfall(years, share)
    found = LossHistogram.of(years, len(years)).shortfall(share)
    assert abs(found - exact) <= 2e-3 * exact
    ordered, left = sorted(losses, reverse=True), len(losses) * (1 - share)
    by_hand, left_over = 0.0, left
    for each in ordered:
        by_hand += each * min(left_over, 1.0)
        left_over -= min(left_over, 1.0)
    assert abs(exact - by_hand / left) <= 1e-6 * max(exact, 1)
