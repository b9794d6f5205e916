"""Outside findings: what counts as open, when a list is of another quarter, what is noted."""

import pytest

from board_report.metrics.ciso.outside_findings import METRICS, TABLE
from tests.spec.spec import Spec, check

OUTSIDE = "third_party_outside_findings"


def one(severity: str, **more: object) -> dict[str, object]:
    """A finding seen in August and at the end of September, unless said otherwise."""
    return {
        "service": "RiskRecon",
        "severity": severity,
        "first_seen_on": "2026-08-10",
        "last_seen_on": "2026-09-28",
        **more,
    }


SPECS = [
    Spec(
        metric=OUTSIDE,
        title="critical and high, open at quarter end",
        rows={
            TABLE: [
                one("critical"),
                one("high"),
                one("high", last_seen_on=None),
                one("medium"),
                one("low"),
                one("critical", first_seen_on="2026-09-30"),
                one("critical", first_seen_on="2026-10-01", last_seen_on="2026-10-02"),
                one("high", closed_on="2026-09-30"),
                one("high", closed_on="2026-10-01"),
                one("critical", quarter="2026-Q2"),
            ]
        },
        as_of="2026-10-09",
        expected="2 + 3",
        value=5,
        says="First seen by the last day and not closed by then, as its service lists it.",
        note="",
        n=5,
        parts={"critical": 2, "high": 3, "dismissed": 0, "services": 1},
        lines={TABLE: (1, 2, 3, 6, 9)},
    ),
    Spec(
        metric=OUTSIDE,
        title="none of them grave",
        rows={TABLE: [one("medium"), one("low")]},
        expected="0",
        value=0,
        says="A list without critical or high findings is a measured zero.",
        note="",
        n=0,
    ),
    Spec(
        metric=OUTSIDE,
        title="what the service itself calls none",
        rows={
            TABLE: [
                one("high", is_false_positive=True),
                one("high", is_false_positive=False),
                one("critical", analyst_verdict="dismissed"),
                one("critical", analyst_verdict="stands"),
                one("critical", analyst_verdict="stands", is_false_positive=True),
                one("medium", is_false_positive=True),
            ]
        },
        expected="1 + 1",
        value=2,
        says="A false positive and a finding that an analyst dismissed are noted, not counted.",
        note="3 more called no finding by the service",
        parts={"dismissed": 3},
        lines={TABLE: (2, 4)},
    ),
    Spec(
        metric=OUTSIDE,
        title="still listed, long unseen",
        rows={
            TABLE: [
                one("high"),
                one("high", first_seen_on="2025-01-01", last_seen_on="2026-07-02"),
                one("high", first_seen_on="2025-01-01", last_seen_on="2026-07-01"),
            ]
        },
        expected="3",
        value=3,
        says="What a service lists as open counts; those last seen over 90 days ago are noted.",
        note="1 last seen over 90 days before",
        parts={"long_unseen": 1},
    ),
    Spec(
        metric=OUTSIDE,
        title="two services",
        rows={TABLE: [one("high"), one("high", service="Another"), one("low", service="Another")]},
        expected="1 + 1",
        value=2,
        says="Findings of services have no common number, so they add up, and the note says so.",
        note="2 services added up",
        parts={"services": 2},
    ),
    Spec(
        metric=OUTSIDE,
        title="half a quarter from the end",
        rows={TABLE: [one("high", last_seen_on="2026-08-16")]},
        expected="1",
        value=1,
        says="A list whose newest sighting is 45 days old is still this quarter's.",
    ),
    Spec(
        metric=OUTSIDE,
        title="an old list",
        rows={TABLE: [one("high", last_seen_on="2026-08-15")]},
        expected="not measured",
        value=None,
        says="A list that stands nearer to another quarter's end says nothing of this one.",
        note="the newest sighting of RiskRecon for 2026-Q3 is of 15 Aug 2026",
    ),
    Spec(
        metric=OUTSIDE,
        title="a list drawn long after",
        rows={TABLE: [one("high", quarter="2026-Q2", first_seen_on="2026-01-01")]},
        quarter="2026-Q2",
        as_of="2026-10-09",
        expected="not measured",
        value=None,
        says="Today's list leaves out what was closed since, so it cannot stand for June.",
        note="the newest sighting of RiskRecon for 2026-Q2 is of 28 Sep 2026",
    ),
    Spec(
        metric=OUTSIDE,
        title="one of two lists is old",
        rows={TABLE: [one("high"), one("high", service="Another", last_seen_on="2026-08-11")]},
        expected="not measured",
        value=None,
        says="A sum that leaves out the newest list of one service would be too low.",
        note="the newest sighting of Another for 2026-Q3 is of 11 Aug 2026",
    ),
    Spec(
        metric=OUTSIDE,
        title="no list",
        rows={TABLE: [one("high", quarter="2026-Q2")]},
        expected="not measured",
        value=None,
        says="A quarter without a list does not mean that nothing was found.",
        note="no outside findings recorded for 2026-Q3",
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
