# ruff: noqa: E501 - prose and rows as they stand on a page
"""Results of a loss model that nobody ran, for tests and for looking at pages."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from board_report.period import Quarter
from board_report.risk.money import RiskInMoney
from board_report.risk.position import CURVE_PROBABILITIES, RiskPosition, TopRisk
from board_report.risk.records import (
    Assumptions,
    BackTest,
    BudgetScenario,
    Convergence,
    Curve,
    Decision,
    InitiativeReturn,
    Interval,
    KpiEffect,
    LossStatistics,
    PromiseOutcome,
    RiskForecast,
    ScenarioResult,
    Sensitivity,
)

NAMES = (
    "Distribution ransomware", "Order system outage", "Personal data breach", "Supplier compromise",
    "Payment fraud", "Cold-chain telemetry tampering", "Cloud misconfiguration", "Insider data theft",
    "Warehouse robotics stop", "Fault of an AI model", "Website defacement", "Loss of a data center",
)  # fmt: skip
OWNERS = ("CISO", "CTO", "CISO", "COO", "CFO", "CTO", "CTO", "")
LONG = "Pharmaceutical cold-chain logistics interrupted by a supplier of a supplier, West"


def curve_of(worst: float) -> Curve:
    """A curve that reaches ``worst`` in one year of 20."""
    return tuple((p, worst * (0.05 / p) ** 0.62) for p in CURVE_PROBABILITIES)


def statistics_of(expected: float, worst: float) -> LossStatistics:
    return LossStatistics(
        expected=expected,
        p10=expected * 0.05,
        p50=expected * 0.55,
        p90=worst * 0.62,
        var_95=worst,
        var_99=worst * 2.1,
        shortfall_95=worst * 1.55,
        shortfall_99=worst * 2.9,
        curve=curve_of(worst),
    )


def scenario(at: int, expected: float, tail: float, **more: Any) -> ScenarioResult:
    name = NAMES[at % len(NAMES)] + (f" {at // len(NAMES) + 1}" if at >= len(NAMES) else "")
    chance = (0.12, 0.21, 0.15, 0.04, 0.42)[at % 5]
    median = expected / chance / 1.6 if expected else 1e4
    given: dict[str, Any] = {
        "risk_id": f"R-{at + 1:02}",
        "title": name,
        "short_title": name,
        "owner_role": OWNERS[at % len(OWNERS)],
        "chance_a_year": chance,
        "events_a_year": chance * 1.1,
        "event_p10": median / 3.2,
        "event_median": median,
        "event_p90": median * 3.2,
        "statistics": statistics_of(expected, expected * 3.4 if chance > 0.05 else 0.0),
        "expected_interval": Interval(expected * 0.55, expected * 1.7),
        "tail_share": tail,
        "basis": ("90% interval", "Open FAIR tree", "own history, 7 events in 5 years")[at % 3],
    }
    return ScenarioResult(**{**given, **more})


def scenarios_of(count: int, total: float = 10.6e6) -> tuple[ScenarioResult, ...]:
    weights = [0.72**at + 0.01 for at in range(count)]
    whole = sum(weights)
    tails = [weight**1.35 for weight in weights]
    if count > 3:
        tails[3] *= 2.4
    return tuple(
        scenario(at, total * weight / whole, tail / sum(tails))
        for at, (weight, tail) in enumerate(zip(weights, tails, strict=True))
    )


INPUTS = ("loss event frequency", "vulnerability", "response costs", "threat event frequency",
          "fines and judgments")  # fmt: skip


def sensitivities_of(
    found: tuple[ScenarioResult, ...], expected: float, count: int = 10
) -> tuple[Sensitivity, ...]:
    return tuple(
        Sensitivity(
            risk_id=found[at % len(found)].risk_id,
            short_title=found[at % len(found)].short_title,
            input=INPUTS[(at + at // len(found)) % len(INPUTS)],
            at_low=expected - expected * 0.26 * 0.74**at,
            at_high=expected + expected * 0.42 * 0.74**at,
        )
        for at in range(count)
    )


INITIATIVES = (
    ("Patch automation", "CISO", Decision.IN_PLACE, 1.4e6, 2.5e6, 0.1e6, None),
    ("Identity and privileged access", "CISO", Decision.IN_PLACE, 3.1e6, 4.4e6, 0.05e6, None),
    ("Immutable backup and clean-room recovery", "BOTH", Decision.PROPOSED, 0.9e6, 1.5e6, 0.2e6, 0.1e6),
    ("Endpoint and 24x7 detection", "CISO", Decision.COMMITTED, 4.4e6, 5.2e6, 0.1e6, None),
    ("Order system in the cloud", "CTO", Decision.COMMITTED, 2.4e6, 2.6e6, 0.7e6, 3.1e6),
    ("AI for demand planning", "CTO", Decision.PROPOSED, 1.2e6, 0.1e6, 0.6e6, 2.2e6),
    ("Zero-trust network at depots", "BOTH", Decision.PROPOSED, 1.9e6, 1.2e6, 0.0, None),
)  # fmt: skip


def initiative(at: int = 0, **more: Any) -> InitiativeReturn:
    name, leader, decision, cost, down, opened, value = INITIATIVES[at % len(INITIATIVES)]
    if at >= len(INITIATIVES):
        name = f"{name} {at // len(INITIATIVES) + 1}"
    net = down - opened
    given: dict[str, Any] = {
        "initiative_id": f"I-{at + 1}",
        "name": name,
        "owner_role": leader if leader != "BOTH" else "CISO",
        "leader": leader,
        "decision": decision,
        "annual_cost": cost,
        "bought_down": down,
        "introduced": opened,
        "net_bought_down": net,
        "net_interval": Interval(net - abs(net) * 0.55, net + abs(net) * 0.75),
        "value_a_year": value,
        "rosi": (net - cost) / cost if cost else None,
        "rosi_interval": (
            Interval((net - abs(net) * 0.55 - cost) / cost, (net + abs(net) * 0.75 - cost) / cost)
            if cost
            else None
        ),
        "var_95_with": 44e6,
        "var_95_without": 44e6 + net * 3.1,
        "curve_with": curve_of(44e6),
        "curve_without": curve_of(44e6 + net * 3.1),
        "npv": (net + (value or 0.0) - cost) * 3.9,
        "payback_years": 2.1 if net + (value or 0.0) > cost else None,
        "delay_cost": (net + (value or 0.0) - cost) * 0.24,
        "life_years": 5.0,
    }
    return InitiativeReturn(**{**given, **more})


def budgets_of(tolerance: float | None = 40e6, scale: float = 1.0) -> tuple[BudgetScenario, ...]:
    """Ten percent less, today, ten percent more; losses and amounts times a scale."""
    today = ("I-1", "I-2", "I-4", "I-5")

    def budget(
        change: float, chosen: tuple[str, ...], amounts: tuple[float, ...], over: float, **more: Any
    ) -> BudgetScenario:
        money, cost, expected, var, low, high = (each * 1e6 * scale for each in amounts)
        return BudgetScenario(
            change=change,
            budget=money,
            cost=cost,
            chosen=chosen,
            dropped=tuple(each for each in today if each not in chosen),
            added=tuple(each for each in chosen if each not in today),
            expected_loss=expected,
            var_95=var,
            var_95_interval=Interval(low, high),
            tolerance_exceedance=None if tolerance is None else over,
            **more,
        )

    def kpis(hours: float, share: float) -> tuple[KpiEffect, ...]:
        return (KpiEffect("mttd", hours), KpiEffect("patch_sla_compliance", share))

    return (
        budget(
            -0.1, today[:2] + today[3:], (11.0, 10.3, 12.4, 49, 36, 64), 0.079, kpis=kpis(6, -0.04)
        ),
        budget(0.0, today, (12.2, 11.3, 10.6, 44, 32, 57), 0.059, kpis=kpis(0, 0)),
        budget(0.1, (*today, "I-3"), (13.4, 13.1, 9.3, 37, 27, 48), 0.042, kpis=kpis(-2, 0.03)),
    )


def forecast(at: int, events: int = 0, loss: float | None = 0.0, **more: Any) -> RiskForecast:
    name = NAMES[at % len(NAMES)]
    mean = (0.3, 1.4, 0.6, 0.05, 3.2)[at % 5]
    given: dict[str, Any] = {
        "risk_id": f"R-{at + 1:02}",
        "short_title": name,
        "owner_role": OWNERS[at % len(OWNERS)],
        "chance": (0.26, 0.75, 0.45, 0.05, 0.96)[at % 5],
        "events_expected": mean,
        "events_interval": Interval(0.0, float(round(mean * 2 + 1))),
        "events": events,
        "loss_interval": Interval(0.0, 6.0e6 / (at + 1)),
        "loss": loss,
    }
    return RiskForecast(**{**given, **more})


def promise(at: int = 0, **more: Any) -> PromiseOutcome:
    given: dict[str, Any] = {
        "initiative_id": f"I-{at + 1}",
        "name": INITIATIVES[at][0],
        "owner_role": "CISO",
        "risk_id": f"R-{at + 1:02}",
        "short_title": NAMES[at],
        "promised": Interval(0.3, 0.6),
        "events_before": 6,
        "days_before": 730,
        "events_after": 2,
        "days_after": 365,
        "realized": 1 / 3,
        "realized_interval": Interval(-0.9, 0.8),
    }
    return PromiseOutcome(**{**given, **more})


def back_test_of(count: int = 12, **more: Any) -> BackTest:
    happened = [(0, 0.0), (1, 0.4e6), (2, 2.4e6), (0, 0.0), (9, 0.3e6)]
    rows = tuple(forecast(at, *happened[at % 5]) for at in range(count))
    given: dict[str, Any] = {
        "made_in": Quarter(2025, 3),
        "first": Quarter(2025, 4),
        "last": Quarter(2026, 3),
        "rows": rows,
        "inside": sum(each.is_inside for each in rows),
        "brier": 0.142,
        "brier_reference": 0.187,
        "log_score": 0.431,
        "calibration_p": 0.62,
        "total_interval": Interval(0.9e6, 31e6),
        "total_median": 7.9e6,
        "total_loss": 3.2e6,
        "uncosted": 0,
        "unassigned": 0,
        "promises": (promise(0), promise(1, realized=0.55, realized_interval=Interval(0.1, 0.8))),
    }
    return BackTest(**{**given, **more})


CONVERGENCE = Convergence(
    trials=200_000,
    seed=20260930,
    precision=0.01,
    is_reached=True,
    expected_error=48_000.0,
    var_95_error=190_000.0,
    var_95_interval=Interval(43.6e6, 44.4e6),
)
ASSUMPTIONS = Assumptions(
    formula_version="2",
    generator="PCG64 with a stream for each risk",
    convergence=CONVERGENCE,
    versions={"numpy": "2.4.1", "scipy": "1.17.0", "pandas": "3.1.1"},
    correlation_pairs=3,
    statements=(
        "Loss events of one risk come independently of one another, at a rate that is itself uncertain.",
        "A 90% interval is read as the 5th and the 95th percentile of a lognormal distribution.",
        "Risks are joined by a Gaussian copula over their yearly losses where a pair was given.",
        "Insurance pays one layer of the year’s total; reinstatement and exclusions are not modelled.",
        "Money is of today: inflation and discounting are left out of a year’s loss.",
        "Initiatives act from their date on, at the reduction that their owner gave with an interval.",
    ),
)  # fmt: skip


def position_of(
    found: tuple[ScenarioResult, ...], worst: float, tolerance: float | None, **more: Any
) -> RiskPosition:
    expected = sum(each.statistics.expected for each in found)
    curve = curve_of(worst)
    given: dict[str, Any] = {
        "quarter": Quarter(2026, 3),
        "trials": 200_000,
        "seed": 20260930,
        "expected_loss": expected,
        "exceedance": curve,
        "loss_1_in_20": worst,
        "loss_1_in_20_error": (worst * 0.99, worst * 1.01),
        "loss_1_in_100": curve[-1][1],
        "tolerance_1_in_20": tolerance,
        "tolerance_exceedance": None if tolerance is None else 0.059,
        "net_exceedance": tuple((p, max(x - 20e6, min(x, 5e6))) for p, x in curve),
        "payers_1_in_20": (5e6, 20e6, max(worst - 25e6, 0.0)),
        "top": tuple(
            TopRisk(
                each.risk_id,
                each.short_title,
                each.owner_role,
                each.chance_a_year,
                each.event_p10,
                each.event_median,
                each.event_p90,
                each.statistics.expected,
            )
            for each in found
        ),
        "unquantified": 0,
        "band": tuple((p, x * 0.72, x * 1.31) for p, x in curve),
        "estimate_1_in_20": Interval(worst * 0.72, worst * 1.31),
    }
    return _position({**given, **more})


def _position(given: dict[str, Any]) -> RiskPosition:
    known = {each.name for each in fields(RiskPosition)}
    made = RiskPosition(**{name: value for name, value in given.items() if name in known})
    for name in set(given) - known:
        object.__setattr__(made, name, given[name])
    return made


def money_of(
    count: int = 5,
    *,
    worst: float = 44e6,
    total: float = 10.6e6,
    tolerance: float | None = 40e6,
    initiatives: int | tuple[InitiativeReturn, ...] = 6,
    **more: Any,
) -> RiskInMoney:
    """A whole result over so many risks and initiatives; any part may be given instead."""
    found = more.pop("scenarios", None) or scenarios_of(count, total)
    given: dict[str, Any] = {
        "position": position_of(found, worst, tolerance),
        "statistics": replace(statistics_of(total, worst), curve=curve_of(worst)),
        "net": statistics_of(total * 0.6, worst * 0.5),
        "convergence": CONVERGENCE,
        "scenarios": found,
        "sensitivities": sensitivities_of(found, total),
        "initiatives": (
            tuple(initiative(at) for at in range(initiatives))
            if isinstance(initiatives, int)
            else initiatives
        ),
        "budgets": budgets_of(tolerance) if initiatives else (),
        "back_test": back_test_of(min(count, 12)),
        "assumptions": ASSUMPTIONS,
        "correlated": True,
    }
    return RiskInMoney(**{**given, **more})
