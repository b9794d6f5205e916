"""People: training against its target, and clicks judged with the templates they answer to."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.page import Page
from board_report.story.pages import people
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for

METRICS = ("training_completion", "phishing_click_rate", "phishing_report_rate")
Sent = tuple[str, int, int]
"""Difficulty, messages delivered, people who clicked."""


def enrolled(count: int, done: int, unit: str = "Europe") -> list[Row]:
    return [
        {
            "business_unit": unit,
            "audience_group": "all_staff",
            "assigned_on": "2026-07-01",
            "due_on": "2026-09-15",
            "completed_on": "2026-09-15" if at < done else None,
        }
        for at in range(count)
    ]


def sent(day: str, *campaigns: Sent) -> list[Row]:
    return [
        {
            "business_unit": "Europe",
            "sent_on": day,
            "difficulty": difficulty,
            "delivered": delivered,
            "clicked": clicked,
            "reported": delivered // 2,
        }
        for difficulty, delivered, clicked in campaigns
    ]


NOW, QUARTER_AGO, YEAR_AGO = "2026-08-10", "2026-05-11", "2025-08-11"
ALL_DONE = "100% of training was done on time, on its 95% target"


def page_of(training: list[Row] | None, phishing: list[Row] | None, **more: object) -> Page:
    given = {"training_enrollments": training, "phishing_campaigns": phishing}
    some = tables(**{name: rows for name, rows in given.items() if rows is not None})
    (found,) = people.build(facts_for(some, METRICS, **more))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("training", "phishing", "title"),
    [
        (
            enrolled(20, 20),
            sent(NOW, ("easy", 100, 20)) + sent(YEAR_AGO, ("easy", 100, 40)),
            f"{ALL_DONE}; 20% clicked on simulated phishing, down from 40% a year ago",
        ),
        (
            enrolled(20, 20),
            sent(NOW, ("easy", 100, 40)) + sent(YEAR_AGO, ("easy", 100, 20)),
            f"{ALL_DONE}; 40% clicked on simulated phishing, up from 20% a year ago",
        ),
        (
            enrolled(20, 20),
            sent(NOW, ("easy", 100, 20)) + sent(YEAR_AGO, ("easy", 200, 40)),
            f"{ALL_DONE}; 20% clicked on simulated phishing, as a year ago",
        ),
        (
            enrolled(20, 20),
            sent(NOW, ("hard", 100, 40)) + sent(YEAR_AGO, ("easy", 100, 20)),
            "100% of training was done on time; 40% clicked on simulated phishing, up from 20% "
            "on another mix of templates",
        ),
        (
            enrolled(100, 92),
            sent(NOW, ("easy", 100, 20)),
            "92% of training was done on time, just short of 95%; 20% clicked on simulated "
            "phishing",
        ),
        (
            enrolled(100, 50),
            None,
            "50% of training was done on time, short of 95%; phishing simulations are not measured",
        ),
        (
            enrolled(2, 1),
            sent(NOW, ("easy", 2, 1)),
            "Training was due for only two, too few to judge; too few messages were sent to judge "
            "clicks",
        ),
        ([], [], "No training was due this quarter; no phishing was simulated this quarter"),
        (
            enrolled(20, 0),
            sent(NOW, ("easy", 1_000_000_000, 0)),
            "0% of training was done on time, short of 95%; 0% clicked on simulated phishing",
        ),
        (
            None,
            sent(NOW, ("easy", 100, 20)),
            "Training is not measured; 20% clicked on simulated phishing",
        ),
        (None, None, "Neither training nor phishing simulations are measured"),
    ],
)
def test_the_title_is_borne_out(
    training: list[Row] | None, phishing: list[Row] | None, title: str
) -> None:
    page = page_of(training, phishing)
    assert page.title == title
    assert len(page.title) <= 118


def test_without_targets_training_is_not_judged() -> None:
    assert page_of(enrolled(10, 8), None, targets={}).title.startswith(
        "80% of training was done on time; "
    )


def test_a_rise_from_harder_templates_alone_is_said_to_be_one() -> None:
    before = sent(QUARTER_AGO, ("easy", 1000, 100), ("moderate", 1000, 200))
    now = sent(NOW, ("easy", 1000, 80), ("moderate", 1000, 180), ("hard", 1000, 400))
    assert page_of(enrolled(9, 9), before + now).context == (
        "The click rate rose since Q2 because the mix changed: at each difficulty sent in both, "
        "it fell."
    )


def test_a_rise_at_every_difficulty_is_not_excused_by_the_mix() -> None:
    before = sent(QUARTER_AGO, ("easy", 100, 10))
    now = sent(NOW, ("easy", 100, 20), ("hard", 100, 40))
    assert page_of(enrolled(9, 9), before + now).context == (
        "The click rate rose since Q2, and so it did at each difficulty sent in both."
    )


def test_where_difficulties_part_ways_only_the_mix_is_said() -> None:
    before = sent(QUARTER_AGO, ("easy", 100, 10), ("moderate", 300, 60))
    now = sent(NOW, ("easy", 100, 20), ("moderate", 100, 15), ("hard", 100, 50))
    assert page_of(enrolled(9, 9), before + now).context == (
        "The click rate rose since Q2, on another mix of templates."
    )


def test_the_same_mix_needs_no_words() -> None:
    before, now = sent(QUARTER_AGO, ("easy", 100, 10)), sent(NOW, ("easy", 100, 20))
    assert page_of(enrolled(9, 9), before + now).context == ""


def test_the_lowest_unit_is_named_by_its_counts() -> None:
    training = enrolled(10, 10) + enrolled(10, 4, "Home Care") + enrolled(10, 8, "Corporate")
    assert page_of(training, []).context == "Home Care is lowest in training: 4 of 10 on time."


def test_the_mix_is_said_now_and_a_year_ago() -> None:
    now = sent(NOW, ("easy", 100, 1), ("hard", 300, 9))
    assert page_of([], now + sent(YEAR_AGO, ("easy", 10, 1))).body["mix"] == [
        "Sent in Q3: 25% easy and 75% hard.",
        "A year ago: 100% easy.",
    ]
    assert page_of([], []).body["mix"] == []


def lines_of(page: Page, name: str) -> list[dict[str, Any]]:
    return list(page.figures[name].data["series"])  # type: ignore[call-overload]


def test_one_difficulty_alone_is_one_line() -> None:
    assert len(lines_of(page_of([], sent(NOW, ("easy", 100, 10))), "clicks")) == 1
    two = lines_of(page_of([], sent(NOW, ("easy", 100, 10), ("hard", 100, 30))), "clicks")
    assert [(each["label"], each["end"]) for each in two] == [
        ("hard", "30%"),
        ("easy", "10.0%"),
        ("all", "20%"),
    ]


@pytest.mark.parametrize("quarters", [1, 8])
def test_pictures_are_drawn_with_and_without_data(quarters: int) -> None:
    for page in (
        page_of(None, None, quarters=quarters),
        page_of([], [], quarters=quarters),
        page_of(enrolled(9, 9), sent(NOW, ("hard", 10, 10)), quarters=quarters),
    ):
        for spec in page.figures.values():
            assert draw(spec).svg.startswith(b"<svg ")
    assert b"none due" in draw(page_of([], []).figures["training"]).svg
    assert b"not measured" in draw(page_of(None, []).figures["training"]).svg
