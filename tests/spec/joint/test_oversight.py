"""Oversight: what the figures come to, by hand."""

import pytest

from board_report.metrics.joint.oversight import METRICS
from board_report.tables.catalogue import TABLES
from board_report.tables.schema import Audience
from tests.spec.spec import Spec, check


def meeting(meeting_on, cyber=True, **more):
    return {"committee": "Board", "meeting_on": meeting_on, "is_cyber_on_agenda": cyber, **more}


SPECS = (
    Spec(
        metric="committee_cyber_meetings",
        title="four quarters, first and last day",
        rows={
            "committee_calendar": [
                meeting("2025-09-30"),
                meeting("2025-10-01"),
                meeting("2026-03-10"),
                meeting("2026-03-11", cyber=False),
                meeting("2026-09-30"),
                meeting("2026-10-27"),
            ]
        },
        expected="1 + 1 + 1",
        value=3,
        says="Meetings on cybersecurity in four quarters; the next one is not counted ahead.",
        lines={"committee_calendar": (2, 3, 5)},
    ),
    Spec(
        metric="committee_cyber_meetings",
        title="none",
        rows={"committee_calendar": [meeting("2026-03-11", cyber=False)]},
        expected="0",
        value=0,
        says="Meetings without cybersecurity on the agenda give a measured zero.",
    ),
    Spec(
        metric="committee_cyber_meetings",
        title="no calendar given",
        rows={},
        expected="not measured",
        value=None,
        says="Without the calendar it is not measured.",
    ),
    Spec(
        metric="ciso_attendance",
        title="known attendance only",
        rows={
            "committee_calendar": [
                meeting("2026-02-10", is_ciso_present=True),
                meeting("2026-05-12", is_ciso_present=True),
                meeting("2026-08-11", is_ciso_present=False),
                meeting("2026-09-08"),
                meeting("2026-03-11", cyber=False, is_ciso_present=False),
            ]
        },
        expected="2 / 3",
        value=2 / 3,
        says="Of cyber meetings with attendance on record; the one without is counted.",
        note="1 of unknown attendance",
        n=3,
        lines={"committee_calendar": (1, 2, 3)},
    ),
    Spec(
        metric="ciso_attendance",
        title="no meeting",
        rows={"committee_calendar": []},
        expected="nothing happened",
        value=None,
        says="Without a meeting there is no attendance.",
    ),
    Spec(
        metric="ciso_attendance",
        title="no attendance on record",
        rows={"committee_calendar": [meeting("2026-08-11")]},
        expected="withheld",
        value=None,
        says="When no attendance is on record the share is withheld.",
        note="1 of unknown attendance",
    ),
    Spec(
        metric="executive_sessions",
        title="with or without cyber on the agenda",
        rows={
            "committee_calendar": [
                meeting("2026-02-10", is_executive_session=True),
                meeting("2026-05-12", cyber=False, is_executive_session=True),
                meeting("2026-08-11", is_executive_session=False),
                meeting("2026-09-08"),
                meeting("2025-09-30", is_executive_session=True),
            ]
        },
        expected="1 + 1",
        value=2,
        says="Sessions of four quarters; a meeting without a record counts as none and is noted.",
        note="1 without a record of it",
        lines={"committee_calendar": (1, 2)},
    ),
    Spec(
        metric="executive_sessions",
        title="none",
        rows={"committee_calendar": []},
        expected="0",
        value=0,
        says="No session is a measured zero.",
        note="",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)


def test_a_public_metric_reads_public_columns_only():
    public = [spec for spec in METRICS if spec.audience is Audience.PUBLIC]
    read = [name.split(".") for spec in public for name in spec.columns]

    assert [spec.id for spec in public] == ["committee_cyber_meetings"]
    assert {TABLES[table].column(column).audience for table, column in read} == {Audience.PUBLIC}
