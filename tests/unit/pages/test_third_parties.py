"""Third parties: who was assessed, what is open, and what is not known of whom."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.page import Page
from board_report.story.pages import third_parties
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    "third_parties_count", "tier_1_assessed_share", "third_party_rating", "third_parties_unrated",
    "third_party_criticals",
)  # fmt: skip


def vendor(at: int, **given: object) -> Row:
    base: dict[str, object] = {
        "vendor_id": f"V-{at}",
        "vendor_name": f"Vendor {at}",
        "tier": "tier_1",
        "rating": 80.0,
        "last_assessed_on": "2026-03-01",
        "open_criticals": 0,
        "processes": ("Billing",),
        "annual_spend": 1_000_000.0,
    }
    return {**base, **given}


def vendors(count: int, assessed: int, quarter: str = "2026-Q3", **given: object) -> list[Row]:
    late = {"last_assessed_on": "2020-01-01"}
    return [
        vendor(at, quarter=quarter, **{**(late if at >= assessed else {}), **given})
        for at in range(count)
    ]


def page_of(rows: list[Row] | None) -> Page:
    given = {} if rows is None else {"third_parties": rows}
    (found,) = third_parties.build(facts_for(tables(**given), METRICS))
    return found


def cells_of(page: Page) -> list[dict[str, Any]]:
    return list(page.figures["vendors"].data["rows"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            vendors(9, 7) + vendors(9, 5, "2025-Q3", last_assessed_on="2025-01-01"),
            "Seven of nine tier 1 vendors were assessed within a year, all nine a year ago; "
            "no critical finding is open",
        ),
        (
            vendors(5, 5) + vendors(5, 0, "2025-Q3", last_assessed_on="2019-01-01"),
            "All five tier 1 vendors were assessed within a year, none of five a year ago; "
            "no critical finding is open",
        ),
        (
            vendors(5, 0) + vendors(5, 0, "2025-Q3"),
            "None of five tier 1 vendors were assessed within a year, as a year ago; "
            "no critical finding is open",
        ),
        (
            vendors(2, 2),
            "Both tier 1 vendors were assessed within a year; no critical finding is open",
        ),
        (
            vendors(1, 0),
            "The one tier 1 vendor was not assessed within a year; no critical finding is open",
        ),
        (
            [*vendors(3, 1), vendor(9, tier="tier_2", open_criticals=2)],
            "One of three tier 1 vendors was assessed within a year; two critical findings are "
            "open, none in tier 1",
        ),
        (
            [vendor(1, open_criticals=1), vendor(2)],
            "Both tier 1 vendors were assessed within a year; one critical finding is open",
        ),
        (
            [vendor(1, rating=None), vendor(2)],
            "Both tier 1 vendors were assessed within a year; no critical finding is open, and "
            "one tier 1 vendor has no rating",
        ),
        (
            [vendor(1, tier="tier_3")],
            "No vendor is in tier 1; no critical finding is open",
        ),
        (
            vendors(40, 11, open_criticals=12_000),
            "Eleven of 40 tier 1 vendors were assessed within a year; 480,000 critical findings "
            "are open",
        ),
        (None, "Third parties are not measured: no register of vendors could be used"),
        ([], "Third parties are not measured: no register of vendors could be used"),
    ],
)
def test_the_title_says_what_the_register_says(rows: list[Row] | None, title: str) -> None:
    page = page_of(rows)
    assert page.title == title
    assert len(page.title) <= 118


def test_an_unrated_vendor_and_one_never_assessed_are_named_and_not_zero() -> None:
    page = page_of([vendor(1, rating=None, last_assessed_on=None)])
    rating, assessed, *_ = cells_of(page)[0]["cells"]
    assert rating == {"now": None, "absent": "not rated"}
    assert assessed == {"now": None, "absent": "never assessed"}
    assert page.context.endswith("The one vendor has no rating.")


def test_an_assessment_after_the_as_of_date_has_not_happened() -> None:
    page = page_of([vendor(1, last_assessed_on="2026-10-01")])
    assert cells_of(page)[0]["cells"][1]["absent"] == "never assessed"


def test_the_last_day_of_the_year_is_in_time_and_the_next_is_not() -> None:
    rows = [vendor(1, last_assessed_on="2025-09-30"), vendor(2, last_assessed_on="2025-09-29")]
    found = {row["label"]: row["cells"][1] for row in cells_of(page_of(rows))}
    assert (found["Vendor 1"]["now"], found["Vendor 1"]["status"]) == (365.0, "on")
    assert (found["Vendor 2"]["now"], found["Vendor 2"]["status"]) == (366.0, "off")


def test_the_worst_stand_first_and_the_rest_are_counted() -> None:
    rows = [
        *vendors(10, 10),
        vendor(20, open_criticals=3),
        vendor(21, last_assessed_on=None),
        vendor(22, last_assessed_on="2024-01-01"),
    ]
    page = page_of(rows)
    assert [row["label"] for row in cells_of(page)][:3] == ["Vendor 20", "Vendor 21", "Vendor 22"]
    assert len(cells_of(page)) == 9
    assert page.body["others_line"] == "Not shown: 4 more in tier 1."


def test_the_rating_a_year_ago_is_the_same_vendors() -> None:
    rows = [
        vendor(1, rating=90.0),
        vendor(2),
        vendor(1, quarter="2025-Q3", rating=70.0),
        vendor(1, quarter="2025-Q4", rating=10.0),
    ]
    found = {row["label"]: row["cells"][0].get("year_ago") for row in cells_of(page_of(rows))}
    assert found == {"Vendor 1": 70.0, "Vendor 2": None}


def test_few_critical_vendors_leave_room_for_the_other_tiers() -> None:
    rows = [vendor(1), vendor(2, tier="tier_2"), vendor(3, tier="tier_2", rating=None)]
    # one rated vendor has no median of its own
    assert page_of(rows).body["others"] == [["Tier 2", "2", "–", "1", "0"]]
    more = [*rows, *[vendor(at, tier="tier_2") for at in (4, 5)]]
    assert page_of(more).body["others"] == [["Tier 2", "4", "80", "1", "0"]]


def test_forty_vendors_with_long_names_are_drawn_on_the_sheet() -> None:
    page = page_of(vendors(40, 11, vendor_name="Long name " * 30, annual_spend=2e9))
    spec = page.figures["vendors"]
    assert b"$2B" in draw(spec).svg
    assert (spec.width, spec.height) == (642, 293)


def test_without_a_register_the_page_says_what_it_must_hold() -> None:
    page = page_of(None)
    assert page.body["state"] == "absent"
    assert ["rating", "yes"] not in [[row[0], row[2]] for row in page.body["wanted"]]  # type: ignore[attr-defined]
    assert page.context == "No file was given for third parties."


OUTSIDE = "third_party_outside_findings"


def outside(count: int, **more: object) -> list[Row]:
    """So many high findings that RiskRecon lists, unless said otherwise."""
    one = {"service": "RiskRecon", "severity": "high", "first_seen_on": "2026-05-01"}
    return [{**one, "last_seen_on": "2026-09-25", **more} for _ in range(count)]


def page_with(findings: list[Row], rows: list[Row]) -> Page:
    given = tables(third_parties=rows, third_party_findings=findings)
    (found,) = third_parties.build(facts_for(given, (*METRICS, OUTSIDE)))
    return found


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        (outside(3), "From outside, RiskRecon lists 3 critical or high findings."),
        (outside(1), "From outside, RiskRecon lists 1 critical or high finding."),
        (outside(2, severity="low"), "From outside, RiskRecon lists 0 critical or high findings."),
        (
            outside(1) + outside(1, service="Another"),
            "From outside, two services list 2 critical or high findings.",
        ),
        (outside(1, last_seen_on="2026-06-01"), ""),
        (outside(1, quarter="2026-Q2"), ""),
    ],
)
def test_the_outside_view_is_told_apart(findings: list[Row], said: str) -> None:
    """In a sentence of its own; nothing is said where the figure is not measured."""
    page = page_with(findings, vendors(2, 2))
    assert page.body["outside_line"] == said
    assert (OUTSIDE in page.metric_ids) is bool(said)
    assert "no critical finding is open" in page.title, "those of our own assessments"


def test_the_outside_view_gives_way_where_there_is_no_room() -> None:
    """A service of a very long name would push the key out of the page."""
    page = page_with(outside(1, service="A service of many words " * 12), vendors(9, 9))
    assert page.body["outside_line"] == ""
    assert OUTSIDE not in page.metric_ids


def test_without_vendors_the_outside_view_is_left_to_the_definitions() -> None:
    """The page tells of the register; where none was given it has no picture to stand under."""
    given = tables(third_party_findings=outside(1))
    (page,) = third_parties.build(facts_for(given, (*METRICS, OUTSIDE)))
    assert (page.body["state"], page.body["outside_line"]) == ("absent", "")
