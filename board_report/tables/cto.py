"""The canonical tables that the CTO's office fills."""

from board_report.tables.schema import Column, InOrder, Kind, Leader, NotAbove, TableSpec
from board_report.tables.shared_columns import (
    asset_tier,
    business_unit,
    count,
    day,
    flag,
    identifier,
    instant,
    items,
    money,
    one_of,
    quarter,
    role,
    text,
)

OBJECTIVES = ("grow", "protect", "comply", "modernize", "save")

TECHNOLOGY_PORTFOLIO = TableSpec(
    name="technology_portfolio",
    title="Technology portfolio",
    meaning="One row for each technology or initiative being adopted.",
    leader=Leader.CTO,
    key=("technology_id",),
    columns=(
        identifier("technology_id", "The initiative's number."),
        text("name", "Name of the technology or initiative."),
        business_unit(required=False),
        one_of(
            "stage", "Stage of adoption at the as-of date.", "assess", "trial", "adopt", "retire"
        ),
        one_of(
            "objective",
            "Business objective it serves; empty while unknown.",
            *OBJECTIVES,
            required=False,
        ),
        role("owner_role", "Who owns it; empty while unknown.", required=False),
        money("budget", "Approved budget over its life.", required=False),
        day(
            "requested_on",
            "Date approval was asked for; empty while unknown.",
            required=False,
        ),
        day("review_booked_for", "Date the secure review is booked for.", required=False),
        day(
            "review_passed_on",
            "Date it passed the secure review; empty until then.",
            required=False,
        ),
        day("approved_on", "Date of secure approval; empty until then.", required=False),
        day("planned_live_on", "Date it was planned to be in production.", required=False),
        day("live_on", "Date it went into production; empty until then.", required=False),
        day("retired_on", "Date it left production.", required=False),
        count("open_findings", "Security findings still open on it.", required=False),
    ),
    checks=(
        InOrder("requested_on", "review_passed_on"),
        InOrder("requested_on", "approved_on"),
        InOrder("requested_on", "live_on"),
        InOrder("live_on", "retired_on"),
    ),
)

TECHNOLOGY_ADOPTION = TableSpec(
    name="technology_adoption",
    title="Technology adoption",
    meaning="Users of each technology at quarter end, planned and actual.",
    leader=Leader.CTO,
    key=("quarter", "technology_id"),
    columns=(
        quarter(),
        Column("technology_id", Kind.ID, "The initiative's number."),
        count("users_planned", "Users that the plan foresaw at quarter end."),
        count("users_actual", "Users at quarter end; empty while not known.", required=False),
    ),
    refers=(("technology_id", "technology_portfolio", "technology_id"),),
)

AI_USE_CASES = TableSpec(
    name="ai_use_cases",
    title="AI use cases",
    meaning="One row for each use of artificial intelligence, sanctioned or found.",
    leader=Leader.CTO,
    key=("use_case_id",),
    columns=(
        identifier("use_case_id", "The use case's number."),
        text("name", "What it does."),
        business_unit(),
        one_of("origin", "Registered by its owner, or found in use.", "sanctioned", "found"),
        one_of(
            "data_class",
            "Most sensitive data it touches.",
            "public",
            "internal",
            "confidential",
            "restricted",
        ),
        role("owner_role", "Who owns it.", required=False),
        day("registered_on", "Date it was registered or found."),
        day(
            "gate_passed_on",
            "Date it passed the data-governance gate; empty until then.",
            required=False,
        ),
        day("retired_on", "Date it was stopped.", required=False),
    ),
    checks=(InOrder("registered_on", "retired_on"),),
)

DEPLOYMENTS = TableSpec(
    name="deployments",
    title="Production deployments",
    meaning="One row for each deployment to production.",
    leader=Leader.CTO,
    dated_by="deployed_at",
    over_when=(),
    key=("deployment_id",),
    columns=(
        identifier("deployment_id", "The deployment's number."),
        text("service", "Service deployed."),
        business_unit(required=False),
        instant("committed_at", "When the change was first committed.", required=False),
        instant("deployed_at", "When it reached production."),
        count(
            "gates_required",
            "Security gates that it had to pass; empty while unknown.",
            required=False,
        ),
        count(
            "gates_passed", "Security gates that it passed; empty while unknown.", required=False
        ),
        one_of(
            "bypass",
            "Whether a gate was bypassed, and with approval; empty while unknown.",
            "none",
            "approved",
            "unapproved",
            required=False,
        ),
        flag("is_failed", "True when it had to be rolled back or fixed at once.", required=False),
        instant("restored_at", "When service was restored after a failure.", required=False),
    ),
    checks=(
        InOrder("committed_at", "deployed_at"),
        InOrder("deployed_at", "restored_at"),
        NotAbove("gates_passed", "gates_required"),
    ),
)

DESIGNS = TableSpec(
    name="designs",
    title="Designs",
    meaning="One row for each architecture design brought to review.",
    leader=Leader.CTO,
    dated_by="reviewed_on",
    key=("design_id",),
    columns=(
        identifier("design_id", "The design's number."),
        text("name", "What is designed."),
        business_unit(required=False),
        asset_tier(),
        day("reviewed_on", "Date of the architecture review."),
        day("threat_modelled_on", "Date of its threat model; empty if none.", required=False),
        flag("uses_secure_pattern", "True when it is built from a secure-by-default pattern."),
        one_of("exception", "Exception granted to the pattern.", "none", "approved", "unapproved"),
        day("exception_expires_on", "Date until which the exception holds.", required=False),
    ),
)

ZERO_TRUST = TableSpec(
    name="zero_trust",
    title="Zero-trust maturity",
    meaning="CISA Zero Trust Maturity Model stage of each pillar at quarter end.",
    leader=Leader.CTO,
    key=("quarter", "pillar"),
    columns=(
        quarter(),
        one_of(
            "pillar",
            "Pillar of the model.",
            "identity",
            "devices",
            "networks",
            "applications_and_workloads",
            "data",
        ),
        Column(
            "stage",
            Kind.INTEGER,
            "1 traditional, 2 initial, 3 advanced, 4 optimal; empty while not assessed.",
            unit="stage 1 to 4",
            required=False,
            minimum=1,
            maximum=4,
        ),
        Column(
            "target_stage",
            Kind.INTEGER,
            "Stage aimed at.",
            unit="stage 1 to 4",
            minimum=1,
            maximum=4,
        ),
        day("target_on", "Date by which it is aimed at.", required=False),
    ),
)

SYSTEMS = TableSpec(
    name="systems",
    title="Business systems",
    meaning="One row for each business system in the asset register.",
    leader=Leader.CTO,
    key=("system_id",),
    columns=(
        identifier("system_id", "The system's number."),
        text("name", "Name of the system."),
        business_unit(),
        asset_tier(),
        role("owner_role", "Who owns it.", required=False),
        day("in_service_on", "Date it came into service."),
        day(
            "support_ends_on",
            "Date its vendor's support ends; empty if none is announced.",
            required=False,
        ),
        day(
            "zero_trust_on",
            "Date it came under zero-trust access; empty until then.",
            required=False,
        ),
        day("retired_on", "Date it left service.", required=False),
    ),
    checks=(InOrder("in_service_on", "retired_on"),),
)

INVESTMENTS = TableSpec(
    name="investments",
    title="Investments",
    meaning="Cost and benefit of each initiative in each quarter, planned and actual.",
    leader=Leader.CTO,
    key=("initiative_id", "quarter"),
    columns=(
        Column("initiative_id", Kind.ID, "The initiative's number."),
        text("name", "Name of the initiative."),
        role("owner_role", "Who owns it."),
        one_of("objective", "Business objective it serves.", *OBJECTIVES),
        items("risk_ids", "Risks of the register that it reduces."),
        Column("quarter", Kind.QUARTER, "Fiscal quarter of the money; may lie ahead."),
        money("planned_cost", "Cost in the approved plan."),
        money("actual_cost", "Cost booked; empty while the quarter is not closed.", required=False),
        money("planned_benefit", "Benefit in the approved plan.", signed=True),
        money(
            "realized_benefit",
            "Benefit confirmed by Finance; empty while not.",
            required=False,
            signed=True,
        ),
    ),
)

CTO_TABLES = (
    TECHNOLOGY_PORTFOLIO,
    TECHNOLOGY_ADOPTION,
    AI_USE_CASES,
    DEPLOYMENTS,
    DESIGNS,
    ZERO_TRUST,
    SYSTEMS,
    INVESTMENTS,
)
