"""Control coverage: what works, on what, and who is lowest."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.page import Page
from board_report.story.pages import control_coverage
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for

METRICS = ("crown_jewel_coverage", *control_coverage.CONTROLS)
NAMES = ("edr", "mfa", "pam", "siem_logging", "firewall_review", "backup_restore_tested")


def row(control: str, working: int, in_scope: int = 100, **given: object) -> Row:
    return {
        "control": control,
        "working": working,
        "in_scope": in_scope,
        "business_unit": "Europe",
        "asset_tier": "crown_jewel",
        **given,
    }


def every(working: int, quarter: str = "2026-Q3", **others: int) -> list[Row]:
    return [row(name, others.get(name, working), quarter=quarter) for name in NAMES]


def page_of(rows: list[Row] | None, **more: object) -> Page:
    some = tables(**({} if rows is None else {"control_coverage": rows}))
    (found,) = control_coverage.build(facts_for(some, METRICS, **more))  # type: ignore[arg-type]
    return found


def rows_of(page: Page) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = page.figures["coverage"].data["rows"]  # type: ignore[assignment]
    return {each["label"]: each for each in rows}


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            every(90) + every(80, "2025-Q3"),
            "Across six controls, crown jewels are 90% covered, up from 80% a year ago; "
            "endpoint detection lags most, at 90%",
        ),
        (
            every(80) + every(90, "2025-Q3"),
            "Across six controls, crown jewels are 80% covered, down from 90% a year ago; "
            "endpoint detection lags most, at 80%",
        ),
        (
            every(100) + every(100, "2025-Q3"),
            "Across six controls, crown jewels are 100% covered, as a year ago; "
            "every control measured is on target",
        ),
        (
            every(100, edr=97),
            "Across six controls, crown jewels are 99.5% covered; no control is off target",
        ),
        (
            every(100, backup_restore_tested=40),
            "Across six controls, crown jewels are 90% covered; only tested restore is off target, "
            "at 40%",
        ),
        (
            every(100, backup_restore_tested=0, pam=50),
            "Across six controls, crown jewels are 75% covered; tested restore is furthest off "
            "target, at 0%",
        ),
        (
            [row("edr", 1, 2)],
            "Too few crown jewels to judge (two)",
        ),
        (
            [row("edr", 2, 4)],
            "Too few crown jewels to judge (four); only endpoint detection is off target, at 50%",
        ),
        (
            [row("edr", 100, asset_tier="production")],
            "Coverage of crown jewels is not measured; every control measured is on target",
        ),
        (
            [row("edr", 999_999_999, 1_000_000_000), row("mfa", 100)],
            "Across the controls recorded, crown jewels are under 100% covered; every control "
            "measured is on target",
        ),
        ([], "Control coverage is not measured"),
        (None, "Control coverage is not measured"),
    ],
)
def test_the_title_is_borne_out(rows: list[Row] | None, title: str) -> None:
    page = page_of(rows)
    assert page.title == title
    assert len(page.title) <= 118


def test_without_targets_nothing_is_called_off() -> None:
    page = page_of(every(50), targets={})
    assert page.title == (
        "Across six controls, crown jewels are 50% covered; no control has a target"
    )
    assert not any(each["is_emphasized"] for each in rows_of(page).values())


def test_deployed_is_not_working_and_what_has_no_figure_is_named() -> None:
    assert page_of(every(90)).context.startswith("Deployed is not working")
    some = [each for each in every(90) if each["control"] not in ("mfa", "pam")]
    assert page_of(some).context.endswith(
        "Without a figure: multifactor sign-in and privileged access."
    )


def test_the_lowest_unit_is_named_only_where_the_control_is_not_on_target() -> None:
    rows = [
        row("pam", 90),
        row("pam", 40, business_unit="Home Care"),
        row("edr", 100),
        row("mfa", 99),
        row("mfa", 1, 4, business_unit="Home Care"),
    ]
    found = rows_of(page_of(rows))
    assert found["Privileged access (PAM)"]["cells"][-1] == {
        "words": "40% Home Care",
        "status": "off",
    }
    assert found["Endpoint detection (EDR)"]["cells"][-1] == {"words": ""}
    assert found["Multifactor sign-in (MFA)"]["cells"][-1]["words"] == "99.0% Europe"


def test_none_in_scope_is_not_the_same_as_not_measured() -> None:
    found = rows_of(page_of([row("pam", 90)]))
    jewels, production, _, _ = found["Privileged access (PAM)"]["cells"]
    assert jewels["value"] == "90%"
    assert (production["now"], production["empty"]) == (None, "none in scope")
    absent = found["Restore tested"]["cells"][0]
    assert (absent["empty"], absent["absent"]) == ("", "not measured")


def test_the_picture_is_drawn_for_the_best_the_worst_and_nothing() -> None:
    for rows in (every(100), every(0), [], None):
        assert draw(page_of(rows, quarters=1).figures["coverage"]).svg.startswith(b"<svg ")
    assert b"not measured" in draw(page_of(None).figures["coverage"]).svg
