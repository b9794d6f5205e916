"""The page of joint KPIs: its title by rule, its rows, and what it says where nothing is there."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.model import State, Target
from board_report.story.commentary import Commentary
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import joint_kpis
from tests.spec.tables import tables
from tests.unit.pages.series_for import Value, series_for

NAMES = (
    "secure_code_deployment_rate",
    "secure_adoption_rate",
    "crown_jewels_zero_trust",
    "ai_gate_coverage",
    "crown_jewel_patch_sla",
    "sync_meetings_held",
    "joint_actions_on_time",
    "ciso_attendance",
)
ON, NEAR, OFF = 0.95, 0.85, 0.5


def facts_of(
    values: list[Value], before: list[Value] | None = None, *, aims: int | None = None
) -> BoardFacts:
    """As many KPIs as there are values, held against at least 0.9 (near from 0.8)."""
    names = NAMES[: len(values)]
    series: dict[str, list[Value]] = {
        name: ([before[at]] if before else []) + [value]
        for at, (name, value) in enumerate(zip(names, values, strict=True))
    }
    targets = {name: Target(name, True, 0.9, 0.8) for name in names[:aims]}
    rows = [{"metric_id": name, "ciso_part": "Sets", "cto_part": "Keeps"} for name in names]
    return series_for(series, targets=targets, some=tables(joint_kpis=rows))


def page_of(*args: Any, **more: Any) -> Page:
    (page,) = joint_kpis.build(facts_of(*args, **more))
    assert len(page.title) <= LONGEST_TITLE
    return page


def of(page: Page, key: str) -> Any:
    return page.body[key]


@pytest.mark.parametrize(
    ("values", "before", "title"),
    [
        ([ON] * 3, [ON] * 3, "All three joint KPIs are on target, as last quarter"),
        ([ON] * 2, [ON, OFF], "Both joint KPIs are on target, up from one last quarter"),
        (
            [ON, ON, OFF],
            [ON, ON, ON],
            "Two of three joint KPIs are on target, down from three last quarter; furthest off: "
            "crown jewels in zero trust",
        ),
        (
            [OFF, 0.4, 0.6],
            [OFF] * 3,
            "None of three joint KPIs is on target, as last quarter; furthest off: secure adoption "
            "rate",
        ),
        ([NEAR] * 3, [ON] * 3, "None of three joint KPIs is on target, down from three last "
         "quarter; all are near it"),
        ([NEAR] * 2, None, "Neither of two joint KPIs is on target; both are near it"),
        ([ON, NEAR, NEAR], None, "One of three joint KPIs is on target; the other two are near it"),
        ([ON, NEAR], None, "One of two joint KPIs is on target; the other one is near it"),
        ([ON, ON, OFF], [None, ON, ON],
         "Two of three joint KPIs are on target; furthest off: crown jewels in zero trust"),
        ([ON], [OFF], "The one joint KPI is on target"),
        ([NEAR], None, "The one joint KPI is near its target"),
        ([OFF], None, "The one joint KPI is off target"),
        ([ON, OFF, None], None,
         "One of the two joint KPIs that could be judged is on target; furthest off: secure "
         "adoption rate"),
        ([ON, None], None, "The one joint KPI that could be judged is on target"),
        ([ON, ON, ON, State.NOTHING_HAPPENED], None,
         "All the three joint KPIs that could be judged are on target"),
        ([None] * 3, None, "None of three joint KPIs has a value this quarter"),
        ([None] * 2, None, "Neither of two joint KPIs has a value this quarter"),
        ([None], None, "The one joint KPI lacks a value this quarter"),
    ],
)  # fmt: skip
def test_title(values: list[Value], before: list[Value] | None, title: str) -> None:
    assert page_of(values, before).title == title


def test_values_without_targets() -> None:
    assert page_of([ON] * 3, aims=0).title == (
        "None of three joint KPIs has both a value and a target"
    )
    assert page_of([ON], aims=0).title == "The one joint KPI lacks a target"


def test_no_joint_kpi_is_declared() -> None:
    (page,) = joint_kpis.build(series_for({}, some=tables(joint_kpis=[])))

    assert page.title == "No joint KPI is declared"
    assert "at least eight metrics" in str(of(page, "empty"))


def test_there_is_no_page_without_the_file_unless_a_leader_wrote_of_it() -> None:
    assert joint_kpis.build(series_for({})) == ()
    said = Commentary(page="joint-kpis", file="commentary/joint-kpis.md", title="Still to come")
    (page,) = joint_kpis.build(series_for({}, commentary={"joint-kpis": said}))
    assert str(of(page, "empty")).startswith("Give governance/joint_kpis.csv")


def test_the_worst_stand_first_in_groups_by_status() -> None:
    page = page_of([ON, OFF, NEAR, 0.4])

    groups: Any = of(page, "groups")

    assert [[row["status"] for row in group] for group in groups] == [
        ["off", "off"],
        ["near"],
        ["on"],
    ]
    assert groups[0][0]["name"] == "AI data gate coverage"
    assert (groups[0][0]["ciso"], groups[0][0]["cto"]) == ("Sets", "Keeps")


def test_not_measured_nothing_and_zero_are_three_things() -> None:
    page = page_of([None, State.NOTHING_HAPPENED, 0.0])
    rows = {row["name"]: row for group in of(page, "groups") for row in group}

    assert rows["Secure code deployment rate"]["absent"] == "not measured"
    assert rows["Secure adoption rate"]["absent"] == "none"
    assert (rows["Crown jewels in zero trust"]["absent"],
            rows["Crown jewels in zero trust"]["value"]) == ("", "0")  # fmt: skip
    assert rows["Secure adoption rate"]["status_word"] == "Not judged"


def test_the_context_says_that_there_are_two_owners_and_how_they_moved() -> None:
    page = page_of([ON, 0.5, 0.5, None], [0.9, 0.6, 0.5, None])

    assert page.context == (
        "Each has two owners, one target and one computation. Since last quarter better on one, "
        "worse on one, unchanged on one. Not judged: one."
    )


@pytest.mark.parametrize(("count", "height"), [(1, 44.0), (8, 38.5)])
def test_few_rows_are_taller(count: int, height: float) -> None:
    page = page_of([ON] * count)
    assert (of(page, "row_height"), of(page, "lines")) == (height, 2)


def test_more_than_the_page_holds_are_counted_in_its_head() -> None:
    every = [
        name
        for name, spec in series_for({}).figures.specs.items()
        if str(spec.owner) == "CISO and CTO"
    ]
    names = [*every, *["mttd", "mttr", "mtta", "mttc"]][:17]
    rows = [{"metric_id": name, "ciso_part": "Sets", "cto_part": "Keeps"} for name in names]
    facts = series_for({name: [0.5] for name in names}, some=tables(joint_kpis=rows))

    (page,) = joint_kpis.build(facts)

    groups: Any = of(page, "groups")
    assert sum(len(group) for group in groups) == 14
    assert of(page, "heads")["measure"] == f"Measure, 14 of {len(names)}"
    assert (of(page, "row_height"), of(page, "lines")) == (22.0, 1)
    assert len(page.metric_ids) == 14


def test_every_row_has_a_picture_of_its_course() -> None:
    page = page_of([ON, None], [0.8, None])
    assert set(page.figures) == {"spark-secure_code_deployment_rate"}
    assert page.figures["spark-secure_code_deployment_rate"].alt == (
        "Secure code deployment rate over two quarters: 95.0% now, from 80% in 2026-Q2."
    )
