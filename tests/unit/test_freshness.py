"""Before a table's first record nothing is known; long after its last one a figure says so."""

from datetime import date

import pytest

from board_report.metrics.ciso.incidents import incidents_detected
from board_report.metrics.freshness import stale_records, with_record_spans
from board_report.model import State
from tests.spec.tables import result_of, tables

AS_OF = date(2026, 9, 30)


def incident(number, detected):
    return {
        "incident_id": f"I{number}",
        "title": "x",
        "business_unit": "Europe",
        "severity": "low",
        "category": "other",
        "detected_at": detected,
        "detected_by": "employee",
        "materiality_state": "not_required",
    }


def spanned(*days, stale_after_days=120):
    rows = [incident(at, day) for at, day in enumerate(days)]
    return with_record_spans(
        tables(incidents=rows),
        time_zone="America/Chicago",
        as_of=AS_OF,
        stale_after_days=stale_after_days,
    )


def test_the_span_is_that_of_the_rows_known_by_the_as_of_date():
    found = spanned("2025-02-03 10:00", "2026-09-01 10:00", "2026-12-01 10:00")["incidents"]
    assert (found.records_from, found.records_to) == (date(2025, 2, 3), date(2026, 9, 1))
    assert not found.is_stale


@pytest.mark.parametrize(
    ("quarter", "state", "value"),
    [
        ("2024-Q4", State.NOT_MEASURED, None),
        ("2025-Q1", State.MEASURED, 1.0),
        ("2025-Q2", State.MEASURED, 0.0),
    ],
)
def test_a_quarter_before_the_first_record_is_not_measured(quarter, state, value):
    """A zero is a zero only where records were kept."""
    found = result_of(incidents_detected, spanned("2025-02-03 10:00", "2026-09-01 10:00"), quarter)
    assert (found.state, found.value) == (state, value)
    if state is State.NOT_MEASURED:
        assert found.note == "the records of security incidents begin on 3 Feb 2025"


def test_an_export_that_stopped_is_warned_about_and_marked():
    """The newest of two incidents is 1 June: 121 days before 30 September."""
    old = spanned("2026-05-01 10:00", "2026-06-01 10:00")
    (finding,) = stale_records(old, AS_OF)
    assert finding.code == "records_old"
    assert "121 days" in finding.reason
    marked = result_of(incidents_detected, old, "2026-Q3")
    assert (marked.value, marked.note) == (0.0, "newest record of security incidents: 1 Jun 2026")


def test_one_day_less_is_recent_enough():
    assert stale_records(spanned("2026-06-02 10:00"), AS_OF) == ()


def test_tables_that_are_no_steady_flow_are_left_alone():
    given = tables(incidents=[incident(1, "2026-01-01 10:00")])
    found = with_record_spans(given, time_zone="UTC", as_of=AS_OF, stale_after_days=1)
    assert found["incidents"].is_stale
    assert found["decisions"] is given["decisions"]
