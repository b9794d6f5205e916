"""One quarter's risk in money, from its simulated years."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from board_report.risk.beliefs import band_of, estimate_at, expected_losses, loss_curves, middle_80
from board_report.risk.distribution import statistics_of
from board_report.risk.draws import BLOCK, GENERATORS
from board_report.risk.position import RiskPosition, Simulated, assess_position, event_range
from board_report.risk.records import Assumptions, Interval, LossStatistics, ScenarioResult

if TYPE_CHECKING:
    from board_report.project import RiskSettings

FORMULA_VERSION = "2"
"""Raised with every change of the method that moves a figure."""
LIBRARIES = ("numpy", "scipy")


def position_with_band(found: Simulated, settings: RiskSettings) -> RiskPosition:
    """The position with what is not known of the estimate itself."""
    curves = loss_curves(found.model)
    return replace(
        assess_position(found, settings),
        band=band_of(curves),
        estimate_1_in_20=estimate_at(curves, 1 / 20),
    )


def scenario_results(found: Simulated) -> tuple[ScenarioResult, ...]:
    """Every scenario, largest expected loss first."""
    seed = found.model.seed
    beliefs = expected_losses(found.model.scenarios, seed)
    results = []
    for at, scenario in enumerate(found.model.scenarios):
        low, middle, high = event_range(scenario, seed)
        results.append(
            ScenarioResult(
                risk_id=scenario.risk_id,
                title=scenario.title,
                short_title=scenario.short_title,
                owner_role=scenario.owner_role,
                chance_a_year=scenario.chance_a_year,
                events_a_year=scenario.frequency.mean,
                event_p10=low,
                event_median=middle,
                event_p90=high,
                statistics=found.years.scenarios[at].statistics(scenario.expected_loss),
                expected_interval=middle_80(beliefs[at]),
                tail_share=found.years.tail_shares[at],
                basis=scenario.basis,
            )
        )
    return tuple(sorted(results, key=lambda each: -each.statistics.expected))


def expected_interval(found: Simulated) -> Interval:
    """P10 to P90 of the expected loss of all scenarios together."""
    return middle_80(expected_losses(found.model.scenarios, found.model.seed).sum(axis=0))


def gross_and_net(
    found: Simulated, expected: float
) -> tuple[LossStatistics, LossStatistics | None]:
    """Statistics before and after insurance; the second is None without a policy."""
    net = None if found.years.net is None else statistics_of(found.years.net)
    return statistics_of(found.years.gross, expected), net


def assumptions_of(found: Simulated) -> Assumptions:
    """What the figures rest on."""
    return Assumptions(
        formula_version=FORMULA_VERSION,
        generator=GENERATORS,
        convergence=found.convergence,
        versions={name: version(name) for name in LIBRARIES},
        correlation_pairs=sum(1 for rank in found.model.correlations.values() if rank),
        statements=_statements(found),
    )


def _statements(found: Simulated) -> tuple[str, ...]:
    said = [
        "An interval is a 90% interval: a lognormal’s or a beta’s 5th and 95th percentiles. A PERT "
        "is given by least, most likely and largest value.",
        "A year’s number of events is Poisson given its rate, unless the register says otherwise; "
        "the rate is drawn from the owner’s belief.",
        "Losses of one event, and their forms, are drawn independently of one another and of how "
        "many there are.",
        "Expected loss is in closed form: mean frequency times mean loss. Percentiles are "
        f"simulated, in blocks of {BLOCK:,} years, losses counted in whole cents.",
        "The band and the P10 to P90 of an estimate come from what is not known of frequencies, "
        "and of the middle of a fitted loss; the spread from year to year is the curve itself.",
        "With and without an initiative the same random years are drawn, so that the difference "
        "has no noise of its own.",
    ]
    if found.model.correlations:
        said.append(
            "Correlated risks: ranks of their yearly losses by a Gaussian copula, the rank "
            "correlation as stated."
        )
    else:
        said.append("All risks are drawn independently: no correlation was given.")
    if found.model.insurance is not None:
        said.append(
            "Insurance: waiting period, then sublimits by form, then retention and limit, then "
            "coinsurance; claims are paid in full and in the year of the loss."
        )
    return tuple(said)
