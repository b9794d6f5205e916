"""The canonical tables that both leaders keep together: governance, decisions, attestations."""

from board_report.tables.item_106 import ITEM_106_TABLES
from board_report.tables.joint_initiatives import INITIATIVE_TABLES
from board_report.tables.reported import REPORTED_TABLES
from board_report.tables.schema import Column, InOrder, Kind, Leader, TableSpec
from board_report.tables.shared_columns import (
    day,
    flag,
    identifier,
    money,
    one_of,
    public,
    role,
    text,
)
from board_report.tables.working_together import WORKING_TOGETHER_TABLES

MEETING_KINDS = (
    "sync",
    "cross_training",
    "joint_exercise",
    "ciso_at_launch",
    "cto_at_red_team",
)
"""Meetings of both offices; the last two are one leader at the other's work."""

RACI_SUBJECTS = (
    "vendor_selection",
    "major_incident",
    "cyber_budget",
    "zero_trust",
    "ai_adoption",
    "secure_by_default",
    "policies",
    "vulnerability_management",
    "disclosure",
    "risk_acceptance",
)
"""Decisions whose owner every board asks about; the first four lie with both leaders."""


PEOPLE = TableSpec(
    name="people",
    title="People and roles",
    meaning="Who holds which role, and to whom the role reports.",
    leader=Leader.JOINT,
    key=("role", "since"),
    required=True,
    columns=(
        public("role", Kind.ROLE, "Short name of the role, such as CISO."),
        public("role_title", Kind.TEXT, "The role in full."),
        public("person_name", Kind.TEXT, "Name of the person."),
        public(
            "reports_to_role", Kind.ROLE, "Role it reports to; empty for the top.", required=False
        ),
        public(
            "dotted_line_to_role",
            Kind.ROLE,
            "Role or committee it also reports to.",
            required=False,
        ),
        day("since", "Date from which the person holds it."),
        day("until", "Date until which the person held it.", required=False),
    ),
    checks=(InOrder("since", "until"),),
)

JOINT_KPIS = TableSpec(
    name="joint_kpis",
    title="Joint KPIs",
    meaning="The figures that both leaders answer for, and each one's part in it.",
    leader=Leader.JOINT,
    key=("metric_id",),
    columns=(
        identifier("metric_id", "Metric of the catalogue."),
        text("ciso_part", "What the CISO does for it."),
        text("cto_part", "What the CTO does for it."),
    ),
)

DECISIONS = TableSpec(
    name="decisions",
    title="Decisions",
    meaning="Each decision asked of the board, and what became of it.",
    leader=Leader.JOINT,
    key=("decision_id",),
    columns=(
        identifier("decision_id", "The decision's number."),
        text("title", "What the board is asked to decide, as an imperative."),
        Column("quarter", Kind.QUARTER, "Quarter in whose deck it was asked."),
        role("owner_role", "Who answers for it; BOTH for the CISO and the CTO together."),
        text("buys", "What it buys, or the risk effect."),
        text("cost_words", "Cost in words, where it is not money.", required=False),
        money("cost", "Cost over its life.", required=False),
        text("if_not", "What follows if the board does not."),
        text("recommendation_ciso", "The CISO's recommendation.", required=False),
        text("recommendation_cto", "The CTO's recommendation.", required=False),
        day("decide_by", "Date by which it is needed."),
        one_of("state", "Where it stands.", "asked", "approved", "declined", "deferred", "done"),
        day("decided_on", "Date of the board's decision.", required=False),
        day("due_on", "Date by which it was to be carried out.", required=False),
        day("done_on", "Date it was carried out.", required=False),
        text("result", "What came of it, in a few words.", required=False),
        text("promise", "What it was to bring, as the board was told.", required=False),
        Column(
            "promised_metric_id",
            Kind.ID,
            "Metric of the catalogue by which the promise is measured.",
            required=False,
        ),
        Column(
            "promised_value",
            Kind.NUMBER,
            "Value that was promised, in the metric's unit.",
            required=False,
        ),
    ),
    checks=(InOrder("decided_on", "done_on"),),
)

RACI = TableSpec(
    name="raci",
    title="RACI",
    meaning="Who is responsible, accountable, consulted and informed, by activity.",
    leader=Leader.JOINT,
    key=("activity", "role"),
    columns=(
        Column("activity", Kind.TEXT, "The activity or decision."),
        role("role", "The role."),
        one_of("assignment", "R, A, C or I; A/R for both.", "A", "R", "C", "I", "A/R"),
        one_of(
            "subject",
            "Which of the decisions that matter the activity is; empty for any other.",
            *RACI_SUBJECTS,
            required=False,
        ),
    ),
)

SYNC_MEETINGS = TableSpec(
    name="sync_meetings",
    title="Meetings of the two offices",
    meaning="Each planned meeting, cross-training or joint exercise, and whether it was held.",
    leader=Leader.JOINT,
    key=("meeting_id",),
    columns=(
        identifier("meeting_id", "The meeting's number."),
        one_of("meeting_kind", "What it is.", *MEETING_KINDS),
        text("subject", "What it was about.", required=False),
        day("planned_on", "Date planned."),
        day("held_on", "Date held; empty when it was not.", required=False),
    ),
)

JOINT_ACTIONS = TableSpec(
    name="joint_actions",
    title="Joint actions",
    meaning="Actions agreed in joint exercises and post-incident reviews.",
    leader=Leader.JOINT,
    key=("action_id",),
    columns=(
        identifier("action_id", "The action's number."),
        text("title", "What is to be done."),
        one_of("origin", "Where it comes from.", "joint_exercise", "post_incident_review"),
        role("owner_role", "Who must do it."),
        day("raised_on", "Date it was agreed."),
        day("due_on", "Date by which it is due."),
        day("closed_on", "Date it was done; empty while open.", required=False),
        Column(
            "review_id",
            Kind.ID,
            "Post-incident review that it comes from.",
            required=False,
        ),
    ),
    checks=(InOrder("raised_on", "due_on"), InOrder("raised_on", "closed_on")),
    refers=(("review_id", "incident_reviews", "review_id"),),
)

COMMITTEE_CALENDAR = TableSpec(
    name="committee_calendar",
    title="Committee calendar",
    meaning="Meetings of the board and of the committee that oversees cyber risk.",
    leader=Leader.JOINT,
    key=("committee", "meeting_on"),
    columns=(
        public("committee", Kind.TEXT, "The board or the committee."),
        public("meeting_on", Kind.DATE, "Date of the meeting."),
        public("is_cyber_on_agenda", Kind.BOOLEAN, "True when cybersecurity was on its agenda."),
        flag("is_ciso_present", "True when the CISO attended.", required=False),
        flag("is_cto_present", "True when the CTO attended.", required=False),
        flag(
            "is_executive_session", "True when the CISO met it without management.", required=False
        ),
        flag(
            "is_security_budget_shown",
            "True when it saw the security budget apart from the technology budget.",
            required=False,
        ),
        text("minutes_ref", "Reference of the minutes.", required=False),
    ),
)

JOINT_TABLES = (
    PEOPLE,
    JOINT_KPIS,
    DECISIONS,
    RACI,
    SYNC_MEETINGS,
    JOINT_ACTIONS,
    COMMITTEE_CALENDAR,
    *ITEM_106_TABLES,
    *REPORTED_TABLES,
    *WORKING_TOGETHER_TABLES,
    *INITIATIVE_TABLES,
)
