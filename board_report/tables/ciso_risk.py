"""The CISO's tables of risk in money: the register, and what the loss model is told of a risk."""

from board_report.project import LOSS_FORMS
from board_report.tables.demands import Below, Empty, Filled, Fits, Inside, Together, Unlike, When
from board_report.tables.schema import Column, Kind, Leader, NotAbove, TableSpec
from board_report.tables.shared_columns import (
    business_unit,
    day,
    money,
    one_of,
    quarter,
    role,
    text,
)

FREQUENCIES = ("loss_event_frequency", "threat_event_frequency")
"""Inputs in events a year."""
PROBABILITIES = ("vulnerability", "secondary_loss_frequency")
"""Inputs that are a share of events, 0 to 1."""
CAPABILITIES = ("threat_capability", "resistance_strength")
"""Inputs on the scale of percentiles of capable threat agents, 0 to 1."""
LOSSES = ("primary_loss", "secondary_loss")
"""Inputs in money for one event."""
HOURS = ("outage_hours",)
"""Inputs in hours for one event."""
RISK_FACTORS = (
    "loss_event_frequency",
    "threat_event_frequency",
    "vulnerability",
    "threat_capability",
    "resistance_strength",
    "primary_loss",
    "secondary_loss_frequency",
    "secondary_loss",
    "outage_hours",
)
"""Open FAIR's factors in the order of its tree, and the hours that insurers count."""

OBSERVED = ("loss_event_frequency", "primary_loss", "outage_hours")
"""Inputs of which incidents tell, so that they can be fitted from history."""


def _belief(name: str, meaning: str) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit="the input's unit", required=False, minimum=0)


RISK_REGISTER = TableSpec(
    name="risk_register",
    title="Risk register",
    meaning="Each principal cyber-risk scenario, with calibrated 90% intervals, at quarter end; a "
    "scenario may be described in risk_inputs instead, in part or whole.",
    leader=Leader.CISO,
    key=("quarter", "risk_id"),
    columns=(
        quarter(),
        Column("risk_id", Kind.ID, "The scenario's number."),
        text("title", "The scenario, in a few words."),
        text("short_title", "The scenario in at most 22 characters, for charts."),
        business_unit(required=False),
        role("owner_role", "Who owns the risk; empty while nobody does.", required=False),
        Column(
            "events_low",
            Kind.NUMBER,
            "Loss events a year: the 5th percentile of the owner's belief.",
            unit="events a year",
            required=False,
            minimum=0,
        ),
        Column(
            "events_high",
            Kind.NUMBER,
            "Loss events a year: the 95th percentile of the owner's belief.",
            unit="events a year",
            required=False,
            minimum=0,
        ),
        money("loss_low", "Loss for one event: the 5th percentile.", required=False),
        money("loss_high", "Loss for one event: the 95th percentile.", required=False),
        text(
            "currency",
            "ISO code of the currency of the row's money; empty where it is the reporting "
            "currency.",
            required=False,
        ),
        one_of("treatment", "What is done about it.", "mitigate", "accept", "transfer", "avoid"),
        day("reviewed_on", "Date the interval was last reviewed."),
    ),
    checks=(NotAbove("events_low", "events_high"), NotAbove("loss_low", "loss_high")),
    demands=(Together(("events_low", "events_high")), Together(("loss_low", "loss_high"))),
)

RISK_INPUTS = TableSpec(
    name="risk_inputs",
    title="Risk inputs",
    meaning="One row for each input of a scenario that is described by more than two intervals, in "
    "the terms of Open FAIR, at quarter end.",
    leader=Leader.CISO,
    key=("quarter", "risk_id", "input", "loss_form", "part"),
    columns=(
        quarter(),
        Column("risk_id", Kind.ID, "The scenario's number in the register."),
        one_of(
            "input",
            "Which factor of the scenario it is: the two frequencies in events a year; "
            "vulnerability and secondary_loss_frequency as a share of events, 0 to 1; "
            "threat_capability and resistance_strength as a share of all threat agents, 0 to 1; "
            "losses in money an event; outage_hours in hours an event.",
            *RISK_FACTORS,
        ),
        one_of(
            "loss_form",
            "Open FAIR's form of a loss; empty for the whole loss, unsplit.",
            *LOSS_FORMS,
            required=False,
        ),
        Column(
            "part",
            Kind.ID,
            "Name of the control or the part, where the scenario has several of one kind.",
            required=False,
        ),
        one_of(
            "shape",
            "How the belief is spread: lognormal and beta over a 90% interval, pert over minimum, "
            "most likely and maximum, fixed at one value, history fitted from the incidents that "
            "name the risk, beginning from a prior belief.",
            "lognormal",
            "pert",
            "beta",
            "fixed",
            "history",
        ),
        _belief(
            "low",
            "5th percentile for lognormal and beta, minimum for pert, 5th percentile of the prior "
            "belief for history.",
        ),
        _belief("likely", "Most likely value for pert, the value for fixed."),
        _belief(
            "high",
            "95th percentile for lognormal and beta, maximum for pert, 95th percentile of the "
            "prior belief for history.",
        ),
        Column(
            "weight",
            Kind.NUMBER,
            "For pert how much the most likely value weighs; for a loss or an outage from history "
            "how many observations the prior belief is worth. 4 when empty. A frequency from "
            "history needs none: its prior interval says how much it is worth.",
            required=False,
        ),
        one_of(
            "count",
            "How a yearly frequency becomes a number of events: whole_number rounds it; poisson "
            "when empty.",
            "poisson",
            "negative_binomial",
            "whole_number",
            required=False,
        ),
        Column(
            "dispersion",
            Kind.NUMBER,
            "For negative_binomial: the variance of the number of events is the mean plus this "
            "times the mean squared.",
            required=False,
        ),
        money(
            "cap",
            "Largest loss that one event can cause in this form: a larger one counts as this.",
            required=False,
        ),
        money(
            "truncate_above",
            "Larger losses cannot happen: the distribution is cut here.",
            required=False,
        ),
        text("basis", "What the numbers rest on."),
        day("reviewed_on", "Date the belief was last reviewed.", required=False),
    ),
    checks=(
        NotAbove("low", "high"),
        NotAbove("low", "likely"),
        NotAbove("likely", "high"),
        NotAbove("low", "truncate_above"),
        NotAbove("likely", "truncate_above"),
    ),
    demands=(
        Filled(("low", "likely", "high"), When("shape", ("pert",))),
        Filled(("low", "high"), When("shape", ("lognormal", "beta", "history"))),
        Empty(("likely",), When("shape", ("lognormal", "beta", "history"))),
        Filled(("likely",), When("shape", ("fixed",))),
        Empty(("low", "high"), When("shape", ("fixed",))),
        Inside(("low",), above=0, when=When("shape", ("lognormal", "history"))),
        Inside(("low", "high"), above=0, below=1, when=When("shape", ("beta",))),
        Below("low", "high", When("shape", ("beta",))),
        Inside(
            ("low", "likely", "high"),
            least=0,
            most=1,
            when=When("input", (*PROBABILITIES, *CAPABILITIES)),
        ),
        Fits("input", OBSERVED, When("shape", ("history",))),
        Fits("input", (*PROBABILITIES, *CAPABILITIES), When("shape", ("beta",))),
        Empty(("weight",), When("shape", ("lognormal", "beta", "fixed"))),
        Inside(("weight",), above=0),
        Empty(
            ("loss_form", "cap", "truncate_above"),
            When("input", (*FREQUENCIES, *PROBABILITIES, *CAPABILITIES, *HOURS)),
        ),
        Empty(
            ("count",),
            When("input", (*PROBABILITIES, *CAPABILITIES, *LOSSES, *HOURS)),
        ),
        Filled(("dispersion",), When("count", ("negative_binomial",))),
        Empty(("dispersion",), When("count", ("poisson", "whole_number", ""))),
        Inside(("dispersion", "cap", "truncate_above"), above=0),
    ),
    refers=(("risk_id", "risk_register", "risk_id"),),
)

RISK_CORRELATIONS = TableSpec(
    name="risk_correlations",
    title="Risk correlations",
    meaning="How far two scenarios tend to have their bad years together, at quarter end; a pair "
    "without a row is taken as independent.",
    leader=Leader.CISO,
    key=("quarter", "risk_id", "other_risk_id"),
    columns=(
        quarter(),
        Column("risk_id", Kind.ID, "One scenario's number in the register."),
        Column("other_risk_id", Kind.ID, "The other scenario's number."),
        Column(
            "rank_correlation",
            Kind.NUMBER,
            "Rank correlation of the two, -1 to 1: 0 is independent, 1 is always together.",
            minimum=-1,
            maximum=1,
        ),
        text("basis", "What it rests on."),
    ),
    demands=(Unlike("risk_id", "other_risk_id"),),
    refers=(
        ("risk_id", "risk_register", "risk_id"),
        ("other_risk_id", "risk_register", "risk_id"),
    ),
)

RISK_TABLES = (RISK_REGISTER, RISK_INPUTS, RISK_CORRELATIONS)
