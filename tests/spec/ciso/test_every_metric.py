"""What holds for each of the CISO's metrics: words, states, boundaries of the quarter, cases."""

from importlib import import_module

import pytest

from board_report.metrics.catalogue import MODULES
from board_report.metrics.declare import MetricSpec, Unit
from board_report.model import State
from board_report.tables.catalogue import TABLES
from tests.spec.tables import measure, result_of, tables

CISO = [name for name in MODULES if name.startswith("ciso.")]
METRICS = [spec for name in CISO for spec in import_module(f"board_report.metrics.{name}").METRICS]
SPECIFIED = {
    case.metric
    for module in ("clocks", *(name.removeprefix("ciso.") for name in CISO))
    for case in import_module(f"tests.spec.ciso.test_{module}").SPECS
}
IDS = [spec.id for spec in METRICS]

FIRST, LAST, NEXT, BEFORE = "2026-07-01", "2026-09-30", "2026-10-01", "2026-06-30"

PERIOD_DATES = {
    "patch_sla_compliance": ("vulnerability_findings", "due_on", {}),
    "crown_jewel_patch_sla": ("vulnerability_findings", "due_on", {"asset_tier": "crown_jewel"}),
    "time_to_remediate": ("vulnerability_findings", "first_seen_on", {}),
    "reappeared_share": ("vulnerability_findings", "closed_on", {"reopened_count": 0}),
    "audit_closed_on_time": ("audit_findings", "due_on", {}),
    "training_completion": ("training_enrollments", "due_on", {}),
    "phishing_click_rate": ("phishing_campaigns", "sent_on", {"delivered": 1, "clicked": 0}),
    "phishing_report_rate": ("phishing_campaigns", "sent_on", {"delivered": 1, "reported": 0}),
    "configuration_pass_rate": ("configuration_checks", "checked_on", {"result": "passed"}),
    "failed_critical_checks": (
        "configuration_checks",
        "checked_on",
        {"result": "failed", "severity": "high"},
    ),
    "requirements_with_failed_checks": (
        "configuration_checks",
        "checked_on",
        {"result": "failed", "requirements": ("CIS:1.1",)},
    ),
    "hunts_finished": ("threat_hunts", "finished_on", {}),
    "hunt_yield": ("threat_hunts", "finished_on", {"result": "nothing_found"}),
    "detections_from_hunts": ("threat_hunts", "finished_on", {"detections_added": 1}),
}
SEEN = {
    "severity": "critical",
    "detected_by": "employee",
    "cost": 1,
    "outage_hours": 1,
    "occurred_at": "2026-06-01 00:00",
    "acknowledged_at": "2026-10-05 00:00",
    "contained_at": "2026-10-05 00:00",
    "recovered_at": "2026-10-05 00:00",
}
TRIAGED = {"verdict": "benign", "triaged_at": "2026-10-05 00:00"}
DETECTED = (
    "incidents_detected",
    "major_incidents",
    "mttd",
    "dwell_time",
    "mtta",
    "mttc",
    "mttr",
    "self_detected_share",
    "incident_cost",
    "outage_hours",
)
RAISED = ("alerts_raised", "alert_precision", "time_to_triage")
PERIOD_INSTANTS = {
    **dict.fromkeys(DETECTED, ("incidents", "detected_at", SEEN)),
    **dict.fromkeys(RAISED, ("detections", "created_at", TRIAGED)),
    "reopened_incident_share": (
        "incidents",
        "recovered_at",
        {"detected_at": "2026-06-01 00:00", "reopened_count": 0},
    ),
}
SNAPSHOTS = {
    spec.id for spec in METRICS if spec.empty == "not measured" and spec.id not in PERIOD_DATES
}
STOCKS = {
    "incidents_open",
    "materiality_reviews_open",
    "vulnerabilities_overdue",
    "kev_open",
    "kev_overdue",
    "likely_exploited_open",
    "internet_criticals_open",
    "audit_findings_open",
    "audit_findings_overdue",
    "repeat_finding_share",
    "pentest_criticals_open",
    "policies_in_date",
    "acceptances_open",
    "acceptances_lapsed",
}


def by_id(metric_id: str) -> MetricSpec:
    return next(spec for spec in METRICS if spec.id == metric_id)


def test_every_metric_has_a_case():
    """No metric without a table that can be checked by hand, and no case without a metric."""
    assert set(IDS) == SPECIFIED


def test_every_metric_has_a_boundary():
    """Each is tested at the end of the quarter: by instant, by date, as a snapshot or a stock.

    The boundary of stocks is in their own cases, since it needs two dates.
    """
    groups = [set(PERIOD_DATES), set(PERIOD_INSTANTS), SNAPSHOTS, STOCKS]
    assert set(IDS) == set().union(*groups)
    assert len(IDS) == sum(map(len, groups))


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_words_fit_the_page(spec):
    """Titles fit the scorecard and formulas the appendix; a formula is one sentence."""
    assert len(spec.title) <= 28
    assert len(spec.formula) <= 90
    assert spec.formula.endswith(".")
    assert spec.denominator
    assert spec.empty in ("0", "nothing happened", "not measured")


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_columns_exist(spec):
    """The columns that a metric names, and the splits, are columns of its tables."""
    for each in spec.columns:
        table, column = each.split(".")
        assert TABLES[table].column(column)
    for split in spec.splits:
        assert any(split in TABLES[name].column_names for name in spec.tables)


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_minimum_population(spec):
    """Shares, medians and rates need five to compare; counts and sums need none."""
    assert spec.minimum_n == (1 if spec.adds_up else 5)


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_without_its_files_it_is_not_measured(spec):
    """No file is neither zero nor "nothing happened"."""
    found = result_of(spec, tables())
    assert (found.state, found.value) == (State.NOT_MEASURED, None)
    assert found.note.startswith("no file was given for ")


@pytest.mark.parametrize("spec", METRICS, ids=IDS)
def test_files_without_rows_give_what_is_declared(spec):
    """An empty period gives what the declaration prints: zero, nothing happened, not measured."""
    empty = {name: [] for name in spec.tables}
    if "kev_catalogue" in empty:
        empty["kev_catalogue"] = [{"added_on": "2026-01-01", "kev_due_on": "2026-01-22"}]
    if "exploit_predictions" in empty:
        empty["exploit_predictions"] = [{"scored_on": "2026-09-30", "epss": 0.9}]
    found = result_of(spec, tables(**empty))
    states = {"0": State.MEASURED}
    assert found.state is states.get(spec.empty) or found.state == spec.empty
    assert found.value == (0 if spec.empty == "0" else None)
    assert found.n == 0


@pytest.mark.parametrize(
    ("metric_id", "day", "belongs"),
    [
        (metric_id, day, belongs)
        for metric_id in PERIOD_DATES
        for day, belongs in ((BEFORE, 0), (FIRST, 1), (LAST, 1), (NEXT, 0))
    ],
)
def test_dates_at_the_edges_of_the_quarter(metric_id, day, belongs):
    """The first and the last day belong to the quarter; the days beside them do not."""
    table, column, others = PERIOD_DATES[metric_id]
    given = tables(**{table: [{**others, column: day}]})
    assert measure(by_id(metric_id), given, as_of="2026-10-09").n == belongs


@pytest.mark.parametrize(
    ("metric_id", "moment", "belongs"),
    [
        (metric_id, moment, belongs)
        for metric_id in PERIOD_INSTANTS
        for moment, belongs in (
            (f"{BEFORE} 23:59:59", 0),
            (f"{FIRST} 00:00:00", 1),
            (f"{LAST} 23:59:59", 1),
            (f"{NEXT} 00:00:00", 0),
        )
    ],
)
def test_instants_at_the_edges_of_the_quarter(metric_id, moment, belongs):
    """The quarter begins and ends at midnight in the company's time zone."""
    table, column, others = PERIOD_INSTANTS[metric_id]
    given = tables(**{table: [{**others, column: moment}]})
    assert measure(by_id(metric_id), given, as_of="2026-10-09").n == belongs


@pytest.mark.parametrize("metric_id", sorted(SNAPSHOTS))
def test_another_quarters_snapshot_is_not_this_quarters(metric_id):
    """Snapshots are never carried from one quarter to the next."""
    spec = by_id(metric_id)
    given = tables(**{name: [{"quarter": "2026-Q2"}] for name in spec.tables})
    assert result_of(spec, given).state is State.NOT_MEASURED


def test_units_and_ids_are_what_others_rely_on():
    """Ids are unique, and units are those of the page formats."""
    assert len(IDS) == len(set(IDS))
    assert {spec.unit for spec in METRICS} <= set(Unit)
