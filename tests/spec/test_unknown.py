"""Figures of rows that do not say what is asked of them: printed, withheld, or not measured.

Each case has four rows that say it and come to a value by hand, and one row that does not. Of five
rows one is a fifth; the limit of these cases is a quarter, and one of four is not above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import compute, evaluate
from board_report.model import MetricResult, State
from board_report.tables.catalogue import TABLES
from tests.spec.tables import Row, Rows, tables, window_of

LIMIT = 0.25
FINDINGS, DEPLOYMENTS = "vulnerability_findings", "deployments"


@dataclass(frozen=True)
class Case:
    """A metric, four rows that can be judged, and one that cannot."""

    metric: str
    column: str
    known: Rows
    unknown: Row
    value: float
    """Of the four rows, and of the five."""
    note: str
    """What stands beside the value of the five."""
    withheld: str
    """Why nothing is printed of the four with two that cannot be judged."""
    never: str
    """Why nothing is measured where no row says it."""
    beside: Mapping[str, Rows] = field(default_factory=dict)
    """What is given of other tables."""

    def __str__(self) -> str:
        return f"{self.metric} without {self.column}"

    @property
    def table(self) -> str:
        """The table of the column."""
        return self.column.split(".")[0]

    def given(self, *rows: Row) -> dict[str, Rows]:
        """These rows of the table, with those beside it."""
        return {**self.beside, self.table: list(rows)}


def finding(**more: object) -> Row:
    base = {"first_seen_on": "2026-05-01", "severity": "critical", "asset_tier": "crown_jewel"}
    return {**base, "exposure": "internal", "due_on": "2026-08-01", **more}


def vendor(**more: object) -> Row:
    return {"tier": "tier_1", "last_assessed_on": "2026-08-01", **more}


def enrolled(**more: object) -> Row:
    return {"assigned_on": "2026-06-01", "due_on": "2026-08-01", **more}


def sent(**more: object) -> Row:
    return {"sent_on": "2026-08-01", "difficulty": "easy", "delivered": 100, **more}


def deployed(**more: object) -> Row:
    base = {"deployed_at": "2026-08-01T12:00", "gates_required": 4, "gates_passed": 4}
    return {**base, "bypass": "none", **more}


def ahead(**more: object) -> Row:
    return {"requested_on": "2026-01-05", "planned_live_on": "2026-11-01", **more}


def incident(**more: object) -> Row:
    return {"detected_at": "2026-08-01T12:00", "materiality_state": "not_required", **more}


def graded(severity: str | None, **more: object) -> Row:
    return incident(severity=severity, recovered_at="2026-08-03T12:00", **more)


def reviewed(number: int, **more: object) -> Row:
    owners = {"ciso_office_owner": "A. Ames", "cto_office_owner": "B. Bell"}
    return {"incident_id": f"incident_id-{number}", "held_on": "2026-08-20", **owners, **more}


def handed(number: int, hours: int) -> Row:
    times = {"handed_over_at": "2026-08-01T13:00", "taken_up_at": f"2026-08-01T{13 + hours}:00"}
    return {"incident_id": f"incident_id-{number}", **times}


NO_SEVERITY = (
    "1 of 5 security incidents does not say its severity",
    "2 of 6 security incidents do not say their severity",
    "no row of security incidents says its severity",
)

IN_TIME, OPEN = finding(closed_on="2026-07-30"), finding()
DONE = enrolled(completed_on="2026-07-30")
OLD = finding(first_seen_on="2026-04-01", due_on="2026-05-01")

CASES = (
    Case(
        "patch_sla_compliance",
        "vulnerability_findings.due_on",
        [IN_TIME, IN_TIME, IN_TIME, OPEN],
        finding(due_on=None),
        3 / 4,
        "1 still open, 1 of 5 vulnerability findings does not say its due date",
        "2 of 6 vulnerability findings do not say their due date",
        "no row of vulnerability findings says its due date",
    ),
    Case(
        "crown_jewel_patch_sla",
        "vulnerability_findings.due_on",
        [IN_TIME, IN_TIME, IN_TIME, OPEN],
        finding(due_on=None),
        3 / 4,
        "1 still open, 1 of 5 vulnerability findings does not say its due date",
        "2 of 6 vulnerability findings do not say their due date",
        "no row of vulnerability findings says its due date",
    ),
    Case(
        "crown_jewel_patch_sla",
        "vulnerability_findings.asset_tier",
        [IN_TIME, IN_TIME, IN_TIME, OPEN],
        finding(asset_tier=None),
        3 / 4,
        "1 still open, 1 of 5 vulnerability findings does not say its asset tier",
        "2 of 6 vulnerability findings do not say their asset tier",
        "no row of vulnerability findings says its asset tier",
    ),
    Case(
        "vulnerabilities_overdue",
        "vulnerability_findings.due_on",
        [OPEN, OPEN, OPEN, finding(due_on="2026-12-01")],
        finding(due_on=None),
        3,
        "1 of 5 vulnerability findings does not say its due date",
        "2 of 6 vulnerability findings do not say their due date",
        "no row of vulnerability findings says its due date",
    ),
    Case(
        "internet_criticals_open",
        "vulnerability_findings.exposure",
        [finding(exposure="internet"), finding(exposure="internet"), OPEN, OPEN],
        finding(exposure=None),
        2,
        "1 of 5 vulnerability findings does not say its exposure",
        "2 of 6 vulnerability findings do not say their exposure",
        "no row of vulnerability findings says its exposure",
    ),
    Case(
        "security_debt_burned_down",
        "vulnerability_findings.due_on",
        [{**OLD, "closed_on": "2026-08-01"}, OLD, OLD, OLD],
        {**OLD, "due_on": None},
        1 / 4,
        "1 of 5 vulnerability findings does not say its due date",
        "2 of 6 vulnerability findings do not say their due date",
        "no row of vulnerability findings says its due date",
    ),
    Case(
        "materiality_reviews_open",
        "incidents.materiality_state",
        [incident(materiality_state="under_review"), incident(), incident(), incident()],
        incident(materiality_state=None),
        1,
        "1 of 5 security incidents does not say its materiality state",
        "2 of 6 security incidents do not say their materiality state",
        "no row of security incidents says its materiality state",
    ),
    Case(
        "major_incidents",
        "incidents.severity",
        [graded("critical"), graded("high"), graded("medium"), graded("low")],
        graded(None),
        2,
        *NO_SEVERITY,
    ),
    Case(
        "incident_reviews_held",
        "incidents.severity",
        [graded("critical"), graded("high"), graded("high"), graded("low")],
        graded(None),
        1 / 3,
        f"1 not reviewed, 1 without an owner in both offices, {NO_SEVERITY[0]}",
        *NO_SEVERITY[1:],
        beside={
            "incident_reviews": [
                reviewed(1),
                reviewed(2, cto_office_owner=None),
                *(reviewed(at) for at in (4, 5, 6)),
            ]
        },
    ),
    Case(
        "handover_time_lost",
        "incidents.severity",
        [graded("critical"), graded("high"), graded("medium"), graded("low")],
        graded(None),
        3 + 4,
        *NO_SEVERITY,
        beside={"incident_handovers": [handed(1, 3), handed(2, 4), handed(3, 5), handed(5, 6)]},
    ),
    Case(
        "tier_1_assessed_share",
        "third_parties.tier",
        [vendor(), vendor(), vendor(), vendor(last_assessed_on=None)],
        vendor(tier=None),
        3 / 4,
        "1 never assessed, 1 of 5 third parties does not say its tier",
        "2 of 6 third parties do not say their tier",
        "no row of third parties says its tier",
    ),
    Case(
        "training_completion",
        "training_enrollments.due_on",
        [DONE, DONE, DONE, enrolled()],
        enrolled(due_on=None),
        3 / 4,
        "1 not completed, 1 of 5 training enrollments does not say its due date",
        "2 of 6 training enrollments do not say their due date",
        "no row of security training says its due date",
    ),
    Case(
        "phishing_report_rate",
        "phishing_campaigns.reported",
        [sent(reported=40), sent(reported=20), sent(reported=30), sent(reported=10)],
        sent(delivered=900, reported=None),
        (40 + 20 + 30 + 10) / 400,
        "messages by difficulty: 400 easy, "
        "1 of 5 phishing simulations does not say its number of reports",
        "2 of 6 phishing simulations do not say their number of reports",
        "no row of phishing simulations says its number of reports",
    ),
    Case(
        "secure_code_deployment_rate",
        "deployments.bypass",
        [deployed(), deployed(), deployed(), deployed(gates_passed=3)],
        deployed(bypass=None),
        3 / 4,
        "1 of 5 production deployments does not say its state of bypass",
        "2 of 6 production deployments do not say their state of bypass",
        "no row of production deployments says its state of bypass",
    ),
    Case(
        "secure_code_deployment_rate",
        "deployments.gates_passed",
        [deployed(), deployed(), deployed(), deployed(gates_passed=3)],
        deployed(gates_passed=None),
        3 / 4,
        "1 of 5 production deployments does not say its number of gates passed",
        "2 of 6 production deployments do not say their number of gates passed",
        "no row of production deployments says its number of gates passed",
    ),
    Case(
        "secure_code_deployment_rate",
        "deployments.gates_required",
        [deployed(), deployed(), deployed(), deployed(gates_passed=3)],
        deployed(gates_required=None),
        3 / 4,
        "1 of 5 production deployments does not say its number of gates required",
        "2 of 6 production deployments do not say their number of gates required",
        "no row of production deployments says its number of gates required",
    ),
    Case(
        "unapproved_bypasses",
        "deployments.bypass",
        [deployed(bypass="unapproved"), deployed(), deployed(), deployed(bypass="approved")],
        deployed(bypass=None),
        1,
        "1 of 5 production deployments does not say its state of bypass",
        "2 of 6 production deployments do not say their state of bypass",
        "no row of production deployments says its state of bypass",
    ),
    Case(
        "reviews_not_booked",
        "technology_portfolio.requested_on",
        [ahead(), ahead(), ahead(), ahead()],
        ahead(requested_on=None),
        4,
        "1 of 5 technologies does not say its date of request",
        "2 of 6 technologies do not say their date of request",
        "no row of technology portfolio says its date of request",
    ),
)


def result(metric: str, rows: dict[str, Rows], limit: float = LIMIT) -> MetricResult:
    # That few cases are withheld is a rule of its own: tests/unit/test_thin_data.py.
    spec = replace(metric_catalogue()[metric], withhold_below=0)
    return compute(
        spec, tables(**rows), window_of(), Settings(), max_rejected_share=limit, trace=True
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_few_unknown_are_counted_beside_the_value(case: Case) -> None:
    found = result(case.metric, case.given(*case.known, case.unknown))
    assert (found.state, found.value, found.note) == (State.MEASURED, case.value, case.note)
    alone = result(case.metric, case.given(*case.known))
    assert (alone.value, alone.n) == (case.value, found.n)
    assert "not say" not in alone.note


@pytest.mark.parametrize("case", CASES, ids=str)
def test_exactly_the_share_is_printed_and_more_is_withheld(case: Case) -> None:
    five = case.given(*case.known, case.unknown)
    assert result(case.metric, five, limit=1 / 5).value == case.value
    found = result(case.metric, case.given(*case.known, case.unknown, case.unknown))
    assert (found.state, found.value, found.note) == (State.WITHHELD, None, case.withheld)
    assert not found.parts


@pytest.mark.parametrize("limit", [LIMIT, 1.0])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_no_row_says_is_not_measured(case: Case, limit: float) -> None:
    found = result(case.metric, case.given(*[case.unknown] * 3), limit=limit)
    assert (found.state, found.value, found.n, found.note) == (
        State.NOT_MEASURED, None, 0, case.never,
    )  # fmt: skip


def test_every_need_may_be_empty_is_declared_and_has_a_case() -> None:
    needs = {(spec.id, each) for spec in metric_catalogue().values() for each in spec.needs}
    for metric, each in needs:
        table, column = each.split(".")
        assert not TABLES[table].column(column).required, (metric, each)
        assert each in metric_catalogue()[metric].columns, (metric, each)
    assert {(case.metric, case.column) for case in CASES} <= needs


# --- which rows it is asked of -------------------------------------------------------------------


def test_a_row_that_could_not_count_need_not_say_it() -> None:
    """Closed findings and lesser ones have no part in the criticals open, however they stand."""
    rows = [
        finding(exposure="internet"),
        *[finding(exposure=None, severity="low")] * 30,
        *[finding(exposure=None, closed_on="2026-06-01")] * 30,
    ]
    found = result("internet_criticals_open", {FINDINGS: rows})
    assert (found.value, found.note) == (1, "")


def test_the_rows_in_question_decide_and_not_a_long_history() -> None:
    """Two of three open ones are unknown: a hundred closed years ago that say it do not help."""
    history = [finding(exposure="internal", closed_on="2026-05-20")] * 100
    rows = [*history, finding(exposure="internet"), *[finding(exposure=None)] * 2]
    found = result("internet_criticals_open", {FINDINGS: rows})
    assert found.state is State.WITHHELD
    assert found.note == ("2 of 3 vulnerability findings in question do not say their exposure")


def test_all_in_question_unknown_is_withheld_even_where_any_share_is_allowed() -> None:
    rows = [finding(exposure="internet", closed_on="2026-05-20"), finding(exposure=None)]
    found = result("internet_criticals_open", {FINDINGS: rows}, limit=1.0)
    assert (found.state, found.value) == (State.WITHHELD, None)


def test_a_tier_is_asked_of_what_was_due_and_a_due_date_of_what_may_be_a_crown_jewel() -> None:
    rows = [
        IN_TIME,
        OPEN,
        *[finding(asset_tier=None, due_on="2026-12-01")] * 20,
        *[finding(asset_tier="workplace", due_on=None)] * 20,
    ]
    found = result("crown_jewel_patch_sla", {FINDINGS: rows})
    assert (found.value, found.note) == (1 / 2, "1 still open")
    unsure = result(
        "crown_jewel_patch_sla", {FINDINGS: [*rows, finding(asset_tier=None, due_on=None)]}
    )
    assert unsure.state is State.WITHHELD
    assert unsure.note == "1 of 3 vulnerability findings in question does not say its due date"


def test_a_bypass_on_record_is_judged_whatever_became_of_the_gates() -> None:
    """Approved passes and unapproved fails without a count of gates: two of three are secure."""
    unknown = {"gates_required": None, "gates_passed": None}
    rows = [
        deployed(),
        deployed(bypass="approved", **unknown),
        deployed(bypass="unapproved", **unknown),
    ]
    found = result("secure_code_deployment_rate", {DEPLOYMENTS: rows})
    assert (found.value, found.n) == (2 / 3, 3)
    assert found.note == "1 passing by approved bypass"
    assert "not_known" not in found.parts


def test_columns_left_out_here_and_there_are_too_many_together() -> None:
    """One row of six lacks the one column and another the other: two of six are not judged."""
    rows = [*[deployed()] * 4, deployed(bypass=None), deployed(gates_passed=None)]
    found = result("secure_code_deployment_rate", {DEPLOYMENTS: rows}, limit=0.3)
    assert found.state is State.WITHHELD
    assert found.note == (
        "1 of 6 production deployments does not say its state of bypass, "
        "1 of 6 production deployments does not say its number of gates passed"
    )
    assert result("secure_code_deployment_rate", {DEPLOYMENTS: rows}, limit=0.34).value == 1


def test_a_deployment_of_unknown_gates_is_neither_failed_nor_clean() -> None:
    rows = [*[deployed()] * 3, deployed(gates_passed=3), deployed(gates_passed=None)]
    parts = result("secure_code_deployment_rate", {DEPLOYMENTS: rows}).parts
    assert (parts["clean"], parts["failed_gate"], parts["not_known"]) == (3, 1, 1)
    assert parts["clean_share"] == 3 / 4


def test_an_incident_of_unknown_materiality_is_never_one_that_needs_no_review() -> None:
    rows = [incident(), incident(materiality_state=None)]
    found = result("materiality_reviews_open", {"incidents": rows})
    assert (found.state, found.value) == (State.WITHHELD, None)
    later = incident(detected_at="2026-10-01T12:00", materiality_state=None)
    assert result("materiality_reviews_open", {"incidents": [incident(), later]}).value == 0


def severities(column: str, rows: Rows, limit: float = LIMIT) -> dict[str, MetricResult]:
    """This quarter's slices by severity of one metric of incidents."""
    spec = metric_catalogue()[column]
    figures = evaluate(
        {spec.id: spec},
        tables(incidents=rows),
        [window_of()],
        settings=Settings(),
        targets={},
        reported={},
        business_units=(),
        max_rejected_share=limit,
    )
    return {label: each.now for label, each in figures.by(spec.id, "severity").items()}


def test_every_incident_counts_whether_or_not_its_severity_is_known() -> None:
    rows = [graded(None), graded(None), graded("low")]
    assert result("incidents_detected", {"incidents": rows}).value == 3
    assert result("incidents_open", {"incidents": rows}).value == 0
    assert result("mttr", {"incidents": rows}).value == 48


def test_an_earlier_incident_of_unknown_severity_leaves_this_quarter_alone() -> None:
    early = graded(None, detected_at="2026-05-01T12:00")
    found = result("major_incidents", {"incidents": [*[early] * 9, graded("high")]})
    assert (found.value, found.note) == (1, "")


def test_parts_by_severity_are_shown_where_few_are_unknown() -> None:
    rows = [graded("critical"), graded("high"), graded("low"), graded("low"), graded(None)]
    for name, counts in (("incidents_detected", (1, 1, 0, 2)), ("major_incidents", (1, 1, 0, 0))):
        found = severities(name, rows)
        assert tuple(each.value for each in found.values()) == counts, name


@pytest.mark.parametrize("name", ["incidents_detected", "major_incidents", "mttr"])
def test_parts_by_severity_are_withheld_or_not_measured_with_the_whole(name: str) -> None:
    """Three of five say nothing: the one critical incident known is no count of the critical."""
    many = severities(name, [graded("critical"), graded("low"), *[graded(None)] * 3])
    assert {each.state for each in many.values()} == {State.WITHHELD}
    assert {each.note for each in many.values()} == {
        "3 of 5 security incidents do not say their severity"
    }
    none = severities(name, [graded(None)] * 3)
    assert {each.state for each in none.values()} == {State.NOT_MEASURED}


def test_an_empty_detector_is_an_unknown_one() -> None:
    found = result(
        "self_detected_share",
        {
            "incidents": [
                incident(detected_by="employee"),
                incident(detected_by="customer"),
                incident(detected_by="unknown"),
                incident(detected_by=None),
            ]
        },
    )
    assert (found.value, found.n, found.note) == (1 / 2, 2, "2 of unknown detector")


# --- difficulty, and requests without a date -----------------------------------------------------


def test_messages_of_unknown_difficulty_count_in_the_rate_alone() -> None:
    rows = [sent(clicked=10), sent(clicked=20, difficulty=None, delivered=300)]
    found = result("phishing_click_rate", {"phishing_campaigns": rows})
    assert found.value == (10 + 20) / 400
    assert found.note == "messages by difficulty: 100 easy, 300 of unknown difficulty"
    assert (found.parts["easy"], found.parts["ungraded"]) == (1 / 4, 3 / 4)
    assert found.parts["rate_easy"] == 10 / 100
    none = result("phishing_click_rate", {"phishing_campaigns": rows[1:]})
    assert (none.value, none.note) == (20 / 300, "of unknown difficulty")


def test_an_approval_without_a_date_of_request_is_counted_and_not_timed() -> None:
    rows = [
        {"requested_on": "2026-07-01", "approved_on": "2026-07-11"},
        {"requested_on": "2026-07-01", "approved_on": "2026-07-21"},
        {"requested_on": None, "approved_on": "2026-07-12"},
        {"requested_on": None},
        {"requested_on": None, "retired_on": "2026-01-01"},
        {"requested_on": "2026-09-01"},
    ]
    found = result("time_to_secure_approval", {"technology_portfolio": rows})
    # 10 and 20 days and one that waits: 2/3 go on after 10 days, 1/3 after 20
    assert (found.value, found.n, found.parts["waiting"]) == (20, 3, 1)
    assert found.note == (
        "1 not approved, 1 approved and asked for on an unknown date, "
        "1 still waiting at quarter end, 1 not approved and asked for on an unknown date"
    )
    none = result("time_to_secure_approval", {"technology_portfolio": rows[2:4]})
    assert none.state is State.WITHHELD, "what was asked for on unknown days is not nothing"


def test_nothing_asked_for_is_nothing() -> None:
    rows = [{"requested_on": "2025-07-01", "approved_on": "2025-07-12"}]
    found = result("time_to_secure_approval", {"technology_portfolio": rows})
    assert (found.state, found.note) == (State.NOTHING_HAPPENED, "")
