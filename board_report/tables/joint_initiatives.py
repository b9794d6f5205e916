"""What the two leaders do about risk, what it costs, and what it is to take away or to bring."""

from board_report.tables.demands import Empty, Filled, Inside, Unlike, When
from board_report.tables.schema import Column, Kind, Leader, NotAbove, TableSpec
from board_report.tables.shared_columns import (
    day,
    flag,
    identifier,
    items,
    money,
    one_of,
    role,
    text,
)

ON_LOSS = ("frequency", "magnitude")
"""What an effect on a risk acts on."""


def _end_of_change(name: str, percentile: str) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        f"{percentile} percentile of the belief: for frequency and magnitude the reduction as a "
        "share of 1 (0.2 takes away a fifth, below zero it adds); for kpi the change of the metric "
        "in its unit.",
        unit="share of 1, or the metric's",
    )


INITIATIVES = TableSpec(
    name="initiatives",
    title="Initiatives",
    meaning="One row for each initiative of either leader that acts on risk or on joint KPIs: in "
    "place, committed or proposed.",
    leader=Leader.JOINT,
    key=("initiative_id",),
    columns=(
        identifier("initiative_id", "The initiative's number, as in the investment plan."),
        text("name", "Name of the initiative."),
        role("owner_role", "Who owns it; empty while nobody does.", required=False),
        one_of("leader", "Whose budget pays for it.", "CISO", "CTO", "BOTH"),
        one_of(
            "decision",
            "Where it stands; what is in place is counted in the register's intervals already.",
            "in_place",
            "committed",
            "proposed",
        ),
        money("annual_cost", "Running cost a year."),
        money("one_off_cost", "Cost of building it, once.", required=False),
        money(
            "planned_benefit",
            "Benefit a year that is planned beside the loss it avoids; where empty, what the "
            "investment plan has for the quarters ahead.",
            required=False,
            signed=True,
        ),
        Column("life_years", Kind.NUMBER, "Years that it lasts.", unit="years"),
        day("starts_on", "Date it begins or began.", required=False),
        items("requires", "Initiatives without which it cannot be chosen."),
        items("excludes", "Initiatives beside which it cannot be chosen."),
        flag(
            "must_stay",
            "True where law or contract asks for it, so that no budget may drop it; empty is "
            "false.",
            required=False,
        ),
        Column(
            "technology_id",
            Kind.ID,
            "Technology of the portfolio that it adopts, where it adopts one.",
            required=False,
        ),
    ),
    demands=(
        Inside(("life_years",), above=0),
        Unlike("initiative_id", "requires"),
        Unlike("initiative_id", "excludes"),
        Unlike("requires", "excludes"),
    ),
    refers=(
        ("requires", "initiatives", "initiative_id"),
        ("excludes", "initiatives", "initiative_id"),
        ("technology_id", "technology_portfolio", "technology_id"),
    ),
)

INITIATIVE_EFFECTS = TableSpec(
    name="initiative_effects",
    title="Effects of initiatives",
    meaning="What each initiative takes away from a risk, adds to one, or changes in a joint KPI.",
    leader=Leader.JOINT,
    key=("initiative_id", "acts_on", "risk_id", "metric_id"),
    columns=(
        Column("initiative_id", Kind.ID, "The initiative's number."),
        Column("risk_id", Kind.ID, "Risk of the register that it acts on.", required=False),
        Column("metric_id", Kind.ID, "Joint KPI that it changes.", required=False),
        one_of(
            "acts_on",
            "The yearly number of loss events, the loss of one event, or a joint KPI.",
            *ON_LOSS,
            "kpi",
        ),
        _end_of_change("low", "5th"),
        _end_of_change("high", "95th"),
        day("effective_on", "Date from which it was promised to work.", required=False),
        day("promised_on", "Date of the promise.", required=False),
        text("basis", "What the numbers rest on."),
    ),
    checks=(NotAbove("low", "high"),),
    demands=(
        Inside(("low", "high"), most=1, when=When("acts_on", ON_LOSS)),
        Filled(("risk_id",), When("acts_on", ON_LOSS)),
        Empty(("metric_id",), When("acts_on", ON_LOSS)),
        Filled(("metric_id",), When("acts_on", ("kpi",))),
        Empty(("risk_id",), When("acts_on", ("kpi",))),
    ),
    refers=(
        ("initiative_id", "initiatives", "initiative_id"),
        ("risk_id", "risk_register", "risk_id"),
        ("metric_id", "joint_kpis", "metric_id"),
    ),
)

INITIATIVE_TABLES = (INITIATIVES, INITIATIVE_EFFECTS)
