"""Faults of what the loss model is told: inputs, correlations, initiatives, and their effects."""

from __future__ import annotations

from tests.functional.faults.cells import odd_cell
from tests.functional.faults.fault import (
    Fault,
    Told,
    refused,
    replace,
    set_aside,
    set_cell,
    through,
)
from tests.functional.faults.files import INCIDENTS

INPUTS = "ciso/risk_inputs.csv"
CORRELATIONS = "ciso/risk_correlations.csv"
REGISTER = "ciso/risk_register.csv"
INITIATIVES = "cto/initiatives.csv"
EFFECTS = "cto/initiative_effects.csv"
TOML = "report.toml"
FREQUENCY, VULNERABILITY, LOSS, PERT = 2, 3, 4, 12
"""Lines of the sample's risk inputs: R-01's first three, and R-04's costs of response."""


def bad(name: str, file: str, line: int, header: str, text: str, code: str, *words: str) -> Fault:
    """A cell that sets its row aside."""
    told = Told(code, file, line, header, text)
    return set_aside(name, set_cell(file, line, header, text), told, *words)


RISK_FAULTS = (
    bad("frequency_upside_down", INPUTS, FREQUENCY, "low", "9", "part_above_whole", "above high"),
    bad("frequency_from_zero", INPUTS, FREQUENCY, "low", "0", "outside_bounds", "lognormal"),
    bad("share_in_percent", INPUTS, VULNERABILITY, "high", "85", "outside_bounds", "vulnerability"),
    set_aside(
        "belief_without_a_width",
        set_cell(INPUTS, VULNERABILITY, "high", "0.015"),
        Told("not_below", INPUTS, VULNERABILITY, "low", "0.015"),
        "is not below high 0.015",
        "beta",
    ),
    set_aside(
        "shares_from_history",
        set_cell(INPUTS, VULNERABILITY, "shape", "history"),
        Told("values_clash", INPUTS, VULNERABILITY, "input", "vulnerability"),
        "where shape is history",
    ),
    bad("shape_nobody_knows", INPUTS, LOSS, "shape", "weibull", "unknown_category", "lognormal"),
    bad("form_of_a_frequency", INPUTS, FREQUENCY, "loss_form", "response", "value_out_of_place"),
    bad("spread_of_a_poisson", INPUTS, FREQUENCY, "dispersion", "0.4", "value_out_of_place"),
    bad("cap_of_nothing", INPUTS, LOSS, "cap", "0", "outside_bounds", "above 0"),
    set_aside(
        "cut_below_the_interval",
        set_cell(INPUTS, LOSS, "truncate_above", "5"),
        Told("part_above_whole", INPUTS, LOSS, "low", "3000000"),
        "above truncate_above 5",
    ),
    through(bad("no_most_likely_value", INPUTS, PERT, "likely", "", "value_needed", "pert")),
    bad("risk_with_itself", CORRELATIONS, 2, "other_risk_id", "R-01", "same_record_twice", "R-01"),
    bad("correlation_in_percent", CORRELATIONS, 2, "rank_correlation", "50", "above_maximum"),
    bad("half_an_interval", REGISTER, 3, "loss_high", "", "value_needed", "loss_low is given"),
    bad("initiative_needs_itself", INITIATIVES, 3, "requires", "I-2", "same_record_twice"),
    bad("life_of_no_years", INITIATIVES, 3, "life_years", "0", "outside_bounds", "above 0"),
    bad("reduction_in_percent", EFFECTS, 2, "high", "45", "outside_bounds", "at most 1"),
    bad("effect_on_no_risk", EFFECTS, 2, "risk_id", "", "value_needed", "frequency"),
    bad("effect_on_two_things", EFFECTS, 2, "metric_id", "mttr", "value_out_of_place"),
    odd_cell(
        "incident_of_a_risk_that_is_not_there",
        INCIDENTS,
        "u_risk_id",
        "R-99",
        "unknown_reference",
        "R-99 is not among",
        column="risk_id",
    ),
    odd_cell(
        "effect_of_no_initiative",
        EFFECTS,
        "initiative_id",
        "I-99",
        "unknown_reference",
        "I-99 is not among the initiatives",
    ),
    odd_cell(
        "initiative_that_needs_none_there_is",
        INITIATIVES,
        "requires",
        "I-99",
        "unknown_reference",
        "I-99 is not among the initiatives",
    ),
)

RISK_BLOCK_FAULTS = (
    refused(
        "form_of_loss_misspelled",
        replace(TOML, "reputation = 2_000_000", "reputaton = 2_000_000"),
        "risk.insurance.sublimits.reputaton",
        "Did you mean reputation?",
    ),
    refused(
        "trials_and_precision",
        replace(TOML, "trials = ", "precision = 0.01\ntrials = "),
        "risk.precision",
        "Keep one of the two",
    ),
    refused(
        "budget_in_percent",
        replace(TOML, "change = 0.10", "change = 10"),
        "risk.budget.change",
        "above 0 and below 1",
    ),
)
