"""What the pages of risk in money say follows from their figures, whatever these are."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from board_report.charts import draw
from board_report.risk.money import RiskInMoney
from board_report.risk.records import Interval, ScenarioResult
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import (
    back_test,
    budget_scenarios,
    not_shown,
    risk_assumptions,
    risk_bought_down,
    risks_in_money,
    tail_drivers,
)
from tests.tools.money_gallery import facts_of
from tests.unit.pages.money_for import (
    ASSUMPTIONS,
    CONVERGENCE,
    LONG,
    back_test_of,
    budgets_of,
    forecast,
    initiative,
    money_of,
    promise,
    scenario,
    scenarios_of,
)


def build(module: ModuleType, money: RiskInMoney) -> Page:
    """The first page of a module, its pictures drawn."""
    page: Page = module.build(facts_of(money))[0]
    assert len(page.title) <= LONGEST_TITLE
    for spec in page.figures.values():
        assert draw(spec).svg.startswith(b"<svg")
    return page


def rows(page: Page, figure: str) -> list[dict[str, Any]]:
    found: Any = page.figures[figure].data["rows"]
    return list(found)


def words(cell: Any) -> str:
    return cell if isinstance(cell, str) else str(cell.get("text", ""))


# --- risks in money --------------------------------------------------------------------------


def owned(count: int, **more: Any) -> tuple[ScenarioResult, ...]:
    return tuple(replace(each, owner_role="CISO", **more) for each in scenarios_of(count))


def alike(count: int) -> tuple[ScenarioResult, ...]:
    """Risks of one size."""
    return tuple(scenario(at, 10.6e6 / count, 1 / count, owner_role="CTO") for at in range(count))


ORPHAN = (replace(owned(3)[0], owner_role=""), *owned(3)[1:])


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (
            owned(1),
            "Distribution ransomware costs $10.6M in a mean year, with a chance of 12% that it "
            "happens",
        ),
        (owned(3), "Two of three risks make 77% of the expected loss of $10.6M a year"),
        (
            ORPHAN,
            "Two of three risks make 77% of the expected loss of $10.6M a year; distribution "
            "ransomware has no owner",
        ),
        (
            (replace(ORPHAN[0], short_title=LONG), *ORPHAN[1:]),
            "Two of three risks make 77% of the expected loss of $10.6M a year; one risk has no "
            "owner",
        ),
        (alike(2), "One of two risks makes 50% of the expected loss of $10.6M a year"),
        (
            tuple(replace(each, owner_role="") for each in alike(4)),
            "Two of four risks make 50% of the expected loss of $10.6M a year; four have no owner",
        ),
    ],
)
def test_title_of_the_risks(found: tuple[ScenarioResult, ...], title: str) -> None:
    assert build(risks_in_money, money_of(scenarios=found)).title == title


def test_no_expected_loss_is_said_and_is_no_interval() -> None:
    found = tuple(
        replace(each, statistics=replace(each.statistics, expected=0.0)) for each in owned(2)
    )
    money = money_of(scenarios=found, total=0.0)
    page = build(risks_in_money, money)
    assert page.title == "Both risks of the register are expected to cost nothing this year"
    assert page.context == ""
    assert rows(page, "risks")[0]["cells"][4] == {"absent": "no loss expected"}
    assert words(rows(page, "risks")[0]["cells"][6]) == "–"


@pytest.mark.parametrize(
    ("count", "shown", "rest"),
    [(1, 1, ""), (2, 2, ""), (12, 12, ""), (13, 10, "3 others"), (50, 10, "40 others")],
)
def test_any_number_of_risks(count: int, shown: int, rest: str) -> None:
    table = rows(build(risks_in_money, money_of(count)), "risks")
    single = [row for row in table if not row.get("is_total")]
    assert len(single) == shown + bool(rest)
    assert (words(single[-1]["cells"][0]) if rest else "") == rest
    assert any(row.get("is_total") for row in table) == (count > 1)


def test_a_risk_without_an_owner_stands_out() -> None:
    table = rows(build(risks_in_money, money_of(8)), "risks")
    assert table[7]["cells"][1] == {"text": "no owner", "status": "off"}
    rest = rows(build(risks_in_money, money_of(50)), "risks")[10]
    assert rest["cells"][1] == {"text": "5 without", "status": "off"}


# --- what makes the bad years ----------------------------------------------------------------


def test_title_of_the_tail_says_where_a_risk_weighs_more() -> None:
    found = owned(3)
    heavy = (found[0], found[1], replace(found[2], tail_share=0.61))
    money = money_of(scenarios=heavy)
    assert build(tail_drivers, money).title == (
        "Personal data breach makes 61% of the worst 5% of years; distribution ransomware moves "
        "the expected loss most"
    )
    usual = money_of(scenarios=found)
    assert build(tail_drivers, usual).title == (
        "Distribution ransomware makes 48% of the worst 5% of years; its loss event frequency "
        "moves the figures most"
    )
    alone = replace(money, sensitivities=())
    assert build(tail_drivers, alone).title == (
        "Personal data breach makes 61% of the worst 5% of years, but 23% of the expected loss"
    )
    assert "inputs" not in build(tail_drivers, alone).figures


def test_worst_years_without_a_loss() -> None:
    found = tuple(replace(each, tail_share=0.0) for each in owned(2))
    page = build(tail_drivers, replace(money_of(scenarios=found), sensitivities=()))
    assert page.title == "Even the worst 5% of years are expected to cost nothing"


def test_an_input_that_lowers_the_loss_keeps_its_words_at_its_ends() -> None:
    money = money_of(2)
    first = replace(money.sensitivities[0], at_low=15e6, at_high=9e6)
    page = build(tail_drivers, replace(money, sensitivities=(first,)))
    (row,) = rows(page, "inputs")
    assert (row["low_text"], row["high_text"]) == ("$9M", "$15M")
    assert "puts the expected loss between $9M and $15M" in page.context
    still = replace(first, at_high=15e6)
    title = build(tail_drivers, replace(money, sensitivities=(still,))).title
    assert title.endswith("no single input moves the expected loss")


# --- what initiatives buy --------------------------------------------------------------------

GOOD, BETTER = initiative(1), initiative(0)
POOR = initiative(6)
HARM = initiative(5)
FREE = initiative(0, annual_cost=0.0, rosi=None, rosi_interval=None, name="Password rules")


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ((GOOD,), "Identity and privileged access costs $3.1M a year and buys down $4.35M of "
                  "expected loss"),
        ((FREE,), "Password rules costs nothing and buys down $2.4M of expected loss a year"),
        ((HARM,), "AI for demand planning opens more risk than it takes away"),
        ((GOOD, BETTER), "Both initiatives buy down more expected loss than they cost; patch "
                         "automation returns most, identity and privileged access least"),
        ((POOR, POOR), "Neither initiative buys down as much expected loss as it costs; "
                       "zero-trust network at depots returns most, zero-trust network at depots "
                       "least"),
        ((GOOD, BETTER, HARM), "Two of three initiatives buy down more expected loss than they "
                               "cost; one opens more risk than it takes away"),
        ((GOOD, HARM, HARM), "One of three initiatives buys down more expected loss than it costs; "
                             "two open more risk than they take away"),
    ],
)  # fmt: skip
def test_title_of_the_returns(found: tuple[Any, ...], title: str) -> None:
    money = money_of(3, initiatives=found)
    whole = risk_bought_down.build(facts_of(money))[0].title
    assert whole == title or (len(title) > LONGEST_TITLE and title.startswith(whole))
    build(risk_bought_down, money)


def test_what_costs_nothing_comes_first_and_has_no_return() -> None:
    table = rows(build(risk_bought_down, money_of(3, initiatives=(GOOD, FREE))), "returns")
    free = table[0]["cells"]
    assert words(free[0]) == "Password rules"
    assert free[2] == {"absent": "costs nothing"}
    assert (words(free[3]), words(free[6])) == ("$2.4M", "–")


def test_marks_say_what_pays_what_does_not_and_what_harms() -> None:
    money = money_of(3, initiatives=(GOOD, POOR, HARM, BETTER))
    page = build(risk_bought_down, money)
    assert [row["cells"][2]["status"] for row in rows(page, "returns")] == [
        "none", "none", "near", "off",
    ]  # fmt: skip
    assert [words(row["cells"][3]) for row in rows(page, "returns")] == [
        "1.71", "1.40", "0.63", "−0.42",
    ]  # fmt: skip


def test_the_worst_of_many_is_shown() -> None:
    page = build(risk_bought_down, money_of(3, initiatives=14))
    names = [words(row["cells"][0]) for row in rows(page, "returns")]
    assert len(names) == 7
    assert names[-2:] == ["AI for demand planning", "AI for demand planning 2"]
    assert page.body["more"] == (
        "Between the last two and the others, not shown: Identity and privileged access 2, "
        "Endpoint and 24x7 detection and five more."
    )


def test_the_definition_of_the_return_stands_on_its_page() -> None:
    page = build(risk_bought_down, money_of(3))
    assert page.sources.startswith(
        "ROSI = (expected loss without − with − annual cost) / annual cost."
    )


# --- budgets ---------------------------------------------------------------------------------

LESS, TODAY, MORE = budgets_of()


@pytest.mark.parametrize(
    ("budgets", "tolerance", "title"),
    [
        (
            (LESS, TODAY, MORE), 40e6,
            "10% more brings one year in 20 inside tolerance, to $37M; 10% less takes it to $49M",
        ),
        (
            (LESS, TODAY, MORE), 46e6,
            "10% less takes one year in 20 over tolerance, to $49M; 10% more brings it to $37M",
        ),
        (
            (LESS, TODAY, MORE), 60e6,
            "On every budget one year in 20 stays inside tolerance, between $37M and $49M",
        ),
        (
            (LESS, TODAY, MORE), 20e6,
            "No budget brings one year in 20 inside tolerance; the best of them leaves $37M",
        ),
        (
            (LESS, TODAY, MORE), None,
            "One year in 20 costs between $37M and $49M, as the budget is set",
        ),
        (  # less money buys another set, which gives up benefits and not safety
            (replace(LESS, var_95=38e6), TODAY, MORE), 40e6,
            "10% more brings one year in 20 inside tolerance, to $37M; so does 10% less, to $38M",
        ),
        (
            (replace(LESS, var_95=38e6), TODAY, replace(MORE, var_95=45e6)), 40e6,
            "10% less brings one year in 20 inside tolerance, to $38M",
        ),
        (  # and more money may bring benefits and risk
            (replace(LESS, var_95=30e6), replace(TODAY, var_95=38e6), MORE), 36e6,
            "10% less brings one year in 20 inside tolerance, to $30M",
        ),
        (
            (replace(LESS, var_95=30e6), replace(TODAY, var_95=34e6), MORE), 36e6,
            "10% more takes one year in 20 over tolerance, to $37M",
        ),
        ((TODAY,), 40e6, "Today’s budget leaves one year in 20 over tolerance, at $44M"),
        (
            (replace(LESS, is_feasible=False), TODAY, MORE), 40e6,
            "10% less does not pay for what must stay; 10% more brings one year in 20 inside "
            "tolerance, to $37M",
        ),
        (
            tuple(replace(each, is_feasible=False) for each in (LESS, TODAY)), 40e6,
            "None of the budgets pays for what must stay",
        ),
    ],
)  # fmt: skip
def test_title_of_the_budgets(
    budgets: tuple[Any, ...], tolerance: float | None, title: str
) -> None:
    money = money_of(3, tolerance=tolerance, budgets=budgets)
    assert build(budget_scenarios, money).title == title


def table_of(page: Page) -> dict[str, list[str]]:
    found: Any = page.body["rows"]
    return {
        row["label"]: [" ".join((cell["text"], cell["note"])).strip() for cell in row["cells"]]
        for row in found
    }


def test_rows_of_the_budgets_in_the_units_of_their_measures() -> None:
    table = table_of(build(budget_scenarios, money_of(3)))
    assert table["Dropped"] == ["Endpoint and 24x7 detection", "nothing", "nothing"]
    assert table["Added"] == ["nothing", "nothing", "Immutable backup and clean-room recovery"]
    assert table["Chance over tolerance"] == ["7.9% a year", "5.9% a year", "4.2% a year"]
    assert table["Time to detect"] == [
        "25\u00a0h worse than 19\u00a0h", "19\u00a0h as now", "17\u00a0h better than 19\u00a0h",
    ]  # fmt: skip
    assert table["Patched by the due date"] == [
        "84% worse than 88%", "88% as now", "91% better than 88%",
    ]  # fmt: skip


def test_a_budget_that_cannot_be_met_has_no_figures() -> None:
    blocked = replace(LESS, is_feasible=False)
    page = build(budget_scenarios, money_of(3, budgets=(blocked, TODAY, MORE)))
    assert {cells[0] for cells in table_of(page).values()} == {"–"}
    first: Any = page.figures["budgets"].data["columns"]
    assert first[0]["absent"] == "cannot be met"
    assert "−10% cannot be met" in page.figures["budgets"].alt


def test_without_tolerance_no_line_is_drawn() -> None:
    page = build(budget_scenarios, money_of(3, tolerance=None))
    assert page.figures["budgets"].data["tolerance"] is None
    assert "Chance over tolerance" not in table_of(page)


# --- the back-test ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "title"),
    [
        (
            back_test_of(12),
            "Ten of twelve forecasts of a year ago held, as 90% intervals should; the year cost "
            "$3.2M, inside its interval",
        ),
        (
            back_test_of(12, calibration_p=0.01, inside=6),
            "Six of twelve forecasts of a year ago held: too few, so the intervals are too narrow",
        ),
        (
            back_test_of(3, total_loss=40e6),
            "All three forecasts of a year ago held; the year cost $40M, more than its interval "
            "holds",
        ),
        (
            back_test_of(2, total_loss=0.0),
            "Both forecasts of a year ago held; the year cost $0, less than its interval holds",
        ),
        (
            back_test_of(1, total_loss=None, inside=0),
            "The one forecast of a year ago did not hold; what the year cost is not known yet",
        ),
        (
            back_test_of(3, brier=0.3),
            "All three forecasts of a year ago held; the chances told less than an average would "
            "have",
        ),
        (
            back_test_of(50, calibration_p=0.01, inside=50, total_loss=None),
            "All 50 forecasts of a year ago held: too many, so the intervals are too wide; what "
            "the year cost is not known yet",
        ),
    ],
)
def test_title_of_the_back_test(test: Any, title: str) -> None:
    money = money_of(3, back_test=test)
    found = build(back_test, money).title
    assert title.startswith(found)
    assert found == title or len(title) > LONGEST_TITLE or "too few" in title


def test_what_could_not_be_judged_is_named() -> None:
    page = build(back_test, money_of(3, back_test=back_test_of(3, uncosted=1, unassigned=4)))
    assert page.context == (
        "Forecast with the register of 2025-Q3 for 2025-Q4 to 2026-Q3. Not judged: four incidents "
        "naming no risk and one incident without a cost yet."
    )


def test_misses_stand_first_with_another_shape() -> None:
    table = rows(build(back_test, money_of(3, back_test=back_test_of(12))), "forecasts")
    assert [row["cells"][3].get("status") for row in table[:3]] == ["off", "off", "on"]
    assert table[0]["cells"][4]["status"] == "off"
    assert table[2]["cells"][5]["status"] == "off"  # its loss lay outside
    assert words(table[-1]["cells"][0]) == "The whole year"


def test_a_loss_that_is_not_known_yet_is_no_zero() -> None:
    test = back_test_of(1, rows=(forecast(0, 1, None),), total_loss=None)
    table = rows(build(back_test, money_of(3, back_test=test)), "forecasts")
    assert words(table[0]["cells"][6]) == "not known"
    assert table[0]["cells"][5]["mid"] is None


def test_a_promise_without_events_before_it_cannot_be_judged() -> None:
    kept = promise(0)
    silent = promise(1, realized=None, realized_interval=None, events_before=0)
    worse = promise(2, realized=-0.4, realized_interval=Interval(-2.5, 0.3))
    test = back_test_of(3, promises=(kept, silent, worse, promise(3)))
    page = build(back_test, money_of(3, back_test=test))
    table = rows(page, "promises")
    assert [row["cells"][2]["under"] for row in table] == ["33%", "no events", "−40%"]
    assert {words(row["cells"][2]) for row in table} == {"30 to 60%"}
    assert [row["cells"][1]["status"] for row in table] == ["on", "off", "off"]
    assert page.body["promises_more"] == "one more due"


def test_why_nothing_was_tested_is_said() -> None:
    money = replace(money_of(3, back_test=None), back_test_obstacle="no incident names a risk")
    assert build(back_test, money).title == (
        "The loss figures have not been tested yet: no incident names a risk"
    )


def test_without_a_history_the_page_says_what_to_give() -> None:
    page = build(back_test, money_of(3, back_test=None))
    assert page.title == "The loss figures have not been tested yet: no forecast is a year old"
    assert page.figures == {}
    gives: Any = page.body["gives"]
    assert gives[0].endswith("rows of that quarter in ciso/risk_register.csv.")
    assert "third quarter 2025" in gives[0]
    assert build(back_test, money_of(3, back_test=back_test_of(0))).body["is_tested"] is False


def test_what_nobody_can_know_says_whether_risks_are_correlated() -> None:
    for correlated, start in ((True, "Scenarios meet only where"), (False, "Scenarios are simul")):
        page = build(not_shown, money_of(3, correlated=correlated))
        told: Any = page.body["unknowable"]
        assert told[1]["why"].startswith(start)


# --- assumptions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, "The loss figures rest on 200,000 simulated years, enough for the 1% asked for"),
        (
            {"is_reached": False},
            "The loss figures rest on 200,000 simulated years, which did not reach the 1% asked "
            "for",
        ),
        (
            {"precision": None},
            "The loss figures rest on 200,000 simulated years, a number set by hand",
        ),
    ],
)
def test_title_of_the_assumptions(more: dict[str, Any], title: str) -> None:
    money = money_of(3, convergence=replace(CONVERGENCE, **more))
    assert build(risk_assumptions, money).title == title


def test_assumptions_run_on_as_long_as_there_are_any() -> None:
    many = replace(ASSUMPTIONS, statements=("All is as it was. " * 12,) * 14, correlation_pairs=0)
    built = risk_assumptions.build(facts_of(money_of(3, assumptions=many)))
    assert [page.id for page in built] == [
        "risk-assumptions", "risk-assumptions-2", "risk-assumptions-3",
    ] + [f"risk-assumptions-{at}" for at in range(4, len(built) + 1)]  # fmt: skip
    assert sum(len(page.body.get("statements", ())) for page in built) == 14  # type: ignore[arg-type]
    run: Any = built[0].body["run"]
    assert {"name": "Risks drawn together", "value": "none, all independent"} in run
    none = replace(ASSUMPTIONS, statements=())
    assert build(risk_assumptions, money_of(3, assumptions=none)).body["statements"] == []
