"""Findings of audits, regulators and penetration tests."""

import pytest

from board_report.metrics.ciso.audit import METRICS
from tests.spec.spec import Spec, check

TABLE = "audit_findings"

SPECS = [
    Spec(
        metric="audit_findings_overdue",
        title="open without a due date",
        rows={
            TABLE: [
                {"raised_on": "2026-03-01", "due_on": "2026-06-30"},
                {"raised_on": "2026-03-01"},
                {"raised_on": "2026-03-01", "closed_on": "2026-04-01"},
            ]
        },
        expected="1",
        value=1,
        says="An open finding that nobody dated may be overdue, and is counted in the note.",
        note=("1 of 2 audit and penetration-test findings in question does not say its due date"),
    ),
    Spec(
        metric="audit_closed_on_time",
        title="open in the quarter without a due date",
        rows={
            TABLE: [
                {"raised_on": "2026-03-01", "due_on": "2026-08-01", "closed_on": "2026-08-01"},
                {"raised_on": "2026-03-01"},
                {"raised_on": "2026-10-01"},
                {"raised_on": "2026-03-01", "closed_on": "2026-06-30"},
            ]
        },
        as_of="2026-10-09",
        expected="1 / 1",
        value=1,
        says="A due date is asked of the findings that stood on a day of the quarter.",
        note=("1 of 2 audit and penetration-test findings in question does not say its due date"),
    ),
    Spec(
        metric="pentest_criticals_open",
        title="of unknown origin or severity",
        rows={
            TABLE: [
                {"raised_on": "2026-03-01", "origin": "penetration_test", "severity": "high"},
                {"raised_on": "2026-03-01", "origin": "penetration_test"},
                {"raised_on": "2026-03-01", "severity": "critical"},
                {"raised_on": "2026-03-01", "severity": "low"},
                {"raised_on": "2026-03-01", "origin": "regulator"},
            ]
        },
        expected="1",
        value=1,
        says="Each is asked of the findings for which it decides.",
        note=(
            "1 of 4 audit and penetration-test findings in question does not say its origin, "
            "1 of 2 audit and penetration-test findings in question does not say its severity"
        ),
    ),
    Spec(
        metric="audit_findings_open",
        title="a stock at quarter end",
        rows={
            TABLE: [
                {"raised_on": "2024-03-01"},
                {"raised_on": "2026-09-30"},
                {"raised_on": "2026-10-01"},
                {"raised_on": "2026-05-01", "closed_on": "2026-09-30"},
                {"raised_on": "2026-05-01", "closed_on": "2026-10-01"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1 + 1",
        value=3,
        says="Raised on the last day counts; closed on the last day does not.",
        lines={TABLE: (1, 2, 5)},
    ),
    Spec(
        metric="audit_findings_overdue",
        title="open past the agreed date",
        rows={
            TABLE: [
                {"raised_on": "2026-03-01", "due_on": "2026-09-29"},
                {"raised_on": "2026-03-01", "due_on": "2026-09-30"},
                {"raised_on": "2026-03-01", "due_on": "2026-06-30", "closed_on": "2026-09-30"},
            ]
        },
        expected="1",
        value=1,
        says="Closed late is no longer overdue; due on the last day is not overdue yet.",
        lines={TABLE: (1,)},
    ),
    Spec(
        metric="audit_closed_on_time",
        title="over what was due",
        rows={
            TABLE: [
                {"due_on": "2026-07-01", "closed_on": "2026-06-30"},
                {"due_on": "2026-09-30", "closed_on": "2026-10-01"},
                {"due_on": "2026-08-01"},
                {"due_on": "2026-10-01", "closed_on": "2026-09-01"},
            ]
        },
        as_of="2026-10-09",
        expected="1 / 3",
        value=1 / 3,
        says="Late and open ones stay in the denominator.",
        note="1 closed late, 1 still open",
        n=3,
    ),
    Spec(
        metric="audit_closed_on_time",
        title="nothing due",
        rows={TABLE: [{"raised_on": "2026-07-01", "due_on": "2026-12-31"}]},
        expected="nothing happened",
        value=None,
        says="A quarter in which nothing fell due has no share.",
    ),
    Spec(
        metric="repeat_finding_share",
        title="over four quarters",
        rows={
            TABLE: [
                {"raised_on": "2025-10-01", "is_repeat": True},
                {"raised_on": "2026-09-30", "is_repeat": False},
                {"raised_on": "2026-02-01", "is_repeat": False},
                {"raised_on": "2026-02-01", "is_repeat": False},
                {"raised_on": "2026-02-01"},
                {"raised_on": "2025-09-30", "is_repeat": True},
            ]
        },
        expected="1 / 4",
        value=0.25,
        says="Four quarters end with this one; a finding not classed is counted apart.",
        note="1 not said to be new or repeat",
        n=4,
    ),
    Spec(
        metric="pentest_criticals_open",
        title="critical and high, of testers only",
        rows={
            TABLE: [
                {
                    "origin": "penetration_test",
                    "severity": "critical",
                    "raised_on": "2026-07-01",
                },
                {"origin": "penetration_test", "severity": "high", "raised_on": "2026-07-01"},
                {"origin": "penetration_test", "severity": "medium", "raised_on": "2026-07-01"},
                {"origin": "regulator", "severity": "critical", "raised_on": "2026-07-01"},
                {
                    "origin": "penetration_test",
                    "severity": "critical",
                    "raised_on": "2026-07-01",
                    "closed_on": "2026-08-01",
                },
            ]
        },
        expected="1 + 1",
        value=2,
        says="What a tester showed could be used and is not closed yet.",
        lines={TABLE: (1, 2)},
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
