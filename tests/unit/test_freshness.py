"""Before a table's first record nothing is known; long after its last one a figure says so."""

from datetime import date

import pytest

from board_report.metrics.ciso.incidents import incidents_detected, incidents_open
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import evaluate
from board_report.metrics.freshness import stale_records, with_record_spans
from board_report.model import State
from tests.spec.tables import result_of, tables, window_of

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


@pytest.mark.parametrize(
    ("quarter", "state", "value", "note"),
    [
        ("2025-Q4", State.MEASURED, 1.0, ""),
        ("2026-Q1", State.MEASURED, 1.0, "newest record of security incidents: 28 Jan 2026"),
        ("2026-Q2", State.MEASURED, 0.0, "newest record of security incidents: 28 Jan 2026"),
        (
            "2026-Q3",
            State.NOT_MEASURED,
            None,
            "the records of security incidents end on 28 Jan 2026",
        ),
    ],
)
def test_a_quarter_that_begins_long_after_the_last_record_is_not_measured(
    quarter, state, value, note
):
    """The last of two is of 28 January: 63 days before the second quarter, 154 before the third."""
    old = spanned("2025-10-05 10:00", "2026-01-28 10:00")
    found = result_of(incidents_detected, old, quarter)
    assert (found.state, found.value, found.note) == (state, value, note)


@pytest.mark.parametrize(("days", "state"), [(154, State.MEASURED), (153, State.NOT_MEASURED)])
def test_the_first_day_of_the_quarter_is_counted_from_the_last_record(days, state):
    """1 July is 154 days after 28 January."""
    old = spanned("2026-01-28 10:00", stale_after_days=days)
    assert result_of(incidents_detected, old, "2026-Q3").state is state


def test_a_stock_is_not_carried_over_a_long_silence():
    """It was open at the last record: whether it still is nobody has said."""
    old = spanned("2026-01-28 10:00")
    assert result_of(incidents_open, old, "2026-Q2").value == 1
    assert result_of(incidents_open, old, "2026-Q3").state is State.NOT_MEASURED


def test_parts_of_a_quarter_long_after_the_last_record_are_not_measured():
    old = spanned("2025-10-05 10:00", "2026-01-28 10:00")
    figures = evaluate(
        {incidents_detected.id: incidents_detected},
        old,
        [window_of("2026-Q2", "2026-09-30"), window_of("2026-Q3")],
        settings=Settings(),
        targets={},
        reported={},
        business_units=("Europe", "Corporate"),
    )
    units = figures.by(incidents_detected.id, "business_unit")
    assert [[each.value for each in units[name].values] for name in ("Europe", "Corporate")] == [
        [0.0, None],
        [0.0, None],
    ]


@pytest.mark.parametrize("quarter", ["2025-Q4", "2026-Q3"])
def test_records_that_all_come_after_the_as_of_date_say_nothing_of_the_quarters_shown(quarter):
    later = spanned("2027-02-03 10:00", "2026-12-05 10:00")
    found = later["incidents"]
    assert (found.records_from, found.records_to, found.is_stale) == (
        date(2026, 12, 5), None, False,
    )  # fmt: skip
    assert stale_records(later, AS_OF) == ()
    told = result_of(incidents_detected, later, quarter)
    assert (told.state, told.value) == (State.NOT_MEASURED, None)
    assert told.note == "the records of security incidents begin on 5 Dec 2026"


def test_a_table_without_a_row_begins_nowhere():
    """A register that was given and is empty says that there was no incident."""
    empty = spanned()
    assert empty["incidents"].records_from is None
    assert result_of(incidents_detected, empty, "2026-Q3").value == 0


def test_one_day_less_is_recent_enough():
    assert stale_records(spanned("2026-06-02 10:00"), AS_OF) == ()


def test_tables_that_are_no_steady_flow_are_left_alone():
    given = tables(incidents=[incident(1, "2026-01-01 10:00")])
    found = with_record_spans(given, time_zone="UTC", as_of=AS_OF, stale_after_days=1)
    assert found["incidents"].is_stale
    assert found["decisions"] is given["decisions"]
