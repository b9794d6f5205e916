"""Incidents: how many, how grave, who noticed, what they cost."""

import pytest

from board_report.metrics.ciso.incidents import METRICS
from tests.spec.spec import Spec, check

TABLE = "incidents"

SPECS = [
    Spec(
        metric="incidents_detected",
        title="by the quarter of detection",
        rows={
            TABLE: [
                {"occurred_at": "2026-06-20 08:00", "detected_at": "2026-07-01 00:00:00"},
                {"occurred_at": "2026-08-02 08:00", "detected_at": "2026-08-03 08:00"},
                {"occurred_at": "2026-06-01 08:00", "detected_at": "2026-06-30 23:59:59"},
            ]
        },
        expected="1 + 1",
        value=2,
        says="An incident belongs to the quarter in which it was noticed, whenever it began.",
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="incidents_detected",
        title="the last second of the quarter",
        rows={
            TABLE: [
                {"detected_at": "2026-09-30 23:59:59"},
                {"detected_at": "2026-10-01 00:00:00"},
                {"detected_at": "2026-10-01 04:59:59+00:00"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="A quarter ends at midnight in the company's time zone, not at midnight UTC.",
        lines={TABLE: (1, 3)},
    ),
    Spec(
        metric="incidents_detected",
        title="after the as-of date",
        rows={TABLE: [{"detected_at": "2026-08-31 12:00"}, {"detected_at": "2026-09-01 00:00"}]},
        as_of="2026-08-31",
        expected="1",
        value=1,
        says="What was detected after the as-of date is not known yet.",
    ),
    Spec(
        metric="incidents_detected",
        title="none in the quarter",
        rows={TABLE: [{"detected_at": "2026-05-01 12:00"}]},
        expected="0",
        value=0,
        says="A register without incidents in the quarter is a measured zero.",
    ),
    Spec(
        metric="incidents_detected",
        title="no register",
        rows={},
        expected="not measured",
        value=None,
        says="Without a register nothing was measured, which is not zero.",
        note="no file was given for security incidents",
    ),
    Spec(
        metric="major_incidents",
        title="critical and high",
        rows={
            TABLE: [
                {"detected_at": "2026-07-05 12:00", "severity": "critical"},
                {"detected_at": "2026-07-06 12:00", "severity": "high"},
                {"detected_at": "2026-07-07 12:00", "severity": "medium"},
                {"detected_at": "2026-04-07 12:00", "severity": "critical"},
            ]
        },
        expected="1 + 1",
        value=2,
        says="Severity critical and high count; the quarter is that of detection.",
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="incidents_open",
        title="a stock at quarter end",
        rows={
            TABLE: [
                {"detected_at": "2025-12-01 12:00"},
                {"detected_at": "2026-07-06 12:00", "recovered_at": "2026-09-30 23:59:59"},
                {"detected_at": "2026-07-07 12:00", "recovered_at": "2026-10-01 00:00:00"},
                {"detected_at": "2026-10-01 00:00:00"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="An incident of any quarter counts until recovered, here until after the end.",
        lines={TABLE: (1, 3)},
    ),
    Spec(
        metric="incidents_open",
        title="recovered after the as-of date",
        rows={TABLE: [{"detected_at": "2026-07-06 12:00", "recovered_at": "2026-09-20 12:00"}]},
        as_of="2026-09-19",
        expected="1",
        value=1,
        says="A recovery after the as-of date is not known: the incident is still open.",
    ),
    Spec(
        metric="incidents_open",
        title="closed without a time of recovery",
        rows={
            TABLE: [
                {"detected_at": "2026-07-06 12:00", "closed_at": "2026-09-30 23:59:59"},
                {"detected_at": "2026-07-06 12:00", "closed_at": "2026-10-01 00:00:00"},
                {
                    "detected_at": "2026-07-06 12:00",
                    "recovered_at": "2026-07-08 12:00",
                    "closed_at": "2026-10-05 12:00",
                },
                {"detected_at": "2026-07-07 12:00"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="Recovered or closed, whichever is known: both are over.",
        lines={TABLE: (2, 4)},
    ),
    Spec(
        metric="materiality_reviews_open",
        title="under review, or determined later",
        rows={
            TABLE: [
                {"detected_at": "2026-07-06 12:00", "materiality_state": "under_review"},
                {
                    "detected_at": "2026-08-06 12:00",
                    "materiality_state": "determined_not_material",
                    "materiality_determined_on": "2026-10-05",
                },
                {
                    "detected_at": "2026-08-07 12:00",
                    "materiality_state": "determined_material",
                    "materiality_determined_on": "2026-09-30",
                },
                {"detected_at": "2026-08-08 12:00", "materiality_state": "not_required"},
                {"detected_at": "2026-08-09 12:00", "materiality_state": "determined_material"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="A review runs from detection to its determination; it prints no verdict.",
        note="1 determined on an unknown date, not counted",
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="materiality_reviews_open",
        title="an earlier quarter",
        rows={
            TABLE: [
                {
                    "detected_at": "2026-05-06 12:00",
                    "materiality_state": "determined_material",
                    "materiality_determined_on": "2026-07-02",
                },
                {"detected_at": "2026-07-06 12:00", "materiality_state": "under_review"},
            ]
        },
        quarter="2026-Q2",
        as_of="2026-09-30",
        expected="1",
        value=1,
        says="Earlier quarters are rebuilt from the dates of detection and determination.",
        lines={TABLE: (1,)},
    ),
    Spec(
        metric="self_detected_share",
        title="own monitoring and employees",
        rows={
            TABLE: [
                {"detected_at": "2026-07-06 12:00", "detected_by": "own_monitoring"},
                {"detected_at": "2026-07-07 12:00", "detected_by": "employee"},
                {"detected_at": "2026-07-08 12:00", "detected_by": "customer"},
                {"detected_at": "2026-07-09 12:00", "detected_by": "attacker"},
                {"detected_at": "2026-07-10 12:00", "detected_by": "unknown"},
                {"detected_at": "2026-06-10 12:00", "detected_by": "customer"},
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="An unknown detector is counted beside the share, not in it.",
        note="1 of unknown detector",
        n=4,
        parts={"numerator": 2, "denominator": 4, "unknown": 1},
        lines={TABLE: (1, 2, 3, 4)},
    ),
    Spec(
        metric="self_detected_share",
        title="all of unknown detector",
        rows={TABLE: [{"detected_at": "2026-07-10 12:00", "detected_by": "unknown"}]},
        expected="withheld",
        value=None,
        says="With incidents but no known detector the share is withheld, not 'nothing happened'.",
        note="1 of unknown detector",
    ),
    Spec(
        metric="self_detected_share",
        title="no incidents",
        rows={TABLE: [{"detected_at": "2026-06-10 12:00", "detected_by": "employee"}]},
        expected="nothing happened",
        value=None,
        says="A share of no incidents is no share.",
        n=0,
    ),
    Spec(
        metric="reopened_incident_share",
        title="over those recovered",
        rows={
            TABLE: [
                {
                    "detected_at": "2026-06-10 12:00",
                    "recovered_at": "2026-07-10 12:00",
                    "reopened_count": 2,
                },
                {
                    "detected_at": "2026-07-10 12:00",
                    "recovered_at": "2026-07-11 12:00",
                    "reopened_count": 0,
                },
                {"detected_at": "2026-07-10 12:00", "recovered_at": "2026-07-12 12:00"},
                {"detected_at": "2026-07-10 12:00", "reopened_count": 0},
            ]
        },
        expected="1 / 2",
        value=0.5,
        says="Only recovered incidents can be reopened; two reopenings count once.",
        note="1 with reopenings unknown",
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="incident_cost",
        title="booked to date",
        rows={
            TABLE: [
                {"detected_at": "2026-07-10 12:00", "cost": 120_000.50},
                {"detected_at": "2026-08-10 12:00", "cost": 0},
                {"detected_at": "2026-08-11 12:00"},
                {"detected_at": "2026-06-11 12:00", "cost": 9_000_000},
            ]
        },
        expected="120000.50 + 0",
        value=120_000.50,
        says="A cost of zero is known; an empty one is unknown and counted.",
        note="1 of unknown cost",
        n=2,
        lines={TABLE: (1, 2, 3)},
    ),
    Spec(
        metric="incident_cost",
        title="no incidents",
        rows={TABLE: []},
        expected="0",
        value=0,
        says="A quarter without incidents cost nothing.",
        note="",
    ),
    Spec(
        metric="incident_cost",
        title="no cost known",
        rows={TABLE: [{"detected_at": "2026-07-10 12:00"}, {"detected_at": "2026-07-11 12:00"}]},
        expected="withheld",
        value=None,
        says="Incidents whose costs are all unknown did not cost zero.",
        note="2 of unknown cost",
    ),
    Spec(
        metric="outage_hours",
        title="a sum of hours",
        rows={
            TABLE: [
                {"detected_at": "2026-07-10 12:00", "outage_hours": 6.5},
                {"detected_at": "2026-08-10 12:00", "outage_hours": 2},
                {"detected_at": "2026-08-11 12:00", "outage_hours": 0},
                {"detected_at": "2026-10-01 00:00", "outage_hours": 90},
            ]
        },
        as_of="2026-10-09",
        expected="6.5 + 2 + 0",
        value=8.5,
        says="The hours without service add up over the incidents of the quarter.",
        n=3,
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
