"""Investment: what the figures come to, by hand."""

import pytest

from board_report.metrics.cto.investment import METRICS
from board_report.metrics.declare import Settings
from tests.spec.spec import Spec, check

QUARTERLY_25 = Settings(discount_rate=1.25**4 - 1)
"""A yearly rate that comes to 25% a quarter, so that the sums are short."""


def money(quarter, cost=(0, 0), benefit=(0, 0), **more):
    """One row; each pair is the planned and the actual amount."""
    return {
        "initiative_id": "I-1",
        "objective": "protect",
        "quarter": quarter,
        "planned_cost": cost[0],
        "actual_cost": cost[1],
        "planned_benefit": benefit[0],
        "realized_benefit": benefit[1],
        **more,
    }


def flows(*net):
    """Rows from 2026-Q3 on with these net flows: a cost where negative, a benefit where not."""
    quarters = ("2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2")
    return [
        money(quarter, (max(-each, 0), None), (max(each, 0), None))
        for quarter, each in zip(quarters, net, strict=False)
    ]


LIFE = [
    money("2026-Q2", (100, 120), (0, 0)),
    money("2026-Q3", (100, 80), (50, 40)),
    money("2026-Q4", (0, 999), (300, 999)),
]
"""Actual net flows of -120 and -40, then a planned +300; what Q4 brought is not known in Q3."""

SPECS = (
    Spec(
        metric="spend_actual",
        title="booked in the quarter",
        rows={
            "investments": [
                money("2026-Q3", (50, 10.10)),
                money("2026-Q3", (50, 20.20), initiative_id="I-2"),
                money("2026-Q3", (50, None), initiative_id="I-3"),
                money("2026-Q2", (50, 70)),
                money("2026-Q4", (50, 90)),
            ]
        },
        expected="10.10 + 20.20",
        value=30.30,
        says="Costs of other quarters are left out; the cost not booked yet is counted.",
        note="1 without a booked cost",
        n=2,
        lines={"investments": (1, 2, 3)},
    ),
    Spec(
        metric="spend_actual",
        title="nothing booked",
        rows={"investments": [money("2026-Q3", (50, None)), money("2026-Q2", (50, 70))]},
        expected="withheld",
        value=None,
        says="Costs that nobody has booked yet are not zero.",
        note="1 without a booked cost",
    ),
    Spec(
        metric="spend_actual",
        title="zero booked",
        rows={"investments": [money("2026-Q3", (50, 0))]},
        expected="0",
        value=0,
        says="A booked cost of zero is a measured zero.",
        note="",
    ),
    Spec(
        metric="spend_actual",
        title="no initiative in the quarter",
        rows={"investments": [money("2026-Q2", (50, 70))]},
        expected="nothing happened",
        value=None,
        says="Without an initiative in the quarter nothing happened.",
    ),
    Spec(
        metric="spend_actual",
        title="no investments given",
        rows={},
        expected="not measured",
        value=None,
        says="Without the file it is not measured.",
    ),
    Spec(
        metric="spend_against_plan",
        title="the fiscal year to date",
        rows={
            "investments": [
                money("2025-Q4", (100, 500)),
                money("2026-Q1", (100, 90)),
                money("2026-Q3", (100, 130)),
                money("2026-Q3", (700, None), initiative_id="I-2"),
                money("2026-Q4", (100, 500)),
            ]
        },
        expected="(90 + 130) / (100 + 100)",
        value=1.1,
        says="From the first quarter of the year; a cost not booked is in neither sum.",
        note="1 without a booked cost",
        n=2,
        parts={"numerator": 220, "denominator": 200, "unknown": 1},
        lines={"investments": (2, 3, 4)},
    ),
    Spec(
        metric="spend_against_plan",
        title="a past quarter",
        rows={"investments": [money("2026-Q1", (100, 90)), money("2026-Q3", (100, 130))]},
        expected="90 / 100",
        value=0.9,
        says="Seen at the end of the second quarter, the third is not in the figure.",
        quarter="2026-Q2",
        as_of="2026-09-30",
    ),
    Spec(
        metric="spend_against_plan",
        title="spent without a plan",
        rows={"investments": [money("2026-Q3", (0, 40))]},
        expected="withheld",
        value=None,
        says="Spending against a plan of zero cannot be divided.",
        note="no cost was planned for what is known",
        parts={"numerator": 40},
    ),
    Spec(
        metric="spend_against_plan",
        title="nothing in the year",
        rows={"investments": [money("2025-Q4", (100, 100))]},
        expected="nothing happened",
        value=None,
        says="Last year's money is not this year's.",
    ),
    Spec(
        metric="benefit_against_plan",
        title="confirmed over planned",
        rows={
            "investments": [
                money("2026-Q1", benefit=(80, 60)),
                money("2026-Q2", benefit=(20, -10)),
                money("2026-Q3", benefit=(500, None)),
            ]
        },
        expected="(60 - 10) / (80 + 20)",
        value=0.5,
        says="A negative benefit counts as it is; an unconfirmed one is in neither sum.",
        note="1 without a confirmed benefit",
        n=2,
    ),
    Spec(
        metric="benefit_against_plan",
        title="none confirmed",
        rows={"investments": [money("2026-Q3", benefit=(500, None))]},
        expected="withheld",
        value=None,
        says="A benefit that nobody confirmed is neither zero nor the plan.",
        note="1 without a confirmed benefit",
    ),
    Spec(
        metric="benefit_against_plan",
        title="nothing in the year",
        rows={"investments": [money("2025-Q4", benefit=(5, 5)), money("2026-Q4", benefit=(5, 5))]},
        expected="nothing happened",
        value=None,
        says="Benefits of last year and of the quarters ahead are not this year's.",
    ),
    Spec(
        metric="benefit_against_plan",
        title="no benefit planned",
        rows={"investments": [money("2026-Q3", (100, 100), (0, 0))]},
        expected="withheld",
        value=None,
        says="An initiative that plans no benefit cannot be held against it.",
        note="no benefit was planned for what is known",
    ),
    Spec(
        metric="return_on_investment",
        title="actual, then plan",
        rows={"investments": LIFE},
        expected="((0 + 40 + 300) - (120 + 80 + 0)) / (120 + 80 + 0)",
        value=0.7,
        says="Actual amounts through the quarter reported on, planned ones after it.",
        note="",
        n=1,
        parts={"cost": 200, "benefit": 340, "cost_at_plan": 0, "benefit_at_plan": 300},
        lines={"investments": (1, 2, 3)},
    ),
    Spec(
        metric="return_on_investment",
        title="seen a quarter earlier",
        rows={"investments": LIFE},
        expected="((0 + 50 + 300) - (120 + 100 + 0)) / (120 + 100 + 0)",
        value=130 / 220,
        says="At the end of the second quarter the third was still plan.",
        quarter="2026-Q2",
        as_of="2026-09-30",
    ),
    Spec(
        metric="return_on_investment",
        title="past amounts not known",
        rows={
            "investments": [
                money("2026-Q2", (100, None), (0, 0)),
                money("2026-Q3", (100, 100), (250, None)),
            ]
        },
        expected="((0 + 250) - (100 + 100)) / (100 + 100)",
        value=0.25,
        says="A cost not booked and a benefit not confirmed are taken at plan, and counted.",
        note="2 past amounts not known yet and taken at plan",
        parts={"cost_at_plan": 100, "benefit_at_plan": 250, "unknown": 2},
    ),
    Spec(
        metric="return_on_investment",
        title="spent once, without benefit",
        rows={"investments": [money("2026-Q3", (100, 100))]},
        expected="(0 - 100) / 100",
        value=-1,
        says="What is spent without a benefit is lost: minus 100%.",
    ),
    Spec(
        metric="return_on_investment",
        title="no cost",
        rows={"investments": [money("2026-Q3", (0, 0), (10, 10))]},
        expected="withheld",
        value=None,
        says="A benefit without a cost has no return on it.",
        note="there is no cost to divide by",
    ),
    Spec(
        metric="return_on_investment",
        title="before the first quarter",
        rows={"investments": LIFE},
        expected="nothing happened",
        value=None,
        says="Before the first quarter in the file no initiative had begun.",
        note="no initiative had begun",
        quarter="2026-Q1",
        as_of="2026-09-30",
    ),
    Spec(
        metric="net_present_value",
        title="the first flow is not discounted",
        rows={"investments": LIFE},
        expected="-120 - 40 / 1.25 + 300 / 1.25 ** 2",
        value=40,
        says="Flows of -120, -40 and 300 at 25% a quarter.",
        note="at a discount rate of 144.141% a year",
        settings=QUARTERLY_25,
        lines={"investments": (1, 2, 3)},
    ),
    Spec(
        metric="net_present_value",
        title="a quarter without rows",
        rows={
            "investments": [
                money("2026-Q3", (100, 100)),
                money("2027-Q1", (0, None), (250, None)),
            ]
        },
        expected="-100 + 0 / 1.25 + 250 / 1.25 ** 2",
        value=60,
        says="A quarter in between without rows still takes its time.",
        settings=QUARTERLY_25,
    ),
    Spec(
        metric="net_present_value",
        title="losing money",
        rows={"investments": [money("2026-Q3", (100, 100)), money("2026-Q4", (25, None))]},
        expected="-100 - 25 / 1.25",
        value=-120,
        says="Costs without benefits are worth less than nothing.",
        settings=QUARTERLY_25,
    ),
    Spec(
        metric="net_present_value",
        title="before the first quarter",
        rows={"investments": []},
        expected="nothing happened",
        value=None,
        says="Without initiatives there is nothing to value.",
    ),
    Spec(
        metric="internal_rate_of_return",
        title="a yearly rate",
        rows={"investments": flows(-100, 0, 121)},
        expected="1.1 ** 4 - 1",
        value=0.4641,
        says="121 after two quarters on 100 is 10% a quarter, 46.41% a year.",
        note="2 past amounts not known yet and taken at plan",
    ),
    Spec(
        metric="internal_rate_of_return",
        title="a loss",
        rows={"investments": flows(-100, 50)},
        expected="0.5 ** 4 - 1",
        value=-0.9375,
        says="Half lost in a quarter is a rate of -50% a quarter.",
    ),
    Spec(
        metric="internal_rate_of_return",
        title="two rates",
        rows={"investments": flows(-100, 230, -132)},
        expected="withheld",
        value=None,
        says="10% and 20% a quarter both fit these flows, so neither is printed.",
        note="2 rates fit the net flows; 2 past amounts not known yet and taken at plan",
    ),
    Spec(
        metric="internal_rate_of_return",
        title="no rate",
        rows={"investments": flows(-100, 100, -100)},
        expected="withheld",
        value=None,
        says="No rate makes these flows worth nothing.",
        note="no rates fit the net flows; 2 past amounts not known yet and taken at plan",
    ),
    Spec(
        metric="internal_rate_of_return",
        title="costs only",
        rows={"investments": [money("2026-Q3", (100, 100))]},
        expected="withheld",
        value=None,
        says="Flows that never change sign have no rate of return.",
        note="net flows never change sign, so no rate fits",
    ),
    Spec(
        metric="internal_rate_of_return",
        title="no initiatives",
        rows={"investments": []},
        expected="nothing happened",
        value=None,
        says="Without initiatives there is no rate.",
    ),
    Spec(
        metric="payback",
        title="within the third quarter",
        rows={"investments": flows(-100, 40, 40, 40)},
        expected="(2 + 20 / 40) / 4",
        value=0.625,
        says="The total stands at -20 after two quarters and gains 40 in the next.",
    ),
    Spec(
        metric="payback",
        title="below zero again",
        rows={"investments": flows(-100, 150, -100, 100)},
        expected="(2 + 50 / 100) / 4",
        value=0.625,
        says="What is paid back and then exceeded again is paid back when it is so for good.",
    ),
    Spec(
        metric="payback",
        title="exactly at the end of a quarter",
        rows={"investments": flows(-100, 60, 40, 0)},
        expected="2 / 4",
        value=0.5,
        says="A total of zero is paid back.",
    ),
    Spec(
        metric="payback",
        title="never below zero",
        rows={"investments": [money("2026-Q3", (10, 10), (10, 10))]},
        expected="0",
        value=0,
        says="What pays for itself within its first quarter takes no time.",
        note="",
    ),
    Spec(
        metric="payback",
        title="not paid back",
        rows={"investments": flows(-100, 40)},
        expected="withheld",
        value=None,
        says="When the total ends below zero there is no payback time.",
        note=(
            "not paid back by 2026-Q4, the last quarter in the file; "
            "2 past amounts not known yet and taken at plan"
        ),
    ),
    Spec(
        metric="payback",
        title="no initiatives",
        rows={"investments": []},
        expected="nothing happened",
        value=None,
        says="Without initiatives nothing has to be paid back.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
