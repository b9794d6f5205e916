"""Pages over incidents whose severity is not stated: none of them is read as a lesser one."""

from __future__ import annotations

import pytest

from board_report.charts import theme
from board_report.governance.hand_overs import major_incidents, ungraded_incidents
from board_report.story.incident_rows import gravest_first, incidents_of, never_graded
from board_report.story.page import Mode, Page
from board_report.story.pages import collaboration, cover, detect_and_respond, incidents
from board_report.story.structure_words import known_major_incidents
from tests.spec.tables import Row, tables, window_of
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.test_detect_and_respond import METRICS as CLOCKS
from tests.unit.pages.test_incidents import facts_of, incident, minor
from tests.unit.pages.test_unknown_cells import checked

MANY = 40
"""Of so many incidents one is no more than a fortieth, which withholds nothing."""
CODED = {"materiality_state": "not_required", "materiality_determined_on": None}


def silent(**given: object) -> Row:
    return incident(**{"severity": None, **CODED, **given})


def page_of(*rows: Row) -> Page:
    (page,) = incidents.build(facts_of(tables(incidents=list(rows))))
    return checked(page)


# --- titles --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([silent()], "One incident this quarter; its severity is not stated"),
        ([silent(), silent()], "Two incidents this quarter; their severity is not stated"),
        (
            [silent(), minor(), incident()],
            "Three incidents this quarter; one of severity not stated",
        ),
        (
            [silent(materiality_state="under_review"), silent()],
            "Two incidents this quarter; their severity is not stated; one materiality review is "
            "open",
        ),
        (
            [silent(), *[minor()] * MANY],
            "No incident of this quarter is known to be major; 41 incidents were detected, one of "
            "severity not stated",
        ),
        (
            [silent(), incident(), *[minor()] * MANY],
            "One incident known to be major stopped services for 38 hours and cost $3.1M",
        ),
        (
            [silent(), incident(), incident(cost=9e6), *[minor()] * MANY],
            "The worse of two incidents known to be major stopped services for 38 hours and cost "
            "$9M",
        ),
    ],
)
def test_the_title_claims_no_severity_that_is_not_stated(rows: list[Row], title: str) -> None:
    page = page_of(*rows)
    assert page.title == title
    assert "lower severity" not in page.title
    assert "No major incident" not in str(page.body)


def test_an_earlier_one_leaves_the_words_on_this_quarter_as_they_are() -> None:
    early = silent(detected_at="2026-05-14 05:00", occurred_at=None)
    page = page_of(early, *[minor()] * MANY)
    assert page.title == "No major incident this quarter; 40 incidents of lower severity"
    assert page.body["major_unit"] == "1 not stated"


# --- rows and charts -----------------------------------------------------------------------------


def test_what_may_be_major_comes_after_what_is_and_before_what_is_not() -> None:
    grades = ("low", None, "high", "medium", "critical")
    rows = [incident(incident_id=f"{each}", severity=each) for each in grades]
    facts = facts_of(tables(incidents=rows))
    ranked = gravest_first(incidents_of(facts, facts.window))
    assert [each.incident_id for each in ranked] == ["critical", "high", "None", "medium", "low"]
    assert [each.is_major for each in ranked] == [True, True, False, False, False]


def test_the_incident_that_is_told_of_says_that_it_states_none() -> None:
    page = page_of(silent(incident_id="A"), minor())
    assert page.context.startswith(
        "A: Ransomware at the laboratory, Diagnostics, severity not stated. 2 incidents in Q3, "
        "1 of severity not stated."
    )


def test_a_review_of_one_is_listed_with_that_word() -> None:
    page = page_of(silent(incident_id="A", materiality_state="under_review"))
    (row,) = page.figures["reviews"].data["rows"]  # type: ignore[misc]
    assert row["code"] == "A, severity not stated"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([silent()], "Which incidents of this quarter were major is not known"),
        ([silent(), *[minor()] * MANY], "No incident of this quarter is known to be major"),
        ([minor()], "No major incident this quarter"),
    ],
)
def test_without_a_review_it_is_said_what_is_known_of_the_quarter(
    rows: list[Row], words: str
) -> None:
    assert page_of(*rows).body["no_reviews"] == f"{words}, and no review is open from before."


def test_the_bars_of_major_incidents_say_how_many_are_not_stated() -> None:
    page = page_of(silent(), incident(), *[minor()] * MANY)
    major = page.figures["major"]
    assert major.data["values"][-1] == 1  # type: ignore[index]
    assert page.figures["all"].data["values"][-1] == MANY + 2  # type: ignore[index]
    assert page.body["major_unit"] == "1 not stated"
    assert major.alt.endswith(" Severity not stated: 1.")
    graded = page_of(incident())
    assert graded.body["major_unit"] == "incidents a quarter"
    assert "not stated" not in graded.figures["major"].alt


def test_where_no_incident_states_it_the_bars_are_hatched_and_the_counts_are_not() -> None:
    page = page_of(silent(), silent())
    assert set(page.figures["major"].data["states"]) == {"not measured"}  # type: ignore[call-overload]
    assert page.figures["all"].data["values"][-1] == 2  # type: ignore[index]


def test_the_head_of_the_bars_stays_on_one_line() -> None:
    head = theme.text_width("Critical and high ", 12, 600)
    assert head + theme.text_width("9.9k not stated", 12, 400) < 198


def test_those_not_stated_are_counted_over_the_quarters_shown() -> None:
    rows = [
        silent(),
        silent(detected_at="2024-10-05 10:00", occurred_at=None),
        silent(detected_at="2024-09-05 10:00", occurred_at=None),
        silent(detected_at="2026-10-05 10:00", occurred_at=None),
        minor(),
    ]
    assert never_graded(facts_of(tables(incidents=rows))) == 2


# --- other pages ---------------------------------------------------------------------------------


def test_no_incident_is_picked_out_as_the_worst_for_its_unknown_severity() -> None:
    facts = facts_for(tables(incidents=[silent(), minor()]), CLOCKS)
    (page,) = detect_and_respond.build(facts)
    checked(page)
    assert all(each["highlight"] is None for each in page.figures["times"].data["panels"])  # type: ignore[attr-defined]
    (front,) = cover.build(facts, (), Mode.FULL)
    assert front.figures["timeline"].data["highlight"] is None
    assert front.body["picture_title"] == "Every incident of eight quarters: 2"


def together(*rows: Row) -> Page:
    given = {"incident_handovers": [], "incident_reviews": [], "incidents": list(rows)}
    (page,) = collaboration.build(facts_for(tables(**given), collaboration.METRICS))
    return page


def test_work_on_incidents_that_may_be_major_is_not_said_to_be_none() -> None:
    none = together(minor())
    assert none.body["no_incidents"] == "No major incident was detected in four quarters."
    assert none.title == "No major incident called for a hand-over"
    few = together(silent(), *[minor()] * MANY)
    assert few.body["no_incidents"] == (
        "No incident of four quarters is known to be major; one incident does not state its "
        "severity."
    )
    assert few.title == "No incident known to be major called for a hand-over"
    many = together(silent(), silent(), minor())
    assert "two incidents do not state their severity" in str(many.body["no_incidents"])
    assert many.title == "How the two offices work together was not measured this quarter"


def test_the_list_of_major_incidents_says_how_many_may_be_missing() -> None:
    page = together(silent(), incident(), *[minor()] * MANY)
    assert page.body["incidents_head"] == "Major incident; 1 of severity not stated"
    assert len(page.body["incidents"]) == 1  # type: ignore[arg-type]


def test_those_that_may_be_major_are_counted_over_the_same_four_quarters() -> None:
    days = ("2025-09-30 12:00", "2025-10-01 12:00", "2026-09-30 12:00", "2026-10-01 12:00")
    rows = [incident(severity=each, detected_at=day) for day in days for each in (None, "high")]
    some = tables(incidents=rows)
    assert ungraded_incidents(some, window_of()) == len(major_incidents(some, window_of())) == 2


def test_a_structure_is_not_judged_by_incidents_that_may_have_been_major() -> None:
    """Three of four quarters are known to have had none."""
    rows = [silent(detected_at="2026-02-05 10:00", occurred_at=None), *[minor()] * MANY]
    facts = facts_of(
        tables(incidents=[*rows, *[{**minor(), "detected_at": "2026-02-06 10:00"}] * MANY])
    )
    assert known_major_incidents(facts) == (0, None, 0, 0)
