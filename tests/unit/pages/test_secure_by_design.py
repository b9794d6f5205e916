"""Secure by design: the rate with and without approved bypasses, the DORA keys, the designs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from board_report.charts import draw
from board_report.model import Target
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import secure_by_design
from tests.spec.tables import Row, Rows, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    "secure_code_deployment_rate", "unapproved_bypasses", "deployment_frequency", "lead_time",
    "change_failure_rate", "time_to_restore", "threat_model_coverage", "secure_pattern_rate",
    "design_exceptions_lapsed",
)  # fmt: skip
AGO = "2025-08-04T12:00"
TARGET = {
    "secure_code_deployment_rate": Target("secure_code_deployment_rate", True, 0.95, 0.9)
}  # fmt: skip


def deployed(
    clean: int, approved: int = 0, unapproved: int = 0, failed: int = 0,
    on: str = "2026-08-04T12:00", unit: str = "Distribution",
) -> list[Row]:  # fmt: skip
    """Deployments that passed, were bypassed (with approval or not), or failed a gate."""
    base: dict[str, object] = {
        "deployed_at": on, "business_unit": unit, "gates_required": 4, "gates_passed": 4,
        "bypass": "none", "is_failed": False,
    }  # fmt: skip
    return [
        *({**base} for _ in range(clean)),
        *({**base, "gates_passed": 3, "bypass": "approved"} for _ in range(approved)),
        *({**base, "bypass": "unapproved"} for _ in range(unapproved)),
        *({**base, "gates_passed": 3} for _ in range(failed)),
    ]


def design(**given: object) -> Row:
    return {
        "reviewed_on": "2026-08-01", "uses_secure_pattern": True, "exception": "none", **given,
    }  # fmt: skip


def page_of(
    rows: Rows | None,
    designs: Rows | None = None,
    *,
    targets: Mapping[str, Target] = TARGET,
    **more: object,
) -> Page:
    given = {"deployments": rows, "designs": designs}
    some = tables(**{name: each for name, each in given.items() if each is not None})
    facts = facts_for(some, METRICS, targets=targets, **more)  # type: ignore[arg-type]
    (page,) = secure_by_design.build(facts)
    for figure in page.figures.values():
        assert draw(figure).svg
    assert len(page.title) <= LONGEST_TITLE
    return page


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        # (92 + 4) / 100 = 96%, 92% without the four; 80% a year ago
        (
            deployed(92, approved=4, failed=4) + deployed(80, failed=20, on=AGO),
            "96.0% of deployments were secure, up from 80% a year ago; 92% without approved "
            "bypasses, short of the 95% target",
        ),
        (
            deployed(970, approved=10, failed=20) + deployed(999, failed=1, on=AGO),
            "98.0% of deployments were secure, down from 99.9% a year ago; 97.0% without approved "
            "bypasses also meets 95%",
        ),
        # two of a hundred after one of a hundred: p 1
        (
            deployed(97, approved=1, failed=2) + deployed(99, failed=1, on=AGO),
            "98.0% of deployments were secure, no clear change from 99.0% a year ago; on target, "
            "95%",
        ),
        (
            deployed(97, failed=3),
            "97.0% of deployments were secure; the 95% target is met without a single approved "
            "bypass",
        ),
        (
            deployed(90, unapproved=1, failed=9) + deployed(9, failed=1, on=AGO),
            "90% of deployments were secure, as a year ago; the target is 95%, and one bypassed a "
            "gate without approval",
        ),
        (
            deployed(5, approved=1, unapproved=10, failed=4),
            "30% of deployments were secure; the target is 95%, and ten bypassed a gate without "
            "approval",
        ),
        (
            deployed(10),
            "100% of deployments were secure; the 95% target is met without a single approved "
            "bypass",
        ),
        (
            deployed(0, unapproved=0, failed=10),
            "0% of deployments were secure; the target is 95%, and none bypassed a gate without "
            "approval",
        ),
        (
            deployed(3, failed=1),
            "Too few to judge secure delivery: four deployments this quarter, three secure",
        ),
        (
            deployed(0, failed=1),
            "Too few to judge secure delivery: one deployment this quarter, none secure",
        ),
        ([], "Nothing was deployed this quarter, so no security gate was put to the test"),
        (None, "Secure delivery is not measured: no deployments could be used"),
    ],
)
def test_title_says_what_the_figures_bear_out(rows: Rows | None, title: str) -> None:
    assert page_of(rows).title == title


def test_title_without_a_target_names_the_bypasses() -> None:
    assert page_of(deployed(9, approved=1), targets={}).title == (
        "100% of deployments were secure; 90% without approved bypasses"
    )
    assert page_of(deployed(8, unapproved=2), targets={}).title == (
        "80% of deployments were secure; two bypassed a gate without approval"
    )
    assert page_of(deployed(8), targets={}).body["bypass_unit"] == "a quarter"


def test_designs_stand_in_the_title_where_deployments_are_not_measured() -> None:
    rows = [design(threat_modelled_on="2026-07-30"), design()]

    page = page_of(None, rows)

    assert page.title == (
        "Secure delivery is not measured: no deployments could be used; 1 of 2 designs had a "
        "threat model"
    )
    assert page.context == "Give cto/deployments.csv, one row for each deployment to production."
    assert page.body["designs"] == "2 designs reviewed this quarter"
    assert page_of(None, []).body["designs"] == "none reviewed this quarter"
    assert page_of(None).body["designs"] == "not measured: give cto/designs.csv"


@pytest.mark.parametrize(
    ("rows", "context"),
    [
        (
            deployed(9, approved=1, unit="Europe") + deployed(18, failed=2),
            "1 of 30 deployments rests on an approved bypass. Weakest business unit: "
            "Distribution, 90% of 20.",
        ),
        # two units print alike, so neither is named
        (
            deployed(9, approved=0, failed=1, unit="Europe") + deployed(18, failed=2),
            "None of 30 deployments rests on an approved bypass.",
        ),
        # a unit of four is too small to be called the weakest, and then there is one left
        (
            deployed(0, failed=4, unit="Europe") + deployed(18, approved=2),
            "2 of 24 deployments rest on an approved bypass.",
        ),
        (deployed(2), ""),
    ],
)
def test_context_names_bypasses_and_the_weakest_unit(rows: Rows, context: str) -> None:
    assert page_of(rows).context == context


def test_units_are_ranked_with_the_small_ones_last() -> None:
    rows = [
        *deployed(8, unapproved=2, unit="Europe"),
        *deployed(9, failed=1, unit="Distribution"),
        *deployed(0, failed=1, unit="Corporate"),
    ]

    assert page_of(rows).body["units"] == [
        {"name": "Europe", "rate": "80%", "of": "10", "status": "off", "bypasses": "2"},
        {"name": "Distribution", "rate": "90%", "of": "10", "status": "near", "bypasses": "0"},
        {"name": "Corporate", "rate": "–", "of": "1", "status": "", "bypasses": "0"},
    ]


def test_every_deployment_is_in_one_row_of_the_gates() -> None:
    page = page_of(deployed(1200, approved=30, unapproved=4, failed=50))

    assert page.body["gates"] == [
        {"name": "Passed every gate", "count": "1,200"},
        {"name": "Bypass approved", "count": "30"},
        {"name": "Gate failed", "count": "50"},
        {"name": "Bypass not approved", "count": "4"},
    ]
    assert page_of(None).body["gates"] == []


def test_a_small_figure_says_a_year_ago_the_aim_or_that_it_is_too_few() -> None:
    targets = {"change_failure_rate": Target("change_failure_rate", False, 0.1, 0.15)}
    failing = {**deployed(1)[0], "is_failed": True}
    many = page_of([failing, *deployed(9), *deployed(8, on=AGO)], targets=targets)
    few = page_of([failing, *deployed(2)], targets=targets)

    assert many.body["dora"][2] == {  # type: ignore[index]
        "label": "Changes failed, %", "value": "10.0", "status": "on",
        "figure": "spark-change_failure_rate", "beside": "0 a year ago; aim ≤ 10",
    }  # fmt: skip
    assert few.body["dora"][2]["value"] == "33"  # type: ignore[index]
    assert few.body["dora"][2]["status"] == ""  # type: ignore[index]
    assert few.body["dora"][2]["beside"] == "n 3, too few; aim ≤ 10"  # type: ignore[index]


def test_nothing_zero_and_not_measured_print_as_three_things() -> None:
    restore = [page_of(rows).body["dora"][3] for rows in ([], None)]  # type: ignore[index]
    assert [(each["value"], each["beside"]) for each in restore] == [
        ("–", "none"), ("–", "not measured"),
    ]  # fmt: skip
    assert page_of([]).body["dora"][0]["value"] == "0.0"  # type: ignore[index]


def test_exceptions_lapsed_and_never_approved_are_apart() -> None:
    rows = [
        design(exception="approved", exception_expires_on="2026-09-29"),
        design(exception="approved", exception_expires_on="2026-12-31"),
        design(exception="unapproved"),
        design(exception="unapproved", reviewed_on="2025-08-01"),
    ]
    panels = {each["label"]: each for each in page_of([], rows).body["design"]}  # type: ignore[attr-defined]

    assert panels["Exceptions lapsed"]["value"] == "1"
    assert panels["Never approved"]["value"] == "2"
    assert panels["Never approved"]["beside"] == "1 a year ago"


def test_one_quarter_and_forty_units_are_drawn() -> None:
    from dataclasses import replace

    from tests.unit.pages.facts_for import sample_project

    names = tuple(f"A business unit with a very long name, number {at}" for at in range(40))
    company = replace(sample_project().company, business_units=names)
    rows = [row for at, name in enumerate(names) for row in deployed(20, failed=at, unit=name)]

    page = page_of(rows, quarters=1, company=company)

    assert page.body["span"] == "one quarter"
    assert page.body["units_more"] == 34
    assert all(len(unit["name"]) <= 22 for unit in page.body["units"])  # type: ignore[attr-defined]
    assert page.title.startswith("51% of deployments were secure; the target is 95%")
