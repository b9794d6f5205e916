"""The decisions page counts with grammar, says where the leaders differ, and knows what is late."""

from dataclasses import replace
from datetime import date

import pytest

from board_report.story.commentary import Commentary
from board_report.story.page import Page
from board_report.story.pages import decisions
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for

ASKED = {"quarter": "2026-Q3", "state": "asked", "decide_by": date(2026, 10, 27)}
BEFORE = {"quarter": "2026-Q2", "decided_on": date(2026, 7, 28), "due_on": date(2026, 9, 15)}
DONE = {**BEFORE, "state": "done", "done_on": date(2026, 9, 11)}
LATE = {**BEFORE, "state": "approved"}
DEFERRED = {**BEFORE, "state": "deferred", "due_on": None}


def pages(*rows: dict[str, object]) -> tuple[Page, ...]:
    given = [
        {
            "title": f"Decision {at}",
            "owner_role": "CISO",
            "buys": "Time",
            "if_not": "Loss stays",
            "recommendation_ciso": "Approve",
            "recommendation_cto": "Approve",
            **row,
            "decision_id": f"D-{at}",
        }
        for at, row in enumerate(rows, 1)
    ]
    return decisions.build(facts_for(tables(decisions=given), ()))


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "No decisions are asked today; none was asked last quarter"),
        ([ASKED], "One decision is asked today; none was asked last quarter"),
        ([ASKED, DONE], "One decision is asked today; the one of last quarter is done"),
        ([ASKED, LATE], "One decision is asked today; the one of last quarter is late"),
        (
            [ASKED, ASKED, DONE, DONE],
            "Two decisions are asked today; both of last quarter are done",
        ),
        (
            [ASKED] * 3 + [DONE] * 3,
            "Three decisions are asked today; all three of last quarter are done",
        ),
        (
            [ASKED] * 3 + [DONE] * 3 + [LATE, DEFERRED],
            "Three decisions are asked today; of last quarter’s five, three are done, one is late "
            "and one is deferred",
        ),
        ([LATE], "No decisions are asked today; the one of last quarter is late"),
        ([ASKED] * 40, "40 decisions are asked today; none was asked last quarter"),
    ],
)
def test_title(rows, title):
    assert pages(*rows)[0].title == title


def test_not_given_is_not_none_asked():
    """The page stays for what a leader wrote of it, and says which file is missing."""
    said = Commentary("decisions", "commentary/decisions.md", means=(("CISO", "Soon."),))
    facts = replace(facts_for(tables(), ()), commentary={"decisions": said})
    page = decisions.build(facts)[0]
    assert (
        page.title == "What was asked of the Board is not on record: no list of decisions was given"
    )
    assert page.body["nothing"]["big"] == "Not on record"
    assert "governance/decisions.csv" in page.body["nothing"]["text"]
    assert pages()[0].body["nothing"]["big"] == "None"


def test_without_a_file_and_without_a_word_there_is_no_page():
    assert decisions.build(facts_for(tables(), ())) == ()


def test_leaders_who_agree_are_said_once():
    assert pages(ASKED)[0].context == "The CISO and the CTO recommend it."
    assert pages(ASKED, ASKED)[0].context == "The CISO and the CTO recommend both."
    assert pages(*[ASKED] * 3)[0].context == "The CISO and the CTO recommend all three."


def test_leaders_who_differ_are_said_in_full():
    page = pages(ASKED, {**ASKED, "recommendation_cto": "Defer until May"})[0]
    assert page.context == "The leaders differ. D-2: CISO approve; CTO defer until May."


def test_only_one_recommendation_on_record():
    page = pages(ASKED, {**ASKED, "recommendation_cto": None})[0]
    assert page.context == "D-2: CISO approve; no word of the other."


def test_long_differences_go_to_the_next_page_in_full():
    long = {**ASKED, "recommendation_cto": "Decline, since " + "it costs too much " * 8}
    first, second = pages(long, long, DONE)
    assert first.context == "The CISO and the CTO differ on D-1 and D-2: next page."
    assert [row["recommended"] for row in first.body["asked"]] == [
        "The leaders differ: next page"
    ] * 2
    assert second.id == "decisions-2"
    assert second.body["words"][0]["cto"].startswith("Decline, since it costs")
    assert second.title == "The one of last quarter is done"


def test_at_most_five_and_the_rest_is_named():
    page = pages(*[ASKED] * 7)[0]
    assert [row["code"] for row in page.body["asked"]] == ["D-1", "D-2", "D-3", "D-4", "D-5"]
    assert page.body["rest"] == "Also asked, in the register: D-6 and D-7."


def test_older_decisions_that_are_not_done_stay_on_the_page():
    old = {**LATE, "quarter": "2025-Q4"}
    page = pages(ASKED, old, {**DONE, "quarter": "2025-Q4"})[0]
    assert [(row["code"], row["word"]) for row in page.body["fates"]["rows"]] == [
        ("D-2", "Late"),
        ("D-3", "Done"),
    ]
    assert page.title == "One decision is asked today; none was asked last quarter"


def test_many_earlier_decisions_take_a_page_of_their_own():
    first, *rest = pages(*[ASKED] * 5, *[DONE] * 12)
    assert first.body["fates"] is None
    assert [len(page.body["fates"]["rows"]) for page in rest] == [8, 4]
    assert all(page.title == "All twelve of last quarter are done" for page in rest)


@pytest.mark.parametrize(
    ("row", "cost", "detail"),
    [
        ({"cost": 2_700_000.0}, "$2.7M", ""),
        ({"cost": 1_234_567_890.0, "cost_words": "over four years"}, "$1.23B", "over four years"),
        ({"cost_words": "No spend"}, "No spend", ""),
        ({"cost": 0.0}, "$0", ""),
        ({}, "Not stated", ""),
    ],
)
def test_cost(row, cost, detail):
    found = pages({**ASKED, **row})[0].body["asked"][0]
    assert (found["cost"], found["cost_detail"]) == (cost, detail)


def test_what_happened_after_the_day_is_not_told():
    given = tables(
        decisions=[{"decision_id": "D-1", "title": "x", **DONE, "done_on": date(2026, 10, 2)}]
    )
    facts = facts_for(given, ())
    assert decisions.build(facts)[0].title.endswith("the one of last quarter is late")
    later = replace(
        facts, windows=[replace(each, as_of=date(2026, 10, 9)) for each in facts.windows]
    )
    assert later.as_of == date(2026, 9, 30)  # the quarter has ended: its last day counts
