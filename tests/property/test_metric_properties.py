"""What must hold of the CISO's metrics whatever the rows are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.metrics.catalogue import MODULES
from board_report.metrics.ciso import audit, clocks, detections, exposure, incidents, people
from board_report.metrics.declare import MetricSpec, Settings, Unit
from board_report.metrics.evaluate import compute, slice_labels, slice_tables
from board_report.tables.schema import TableSet
from board_report.tables.shared_columns import ASSET_TIERS, SEVERITIES
from tests.spec.tables import measure, tables, window_of

UNITS = ("Distribution", "Diagnostics")
DAY_ZERO = datetime(2026, 5, 1, tzinfo=UTC)
MODULE_METRICS = (incidents, detections, exposure, audit, people)
METRICS = [spec for module in MODULE_METRICS for spec in module.METRICS]
IDS = [spec.id for spec in METRICS]

few = settings(max_examples=25, deadline=None)


def instants(after: int = 0) -> st.SearchStrategy[datetime]:
    """From May to November 2026: two quarters and a bit on either side of the reported one."""
    return st.integers(after, 200 * 24).map(lambda hours: DAY_ZERO + timedelta(hours=hours))


def days() -> st.SearchStrategy[str]:
    return instants().map(lambda moment: moment.date().isoformat())


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


@st.composite
def an_incident(draw: st.DrawFn) -> dict[str, object]:
    """Times in order, some of them missing."""
    begun = draw(instants())
    steps = [draw(st.integers(0, 500)) for _ in range(4)]
    moments = [begun + timedelta(hours=sum(steps[: at + 1])) for at in range(4)]
    known = [draw(st.booleans()) for _ in range(4)]
    return {
        "business_unit": draw(st.sampled_from(UNITS)),
        "severity": draw(st.sampled_from(SEVERITIES)),
        "occurred_at": begun if known[0] else None,
        "detected_at": moments[0],
        "acknowledged_at": moments[1] if known[1] else None,
        "contained_at": moments[2] if known[2] else None,
        "recovered_at": moments[3] if known[3] else None,
        "detected_by": draw(st.sampled_from(("own_monitoring", "customer", "unknown"))),
        "materiality_state": draw(st.sampled_from(("not_required", "under_review"))),
        "reopened_count": draw(maybe(st.integers(0, 2))),
        "cost": draw(maybe(st.integers(0, 10_000_000).map(lambda cents: cents / 100))),
        "outage_hours": draw(maybe(st.integers(0, 100))),
    }


@st.composite
def a_finding(draw: st.DrawFn) -> dict[str, object]:
    seen, life, grace = draw(instants()), draw(st.integers(0, 90)), draw(st.integers(0, 60))
    return {
        "business_unit": draw(st.sampled_from(UNITS)),
        "asset_tier": draw(st.sampled_from(ASSET_TIERS)),
        "severity": draw(st.sampled_from(SEVERITIES)),
        "cve": draw(st.sampled_from((None, "CVE-1", "CVE-2", "CVE-3"))),
        "exposure": draw(st.sampled_from(("internet", "internal"))),
        "first_seen_on": seen.date().isoformat(),
        "due_on": (seen + timedelta(days=grace)).date().isoformat(),
        "closed_on": draw(maybe(st.just((seen + timedelta(days=life)).date().isoformat()))),
        "reopened_count": draw(maybe(st.integers(0, 2))),
    }


a_detection = st.fixed_dictionaries(
    {
        "created_at": instants(),
        "severity": st.sampled_from(SEVERITIES),
        "verdict": st.sampled_from((None, "true_positive", "benign", "undetermined")),
    }
)
an_audit_finding = st.fixed_dictionaries(
    {
        "origin": st.sampled_from(("internal_audit", "penetration_test")),
        "severity": st.sampled_from(SEVERITIES),
        "raised_on": days(),
        "due_on": days(),
        "closed_on": maybe(days()),
        "is_repeat": maybe(st.booleans()),
    }
)
an_enrollment = st.fixed_dictionaries(
    {
        "business_unit": st.sampled_from(UNITS),
        "audience_group": st.sampled_from(("all_staff", "developers")),
        "due_on": days(),
        "completed_on": maybe(days()),
    }
)
a_campaign = st.fixed_dictionaries(
    {
        "business_unit": st.sampled_from(UNITS),
        "sent_on": days(),
        "difficulty": st.sampled_from(("easy", "moderate", "hard")),
        "delivered": st.integers(50, 90),
        "clicked": st.integers(0, 50),
        "reported": st.integers(0, 50),
    }
)
KEV = [
    {"cve": "CVE-1", "added_on": "2026-05-10", "kev_due_on": "2026-05-31"},
    {"cve": "CVE-2", "added_on": "2026-08-10", "kev_due_on": "2026-10-31"},
]


@st.composite
def a_year(draw: st.DrawFn) -> TableSet:
    """Random rows in every table that these metrics read."""
    return tables(
        incidents=draw(st.lists(an_incident(), max_size=8)),
        vulnerability_findings=draw(st.lists(a_finding(), max_size=8)),
        kev_catalogue=KEV,
        detections=draw(st.lists(a_detection, max_size=8)),
        audit_findings=draw(st.lists(an_audit_finding, max_size=8)),
        training_enrollments=draw(st.lists(an_enrollment, max_size=8)),
        phishing_campaigns=draw(st.lists(a_campaign, max_size=6)),
    )


@few
@given(st.lists(an_incident(), max_size=8), an_incident())
def test_one_more_incident_never_lowers_the_count(rows, another):
    for spec in (incidents.incidents_detected, incidents.major_incidents, incidents.incidents_open):
        fewer = measure(spec, tables(incidents=rows)).value
        assert measure(spec, tables(incidents=[*rows, another])).value in (fewer, fewer + 1)


@few
@given(a_year())
def test_values_keep_within_their_units(given_tables):
    """Shares lie between 0 and 1, nothing is negative, and the numerator is part of the whole."""
    for spec in METRICS:
        found = measure(spec, given_tables, as_of="2026-10-09")
        assert found.n >= 0
        if found.value is not None:
            assert 0 <= found.value <= (1 if spec.unit is Unit.RATIO else float("inf")), spec.id
        if "numerator" in found.parts:
            assert found.parts["numerator"] <= found.parts["denominator"]


@few
@given(a_year())
def test_percentiles_are_in_order(given_tables):
    """A median never lies above the 90th percentile, and every row of a population is counted."""
    for spec in (*clocks.CLOCKS, detections.time_to_triage, exposure.time_to_remediate):
        parts = measure(spec, given_tables, as_of="2026-10-09").parts
        assert parts["measured"] <= parts["population"]
        if parts["measured"] == parts["population"] > 0:
            assert {"median", "p90"} <= set(parts), "nothing is open or unknown"
        if "p90" in parts:
            assert parts["median"] <= parts["p90"] + 1e-9
        counted = parts["measured"] + parts["open"] + parts["unknown"]
        assert counted == parts["population"]


@few
@given(a_year())
def test_order_of_rows_changes_nothing(given_tables):
    """Not even the last digit: sums are exact before they are divided."""
    reverse = {
        name: replace(table, frame=table.frame.iloc[::-1].reset_index(drop=True))
        for name, table in given_tables.tables.items()
        if table.measured
    }
    turned = TableSet({**given_tables.tables, **reverse})
    for spec in METRICS:
        one, other = measure(spec, given_tables), measure(spec, turned)
        assert (one.value, one.n, one.parts, one.note) == (
            other.value,
            other.n,
            other.parts,
            other.note,
        ), spec.id


@few
@given(a_year())
def test_slices_of_a_count_sum_to_the_whole(given_tables):
    """Every row has one severity, one tier and one unit here, so nothing is left out or doubled."""
    window = window_of()
    counts = [spec for spec in METRICS if spec.unit is Unit.COUNT]
    for spec in (each for each in counts if given_tables.measured(*each.tables)):
        whole = compute(spec, given_tables, window, Settings()).value
        for column in spec.splits:
            parts = [
                compute(
                    spec, slice_tables(spec, given_tables, column, label), window, Settings()
                ).value
                for label in slice_labels(spec, given_tables, column, UNITS)
            ]
            assert sum(parts) == whole, (spec.id, column)


@few
@given(st.lists(an_incident(), max_size=8), st.integers(0, 120))
def test_later_knowledge_never_reopens(rows, wait):
    """With a later as-of date no incident of an ended quarter goes back to being open."""
    given_tables = tables(incidents=rows)
    later = (datetime(2026, 9, 30, tzinfo=UTC) + timedelta(days=wait)).date().isoformat()
    for spec in clocks.CLOCKS:
        before = measure(spec, given_tables, as_of="2026-09-30").parts
        after = measure(spec, given_tables, as_of=later).parts
        assert after["population"] == before["population"]
        assert after["open"] <= before["open"]
        assert after["measured"] >= before["measured"]


def plain_mttd(rows: list[dict], first: datetime, end: datetime) -> float | None:
    """The definition in plain Python: hours, over incidents detected in the quarter."""
    hours = [
        (row["detected_at"] - row["occurred_at"]).total_seconds() / 3600
        for row in rows
        if first <= row["detected_at"] < end and row["occurred_at"] is not None
    ]
    return median(hours) if hours else None


@few
@given(st.lists(an_incident(), max_size=12))
def test_mttd_is_what_ten_plain_lines_say(rows):
    chicago_midnight = (
        datetime(2026, 7, 1, 5, tzinfo=UTC),
        datetime(2026, 10, 1, 5, tzinfo=UTC),
    )
    expected = plain_mttd(rows, *chicago_midnight)
    assert measure(clocks.mttd, tables(incidents=rows)).value == (
        None if expected is None else pytest.approx(expected, rel=1e-12)
    )


def test_all_ciso_modules_are_known():
    """A new module of metrics is either checked here or named as one without random rows."""
    snapshots = {
        *("controls", "compliance", "configuration", "third_parties", "outside_findings"),
        *("governance", "hunting"),
    }
    checked = {module.__name__.rsplit(".", 1)[-1] for module in MODULE_METRICS}
    ciso = {name.removeprefix("ciso.") for name in MODULES if name.startswith("ciso.")}
    assert ciso == checked | snapshots
    assert all(isinstance(spec, MetricSpec) for spec in METRICS)
