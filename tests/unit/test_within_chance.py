"""Nothing that speaks calls a move news that chance makes as well: pages, words, briefing, data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from board_report.metrics.evaluate import Figures
from board_report.model import Change, Compared, MetricSeries, Severity, Verdict
from board_report.period import Quarter
from board_report.story import marks
from board_report.story.briefing_figures import metric_questions
from board_report.story.briefing_notes import moved_most, since_words
from board_report.story.facts import BoardFacts
from board_report.story.live_figures import LiveMetric
from board_report.story.page import Page
from board_report.story.pages import detect_and_respond, executive_summary
from board_report.story.prose_check import prose_findings
from board_report.story.prose_codes import ProseCode
from board_report.story.record import figures_csv, figures_json
from board_report.story.summary_messages import summary_messages
from tests.unit.pages.series_for import series_for
from tests.unit.prose_cases import PAGE, known_facts, write


def by_chance(series: MetricSeries, p: float = 0.41) -> MetricSeries:
    """The same values, found to have moved no more than chance moves them."""
    verdict = Compared(Quarter(2026, 2), "a test", Verdict.CHANCE, Verdict.CHANCE, chance=p)
    return replace(
        series,
        change=Change.CHANCE,
        year_change=Change.CHANCE,
        compared=verdict,
        year_compared=replace(verdict, against=Quarter(2025, 3)),
    )


def moved_by_chance(facts: BoardFacts, *ids: str) -> BoardFacts:
    """Facts in which these metrics, or all, moved within chance."""
    chosen = ids or tuple(facts.figures.series)
    series: Mapping[str, MetricSeries] = {
        name: by_chance(each) if name in chosen and each.now.measured else each
        for name, each in facts.figures.series.items()
    }
    return replace(facts, figures=replace(facts.figures, series=series))


@cache
def facts() -> BoardFacts:
    """Detection from 40 to 19 hours and recovery from 52 to 49 in a year, all within chance."""
    return moved_by_chance(
        series_for(
            {
                "mttd": [45, 44, 43, 40, 34, 29, 23, 19],
                "mttr": [48, 50, 46, 52, 49, 53, 50, 49],
                "change_failure_rate": [0.15, 0.14, 0.14, 0.131, 0.12, 0.12, 0.111, 0.104],
                "incidents_detected": [20, 21, 18, 22, 18, 19, 16, 17],
                "launches_without_review": [0, 0, 0, 0, 0, 0, 1, 1],
            }
        )
    )


# --- pages ---------------------------------------------------------------------------------------


def test_the_word_in_a_scorecard() -> None:
    assert facts().change_text("mttd") == "Within chance"
    assert not facts().is_better("mttd")
    assert facts().change_text("launches_without_review") == "Unchanged", "the digits are the same"


def test_beside_a_share_in_a_title() -> None:
    found = marks.against_year_ago(facts(), "change_failure_rate")
    assert found == ", no clear change from 13% a year ago"
    plain = series_for({"change_failure_rate": [0.131, 0.12, 0.12, 0.111, 0.104]})
    assert marks.against_year_ago(plain, "change_failure_rate") == ", down from 13% a year ago"


def test_a_move_that_cannot_be_judged_is_not_told() -> None:
    few = facts().figures["change_failure_rate"]
    series = {"change_failure_rate": replace(few, year_change=Change.TOO_FEW)}
    some = replace(facts(), figures=replace(facts().figures, series=series))
    assert marks.against_year_ago(some, "change_failure_rate") == ""


def test_the_summary_calls_nothing_better() -> None:
    (page,) = executive_summary.build(facts())
    assert page.title.startswith("No clear change since last quarter on any of ")
    assert "within chance on three; unchanged on one" in page.context
    assert "better" not in page.title.lower()


def test_the_summary_with_one_figure_worse() -> None:
    worse = facts().figures["mttd"]
    series = {**facts().figures.series, "mttd": replace(worse, change=Change.WORSE)}
    (page,) = executive_summary.build(
        replace(facts(), figures=replace(facts().figures, series=series))
    )
    assert page.title.startswith("None of four measures is clearly better than last quarter")


def test_the_message_on_detection() -> None:
    heads = [each["head"] for each in summary_messages(facts())]
    assert heads[0] == "Detection shows no clear change."


def test_detect_and_respond_says_so_of_both() -> None:
    (page,) = detect_and_respond.build(facts())
    assert page.title == (
        "Neither detection nor recovery shows a clear change in a year; recovery still misses its "
        "target"
    )


def test_detect_and_respond_says_so_of_one() -> None:
    told = facts().figures["mttd"]
    series = {**facts().figures.series, "mttd": replace(told, year_change=Change.BETTER)}
    (page,) = detect_and_respond.build(
        replace(facts(), figures=replace(facts().figures, series=series))
    )
    assert page.title == (
        "Detection is twice as fast as a year ago; recovery shows no clear change and still misses "
        "its target"
    )


# --- the briefing book ---------------------------------------------------------------------------


def test_the_briefing_says_no_clear_change() -> None:
    said = since_words(facts(), "mttd").replace("\u00a0", " ")
    assert said == ", no clear change from 23 h last quarter"


def test_what_moved_by_chance_is_not_among_what_moved_most() -> None:
    news = facts().figures["incidents_detected"]
    series = {**facts().figures.series, "incidents_detected": replace(news, change=Change.WORSE)}
    some = replace(facts(), figures=replace(facts().figures, series=series))
    page = replace(PAGE, metric_ids=("mttd", "incidents_detected"))
    assert moved_most(page, some) == ("incidents_detected", "mttd")


def test_a_director_may_ask_whether_it_is_noise() -> None:
    (found,) = [
        each
        for each in metric_questions("incidents_detected", page("incidents_detected"), facts())
        if "noise" in each.text
    ]
    assert found.text.endswith("at 17, after 16, a signal or noise?")
    assert found.answer.startswith(
        "It is within chance: chance alone makes as large a move in 41% of cases."
    )


def test_a_signal_by_itself_is_told_as_one_of_many() -> None:
    series = {"incidents_detected": by_chance(facts().figures["incidents_detected"], p=0.03)}
    some = replace(facts(), figures=replace(facts().figures, series=series))
    (found,) = metric_questions("incidents_detected", page("incidents_detected"), some)
    assert "in 3.0% of cases, and of as many figures as this report has, some do" in found.answer


def page(*ids: str) -> Page:
    return replace(PAGE, metric_ids=ids)


# --- the leaders' words --------------------------------------------------------------------------


def said(text: str, *, head: str = "") -> list[tuple[str, bool, str]]:
    """Code, whether it stops, and the words, of what is found where detection moved by chance."""
    some = moved_by_chance(known_facts(), "mttd")
    commentary = write(text, head=head)
    some = replace(some, commentary={PAGE.id: commentary})
    own = replace(PAGE, title=commentary.title or PAGE.title)
    return [(each.code, each.stops, each.value) for each in prose_findings([own], some)]


def means(sentence: str) -> list[tuple[str, bool, str]]:
    return said(f"## What it means: CISO\n{sentence}")


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Detection improved.", "improved"),
        ("Time to detect fell from {{ metric('mttd', ago=4) }} a year ago.", "fell"),
        ("Time to detect is down from {{ metric('mttd', ago=1) }}.", "down"),
        ("Detection is twice as fast as a year ago: {{ metric('mttd') }}.", "twice as fast"),
    ],
)
def test_body_text_about_chance_is_a_warning(sentence: str, word: str) -> None:
    (found,) = means(sentence)
    assert found[:2] == (ProseCode.WORD_OF_CHANCE, False)
    assert word in found[2]


def test_a_title_about_chance_stops_the_build() -> None:
    (found,) = said("", head="title: Detection improved, and nobody saw it\n")
    assert found[:2] == (ProseCode.TITLE_OF_CHANCE, True)


def test_a_false_word_about_it_is_still_false() -> None:
    (found,) = means("Detection got worse.")
    assert found[:2] == (ProseCode.WORD_CONTRADICTS, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Detection has not improved.",
        "Time to detect is unchanged.",
        "Time to detect: no clear change.",
        "Time to detect was {{ metric('mttd', ago=4) }} a year ago.",
        "Incidents detected rose from a year ago.",  # another figure, of which it is news
    ],
)
def test_what_claims_no_move_stands(sentence: str) -> None:
    assert means(sentence) == []


def test_a_claim_against_a_quarter_that_no_test_covers_stands() -> None:
    assert means("Time to detect fell since 2026-Q1.") == []


def test_the_warning_is_no_error() -> None:
    commentary = write("## Notes\nDetection improved.")
    some = replace(moved_by_chance(known_facts(), "mttd"), commentary={PAGE.id: commentary})
    (found,) = prose_findings([PAGE], some)
    assert found.severity is Severity.WARNING
    assert "19 h now" in found.reason.replace("\u00a0", " ")
    assert "within chance" in found.reason


def test_conditions_may_ask() -> None:
    live = LiveMetric(facts().figures, "USD", "mttd")
    assert live.get("is_within_chance") is True
    assert live.get("is_better") is False
    same = LiveMetric(facts().figures, "USD", "launches_without_review")
    assert same.get("is_within_chance") is False
    assert same.get("is_unchanged") is True


# --- data ----------------------------------------------------------------------------------------


def whole() -> Figures:
    """The figures without slices."""
    some = facts().figures
    none = {(each.id, column): {} for each in some.specs.values() for column in each.splits}
    return replace(some, slices=none)


def test_the_figures_as_data_say_how_a_change_was_judged() -> None:
    record = json.loads(figures_json(whole(), "USD"))
    found = next(each for each in record["metrics"] if each["id"] == "mttd")
    assert (found["change"], found["year_change"]) == ("within chance", "within chance")
    assert found["compared"] == {
        "against": "2026-Q2",
        "test": "a test",
        "p": 0.41,
        "limits": None,
        "alone": "within chance",
        "verdict": "within chance",
    }


def test_the_table_has_the_change_in_the_last_quarter_alone() -> None:
    head, *rows = figures_csv(whole(), "USD").splitlines()
    at = head.split(",").index("change")
    told = [row.split(",")[at] for row in rows if row.startswith("incidents_detected,")]
    assert told == [""] * 7 + ["within chance"]


def test_the_table_has_garwoods_interval_of_a_count() -> None:
    """17 events: 9.90 to 27.22, as tables of the Poisson distribution give it."""
    head, *rows = figures_csv(whole(), "USD").splitlines()
    names = head.split(",")
    last = [row for row in rows if row.startswith("incidents_detected,")][-1].split(",")
    low, high = (float(last[names.index(each)]) for each in ("low_95", "high_95"))
    assert (round(low, 2), round(high, 2)) == (9.90, 27.22)
