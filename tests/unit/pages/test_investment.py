"""The investment page's sentences follow from the plan, and every absence has its own words."""

from dataclasses import replace

import pytest

from board_report.charts import draw
from board_report.story.commentary import Commentary
from board_report.story.page import FigureSpec
from board_report.story.pages import investment
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for


def row(initiative="I-1", quarter="2026-Q3", name="Patch automation", **more):
    given = {"planned_cost": 100_000.0, "actual_cost": 100_000.0, "planned_benefit": 150_000.0}
    return {
        "initiative_id": initiative,
        "name": name,
        "owner_role": "CTO",
        "objective": "protect",
        "quarter": quarter,
        "realized_benefit": 150_000.0,
        **given,
        **more,
    }


def build(*rows, given=True):
    data = tables(investments=rows) if given else tables()
    facts = facts_for(data, investment.METRICS)
    if not given:  # a leader's word keeps the page in the deck
        said = Commentary("investment", "commentary/investment.md", means=(("CTO", "Soon."),))
        facts = replace(facts, commentary={"investment": said})
    (page,) = investment.build(facts)
    for spec in page.figures.values():
        assert draw(spec).svg.startswith(b"<svg")
    return page


BACKUP = {"initiative": "I-2", "name": "Backup, phase one"}


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [row(), row(**BACKUP, actual_cost=120_000.0, realized_benefit=130_000.0)],
            "Spend is 110% of plan and benefits 93%; patch automation returns most, backup, phase "
            "one least",
        ),
        (
            [row(), row(**BACKUP, realized_benefit=50_000.0)],
            "Spend is 100% of plan and benefits 67%; patch automation returns most, backup, phase "
            "one loses money",
        ),
        (
            [row(realized_benefit=5_000.0), row(**BACKUP, realized_benefit=50_000.0)],
            "Spend is 100% of plan and benefits 18%; none of them pays for itself",
        ),
        (
            [row(), row(**BACKUP)],
            "Spend is 100% of plan and benefits 100%; each initiative returns 50%",
        ),
        ([row()], "Spend is 100% of plan and benefits 100%; its one initiative returns 50%"),
        (
            [row(realized_benefit=None)],
            "Spend is 100% of plan; no benefit is confirmed yet; its one initiative returns 50%",
        ),
        (
            [row(name="Patch" * 20), row(**BACKUP, realized_benefit=120_000.0)],
            "Spend is 100% of plan and benefits 90%; initiatives return from 20% to 50%",
        ),
        (
            [row(quarter="2026-Q4", actual_cost=None, realized_benefit=None)],
            "No initiative had begun by the end of the quarter, so nothing was spent",
        ),
        ([], "No initiative had begun by the end of the quarter, so nothing was spent"),
    ],
)
def test_title(rows, title):
    assert build(*rows).title == title


def test_not_given():
    page = build(given=False)
    assert page.title == "Spend and its return are not measured: no investment plan was given"
    assert page.body["absent"]["big"] == "Not measured"
    assert page.figures == {}


def test_without_a_plan_and_without_a_word_there_is_no_page():
    assert investment.build(facts_for(tables(), investment.METRICS)) == ()


def plan(page) -> FigureSpec:
    return page.figures["plan"]


def test_amounts_not_known_yet_are_marked_and_counted():
    page = build(row(), row(**BACKUP, realized_benefit=None))
    assert page.context == (
        "Fiscal 2026 to 30\u00a0Sep\u00a02026; one amount not known yet is left out of the "
        "comparison. Returns over each life: actual where known, plan after that."
    )
    second, first, total = plan(page).data["rows"]
    assert [each["is_open"] for each in second["amounts"]] == [False, True]
    assert [each["is_open"] for each in first["amounts"]] == [False, False]
    assert second["amounts"][1]["actual"] is None
    assert second["amounts"][1]["actual_text"] == "–"
    assert total["label"] == "Both, as far as known"
    assert total["note"] == ["100% of plan", "100% of plan"]


def test_a_quarter_ahead_is_no_missing_amount():
    page = build(row(), row(quarter="2026-Q4", actual_cost=None, realized_benefit=None))
    assert [each["is_open"] for each in plan(page).data["rows"][0]["amounts"]] == [False, False]


def test_one_initiative_has_no_total():
    assert len(plan(build(row())).data["rows"]) == 1


@pytest.mark.parametrize(
    ("factor", "unit", "text"),
    [
        (1, "$K, year to date", "100"),
        (10, "$M, year to date", "1.00"),
        (1e5, "$B, year to date", "10.0"),
    ],
)
def test_unit_follows_the_size(factor, unit, text):
    page = build(row(actual_cost=1e5 * factor, planned_cost=1e5 * factor))
    assert plan(page).data["measures"][0]["unit"] == unit
    assert plan(page).data["rows"][0]["amounts"][0]["actual_text"] == text


def test_many_initiatives_are_cut_and_named():
    page = build(*[row(f"I-{at}", name=f"Initiative {at:02}") for at in range(14)])
    assert len(plan(page).data["rows"]) == investment.ROWS_ALONE + 1
    assert (
        page.body["more"] == "Smaller, and in the total: Initiative 10, Initiative 11 and two more."
    )


def test_withheld_totals_say_why():
    page = build(row(realized_benefit=-50_000.0, planned_benefit=-50_000.0))
    payback = page.body["totals"][3]
    assert (payback["value"], payback["measured"]) == ("withheld", "")
    assert payback["beside"].startswith("not paid back by 2026-Q3")
    assert page.body["totals"][1]["value"].startswith("−$")


def test_spend_by_objective_largest_first():
    page = build(row(), row(**BACKUP, objective="grow", actual_cost=300_000.0))
    assert [each["label"] for each in page.figures["objectives"].data["rows"]] == [
        "Grow",
        "Protect",
    ]
    assert page.figures["objectives"].alt == (
        "Spend of the year by objective: grow $300K of $100K; protect $100K of $100K."
    )
