"""The simulated losses of the sample agree with a second simulation that shares no code.

It reads the files as they are and draws in plain Python: the register's intervals, the factors of
``risk_inputs``, what the incidents tell of payment fraud, and the policy of ``report.toml``. What
is correlated is drawn independently here, and the program's model is told to do so too; that the
correlations are kept is shown by themselves below.
"""

from __future__ import annotations

import csv
import math
import random
import statistics
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from board_report import pipeline
from board_report.pipeline.inputs import report_windows
from board_report.resources import sample_folder
from board_report.risk.simulate import LossModel
from board_report.risk.years import Years, simulate

YEARS = 40_000
TRIALS = 200_000
QUARTER, QUARTER_END = "2026-Q3", date(2026, 10, 1)
Z = statistics.NormalDist().inv_cdf(0.95)
PRODUCTIVITY = "productivity"

Row = dict[str, str]
Draw = Callable[[random.Random], float]


@cache
def rows(name: str) -> tuple[Row, ...]:
    with (sample_folder() / name).open(encoding="utf-8-sig", newline="") as stream:
        return tuple(csv.DictReader(stream))


def of_quarter(name: str) -> list[Row]:
    return [row for row in rows(name) if row["quarter"] == QUARTER]


# --- quantities ----------------------------------------------------------------------------------


def interval(row: Row, low: str = "low", high: str = "high") -> tuple[float, float]:
    """Mean and deviation of the logarithm, from a 90% interval."""
    below, above = math.log(float(row[low])), math.log(float(row[high]))
    return (below + above) / 2, (above - below) / (2 * Z)


def beta_parameters(low: float, high: float) -> tuple[float, float]:
    """The beta with these 5th and 95th percentiles, by scipy's own quantiles and a plain search."""
    from scipy.optimize import fsolve
    from scipy.stats import beta

    def apart(logs: list[float]) -> list[float]:
        a, b = (math.exp(each) for each in logs)
        return [float(beta.cdf(low, a, b)) - 0.05, float(beta.cdf(high, a, b)) - 0.95]

    middle = (low + high) / 2
    size = middle * (1 - middle) / ((high - low) / (2 * Z)) ** 2
    a, b = fsolve(apart, [math.log(middle * size), math.log((1 - middle) * size)], xtol=1e-10)
    return math.exp(a), math.exp(b)


def drawn_from(row: Row) -> Draw:
    """A quantity of ``risk_inputs`` that is stated, capped or cut where it is."""
    cap = float(row["cap"] or "inf")
    if row["shape"] == "beta":
        a, b = beta_parameters(float(row["low"]), float(row["high"]))
        return lambda draw: draw.betavariate(a, b)
    if row["shape"] == "pert":
        low, likely, high = (float(row[each]) for each in ("low", "likely", "high"))
        weight, span = float(row["weight"] or 4), high - low
        a, b = 1 + weight * (likely - low) / span, 1 + weight * (high - likely) / span
        return lambda draw: min(low + span * draw.betavariate(a, b), cap)
    assert row["shape"] == "lognormal"
    mu, sigma = interval(row)
    cut = float(row["truncate_above"] or "inf")

    def lognormal(draw: random.Random) -> float:
        found = draw.lognormvariate(mu, sigma)
        while found > cut:
            found = draw.lognormvariate(mu, sigma)
        return min(found, cap)

    return lognormal


# --- payment fraud, from the company's own incidents ---------------------------------------------


def fraud_costs() -> list[float]:
    return [
        float(row["u_direct_cost"])
        for row in rows("ciso/servicenow_incidents.csv")
        if row["u_risk_id"] == "R-05" and row["u_detected_at"] < str(QUARTER_END)
    ]


def fraud_rate(row: Row) -> Draw:
    """The gamma with the prior's percentiles, after the incidents seen in the record's years."""
    from scipy.optimize import brentq
    from scipy.stats import gamma

    low, high = float(row["low"]), float(row["high"])

    def ratio(shape: float) -> float:
        return float(gamma.ppf(0.95, shape) / gamma.ppf(0.05, shape)) - high / low

    shape = brentq(ratio, 0.1, 100)
    rate = float(gamma.ppf(0.95, shape)) / high
    first = min(row["u_detected_at"] for row in rows("ciso/servicenow_incidents.csv"))[:10]
    years = (QUARTER_END - date.fromisoformat(first)).days / 365.25
    after, scale = shape + len(fraud_costs()), 1 / (rate + years)
    return lambda draw: draw.gammavariate(after, scale)


def fraud_loss(row: Row) -> Draw:
    """The prior's logarithms count as so many losses; what is not known of the middle adds."""
    mu, sigma = interval(row)
    weight, logs = float(row["weight"]), [math.log(each) for each in fraud_costs()]
    count = len(logs)
    total, mean = weight + count, statistics.fmean(logs)
    variance = weight * sigma**2 + sum((each - mean) ** 2 for each in logs)
    variance = (variance + weight * count / total * (mean - mu) ** 2) / total
    middle, spread = (weight * mu + sum(logs)) / total, math.sqrt(variance * (1 + 1 / total))
    return lambda draw: draw.lognormvariate(middle, spread)


# --- risks ---------------------------------------------------------------------------------------


def poisson(draw: random.Random, rate: float) -> int:
    """Knuth's multiplication method."""
    limit, product, count = math.exp(-rate), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count


@dataclass
class Risk:
    """One scenario, as the files say it."""

    rate: Draw
    primary: list[tuple[str, Draw]]
    secondary: list[tuple[str, Draw]] = field(default_factory=list)
    share: Draw = lambda _: 1.0
    follows: Draw = lambda _: 0.0
    dispersion: float = 0.0
    outage: Draw | None = None

    def events(self, draw: random.Random) -> int:
        rate = self.rate(draw) * self.share(draw)
        if self.dispersion:
            rate *= draw.gammavariate(1 / self.dispersion, self.dispersion)
        return poisson(draw, rate)

    def event(self, draw: random.Random) -> tuple[dict[str, float], float]:
        """Losses of one event by form, and the hours of its outage."""
        found: dict[str, float] = {}
        parts = self.primary + (self.secondary if draw.random() < self.follows(draw) else [])
        for form, amount in parts:
            found[form] = found.get(form, 0.0) + amount(draw)
        return found, self.outage(draw) if self.outage else 0.0


def read_risk(row: Row, inputs: list[Row]) -> Risk:
    by_kind: dict[str, list[Row]] = {}
    for each in inputs:
        by_kind.setdefault(each["input"], []).append(each)

    def losses(kind: str) -> list[tuple[str, Draw]]:
        return [
            (each["loss_form"], (fraud_loss if each["shape"] == "history" else drawn_from)(each))
            for each in by_kind.get(kind, [])
        ]

    events = interval(row, "events_low", "events_high")
    loss = interval(row, "loss_low", "loss_high")
    found = Risk(
        lambda draw: draw.lognormvariate(*events),
        losses("primary_loss") or [("", lambda draw: draw.lognormvariate(*loss))],
        losses("secondary_loss"),
    )
    for each in (
        *by_kind.get("loss_event_frequency", []),
        *by_kind.get("threat_event_frequency", []),
    ):
        found.rate = (fraud_rate if each["shape"] == "history" else drawn_from)(each)
        found.dispersion = float(each["dispersion"] or 0)
    for each in by_kind.get("vulnerability", []):
        found.share = drawn_from(each)
    for each in by_kind.get("secondary_loss_frequency", []):
        found.follows = drawn_from(each)
    for each in by_kind.get("outage_hours", []):
        found.outage = drawn_from(each)
    return found


@cache
def sample_risks() -> tuple[Risk, ...]:
    inputs = of_quarter("ciso/risk_inputs.csv")
    return tuple(
        read_risk(row, [each for each in inputs if each["risk_id"] == row["risk_id"]])
        for row in of_quarter("ciso/risk_register.csv")
    )


# --- years ---------------------------------------------------------------------------------------


@cache
def sample_policy() -> dict[str, Any]:
    with (sample_folder() / "report.toml").open("rb") as stream:
        return tomllib.load(stream)["risk"]["insurance"]


def insurers_pay(events: list[tuple[dict[str, float], float]]) -> float:
    """The sample's policy: by event, with a waiting period, sublimits, and a limit of the year."""
    policy, paid = sample_policy(), 0.0
    assert policy["applies"] == "event"
    for losses, outage in events:
        claimed = 0.0
        for form, loss in losses.items():
            if form == PRODUCTIVITY:
                loss *= max(1 - policy["waiting_hours"] / outage, 0.0) if outage else 0.0
            claimed += min(loss, policy["sublimits"].get(form, math.inf))
        layer = min(max(claimed - policy["retention"], 0.0), policy["limit"])
        paid += layer * (1 - policy["coinsurance"])
    return min(paid, policy["aggregate_limit"])


@cache
def plain_years() -> tuple[tuple[float, float], ...]:
    """Loss before and after insurance in each year."""
    draw, found = random.Random(1), []
    for _ in range(YEARS):
        events = [risk.event(draw) for risk in sample_risks() for _ in range(risk.events(draw))]
        gross = math.fsum(loss for losses, _ in events for loss in losses.values())
        found.append((gross, gross - insurers_pay(events) if events else 0.0))
    return tuple(found)


@cache
def sample_model() -> LossModel:
    """The program's, as it reads the same files."""
    inputs = pipeline.read_inputs(sample_folder())
    model = pipeline.catalogue(inputs.project)[1]
    window = report_windows(inputs.project)[-1]
    reading = model.reading(inputs.loaded.tables, window)
    assert reading is not None
    assert not reading.is_faulty
    return reading.model(inputs.project.risk)


@cache
def program_years(correlated: bool) -> Years:
    model = sample_model()
    return simulate(model if correlated else replace(model, correlations={}), TRIALS)


pytestmark = pytest.mark.xdist_group("loss_by_hand")


@pytest.mark.slow
@pytest.mark.parametrize("side", ["gross", "net"])
def test_the_losses_agree_with_plain_python(side: str) -> None:
    """Quantiles within three standard errors of both simulations, the mean within four."""
    years = sorted(year[side == "net"] for year in plain_years())
    found = sorted(getattr(program_years(correlated=False), side) / 100)
    for share in (0.8, 0.9, 0.95, 0.99):
        spread = 3 * math.sqrt(share * (1 - share) * YEARS * (1 + YEARS / TRIALS))
        low, high = years[int(share * YEARS - spread)], years[int(share * YEARS + spread)]
        assert low < found[int(share * TRIALS)] < high
        assert high < low * 1.25  # the band is narrow enough to say something
    error = statistics.stdev(years) * math.sqrt(1 / YEARS + 1 / TRIALS)
    assert abs(statistics.fmean(years) - statistics.fmean(found)) < 4 * error


@pytest.mark.slow
def test_the_expected_loss_agrees_with_plain_python() -> None:
    """In closed form, whatever is correlated."""
    years = [gross for gross, _ in plain_years()]
    error = statistics.stdev(years) / math.sqrt(YEARS)
    expected = math.fsum(each.expected_loss for each in sample_model().scenarios)
    assert abs(statistics.fmean(years) - expected) < 4 * error


@pytest.mark.slow
def test_the_printed_losses_are_the_model_s() -> None:
    """What the position says is what its simulated years say."""
    inputs = pipeline.read_inputs(sample_folder())
    model = pipeline.catalogue(inputs.project)[1]
    window = report_windows(inputs.project)[-1]
    found = model.position(inputs.loaded.tables, window)
    assert found is not None
    years = sorted(simulate(sample_model(), found.trials).gross / 100)
    for share, printed in ((0.95, found.loss_1_in_20), (0.99, found.loss_1_in_100)):
        at = share * (len(years) - 1)
        low, high = years[int(at)], years[int(at) + 1]
        assert low <= printed <= high
    over = sum(year > found.tolerance_1_in_20 for year in years) / len(years)
    assert found.tolerance_exceedance == pytest.approx(over)


@pytest.mark.slow
def test_correlated_risks_come_together_as_a_normal_copula_has_it() -> None:
    """Years with both ransomware risks: pairs of correlated normal scores, in plain Python.

    Each risk's chance of a year with any event is that of the plain simulation's own draws.
    """
    [told] = [
        row
        for row in of_quarter("ciso/risk_correlations.csv")
        if {row["risk_id"], row["other_risk_id"]} == {"R-01", "R-03"}
    ]
    names = [row["risk_id"] for row in of_quarter("ciso/risk_register.csv")]
    draw = random.Random(2)
    normal = statistics.NormalDist()
    thresholds = []
    for name in ("R-01", "R-03"):
        risk = sample_risks()[names.index(name)]
        none = sum(not risk.events(draw) for _ in range(100_000)) / 100_000
        thresholds.append(normal.inv_cdf(none))
    pearson = 2 * math.sin(math.pi * float(told["rank_correlation"]) / 6)
    both = 0
    for _ in range(TRIALS):
        one = draw.gauss()
        other = pearson * one + math.sqrt(1 - pearson**2) * draw.gauss()
        both += one > thresholds[0] and other > thresholds[1]
    found = program_together("R-01", "R-03")
    assert abs(found - both) < 4 * math.sqrt(2 * both)
    apart = TRIALS * math.prod(1 - normal.cdf(each) for each in thresholds)
    assert found > 1.5 * apart


def program_together(one: str, other: str) -> int:
    """Years in which the program draws a loss of both."""
    from board_report.risk.simulate import blocks_of, draw_scenario, group_scores

    model = sample_model()
    scenarios = {each.risk_id: each for each in model.scenarios}
    both = 0
    for block in blocks_of(TRIALS):
        scores = group_scores(model.groups(), model.seed, block)
        years = [
            set(draw_scenario(scenarios[each], block, model.seed, scores[each]).years.tolist())
            for each in (one, other)
        ]
        both += len(years[0] & years[1])
    return both
