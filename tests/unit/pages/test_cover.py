"""The cover of each deck: contents, every incident of the quarters shown, how figures are read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.page import Mode, Page
from board_report.story.pages import cover
from tests.spec.tables import Row, Rows, tables
from tests.unit.pages.facts_for import facts_for


def incident(detected: str, **given: object) -> Row:
    return {
        "title": "Phish", "business_unit": "Europe", "severity": "low",
        "materiality_state": "not_required", "detected_at": detected, **given,
    }  # fmt: skip


def cover_of(rows: Rows | None, pages: tuple[Page, ...] = (), **more: Any) -> Page:
    some = tables() if rows is None else tables(incidents=rows)
    (page,) = cover.build(facts_for(some, (), **more), pages, Mode.FULL)
    assert draw(page.figures["timeline"]).svg
    return page


def some_pages(count: int) -> tuple[Page, ...]:
    return tuple(Page(f"p{at}", f"Section {at}", "What it says", "", "", "", {})
                 for at in range(count))  # fmt: skip


def empty_cover(mode: Mode, count: int) -> Page:
    (page,) = cover.build(facts_for(tables(), ()), some_pages(count), mode)
    return page


@pytest.mark.parametrize(
    ("rows", "quarters", "title"),
    [
        ([incident("2026-07-01T08:00")] * 3, 8, "Every incident of eight quarters: 3"),
        ([incident("2026-07-01T08:00")], 1, "Every incident of one quarter: 1"),
        ([incident("2024-09-30T23:59"), incident("2024-10-01T00:00")], 8,
         "Every incident of eight quarters: 1"),
        ([incident("2026-10-01T00:00")], 8, "Every incident of eight quarters: 0"),
        ([], 8, "Every incident of eight quarters: 0"),
        (None, 8, "No incident register was given"),
    ],
)  # fmt: skip
def test_picture_counts_the_incidents_of_the_quarters_shown(
    rows: Rows | None, quarters: int, title: str
) -> None:
    assert cover_of(rows, quarters=quarters).body["picture_title"] == title


@pytest.mark.parametrize(
    ("recovered", "label"),
    [
        ("2026-08-11T09:00", "10\u00a0Aug: 25 hours"),
        ("2026-08-10T09:00", "10\u00a0Aug: 1 hour"),
        (None, "10\u00a0Aug: still open"),
        ("2026-10-05T09:00", "10\u00a0Aug: still open"),  # not known yet on the as-of date
    ],
)
def test_the_critical_incident_of_the_quarter_is_named(recovered: str | None, label: str) -> None:
    worst = incident("2026-08-10T08:00", severity="critical", recovered_at=recovered)
    page = cover_of([worst, incident("2026-08-20T08:00"),
                     incident("2026-02-20T08:00", severity="critical")])  # fmt: skip

    assert page.figures["timeline"].data["highlight"]["label"] == label  # type: ignore[index]
    assert label in page.figures["timeline"].alt


def test_an_incident_closed_without_a_recovery_has_no_stem_and_is_counted() -> None:
    """It is not open, and how long it took is not known."""
    closed = incident("2026-08-10T08:00", severity="critical", closed_at="2026-08-20T08:00")
    page = cover_of([closed, incident("2026-08-20T08:00")])

    data = page.figures["timeline"].data
    assert [each["open"] for each in data["incidents"]] == [True]
    assert data["highlight"] is None
    assert page.body["picture_title"] == "Every incident of eight quarters: 2"
    assert str(page.body["picture_unit"]).endswith("; 1 closed, recovery unknown")


def test_without_a_critical_incident_none_is_named() -> None:
    page = cover_of([incident("2026-08-10T08:00", severity="high")])

    assert page.figures["timeline"].data["highlight"] is None
    assert page.figures["timeline"].alt.startswith("A stem for each of 1 incident detected from ")


def test_contents_name_a_section_once_with_its_first_page() -> None:
    def page(name: str, section: str) -> Page:
        return Page(name, section, "T", "", "", "", {})

    pages = (page("a", "Exposure"), page("d-1", "Definitions"),
             page("d-2", "Definitions, continued (2 of 2)"),
             page("z", "What is not shown"))  # fmt: skip

    assert cover_of([], pages).body["contents"] == [
        {"section": "Exposure", "id": "a", "number": 2, "title": "T"},
        {"section": "Definitions", "id": "d-1", "number": 3, "title": "T"},
        {"section": "What is not shown", "id": "z", "number": 5, "title": "T"},
    ]


@pytest.mark.parametrize(
    ("count", "layout"),
    [(0, "messages"), (5, "messages"), (6, "one"), (12, "one"), (13, "two"), (28, "two")],
)
def test_few_entries_have_room_for_what_each_page_says(count: int, layout: str) -> None:
    assert empty_cover(Mode.FULL, count).body["layout"] == layout


@pytest.mark.parametrize(
    ("mode", "title"),
    [
        (Mode.FULL, "Cyber-risk report to~the~Board"),
        (Mode.BRIEF, "Cyber-risk brief to~the~Board"),
        (Mode.AUDIT_COMMITTEE, "Cyber-risk report to~the~Audit~Committee"),
        (Mode.APPENDIX, "Appendix to the cyber-risk report"),
    ],
)
def test_whom_a_deck_is_for_stays_on_one_line_of_its_title(mode: Mode, title: str) -> None:
    assert empty_cover(mode, 3).title.replace("\u00a0", "~") == title


@pytest.mark.parametrize("mode", [Mode.FULL, Mode.BRIEF, Mode.AUDIT_COMMITTEE])
def test_every_deck_says_where_its_figures_are_defined(mode: Mode) -> None:
    page = empty_cover(mode, 3)
    assert page.sources.endswith(": board-deck-appendix.pdf.")
    assert list(page.figures) == ["timeline"] and page.body["reading"] == []


def test_the_appendix_says_how_figures_are_read_in_place_of_the_picture() -> None:
    """Three blocks; that on estimates of loss only where there is a risk register."""
    page = empty_cover(Mode.APPENDIX, 4)
    blocks: Any = page.body["reading"]
    assert (page.figures, page.metric_ids, page.sources) == ({}, (), "")
    assert [each["head"] for each in blocks] == [
        "Against the target", "Against last quarter", "Where there is no value"
    ]  # fmt: skip
    assert [row["word"] for row in blocks[2]["rows"]] == ["None", "Not measured", "Withheld", "0"]


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        (date(2026, 7, 1), "The quarter is not over: 1 of its 92 days"),
        (date(2026, 9, 29), "The quarter is not over: 91 of its 92 days"),
        (date(2026, 9, 30), ""),
        (date(2026, 10, 9), ""),
    ],
)
def test_a_quarter_that_is_not_over_is_called_so(as_of: date, words: str) -> None:
    assert cover_of([], as_of=as_of).body["not_over"] == words
