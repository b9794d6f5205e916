"""What the sample says of risk in money holds together: register, factors, incidents, plans."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest
from scipy.stats import gamma

from board_report.project import load_project
from board_report.resources import sample_folder

SAMPLE = sample_folder()
FACTOR_QUARTERS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
QUARTERS = ("2024-Q4", "2025-Q1", "2025-Q2", *FACTOR_QUARTERS)
Z = 1.6448536269514722
"""Standard normal quantile at 95%."""
Row = dict[str, str]


def rows(name: str, **wanted: str) -> list[Row]:
    """The rows of a file in which these columns have these values."""
    with (SAMPLE / name).open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


def one(name: str, **wanted: str) -> Row:
    """The only such row."""
    [row] = rows(name, **wanted)
    return row


def interval(row: Row) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm, from a 90% interval."""
    low, high = math.log(float(row["low"])), math.log(float(row["high"]))
    return (low + high) / 2, (high - low) / (2 * Z)


def lognormal_mean(row: Row) -> float:
    """Expected value, with what lies above a cap counted as the cap, or cut away."""
    mu, sigma = interval(row)
    mean = math.exp(mu + sigma**2 / 2)
    edge = float(row["cap"] or row["truncate_above"] or "inf")
    if edge == math.inf:
        return mean
    at = (math.log(edge) - mu) / sigma
    below = mean * _normal(at - sigma)
    return below + edge * (1 - _normal(at)) if row["cap"] else below / _normal(at)


def _normal(z: float) -> float:
    return (1 + math.erf(z / math.sqrt(2))) / 2


@cache
def beta_mean(low: float, high: float) -> float:
    """Expected value of the beta whose 5th and 95th percentiles these are, by bisection."""
    from scipy.stats import beta

    def fitted(mean: float) -> float:
        """The strength with which this mean gives the lower end."""
        weak, strong = 0.01, 1e6
        for _ in range(40):
            middle = math.sqrt(weak * strong)
            is_wide = beta.ppf(0.05, mean * middle, (1 - mean) * middle) < low
            weak, strong = (middle, strong) if is_wide else (weak, middle)
        return weak

    least, most = low, high
    for _ in range(30):
        mean = (least + most) / 2
        strength = fitted(mean)
        is_above = beta.ppf(0.95, mean * strength, (1 - mean) * strength) > high
        least, most = (least, mean) if is_above else (mean, most)
    return (least + most) / 2


def mean_of(row: Row) -> float:
    """Expected value of one input."""
    if row["shape"] == "pert":
        weight = float(row["weight"] or 4)
        ends = float(row["low"]) + float(row["high"])
        return (ends + weight * float(row["likely"])) / (weight + 2)
    if row["shape"] == "beta":
        return beta_mean(float(row["low"]), float(row["high"]))
    return lognormal_mean(row)


def factor(quarter: str, risk: str, name: str) -> float:
    """Sum of the means of a scenario's inputs of one kind."""
    found = rows("ciso/risk_inputs.csv", quarter=quarter, risk_id=risk, input=name)
    assert found, (quarter, risk, name)
    return sum(map(mean_of, found))


def by_register(quarter: str, risk: str) -> float:
    """The expected loss that the two intervals of the register imply."""
    row = one("ciso/risk_register.csv", quarter=quarter, risk_id=risk)
    none = {"cap": "", "truncate_above": ""}
    events = {"low": row["events_low"], "high": row["events_high"], **none}
    loss = {"low": row["loss_low"], "high": row["loss_high"], **none}
    return lognormal_mean(events) * lognormal_mean(loss)


def loss_an_event(quarter: str, risk: str) -> float:
    """Primary loss, and secondary loss as often as it follows."""
    follows = factor(quarter, risk, "secondary_loss_frequency")
    return factor(quarter, risk, "primary_loss") + follows * factor(quarter, risk, "secondary_loss")


def gamma_prior(low: float, high: float) -> tuple[float, float]:
    """Shape and exposure in years of the gamma with these 5th and 95th percentiles."""
    shapes = [0.1 * 1.005**step for step in range(1500)]
    shape = min(
        shapes, key=lambda each: abs(gamma.ppf(0.95, each) / gamma.ppf(0.05, each) - high / low)
    )
    return shape, float(gamma.ppf(0.95, shape)) / high


def fraud_by_history(quarter: str) -> float:
    """Payment fraud: each belief weighed against the incidents until the quarter's end."""
    name = {"risk_id": "R-05", "quarter": quarter}
    often = one("ciso/risk_inputs.csv", input="loss_event_frequency", **name)
    much = one("ciso/risk_inputs.csv", input="primary_loss", **name)
    year, number = int(quarter[:4]), int(quarter[-1])
    end = date(year + number // 4, 3 * (number % 4) + 1, 1)
    costs = [
        float(row["u_direct_cost"])
        for row in rows("ciso/servicenow_incidents.csv", u_risk_id="R-05")
        if row["u_detected_at"] < end.isoformat()
    ]
    years = (end - date(2024, 10, 1)).days / 365.25
    shape, exposure = gamma_prior(float(often["low"]), float(often["high"]))
    rate = (shape + len(costs)) / (exposure + years)
    mu, sigma = interval(much)
    weight = float(much["weight"])
    mu = (weight * mu + sum(map(math.log, costs))) / (weight + len(costs))
    return rate * math.exp(mu + sigma**2 / 2)


@pytest.mark.parametrize("quarter", FACTOR_QUARTERS)
def test_factors_come_to_what_the_register_implies(quarter: str) -> None:
    """Two ways to the same expected loss, within 15%."""
    warehouse = factor(quarter, "R-01", "threat_event_frequency")
    warehouse *= factor(quarter, "R-01", "vulnerability") * loss_an_event(quarter, "R-01")
    assert warehouse == pytest.approx(by_register(quarter, "R-01"), rel=0.15)
    patients = factor(quarter, "R-04", "loss_event_frequency") * loss_an_event(quarter, "R-04")
    assert patients == pytest.approx(by_register(quarter, "R-04"), rel=0.15)
    assert fraud_by_history(quarter) == pytest.approx(by_register(quarter, "R-05"), rel=0.15)


def test_three_scenarios_are_described_by_their_factors() -> None:
    """From the third quarter of 2025 on, with losses by form where they are known by form."""
    found = rows("ciso/risk_inputs.csv")
    assert {row["quarter"] for row in found} == set(FACTOR_QUARTERS)
    assert {row["risk_id"] for row in found} == {"R-01", "R-04", "R-05"}
    forms = {row["loss_form"] for row in found if row["risk_id"] == "R-01"}
    assert forms == {"", "productivity", "response", "replacement", "reputation",
                     "fines_and_judgments"}  # fmt: skip
    assert {row["shape"] for row in found} == {"lognormal", "beta", "pert", "history"}


def test_the_same_pairs_are_correlated_in_every_quarter() -> None:
    """Each pair once, and ransomware with ransomware the most."""
    for quarter in QUARTERS:
        found = rows("ciso/risk_correlations.csv", quarter=quarter)
        pairs = {frozenset((row["risk_id"], row["other_risk_id"])) for row in found}
        assert len(pairs) == len(found) == 4
        most = max(found, key=lambda row: float(row["rank_correlation"]))
        assert {most["risk_id"], most["other_risk_id"]} == {"R-01", "R-03"}


def test_few_incidents_made_a_principal_risk_real() -> None:
    """Ten in two years; the vendor's exposure of September has no cost yet."""
    found = [row for row in rows("ciso/servicenow_incidents.csv") if row["u_risk_id"]]
    assert sorted(row["u_risk_id"] for row in found) == [
        *("R-03", "R-04", "R-05", "R-05", "R-06", "R-06", "R-07", "R-07", "R-08", "R-08")
    ]
    risks = {row["short_description"]: row["u_risk_id"] for row in found}
    assert risks["Ransomware at laboratory scheduling"] == "R-03"
    assert risks["Patient contact data exposed at a vendor"] == "R-04"
    assert [row["u_risk_id"] for row in found if row["u_direct_cost"] == "?"] == ["R-04"]


def yearly(row: Row) -> float:
    """Running cost a year, and the one-off cost spread over the life."""
    return float(row["annual_cost"]) + float(row["one_off_cost"]) / float(row["life_years"])


def numbers(found: Iterable[Row]) -> set[str]:
    """Their initiative numbers."""
    return {row["initiative_id"] for row in found}


def test_initiatives_are_those_of_the_plan_and_four_more() -> None:
    """Same numbers, names and owners; what is asked for, and a technology on its way."""
    from openpyxl import load_workbook

    lines = load_workbook(SAMPLE / "cto/investment_plan.xlsx")["Plan"].iter_rows(values_only=True)
    plan = {tuple(line[:3]) for line in list(lines)[3:]}
    found = rows("cto/initiatives.csv")
    named = {(row["initiative_id"], row["name"], row["owner_role"]) for row in found}
    assert len(plan) == 7
    assert plan < named
    assert numbers(found) - {str(number) for number, *_ in plan} == {"I-8", "I-9", "I-10", "I-11"}
    assert numbers(rows("cto/initiatives.csv", decision="proposed")) == {"I-8", "I-9", "I-11"}


def test_rules_between_initiatives() -> None:
    """Phase two needs phase one, its two forms exclude each other, and the law asks for one."""
    needed = {row["initiative_id"]: row["requires"] for row in rows("cto/initiatives.csv")}
    excluded = {row["initiative_id"]: row["excludes"] for row in rows("cto/initiatives.csv")}
    assert {key: value for key, value in needed.items() if value} == {"I-8": "I-3", "I-9": "I-3"}
    assert {key: value for key, value in excluded.items() if value} == {"I-8": "I-9", "I-9": "I-8"}
    assert numbers(rows("cto/initiatives.csv", must_stay="true")) == {"I-6"}


def test_phase_two_costs_what_the_board_is_asked_for() -> None:
    """Decision D-31 and its smaller option name the same sums."""
    asked = one("governance/decisions.csv", decision_id="D-31")
    smaller = one("governance/decision_options.csv", decision_id="D-31", option="B")
    assert one("cto/initiatives.csv", initiative_id="I-8")["one_off_cost"] == asked["cost"]
    assert one("cto/initiatives.csv", initiative_id="I-9")["one_off_cost"] == smaller["cost"]


def test_budget_holds_today_and_a_tenth_more_holds_phase_two() -> None:
    """So that the three budgets differ by something that the board is asked about."""
    budget = load_project(SAMPLE).risk.budget
    assert budget.amount
    today = sum(yearly(row) for row in rows("cto/initiatives.csv") if row["decision"] != "proposed")
    phase_two = yearly(one("cto/initiatives.csv", initiative_id="I-8"))
    assert today <= budget.amount < today + phase_two <= budget.amount * (1 + budget.change)
    assert today > budget.amount * (1 - budget.change)


def test_one_technology_opens_risks_and_is_in_the_portfolio() -> None:
    """Its reductions are below zero."""
    adding = {row["initiative_id"] for row in rows("cto/initiative_effects.csv")
              if row["risk_id"] and float(row["high"]) < 0}  # fmt: skip
    assert adding == {"I-10"}
    row = one("cto/initiatives.csv", initiative_id="I-10")
    technology = one("cto/technology_portfolio.csv", technology_id=row["technology_id"])
    assert technology["name"] == row["name"]
    life = float(row["life_years"]) * float(row["annual_cost"])
    assert float(technology["budget"]) == float(row["one_off_cost"]) + life


def test_promises_more_than_a_year_old_can_be_checked() -> None:
    """On risks that incidents name before and after the day that they were promised for."""
    checked = []
    for row in rows("cto/initiative_effects.csv", acts_on="frequency"):
        days = [
            each["u_detected_at"][:10]
            for each in rows("ciso/servicenow_incidents.csv", u_risk_id=row["risk_id"])
        ]
        if row["effective_on"] <= "2025-09-30" and min(days, default="9") < row["effective_on"]:
            later = sum(day >= row["effective_on"] for day in days)
            checked.append((row["initiative_id"], row["risk_id"], len(days) - later, later))
    assert checked == [("I-2", "R-07", 2, 0), ("I-2", "R-06", 1, 1), ("I-7", "R-08", 1, 1)]


def test_every_effect_has_something_to_act_on() -> None:
    """A risk of the register or a joint KPI, by an initiative that there is."""
    risks = {row["risk_id"] for row in rows("ciso/risk_register.csv", quarter="2026-Q3")}
    figures = {row["metric_id"] for row in rows("governance/joint_kpis.csv")}
    effects = rows("cto/initiative_effects.csv")
    assert {row["risk_id"] for row in effects} - {""} <= risks
    assert {row["metric_id"] for row in effects} - {""} <= figures
    assert numbers(effects) == numbers(rows("cto/initiatives.csv"))


def test_policy_is_what_the_board_was_told() -> None:
    """$20M above $5M (D-22), and no more than that in a year."""
    policy = load_project(SAMPLE).risk.insurance
    assert policy
    assert (policy.retention, policy.limit) == (5_000_000, 20_000_000)
    assert (policy.applies, policy.aggregate_limit) == ("event", 20_000_000)
    assert dict(policy.sublimits)["competitive_advantage"] == 0
    assert one("governance/decisions.csv", decision_id="D-22")["title"].endswith("$20M above $5M")


def test_words_of_generated_files_are_plain() -> None:
    """No cell begins as a formula would unless it is a number, and none is long."""
    for name in ("ciso/risk_inputs", "ciso/risk_correlations", "cto/initiatives",
                 "cto/initiative_effects"):  # fmt: skip
        for row in rows(f"{name}.csv"):
            for cell in row.values():
                assert cell[:1] not in ("=", "+", "@"), (name, cell)
                assert not cell.startswith("-") or float(cell) < 0, (name, cell)
                assert len(cell) <= 90, (name, cell)
