"""Third parties: how many, assessed, rated, and the findings held against them."""

import pytest

from board_report.metrics.ciso.third_parties import METRICS
from tests.spec.spec import Spec, check

TABLE = "third_parties"

SPECS = [
    Spec(
        metric="third_parties_count",
        title="this quarter's snapshot",
        rows={TABLE: [{}, {}, {"quarter": "2026-Q2"}]},
        expected="1 + 1",
        value=2,
        says="Vendors of the quarter's snapshot, each once.",
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="third_parties_count",
        title="no snapshot",
        rows={TABLE: [{"quarter": "2026-Q2"}]},
        expected="not measured",
        value=None,
        says="A quarter without a snapshot does not mean that there are no vendors.",
        note="no third parties recorded for 2026-Q3",
    ),
    Spec(
        metric="tier_1_assessed_share",
        title="assessed within 365 days",
        rows={
            TABLE: [
                {"tier": "tier_1", "last_assessed_on": "2025-09-30"},
                {"tier": "tier_1", "last_assessed_on": "2026-09-30"},
                {"tier": "tier_1", "last_assessed_on": "2025-09-29"},
                {"tier": "tier_1"},
                {"tier": "tier_1", "last_assessed_on": "2026-10-01"},
                {"tier": "tier_2", "last_assessed_on": "2026-09-01"},
            ]
        },
        as_of="2026-10-09",
        expected="(1 + 1) / 5",
        value=0.4,
        says="365 days before the end still counts; an assessment after the end is not known.",
        note="2 never assessed, 1 assessed over a year ago",
        n=5,
        parts={"never_assessed": 2, "over_a_year_old": 1},
        lines={TABLE: (1, 2, 3, 4, 5)},
    ),
    Spec(
        metric="tier_1_assessed_share",
        title="no tier 1 vendor",
        rows={TABLE: [{"tier": "tier_2"}]},
        expected="nothing happened",
        value=None,
        says="Without a critical vendor there is no share.",
    ),
    Spec(
        metric="third_party_rating",
        title="median of the rated",
        rows={
            TABLE: [
                {"rating": 90},
                {"rating": 70},
                {"rating": 0},
                {},
                {"rating": 10, "quarter": "2026-Q2"},
            ]
        },
        expected="70",
        value=70,
        says="A rating of zero is a rating; a vendor without one is counted, not zero.",
        note="1 unrated",
        n=3,
        parts={"lowest": 0, "unrated": 1, "mean": (90 + 70 + 0) / 3},
        lines={TABLE: (1, 2, 3)},
    ),
    Spec(
        metric="third_party_rating",
        title="none rated",
        rows={TABLE: [{}, {}]},
        expected="withheld",
        value=None,
        says="Vendors of which none is rated have no median.",
        note="2 unrated",
    ),
    Spec(
        metric="third_party_rating",
        title="on a scale of 900",
        rows={TABLE: [{"rating": 740, "rating_out_of": 900}, {"rating": 60, "rating_out_of": 900}]},
        expected="(740 + 60) / 2",
        value=400,
        says="Ratings of one service are kept on its own scale.",
        n=2,
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="third_party_rating",
        title="on two scales",
        rows={TABLE: [{"rating": 740, "rating_out_of": 900}, {"rating": 60}]},
        expected="withheld",
        value=None,
        says="Ratings of services with different scales have no common median.",
        note="the ratings are on different scales",
    ),
    Spec(
        metric="third_parties_unrated",
        title="without a score",
        rows={TABLE: [{"rating": 90}, {}, {}, {"quarter": "2026-Q2"}]},
        expected="1 + 1",
        value=2,
        says="What the median rating says nothing about.",
        lines={TABLE: (2, 3)},
    ),
    Spec(
        metric="third_party_criticals",
        title="a sum of findings",
        rows={
            TABLE: [
                {"tier": "tier_1", "open_criticals": 3},
                {"tier": "tier_3", "open_criticals": 0},
                {"tier": "tier_2", "open_criticals": 2},
                {"tier": "tier_2", "open_criticals": 9, "quarter": "2026-Q2"},
            ]
        },
        expected="3 + 0 + 2",
        value=5,
        says="Open critical findings add up over the vendors of the quarter.",
        n=3,
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
