"""Configuration checks: the page is there only with its table, and says what fails worst."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.charts import draw
from board_report.model import Target
from board_report.story.left_out import why_not_built
from board_report.story.page import Page
from board_report.story.pages import configuration_checks
from tests.spec.tables import Row, Rows, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    "configuration_pass_rate",
    "failed_critical_checks",
    "requirements_with_failed_checks",
)
NOW, AGO = "2026-08-10", "2025-08-10"


def check(result: str, name: str = "c1", **more: object) -> Row:
    return {
        "checked_on": NOW,
        "check_id": name,
        "title": f"Check {name}",
        "severity": "medium",
        "service": "iam",
        "tool": "Prowler",
        "result": result,
        **more,
    }


def several(passed: int, failed: int, **more: object) -> list[Row]:
    return [check("passed", **more)] * passed + [check("failed", **more)] * failed


def numbered(rows: Rows) -> list[Row]:
    """Each row on a resource of its own."""
    return [{"resource_id": f"r{at}", **row} for at, row in enumerate(rows)]


def page_of(rows: Rows, **more: Any) -> Page:
    given = tables(configuration_checks=numbered(rows))
    (found,) = configuration_checks.build(facts_for(given, METRICS, **more))
    return found


def test_without_the_table_there_is_no_page() -> None:
    """A company without such a tool has no gap to show."""
    facts = facts_for(tables(), METRICS)
    assert configuration_checks.build(facts) == ()
    reason = why_not_built(facts, "configuration-checks")
    assert reason == "no file ciso/configuration_checks.csv"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            several(15, 5),
            "75% of 20 configuration checks passed; no failure is critical or high",
        ),
        (
            [*several(15, 4), check("failed", severity="high")],
            "75% of 20 configuration checks passed; one failure is critical or high",
        ),
        (
            [*several(14, 0), *[check("failed", severity="critical")] * 6],
            "70% of 20 configuration checks passed; six failures are critical or high, all of them "
            "in iam",
        ),
        (
            [
                *several(14, 0),
                *[check("failed", severity="critical", service="s3")] * 4,
                *[check("failed", severity="high")] * 2,
            ],
            "70% of 20 configuration checks passed; six failures are critical or high, most of "
            "them in s3",
        ),
        (
            [
                *several(14, 0),
                *[check("failed", severity="critical", service="s3")] * 3,
                *[check("failed", severity="high")] * 3,
            ],
            "70% of 20 configuration checks passed; six failures are critical or high",
        ),
        (
            [*several(160, 40), *several(100, 100, checked_on=AGO)],
            "80% of 200 configuration checks passed, up from 50% a year ago; no failure is "
            "critical or high",
        ),
        (
            [*several(100, 100), *several(160, 40, checked_on=AGO)],
            "50% of 200 configuration checks passed, down from 80% a year ago; no failure is "
            "critical or high",
        ),
        # Fisher's test of 16 of 20 against 10 of 20: p 0.10
        (
            [*several(16, 4), *several(10, 10, checked_on=AGO)],
            "80% of 20 configuration checks passed, no clear change from 50% a year ago; no "
            "failure is critical or high",
        ),
        (
            several(2, 1),
            "Only three checks passed or failed, too few to judge; no failure is critical or high",
        ),
        (
            several(15, 5, severity=None),
            "75% of 20 configuration checks passed; how grave the failures are is not known",
        ),
        (
            [*several(15, 3), *several(0, 2, severity=None)],
            "75% of 20 configuration checks passed; how grave the failures are is withheld",
        ),
        ([check("not_checked")] * 9, "No configuration check passed or failed this quarter"),
        ([], "No configuration was checked this quarter"),
        (several(15, 5, checked_on=AGO), "No configuration was checked this quarter"),
    ],
)
def test_titles(rows: Rows, title: str) -> None:
    assert page_of(rows).title == title


def test_the_worst_checks_stand_first() -> None:
    """By severity, then by how many fail; muted failures are in no row."""
    rows = [
        *several(1, 3, name="many", severity="low"),
        *several(0, 1, name="grave", severity="critical"),
        *several(7, 2, name="two", severity="high"),
        *several(0, 1, name="one", severity="high"),
        *several(0, 4, name="muted", severity="critical", is_muted=True),
        *several(0, 1, name="unrated", severity=None),
        *several(5, 0, name="good", severity="critical"),
    ]
    body: dict[str, Any] = dict(page_of(rows).body)
    assert [each["title"] for each in body["checks"]] == [
        "Check grave", "Check two", "Check one", "Check many", "Check unrated",
    ]  # fmt: skip
    assert [(each["failed"], each["judged"]) for each in body["checks"]][1:4] == [
        ("2", "9"), ("1", "1"), ("3", "4"),
    ]  # fmt: skip
    assert body["checks"][-1]["severity"] == "–"
    assert body["more"] == ""


def test_as_many_checks_as_fit() -> None:
    """Ten at most; fewer where titles take two lines, and the rest are counted."""
    short = [check("failed", f"c{at:02}") for at in range(14)]
    body = page_of(short).body
    assert (len(body["checks"]), body["more"]) == (10, "and 4 more checks that fail")  # type: ignore[arg-type]
    long = [{**each, "title": f"Ensure that {'every ' * 12}resource is safe"} for each in short]
    tied = [{**each, "requirements": ("CIS:1",)} for each in long]
    held = page_of(tied).body
    assert (len(held["checks"]), held["more"]) == (8, "and 6 more checks that fail")  # type: ignore[arg-type]


def test_places_and_frameworks() -> None:
    """Grave failures by service; requirements once each, most touched first."""
    rows = [
        *several(0, 3, severity="high", requirements=("CIS:1", "ISO:A.1")),
        *several(0, 2, severity="high", service=None, requirements=("CIS:2",)),
        *several(0, 1, severity="low", service="s3"),
        *several(4, 0, requirements=("CIS:3", "PCI:1")),
    ]
    body = page_of(rows).body
    assert body["place"] == "Service"
    assert body["places"] == [
        {"name": "iam", "count": "3"},
        {"name": "not named", "count": "2"},
    ]
    assert body["frameworks"] == [
        {"name": "CIS", "touched": "2", "checked": "3"},
        {"name": "ISO", "touched": "1", "checked": "1"},
        {"name": "PCI", "touched": "0", "checked": "1"},
    ]


def test_accounts_stand_where_there_is_no_service() -> None:
    rows = several(3, 6, severity="high", service=None, account="111")
    body: dict[str, Any] = dict(page_of(rows).body)
    assert (body["place"], body["places"]) == ("Account", [{"name": "111", "count": "6"}])
    assert body["checks"][0]["place"] == "111"
    bare = page_of(several(3, 6, severity="high", service=None)).body
    assert (bare["place"], bare["places"]) == ("", [])


def test_figures_that_are_withheld_stand_in_no_table() -> None:
    """Where the count of grave failures is withheld, its parts are not printed either."""
    rows = [*several(0, 3, severity="high"), *several(15, 2, severity=None)]
    assert page_of(rows).body["places"] == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (several(15, 0), "of 15 results; no check fails."),
        (
            [*several(15, 0), check("failed", is_muted=True)],
            "of 16 results; 1 failure is muted, and no other check fails.",
        ),
        ([check("not_checked")], "No check of the quarter can be judged."),
    ],
)
def test_where_nothing_fails(rows: Rows, words: str) -> None:
    page = page_of(rows)
    assert (page.body["checks"], page.body["nothing"]) == ([], words)


def test_the_line_needs_two_quarters() -> None:
    """One quarter is no course: its results stand as counts."""
    one = page_of([*several(15, 4), check("failed", is_muted=True), check("not_applicable")])
    assert not one.body["has_history"]
    assert one.body["results"] == [
        {"name": "Passed", "count": "15"},
        {"name": "Failed", "count": "5"},
        {"name": "of which muted", "count": "1"},
        {"name": "Not checked", "count": "0"},
        {"name": "Not applicable", "count": "1"},
    ]
    two = page_of([*several(16, 4), *several(10, 10, checked_on=AGO)])
    assert two.body["has_history"]
    data: dict[str, Any] = dict(two.figures["rate"].data)
    assert data["series"][0]["values"] == [None, None, None, 0.5, None, None, None, 0.8]


@pytest.mark.parametrize("target", [None, Target("configuration_pass_rate", True, 0.95, 0.9)])
def test_the_picture_draws(target: Target | None) -> None:
    targets = {"configuration_pass_rate": target} if target else {}
    page = page_of([*several(16, 4), *several(10, 10, checked_on=AGO)], targets=targets)
    figure = page.figures["rate"]
    svg = draw(figure).svg
    assert (b"target 95%" in svg) is bool(target)
    assert "80%" in figure.alt


def test_context_and_sources_name_what_was_read() -> None:
    rows = [*several(9, 1, account="1"), *several(9, 1, account="2", tool="OpenSCAP")]
    page = page_of(rows)
    assert page.context.replace("\u00a0", " ").startswith(
        "Last checked 10 Aug 2026 in two accounts."
    )
    assert page.sources.startswith("Sources: exports of OpenSCAP and Prowler; the latest result")
