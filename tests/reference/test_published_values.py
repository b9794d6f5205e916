"""Our functions against published results; each case says where its numbers were published.

The numbers are quoted from riskquant (Netflix, Apache-2.0, tests and README), pyfair (MIT, tests
and documentation), numpy-financial (BSD-3-Clause, tests and documentation), a glossary of
inventivehq.com, ENISA's *Introduction to Return on Security Investment* (2012; its example from
memory), a study page of zpedu.net.cn, and the IRIS 2022 figures as a script of corzinen/VCDB uses
them. Where two sources disagree, docs/risk-references.md says which of them we follow.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import numpy_financial
import pytest

from board_report.metrics.cto.finance import (
    present_value,
    return_on_security_investment,
    return_rate,
)
from board_report.risk.distribution import percentile
from board_report.risk.frequency import Frequency
from board_report.risk.quantities import Z_90, Beta, Fixed, Lognormal, chance_of_exceeding
from board_report.risk.scenarios import LossPart, Scenario, interval_scenario

VARIABLE = "BOARD_REPORT_SHARED_DATA"
CHECKED = (
    *(f"RQ{number}" for number in range(1, 10)),
    *(f"FAIR{number}" for number in range(1, 6)),
    *(f"ROSI{number}" for number in range(1, 4)),
    "NPV1",
    *(f"IRR{number}" for number in range(1, 7)),
    "MIRR1",
    "IRIS1",
    "SUM1",
    "PCT1",
    "PCT2",
)
"""Numbers of the cases below, as the list of reference values has them."""


def test_every_reference_value_is_checked() -> None:
    folder = os.environ.get(VARIABLE, "")
    path = Path(folder, "reference", "reference_values.csv")
    if not folder or not path.is_file():
        pytest.skip(f"{VARIABLE} does not name the folder with reference values")
    with path.open(encoding="utf-8", newline="") as file:
        listed = [row["id"] for row in csv.DictReader(file)]
    assert [each.split()[0].split("-")[0] for each in listed] == list(CHECKED)


# --- riskquant: annual loss of a lognormal given by its 90% interval ------------------------------


def yearly(events: float, low: float, high: float) -> float:
    return interval_scenario("R", (events, events), (low, high)).expected_loss


@pytest.mark.parametrize(
    ("events", "low", "high", "published", "tolerance"),
    [
        (0.1, 1, 10, 0.4040012826945718, {"abs": 1e-6}),
        (3.0, 1, 10, 12.120038480837177, {"abs": 1e-6}),
        (0.01, 1e6, 1e7, 40_400, {"abs": 50}),
        (0.1, 1e7, 1e9, 26_600_000, {"abs": 50_000}),
        (0.05, 5e6, 5e7, 1_010_000, {"abs": 5_000}),
        (0.1, 1e5, 1e6, 40400.128269457266, {"abs": 0.001}),
    ],
    ids=["RQ1", "RQ2", "RQ3-ALICE", "RQ4-BOB", "RQ5-CHARLIE", "RQ6-ALICE"],
)
def test_riskquant_annual_loss(events, low, high, published, tolerance) -> None:
    """Printed to three significant digits where the tolerance is half of the last one."""
    assert yearly(events, low, high) == pytest.approx(published, **tolerance)


def test_rq7_mean_of_a_lognormal() -> None:
    assert Lognormal.from_interval(635_000, 19_000_000).mean == pytest.approx(
        5922706.83351131, abs=0.01
    )


PERT = Beta.pert(0.1, 0.3, 0.7, weight=1)
LOSS = Lognormal.from_interval(1, 10)


def pert_loss() -> Scenario:
    return Scenario("R", "R", "R", "", Frequency(PERT), (LossPart(LOSS),))


def test_rq8_riskquant_takes_the_mode_of_frequency() -> None:
    """0.3 times the mean loss: what it publishes, and not what its own draws come to."""
    assert 0.3 * LOSS.mean == pytest.approx(1.2120038962444237, abs=1e-6)


def test_rq9_we_take_the_mean_of_frequency() -> None:
    """(0.1 + 1 x 0.3 + 0.7) / 3 times the mean loss, 22% above the mode's."""
    assert PERT.mean == pytest.approx((0.1 + 0.3 + 0.7) / 3)
    assert pert_loss().expected_loss == pytest.approx(1.4813380365467668, abs=1e-9)
    assert pert_loss().expected_loss / 1.2120038962444237 == pytest.approx(11 / 9)


def test_sum1_percentiles_of_a_thousand_losses() -> None:
    """0 to 9 a hundred times each, and ten 9s more."""
    losses = np.concatenate([np.repeat(np.arange(10.0), 100), np.full(10, 9.0)])
    shares = (0.0, 0.1, 0.5, 0.9, 1.0)
    assert [percentile(losses, each) for each in shares] == [0, 1, 5, 9, 9]


# --- pyfair: the tree of Open FAIR ----------------------------------------------------------------


def test_fair1_mean_of_a_pert() -> None:
    """(5 + 2 x 20 + 50) / 4; a sample of 1,000 with seed 42 has 23.848."""
    pert = Beta.pert(5, 20, 50, weight=2)
    assert pert.mean == pytest.approx(23.75)
    generator = np.random.default_rng(42)
    drawn = pert.at(generator.standard_normal(1000))
    error = drawn.std(ddof=1) / 1000**0.5
    published = 23.848266752716704
    assert published == pytest.approx(pert.mean, abs=4 * error)
    assert drawn.mean() == pytest.approx(pert.mean, abs=4 * error)


def exceeding(capabilities, strengths) -> float:
    """Share of pairs in which the capability is above the strength."""
    pairs = zip(capabilities, strengths, strict=True)
    return float(np.mean([chance_of_exceeding(Fixed(one), [Fixed(two)]) for one, two in pairs]))


def test_fair2_vulnerability_is_strictly_above() -> None:
    """3 against 3 is no loss: 2 of 5, and not 3 of 5."""
    assert exceeding([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]) == 0.4


def test_fair5_vulnerability() -> None:
    assert exceeding([0.6, 0.1, 0.3], [0.5, 0.5, 0.4]) == pytest.approx(0.33, abs=0.005)


@pytest.mark.parametrize(
    ("frequency", "loss", "risk"),
    [(100, 1000, 100_000), (100, 2000, 200_000), (200, 3000, 600_000)],
)
def test_fair3_risk_is_frequency_times_magnitude(frequency, loss, risk) -> None:
    scenario = Scenario("R", "R", "R", "", Frequency(Fixed(frequency)), (LossPart(Fixed(loss)),))
    assert scenario.expected_loss == risk


@pytest.mark.parametrize(
    ("threats", "vulnerability", "losses"), [(0.5, 0.5, 0.25), (200, 0.25, 50), (300, 1.0, 300)]
)
def test_fair4_loss_events_are_threats_times_vulnerability(threats, vulnerability, losses) -> None:
    assert Frequency(Fixed(threats), Fixed(vulnerability)).mean == losses


# --- money over time ------------------------------------------------------------------------------


def test_rosi1_as_a_ratio() -> None:
    """An annual loss of 5M, 60% of it mitigated, for 500K: 500%."""
    assert return_on_security_investment(5e6, 5e6 * (1 - 0.6), 5e5) == pytest.approx(5.0)


def test_rosi2_as_enisa_has_it() -> None:
    """5 a year at 15,000, 80% of it mitigated, for 25,000: 140%."""
    assert return_on_security_investment(75_000, 75_000 * 0.2, 25_000) == pytest.approx(1.4)


def test_rosi3_as_an_amount_is_not_ours() -> None:
    """600,000 less 180,000 less 126,000 is 294,000 of money; our ratio of it is 233%."""
    before, after, cost = 1e6 * 3 / 5, 1e6 * 3 / 5 * (1 - 0.7), 126_000
    assert before - after - cost == pytest.approx(294_000)
    assert return_on_security_investment(before, after, cost) * cost == pytest.approx(294_000)


def test_npv1_with_the_first_flow_today() -> None:
    flows = [-15_000, 1500, 2500, 3500, 4500, 6000]
    assert present_value(0.05, flows) == pytest.approx(122.89, abs=0.005)
    assert present_value(0.05, [0, *flows]) == pytest.approx(117.0427, abs=0.00005), "Excel's NPV"


@pytest.mark.parametrize(
    ("flows", "published", "half_unit"),
    [
        ([-150_000, 15_000, 25_000, 35_000, 45_000, 60_000], 0.0524, 5e-5),
        ([-100, 0, 0, 74], -0.0955, 5e-5),
        ([-100, 39, 59, 55, 20], 0.28095, 5e-6),
        ([-100, 100, 0, -7], -0.0833, 5e-5),
        ([-100, 100, 0, 7], 0.06206, 5e-6),
        ([-5, 10.5, 1, -8, 1], 0.0886, 5e-5),
    ],
    ids=["IRR1", "IRR2", "IRR3", "IRR4", "IRR5", "IRR6"],
)
def test_internal_rate_of_return(flows, published, half_unit) -> None:
    assert return_rate(flows) == pytest.approx(published, abs=half_unit)


def test_mirr1_of_the_library_that_we_use() -> None:
    """No page of ours prints a modified rate; this pins the library."""
    flows = [-4500, -800, 800, 800, 600, 600, 800, 800, 700, 3000]
    assert numpy_financial.mirr(flows, 0.08, 0.055) == pytest.approx(0.0666, abs=5e-5)


# --- loss studies and percentiles -----------------------------------------------------------------


def test_iris1_lognormal_from_mean_and_median() -> None:
    """Mean $25M and median $259K: mu = ln(median), sigma = sqrt(2 ln(mean / median))."""
    found = Lognormal.from_mean_and_median(25e6, 259e3)
    assert found.mu == pytest.approx(12.46458, abs=5e-6)
    assert found.sigma == pytest.approx(3.02318, abs=5e-6)
    assert found.at(np.array([Z_90]))[0] == pytest.approx(37_403_277, abs=1)
    assert (found.mean, found.median) == (pytest.approx(25e6), pytest.approx(259e3))


def test_pct1_median_of_one_to_ten() -> None:
    assert percentile(np.arange(1.0, 11.0), 0.5) == 5.5


def test_pct2_is_linear() -> None:
    """9.1 as Excel's PERCENTILE.INC; the nearest rank is 9, PERCENTILE.EXC 9.9."""
    assert percentile(np.arange(1.0, 11.0), 0.9) == pytest.approx(9.1)
