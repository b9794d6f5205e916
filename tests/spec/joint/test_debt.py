"""Security debt: what the figures come to, by hand."""

import pytest

from board_report.metrics.joint.debt import METRICS
from tests.spec.spec import Spec, check


def finding(first_seen_on, due_on, closed_on=None):
    return {"first_seen_on": first_seen_on, "due_on": due_on, "closed_on": closed_on}


SPECS = (
    Spec(
        metric="security_debt_burned_down",
        title="overdue when the quarter began",
        rows={
            "vulnerability_findings": [
                finding("2026-04-01", "2026-05-01", "2026-07-01"),
                finding("2026-05-15", "2026-06-30", "2026-09-30"),
                finding("2025-01-10", "2025-02-10"),
                finding("2026-04-01", "2026-05-01", "2026-10-01"),
                finding("2026-04-01", "2026-05-01", "2026-06-30"),
                finding("2026-05-15", "2026-07-01", "2026-08-01"),
                finding("2026-07-01", "2026-06-30", "2026-08-01"),
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="Of four overdue on 1 July two are closed by 30 September; new debt is no part of it.",
        n=4,
        lines={"vulnerability_findings": (1, 2, 3, 4)},
    ),
    Spec(
        metric="security_debt_burned_down",
        title="part of a quarter",
        rows={
            "vulnerability_findings": [
                finding("2026-04-01", "2026-05-01", "2026-08-31"),
                finding("2026-04-01", "2026-05-01", "2026-09-01"),
            ]
        },
        expected="1 / 2",
        value=0.5,
        says="On 31 August what is closed the day after still counts as debt.",
        n=2,
        as_of="2026-08-31",
    ),
    Spec(
        metric="security_debt_burned_down",
        title="nothing was overdue",
        rows={"vulnerability_findings": [finding("2026-06-01", "2026-07-01")]},
        expected="nothing happened",
        value=None,
        says="Without debt at the start there is no share of it, though some arose since.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
