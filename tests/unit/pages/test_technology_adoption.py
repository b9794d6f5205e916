"""Technology adoption: days to approval, launches without a review, and reviews not booked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.charts import draw
from board_report.story.commentary import Commentary
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import technology_adoption
from tests.spec.tables import Row, Rows, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    "time_to_secure_approval", "adoption_against_plan", "secure_adoption_rate", "launches",
    "launches_without_review", "reviews_not_booked",
)  # fmt: skip


def initiative(name: str, **given: object) -> Row:
    return {"name": name, "budget": 1e6, "requested_on": "2026-06-01", **given}


def approved(count: int, asked: str, on: str) -> list[Row]:
    """Initiatives approved on a day that are retired and so on no chart."""
    return [
        initiative("Old", requested_on=asked, approved_on=on, review_passed_on=on, retired_on=on)
        for _ in range(count)
    ]


REVIEWED = initiative(
    "Reviewed", review_passed_on="2026-07-01", live_on="2026-08-01", planned_live_on="2026-08-01"
)
BYPASSED = initiative("Bypassed", live_on="2026-08-18", open_findings=3)
UNBOOKED = initiative("Order platform", budget=9.6e6, planned_live_on="2027-02-26")
FASTER = approved(5, "2026-07-01", "2026-07-23") + approved(5, "2025-07-01", "2025-08-06")


WRITTEN = {"technology-adoption": Commentary("technology-adoption", "commentary/t.md", title="T")}
"""A leader's word keeps the page in the deck where no table was given."""


def facts_of(rows: Rows | None, adoption: Rows | None = None, **more: object) -> BoardFacts:
    given = {"technology_portfolio": rows, "technology_adoption": adoption}
    some = tables(**{name: each for name, each in given.items() if each is not None})
    return facts_for(some, METRICS, **more)  # type: ignore[arg-type]


def page_of(rows: Rows | None, adoption: Rows | None = None, **more: object) -> Page:
    facts = facts_of(rows, adoption, **more)
    if rows is None and adoption is None:
        facts = replace(facts, commentary=WRITTEN)
    (page,) = technology_adoption.build(facts)
    for figure in page.figures.values():
        assert draw(figure).svg
    assert len(page.title) <= LONGEST_TITLE
    return page


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ")


def plan_of(page: Page) -> dict[str, dict[str, object]]:
    """The rows of the plan by name."""
    rows = page.figures["plan"].data["rows"]
    assert isinstance(rows, list)
    return {row["label"]: row for row in rows}


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        # 1 to 23 July is 22 days, 1 July to 6 August 2025 is 36
        (
            [*FASTER, REVIEWED],
            "Approval takes 22 days, 14 fewer than a year ago; the one launch had a "
            "review and no launch soon due lacks one",
        ),
        (
            approved(5, "2026-07-01", "2026-08-06") + approved(5, "2025-07-01", "2025-07-23"),
            "Secure approval now takes 36 days, 14 more than a year ago; nothing was launched and "
            "no launch soon due lacks a review",
        ),
        (
            approved(5, "2026-07-01", "2026-07-23") + approved(5, "2025-07-01", "2025-07-23"),
            "Secure approval takes 22 days, as a year ago; nothing was launched and no launch "
            "soon due lacks a review",
        ),
        # four cases are too few for "fewer": the two medians stand side by side
        (
            [*approved(4, "2026-07-01", "2026-07-23"), *FASTER[5:], BYPASSED, UNBOOKED],
            "Secure approval took 22 days, 36 a year ago; one launch had no review in time and "
            "Order platform has none booked",
        ),
        (
            approved(1, "2026-07-01", "2026-07-23"),
            "One request for approval: too few to judge; nothing was launched and no launch "
            "soon due lacks a review",
        ),
        (
            [UNBOOKED],
            "No secure approval was asked for this quarter; nothing was launched and Order "
            "platform has no review booked",
        ),
        (
            [BYPASSED, BYPASSED, REVIEWED],
            "No secure approval was asked for this quarter; two launches had no review in time, "
            "but no launch soon due lacks one",
        ),
        (
            [UNBOOKED, initiative("Small", planned_live_on="2026-12-01"), REVIEWED, REVIEWED],
            "No approval was asked for; both launches had a review, but two soon due have none "
            "booked, the largest Order platform",
        ),
        (
            [initiative("Slipped", planned_live_on="2026-09-01")],
            "No secure approval was asked for this quarter; nothing was launched and one late "
            "launch has no review booked",
        ),
        (None, "Technology adoption is not measured: the portfolio could not be used"),
    ],
)
def test_title_says_what_the_figures_bear_out(rows: Rows | None, title: str) -> None:
    assert plain(page_of(rows).title) == title


def test_a_long_name_gives_way_to_a_number() -> None:
    rows = [*FASTER, BYPASSED, {**UNBOOKED, "name": "A platform of so many words " * 10}]

    assert plain(page_of(rows).title) == (
        "Approval takes 22 days, 14 fewer than a year ago; one launch had no review in time and "
        "one soon due has none booked"
    )


@pytest.mark.parametrize(
    ("row", "kind", "note"),
    [
        (initiative("X", review_passed_on="2026-07-01", live_on="2026-07-01"), "on", ""),
        (initiative("X", review_passed_on="2026-08-02", live_on="2026-08-01"), "off",
         "reviewed after launch, 2\u00a0Aug"),
        (initiative("X", live_on="2026-08-01", open_findings=1), "off",
         "live without review, 1 finding open"),
        (initiative("X", review_passed_on="2026-09-30", planned_live_on="2026-12-01",
                    open_findings=2), "on", "2 findings open"),
        # passed only after the day that counts: not known yet, and nothing else is booked
        (initiative("X", review_passed_on="2026-10-01", planned_live_on="2026-12-01"), "off",
         "review not booked"),
        (initiative("X", review_booked_for="2026-10-01", planned_live_on="2026-12-01"), "later",
         ""),
        (initiative("X", review_booked_for="2026-09-30", planned_live_on="2026-12-01"), "off",
         "booking went by"),
        (initiative("X", review_booked_for="2026-09-30"), "near",
         "review of 30\u00a0Sep not passed"),
        # 29 March 2027 is the 180th day after 30 September 2026
        (initiative("X", planned_live_on="2027-03-29"), "off", "review not booked"),
        (initiative("X", planned_live_on="2027-03-30"), "", "review not yet due"),
        (initiative("X", planned_live_on="2026-09-30"), "off", "launch late, review not booked"),
        (initiative("X"), "", "review not yet due"),
    ],
)  # fmt: skip
def test_mark_and_words_of_a_row(row: Row, kind: str, note: str) -> None:
    drawn = plan_of(page_of([row]))["X"]

    assert [each["kind"] for each in drawn["marks"]] == ([kind] if kind else [])  # type: ignore[attr-defined]
    assert drawn["note"] == note
    assert drawn["is_emphasized"] == (kind in ("off", "near"))


def test_a_row_is_off_exactly_where_the_metrics_count_it() -> None:
    rows = [
        initiative(f"T{at}", planned_live_on=planned, review_booked_for=booked, live_on=live)
        for at, (planned, booked, live) in enumerate(
            (planned, booked, live)
            for planned in ("2026-09-30", "2026-10-01", "2027-03-29", "2027-03-30", None)
            for booked in (None, "2026-09-30", "2026-10-01")
            for live in (None, "2026-07-01")
        )
    ]
    facts = facts_of(rows)
    (page,) = technology_adoption.build(facts)
    reviews = facts.now("reviews_not_booked")
    counted = (
        (reviews.value or 0) + reviews.parts["slipped"]
        + (facts.now("launches_without_review").value or 0)
    )  # fmt: skip

    chosen = technology_adoption.initiatives(facts)
    assert sum(each.is_problem and each.review.name != "MISSED" for each in chosen) == counted
    assert page.context.startswith("Twelve of 30 initiatives live this year or ahead: the largest")


def test_rows_are_those_of_this_year_or_ahead_in_the_order_of_launch() -> None:
    rows = [
        initiative("Ahead", planned_live_on="2027-01-05", review_booked_for="2026-12-01"),
        initiative("Undated"),
        initiative("Live", live_on="2026-01-01", review_passed_on="2025-12-01",
                   requested_on="2025-11-01"),
        initiative("Last year", live_on="2025-12-31", requested_on="2025-11-01"),
        initiative("Stopped", retired_on="2026-09-30"),
        initiative("Asked for later", requested_on="2026-10-01"),
    ]  # fmt: skip
    page = page_of(rows)

    assert list(plan_of(page)) == ["Live", "Ahead", "Undated"]
    assert page.figures["plan"].data["start"].isoformat() == "2025-10-01"  # type: ignore[attr-defined]


def test_problems_are_kept_and_then_the_largest() -> None:
    rows = [
        initiative(f"Sound {at}", budget=1e6 * at, review_passed_on="2026-07-01")
        for at in range(1, 20)
    ] + [initiative("Small fault", budget=1000.0, live_on="2026-08-01"),
         initiative("No budget", budget=None, live_on="2026-08-02")]  # fmt: skip
    page = page_of(rows)

    assert set(plan_of(page)) == {
        "Small fault", "No budget", *(f"Sound {at}" for at in range(10, 20))
    }  # fmt: skip
    assert page.context == (
        "Twelve of 21 initiatives live this year or ahead: the largest, and all whose review is "
        "missing. 21 requests wait."
    )
    assert plan_of(page)["Small fault"]["value"] == "<0.1"
    assert plan_of(page)["No budget"]["value"] == "–"


def test_a_launch_beyond_the_axis_is_named() -> None:
    page = page_of([initiative("Far", planned_live_on="2031-05-02", budget=2.5e9)])

    assert plan_of(page)["Far"]["live"] is None
    assert plan_of(page)["Far"]["note"] == "review not yet due; live May\u00a02031"
    assert plan_of(page)["Far"]["value"] == "2,500.0"


def test_context_says_how_few_the_approvals_are() -> None:
    assert page_of([*approved(1, "2026-07-01", "2026-07-23"), REVIEWED]).context == (
        "One initiative live this fiscal year or ahead. One request waits."
    )
    assert page_of([]).context == "No initiative went live this fiscal year and none is ahead."
    assert page_of(None).context.startswith("Give cto/technology_portfolio.csv")


def test_without_either_table_and_without_a_word_there_is_no_page() -> None:
    assert technology_adoption.build(facts_of(None)) == ()
    assert len(technology_adoption.build(facts_of(None, []))) == 1


def test_nothing_zero_and_not_measured_print_as_three_things() -> None:
    assert page_of([]).body["approval_unit"] == "none"
    assert page_of(None).body["approval_unit"] == "not measured"
    zero = page_of(
        [initiative("T")], [{"technology_id": "T-1", "users_planned": 10, "users_actual": 0}]
    )
    assert zero.body["adoption_unit"] == "% of users"
    assert zero.figures["adoption"].data["series"][0]["end"] == "0%"  # type: ignore[index]
    unknown = page_of([], [{"technology_id": "T-1", "users_planned": 10, "users_actual": None}])
    assert unknown.body["adoption_unit"] == "withheld"


def test_adoption_over_the_plan_stays_on_the_axis() -> None:
    rows = [
        {"technology_id": "T-1", "users_planned": 100, "users_actual": 345},
        {"technology_id": "T-2", "users_planned": 100, "users_actual": None},
    ]
    page = page_of([], rows)

    assert page.figures["adoption"].data["axis"]["high"] == 3.5  # type: ignore[index]
    assert page.body["adoption_unit"] == "% of users, 1 unknown"


def test_with_voices_the_rows_are_eight_and_one_quarter_is_enough() -> None:
    facts = facts_of([initiative(f"T{at}") for at in range(20)], quarters=1)
    written = Commentary("technology-adoption", "c.md", means=(("CTO", "Fine."),))
    (page,) = technology_adoption.build(replace(facts, commentary={written.page: written}))

    assert page.body["is_wide"] is False
    assert len(plan_of(page)) == 8
    assert page.context.startswith("Eight of 20 initiatives live this year or ahead: the largest.")
    (bare,) = technology_adoption.build(
        replace(facts, commentary={written.page: replace(written, means=())})
    )
    assert bare.body["is_wide"] is True
