"""Read ``[risk]``: the simulation, appetite and tolerance, bands of loss, and the budget."""

from __future__ import annotations

from itertools import pairwise

from board_report.project.insurance_block import read_insurance
from board_report.project.records import Budget, CurvePoint, RiskSettings
from board_report.toml_reader import Section

MOST_TRIALS = 10_000_000
"""Simulated years that memory and patience allow."""


def read_risk_block(section: Section) -> RiskSettings:
    """Losses in the company's currency a year, chances as shares of 1.

    Raises:
        ProjectError: a value cannot be, or the curves contradict themselves or each other.
    """
    section.only(
        *("seed", "trials", "precision", "max_trials", "set_on", "insurance", "appetite"),
        *("tolerance", "bands", "budget"),
    )
    appetite = _curve(section, "appetite")
    tolerance = _curve(section, "tolerance")
    allowed = {point.probability: point.loss for point in appetite}
    for point in tolerance:
        if point.loss < allowed.get(point.probability, 0):
            raise section.error(
                "tolerance",
                f"at a chance of {point.probability:g} it lies below the appetite.",
                "Tolerance is the outer limit: it allows at least the loss that appetite does.",
            )
    return RiskSettings(
        seed=section.integer("seed", RiskSettings.seed, least=0),
        trials=section.integer("trials", RiskSettings.trials, least=1000, most=MOST_TRIALS),
        precision=_precision(section),
        max_trials=section.integer(
            "max_trials", RiskSettings.max_trials, least=1000, most=MOST_TRIALS
        ),
        appetite=appetite,
        tolerance=tolerance,
        set_on=section.day("set_on"),
        insurance=read_insurance(section.section("insurance")),
        bands=_bands(section.section("bands")),
        budget=_budget(section.section("budget")),
    )


def _precision(section: Section) -> float | None:
    """The relative standard error aimed for; None where the number of trials is set instead."""
    if "precision" not in section.values:
        if "max_trials" in section.values:
            raise section.error(
                "max_trials",
                "it ends the search for a precision, and none is asked for.",
                "Add precision = 0.01, or set the number of simulated years as trials.",
            )
        return None
    if "trials" in section.values:
        raise section.error(
            "precision",
            "trials says already how many years are simulated.",
            "Keep one of the two; max_trials bounds the years that a precision may take.",
        )
    return section.number("precision", least=0.001, most=0.1)


def _budget(section: Section) -> Budget:
    section.only("amount", "change")
    change = section.number("change", Budget.change)
    if not 0 < change < 1:
        raise section.error(
            "change",
            f"{change:g} is not above 0 and below 1.",
            "Write the share by which the budget is tried lower and higher: change = 0.10.",
        )
    return Budget(section.number("amount", least=0) if "amount" in section.values else None, change)


def _bands(section: Section) -> tuple[tuple[str, float], ...]:
    """Bands of expected loss, lowest first; each is named and begins at an amount."""
    bands = [(name, section.number(name, least=0)) for name in section.values]
    for (lower, least), (upper, more) in pairwise(bands):
        if more <= least:
            raise section.error(
                upper,
                f"it begins at {more:,.0f}, not above {lower} at {least:,.0f}.",
                "Write the bands from the lowest up, each with the least expected loss a year.",
            )
    return tuple(bands)


def _curve(section: Section, key: str) -> tuple[CurvePoint, ...]:
    """Points in order of falling chance; the loss may never fall with it."""
    mend = "Write pairs of a chance and a loss: [[0.10, 17_000_000], [0.05, 26_000_000]]."
    points = []
    for pair in section.values.get(key, []) if _is_list(section, key, mend) else []:
        if not _is_list_of_two(pair):
            raise section.error(key, f"{pair!r} is not a pair of numbers.", mend)
        chance, loss = float(pair[0]), float(pair[1])
        if not 0 < chance <= 1 or not 0 <= loss < float("inf"):
            raise section.error(
                key,
                f"{pair!r} is not a chance above 0 and up to 1 with a loss of 0 or more.",
                mend,
            )
        points.append(CurvePoint(chance, loss))
    points.sort(key=lambda point: -point.probability)
    for before, after in pairwise(points):
        if before.probability == after.probability or before.loss > after.loss:
            raise section.error(
                key,
                f"the loss falls from {before.loss:,.0f} to {after.loss:,.0f} while the chance "
                f"goes from {before.probability:g} to {after.probability:g}.",
                "The rarer the year, the larger the loss; give each chance once.",
            )
    return tuple(points)


def _is_list(section: Section, key: str, mend: str) -> bool:
    given = section.values.get(key, [])
    if not isinstance(given, list):
        raise section.error(key, f"{given!r} is not a list.", mend)
    return True


def _is_list_of_two(pair: object) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in pair)
    )
