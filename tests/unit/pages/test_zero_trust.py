"""Zero trust: pillars at their stage, the weakest of them, and the crown jewels."""

from __future__ import annotations

import pytest

from board_report.charts import draw
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import zero_trust
from tests.spec.tables import Row, Rows, tables
from tests.unit.pages.facts_for import facts_for

METRICS = ("zero_trust_stage", "zero_trust_at_target", "crown_jewels_zero_trust")
PILLARS = ("identity", "devices", "networks", "applications_and_workloads", "data")


def pillars(*stages: int | None, quarter: str = "2026-Q3", target: int = 3) -> list[Row]:
    return [
        {"pillar": pillar, "stage": stage, "target_stage": target, "quarter": quarter,
         "target_on": "2027-06-30"}
        for pillar, stage in zip(PILLARS, stages, strict=False)
    ]  # fmt: skip


def jewels(covered: int, by_year_ago: int, of: int = 10) -> list[Row]:
    """Crown jewels in service for years, some under zero trust now and some a year ago."""
    return [
        {"asset_tier": "crown_jewel", "in_service_on": "2020-01-01",
         "zero_trust_on": "2025-01-01" if at < by_year_ago else "2026-08-01" if at < covered
         else None}
        for at in range(of)
    ]  # fmt: skip


def page_of(stages: Rows | None, systems: Rows | None, **more: object) -> Page:
    given = {"zero_trust": stages, "systems": systems}
    some = tables(**{name: each for name, each in given.items() if each is not None})
    (page,) = zero_trust.build(facts_for(some, METRICS, **more))  # type: ignore[arg-type]
    for figure in page.figures.values():
        assert draw(figure).svg
    assert len(page.title) <= LONGEST_TITLE
    return page


@pytest.mark.parametrize(
    ("stages", "systems", "title"),
    [
        (
            pillars(3, 3, 2, 2, 1),
            jewels(7, 4),
            "Two of five pillars are at the target stage; 70% of crown jewels are under zero "
            "trust, up from 40% a year ago",
        ),
        (
            pillars(3, 2, 2),
            jewels(5, 5),
            "One of three pillars is at the target stage; 50% of crown jewels are under zero "
            "trust, as a year ago",
        ),
        (
            pillars(1, 1, 2, 2, 1),
            [
                *jewels(2, 1, of=2),
                {"asset_tier": "crown_jewel", "in_service_on": "2026-09-01"},
            ],
            # three systems are too few to call a move
            "None of five pillars is at the target stage; 67% of crown jewels are under zero "
            "trust, 50% a year ago",
        ),
        (
            pillars(4, 3, 3, 3, 3),
            [],
            "Five of five pillars are at the target stage; crown jewels under zero trust: none",
        ),
        (
            pillars(4),
            None,
            "One of one pillar is at the target stage; crown jewels under zero trust: not measured",
        ),
        (
            None,
            jewels(0, 0),
            "Zero-trust maturity was not assessed; 0% of crown jewels are under zero trust, as a "
            "year ago",
        ),
        (
            pillars(None, None),
            jewels(10, 10, of=10),
            "Zero-trust maturity was not assessed; 100% of crown jewels are under zero trust, as a "
            "year ago",
        ),
        (
            None,
            None,
            "Zero-trust maturity was not assessed; crown jewels under zero trust: not measured",
        ),
    ],
)
def test_title_holds_for_none_one_many_and_no_data(
    stages: Rows | None, systems: Rows | None, title: str
) -> None:
    assert page_of(stages, systems).title == title


def test_a_share_that_fell_is_down() -> None:
    newer = [{"asset_tier": "crown_jewel", "in_service_on": "2026-08-01"}] * 10

    assert page_of(pillars(3), [*jewels(10, 10), *newer]).title.endswith(
        "50% of crown jewels are under zero trust, down from 100% a year ago"
    )


def test_context_names_every_weakest_pillar() -> None:
    assert page_of(pillars(3, 2, 2), None).context == (
        "The whole stands where its weakest part stands: initial (devices and networks). Hollow: a "
        "year ago."
    )
    assert page_of(None, None).context.startswith("Give cto/zero_trust.csv")


def test_a_pillar_is_near_by_one_stage_and_off_by_two() -> None:
    page = page_of(pillars(3, 2, 1, None), None, quarters=1)
    rows = page.figures["pillars"].data["groups"][0]["rows"]  # type: ignore[index]

    assert [row["status"] for row in rows] == ["on", "near", "off", "none", "none"]
    assert [row["absent"] for row in rows[3:]] == ["not assessed", "not assessed"]
    assert [each["pillar"] for each in page.body["next"]] == [  # type: ignore[attr-defined]
        "Devices", "Networks", "Applications and workloads",
    ]  # fmt: skip
