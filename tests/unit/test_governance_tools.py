"""The tool inventory: what is in use, who owns it, and each of its faults."""

from __future__ import annotations

from datetime import date

import pytest

from board_report.governance.tool_findings import TOOL_FAULTS, ToolCode, tool_findings
from board_report.governance.tools import CATEGORY_WORDS, Domain, domain_of, tool_inventory
from board_report.model import Finding, Severity
from board_report.tables.working_together import (
    INFRASTRUCTURE_TOOLS,
    SECURITY_TOOLS,
    TOOL_INVENTORY,
)
from tests.spec.tables import Row, tables, window_of

ON = date(2026, 9, 30)
PEOPLE: list[Row] = [
    {"role": "CISO", "person_name": "Ilse", "since": "2025-07-01"},
    {"role": "CTO", "person_name": "Marek", "since": "2023-01-01"},
    {"role": "CIO", "person_name": "Otto", "since": "2020-01-01", "until": "2026-06-30"},
]
COMPLETE: list[Row] = [
    {"name": name, "category": category, "owner_role": owner}
    for name, category, owner in (
        ("Falcon", "edr", "CISO"),
        ("Sign-in", "iam", "CISO"),
        ("Logs", "siem", "CISO"),
        ("Scanner", "vulnerability_management", "CISO"),
        ("Vault", "backup", "CTO"),
        ("Hosting", "cloud", "CTO"),
        ("Orders", "applications", "CTO"),
    )
]


def tool(name: str, category: str, owner: str | None = None, **more: object) -> Row:
    return {"name": name, "category": category, "owner_role": owner, **more}


def found(*more: Row, rows: list[Row] | None = None, people: bool = True) -> tuple[Finding, ...]:
    given = {"tool_inventory": [*(COMPLETE if rows is None else rows), *more]}
    return tool_findings(tables(**given, **({"people": PEOPLE} if people else {})), window_of())


def test_an_inventory_without_fault_has_no_finding() -> None:
    assert found() == ()


def test_no_inventory_is_no_finding_but_an_empty_one_lacks_every_kind() -> None:
    assert tool_findings(tables(people=PEOPLE), window_of()) == ()
    empty = found(rows=[])
    assert [each.code for each in empty] == [ToolCode.CATEGORY_GAP] * 7
    assert {(each.file, each.line) for each in empty} == {("governance/tool_inventory.csv", 0)}


def test_every_fault_is_a_warning_with_a_prefix_of_its_own() -> None:
    assert set(TOOL_FAULTS) == set(ToolCode)
    assert all(each.severity is Severity.WARNING for each in TOOL_FAULTS.values())
    assert all(str(code).startswith("tool_") for code in ToolCode)


def test_every_category_has_words_and_a_domain() -> None:
    assert set(CATEGORY_WORDS) == {*SECURITY_TOOLS, *INFRASTRUCTURE_TOOLS, "other"}
    assert set(CATEGORY_WORDS) == set(TOOL_INVENTORY.column("category").allowed)
    assert [domain_of(each) for each in ("edr", "cloud", "other")] == [
        Domain.SECURITY,
        Domain.INFRASTRUCTURE,
        Domain.OTHER,
    ]


def test_a_tool_without_owner_is_found_at_its_row() -> None:
    (only,) = found(tool("Data filter", "data_loss_prevention"))

    assert only.code == ToolCode.UNOWNED
    assert (only.file, only.line) == ("tool_inventory.csv", 2 + len(COMPLETE))
    assert only.reason == "“Data filter”, for data loss prevention, is in use and has no owner."
    assert "owner_role" in only.mend


@pytest.mark.parametrize(
    "more",
    [{"retired_on": "2026-09-30"}, {"retired_on": "2024-01-01"}, {"in_use_since": "2026-10-01"}],
)
def test_a_tool_that_is_not_in_use_on_the_last_day_has_no_fault(more: dict[str, object]) -> None:
    assert found(tool("Data filter", "data_loss_prevention", **more)) == ()


@pytest.mark.parametrize(
    "more",
    [{"retired_on": "2026-10-01"}, {"in_use_since": "2026-09-30"}, {}],
)
def test_a_tool_is_in_use_until_the_day_before_it_is_switched_off(more: dict[str, object]) -> None:
    assert len(found(tool("Data filter", "data_loss_prevention", **more))) == 1


def test_one_name_under_two_owners_is_owned_twice_whatever_its_spelling() -> None:
    (only,) = found(tool("  FALCON ", "edr", "CTO"))

    assert only.code == ToolCode.OWNED_TWICE
    assert only.reason == "“FALCON”, for endpoint detection (EDR), has two owners: CISO and CTO."
    assert only.line == 2 + len(COMPLETE)


def test_one_name_twice_under_one_owner_is_no_fault() -> None:
    assert found(tool("Falcon", "edr", "CISO")) == ()


def test_both_leaders_are_no_single_owner() -> None:
    (only,) = found(tool("Ticketing", "service_management", "BOTH"))

    assert only.code == ToolCode.OWNED_TWICE
    assert only.reason.endswith("has two owners: CISO and CTO.")


def test_two_tools_of_two_owners_in_one_security_category_are_doubled() -> None:
    (only,) = found(tool("Defender", "edr", "CTO"))

    assert only.code == ToolCode.DOUBLED
    assert only.reason == (
        "Two owners run endpoint detection (EDR): “Falcon” of the CISO and “Defender” of the CTO."
    )


def test_a_double_hidden_behind_a_tool_owned_twice_is_found_as_well() -> None:
    codes = [
        each.code for each in found(tool("Falcon", "edr", "CTO"), tool("Other", "edr", "CISO"))
    ]

    assert codes == [ToolCode.OWNED_TWICE, ToolCode.DOUBLED]


@pytest.mark.parametrize(
    "more",
    [
        tool("Defender", "edr", "CISO"),
        tool("Second cloud", "cloud", "CISO"),
        tool("Defender", "edr", "CTO", retired_on="2026-01-01"),
    ],
)
def test_one_owner_another_domain_or_a_retired_tool_is_not_doubled(more: Row) -> None:
    assert found(more) == ()


@pytest.mark.parametrize(
    ("category", "leader"),
    [("edr", "CISO"), ("backup", "CISO"), ("cloud", "CTO"), ("applications", "CTO")],
)
def test_a_kind_that_is_missing_is_a_gap(category: str, leader: str) -> None:
    (only,) = found(rows=[each for each in COMPLETE if each["category"] != category])

    assert only.code == ToolCode.CATEGORY_GAP
    assert only.reason == f"No tool is in use for {CATEGORY_WORDS[category]}."
    assert only.mend.endswith(f"the {leader} starts.")


def test_a_retired_tool_leaves_a_gap_and_a_kind_that_is_not_needed_leaves_none() -> None:
    retired = [{**COMPLETE[0], "retired_on": "2026-09-01"}, *COMPLETE[1:]]

    assert [each.value for each in found(rows=retired)] == ["edr"]
    assert "pam" not in {each["category"] for each in COMPLETE}


def test_an_owner_who_left_is_unknown_and_without_people_nobody_is_judged() -> None:
    old = tool("Portal", "workplace", "CIO")
    (only,) = found(old)

    assert only.code == ToolCode.OWNER_UNKNOWN
    assert "belongs to CIO, a role that nobody holds" in only.reason
    assert found(old, people=False) == ()


def test_tools_by_owner_and_domain_keep_the_order_of_the_file() -> None:
    rows = [
        {"name": "A", "category": "edr", "owner_role": "CISO"},
        {"name": "B", "category": "cloud", "owner_role": "CTO"},
        {"name": "C", "category": "siem", "owner_role": "CISO"},
        {"name": "D", "category": "other", "owner_role": "CISO"},
        {"name": "E", "category": "siem", "owner_role": "CISO"},
        {"name": "F", "category": "pam", "owner_role": None},
    ]
    inventory = tool_inventory(rows, ON)

    assert inventory.owners == ("CISO", "CTO")
    assert [each.name for each in inventory.of("CISO")] == ["A", "C", "D", "E"]
    assert [each.name for each in inventory.of("CISO", Domain.SECURITY)] == ["A", "C", "E"]
    assert [each.name for each in inventory.of("")] == ["F"]
    kinds = inventory.by_category("CISO", Domain.SECURITY)
    assert {name: len(tools) for name, tools in kinds.items()} == {"siem": 2, "edr": 1}
    assert list(kinds) == ["siem", "edr"]


def test_a_name_with_braces_is_only_a_name() -> None:
    (only,) = found(tool("{leader} {0}", "workplace"))

    assert only.reason.startswith("“{leader} {0}”, for workplace,")
