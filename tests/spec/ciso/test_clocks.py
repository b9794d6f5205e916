"""The clocks of an incident: detect, dwell, acknowledge, contain, recover."""

import pytest

from board_report.metrics.ciso.clocks import CLOCKS
from tests.spec.spec import Spec, check

TABLE = "incidents"

TEN = [
    {
        "occurred_at": "2026-08-01 00:00",
        "detected_at": f"2026-08-01 {hours:02d}:00",
        "recovered_at": "2026-08-02 00:00",
    }
    for hours in range(1, 11)
]

SPECS = [
    Spec(
        metric="mttd",
        title="median of two",
        rows={
            TABLE: [
                {"occurred_at": "2026-08-01 02:00", "detected_at": "2026-08-01 12:00"},
                {"occurred_at": "2026-06-29 18:00", "detected_at": "2026-07-01 00:00"},
                {"detected_at": "2026-09-01 12:00"},
                {"occurred_at": "2026-06-01 02:00", "detected_at": "2026-06-30 23:59:59"},
            ]
        },
        expected="(10 + 30) / 2",
        value=20,
        says="Over incidents detected in the quarter; an unknown start is counted, not dropped.",
        note="1 of unknown start",
        n=2,
        parts={
            "median": 20,
            "p90": 30,  # after the first of two a half goes on, after the second none
            "mean_of_ended": (10 + 30) / 2,
            "measured": 2,
            "population": 3,
            "open": 0,
            "unknown": 1,
        },
        lines={TABLE: (1, 2, 3)},
    ),
    Spec(
        metric="mttd",
        title="percentiles of 1 to 10 hours",
        rows={TABLE: TEN},
        expected="(5 + 6) / 2",
        value=5.5,
        says="A tenth goes on from the 9th to the 10th value: the percentile is their middle.",
        # The interval: the second and the ninth of ten, as tables of order statistics give it.
        parts={"p90": 9.5, "mean_of_ended": 55 / 10, "median_low": 2, "median_high": 9},
        n=10,
        note="",
    ),
    Spec(
        metric="mttd",
        title="the clocks go forward and back",
        rows={
            TABLE: [
                {"occurred_at": "2025-11-02 00:30", "detected_at": "2025-11-02 03:30"},
            ]
        },
        quarter="2025-Q4",
        expected="3 + 1",
        value=4,
        says="Hours are elapsed hours: the night on which clocks go back has one more.",
    ),
    Spec(
        metric="mttd",
        title="no start known",
        rows={TABLE: [{"detected_at": "2026-09-01 12:00"}, {"detected_at": "2026-09-02 12:00"}]},
        expected="withheld",
        value=None,
        says="Incidents whose starts are all unknown leave nothing to print, and say so.",
        note="2 of unknown start",
        n=0,
    ),
    Spec(
        metric="mttd",
        title="no incidents",
        rows={TABLE: [{"occurred_at": "2026-06-01 02:00", "detected_at": "2026-06-30 23:59:59"}]},
        expected="nothing happened",
        value=None,
        says="A quarter without incidents has no time to detect; it is not zero.",
        note="",
        n=0,
    ),
    Spec(
        metric="mttd",
        title="no register",
        rows={},
        expected="not measured",
        value=None,
        says="Without a register there is nothing to measure.",
    ),
    Spec(
        metric="dwell_time",
        title="from the start to containment",
        rows={
            TABLE: [
                {
                    "occurred_at": "2026-08-01 00:00",
                    "detected_at": "2026-08-01 12:00",
                    "contained_at": "2026-08-02 06:00",
                },
                {"detected_at": "2026-08-03 12:00", "contained_at": "2026-08-03 18:00"},
                {"occurred_at": "2026-08-01 00:00", "detected_at": "2026-08-04 12:00"},
                {
                    "occurred_at": "2026-08-05 00:00",
                    "detected_at": "2026-08-05 12:00",
                    "contained_at": "2026-08-05 20:00",
                },
            ]
        },
        expected="24 + 6",
        value=30,
        # of three, 2/3 go on after 20 hours and 1/3 after 30
        says="Dwell time ends with containment; 20 and 30 hours and one that goes on have 30.",
        note="1 not contained yet, 1 of unknown start or containment",
        n=3,
    ),
    Spec(
        metric="mtta",
        title="until a responder took it on",
        rows={
            TABLE: [
                {"detected_at": "2026-08-01 12:00", "acknowledged_at": "2026-08-01 12:30"},
                {"detected_at": "2026-08-02 12:00", "acknowledged_at": "2026-08-02 14:00"},
                {"detected_at": "2026-08-03 12:00", "recovered_at": "2026-08-03 13:00"},
                {"detected_at": "2026-09-30 23:59:59"},
            ]
        },
        expected="(0.5 + 2) / 2",
        value=1.25,
        # the open one was seen for a second alone, and says nothing about half an hour
        says="An ended incident that nobody marked as acknowledged is unknown, not open.",
        note="1 not acknowledged yet, 1 of unknown acknowledgement",
        n=3,
    ),
    Spec(
        metric="mttc",
        title="until it could spread no further",
        rows={
            TABLE: [
                {"detected_at": "2026-08-01 12:00", "contained_at": "2026-08-01 18:00"},
                {"detected_at": "2026-08-02 12:00", "contained_at": "2026-08-03 00:00"},
                {"detected_at": "2026-08-03 12:00", "contained_at": "2026-08-06 12:00"},
                {"detected_at": "2026-08-04 12:00", "recovered_at": "2026-08-04 13:00"},
                {"detected_at": "2026-08-05 12:00"},
            ]
        },
        expected="(12 + 72) / 2",
        value=42,
        says="Of 6, 12 and 72 hours and one that goes on, half go on from 12 hours to 72.",
        note="1 not contained yet, 1 of unknown containment",
        parts={"mean_of_ended": (6 + 12 + 72) / 3},
        n=4,
    ),
    Spec(
        metric="mttr",
        title="until service was back",
        rows={
            TABLE: [
                {"detected_at": "2026-08-01 12:00", "recovered_at": "2026-08-02 12:00"},
                {"detected_at": "2026-09-30 12:00", "recovered_at": "2026-10-02 12:00"},
                {"detected_at": "2026-09-30 12:00", "recovered_at": "2026-10-10 00:00:00"},
                {"detected_at": "2026-09-30 23:59:59"},
                {"detected_at": "2026-08-03 12:00", "recovered_at": "2026-08-06 12:00"},
            ]
        },
        as_of="2026-10-09",
        expected="3 * 24",
        value=72,
        # of five, 4/5 go on after 24 hours, 3/5 after 48 and 2/5 after 72
        says="A recovery after the quarter counts once known; after the as-of date it is open.",
        note="2 still open",
        n=5,
        parts={"open": 2, "unknown": 0, "population": 5, "measured": 3},
    ),
    Spec(
        metric="mttr",
        title="half still open",
        rows={
            TABLE: [
                {"detected_at": "2026-08-01 12:00", "recovered_at": "2026-08-02 12:00"},
                {"detected_at": "2026-09-29 00:00"},
            ]
        },
        expected="withheld",
        value=None,
        # 24 hours, and 48 so far: whenever the second ends, the median is no less than their middle
        says="When half are open, how long they will take is not known, and a bound is said.",
        note="1 still open, median at least 36 hours so far",
        n=2,
        parts={"so_far": (24 + 48) / 2},
    ),
    Spec(
        metric="mttr",
        title="an earlier quarter, seen later",
        rows={TABLE: [{"detected_at": "2026-06-30 12:00", "recovered_at": "2026-07-05 12:00"}]},
        quarter="2026-Q2",
        as_of="2026-09-30",
        expected="5 * 24",
        value=120,
        says="The quarter of detection gains the duration when the incident ends later.",
    ),
    Spec(
        metric="mttr",
        title="all still open",
        rows={TABLE: [{"detected_at": "2026-08-01 12:00"}]},
        expected="withheld",
        value=None,
        says="When nothing has ended yet there is no median, and the reader is told why.",
        # from noon on 1 August to midnight after 30 September: 60.5 days
        note="1 still open, median at least 1,452 hours so far",
    ),
    Spec(
        metric="mttr",
        title="closed without a time of recovery",
        rows={
            TABLE: [
                {"detected_at": "2026-08-01 12:00", "recovered_at": "2026-08-02 12:00"},
                {"detected_at": "2026-08-01 12:00", "closed_at": "2026-08-09 12:00"},
                {"detected_at": "2026-08-01 12:00", "closed_at": "2026-10-10 00:00:00"},
                {"detected_at": "2026-08-01 12:00"},
                {"detected_at": "2026-08-01 12:00", "recovered_at": "2026-08-03 12:00"},
                {"detected_at": "2026-08-01 12:00", "recovered_at": "2026-08-04 12:00"},
            ]
        },
        as_of="2026-10-09",
        expected="3 * 24",
        value=72,
        says="The day of closing is no recovery: such an incident is neither measured nor open.",
        note="2 still open, 1 closed without a time of recovery",
        n=5,
        parts={"open": 2, "unknown": 1, "population": 6},
    ),
    Spec(
        metric="mttr",
        title="all closed, none with a time of recovery",
        rows={TABLE: [{"detected_at": "2026-08-01 12:00", "closed_at": "2026-08-09 12:00"}]},
        expected="withheld",
        value=None,
        says="Nothing can be measured, and nothing is called open.",
        note="1 closed without a time of recovery",
        n=0,
    ),
    *(
        Spec(
            metric=metric,
            title="closed without the time that is measured",
            rows={
                TABLE: [
                    {
                        "occurred_at": "2026-08-01 00:00",
                        "detected_at": "2026-08-01 12:00",
                        "closed_at": "2026-08-09 12:00",
                    },
                    {"detected_at": "2026-08-02 12:00"},
                ]
            },
            expected="withheld",
            value=None,
            says="What is closed is over, at a time that nobody knows.",
            note=note,
            n=seen,
        )
        # From noon on 2 August to midnight after 30 September are 59.5 days; what has no known
        # start has no known age either.
        for metric, note, seen in (
            ("dwell_time", "2 of unknown start or containment", 0),
            (
                "mtta",
                "1 not acknowledged yet, 1 of unknown acknowledgement, "
                "median at least 1,428 hours so far",
                1,
            ),
            (
                "mttc",
                "1 not contained yet, 1 of unknown containment, median at least 1,428 hours so far",
                1,
            ),
        )
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, CLOCKS)
