"""The canonical tables that the CISO's tools fill."""

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
    severity,
    text,
)

INCIDENTS = TableSpec(
    name="incidents",
    title="Security incidents",
    meaning="One row for each confirmed security incident.",
    leader=Leader.CISO,
    key=("incident_id",),
    required=True,
    columns=(
        identifier("incident_id", "The incident's number in the register."),
        text("title", "What happened, in a few words."),
        business_unit(),
        one_of(
            "category",
            "Kind of incident.",
            "ransomware",
            "malware",
            "phishing",
            "unauthorized_access",
            "data_exposure",
            "denial_of_service",
            "insider",
            "third_party",
            "lost_device",
            "other",
        ),
        severity(),
        instant("occurred_at", "When it began; empty while unknown.", required=False),
        instant("detected_at", "When it was first noticed by anyone acting for the company."),
        instant("acknowledged_at", "When a responder took it on.", required=False),
        instant("contained_at", "When it could spread no further.", required=False),
        instant("recovered_at", "When service was back to normal.", required=False),
        count("reopened_count", "Times it was reopened after recovery.", required=False),
        one_of(
            "detected_by",
            "Who noticed it first.",
            "own_monitoring",
            "employee",
            "customer",
            "third_party",
            "law_enforcement",
            "attacker",
            "unknown",
        ),
        one_of(
            "materiality_state",
            "Where the materiality review stands; set by people, never computed.",
            "not_required",
            "under_review",
            "determined_not_material",
            "determined_material",
        ),
        day("materiality_determined_on", "Date of the determination.", required=False),
        money("cost", "Direct cost booked to date; empty while unknown.", required=False),
        count("records_affected", "Personal records exposed.", required=False),
        Column(
            "outage_hours",
            Kind.NUMBER,
            "Hours that a business service was down because of it.",
            unit="hours",
            required=False,
            minimum=0,
        ),
        Column("vendor_id", Kind.ID, "Third party it came through, where it did.", required=False),
    ),
    checks=(
        InOrder("occurred_at", "detected_at"),
        InOrder("detected_at", "acknowledged_at"),
        InOrder("detected_at", "contained_at"),
        InOrder("detected_at", "recovered_at"),
        InOrder("contained_at", "recovered_at"),
    ),
    refers=(("vendor_id", "third_parties", "vendor_id"),),
)

DETECTIONS = TableSpec(
    name="detections",
    title="Detections",
    meaning="One row for each alert raised by a detection tool (SIEM, EDR and others).",
    leader=Leader.CISO,
    key=("detection_id",),
    columns=(
        identifier("detection_id", "The alert's identifier in the tool."),
        instant("created_at", "When the alert was raised."),
        one_of(
            "source", "Tool that raised it.", "edr", "siem", "email", "cloud", "identity", "network"
        ),
        severity(),
        one_of(
            "verdict",
            "What triage found; empty while not triaged.",
            "true_positive",
            "false_positive",
            "benign",
            "undetermined",
            required=False,
        ),
        instant("triaged_at", "When an analyst reached the verdict.", required=False),
        business_unit(required=False),
        Column("incident_id", Kind.ID, "Incident it led to, if any.", required=False),
    ),
    checks=(InOrder("created_at", "triaged_at"),),
    refers=(("incident_id", "incidents", "incident_id"),),
)

VULNERABILITY_FINDINGS = TableSpec(
    name="vulnerability_findings",
    title="Vulnerability findings",
    meaning="One row for each vulnerability on each asset, from the scanner.",
    leader=Leader.CISO,
    key=("finding_id",),
    columns=(
        identifier("finding_id", "The finding's identifier in the scanner."),
        Column("asset_id", Kind.ID, "Asset it was found on."),
        text("asset_name", "What people call the asset.", required=False),
        asset_tier(),
        business_unit(),
        severity(),
        Column("cve", Kind.ID, "CVE number, where there is one.", required=False),
        one_of("exposure", "Where it can be reached from.", "internet", "internal"),
        day("first_seen_on", "Date of the first scan that saw it."),
        day("due_on", "Date by which policy wants it closed."),
        day("closed_on", "Date it was verified closed; empty while open.", required=False),
        count("reopened_count", "Times it came back after being closed.", required=False),
    ),
    checks=(InOrder("first_seen_on", "closed_on"), InOrder("first_seen_on", "due_on")),
)

KEV_CATALOGUE = TableSpec(
    name="kev_catalogue",
    title="Known exploited vulnerabilities",
    meaning="A dated copy of the CISA KEV catalogue.",
    leader=Leader.CISO,
    key=("cve",),
    columns=(
        identifier("cve", "CVE number."),
        day("added_on", "Date it entered the catalogue."),
        day("kev_due_on", "The catalogue's own due date."),
        text("vulnerability_name", "The catalogue's name for it.", required=False),
    ),
)

CONTROL_COVERAGE = TableSpec(
    name="control_coverage",
    title="Control coverage",
    meaning="Assets in scope of a control, and those on which it was seen working.",
    leader=Leader.CISO,
    key=("quarter", "control", "business_unit", "asset_tier"),
    columns=(
        quarter(),
        one_of(
            "control",
            "Control measured.",
            "edr",
            "siem_logging",
            "firewall_review",
            "mfa",
            "pam",
            "backup_restore_tested",
        ),
        business_unit(),
        asset_tier(),
        count("in_scope", "Assets (or accounts) that should have the control."),
        count("working", "Those on which the control was seen working."),
    ),
    checks=(NotAbove("working", "in_scope"),),
)

COMPLIANCE_ASSESSMENTS = TableSpec(
    name="compliance_assessments",
    title="Compliance assessments",
    meaning="The result of each requirement of each framework at quarter end.",
    leader=Leader.CISO,
    key=("quarter", "framework", "requirement_id"),
    columns=(
        quarter(),
        one_of("framework", "Framework assessed.", "soc2", "iso27001", "hipaa", "gdpr", "pci_dss"),
        Column("requirement_id", Kind.ID, "The framework's own number for the requirement."),
        text("requirement", "What it asks, in a few words.", required=False),
        one_of(
            "result",
            "Outcome of the assessment.",
            "met",
            "partly_met",
            "not_met",
            "not_applicable",
            "not_assessed",
        ),
        one_of(
            "assessor", "Who assessed it.", "self", "internal_audit", "external", required=False
        ),
    ),
)

CSF_PROFILE = TableSpec(
    name="csf_profile",
    title="NIST CSF 2.0 profile",
    meaning="Rating of outcomes by category, 0 to 4, current and target.",
    leader=Leader.CISO,
    key=("quarter", "category_id"),
    columns=(
        quarter(),
        Column("category_id", Kind.ID, "CSF 2.0 category, such as GV.OC."),
        Column(
            "current",
            Kind.NUMBER,
            "Rating now; empty while not assessed.",
            unit="rating 0 to 4",
            required=False,
            minimum=0,
            maximum=4,
        ),
        Column(
            "target", Kind.NUMBER, "Rating aimed at.", unit="rating 0 to 4", minimum=0, maximum=4
        ),
    ),
)

AUDIT_FINDINGS = TableSpec(
    name="audit_findings",
    title="Audit and penetration-test findings",
    meaning="One row for each finding of an audit, a regulator or a penetration test.",
    leader=Leader.CISO,
    key=("audit_finding_id",),
    columns=(
        identifier("audit_finding_id", "The finding's number."),
        one_of(
            "origin",
            "Who raised it.",
            "internal_audit",
            "external_audit",
            "regulator",
            "penetration_test",
        ),
        text("title", "What was found."),
        severity(),
        business_unit(required=False),
        day("raised_on", "Date it was reported."),
        day("due_on", "Date by which it was agreed to close it."),
        day("closed_on", "Date its closure was verified; empty while open.", required=False),
        flag("is_repeat", "True when an earlier audit had raised the same.", required=False),
        role("owner_role", "Who must close it."),
    ),
    checks=(InOrder("raised_on", "closed_on"), InOrder("raised_on", "due_on")),
)

TRAINING_ENROLLMENTS = TableSpec(
    name="training_enrollments",
    title="Security training",
    meaning="One row for each person enrolled in a course.",
    leader=Leader.CISO,
    key=("enrollment_id",),
    columns=(
        identifier("enrollment_id", "The enrollment's number."),
        text("course", "Name of the course."),
        business_unit(),
        one_of(
            "audience_group",
            "Whom the course is for.",
            "all_staff",
            "developers",
            "privileged_users",
            "executives",
        ),
        day("assigned_on", "Date it was assigned."),
        day("due_on", "Date by which it was due."),
        day("completed_on", "Date it was completed; empty while not.", required=False),
    ),
    checks=(InOrder("assigned_on", "due_on"), InOrder("assigned_on", "completed_on")),
)

PHISHING_CAMPAIGNS = TableSpec(
    name="phishing_campaigns",
    title="Phishing simulations",
    meaning="One row for each simulated phishing campaign in each business unit.",
    leader=Leader.CISO,
    key=("campaign_id", "business_unit"),
    columns=(
        Column("campaign_id", Kind.ID, "The campaign's number."),
        business_unit(),
        day("sent_on", "Date it was sent."),
        one_of("difficulty", "Difficulty of the template.", "easy", "moderate", "hard"),
        count("delivered", "Messages delivered."),
        count("clicked", "People who clicked."),
        count("reported", "People who reported it."),
    ),
    checks=(NotAbove("clicked", "delivered"), NotAbove("reported", "delivered")),
)

THIRD_PARTIES = TableSpec(
    name="third_parties",
    title="Third parties",
    meaning="Each vendor with access to systems or data, at quarter end.",
    leader=Leader.CISO,
    key=("quarter", "vendor_id"),
    columns=(
        quarter(),
        Column("vendor_id", Kind.ID, "The vendor's number."),
        text("vendor_name", "Name of the vendor."),
        one_of("tier", "How much depends on it; tier_1 is critical.", "tier_1", "tier_2", "tier_3"),
        Column(
            "rating",
            Kind.NUMBER,
            "Outside-in security rating; empty where the service gives none (N/A).",
            unit="score 0 to 100",
            required=False,
            minimum=0,
            maximum=100,
        ),
        day("last_assessed_on", "Date of our last assessment; empty if never.", required=False),
        count(
            "open_criticals",
            "Open critical findings we hold against it; empty while unknown.",
            required=False,
        ),
        items("processes", "Business processes that it carries."),
        money("annual_spend", "What we pay it a year.", required=False),
    ),
)

POLICIES = TableSpec(
    name="policies",
    title="Policies",
    meaning="One row for each approval of each security policy.",
    leader=Leader.CISO,
    key=("policy_id", "approved_on"),
    columns=(
        Column("policy_id", Kind.ID, "The policy's number."),
        text("title", "Name of the policy."),
        role("owner_role", "Who owns it."),
        role("approver_role", "Who approved it."),
        day("approved_on", "Date of this approval."),
        day("review_due_on", "Date by which it must be reviewed again."),
    ),
    checks=(InOrder("approved_on", "review_due_on"),),
)

RISK_ACCEPTANCES = TableSpec(
    name="risk_acceptances",
    title="Risk acceptances",
    meaning="One row for each risk accepted instead of treated.",
    leader=Leader.CISO,
    key=("acceptance_id",),
    columns=(
        identifier("acceptance_id", "The acceptance's number."),
        text("title", "What is accepted."),
        business_unit(required=False),
        role("requester_role", "Who asked for it."),
        role("approver_role", "Who approved it."),
        text("basis", "Why it was accepted.", required=False),
        day("accepted_on", "Date it was accepted."),
        day("expires_on", "Date until which it holds."),
        day("closed_on", "Date the risk was treated or gone.", required=False),
        Column("risk_id", Kind.ID, "Risk of the register it belongs to.", required=False),
    ),
    checks=(InOrder("accepted_on", "expires_on"), InOrder("accepted_on", "closed_on")),
)

THREAT_HUNTS = TableSpec(
    name="threat_hunts",
    title="Threat hunts",
    meaning="One row for each hunt for an attacker who was not detected.",
    leader=Leader.CISO,
    key=("hunt_id",),
    columns=(
        identifier("hunt_id", "The hunt's number."),
        text("hypothesis", "What was looked for."),
        day("started_on", "Date it began."),
        day("finished_on", "Date it ended; empty while running.", required=False),
        one_of(
            "result",
            "What came of it; empty while running.",
            "nothing_found",
            "weakness_found",
            "attacker_found",
            required=False,
        ),
        count("detections_added", "Detection rules written because of it.", required=False),
    ),
    checks=(InOrder("started_on", "finished_on"),),
)

RISK_REGISTER = TableSpec(
    name="risk_register",
    title="Risk register",
    meaning="Each principal cyber-risk scenario, with calibrated 90% intervals, at quarter end.",
    leader=Leader.CISO,
    key=("quarter", "risk_id"),
    columns=(
        quarter(),
        Column("risk_id", Kind.ID, "The scenario's number."),
        text("title", "The scenario, in a few words."),
        text("short_title", "The scenario in at most 22 characters, for charts."),
        business_unit(required=False),
        role("owner_role", "Who owns the risk."),
        Column(
            "events_low",
            Kind.NUMBER,
            "Loss events a year: the 5th percentile of the owner's belief.",
            unit="events a year",
            minimum=0,
        ),
        Column(
            "events_high",
            Kind.NUMBER,
            "Loss events a year: the 95th percentile of the owner's belief.",
            unit="events a year",
            minimum=0,
        ),
        money("loss_low", "Loss for one event: the 5th percentile."),
        money("loss_high", "Loss for one event: the 95th percentile."),
        one_of("treatment", "What is done about it.", "mitigate", "accept", "transfer", "avoid"),
        day("reviewed_on", "Date the interval was last reviewed."),
    ),
    checks=(NotAbove("events_low", "events_high"), NotAbove("loss_low", "loss_high")),
)

CISO_TABLES = (
    INCIDENTS,
    DETECTIONS,
    VULNERABILITY_FINDINGS,
    KEV_CATALOGUE,
    CONTROL_COVERAGE,
    COMPLIANCE_ASSESSMENTS,
    CSF_PROFILE,
    AUDIT_FINDINGS,
    TRAINING_ENROLLMENTS,
    PHISHING_CAMPAIGNS,
    THIRD_PARTIES,
    POLICIES,
    RISK_ACCEPTANCES,
    THREAT_HUNTS,
    RISK_REGISTER,
)
