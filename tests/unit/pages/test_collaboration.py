"""How the two offices work together, and the vendors they chose: titles, rows, and absences."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.charts import draw
from board_report.model import State
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import collaboration
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.series_for import Value, series_for

IDS = (*collaboration.METRICS, "vendor_decisions_with_both_scores")
NONE: dict[str, Any] = {"numerator": 0.0, "denominator": 0.0}


def held(count: int, planned: int) -> Value:
    return (count / planned, planned, {"numerator": float(count), "denominator": float(planned)})


def page_of(series: dict[str, list[Value]], **given: Any) -> Page:
    some = tables(**{"disputes": [], **given})
    slices: Any = {("sync_meetings_held", "meeting_kind"): {}}
    (page,) = collaboration.build(series_for(series, some=some, slices=slices))
    assert len(page.title) <= LONGEST_TITLE
    return page


def of(page: Page, key: str) -> Any:
    return page.body[key]


def pages_of(**given: Any) -> tuple[Page, ...]:
    return collaboration.build(facts_for(tables(**given), IDS))


# --- title -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meetings", "title"),
    [
        (held(11, 11), "The two offices held all eleven meetings planned"),
        (held(2, 2), "The two offices held both meetings planned"),
        (held(1, 1), "The two offices held the one meeting planned"),
        (held(0, 1), "The one meeting planned was not held"),
        (held(9, 11), "The two offices held nine of eleven meetings"),
        (held(0, 3), "The two offices held none of three meetings"),
        (held(1200, 1500), "The two offices held 1,200 of 1,500 meetings"),
        (State.NOTHING_HAPPENED, "The two offices planned no meeting this quarter"),
    ],
)
def test_title_of_the_meetings(meetings: Value, title: str) -> None:
    assert page_of({"sync_meetings_held": [meetings]}).title == title


@pytest.mark.parametrize(
    ("lost", "tail"),
    [
        ([4.0, 17.5], "hand-overs in major incidents cost 18 h, up from 4 h last quarter"),
        ([17.5, 4.0], "hand-overs in major incidents cost 4 h, down from 18 h last quarter"),
        ([4.02, 4.0], "hand-overs in major incidents cost 4 h, as last quarter"),
        ([4.0], "hand-overs in major incidents cost 4 h"),
        ([None, 4.0], "hand-overs in major incidents cost 4 h"),
        ([(0.0, 0), 4.0], "hand-overs in major incidents cost 4 h"),
        ([4.0, (0.0, 0)], "no hand-over is on record in this quarter’s major incidents"),
        ([4.0, (0.0, 2)], "hand-overs in major incidents cost no time"),
        ([4.0, State.NOTHING_HAPPENED], "no major incident called for a hand-over"),
        ([4.0, State.WITHHELD], "work handed over in a major incident still waits"),
    ],
)
def test_title_of_the_hand_overs(lost: list[Value], tail: str) -> None:
    page = page_of({"sync_meetings_held": [held(4, 5)], "handover_time_lost": lost})
    said = page.title.replace("\u00a0", " ")
    assert said == f"The two offices held four of five meetings; {tail}"


def test_reviews_and_disputes_take_the_place_of_what_is_not_measured() -> None:
    page = page_of({"incident_reviews_held": [held(4, 5)], "disputes_open": [1.0]})
    assert page.title == (
        "Four of five major incidents recovered were reviewed by both offices; one dispute is open"
    )
    assert page.context == ""
    assert page_of({"incident_reviews_held": [held(0, 1)], "disputes_open": [0.0]}).title == (
        "The one major incident recovered was not reviewed by both offices; no disputes are open"
    )


def test_nothing_is_measured() -> None:
    assert page_of({}).title == "How the two offices work together was not measured this quarter"


def test_the_context_says_what_the_title_does_not() -> None:
    page = page_of(
        {
            "sync_meetings_held": [held(4, 5)],
            "handover_time_lost": [4.0],
            "incident_reviews_held": [held(1, 5)],
            "disputes_open": [2.0],
            "joint_actions_on_time": [(5 / 7, 7)],
            "joint_actions_overdue": [3.0],
        }
    )
    assert page.context == (
        "One of five major incidents recovered was reviewed by both offices; two disputes are "
        "open; 71% of 7 joint actions done on time; three overdue."
    )


# --- rows --------------------------------------------------------------------------------------

INCIDENT = {
    "incident_id": "INC-1",
    "title": "Ransomware in a depot",
    "severity": "critical",
    "detected_at": "2026-08-03T08:00",
    "recovered_at": "2026-08-05T20:00",
}


def step(number: int, at: str, taken: str | None, to: str = "CTO") -> dict[str, Any]:
    return {
        "incident_id": "INC-1",
        "step": number,
        "from_role": "CISO" if to == "CTO" else "CTO",
        "to_role": to,
        "handed_over_at": at,
        "taken_up_at": taken,
    }


STEPS = [
    step(1, "2026-08-03T09:00", "2026-08-03T09:45"),
    step(2, "2026-08-03T12:00", "2026-08-03T18:30"),
    step(3, "2026-08-04T10:00", "2026-08-04T14:30", "CISO"),
]
REVIEW = {
    "review_id": "PIR-1",
    "incident_id": "INC-1",
    "held_on": "2026-08-20",
    "ciso_office_owner": "Head of response",
    "cto_office_owner": None,
}


def row_of(**given: Any) -> dict[str, Any]:
    page, *_ = pages_of(**{"incidents": [INCIDENT], "disputes": [], **given})
    (row,) = of(page, "incidents")
    return {
        key: value.replace("\u00a0", " ") if isinstance(value, str) else value
        for key, value in row.items()
    }


def test_each_hand_over_is_listed_against_the_time_to_recover() -> None:
    row = row_of(incident_handovers=STEPS)

    assert row["lost"] == "11.8 h of 60 h"  # .75 + 6.5 + 4.5
    assert row["lost_under"] == "to CTO 0.8 + 6.5, CISO 4.5"


def test_the_quarters_figure_is_the_sum_of_its_incidents() -> None:
    page, *_ = pages_of(incidents=[INCIDENT], incident_handovers=STEPS)
    words = str(of(page, "lost")["words"])
    assert words.replace("\u00a0", " ") == (
        "12 h lost in Q3; not given: governance/incident_reviews.csv"
    )


def test_what_nobody_took_up_waits() -> None:
    row = row_of(incident_handovers=[step(1, "2026-09-24T10:00", None)])
    assert (row["lost"], row["lost_under"]) == ("Waiting", "1 waits 6 days")


def test_no_hand_over_none_given_and_not_recovered_are_three_things() -> None:
    assert row_of(incident_handovers=[])["lost"] == "None on record"
    assert row_of()["lost_under"] == "not measured"
    still = {**INCIDENT, "recovered_at": None}
    row = row_of(incidents=[still], incident_handovers=STEPS[:1])
    assert row["lost"] == "0.8 h, not recovered"
    closed = {**still, "closed_at": "2026-08-20T08:00"}
    row = row_of(incidents=[closed], incident_handovers=STEPS[:1])
    assert row["lost"] == "0.8 h, recovery unknown"


def test_an_incident_closed_without_a_recovery_has_no_bar_and_no_day_for_its_review() -> None:
    closed = {**INCIDENT, "recovered_at": None, "closed_at": "2026-08-20T08:00"}
    page, *_ = pages_of(incidents=[closed], disputes=[], incident_reviews=[])

    bar = page.figures["bar-0"]
    assert (bar.data["hours"], bar.data["is_open"]) == (None, False)
    assert "closed without a time of recovery" in bar.alt
    assert draw(bar).svg
    (row,) = of(page, "incidents")
    assert (row["held"], row["held_status"]) == ("Not on record", "none")


def test_a_review_shows_both_owners_and_the_one_that_is_lacking() -> None:
    actions = [
        {"review_id": "PIR-1", "raised_on": "2026-08-20", "due_on": "2026-09-10",
         "closed_on": closed}
        for closed in ("2026-09-01", None)
    ]  # fmt: skip
    row = row_of(incident_reviews=[REVIEW], joint_actions=actions)

    assert (row["held"], row["held_status"]) == ("20 Aug", "near")
    assert row["owners"] == ["Head of response", "No owner in the CTO’s office"]
    assert (row["actions"], row["overdue"]) == ("1 of 2 closed", "1 overdue")


def test_a_review_that_is_missing_and_one_that_is_not_due() -> None:
    assert row_of(incident_reviews=[])["held"] == "Not held"
    late = {**INCIDENT, "recovered_at": "2026-09-15T08:00"}
    assert row_of(incidents=[late], incident_reviews=[])["held"] == "Not due yet"


def test_more_incidents_than_fit_are_counted() -> None:
    many = [{**INCIDENT, "incident_id": f"INC-{at}"} for at in range(9)]
    page, *_ = pages_of(incidents=many, disputes=[])
    assert of(page, "incidents_head") == "Major incident, 6 of 9"


def test_a_year_without_a_major_incident_and_one_without_a_register() -> None:
    page, *_ = pages_of(incidents=[], disputes=[])
    assert of(page, "no_incidents") == "No major incident was detected in four quarters."
    page, *_ = pages_of(disputes=[])
    assert str(of(page, "no_incidents")).startswith("Incidents are not measured")


def test_disputes_say_how_long_and_who_settled_them() -> None:
    rows = [
        {"subject": "Windows", "raised_on": "2026-08-01", "raised_by_role": "CISO"},
        {"subject": "Gates", "raised_on": "2026-09-01", "raised_by_role": "CTO"},
        {"subject": "Budget", "raised_on": "2026-08-01", "raised_by_role": "CTO",
         "settled_on": "2026-08-11", "settled_by_role": "BOTH", "settlement": "Half each"},
    ]  # fmt: skip
    page, *_ = pages_of(disputes=rows)

    found: Any = of(page, "disputes")
    assert [(row["subject"], row["status"], row["days"]) for row in found] == [
        ("Windows", "off", "60"),
        ("Gates", "later", "29"),
        ("Budget", "on", "10"),
    ]
    assert found[2]["how"] == "Both: Half each"


def test_no_dispute_is_not_the_same_as_none_recorded() -> None:
    page, *_ = pages_of(disputes=[])
    assert of(page, "no_disputes") == "No dispute was open or settled in four quarters."
    page, *_ = pages_of(sync_meetings=[])
    assert of(page, "no_disputes") == "Not measured: give governance/disputes.csv."


def test_meetings_by_kind_are_those_of_the_figures() -> None:
    meetings = [
        {"meeting_kind": kind, "planned_on": day, "held_on": day if at != 1 else None}
        for at, (kind, day) in enumerate(
            [("sync", "2026-07-07"), ("sync", "2026-08-04"), ("ciso_at_launch", "2026-08-05"),
             ("sync", "2026-05-05")]
        )
    ]  # fmt: skip
    page, *_ = pages_of(sync_meetings=meetings)

    rows: Any = page.figures["meetings"].data["rows"]
    assert [(row["label"], row["words"]) for row in rows] == [
        ("Sync meetings", "1 of 2"),
        ("Cross-training", "none planned"),
        ("Joint exercises", "none planned"),
        ("CISO at launches", "1 of 1"),
        ("CTO at red teams", "none planned"),
    ]
    assert rows[0]["groups"][-2:] == [{"held": 1, "planned": 1}, {"held": 1, "planned": 2}]


def test_there_is_no_page_without_any_of_its_files() -> None:
    assert pages_of() == ()
