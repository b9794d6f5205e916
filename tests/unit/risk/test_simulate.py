"""Simulated years have the distribution that a Fourier transform gives without drawing any."""

from __future__ import annotations

import hashlib
import math
import os
import random
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from board_report.project import Insurance
from board_report.risk.distribution import mean_of, statistics_of
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.quantities import Beta, Fixed, Gamma, Lognormal, limited
from board_report.risk.scenarios import LossPart, expected_total, interval_scenario
from board_report.risk.simulate import LossModel, blocks_of
from board_report.risk.years import simulate, simulate_changed
from tests.unit.risk import compound
from tests.unit.risk.compound import Year, year_of
from tests.unit.risk.risks import ONE_TO_TEN, risk

YEARS = 400_000


def one_to_ten(losses: np.ndarray) -> np.ndarray:
    return compound.lognormal(1, 10).cdf(losses)


RATE = Lognormal.from_interval(0.05, 0.9)
PERT = stats.beta(1 + 4 * 2 / 9, 1 + 4 * 7 / 9, 0, 9)

CASES = {
    "often": (risk(3.0), (compound.poisson(3.0), one_to_ten)),
    "seldom": (risk(0.1), (compound.poisson(0.1), one_to_ten)),
    "counted": (
        risk(Frequency(Gamma(2.0, 1.5))),
        (compound.negative_binomial(2 / 1.5, 1 / 2.0), one_to_ten),
    ),
    "believed": (
        risk(Frequency(RATE)),
        (compound.poisson_lognormal(RATE.mu, RATE.sigma), one_to_ten),
    ),
    "clustered": (
        risk(Frequency(Fixed(0.8), kind=CountKind.NEGATIVE_BINOMIAL, dispersion=1.5)),
        (compound.negative_binomial(0.8, 1.5), one_to_ten),
    ),
    "whole": (
        risk(Frequency(Fixed(6.0), Fixed(0.3), kind=CountKind.WHOLE_NUMBER)),
        (compound.binomial(6, 0.3), one_to_ten),
    ),
    "reduced": (risk(3.0).changed(0.2, 0.5), (compound.poisson(0.6), lambda x: one_to_ten(2 * x))),
    "pert": (risk(2.0, Beta.pert(0, 2, 9)), (compound.poisson(2.0), PERT.cdf)),
    "capped": (
        risk(2.0, limited(ONE_TO_TEN, 6.0)),
        (compound.poisson(2.0), lambda x: np.where(x < 6, one_to_ten(x), 1.0)),
    ),
    "cut": (
        risk(2.0, limited(ONE_TO_TEN, None, 6.0)),
        (compound.poisson(2.0), lambda x: np.minimum(one_to_ten(x) / one_to_ten(6.0), 1.0)),
    ),
}


def agree(cents: np.ndarray, year: Year) -> None:
    """Quantiles, curve and mean of the worst years within four standard errors."""
    count = len(cents)
    found = statistics_of(cents)
    levels = [(0.05, found.var_95), (0.01, found.var_99), *found.curve]
    for chance, loss in levels:
        if loss == 0:
            assert year.chances[0] > 1 - chance - 4 * math.sqrt(chance * (1 - chance) / count)
            continue
        # Above a loss that single events often cost exactly, as a cap, there is a jump.
        above, at = year.above(loss + year.step), year.above(loss - 2 * year.step)
        error = 4 * math.sqrt(chance * (1 - chance) / count) + 1e-6
        assert above - error <= chance <= at + error
    for share, shortfall in ((0.95, found.shortfall_95), (0.99, found.shortfall_99)):
        worst = np.quantile(cents, share) / 100
        excess = np.maximum(cents / 100 - worst, 0)
        error = 4 * excess.std() / (1 - share) / math.sqrt(count)
        assert abs(shortfall - year.shortfall(share)) < error + 2 * year.step
    assert abs(mean_of(cents) - year.mean()) < 4 * cents.std() / 100 / math.sqrt(count) + year.step


@pytest.mark.parametrize("name", CASES)
def test_a_scenario_agrees_with_the_compound_distribution(name):
    scenario, reference = CASES[name]
    cents = simulate(LossModel((scenario,), 20260930), YEARS).gross
    year = year_of(reference, top=600.0)
    assert year.mean() == pytest.approx(scenario.expected_loss, rel=1e-3)
    agree(cents, year)


def test_several_scenarios_agree_with_the_compound_distribution():
    names = ("often", "seldom", "believed", "clustered", "pert")
    scenarios = tuple(replace(CASES[name][0], risk_id=name) for name in names)
    years = simulate(LossModel(scenarios, 7), YEARS)
    agree(years.gross, year_of(*(CASES[name][1] for name in names), top=600.0))
    assert math.fsum(years.tail_shares) == pytest.approx(1.0)


def test_insurance_agrees_with_the_compound_distribution():
    """What is left below 5 and above 25, of the same year."""
    model = LossModel((risk(2.0),), 3, insurance=Insurance(5.0, 20.0))
    net = simulate(model, YEARS).net
    year = year_of((compound.poisson(2.0), one_to_ten), top=600.0)
    losses = np.arange(len(year.chances)) * year.step
    kept = np.minimum(losses, 5.0) + np.maximum(losses - 25.0, 0.0)
    error = 4 * net.std() / 100 / math.sqrt(YEARS)
    assert abs(mean_of(net) - float(year.chances @ kept)) < error


def test_secondary_losses_follow_as_often_as_they_were_said_to():
    """Fixed amounts: 2 of response, and in 3 of 10 events 5 of fines."""
    parts = (
        LossPart(Fixed(2.0), "response"),
        LossPart(Fixed(5.0), "fines_and_judgments", is_secondary=True),
    )
    one = risk(Frequency(Fixed(1.0), kind=CountKind.WHOLE_NUMBER), *parts, secondary=0.3)
    cents = simulate(LossModel((one,), 1), 100_000).gross
    assert set(cents) == {200.0, 700.0}
    share = (cents == 700).mean()
    assert abs(share - 0.3) < 4 * math.sqrt(0.3 * 0.7 / len(cents))
    assert one.expected_loss == pytest.approx(2 + 0.3 * 5)


def test_an_independent_simulation_in_plain_python():
    """A tree with a PERT of threats, a share, two forms and secondary losses."""
    draw, years = random.Random(8), 20_000
    rate, share = Beta.pert(0, 2, 9), Beta.from_interval(0.1, 0.6)
    parts = (LossPart(ONE_TO_TEN, "response"), LossPart(ONE_TO_TEN, "reputation", True))
    one = risk(Frequency(rate, share), *parts, secondary=0.4)
    mu, sigma = math.log(10) / 2, math.log(10) / (2 * stats.norm.ppf(0.95))

    def year() -> float:
        often = 9 * draw.betavariate(1 + 4 * 2 / 9, 1 + 4 * 7 / 9)
        often *= draw.betavariate(share.a, share.b)
        loss, at = 0.0, draw.expovariate(1.0)
        while at < often:
            loss += draw.lognormvariate(mu, sigma)
            if draw.random() < 0.4:
                loss += draw.lognormvariate(mu, sigma)
            at += draw.expovariate(1.0)
        return loss

    expected = [year() for _ in range(years)]
    cents = simulate(LossModel((one,), 1), 100_000).gross / 100
    error = statistics.stdev(expected) * math.sqrt(1 / years + 1 / len(cents))
    assert abs(statistics.fmean(expected) - cents.mean()) < 4 * error
    assert stats.ks_2samp(expected, cents).pvalue > 1e-4


# --- the same years ------------------------------------------------------------------------------

MIXED = LossModel(
    (
        interval_scenario("R-01", (0.05, 0.26), (5e6, 7e7)),
        interval_scenario("R-02", (2.0, 9.0), (1e3, 5e4)),
        risk(
            Frequency(Lognormal.from_interval(1, 6), Beta.from_interval(0.1, 0.4)),
            LossPart(limited(Lognormal.from_interval(1e5, 1e6), 2e6), "productivity"),
            LossPart(Beta.pert(1e4, 5e4, 9e5), "response", is_secondary=True),
            name="R-03",
            secondary=0.4,
            outage=Lognormal.from_interval(4, 40),
        ),
        risk(
            Frequency(Gamma(2.0, 4.0), kind=CountKind.NEGATIVE_BINOMIAL, dispersion=0.4),
            Lognormal.from_interval(2e4, 8e5),
            name="Ä-😀",
        ),
    ),
    20260930,
    {("R-01", "R-03"): 0.5, ("R-02", "R-03"): -0.2},
    Insurance(1e6, 2e7, 0.1, "event", 2e7, 12.0, (("response", 1e5),)),
)


def digest(values: np.ndarray) -> str:
    assert (values == np.rint(values)).all()
    return hashlib.sha256(values.astype("<i8").tobytes()).hexdigest()[:16]


def test_the_years_are_pinned():
    """Another machine or version that draws otherwise is found here, not in a board's figures."""
    years = simulate(MIXED, 70_000)
    assert (digest(years.gross), digest(years.net)) == ("b9621c04b20fd2b5", "8758a827a3693ed6")


def test_another_process_draws_the_same():
    """Whatever the seed of its hashes."""
    code = (
        "from tests.unit.risk.test_simulate import MIXED, digest, simulate;"
        "years = simulate(MIXED, 3000); print(digest(years.gross), digest(years.net))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=True,
    )
    years = simulate(MIXED, 3000)
    assert told.stdout.split() == [digest(years.gross), digest(years.net)]


def test_threads_that_share_a_model_draw_the_same():
    """Tables are made when they are first asked for, by whichever thread comes first."""
    expected = digest(simulate(MIXED, 5000).gross)
    for _ in range(3):
        fresh = LossModel(tuple(each.changed(0.999999999) for each in MIXED.scenarios), MIXED.seed)
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(lambda _, of=fresh: digest(simulate(of, 2000).gross), range(8)))
        assert len(found) == 1
    assert digest(simulate(MIXED, 5000).gross) == expected


@pytest.mark.parametrize("trials", [1, 1000, 1001, 65_535, 65_537])
def test_fewer_years_are_the_first_of_more(trials):
    """Of risks that stand alone."""
    alone = LossModel(MIXED.scenarios, 0)
    more = simulate(alone, 70_000).gross
    assert (simulate(alone, trials).gross == more[:trials]).all()


def test_blocks_hold_every_year_once():
    found = blocks_of(140_000)
    assert [(each.first, each.size, each.number) for each in found] == [
        (0, 65_536, 0),
        (65_536, 65_536, 1),
        (131_072, 140_000 - 131_072, 2),
    ]


def test_a_scenario_s_years_do_not_depend_on_the_others():
    first, second = risk(name="A"), risk(name="B")
    alone = simulate(LossModel((first,), 1), 1000).gross
    both = simulate(LossModel((second, first), 1), 1000).gross
    assert (both - simulate(LossModel((second,), 1), 1000).gross == alone).all()
    assert (simulate(LossModel((first,), 2), 1000).gross != alone).any()


def test_doubling_every_loss_doubles_every_percentile():
    """Exactly, but for half a cent an event."""
    small = simulate(LossModel((risk(1.5, Lognormal.from_interval(1e4, 1e5)),), 3), 5000).gross
    large = simulate(LossModel((risk(1.5, Lognormal.from_interval(2e4, 2e5)),), 3), 5000).gross
    assert large == pytest.approx(2 * small, rel=1e-5)


# --- changes -------------------------------------------------------------------------------------


def test_changes_see_the_same_years():
    """Losses halved are half of every year; nothing changed is the model as it is."""
    one = risk(1.5, Lognormal.from_interval(1e4, 1e5), name="A")
    model = LossModel((one, risk(0.3, name="B")), 3)
    found = simulate_changed(
        model,
        {"same": {}, "half": {"A": (1.0, 0.5), "B": (1.0, 0.5)}, "none": {"A": (0.0, 1.0)}},
        2000,
    )
    assert (found["same"] == simulate(model, 2000).gross).all()
    assert found["half"] == pytest.approx(found["same"] / 2, abs=20)
    assert (found["none"] == simulate(LossModel(model.scenarios[1:], 3), 2000).gross).all()


# --- extremes ------------------------------------------------------------------------------------


def test_expectations_add():
    parts = [risk(name="A"), risk(2.0, name="B")]
    assert expected_total(parts) == pytest.approx(0.5 * ONE_TO_TEN.mean + 2 * ONE_TO_TEN.mean)


def test_enormous_losses():
    """A loss of 1e15 three times a year: sums beyond what 64 bits hold in cents."""
    one = risk(3.0, Lognormal.from_interval(1e15, 2e15))
    cents = simulate(LossModel((one,), 1), 100_000).gross
    found = statistics_of(cents)
    assert found.expected == pytest.approx(one.expected_loss, rel=0.01)
    assert found.shortfall_99 > found.var_99 > found.var_95 > 1e15


def test_a_spread_beyond_all_reason():
    """Sigma 6: the mean is far above all that is drawn, and nothing breaks."""
    one = risk(0.5, Lognormal(10.0, 6.0))
    years = simulate(LossModel((one,), 1), 20_000)
    assert np.isfinite(years.gross).all()
    assert years.scenarios[0].statistics(one.expected_loss).var_99 > 0


def test_an_event_that_never_comes():
    """1e-9 a year: no loss in any year, and every statistic is nothing."""
    years = simulate(LossModel((risk(1e-9), risk(0.0, name="B")), 0), 1000)
    assert not years.gross.any()
    assert years.tail_shares == (0.0, 0.0)
    found = years.scenarios[0].statistics(1e-9)
    assert (found.var_99, found.shortfall_99, found.expected) == (0.0, 0.0, 1e-9)


def test_an_event_of_a_thousand_years():
    """Most statistics are nothing, and the worst hundredth of years is not."""
    cents = simulate(LossModel((risk(0.001),), 0), 200_000).gross
    found = statistics_of(cents)
    assert (found.p90, found.var_95, found.var_99) == (0.0, 0.0, 0.0)
    error = 4 * cents.std() / 100 / math.sqrt(len(cents))
    assert abs(found.shortfall_99 - 0.001 * ONE_TO_TEN.mean / 0.01) < error / 0.01


def test_five_hundred_events_a_year():
    """Near the normal distribution: mean and variance of a Poisson sum."""
    one = risk(500.0, Lognormal.from_interval(100, 400))
    cents = simulate(LossModel((one,), 1), 4000).gross / 100
    mean, sigma = one.expected_loss, Lognormal.from_interval(100, 400).sigma
    second = Lognormal.from_interval(100, 400).mean ** 2 * math.exp(sigma**2)
    assert abs(cents.mean() - mean) < 4 * math.sqrt(500 * second / len(cents))
    assert cents.var() == pytest.approx(500 * second, rel=4 * math.sqrt(2 / len(cents)))


def test_two_hundred_scenarios():
    """As many as no register has, every tenth pair of neighbours correlated."""
    scenarios = tuple(risk(0.05, name=f"R{at}") for at in range(200))
    pairs = {(f"R{at}", f"R{at + 1}"): 0.4 for at in range(0, 200, 10)}
    years = simulate(LossModel(scenarios, 5, pairs), 20_000)
    error = 4 * years.gross.std() / math.sqrt(len(years.gross))
    assert abs(years.gross.mean() - 100 * expected_total(scenarios)) < error
    assert len(years.scenarios) == len(years.tail_shares) == 200


def test_what_is_too_frequent_is_refused_before_anything_is_drawn():
    with pytest.raises(ValueError, match="100,000 events a year"):
        simulate(LossModel((risk(2e5),), 1), 1000)


def test_shares_of_the_worst_years():
    """One risk costs 9 when the other costs 1, always and in every year."""
    kind = CountKind.WHOLE_NUMBER
    one = risk(Frequency(Fixed(1.0), kind=kind), Fixed(9.0), name="A")
    other = risk(Frequency(Fixed(1.0), kind=kind), Fixed(1.0), name="B")
    assert simulate(LossModel((one, other), 1), 1000).tail_shares == (0.9, 0.1)
