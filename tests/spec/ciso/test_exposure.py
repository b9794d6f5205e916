"""Vulnerabilities: closed when due, overdue, exploited, and how fast they go."""

import pytest

from board_report.metrics.ciso.exposure import METRICS
from tests.spec.spec import Spec, check

TABLE = "vulnerability_findings"
KEV = "kev_catalogue"
EPSS = "exploit_predictions"

SPECS = [
    Spec(
        metric="patch_sla_compliance",
        title="over what was due, not what was closed",
        rows={
            TABLE: [
                {"due_on": "2026-07-01", "closed_on": "2026-06-15"},
                {"due_on": "2026-09-30", "closed_on": "2026-09-30"},
                {"due_on": "2026-08-10", "closed_on": "2026-08-11"},
                {"due_on": "2026-08-10"},
                {"due_on": "2026-10-01", "closed_on": "2026-09-01"},
                {"due_on": "2026-06-30", "closed_on": "2026-09-01"},
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="A finding closed on its due date is in time; one nobody closed stays in the figure.",
        note="1 closed late, 1 still open",
        n=4,
        parts={"late": 1, "open": 1},
        lines={TABLE: (1, 2, 3, 4)},
    ),
    Spec(
        metric="patch_sla_compliance",
        title="up to the as-of date",
        rows={
            TABLE: [
                {"due_on": "2026-08-15", "closed_on": "2026-08-15"},
                {"due_on": "2026-08-16", "closed_on": "2026-08-16"},
            ]
        },
        as_of="2026-08-15",
        expected="1 / 1",
        value=1,
        says="What falls due after the as-of date is not due yet.",
        n=1,
    ),
    Spec(
        metric="patch_sla_compliance",
        title="nothing due",
        rows={TABLE: [{"due_on": "2026-06-30", "closed_on": "2026-06-30"}]},
        expected="nothing happened",
        value=None,
        says="A quarter in which nothing fell due has no share.",
    ),
    Spec(
        metric="crown_jewel_patch_sla",
        title="crown jewels only",
        rows={
            TABLE: [
                {"asset_tier": "crown_jewel", "due_on": "2026-07-10", "closed_on": "2026-07-09"},
                {"asset_tier": "crown_jewel", "due_on": "2026-07-10", "closed_on": "2026-07-08"},
                {"asset_tier": "crown_jewel", "due_on": "2026-07-10", "closed_on": "2026-10-02"},
                {"asset_tier": "workplace", "due_on": "2026-07-10"},
            ]
        },
        expected="2 / 3",
        value=2 / 3,
        says="Only findings on crown jewels; a closure after the as-of date is not known.",
        note="1 still open",
        n=3,
    ),
    Spec(
        metric="vulnerabilities_overdue",
        title="open and past due at quarter end",
        rows={
            TABLE: [
                {"first_seen_on": "2025-01-05", "due_on": "2025-02-05"},
                {"first_seen_on": "2026-08-05", "due_on": "2026-09-29"},
                {"first_seen_on": "2026-08-05", "due_on": "2026-09-30"},
                {
                    "first_seen_on": "2026-08-05",
                    "due_on": "2026-08-20",
                    "closed_on": "2026-09-30",
                },
                {
                    "first_seen_on": "2026-08-05",
                    "due_on": "2026-08-20",
                    "closed_on": "2026-10-01",
                },
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1 + 1",
        value=3,
        says="Due on the last day is not overdue; closed the day after still counts.",
        lines={TABLE: (1, 2, 5)},
    ),
    Spec(
        metric="kev_open",
        title="against the catalogue as it was",
        rows={
            TABLE: [
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05"},
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05", "closed_on": "2026-07-20"},
                {"cve": "CVE-2026-0002", "first_seen_on": "2026-07-05"},
                {"cve": "CVE-2026-0003", "first_seen_on": "2026-07-05"},
                {"first_seen_on": "2026-07-05"},
            ],
            KEV: [
                {"cve": "CVE-2026-0001", "added_on": "2026-09-26", "kev_due_on": "2026-10-17"},
                {"cve": "CVE-2026-0002", "added_on": "2026-10-01", "kev_due_on": "2026-10-22"},
            ],
        },
        as_of="2026-10-09",
        expected="1",
        value=1,
        says="A CVE that entered the catalogue after the quarter was not known as exploited.",
        note="1 open without a CVE",
        parts={"catalogue_age_days": 30 - 26, "no_cve": 1},
        lines={TABLE: (1,), KEV: (1,)},
    ),
    Spec(
        metric="kev_open",
        title="no catalogue",
        rows={TABLE: [{"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05"}]},
        expected="not measured",
        value=None,
        says="Without a dated copy of the catalogue nothing can be said, least of all zero.",
        note="no file was given for known exploited vulnerabilities",
    ),
    Spec(
        metric="kev_open",
        title="a catalogue that begins later",
        rows={
            TABLE: [{"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05"}],
            KEV: [{"cve": "CVE-2026-0001", "added_on": "2026-10-01", "kev_due_on": "2026-10-22"}],
        },
        as_of="2026-10-09",
        expected="not measured",
        value=None,
        says="A copy without entries by the end of the quarter measures nothing.",
    ),
    Spec(
        metric="kev_open",
        title="several flaws in one finding",
        rows={
            TABLE: [
                {"first_seen_on": "2026-07-01", "cve": "CVE-2026-0001 CVE-2026-0002"},
                {"first_seen_on": "2026-07-01", "cve": "CVE-2026-0003 CVE-2026-0004"},
            ],
            KEV: [
                {"cve": "CVE-2026-0002", "added_on": "2026-07-02", "kev_due_on": "2026-12-01"},
                {"cve": "CVE-2026-0001", "added_on": "2026-07-02", "kev_due_on": "2026-12-01"},
            ],
        },
        expected="1 + 0",
        value=1,
        says="A finding that names several CVEs counts once, when any of them is exploited.",
        lines={TABLE: (1,), KEV: (1, 2)},
    ),
    Spec(
        metric="kev_overdue",
        title="by the catalogue's due date",
        rows={
            TABLE: [
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05", "due_on": "2026-12-31"},
                {"cve": "CVE-2026-0002", "first_seen_on": "2026-07-05", "due_on": "2026-08-01"},
                {"cve": "CVE-2026-0003", "first_seen_on": "2026-07-05", "due_on": "2026-08-01"},
            ],
            KEV: [
                {"cve": "CVE-2026-0001", "added_on": "2026-09-08", "kev_due_on": "2026-09-29"},
                {"cve": "CVE-2026-0002", "added_on": "2026-09-09", "kev_due_on": "2026-09-30"},
            ],
        },
        expected="1",
        value=1,
        says="The catalogue's date decides, not the company's; due on the last day is not overdue.",
        lines={TABLE: (1,)},
    ),
    Spec(
        metric="kev_open",
        title="a copy that says when it was released",
        rows={
            TABLE: [{"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05"}],
            KEV: [
                {
                    "cve": "CVE-2026-0001",
                    "added_on": "2026-08-20",
                    "kev_due_on": "2026-10-17",
                    "released_on": "2026-09-28",
                },
            ],
        },
        expected="1",
        value=1,
        says="The age of a copy is told beside that of its newest entry, where it is known.",
        parts={"catalogue_age_days": 10 + 31, "copy_age_days": 30 - 28},
    ),
    Spec(
        metric="likely_exploited_open",
        title="10% and more, as scored by then",
        rows={
            TABLE: [
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05"},
                {"cve": "CVE-2026-0002", "first_seen_on": "2026-09-30"},
                {"cve": "CVE-2026-0003", "first_seen_on": "2026-07-05"},
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05", "closed_on": "2026-09-30"},
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05", "closed_on": "2026-10-01"},
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-10-01"},
                {"cve": "CVE-2026-0004", "first_seen_on": "2026-07-05"},
                {"first_seen_on": "2026-07-05"},
            ],
            EPSS: [
                {"cve": "CVE-2026-0001", "scored_on": "2026-09-28", "epss": 0.1},
                {"cve": "CVE-2026-0002", "scored_on": "2026-09-28", "epss": 0.09999},
                {"cve": "CVE-2026-0003", "scored_on": "2026-09-28", "epss": 0.97},
            ],
        },
        as_of="2026-10-09",
        expected="1 + 1 + 1",
        value=3,
        says="Exactly 10% counts; without a CVE or a score nothing can be said, and it is told.",
        note="1 open without a CVE, 1 open without a score",
        parts={"scores_age_days": 30 - 28, "no_cve": 1, "no_score": 1},
        lines={TABLE: (1, 3, 5), EPSS: (1, 3)},
    ),
    Spec(
        metric="likely_exploited_open",
        title="the newest score by then, of each CVE",
        rows={
            TABLE: [
                {"cve": "CVE-2026-0001", "first_seen_on": "2026-03-05"},
                {"cve": "CVE-2026-0002", "first_seen_on": "2026-03-05"},
                {"cve": "CVE-2026-0003", "first_seen_on": "2026-03-05"},
            ],
            EPSS: [
                {"cve": "CVE-2026-0001", "scored_on": "2026-09-30", "epss": 0.02},
                {"cve": "CVE-2026-0001", "scored_on": "2026-06-30", "epss": 0.6},
                {"cve": "CVE-2026-0002", "scored_on": "2026-06-30", "epss": 0.4},
                {"cve": "CVE-2026-0003", "scored_on": "2026-06-30", "epss": 0.01},
                {"cve": "CVE-2026-0003", "scored_on": "2026-10-01", "epss": 0.8},
            ],
        },
        as_of="2026-10-09",
        expected="0 + 1 + 0",
        value=1,
        says="A score is replaced by a newer one, and one made after the quarter is not known yet.",
        parts={"scores_age_days": 0},
        lines={TABLE: (2,), EPSS: (3,)},
    ),
    Spec(
        metric="likely_exploited_open",
        title="several flaws in one finding",
        rows={
            TABLE: [
                {"first_seen_on": "2026-07-01", "cve": "CVE-2026-0001 CVE-2026-0002"},
                {"first_seen_on": "2026-07-01", "cve": "CVE-2026-0001 CVE-2026-0003"},
            ],
            EPSS: [
                {"cve": "CVE-2026-0001", "scored_on": "2026-09-30", "epss": 0.001},
                {"cve": "CVE-2026-0002", "scored_on": "2026-09-30", "epss": 0.2},
            ],
        },
        expected="1 + 0",
        value=1,
        says="A finding of several CVEs counts once, when any of them is likely to be exploited.",
        note="",
        parts={"no_score": 0},
        lines={TABLE: (1,), EPSS: (2,)},
    ),
    Spec(
        metric="likely_exploited_open",
        title="scores made later",
        rows={
            TABLE: [{"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05"}],
            EPSS: [{"cve": "CVE-2026-0001", "scored_on": "2026-10-01", "epss": 0.9}],
        },
        as_of="2026-10-09",
        expected="not measured",
        value=None,
        says="What was predicted after the quarter was not known in it; that is no zero.",
        note="no exploit prediction was made by then",
    ),
    Spec(
        metric="likely_exploited_open",
        title="no scores",
        rows={TABLE: [{"cve": "CVE-2026-0001", "first_seen_on": "2026-07-05"}]},
        expected="not measured",
        value=None,
        says="Without predictions nothing can be said, least of all zero.",
        note="no file was given for exploit predictions",
    ),
    Spec(
        metric="internet_criticals_open",
        title="critical and reachable",
        rows={
            TABLE: [
                {"severity": "critical", "exposure": "internet", "first_seen_on": "2026-09-30"},
                {"severity": "critical", "exposure": "internet", "first_seen_on": "2026-10-01"},
                {"severity": "critical", "exposure": "internal", "first_seen_on": "2026-08-05"},
                {"severity": "high", "exposure": "internet", "first_seen_on": "2026-08-05"},
            ]
        },
        as_of="2026-10-09",
        expected="1",
        value=1,
        says="Seen on the last day counts, whether or not it is due.",
        lines={TABLE: (1,)},
    ),
    Spec(
        metric="time_to_remediate",
        title="over findings first seen in the quarter",
        rows={
            TABLE: [
                {"first_seen_on": "2026-07-01", "closed_on": "2026-07-11"},
                {"first_seen_on": "2026-08-31", "closed_on": "2026-09-30"},
                {"first_seen_on": "2026-09-30", "closed_on": "2026-10-09"},
                {"first_seen_on": "2026-08-10"},
                {"first_seen_on": "2026-07-01", "closed_on": "2026-10-10"},
                {"first_seen_on": "2026-06-30", "closed_on": "2026-07-01"},
            ]
        },
        as_of="2026-10-09",
        expected="30",
        value=30,
        # 9, 10 and 30 days, and two open for 60 and 100: 4/5, 3/5 and 2/5 go on after each
        says="A backlog that nobody touches shows in it: without the two open ones it would be 10.",
        note="2 still open",
        n=5,
        parts={"open": 2, "mean_of_ended": (9 + 10 + 30) / 3},
        lines={TABLE: (1, 2, 3, 4, 5)},
    ),
    Spec(
        metric="reappeared_share",
        title="fixes that did not hold",
        rows={
            TABLE: [
                {"closed_on": "2026-07-01", "reopened_count": 1},
                {"closed_on": "2026-07-02", "reopened_count": 0},
                {"closed_on": "2026-07-03", "reopened_count": 0},
                {"closed_on": "2026-07-04", "reopened_count": 3},
                {"closed_on": "2026-07-05"},
                {"closed_on": "2026-10-01", "reopened_count": 1},
            ]
        },
        as_of="2026-10-09",
        expected="(1 + 1) / 4",
        value=0.5,
        says="A finding that came back three times counts once.",
        note="1 with reopenings unknown",
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
