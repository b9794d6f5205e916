"""The canonical tables of the disclosure: what officers attest for Item 106, and its facts."""

from board_report.tables.demands import OneOf
from board_report.tables.schema import Audience, Column, Kind, Leader, TableSpec
from board_report.tables.shared_columns import public, text

SUB_ITEMS = (
    "106(b)(1)",
    "106(b)(1)(i)",
    "106(b)(1)(ii)",
    "106(b)(1)(iii)",
    "106(b)(2)",
    "106(c)(1) oversight",
    "106(c)(1) committee",
    "106(c)(1) informing",
    "106(c)(2)(i) positions",
    "106(c)(2)(i) expertise",
    "106(c)(2)(ii)",
    "106(c)(2)(iii)",
)


ATTESTATIONS = TableSpec(
    name="attestations",
    title="Attestations",
    meaning="Sentences that a named officer attests for the disclosure, by sub-item.",
    leader=Leader.JOINT,
    key=("attestation_id",),
    columns=(
        public("attestation_id", Kind.ID, "The attestation's number."),
        Column(
            "sub_item",
            Kind.CATEGORY,
            "Sub-item of Regulation S-K Item 106 that it answers.",
            allowed=SUB_ITEMS,
            audience=Audience.PUBLIC,
        ),
        Column(
            "position",
            Kind.INTEGER,
            "Order within the sub-item.",
            minimum=1,
            audience=Audience.PUBLIC,
        ),
        Column(
            "statement",
            Kind.TEXT,
            "The sentence or sentences, as they are to be read; empty where they are carried "
            "forward.",
            required=False,
            maximum=2000,
            audience=Audience.PUBLIC,
        ),
        public(
            "carried_from",
            Kind.INTEGER,
            "Fiscal year whose filing has the words at this position of this sub-item, which the "
            "officer attests for this year.",
            required=False,
        ),
        public("attested_by_role", Kind.ROLE, "Role of the officer who attests it."),
        public(
            "attested_on", Kind.DATE, "Date of the attestation; empty until given.", required=False
        ),
        text("evidence", "Where the evidence is kept; never printed in public.", required=False),
    ),
    demands=(OneOf(("statement", "carried_from")),),
)

PRIOR_DISCLOSURE = TableSpec(
    name="prior_disclosure",
    title="Prior disclosure",
    meaning="The annual cybersecurity item as it was filed in earlier years, by sub-item.",
    leader=Leader.JOINT,
    key=("fiscal_year", "filed_on", "sub_item", "position"),
    columns=(
        Column(
            "fiscal_year",
            Kind.INTEGER,
            "Fiscal year that the filing reports on.",
            minimum=2023,
            maximum=2100,
            audience=Audience.PUBLIC,
        ),
        Column(
            "form",
            Kind.CATEGORY,
            "Form that it was filed on.",
            allowed=("10-K", "20-F"),
            audience=Audience.PUBLIC,
        ),
        public("filed_on", Kind.DATE, "Date on which it was filed."),
        Column(
            "sub_item",
            Kind.CATEGORY,
            "Sub-item of Regulation S-K Item 106 that the passage answers.",
            allowed=SUB_ITEMS,
            audience=Audience.PUBLIC,
        ),
        Column(
            "position",
            Kind.INTEGER,
            "Order within the sub-item.",
            minimum=1,
            audience=Audience.PUBLIC,
        ),
        Column(
            "text",
            Kind.TEXT,
            "The sentence or sentences, as they were filed.",
            maximum=20_000,
            audience=Audience.PUBLIC,
        ),
        Column(
            "answer",
            Kind.CATEGORY,
            "The yes-or-no fact of the sub-item as it was filed; once is enough.",
            required=False,
            allowed=("yes", "no"),
            audience=Audience.PUBLIC,
        ),
    ),
)

ITEM_106_FACTS = TableSpec(
    name="item_106_facts",
    title="Item 106 facts",
    meaning="The yes-or-no facts of Item 106, with who attests them.",
    leader=Leader.JOINT,
    key=("sub_item",),
    columns=(
        Column(
            "sub_item",
            Kind.CATEGORY,
            "Sub-item of Regulation S-K Item 106.",
            allowed=SUB_ITEMS,
            audience=Audience.PUBLIC,
        ),
        Column(
            "answer",
            Kind.CATEGORY,
            "The fact.",
            allowed=("yes", "no", "not_applicable"),
            audience=Audience.PUBLIC,
        ),
        public("reason", Kind.TEXT, "Reason, where it is not applicable.", required=False),
        public("attested_by_role", Kind.ROLE, "Role of the officer who attests it."),
        public("attested_on", Kind.DATE, "Date of the attestation.", required=False),
    ),
)

ITEM_106_TABLES = (ATTESTATIONS, ITEM_106_FACTS, PRIOR_DISCLOSURE)
