"""The CTO's tables that tools export whole: cloud cost, IT projects, scores of repositories."""

from board_report.tables.schema import Column, InOrder, Kind, Leader, TableSpec
from board_report.tables.shared_columns import (
    day,
    identifier,
    instant,
    money,
    one_of,
    text,
)


def _amount(name: str, meaning: str, *, required: bool = False) -> Column:
    """An amount that may be a fraction of a cent, or a credit below zero."""
    return Column(name, Kind.AMOUNT, meaning, unit="currency", required=required)


def _score(name: str, meaning: str) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit="score 0 to 10",
        required=False,
        minimum=0,
        maximum=10,
    )


CLOUD_COSTS = TableSpec(
    name="cloud_costs",
    title="Cloud costs",
    meaning="One row for each charge on the bills of cloud providers, as FOCUS names it.",
    leader=Leader.CTO,
    dated_by="charge_period_start",
    over_when=(),
    key=("charge_id",),
    columns=(
        Column(
            "charge_id",
            Kind.ID,
            "The charge's number; empty where the bill numbers none, as FOCUS does not: then each "
            "line is a charge of its own, and a file given twice counts twice.",
            required=False,
        ),
        day("charge_period_start", "Day on which the charge's period begins, as billed (UTC)."),
        day(
            "charge_period_end",
            "Day on which the charge's period ends, as billed; the end itself is no part of it.",
            required=False,
        ),
        text("provider", "Who provides the service."),
        text("service_category", "Kind of service, such as Compute.", required=False),
        text("service", "Name of the service.", required=False),
        text("sub_account", "Account or subscription that used it.", required=False),
        one_of(
            "charge_category",
            "What is charged for.",
            "usage",
            "purchase",
            "tax",
            "credit",
            "adjustment",
        ),
        _amount("billed_cost", "What the invoice asks for."),
        _amount(
            "effective_cost",
            "Cost after all discounts, with what was paid in advance spread over its use.",
            required=True,
        ),
        _amount("list_cost", "Cost at list price; empty while unknown."),
    ),
    checks=(InOrder("charge_period_start", "charge_period_end"),),
)

IT_PROJECTS = TableSpec(
    name="it_projects",
    title="IT projects",
    meaning="One row for each project of the IT portfolio, as last stated.",
    leader=Leader.CTO,
    key=("project_id",),
    columns=(
        identifier("project_id", "The project's number."),
        text("name", "Name of the project."),
        text("owner_area", "Department or agency that runs it.", required=False),
        day("started_on", "Date it began; empty while unknown.", required=False),
        day("planned_completion_on", "Date of completion in its plan.", required=False),
        day(
            "completed_or_projected_on",
            "Date it was completed, or is now expected to be.",
            required=False,
        ),
        Column(
            "days_late",
            Kind.INTEGER,
            "Days by which it is behind its plan (below zero: ahead), as its publisher states; "
            "empty where its two dates of completion tell.",
            unit="days",
            required=False,
        ),
        money("planned_cost", "Cost in its plan, or its budget.", required=False),
        money(
            "actual_or_projected_cost",
            "Cost at completion, or as it is now expected; empty while unknown.",
            required=False,
        ),
        money("lifecycle_cost", "Cost over its whole life.", required=False),
        day("updated_on", "Date of this statement.", required=False),
    ),
    checks=(InOrder("started_on", "completed_or_projected_on"),),
)

REPOSITORY_SCORES = TableSpec(
    name="repository_scores",
    title="Repository scores",
    meaning="One row for each check of each run of OpenSSF Scorecard on a code repository.",
    leader=Leader.CTO,
    dated_by="checked_at",
    over_when=(),
    key=("repository", "checked_at", "check_name"),
    columns=(
        Column("repository", Kind.ID, "The repository, with its host."),
        instant("checked_at", "When the run was made."),
        text("check_name", "Name of the check."),
        _score("score", "The check's score; empty where it was inconclusive."),
        _score("aggregate_score", "Score of the whole run; the same in all its rows."),
    ),
)

PORTFOLIO_TABLES = (CLOUD_COSTS, IT_PROJECTS, REPOSITORY_SCORES)
