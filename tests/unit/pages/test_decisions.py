"""The decisions page counts with grammar, says where the leaders differ, and knows what is late."""

from dataclasses import replace
from datetime import date

import pytest

from board_report.story.commentary import Commentary
from board_report.story.decision_register import decision_promise_findings
from board_report.story.page import Page
from board_report.story.pages import decisions
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.series_for import series_for

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
    assert [len(page.body["register"]) for page in rest] == [7, 5]
    assert all(page.title == "All twelve of last quarter are done" for page in rest)
    assert [page.id for page in rest] == ["decisions-2", "decisions-3"]
    assert all(page.voices_room is None for page in rest)


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


# --- options -------------------------------------------------------------------------------------


def option(decision, letter, ciso=None, cto=None, **more):
    return {
        "decision_id": f"D-{decision}",
        "option": letter,
        "title": f"Way {letter}",
        "risk_effect": "Loss shrinks",
        "is_recommended_by_ciso": ciso,
        "is_recommended_by_cto": cto,
        **more,
    }


def with_options(rows, options, **series):
    given = [
        {
            "title": f"Decision {at}",
            "owner_role": "CISO",
            "buys": "Time",
            "if_not": "Loss stays",
            **row,
            "decision_id": f"D-{at}",
        }
        for at, row in enumerate(rows, 1)
    ]
    some = tables(decisions=given, decision_options=options)
    return decisions.build(series_for(series or {"mttr": (38.0,) * 8}, some=some))


def test_options_stand_with_their_cost_and_who_recommends_them():
    (page,) = with_options(
        [ASKED],
        [
            option(1, "B", False, False, cost_words="No spend"),
            option(1, "A", True, True, cost=2_700_000.0),
        ],
    )
    (block,) = page.body["blocks"]
    first, second = block["options"]
    assert (first["letter"], first["amount"], first["cost"]) == ("A", "$2.7M", "")
    assert (first["ciso"], first["cto"], first["is_chosen"]) == ("yes", "yes", "yes")
    assert (second["amount"], second["cost"], second["is_chosen"]) == ("", "No spend", "")
    assert block["advice"] == "Both recommend A"
    assert page.context == "The CISO and the CTO recommend the same on it."


@pytest.mark.parametrize(
    ("row", "marks", "advice", "context"),
    [
        (
            {"recommendation_cto": "Approve, from January"},
            ((True, False), (False, True)),
            "The leaders differ: CISO A, CTO B (approve, from January)",
            "The CISO and the CTO differ on D-1, which the Board settles.",
        ),
        (
            {},
            ((True, None), (None, None)),
            "The CISO recommends A; no word of the CTO",
            "On D-1 not both have made a recommendation.",
        ),
        (
            {},
            ((None, None), (None, None)),
            "No recommendation is on record",
            "On D-1 not both have made a recommendation.",
        ),
        (  # words beside one and the same option are shades of it
            {"recommendation_ciso": "Approve, with a review", "recommendation_cto": "Approve"},
            ((True, True), (False, False)),
            "Both recommend A",
            "The CISO and the CTO recommend the same on it.",
        ),
    ],
)
def test_advice_on_options(row, marks, advice, context):
    options = [
        option(1, letter, ciso, cto) for letter, (ciso, cto) in zip("AB", marks, strict=True)
    ]
    (page,) = with_options([{**ASKED, **row}], options)
    assert page.body["blocks"][0]["advice"] == advice
    assert page.context == context


def test_where_only_some_have_options_the_others_stand_as_asked():
    (page,) = with_options(
        [ASKED, {**ASKED, "cost": 95_000.0}], [option(1, "A", True, True), option(1, "B")]
    )
    (other,) = page.body["blocks"][1]["options"]
    assert other["title"] == "As asked; no options are on record"
    assert (other["amount"], other["effect"]) == ("$95K", "Time")


def test_five_decisions_with_four_options_take_the_pages_they_need():
    options = [option(at, letter, True, True) for at in range(1, 8) for letter in "ABCD"]
    first, *rest = with_options([ASKED] * 7, options)
    shown = [block["code"] for page in (first, *rest) for block in page.body["blocks"]]
    assert shown == ["D-1", "D-2", "D-3", "D-4", "D-5"]
    assert rest[0].section == "Decisions, continued"
    assert rest[0].title.startswith("Also asked today: D-")
    assert (first.body["rest"], rest[-1].body["rest"]) == (
        "",
        "Also asked, in the register: D-6 and D-7.",
    )
    for page in (first, *rest):
        used = sum(sum(block["heights"]) for block in page.body["blocks"])
        assert used <= 334 - 26


def test_more_options_than_a_block_holds_are_counted():
    (page,) = with_options([ASKED], [option(1, letter) for letter in "ABCDEFGH"])
    (block,) = page.body["blocks"]
    assert (len(block["options"]), block["more"]) == (6, "two more options on record")


# --- promises ------------------------------------------------------------------------------------

PROMISED = {**DONE, "promise": "Recovery in 36 hours", "promised_metric_id": "mttr"}


def register(*rows, **series):
    """The register's rows, on the page after five decisions with options."""
    asked = [ASKED] * 3
    options = [option(at, letter, True, True) for at in (1, 2, 3) for letter in "ABC"]
    pages = with_options([*asked, *rows], options, **series)
    return pages[-1]


@pytest.mark.parametrize(
    ("value", "promised", "outcome", "against", "status"),
    [
        (38.0, 36.0, "Missed", "promised 36\u00a0h, is 38\u00a0h", "off"),
        (36.0, 36.0, "Kept", "promised 36\u00a0h, is 36\u00a0h", "on"),
        (36.4, 36.0, "Kept", "promised 36\u00a0h, is 36\u00a0h", "on"),  # as it is printed
        (36.5, 36.0, "Missed", "promised 36\u00a0h, is 37\u00a0h", "off"),
        (None, 36.0, "Not measured", "promised 36\u00a0h, not measured", "none"),
    ],
)
def test_what_was_promised_against_what_is(value, promised, outcome, against, status):
    page = register(
        *[{**PROMISED, "promised_value": promised}] * 5, mttr=(value,) * 8, mttd=(1.0,) * 8
    )
    row = page.body["register"][0]
    assert (row["outcome"], row["against"], row["outcome_status"]) == (outcome, against, status)
    assert row["promise"] == "Recovery in 36 hours"


def test_a_decision_under_way_is_not_yet_held_to_its_promise():
    later = {**PROMISED, "state": "approved", "done_on": None, "due_on": date(2026, 12, 15)}
    page = register(*[{**later, "promised_value": 36.0}] * 5, mttr=(38.0,) * 8)
    assert {row["outcome"] for row in page.body["register"]} == {"Not yet"}
    assert page.title == "All five of last quarter are under way"


def test_without_a_metric_the_words_of_the_result_stand():
    page = register(*[{**DONE, "promise": "Time", "result": "Contract signed"}] * 5)
    row = page.body["register"][0]
    assert (row["outcome"], row["result"]) == ("", "Contract signed")
    assert page.metric_ids == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((36.0,), "the one measured promise is missed"),
        ((40.0,), "the one measured promise is kept"),
        ((40.0, 40.0), "both measured promises are kept"),
        ((40.0, 36.0, 36.0), "one of three measured promises is kept"),
        ((36.0, 36.0), "none of two measured promises is kept"),
    ],
)
def test_the_registers_title_counts_promises(values, words):
    rows = [{**PROMISED, "promised_value": value} for value in values]
    page = register(*rows, *[DONE] * (5 - len(rows)), mttr=(38.0,) * 8)
    assert page.title == f"All five of last quarter are done; {words}"
    assert page.metric_ids == ("mttr",)


def test_a_missed_promise_is_warned_about_for_four_quarters():
    rows = [
        {
            "decision_id": f"D-{at}",
            **PROMISED,
            "quarter": quarter,
            "promised_value": 36.0,
        }
        for at, quarter in enumerate(("2026-Q2", "2025-Q3", "2025-Q2"), 1)
    ]
    facts = series_for({"mttr": (38.0,) * 8}, some=tables(decisions=rows))
    found = decision_promise_findings(facts)
    assert [each.value for each in found] == ["D-1", "D-2"]
    assert found[0].code == "decision_promise_missed"
    assert (found[0].file, found[0].line) == ("decisions.csv", 2)
    assert "of 36 h; it is 38 h" in found[0].reason


def test_a_promise_by_an_unknown_metric_breaks_nothing():
    page = register(*[{**PROMISED, "promised_metric_id": "nonsense", "promised_value": 3.5}] * 5)
    row = page.body["register"][0]
    assert (row["outcome"], row["against"]) == ("Not measured", "promised 3.50, not measured")
    assert page.metric_ids == ()
