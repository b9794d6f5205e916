"""AI governance: uses through the data gate, those that are not, and those found unasked."""

from __future__ import annotations

import pytest

from board_report.charts import draw
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import ai_governance
from tests.spec.tables import Row, Rows, tables
from tests.unit.pages.facts_for import facts_for

METRICS = ("ai_use_cases", "ai_gate_coverage", "ai_found_share", "ai_sensitive_ungated")


def use(data_class: str = "internal", **given: object) -> Row:
    return {
        "name": "Forecast", "business_unit": "Europe", "origin": "sanctioned",
        "data_class": data_class, "registered_on": "2026-01-05", **given,
    }  # fmt: skip


PASSED = use(gate_passed_on="2026-02-01")
EXPOSED = use("confidential")


def page_of(rows: Rows | None, **more: object) -> Page:
    some = tables() if rows is None else tables(ai_use_cases=rows)
    (page,) = ai_governance.build(facts_for(some, METRICS, **more))  # type: ignore[arg-type]
    for figure in page.figures.values():
        assert draw(figure).svg
    assert len(page.title) <= LONGEST_TITLE
    return page


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [PASSED] * 9 + [EXPOSED],
            "90% of ten AI use cases passed the data gate; one that touches sensitive data is in "
            "use without it",
        ),
        (
            [PASSED] * 2 + [EXPOSED, use("restricted")],
            "50% of four AI use cases passed the data gate; two that touch sensitive data are in "
            "use without it",
        ),
        (
            [PASSED],
            "100% of one AI use case passed the data gate; none that touches sensitive data is in "
            "use without it",
        ),
        (
            [use()] * 2000,
            "0% of 2,000 AI use cases passed the data gate; none that touches sensitive data is in "
            "use without it",
        ),
        ([], "No use of AI is on record"),
        ([use(retired_on="2026-09-30")], "No use of AI is on record"),
        (None, "AI through the data gate: not measured"),
    ],
)
def test_title_holds_for_none_one_many_and_no_data(rows: Rows | None, title: str) -> None:
    assert page_of(rows).title == title


@pytest.mark.parametrize(
    ("rows", "context"),
    [
        (
            [use(registered_on="2026-07-01", origin="found"), use(registered_on="2026-07-01")],
            "Of two use cases that came on record this quarter, one was found in use and not "
            "registered by the owner.",
        ),
        (
            [use(registered_on="2026-07-01", origin="found")] * 3,
            "Of three use cases that came on record this quarter, three were found in use and not "
            "registered by the owner.",
        ),
        (
            [use(registered_on="2026-07-01")],
            "Of one use case that came on record this quarter, none were found in use and not "
            "registered by the owner.",
        ),
        ([PASSED], "No use case was registered or found this quarter."),
        (None, "Give cto/ai_use_cases.csv, one row for each use of AI, registered or found."),
    ],
)
def test_context_tells_found_from_registered(rows: Rows | None, context: str) -> None:
    assert page_of(rows).context == context


def test_sensitive_uses_without_the_gate_are_listed_the_oldest_first() -> None:
    rows = [use("restricted", name=f"Use {at}", registered_on=f"2026-0{at}-01")
            for at in (6, 2, 4, 5, 3)]  # fmt: skip
    body = page_of([*rows, PASSED, use("public"), EXPOSED | {"retired_on": "2026-03-01"}]).body

    shown = [each["name"] for each in body["ungated"]]  # type: ignore[attr-defined]
    assert shown == [f"Use {at}" for at in range(2, 2 + ai_governance.ROWS)]
    assert body["ungated_more"] == 5 - ai_governance.ROWS


def test_a_class_without_uses_is_none_and_not_zero() -> None:
    rows = page_of([PASSED, EXPOSED], quarters=1).figures["classes"].data["groups"][0]["rows"]  # type: ignore[index]

    assert [(row["value"] or row["absent"], row["detail"]) for row in rows] == [
        ("none", ""), ("0%", "0 of 1"), ("100%", "1 of 1"), ("none", ""),
    ]  # fmt: skip
