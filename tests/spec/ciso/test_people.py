"""Training in time, and simulated phishing."""

import pytest

from board_report.metrics.ciso.people import METRICS
from tests.spec.spec import Spec, check

TRAINING = "training_enrollments"
PHISHING = "phishing_campaigns"

SPECS = [
    Spec(
        metric="training_completion",
        title="over enrollments due",
        rows={
            TRAINING: [
                {"due_on": "2026-07-01", "completed_on": "2026-05-20"},
                {"due_on": "2026-09-30", "completed_on": "2026-09-30"},
                {"due_on": "2026-09-15", "completed_on": "2026-09-16"},
                {"due_on": "2026-09-15"},
                {"due_on": "2026-10-01", "completed_on": "2026-09-01"},
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="Completed on the due date is in time; late is not, and is counted apart.",
        note="1 completed late, 1 not completed",
        n=4,
        lines={TRAINING: (1, 2, 3, 4)},
    ),
    Spec(
        metric="training_completion",
        title="nothing due",
        rows={TRAINING: []},
        expected="nothing happened",
        value=None,
        says="A quarter in which no course fell due has no share.",
    ),
    Spec(
        metric="phishing_click_rate",
        title="a sum over a sum",
        rows={
            PHISHING: [
                {"sent_on": "2026-07-10", "difficulty": "easy", "delivered": 900, "clicked": 9},
                {"sent_on": "2026-09-30", "difficulty": "hard", "delivered": 100, "clicked": 21},
                {"sent_on": "2026-10-01", "difficulty": "hard", "delivered": 50, "clicked": 50},
            ]
        },
        as_of="2026-10-09",
        expected="(9 + 21) / (900 + 100)",
        value=0.03,
        says="Campaigns weigh by their messages; each difficulty has its share and its own rate.",
        note="messages by difficulty: 900 easy, 100 hard",
        n=1000,
        parts={
            "easy": 900 / 1000,
            "hard": 100 / 1000,
            "rate_easy": 9 / 900,
            "rate_hard": 21 / 100,
        },
        lines={PHISHING: (1, 2)},
    ),
    Spec(
        metric="phishing_click_rate",
        title="no campaign",
        rows={PHISHING: [{"sent_on": "2026-06-30", "delivered": 50, "clicked": 1}]},
        expected="nothing happened",
        value=None,
        says="A quarter without a campaign has no rate.",
        note="",
    ),
    Spec(
        metric="phishing_report_rate",
        title="people who reported",
        rows={
            PHISHING: [
                {
                    "sent_on": "2026-07-10",
                    "difficulty": "moderate",
                    "delivered": 300,
                    "clicked": 12,
                    "reported": 90,
                },
                {
                    "sent_on": "2026-08-10",
                    "difficulty": "moderate",
                    "delivered": 100,
                    "clicked": 0,
                    "reported": 50,
                },
            ]
        },
        expected="(90 + 50) / (300 + 100)",
        value=0.35,
        says="Somebody who clicked and then reported counts as well.",
        parts={"moderate": 1, "rate_moderate": 140 / 400},
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
