"""Pages without data stay out of the deck, and the board is told which and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from board_report.metrics.catalogue import metric_catalogue
from board_report.model import SourceFile
from board_report.story.commentary import Commentary
from board_report.story.deck import build_board_context, build_pages
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.left_out import OF_THE_MODEL, TABLES_OF, is_left_out, pages_left_out
from board_report.story.modes import MODULES
from board_report.story.page import Mode, Page
from board_report.story.pages import not_shown, provenance, what_changed
from board_report.tables.catalogue import TABLES
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.series_for import Value, series_for

MADE = datetime(2026, 10, 9, 12, tzinfo=UTC)
SOURCES = [SourceFile("ciso/incidents.csv", "0" * 64, 1)]
MOVED: dict[str, list[Value]] = {"mttd": [30.0, 20.0]}


def every_table(*without: str) -> dict[str, Any]:
    return {name: [] for name in TABLES if name not in without}


def gaps_page(given: dict[str, list[Value]], *without: str, **more: Any) -> Page:
    some = tables(**every_table(*without))
    (page,) = not_shown.build(
        series_for(given, some=some, **{"only": True, "sources": SOURCES, **more})
    )
    assert len(page.title) <= LONGEST_TITLE
    return page


def test_a_project_with_nothing_leaves_ten_pages_out() -> None:
    left = [(each.section, each.reason) for each in pages_left_out(series_for({}))]

    assert left == [
        ("Decisions", "no file governance/decisions.csv"),
        ("What changed", "no figure has a value in this quarter and the last"),
        ("Technology adoption",
         "no file cto/technology_portfolio.csv or cto/technology_adoption.csv"),
        ("Investment", "no file cto/investments.csv"),
        ("Roles at a glance", "no file governance/tool_inventory.csv or governance/people.csv"),
        ("CISO and CTO operating model", "no file governance/raci.csv or governance/people.csv"),
        ("Joint KPIs", "no file governance/joint_kpis.csv"),
        ("Working together",
         "no file governance/sync_meetings.csv, governance/incident_handovers.csv, "
         "governance/incident_reviews.csv or governance/disputes.csv"),
        ("Horizon", "no file governance/horizon.csv"),
        ("Provenance", "no input file was read"),
    ]  # fmt: skip


def test_a_project_with_everything_leaves_none_out() -> None:
    facts = series_for(MOVED, some=tables(**every_table()), sources=SOURCES)

    assert pages_left_out(facts) == []


@pytest.mark.parametrize(
    ("page", "table"), [(page, name) for page, (_, names) in TABLES_OF.items() for name in names]
)
def test_any_of_its_tables_keeps_a_page(page: str, table: str) -> None:
    assert is_left_out(series_for({}), page)
    assert not is_left_out(series_for({}, some=tables(**{table: []})), page)


@pytest.mark.parametrize("page", [*TABLES_OF, "what-changed", "provenance"])
def test_a_word_of_a_leader_keeps_a_page(page: str) -> None:
    said = {page: Commentary(page, f"commentary/{page}.md", means=(("CISO", "Soon."),))}

    assert not is_left_out(series_for({}, commentary=said), page)


def test_what_changed_stays_where_anything_can_be_compared() -> None:
    assert what_changed.build(series_for({"mttd": [20.0]})) == ()
    assert what_changed.build(series_for({"mttd": [20.0, 20.0]}))
    assert what_changed.build(series_for({}, some=tables(reported_figures=[])))


def deck_facts() -> BoardFacts:
    """One incident and nothing else, over every metric."""
    seen = {"occurred_at": "2026-08-01T08:00", "detected_at": "2026-08-01T09:00",
            "severity": "low", "materiality_state": "not_required"}  # fmt: skip
    facts = facts_for(tables(incidents=[seen]), metric_catalogue())
    loss = series_for({}).figures
    figures = replace(
        facts.figures,
        specs={**loss.specs, **facts.figures.specs},
        series={**loss.series, **facts.figures.series},
    )
    return replace(facts, figures=figures, sources=SOURCES)


ONLY_IF_GIVEN = {"configuration-checks", "projects-and-cloud", *OF_THE_MODEL}
"""Pages of tables that few companies give, and of the loss model, whose first page says why it has
nothing: they are not told."""


def test_pages_left_out_are_in_no_contents_and_keep_the_numbers_right() -> None:
    facts = deck_facts()
    deck = build_board_context(facts, build_pages(facts), Mode.FULL, MADE)
    cover, *pages = deck.pages
    contents: Any = cover.body["contents"]
    ids = [page.id for page in pages]
    summary = pages[0].body["messages"]

    left = set(TABLES_OF)
    assert left.isdisjoint(ids)
    assert len(set(ids)) == len(ids) >= len(MODULES[Mode.FULL]) - len(left) - len(ONLY_IF_GIVEN)
    assert ONLY_IF_GIVEN.isdisjoint(ids)
    assert left.isdisjoint(each["id"] for each in contents)
    assert all(ids[each["number"] - 2] == each["id"] for each in contents)
    assert summary[0]["pages"] == f"page {ids.index('detect-and-respond') + 2}"  # type: ignore[index]


# What is not shown


@pytest.mark.parametrize(
    ("given", "without", "title"),
    [
        (MOVED, ("decisions",), "Every figure of the catalogue could be taken, and one page is "
                                "left out; four kinds are so by choice"),
        ({**MOVED, "mttr": [None]}, ("decisions", "investments"),
         "One figure has no value this quarter and two pages are left out; four kinds are so by "
         "choice"),
    ],
)  # fmt: skip
def test_the_title_counts_pages_left_out(
    given: dict[str, list[Value]], without: tuple[str, ...], title: str
) -> None:
    assert gaps_page(given, *without).title == title


def test_pages_left_out_stand_first_with_the_file_to_give() -> None:
    page = gaps_page({**MOVED, "mttr": [None]}, "decisions")

    rows: Any = page.body["rows"]
    assert [(each["what"], each["shown"]) for each in rows] == [
        ("Decisions", "Page left out"), ("Time to recover", "Not measured")
    ]  # fmt: skip
    assert rows[0]["why"] == "No file governance/decisions.csv."


def test_more_figures_than_rows_stand_by_reason_and_none_is_lost() -> None:
    page = gaps_page(MOVED, only=False)
    rows: Any = page.body["rows"]
    count = len(series_for({}).figures.specs) - 1

    assert rows == [
        {"what": f"Incidents detected and {count - 1} more", "shown": "Not measured",
         "why": "No data", "count": str(count)}
    ]  # fmt: skip
    assert page.body["more"] == 0


# Pages of a project with few files


@pytest.mark.parametrize(
    ("count", "is_wide", "settings", "digits"),
    [(1, True, 3, 64), (6, True, 3, 64), (7, True, 0, 64), (17, True, 0, 64), (18, False, 0, 12)],
)
def test_few_files_have_whole_hashes_and_the_settings_below(
    count: int, is_wide: bool, settings: int, digits: int
) -> None:
    files = [SourceFile(f"ciso/{at:02d}.csv", f"{at:064x}", 1) for at in range(count)]
    (page,) = provenance.build(series_for({"mttd": [1.0]}, sources=files))
    columns: Any = page.body["columns"]

    assert (page.body["is_wide"], len(page.body["settings"])) == (is_wide, settings)  # type: ignore[arg-type]
    assert {len(each["sha"]) for part in columns for each in part} == {digits}
    assert ("seed" in page.sources) is (settings == 0)
