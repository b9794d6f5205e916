"""Policies in date, and accepted risks."""

import pytest

from board_report.metrics.ciso.governance import METRICS
from tests.spec.spec import Spec, check

POLICIES = "policies"
ACCEPTANCES = "risk_acceptances"


def approval(policy: str, approved_on: str, review_due_on: str) -> dict[str, str]:
    """One row of the policy register."""
    return {"policy_id": policy, "approved_on": approved_on, "review_due_on": review_due_on}


SPECS = [
    Spec(
        metric="policies_in_date",
        title="each policy by its latest approval",
        rows={
            POLICIES: [
                approval("P1", "2026-02-01", "2027-02-01"),
                approval("P1", "2025-02-01", "2026-02-01"),
                approval("P2", "2025-09-30", "2026-09-30"),
                approval("P3", "2025-09-29", "2026-09-29"),
                approval("P3", "2026-10-01", "2027-10-01"),
                approval("P4", "2026-10-01", "2027-10-01"),
            ]
        },
        as_of="2026-10-09",
        expected="(1 + 1) / 3",
        value=2 / 3,
        says="A review due on the last day is in date; an approval after the end is not known.",
        note="1 past the review date",
        n=3,
        lines={POLICIES: (1, 3, 4)},
    ),
    Spec(
        metric="policies_in_date",
        title="no policy yet",
        rows={POLICIES: [approval("P4", "2026-10-01", "2027-10-01")]},
        as_of="2026-10-09",
        expected="nothing happened",
        value=None,
        says="Before the first approval there is nothing to be in date.",
    ),
    Spec(
        metric="acceptances_open",
        title="a stock at quarter end",
        rows={
            ACCEPTANCES: [
                {"accepted_on": "2026-09-30", "expires_on": "2027-09-30"},
                {"accepted_on": "2025-01-01", "expires_on": "2026-01-01"},
                {
                    "accepted_on": "2025-01-01",
                    "expires_on": "2027-01-01",
                    "closed_on": "2026-09-30",
                },
                {"accepted_on": "2026-10-01", "expires_on": "2027-09-30"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="One that has lapsed is still open, since the risk is still there.",
        note="1 of them lapsed",
        lines={ACCEPTANCES: (1, 2)},
    ),
    Spec(
        metric="acceptances_lapsed",
        title="open past their expiry",
        rows={
            ACCEPTANCES: [
                {"accepted_on": "2025-01-01", "expires_on": "2026-09-29"},
                {"accepted_on": "2025-01-01", "expires_on": "2026-09-30"},
                {
                    "accepted_on": "2025-01-01",
                    "expires_on": "2026-01-01",
                    "closed_on": "2026-10-01",
                },
                {
                    "accepted_on": "2025-01-01",
                    "expires_on": "2026-01-01",
                    "closed_on": "2026-09-30",
                },
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="It holds on its last day; closed after the end still counts at the end.",
        lines={ACCEPTANCES: (1, 3)},
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
