"""CSF 2.0 profile: the gaps that stand out, and what nobody has rated."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.charts import draw
from board_report.governance.csf import CATEGORIES, FUNCTIONS
from board_report.story.page import Page
from board_report.story.pages import csf_profile
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for

METRICS = ("csf_assessed_share", "csf_at_target_share")
IDS = [each.id for each in CATEGORIES]


def profile(usual: float | None, quarter: str = "2026-Q3", **ratings: float | None) -> list[Row]:
    """All 22 categories with a target of 3; ``GV_SC=1`` rates one of them."""
    return [
        {
            "quarter": quarter,
            "category_id": each,
            "current": ratings.get(each.replace(".", "_"), usual),
            "target": 3.0,
        }
        for each in IDS
    ]


def some_rated(count: int) -> list[Row]:
    return profile(None, **{each.replace(".", "_"): 3.0 for each in IDS[:count]})


def page_of(rows: list[Row] | None) -> Page:
    some = tables(**({} if rows is None else {"csf_profile": rows}))
    (found,) = csf_profile.build(facts_for(some, METRICS))
    return found


def groups_of(page: Page) -> list[dict[str, Any]]:
    sides: list[list[dict[str, Any]]] = page.figures["profile"].data["sides"]  # type: ignore[assignment]
    return [group for side in sides for group in side]


def rows_of(page: Page) -> dict[str, dict[str, Any]]:
    return {row["label"]: row for group in groups_of(page) for row in group["rows"]}


def test_the_framework_has_22_categories_in_six_functions() -> None:
    assert len(CATEGORIES) == len(set(IDS)) == 22
    counts = {
        name: sum(each.function == name for each in CATEGORIES) for name in FUNCTIONS.values()
    }
    assert counts == {
        "Govern": 6, "Identify": 3, "Protect": 5, "Detect": 2, "Respond": 4, "Recover": 2,
    }  # fmt: skip
    assert max(len(each.label) for each in CATEGORIES) <= 29


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            profile(3, RC_RP=1, GV_SC=1.5, PR_IR=1.5),
            "Recovery plan execution, supply chain risk and infrastructure resilience are furthest "
            "from target; 19 of 22 assessed categories have reached it",
        ),
        (
            profile(3, RC_RP=1) + profile(3, "2025-Q3", RC_RP=1),
            "Recovery plan execution is furthest from target; 21 of 22 assessed categories have "
            "reached it, as many as a year ago",
        ),
        (
            profile(2, RC_RP=1, PR_AA=3) + profile(1, "2025-Q3"),
            "Recovery plan execution is furthest from target; one of 22 assessed categories has "
            "reached it, none a year ago",
        ),
        (
            profile(2),
            "None of 22 assessed categories has reached the target; no gap stands out among the "
            "others",
        ),
        (profile(3), "Every assessed category is at its target (22 of 22)"),
        (some_rated(13), "Only 13 of 22 categories are assessed, too few for a headline"),
        (some_rated(0), "None of 22 categories is assessed, so no rating can be shown"),
        ([], "The NIST CSF 2.0 profile is not measured"),
        (None, "The NIST CSF 2.0 profile is not measured"),
    ],
)
def test_the_title_is_borne_out(rows: list[Row] | None, title: str) -> None:
    assert page_of(rows).title == title


def test_what_nobody_rated_is_hatched_and_not_a_zero() -> None:
    row = rows_of(page_of(profile(3, GV_PO=None)))["Policy"]
    assert (row["now"], row["absent"], row["is_far"]) == (None, "not assessed", False)


def test_a_category_left_out_of_the_profile_and_one_unknown_to_it_are_shown() -> None:
    rows = [each for each in profile(3) if each["category_id"] != "DE.CM"]
    rows += [
        {"category_id": "ID.SC", "current": 1.0, "target": 4.0},
        {"category_id": "ZZ.AA", "current": None, "target": 2.0},
    ]
    page = page_of(rows)
    assert rows_of(page)["Continuous monitoring"]["absent"] == "not in profile"
    assert rows_of(page)["ID.SC"]["is_far"]
    assert [group["title"] for group in groups_of(page)][-1] == "Other"


def test_the_limit_of_what_must_be_noticed() -> None:
    found = rows_of(page_of(profile(3, GV_PO=1.5, GV_OV=1.6)))
    assert found["Policy"]["is_far"]
    assert not found["Oversight"]["is_far"]


def test_the_context_says_how_much_is_assessed() -> None:
    assert page_of(some_rated(17)).context == (
        "Rating of outcomes, 0 to 4. 17 of 22 categories assessed (77%); the others are hatched "
        "and carry no rating. No overall score is formed."
    )
    assert "hatched" not in page_of(profile(3)).context


def test_the_picture_is_drawn_for_all_kinds() -> None:
    for rows in (profile(3), profile(0), some_rated(0), None):
        assert draw(page_of(rows).figures["profile"]).svg.startswith(b"<svg ")
    assert draw(page_of(None).figures["profile"]).svg.count(b"not measured") == 22
    assert draw(page_of(some_rated(20)).figures["profile"]).svg.count(b"not assessed") == 2
