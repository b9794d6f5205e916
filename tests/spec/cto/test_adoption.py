"""Technology adoption: what the figures come to, by hand."""

import pytest

from board_report.metrics.cto.adoption import METRICS
from tests.spec.spec import Spec, check


def launch(live_on, review_passed_on=None):
    return {"live_on": live_on, "review_passed_on": review_passed_on}


def approval(requested_on, approved_on=None, **more):
    return {"requested_on": requested_on, "approved_on": approved_on, **more}


def users(planned, actual, quarter="2026-Q3"):
    return {"quarter": quarter, "users_planned": planned, "users_actual": actual}


def plan(planned_live_on, **more):
    return {"requested_on": "2026-01-05", "planned_live_on": planned_live_on, **more}


SPECS = (
    Spec(
        metric="secure_adoption_rate",
        title="reviewed by the day of launch",
        rows={
            "technology_portfolio": [
                launch("2026-08-10", "2026-07-01"),
                launch("2026-08-11", "2026-08-11"),
                launch("2026-08-12", "2026-08-13"),
                launch("2026-08-13"),
            ]
        },
        expected="(1 + 1 + 0 + 0) / 4",
        value=0.5,
        says="A review passed on the day of launch counts; one passed a day later does not.",
        note="1 reviewed only after launch, 1 not reviewed at all",
        n=4,
        parts={"numerator": 2, "denominator": 4},
        lines={"technology_portfolio": (1, 2, 3, 4)},
    ),
    Spec(
        metric="secure_adoption_rate",
        title="four quarters, first and last day",
        rows={
            "technology_portfolio": [
                launch("2025-09-30"),
                launch("2025-10-01", "2025-09-01"),
                launch("2026-09-30"),
                launch("2026-10-01"),
                launch(None, "2026-09-01"),
            ]
        },
        expected="(1 + 0) / 2",
        value=0.5,
        says="Launches from 1 October of last year to 30 September count, and no others.",
        lines={"technology_portfolio": (2, 3)},
    ),
    Spec(
        metric="secure_adoption_rate",
        title="nothing launched",
        rows={"technology_portfolio": [launch(None)]},
        expected="nothing happened",
        value=None,
        says="Without a launch in four quarters there is nothing to measure.",
    ),
    Spec(
        metric="secure_adoption_rate",
        title="no portfolio given",
        rows={},
        expected="not measured",
        value=None,
        says="Without the portfolio it is not measured, which is not zero.",
    ),
    Spec(
        metric="time_to_secure_approval",
        title="median of the quarter's requests",
        rows={
            "technology_portfolio": [
                approval("2026-07-01", "2026-07-11"),
                approval("2026-07-01", "2026-07-31"),
                approval("2026-07-01", "2026-07-15"),
                approval("2026-09-01", "2026-10-01"),
                approval("2026-06-20", "2026-06-30"),
                approval("2026-09-02"),
                approval("2026-08-01", retired_on="2026-08-20"),
            ]
        },
        expected="30",
        value=30,
        # 5/6 go on after 10 days and 4/6 after 14; of those left at 30 days none does
        says="10, 14 and 30 days; two that wait for 28 and 29 days, and one dropped after 19.",
        note="3 not approved, 2 still waiting at quarter end",
        n=6,
        parts={"median": 30, "mean_of_ended": (10 + 30 + 14) / 3, "waiting": 2},
        lines={"technology_portfolio": (1, 2, 3, 4, 6, 7)},
    ),
    Spec(
        metric="time_to_secure_approval",
        title="approved the same day",
        rows={"technology_portfolio": [approval("2026-09-30", "2026-09-30")]},
        expected="0",
        value=0,
        says="An approval on the day of the request takes zero days, a measured value.",
        note="",
    ),
    Spec(
        metric="time_to_secure_approval",
        title="nothing approved",
        rows={"technology_portfolio": [approval("2026-09-29")]},
        expected="withheld",
        value=None,
        says="No approval gives no median, and the note says that a request waits, and how long.",
        note="1 not approved, median at least 1 day so far, 1 still waiting at quarter end",
    ),
    Spec(
        metric="adoption_against_plan",
        title="sum over sum",
        rows={
            "technology_adoption": [
                users(100, 50),
                users(10, 20),
                users(900, None),
                users(10, 10, "2026-Q2"),
            ]
        },
        expected="(50 + 20) / (100 + 10)",
        value=70 / 110,
        says="Users are added up before dividing; a technology of unknown use is in neither sum.",
        note="1 of unknown use",
        n=2,
        parts={"numerator": 70, "denominator": 110, "unknown": 1},
        lines={"technology_adoption": (1, 2, 3)},
    ),
    Spec(
        metric="adoption_against_plan",
        title="ahead of plan",
        rows={"technology_adoption": [users(100, 130)]},
        expected="130 / 100",
        value=1.3,
        says="More users than planned give more than 100%.",
    ),
    Spec(
        metric="adoption_against_plan",
        title="nobody planned",
        rows={"technology_adoption": [users(0, 5)]},
        expected="withheld",
        value=None,
        says="A plan of no users cannot be divided by.",
        note="no users were planned",
    ),
    Spec(
        metric="adoption_against_plan",
        title="no use known",
        rows={"technology_adoption": [users(10, None), users(20, None)]},
        expected="withheld",
        value=None,
        says="When no use is known the share is withheld, and is not zero.",
        note="2 of unknown use",
    ),
    Spec(
        metric="adoption_against_plan",
        title="no rows for the quarter",
        rows={"technology_adoption": [users(10, 10, "2026-Q2")]},
        expected="not measured",
        value=None,
        says="A quarter that nobody recorded is not measured.",
        note="no users were recorded for 2026-Q3",
    ),
    Spec(
        metric="launches",
        title="first and last day",
        rows={
            "technology_portfolio": [
                launch("2026-06-30"),
                launch("2026-07-01"),
                launch("2026-09-30"),
                launch("2026-10-01"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="The quarter's first and last day belong to it.",
        lines={"technology_portfolio": (2, 3)},
    ),
    Spec(
        metric="launches",
        title="after the as-of date",
        rows={"technology_portfolio": [launch("2026-08-15"), launch("2026-08-16")]},
        expected="1",
        value=1,
        says="What happens after the as-of date is not known yet.",
        as_of="2026-08-15",
    ),
    Spec(
        metric="launches",
        title="none",
        rows={"technology_portfolio": []},
        expected="0",
        value=0,
        says="No launch is a measured zero.",
    ),
    Spec(
        metric="launches_without_review",
        title="none, late and in time",
        rows={
            "technology_portfolio": [
                launch("2026-07-20", "2026-07-19"),
                launch("2026-07-20", "2026-07-21"),
                launch("2026-07-20"),
                launch("2026-06-30"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="A launch without a review and one reviewed afterwards both count.",
        note="1 reviewed only after launch, 1 not reviewed at all",
        lines={"technology_portfolio": (2, 3)},
    ),
    Spec(
        metric="launches_without_review",
        title="no launches",
        rows={"technology_portfolio": []},
        expected="0",
        value=0,
        says="No launch leaves none without review.",
        note="",
    ),
    Spec(
        metric="reviews_not_booked",
        title="the next 180 days",
        rows={
            "technology_portfolio": [
                plan("2026-10-01"),
                plan("2027-03-29"),
                plan("2027-03-30"),
                plan("2026-09-30"),
                plan(None),
            ]
        },
        expected="1 + 1",
        value=2,
        says="Launches planned from the next day through the 180th; slipped ones are noted.",
        note="1 more past the planned launch, 1 more without a planned launch",
        parts={"slipped": 1, "undated": 1},
        lines={"technology_portfolio": (1, 2)},
    ),
    Spec(
        metric="reviews_not_booked",
        title="booked, passed, live, retired, not asked for",
        rows={
            "technology_portfolio": [
                plan("2026-11-01", review_booked_for="2026-10-01"),
                plan("2026-11-01", review_passed_on="2026-09-30"),
                plan("2026-11-01", live_on="2026-09-01"),
                plan("2026-11-01", retired_on="2026-09-01"),
                plan("2026-11-01", requested_on="2026-10-01"),
            ]
        },
        expected="0",
        value=0,
        says="None of these launches still lacks a review at quarter end.",
        note="",
    ),
    Spec(
        metric="reviews_not_booked",
        title="a booking that went by",
        rows={
            "technology_portfolio": [
                plan("2026-11-01", review_booked_for="2026-09-30"),
                plan("2026-11-01", review_passed_on="2026-10-01"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="A booked day that passed without a pass is no booking; a later pass is not known.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
