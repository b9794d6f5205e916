"""Pages over records that end before the quarter, or begin after it: no zero is told as a fact."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from board_report.metrics.freshness import with_record_spans
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Mode, Page
from board_report.story.pages import (
    collaboration,
    cover,
    detect_and_respond,
    exposure,
    incidents,
    people,
    projects_and_cloud,
    secure_by_design,
)
from board_report.story.record_spans import span_words
from board_report.tables.schema import TableSet
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for, sample_project
from tests.unit.pages.test_detect_and_respond import METRICS as CLOCKS
from tests.unit.pages.test_exposure import KEV, finding
from tests.unit.pages.test_exposure import METRICS as EXPOSURE
from tests.unit.pages.test_incidents import METRICS as INCIDENTS
from tests.unit.pages.test_incidents import minor
from tests.unit.pages.test_people import METRICS as PEOPLE
from tests.unit.pages.test_people import enrolled, sent
from tests.unit.pages.test_secure_by_design import METRICS as DELIVERY
from tests.unit.pages.test_secure_by_design import deployed

LONG_AGO, BEFORE, LATER = "2023-07-04 10:00", "2026-05-20 10:00", "2026-11-05 10:00"
"""Over three years, and 133 days, before 30 September 2026; and after it."""


def facts_of(metrics: tuple[str, ...], **given: list[Row]) -> BoardFacts:
    """Facts over tables whose records are known to reach from their first row to their last."""
    project = sample_project()
    spanned = with_record_spans(
        tables(**given),
        time_zone=project.calendar.time_zone,
        as_of=project.as_of,
        stale_after_days=project.stale_after_days,
    )
    return facts_for(spanned, metrics)


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def at(moment: str, **given: object) -> Row:
    return minor(detected_at=moment, occurred_at=None, contained_at=None, recovered_at=moment,
                 **given)  # fmt: skip


def page_of(module: Any, facts: BoardFacts) -> Page:
    (page,) = module.build(facts)
    assert len(page.title) <= LONGEST_TITLE
    return page  # type: ignore[no-any-return]


def cards(page: Page) -> list[tuple[str, str, str]]:
    """Value, words and mark of each large figure."""
    column: Any = page.body["key_figures"]
    items = column["items"] if isinstance(column, dict) else column
    return [(each["value"], plain(each["beside"]), each["status"]) for each in items]


# --- incidents -----------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [incidents, detect_and_respond])
@pytest.mark.parametrize(
    ("moment", "words", "mend"),
    [
        (LONG_AGO, "end on 4 Jul 2023", "Give an export that reaches 30 Sep 2026."),
        (BEFORE, "end on 20 May 2026", "Give an export that reaches 30 Sep 2026."),
        (LATER, "begin on 5 Nov 2026", "Give the records of the quarter too."),
    ],
)
def test_the_title_says_where_the_records_end(
    module: Any, moment: str, words: str, mend: str
) -> None:
    page = page_of(module, facts_of((*INCIDENTS, *CLOCKS), incidents=[at(moment)]))
    assert plain(page.title) == f"Incident records {words}: this quarter is not known"
    assert plain(page.context) == mend


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (LONG_AGO, "Not measured: the records of security incidents end on 4 Jul 2023"),
        (BEFORE, "Not known: the records end on 20 May 2026"),
        (LATER, "Not measured: the records of security incidents begin on 5 Nov 2026"),
    ],
)
def test_large_figures_of_incidents_are_dashes_with_the_reason(moment: str, reason: str) -> None:
    page = page_of(incidents, facts_of(INCIDENTS, incidents=[at(moment)]))
    assert cards(page) == [("–", reason, "none")] * 3
    assert page.body["state"] == "untold"
    assert "No major incident" not in str(page.body["no_reviews"])
    assert "clock" not in page.figures


def test_a_stock_that_is_no_zero_is_shown_as_far_as_it_is_known() -> None:
    """One was open at the last record, and nobody says that it was closed."""
    still = {**at(BEFORE), "recovered_at": None}
    page = page_of(incidents, facts_of(INCIDENTS, incidents=[still]))
    assert [value for value, *_ in cards(page)] == ["–", "–", "1"]


def test_a_review_that_is_open_is_not_hidden_by_the_silence() -> None:
    waiting = at(BEFORE, materiality_state="under_review", incident_id="A")
    page = page_of(incidents, facts_of(INCIDENTS, incidents=[waiting]))
    (row,) = page.figures["reviews"].data["rows"]  # type: ignore[misc]
    assert row["code"] == "A, low"


def test_records_recent_enough_tell_of_a_quarter_without_an_incident() -> None:
    """3 June is 119 days before 30 September."""
    facts = facts_of((*INCIDENTS, *CLOCKS), incidents=[at("2026-06-03 10:00")])
    assert page_of(incidents, facts).title == "No incident was detected this quarter"
    assert cards(page_of(incidents, facts))[0][0] == "$0"
    assert page_of(detect_and_respond, facts).title.startswith("No incident was detected")


def test_a_register_mostly_set_aside_is_withheld_and_not_called_ended() -> None:
    """What was set aside may well be later."""
    facts = facts_of(INCIDENTS, incidents=[at(LONG_AGO)])
    faulty = replace(facts.tables["incidents"], rejected=5, read=6)
    facts = facts_for(TableSet({**facts.tables.tables, "incidents": faulty}), INCIDENTS)
    assert span_words(facts, "incidents") == ""
    assert page_of(incidents, facts).title.startswith("Incidents are withheld")


def test_times_of_quarters_before_the_silence_are_still_drawn() -> None:
    early = {**at("2025-01-20 10:00"), "recovered_at": "2025-01-20 16:00"}
    page = page_of(detect_and_respond, facts_of(CLOCKS, incidents=[early]))
    panel = page.figures["times"].data["panels"][2]  # type: ignore[index]
    # the quarters run from 2024-Q4, before the first record, to 2026-Q3
    assert panel["durations"] == [[], [6.0], [], [], [], [], [], []]
    assert panel["measured"] == [False, True, True, False, False, False, False, False]


def test_the_cover_hatches_the_quarters_that_are_not_known() -> None:
    def front(*moments: str) -> Page:
        (page,) = cover.build(facts_of((), incidents=[at(each) for each in moments]), (), Mode.FULL)
        return page

    def told(page: Page) -> list[bool]:
        return [each["measured"] for each in page.figures["timeline"].data["quarters"]]  # type: ignore[attr-defined]

    ended = front("2025-01-20 10:00", "2025-02-20 10:00")
    assert plain(ended.body["picture_title"]) == (
        "Incident records end on 20 Feb 2025: 2 of eight quarters"
    )
    assert told(ended) == [False, True, True, *[False] * 5]
    later = front(LATER)
    assert plain(later.body["picture_title"]) == "Incident records begin on 5 Nov 2026"
    assert later.figures["timeline"].data["empty"] == ""
    assert all(told(front("2024-07-20 10:00", "2026-07-20 10:00")))


def test_work_on_incidents_says_that_their_records_end() -> None:
    facts = facts_of(
        collaboration.METRICS, incidents=[at(BEFORE)], incident_handovers=[], incident_reviews=[]
    )
    page = page_of(collaboration, facts)
    assert plain(page.body["no_incidents"]) == "Not known: incident records end on 20 May 2026."
    assert page.title == "How the two offices work together was not measured this quarter"


# --- exposure ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2023-07-04", "end on 4 Jul 2023"),
        ("2026-05-20", "end on 20 May 2026"),
        ("2026-11-05", "begin on 5 Nov 2026"),
    ],
)
def test_exposure_says_where_the_scanners_records_end(day: str, words: str) -> None:
    rows = [finding(first_seen_on=day, due_on="2023-07-05", closed_on=day)]
    page = page_of(exposure, facts_of(EXPOSURE, vulnerability_findings=rows, kev_catalogue=KEV))
    assert plain(page.title) == f"Scanner records {words}: this quarter is not known"
    assert {value for value, *_ in cards(page)} == {"–"}
    assert all(words in beside for _, beside, _ in cards(page))
    trends: Any = page.body["trends"]
    assert {each["value"] for each in trends} == {"–"}
    assert words in plain(page.body["nothing_overdue"])


def test_flaws_open_at_the_last_record_are_not_hidden() -> None:
    rows = [finding(cve="CVE-1", first_seen_on="2026-05-20")]
    page = page_of(exposure, facts_of(EXPOSURE, vulnerability_findings=rows, kev_catalogue=KEV))
    assert plain(page.title).startswith("Scanner records end on 20 May 2026")
    groups: Any = page.body["groups"]
    assert [row["name"] for row in groups[0]["rows"]] == ["Results interface"]
    trends: Any = page.body["trends"]
    assert [each["value"] for each in trends] == ["–", "1"]


# --- people, delivery, cloud ---------------------------------------------------------------------


def test_people_says_which_records_end() -> None:
    trained = [{**row, "assigned_on": "2023-07-01"} for row in enrolled(10, 9)]
    clicked = sent("2026-08-10", ("easy", 100, 4))
    one = page_of(
        people, facts_of(PEOPLE, training_enrollments=trained, phishing_campaigns=clicked)
    )
    assert plain(one.title) == (
        "Training records end on 1 Jul 2023: this quarter is not known; 4.0% clicked on simulated "
        "phishing"
    )
    assert plain(one.context) == "Give an export that reaches 30 Sep 2026."
    old = sent("2026-05-20", ("easy", 100, 4))
    both = page_of(people, facts_of(PEOPLE, training_enrollments=trained, phishing_campaigns=old))
    assert plain(both.title) == (
        "Training records end on 1 Jul 2023; records of simulated phishing end on 20 May 2026: "
        "this quarter is not known"
    )
    assert plain(both.context) == "Give an export that reaches 30 Sep 2026."
    assert [value for value, *_ in cards(both)] == ["–"] * 3
    assert cards(both)[1][1] == "Not known: the records end on 20 May 2026"


@pytest.mark.parametrize("day", ["2023-07-04T10:00", "2026-05-20T10:00"])
def test_delivery_says_that_its_records_end(day: str) -> None:
    rows = [{**each, "deployed_at": day} for each in deployed(30)]
    page = page_of(secure_by_design, facts_of(DELIVERY, deployments=rows))
    assert plain(page.title).startswith("Deployment records end on ")
    assert page.title.endswith(": this quarter is not known")


def test_cloud_cost_whose_records_have_ended_is_not_none() -> None:
    charge = {"charge_period_start": "2026-05-20", "billed_cost": 5.0, "effective_cost": 5.0}
    facts = facts_of(projects_and_cloud.OF_CLOUD, cloud_costs=[charge])
    page = page_of(projects_and_cloud, facts)
    assert plain(page.title) == (
        "Records of cloud charges end on 20 May 2026: this quarter is not known"
    )
    assert page.body["no_spend"] == "Not known"
    assert [value for value, *_ in cards(page)] == ["–", "–"]


def test_cloud_cost_that_begins_later_is_not_none() -> None:
    charge = {"charge_period_start": "2026-11-01", "billed_cost": 5.0, "effective_cost": 5.0}
    facts = facts_of(projects_and_cloud.OF_CLOUD, cloud_costs=[charge])
    page = page_of(projects_and_cloud, facts)
    assert plain(page.title) == (
        "Records of cloud charges begin on 1 Nov 2026: this quarter is not known"
    )
