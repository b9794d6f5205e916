"""Alerts: how many, how many meant something, how long triage took."""

import pytest

from board_report.metrics.ciso.detections import METRICS
from tests.spec.spec import Spec, check

TABLE = "detections"

SPECS = [
    Spec(
        metric="alerts_raised",
        title="by the quarter they were raised",
        rows={
            TABLE: [
                {"created_at": "2026-07-01 00:00:00"},
                {"created_at": "2026-09-30 23:59:59"},
                {"created_at": "2026-10-01 00:00:00"},
                {"created_at": "2026-06-30 23:59:59"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="An alert belongs to the quarter in which the tool raised it.",
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="alert_precision",
        title="true positives over clear verdicts",
        rows={
            TABLE: [
                {"created_at": "2026-07-01 00:00", "verdict": "true_positive"},
                {"created_at": "2026-07-02 00:00", "verdict": "false_positive"},
                {"created_at": "2026-07-03 00:00", "verdict": "benign"},
                {"created_at": "2026-07-04 00:00", "verdict": "benign"},
                {"created_at": "2026-07-05 00:00", "verdict": "undetermined"},
                {"created_at": "2026-07-06 00:00"},
            ]
        },
        expected="1 / (1 + 1 + 2)",
        value=0.25,
        says="What is undetermined or not triaged is counted beside the share.",
        note="2 without a clear verdict (1 undetermined, 1 not triaged yet)",
        n=4,
    ),
    Spec(
        metric="alert_precision",
        title="a verdict after the as-of date",
        rows={
            TABLE: [
                {
                    "created_at": "2026-07-01 00:00",
                    "verdict": "true_positive",
                    "triaged_at": "2026-07-01 10:00",
                },
                {
                    "created_at": "2026-07-01 00:00",
                    "verdict": "false_positive",
                    "triaged_at": "2026-08-01 00:00",
                },
            ]
        },
        as_of="2026-07-31",
        expected="1 / 1",
        value=1,
        says="A verdict reached after the as-of date is not known.",
        note="1 without a clear verdict (1 not triaged yet)",
    ),
    Spec(
        metric="alert_precision",
        title="no alerts",
        rows={TABLE: [{"created_at": "2026-06-01 00:00", "verdict": "benign"}]},
        expected="nothing happened",
        value=None,
        says="No alert, no precision.",
        note="",
    ),
    Spec(
        metric="time_to_triage",
        title="from the alert to the verdict",
        rows={
            TABLE: [
                {
                    "created_at": "2026-07-01 00:00",
                    "verdict": "benign",
                    "triaged_at": "2026-07-01 01:00",
                },
                {
                    "created_at": "2026-07-01 00:00",
                    "verdict": "benign",
                    "triaged_at": "2026-07-01 05:00",
                },
                {"created_at": "2026-07-02 00:00"},
                {"created_at": "2026-07-03 00:00", "verdict": "benign"},
            ]
        },
        expected="5",
        value=5,
        # of three, 2/3 wait after 1 hour and 1/3 after 5
        says="Alerts that still wait count for as long as they have; without a time, not at all.",
        note="1 not triaged yet, 1 of unknown time of triage",
        n=3,
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
