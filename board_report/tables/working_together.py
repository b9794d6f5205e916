"""The canonical tables of how the two offices work together: tools, decisions taken, vendors."""

from board_report.tables.schema import Column, InOrder, Kind, Leader, TableSpec
from board_report.tables.shared_columns import (
    day,
    flag,
    identifier,
    instant,
    money,
    one_of,
    role,
    text,
)

SECURITY_TOOLS = (
    "edr",
    "iam",
    "siem",
    "pam",
    "vulnerability_management",
    "email_security",
    "network_security",
    "data_loss_prevention",
    "backup",
)
INFRASTRUCTURE_TOOLS = (
    "cloud",
    "applications",
    "network",
    "service_management",
    "delivery_pipeline",
    "data_platform",
    "workplace",
)
HORIZON_THEMES = ("ai_security", "regulation", "security_as_code", "threat", "technology")

TOOL_INVENTORY = TableSpec(
    name="tool_inventory",
    title="Tool inventory",
    meaning="The tools that the two offices run, and who owns each.",
    leader=Leader.JOINT,
    key=("tool_id",),
    columns=(
        identifier("tool_id", "The tool's number."),
        text("name", "The tool's name, as the two offices call it."),
        one_of("category", "What it is for.", *SECURITY_TOOLS, *INFRASTRUCTURE_TOOLS, "other"),
        role("owner_role", "Who owns it; empty while nobody does.", required=False),
        day("in_use_since", "Date from which it is in use.", required=False),
        day("retired_on", "Date it was switched off; empty while in use.", required=False),
        money("annual_cost", "Cost a year.", required=False),
    ),
    checks=(InOrder("in_use_since", "retired_on"),),
)

DECISION_OPTIONS = TableSpec(
    name="decision_options",
    title="Options of a decision",
    meaning="What the board can choose between in each decision asked of it.",
    leader=Leader.JOINT,
    key=("decision_id", "option"),
    columns=(
        identifier("decision_id", "The decision."),
        identifier("option", "The option's letter."),
        text("title", "What it is, in a few words."),
        money("cost", "Cost over its life.", required=False),
        text("cost_words", "Cost in words, where it is not money.", required=False),
        text("risk_effect", "What it does to the risk."),
        flag("is_recommended_by_ciso", "True when the CISO recommends it.", required=False),
        flag("is_recommended_by_cto", "True when the CTO recommends it.", required=False),
    ),
    refers=(("decision_id", "decisions", "decision_id"),),
)

DECISION_LOG = TableSpec(
    name="decision_log",
    title="Decisions taken",
    meaning="Decisions that officers took between board meetings, by activity of the RACI.",
    leader=Leader.JOINT,
    key=("entry_id",),
    columns=(
        identifier("entry_id", "The entry's number."),
        text("activity", "Activity of the RACI that it belongs to."),
        text("title", "What was decided."),
        day("decided_on", "Date of the decision."),
        role("decided_by_role", "Who took it."),
    ),
)

DISPUTES = TableSpec(
    name="disputes",
    title="Disputes",
    meaning="Matters on which the two offices disagreed, and how they were settled.",
    leader=Leader.JOINT,
    key=("dispute_id",),
    columns=(
        identifier("dispute_id", "The dispute's number."),
        text("subject", "What it was about."),
        day("raised_on", "Date it was raised."),
        role("raised_by_role", "Who raised it."),
        day("settled_on", "Date it was settled; empty while open.", required=False),
        role("settled_by_role", "Who settled it; BOTH where the two agreed.", required=False),
        text("settlement", "How it was settled, in a few words.", required=False),
    ),
    checks=(InOrder("raised_on", "settled_on"),),
)

INCIDENT_HANDOVERS = TableSpec(
    name="incident_handovers",
    title="Hand-overs in incidents",
    meaning="Each time the work on a major incident passed from one office to the other.",
    leader=Leader.JOINT,
    key=("incident_id", "step"),
    columns=(
        identifier("incident_id", "The incident."),
        Column("step", Kind.INTEGER, "Order of the hand-over in the incident.", minimum=1),
        text("subject", "What was handed over.", required=False),
        role("from_role", "Who handed over."),
        role("to_role", "Who took it up."),
        instant("handed_over_at", "When the work was handed over."),
        instant("taken_up_at", "When work on it began; empty until then.", required=False),
    ),
    checks=(InOrder("handed_over_at", "taken_up_at"),),
    refers=(("incident_id", "incidents", "incident_id"),),
)

INCIDENT_REVIEWS = TableSpec(
    name="incident_reviews",
    title="Post-incident reviews",
    meaning="The review held after a major incident, with its owner in each of the two offices.",
    leader=Leader.JOINT,
    key=("review_id",),
    columns=(
        identifier("review_id", "The review's number."),
        identifier("incident_id", "The incident."),
        day("held_on", "Date it was held; empty until then.", required=False),
        text("ciso_office_owner", "Its owner in the CISO's office.", required=False),
        text("cto_office_owner", "Its owner in the CTO's office.", required=False),
        text("lesson", "What was learned, in a few words.", required=False),
    ),
    refers=(("incident_id", "incidents", "incident_id"),),
)

VENDOR_SELECTIONS = TableSpec(
    name="vendor_selections",
    title="Vendor selections",
    meaning="Each choice of a vendor, and how the two offices' scores are weighed in it.",
    leader=Leader.JOINT,
    key=("selection_id",),
    columns=(
        identifier("selection_id", "The selection's number."),
        text("title", "What was to be bought."),
        Column(
            "ciso_weight",
            Kind.RATIO,
            "Weight of the CISO's score in the total; the CTO's is the rest.",
            minimum=0,
            maximum=1,
        ),
        day("decided_on", "Date of the choice; empty until then.", required=False),
        text("chosen_vendor", "The vendor that was chosen.", required=False),
        role("decided_by_role", "Who chose it.", required=False),
    ),
)

VENDOR_SCORES = TableSpec(
    name="vendor_scores",
    title="Vendor scores",
    meaning="The score that an office gave a vendor on one criterion of a selection.",
    leader=Leader.JOINT,
    key=("selection_id", "vendor_name", "scored_by_role", "criterion"),
    columns=(
        identifier("selection_id", "The selection."),
        identifier("vendor_name", "The vendor."),
        one_of("scored_by_role", "The office that scored it.", "CISO", "CTO"),
        identifier("criterion", "What was scored."),
        Column(
            "weight",
            Kind.RATIO,
            "Weight of the criterion among those of the same office.",
            minimum=0,
            maximum=1,
        ),
        Column("score", Kind.NUMBER, "Score from 0 to 5.", minimum=0, maximum=5),
    ),
    refers=(("selection_id", "vendor_selections", "selection_id"),),
)

THREAT_INTELLIGENCE = TableSpec(
    name="threat_intelligence",
    title="Threat intelligence",
    meaning="Items of threat intelligence, when both offices had them, and what was done.",
    leader=Leader.JOINT,
    key=("item_id",),
    columns=(
        identifier("item_id", "The item's number."),
        text("title", "What it warns of."),
        day("received_on", "Date it was received."),
        day("shared_on", "Date the other office had it; empty if never.", required=False),
        day("acted_on", "Date on which somebody acted on it; empty if nobody.", required=False),
        text("action", "What was done.", required=False),
    ),
    checks=(InOrder("received_on", "shared_on"), InOrder("received_on", "acted_on")),
)

HORIZON = TableSpec(
    name="horizon",
    title="Horizon",
    meaning="What is coming, from dated sources, and what both leaders do about it.",
    leader=Leader.JOINT,
    key=("item_id",),
    columns=(
        identifier("item_id", "The item's number."),
        one_of("theme", "What it belongs to.", *HORIZON_THEMES),
        text("title", "What is coming."),
        day("expected_on", "Date from which it applies or is expected."),
        one_of(
            "certainty",
            "How sure it is.",
            "in_force",
            "adopted",
            "proposed",
            "expected",
        ),
        text("source", "Where that is said."),
        day("source_dated_on", "Date of that source."),
        text("ciso_action", "What the CISO does about it.", required=False),
        day("ciso_due_on", "By when.", required=False),
        text("cto_action", "What the CTO does about it.", required=False),
        day("cto_due_on", "By when.", required=False),
    ),
)

FILING_CLOSINGS = TableSpec(
    name="filing_closings",
    title="Days without filings",
    meaning="Days on which the Commission was closed by executive order, beside those that the "
    "program knows; federal holidays are computed and do not belong here.",
    leader=Leader.JOINT,
    key=("closed_on",),
    columns=(
        day("closed_on", "The day on which no filing was taken."),
        text("source", "Where that was announced, and when."),
    ),
)

WORKING_TOGETHER_TABLES = (
    TOOL_INVENTORY,
    DECISION_OPTIONS,
    DECISION_LOG,
    DISPUTES,
    INCIDENT_HANDOVERS,
    INCIDENT_REVIEWS,
    VENDOR_SELECTIONS,
    VENDOR_SCORES,
    THREAT_INTELLIGENCE,
    HORIZON,
    FILING_CLOSINGS,
)
