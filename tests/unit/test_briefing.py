"""What a speaker is told, and what the record answers: exact words for figures written down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from board_report.model import State, Target
from board_report.period import Quarter
from board_report.risk.position import RiskPosition, TopRisk
from board_report.story.briefing import briefing_context
from board_report.story.briefing_notes import (
    ask_sentence,
    figure_lines,
    figure_sentence,
    moved_most,
    notes_for,
)
from board_report.story.briefing_questions import AT_MOST, homes, questions_for
from board_report.story.commentary import Commentary
from board_report.story.facts import BoardFacts
from board_report.story.page import Action, Ask, BoardContext, Judgement, Mode, Page, Voices
from tests.spec.tables import tables
from tests.unit.pages.series_for import Value, series_for

WORSE: list[Value] = [(40.0, 12), (45.0, 14), (49.0, 15)]
"""Hours to recover: against 36 (near 44) the last two of three quarters are off target."""
ACTION = Action("Rehearse recovery", "Renwick", "15 Dec 2026")
CISO = "The CISO"


def page(*metrics: str, name: str = "detect-and-respond", **more: Any) -> Page:
    given: dict[str, Any] = {"title": "Recovery misses its target", "context": "", "owners": "",
                             "sources": "", "body": {}, "metric_ids": metrics, **more}  # fmt: skip
    return Page(id=name, section="Detect and respond", **given)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def asked(facts: BoardFacts, on: Page) -> dict[str, str]:
    """Question to answer, in order."""
    return {plain(each.text): plain(each.answer) for each in questions_for(on, facts)}


def mttr(values: list[Value], **more: Any) -> BoardFacts:
    return series_for({"mttr": values}, **more)


# Notes


def test_notes_follow_from_the_page_by_rule() -> None:
    voices = Voices(
        means=(Judgement("CISO", "Backups are slow."),),
        does=(ACTION,),
        recommends=(Judgement("CTO", "Fund phase two"),),
        needs=Ask("Approve D-31", "by 27 Oct 2026"),
    )
    notes = notes_for(page("mttr", voices=voices), mttr(WORSE))
    assert [plain(each) for each in notes.paragraphs] == [
        "Recovery misses its target.",
        "Time to recover: 49 h, up from 45 h last quarter; the target is at most 36 h.",
        "The CISO judges: Backups are slow.",
        "What we do: Rehearse recovery (Renwick, 15 Dec 2026).",
        "The CTO recommends: Fund phase two.",
        "We ask the Board: approve D-31 (by 27 Oct 2026).",
    ]
    assert not notes.is_own


def test_the_leaders_own_notes_take_their_place() -> None:
    own = {"detect-and-respond": Commentary("detect-and-respond", "a.md", notes=("Say this.",))}
    notes = notes_for(page("mttr"), mttr(WORSE, commentary=own))
    assert (notes.paragraphs, notes.is_own) == (("Say this.",), True)


@pytest.mark.parametrize(("words", "seconds"), [(1, 5), (150, 60), (151, 65), (225, 90)])
def test_time_is_150_words_a_minute_in_steps_of_five_seconds(words: int, seconds: int) -> None:
    own = {"p": Commentary("p", "a.md", notes=("word " * words,))}
    assert notes_for(page(name="p"), mttr(WORSE, commentary=own)).seconds == seconds


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([(45.0, 9), (45.2, 9)], "Time to recover: 45 h, as last quarter"),
        ([None, 45.0], "Time to recover: 45 h, with no value last quarter"),
        ([50.0, 45.0], "Time to recover: 45 h, down from 50 h last quarter"),
    ],
)
def test_a_figure_in_a_sentence(values: list[Value], words: str) -> None:
    assert plain(figure_sentence(mttr(values, targets={}), "mttr")) == f"{words}."


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (None, ""),
        (Ask("Nothing today", "Next report: the drill"),
         "We ask nothing today (Next report: the drill)."),
        (Ask("Decide D-31", ""), "We ask the Board: decide D-31."),
    ],
)  # fmt: skip
def test_what_is_asked(ask: Ask | None, words: str) -> None:
    assert ask_sentence(page(voices=Voices(needs=ask))) == words


def test_figures_that_moved_most_come_first_then_those_off_target() -> None:
    """mttr moved by 4 in 49 (8%), mttd by 10 in 20 (50%), mttc not at all but misses 12 hours."""
    facts = series_for({"mttr": WORSE, "mttd": [0.0, 20.0, 10.0], "mttc": [30.0, 30.0, 30.0],
                        "mtta": [0.5, 0.5, 0.5]})  # fmt: skip
    on = page("mtta", "mttr", "mttc", "mttd")
    assert moved_most(on, facts) == ("mttd", "mttr", "mttc")


def test_a_figure_to_have_at_hand_says_what_it_rests_on() -> None:
    (line,) = figure_lines(page("mttr"), mttr([52.0, None, None, (45.0, 9), (49.0, 15)]))
    shown = (line.title, line.value, line.target, line.change, line.year_ago)
    assert tuple(map(plain, shown)) == ("Time to recover", "49 h", "≤ 36", "Worse by 4", "52 h")
    assert line.cases.startswith("15 incidents detected in the quarter")


# Off target


def test_a_missed_target_is_asked_about_with_all_that_is_on_record() -> None:
    voices = Voices(does=(ACTION,), needs=Ask("Approve D-31", ""))
    (found,) = asked(mttr(WORSE), page("mttr", voices=voices)).items()
    assert found == (
        "Why is “Time to recover” at 49 h against a target of 36 h, and when will it be met?",
        "It has been off target for two quarters running. It is up from 45 h last quarter. It "
        "rests on 15 incidents detected in the quarter, recovered or still open. A date by which "
        "the target will be met is not on record. Actions: Rehearse recovery (Renwick, 15 Dec "
        "2026). We ask the Board: approve D-31.",
    )


def test_without_an_action_the_answer_says_so() -> None:
    (answer,) = asked(mttr(WORSE), page("mttr")).values()
    assert answer.endswith("A date by which the target will be met is not on record. "
                           "No action is on record.")  # fmt: skip


def test_from_the_third_quarter_the_streak_is_the_question() -> None:
    (found,) = asked(mttr([(45.0, 9)] * 3), page("mttr"))
    assert found == (
        "“Time to recover” has missed its target for three quarters running. Why is it at 45 h "
        "against a target of 36 h, and when will it be met?"
    )


def test_a_promise_gives_the_date() -> None:
    rows = [{"decision_id": "D-31", "state": "asked", "promised_metric_id": "mttr",
             "promised_value": 24.0, "due_on": "2027-06-30"},
            {"decision_id": "D-9", "state": "done", "promised_metric_id": "mttr",
             "promised_value": 20.0, "due_on": "2026-06-30"}]  # fmt: skip
    (answer,) = asked(mttr(WORSE, some=tables(decisions=rows)), page("mttr")).values()
    assert "D-31 is to bring it to 24 h by 30 Jun 2027." in answer
    assert "D-9" not in answer and "not on record. A" not in answer
    assert "A date by which" not in answer


def test_a_promise_that_is_late_is_said_to_be() -> None:
    rows = [{"decision_id": "D-29", "state": "approved", "promised_metric_id": "mttr",
             "promised_value": 24.0, "decided_on": "2026-07-28", "due_on": "2026-09-15",
             "result": "Seven of nine done"}]  # fmt: skip
    (answer,) = asked(mttr(WORSE, some=tables(decisions=rows)), page("mttr")).values()
    assert "D-29 was to bring it to 24 h by 15 Sep 2026 and is late: seven of nine done." in answer


def test_the_worst_part_is_named_where_parts_can_be_compared() -> None:
    slices = {("phishing_report_rate", "business_unit"): {
        "Europe": [(0.31, 50)], "Home Care": [(0.28, 50)], "Tiny": [(0.01, 0)]}}  # fmt: skip
    facts = series_for({"phishing_report_rate": [0.20]}, slices=slices)
    (answer,) = asked(facts, page("phishing_report_rate")).values()
    assert "By business unit it is worst for Home Care, at 28%." in answer


def test_what_several_answers_share_is_said_once() -> None:
    voices = Voices(does=(Action("Rehearse clean-room recovery of the laboratory systems",
                                 "Renwick", "15 Dec 2026"),))  # fmt: skip
    facts = series_for({"mttr": [90.0], "mttc": [90.0]})
    first, second = asked(facts, page("mttr", "mttc", voices=voices)).values()
    assert first.endswith("laboratory systems (Renwick, 15 Dec 2026).")
    assert second.endswith("For the rest, see the answer above.")


# Worse, few, restated, absent


def test_worse_but_not_missed() -> None:
    facts = series_for({"mttd": [(20.0, 9), (23.0, 9)]})
    assert asked(facts, page("mttd")) == {
        "Why did “Time to detect” get worse, from 20 h to 23 h?": (
            "It was 20 h last quarter and is 23 h. It rests on 9 incidents detected in the quarter "
            "whose start is known. It is still on target (at most 24 h). The cause is not on "
            "record."
        )
    }


def test_the_leaders_judgement_stands_for_a_cause() -> None:
    facts = series_for({"mttd": [(20.0, 9), (23.0, 9)]})
    voices = Voices(means=(Judgement("CISO", "Night shifts were thin."),))
    (answer,) = asked(facts, page("mttd", voices=voices)).values()
    assert answer.endswith("On the page the CISO judges: Night shifts were thin.")


def test_few_cases_are_neither_signal_nor_noise() -> None:
    facts = series_for({"mttd": [(20.0, 9), (23.0, 3)]})
    (found,) = asked(facts, page("mttd")).items()
    assert found[0] == "Is “Time to detect” at 23 h a signal or noise?"
    assert found[1] == (
        "It cannot be told: it rests on 3 incidents detected in the quarter whose start is known, "
        "and below five cases in either quarter we call no move. Last quarter it was 20 h on 9."
    )


@pytest.mark.parametrize(
    ("reason", "end"),
    [("A case was reopened.", "A case was reopened."), ("", "The reason is not on record.")],
)
def test_a_restated_figure(reason: str, end: str) -> None:
    rows = [{"metric_id": "mttd", "quarter": "2026-Q2", "value": 18.0,
             "restatement_reason": reason or None}]  # fmt: skip
    facts = series_for({"mttd": [20.0, 20.0]}, reported={"mttd": {Quarter(2026, 2): 18.0}},
                       some=tables(reported_figures=rows))  # fmt: skip
    assert asked(facts, page("mttd")) == {
        "You told us that “Time to detect” was 18 h in 2026-Q2. Why does it read 20 h today?": (
            f"We reported 18 h; on today’s records the same quarter gives 20 h. {end}"
        )
    }


def test_a_restatement_that_vanishes_in_print_is_none() -> None:
    facts = series_for({"mttd": [20.0, 20.0]}, reported={"mttd": {Quarter(2026, 2): 20.2}})
    assert asked(facts, page("mttd")) == {}


def test_what_is_not_measured_is_asked_about_with_the_file_that_would_mend_it() -> None:
    facts = series_for({"mttd": [None], "mttr": [None], "mttc": [State.NOTHING_HAPPENED]})
    assert asked(facts, page("mttd", "mttr", "mttc")) == {
        "Why can you not tell us “Time to detect” and “Time to recover”?": (
            "Not measured, because no data were given. It takes ciso/incidents.csv."
        )
    }


def test_a_withheld_figure_gives_its_note() -> None:
    facts = series_for({"soc2_score": [State.WITHHELD]})
    series = facts.figures.series["soc2_score"]
    noted = replace(series, values=(replace(series.now, note="only 40% assessed"),))
    facts = replace(facts, figures=replace(facts.figures, series={"soc2_score": noted}))
    (answer,) = asked(facts, page("soc2_score")).values()
    assert answer == "Withheld: only 40% assessed."


# Decisions


def decision(code: str, **given: object) -> dict[str, object]:
    return {"decision_id": code, "title": "Fund it", "state": "asked", "quarter": "2026-Q3",
            "recommendation_ciso": "Approve", "recommendation_cto": "Approve",
            "if_not": "Recovery stays slow", **given}  # fmt: skip


def options(*rows: dict[str, object]) -> dict[str, Any]:
    return {"decision_options": [{"decision_id": "D-31", "risk_effect": "Loss falls", **row}
                                 for row in rows]}  # fmt: skip


def test_saying_no_and_the_alternatives() -> None:
    some = tables(
        decisions=[decision("D-31"), decision("D-20", quarter="2026-Q2")],
        **options(
            {"option": "A", "title": "All", "cost": 2_700_000.0, "is_recommended_by_ciso": True,
             "is_recommended_by_cto": True},
            {"option": "B", "title": "Half", "cost_words": "Half the price"},
        ),
    )  # fmt: skip
    assert asked(series_for({}, some=some), page(name="decisions")) == {
        "Do the two of you agree with each other?": "On D-31 both recommend the same (approve).",
        "What if we say no to D-31, and what are the alternatives?": (
            "Recovery stays slow. A: All. $2.7M. Loss falls. Recommended by the CISO and CTO. "
            "B: Half. Half the price. Loss falls."
        ),
    }


def test_leaders_who_differ_are_both_heard() -> None:
    rows = [decision("D-1", recommendation_cto="Approve, from January"),
            decision("D-2", recommendation_cto=None), decision("D-3")]  # fmt: skip
    some = tables(decisions=rows)
    found = asked(series_for({}, some=some), page(name="decisions"))
    assert found["Do the two of you agree with each other?"] == (
        "On D-1 the CISO recommends: approve and the CTO recommends: approve, from January. On "
        "D-2 there is no recommendation of the CTO on record. On D-3 both recommend the same "
        "(approve)."
    )
    assert found["What if we say no to D-2, and what are the alternatives?"] == (
        "Recovery stays slow. No alternative is on record."
    )
    assert len(found) == AT_MOST


def test_shades_of_one_option_are_no_difference() -> None:
    """As on the page: both chose A, so the words beside it do not set them apart."""
    words = decision("D-1", recommendation_ciso="Approve, with a review each quarter")
    chosen = {"is_recommended_by_ciso": True, "is_recommended_by_cto": True}
    some = tables(
        decisions=[words],
        decision_options=[{"decision_id": "D-1", "option": "A", "title": "All", **chosen}],
    )
    found = asked(series_for({}, some=some), page(name="decisions"))
    assert found["Do the two of you agree with each other?"].startswith(
        "On D-1 both recommend the same"
    )


def test_without_a_decision_nothing_is_asked_of_decisions() -> None:
    assert asked(series_for({}, some=tables(decisions=[])), page(name="decisions")) == {}


# Loss, matters, overview, next


def test_how_sure_we_are_of_the_loss() -> None:
    top = TopRisk("R-1", "Warehouse ransomware", "CISO", 0.2, 1e6, 3e6, 9e6, 8e5)
    risk = RiskPosition(
        quarter=Quarter(2026, 3), trials=100_000, seed=1, expected_loss=1e6, exceedance=(),
        loss_1_in_20=37.3e6, loss_1_in_20_error=(36.9e6, 37.8e6), loss_1_in_100=6e7,
        tolerance_1_in_20=None, tolerance_exceedance=None, net_exceedance=(),
        payers_1_in_20=None, top=(top,), unquantified=2,
    )  # fmt: skip
    facts = series_for({"loss_1_in_20": [37.3e6]}, risk=risk, targets={})
    assert asked(facts, page("loss_1_in_20"))["How sure are you of $37.3M in one year of 20?"] == (
        "It is read from 100,000 simulated years. Chance in the simulation alone puts it between "
        "$36.9M and $37.8M, 19 times in 20. What we do not know of the world weighs more: each "
        "scenario is a range. Warehouse ransomware, the largest, would cost between $1M and $9M "
        "if it happens, eight times in ten. Scenarios are taken as independent; a common cause "
        "would make a bad year worse. Two risks of the register have no estimate and no part."
    )


def test_of_each_matter_who_answers_for_it() -> None:
    lines = [
        {"label": "Clock running", "sentence": "A review is open.", "since": "16 Sep 2026",
         "stood": "14 days", "owner": "Drummond"},
        {"label": "Over tolerance", "sentence": "Loss is over.", "since": "", "stood": "",
         "owner": "Both"},
    ]  # fmt: skip
    found = asked(series_for({}), page(name="escalations", body={"lines": lines}))
    assert found == {
        "Clock running: who answers for it, and what is done?": (
            "A review is open. It stands so since 16 Sep 2026 (14 days). Drummond answers for it. "
            "No action is on record."
        ),
        "Over tolerance: who answers for it, and what is done?": (
            "Loss is over. Both leaders answer for it. No action is on record."
        ),
    }


def test_matters_of_one_rule_are_told_apart() -> None:
    line = {"label": "Rose a band", "sentence": "It rose.", "owner": "Renwick"}
    found = asked(series_for({}), page(name="escalations", body={"lines": [line, line]}))
    assert [each.split(":")[0] for each in found] == [
        "Rose a band (matter 1)", "Rose a band (matter 2)"
    ]  # fmt: skip


def test_an_overview_asks_for_the_longest_missed_and_for_what_got_worse() -> None:
    facts = series_for({"mttr": [(45.0, 9), (45.0, 9), (49.0, 9)], "mttd": [(20.0, 9), (23.0, 9)]})
    on = page("mttr", "mttd", name="executive-summary")
    found = {each.text: plain(each.answer) for each in questions_for(on, facts, ids=())}
    assert found == {
        "Which of these have missed their target longest?": (
            "Time to recover: three quarters, now at 49 h against 36 h."
        ),
        "What got worse since last quarter?": (
            "Time to recover: 49 h, from 45 h last quarter; off target. "
            "Time to detect: 23 h, from 20 h last quarter; on target."
        ),
    }


def test_where_nothing_is_wrong_the_next_report_is_asked_about() -> None:
    voices = Voices(does=(ACTION,), needs=Ask("Nothing today", "Next report: the drill"))
    facts = series_for({"mttd": [20.0, 20.0]})
    assert asked(facts, page("mttd", voices=voices)) == {
        "What will you have done by the next report?": (
            "On record: Rehearse recovery (Renwick, 15 Dec 2026). Next report: the drill."
        )
    }


# Which, and how many


def test_the_leaders_own_questions_come_first_and_rules_fill_up_to_four() -> None:
    own = {"p": Commentary("p", "a.md", questions=(("Mine?", "Yes."), ("And this?", "")))}
    names = ("mttd", "mttr", "mttc", "mtta")
    facts = series_for({name: [900.0] for name in names}, commentary=own)
    found = questions_for(page(*names, name="p"), facts)
    assert [each.is_own for each in found] == [True, True, False, False]
    assert (found[0].text, found[1].answer) == ("Mine?", "No answer is on record.")


def test_what_follows_from_a_no_is_answered_beside_the_leaders_own_questions() -> None:
    own = {"decisions": Commentary("decisions", "a.md", questions=(("A?", "B."),) * 3)}
    facts = series_for({}, some=tables(decisions=[decision("D-1")]), commentary=own)
    texts = [each.text for each in questions_for(page(name="decisions"), facts)]
    assert texts[-1] == "What if we say no to D-1, and what are the alternatives?"
    assert len(texts) == 5


def test_what_is_not_shown_is_asked_about_in_its_own_words() -> None:
    body = {
        "unknowable": [{"what": "Attacks unseen", "why": "They are in no count."}],
        "rows": [{"what": "Time to detect", "shown": "Not measured", "why": "No data"}],
    }
    on = page(name="not-shown", body=body, title="One figure has no value")
    assert asked(series_for({}), on) == {
        "What can you not tell us, whatever the data?": "Attacks unseen: They are in no count."
    }
    assert notes_for(on, series_for({})).paragraphs == (
        "One figure has no value.",
        "Time to detect, Not measured: No data.",
    )


def test_worst_comes_first() -> None:
    facts = series_for({"mttd": [(20.0, 9), (22.0, 9), (23.0, 9)],
                        "mttc": [(9.0, 9), (9.0, 9), (90.0, 9)],
                        "mttr": [(90.0, 9)] * 3})  # fmt: skip
    found = list(asked(facts, page("mttd", "mttc", "mttr")))
    assert [each.split("“")[1].split("”")[0] for each in found] == [
        "Time to recover", "Time to contain", "Time to detect"
    ]  # fmt: skip


def test_each_figure_is_asked_about_on_the_page_that_is_most_about_it() -> None:
    pages = [page("mttd", "mttr", name="executive-summary"), page("kev_open", "mttr", name="a"),
             page("mttr", "kev_open", name="b")]  # fmt: skip
    assert homes(pages) == {"mttd": "executive-summary", "mttr": "b", "kev_open": "a"}


# The book


def deck_of(*pages: Page) -> BoardContext:
    cover = page(name="cover")
    return BoardContext(
        mode=Mode.BRIEF, title="Cyber-risk brief to the Board", company_name="Corvane",
        quarter="2026-Q3", quarter_words="Third quarter 2026", as_of="30 Sep 2026",
        meeting="for the meeting", classification="Confidential", audience="", state="Draft",
        is_draft=True, leaders="", language="en-US", created="2026-10-09T12:00:00+00:00",
        pages=(cover, *pages),
    )  # fmt: skip


def test_the_book_follows_the_deck_and_explains_its_words() -> None:
    deck = deck_of(page("mttr"), page(name="b", title="EDR holds"))
    book = briefing_context(mttr(WORSE), deck, deck_file="d.pdf", appendix_file="a.pdf")
    assert [(each.number, each.id) for each in book.pages] == [(2, "detect-and-respond"), (3, "b")]
    assert [each.term for each in book.glossary] == ["EDR"]
    assert book.question_count == 1
    assert (book.deck_file, book.appendix_file, book.minutes) == ("d.pdf", "a.pdf", 1)


def test_targets_of_zero_read_as_zero() -> None:
    zero = {"kev_overdue": Target("kev_overdue", at_least=False, value=0, near=2)}
    (text,) = asked(series_for({"kev_overdue": [(6.0, 6)]}, targets=zero), page("kev_overdue"))
    assert text == (
        "Why is “Exploited flaws overdue” at 6 against a target of 0, and when will it be met?"
    )
