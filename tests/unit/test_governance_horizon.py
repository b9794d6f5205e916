"""The horizon: reading it, and what a leader must look at."""

from __future__ import annotations

from datetime import date

import pytest

from board_report.governance.horizon import (
    HORIZON_FAULTS,
    Certainty,
    HorizonCode,
    horizon_findings,
    read_horizon,
)
from board_report.governance.rows import plain_rows
from board_report.model import Finding, Severity
from board_report.tables.working_together import HORIZON
from tests.spec.tables import Row, tables, window_of

TODAY = date(2026, 9, 30)
ITEM: Row = {
    "item_id": "H-1",
    "theme": "regulation",
    "title": "A new rule",
    "expected_on": "2027-06-30",
    "certainty": "adopted",
    "source": "Official Journal",
    "source_dated_on": "2026-01-15",
    "ciso_action": "Compare controls",
    "ciso_due_on": "2026-12-18",
    "cto_action": "Plan the change",
    "cto_due_on": "2026-11-30",
}


def item(**changes: object) -> Row:
    return {**ITEM, **changes}


def found(*rows: Row) -> tuple[Finding, ...]:
    return horizon_findings(tables(horizon=rows), window_of())


def test_an_item_with_both_actions_and_a_recent_source_has_no_finding() -> None:
    assert found(ITEM) == ()
    assert horizon_findings(tables(), window_of()) == ()


def test_every_code_is_explained_and_every_certainty_is_the_tables() -> None:
    assert set(HORIZON_FAULTS) == set(HorizonCode)
    assert all(str(code).startswith("horizon_") for code in HorizonCode)
    assert tuple(Certainty) == HORIZON.column("certainty").allowed


@pytest.mark.parametrize(
    ("changes", "leaders"),
    [
        ({"ciso_action": None}, "the CISO"),
        ({"cto_action": "  "}, "the CTO"),
        ({"ciso_action": None, "cto_action": None}, "the CISO or the CTO"),
    ],
)
def test_a_missing_action_is_told_once_with_the_leaders(
    changes: dict[str, object], leaders: str
) -> None:
    (only,) = found(ITEM, item(item_id="H-2", title="Other", **changes))

    assert (only.code, only.severity) == (HorizonCode.ACTION_MISSING, Severity.WARNING)
    assert only.reason == f"“Other” has no action of {leaders}."
    assert (only.file, only.line) == ("horizon.csv", 3)


def test_an_action_without_a_date_is_still_an_action() -> None:
    assert found(item(ciso_due_on=None, cto_due_on=None)) == ()


@pytest.mark.parametrize(
    ("dated", "is_old"),
    [("2025-09-30", False), ("2025-09-29", True), ("2026-09-30", False), ("2019-01-01", True)],
)
def test_a_source_is_old_after_a_year(dated: str, is_old: bool) -> None:
    codes = [each.code for each in found(item(source_dated_on=dated))]

    assert codes == ([HorizonCode.SOURCE_OLD] if is_old else [])


def test_an_old_source_is_a_note() -> None:
    (only,) = found(item(source_dated_on="2024-04-04"))

    assert only.severity is Severity.NOTE
    assert only.reason == (
        "the source of “A new rule”, Official Journal, is of 2024-04-04: more than a year old."
    )


@pytest.mark.parametrize(
    ("expected_on", "certainty", "verb"),
    [
        ("2026-09-30", "proposed", "has come"),
        ("2026-10-01", "in_force", "is still ahead"),
        ("2026-09-30", "in_force", ""),
        ("2026-10-01", "expected", ""),
    ],
)
def test_certainty_and_day_must_agree(expected_on: str, certainty: str, verb: str) -> None:
    reasons = [each.reason for each in found(item(expected_on=expected_on, certainty=certainty))]

    said = certainty.replace("_", " ")
    wanted = f"“A new rule” is marked {said} and its date, {expected_on}, {verb}."
    assert reasons == ([wanted] if verb else [])


def test_items_stand_by_theme_and_then_by_day() -> None:
    rows = [
        item(item_id="late", expected_on="2028-01-01"),
        item(item_id="threat", theme="threat", expected_on="2026-12-01"),
        item(item_id="soon", expected_on="2026-12-01"),
        item(item_id="ai", theme="ai_security"),
    ]
    horizon = read_horizon(plain_rows(tables(horizon=rows).frame("horizon")), TODAY)

    assert [each.item_id for each in horizon.items] == ["ai", "soon", "late", "threat"]


def test_counts_of_the_horizon() -> None:
    rows = [
        item(expected_on="2027-09-30"),
        item(expected_on="2027-10-01", cto_action=None),
        item(expected_on="2026-09-30", certainty="in_force", source_dated_on="2020-01-01"),
        item(expected_on="2026-10-01", ciso_action=None, cto_action=None),
    ]
    horizon = read_horizon(plain_rows(tables(horizon=rows).frame("horizon")), TODAY)

    # Within a year of 30 September 2026: from the day after until the same day of 2027.
    assert [str(each.expected_on) for each in horizon.within_a_year] == ["2026-10-01", "2027-09-30"]
    assert horizon.with_both_actions == 2
    assert (horizon.without_action_of("CISO"), horizon.without_action_of("CTO")) == (1, 2)
    assert horizon.old_sources == 1
    assert horizon.next_due == date(2026, 11, 30)


def test_an_action_that_is_due_by_now_is_not_the_next() -> None:
    rows = [item(ciso_due_on="2026-09-30", cto_due_on=None)]
    horizon = read_horizon(plain_rows(tables(horizon=rows).frame("horizon")), TODAY)

    assert horizon.next_due is None
