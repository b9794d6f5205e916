"""The forecasts page counts targets in grammar and lists the longest missed first."""

from dataclasses import replace
from datetime import date

import pytest

from board_report.metrics.evaluate import Figures
from board_report.model import Change, MetricResult, MetricSeries, State, Status, Target
from board_report.period import windows
from board_report.story.pages import forecasts
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for, sample_project

MISSED = (0.1,) * 8
MET = (0.95,) * 8
NEAR = (0.85,) * 8
FRESH_MISS = (*[0.95] * 7, 0.1)
ABSENT = (*[0.95] * 7, None)


def build(*courses, quarters=8, given=None, targets=True):
    project = sample_project()
    ids = [f"m{at}" for at in range(len(courses))]
    base = facts_for(given or tables(), forecasts.PLANS, targets={}, quarters=quarters)
    template = base.figures.spec("adoption_against_plan")
    periods = windows(project.calendar, project.quarter, project.as_of, quarters)
    made = {
        name: _series(name, course[-quarters:], periods, targets)
        for name, course in zip(ids, courses, strict=True)
    }
    specs = {name: replace(template, id=name, title=f"Measure {name}") for name in ids}
    figures = Figures({**base.figures.specs, **specs}, {**base.figures.series, **made})
    (page,) = forecasts.build(replace(base, figures=figures))
    return page


def _series(name, values, periods, targets):
    results = tuple(
        MetricResult(
            name, period.quarter, State.MEASURED if value is not None else State.WITHHELD, value, 9
        )
        for period, value in zip(periods, values, strict=True)
    )
    target = Target(name, at_least=True, value=0.9, near=0.8) if targets else None
    return MetricSeries(name, results, target, Status.NONE, Change.NONE, None)


@pytest.mark.parametrize(
    ("courses", "title"),
    [
        ([], "No target is declared, so nothing that was promised can be checked"),
        ([MET], "The one target was met this quarter"),
        ([NEAR], "The one target was nearly met this quarter"),
        (
            [MISSED],
            "The one target was missed this quarter; one has been missed three quarters running",
        ),
        ([MET, MET], "Both targets were met this quarter"),
        (
            [MET, MISSED, MISSED],
            "Of three targets, one was met this quarter; two have been missed three quarters "
            "running",
        ),
        (
            [NEAR, FRESH_MISS],
            "Of two targets, none was met this quarter and one nearly; none has been missed three "
            "quarters running",
        ),
        ([ABSENT, ABSENT], "None of two targets could be judged this quarter"),
        (
            [MET] * 22 + [NEAR] * 9 + [MISSED] * 9,
            "Of 40 targets, 22 were met this quarter and nine nearly; nine have been missed three "
            "quarters running",
        ),
    ],
)
def test_title(courses, title):
    assert build(*courses).title == title


def test_one_quarter_says_nothing_of_three():
    page = build(MET, MISSED, quarters=1)
    assert page.title == "Of two targets, one was met this quarter"
    assert page.context == "Missed longest first."


def test_context_compares_with_a_year_ago_and_counts_absences():
    page = build((*[0.1] * 7, 0.95), ABSENT, MET)
    assert page.context == (
        "A year ago two of three that could be judged would have been met. One has no value this "
        "quarter. Missed longest first."
    )
    assert page.body["tally"] == ["2", "2", "2", "2", "2", "2", "2", "2"]


def test_a_year_ago_without_a_value_has_words_of_its_own():
    page = build((*[None] * 7, 0.95), (*[None] * 7, 0.1))
    assert page.context.startswith("A year ago none could be judged. ")


def test_rows_that_do_not_fit_are_counted():
    page = build(*[MISSED] * 30, *[NEAR] * 5, *[MET] * 5)
    assert [len(rows) for rows in page.body["columns"]] == [16, 16]
    assert page.body["more"] == "+ 8 more targets: 3 nearly met and 5 met"
    assert page.body["columns"][0][0]["is_missed"] is True


def test_a_mark_for_each_quarter_with_its_word():
    (row,) = build((None, 0.1, 0.85, *[0.95] * 5)).body["columns"][0]
    assert row["marks"][:4] == ["absent", "off", "near", "on"]
    assert row["words"][:4] == ["withheld", "off target", "near target", "on target"]


def decided(**more):
    return {"quarter": "2026-Q2", "state": "approved", "due_on": date(2026, 9, 15), **more}


@pytest.mark.parametrize(
    ("rows", "value", "text"),
    [
        ([], "None", "None was asked in four quarters."),
        ([decided(quarter="2026-Q3", state="asked")], "None", "None was asked in four quarters."),
        ([decided(quarter="2025-Q1")], "None", "None was asked in four quarters."),
        ([decided()], "0 of 1", "done on time. Of one asked: one late."),
        (
            [
                decided(done_on=date(2026, 9, 11), state="done"),
                decided(),
                decided(state="deferred"),
            ],
            "1 of 2",
            "done on time. Of three asked: one late and one deferred or declined.",
        ),
        ([decided(due_on=date(2027, 1, 1))], "None due", "Of one asked: one under way."),
    ],
)
def test_decisions_kept(rows, value, text):
    found = build(MET, given=tables(decisions=rows)).body["decisions"]
    assert (found["value"], found["text"]) == (value, text)


def test_decisions_not_given():
    assert build(MET).body["decisions"]["value"] == "Not on record"


def test_plans_not_measured_say_so():
    words = build(MET).body["plans"]
    assert [(each["value"], each["measured"]) for each in words] == [("not measured", "")] * 2
