"""What is wrong with the inventory of tools: no owner, two owners, two tools, none at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations

from board_report.governance.roles import holders_at
from board_report.governance.rows import plain_rows
from board_report.governance.tools import (
    BOTH,
    CATEGORY_WORDS,
    TABLE,
    Domain,
    Tool,
    ToolInventory,
    domain_of,
    tool_inventory,
)
from board_report.model import Finding
from board_report.period import Window
from board_report.sources.faults import Explanation, explained, warning
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import default_file
from board_report.tables.schema import TableSet

NEEDED_SECURITY = ("edr", "iam", "siem", "backup", "vulnerability_management")
NEEDED_INFRASTRUCTURE = ("cloud", "applications")
"""Kinds of tool that every company of this size runs; our own convention."""


class ToolCode(StrEnum):
    """What can be wrong with the inventory."""

    UNOWNED = "tool_unowned"
    OWNED_TWICE = "tool_owned_twice"
    DOUBLED = "tool_doubled"
    CATEGORY_GAP = "tool_category_gap"
    OWNER_UNKNOWN = "tool_owner_unknown"


NO_SINGLE_OWNER = (ToolCode.UNOWNED, ToolCode.OWNED_TWICE, ToolCode.OWNER_UNKNOWN)
"""Faults by which nobody answers for a tool alone."""

TOOL_FAULTS: dict[ToolCode, Explanation] = {
    ToolCode.UNOWNED: warning(
        "A tool is in use and nobody owns it.",
        "“{value}”, for {category}, is in use and has no owner.",
        "Agree between the CISO and the CTO who owns it, and enter that role as owner_role.",
    ),
    ToolCode.OWNED_TWICE: warning(
        "One tool is in use under two owners, so neither answers for it alone.",
        "“{value}”, for {category}, has two owners: {owners}.",
        "Agree on one owner and remove the other row, or enter one role as owner_role.",
    ),
    ToolCode.DOUBLED: warning(
        "Two owners run different tools for the same security work.",
        "Two owners run {category}: {tools}.",
        "Decide which of them stays and give the other a retired_on, or record why both are kept.",
    ),
    ToolCode.CATEGORY_GAP: warning(
        "A kind of tool that every company needs is not in use.",
        "No tool is in use for {category}.",
        "Add the tool that does this work to the inventory, or plan for one; {leader} starts.",
    ),
    ToolCode.OWNER_UNKNOWN: warning(
        "A tool's owner is a role that nobody holds.",
        "“{value}”, for {category}, belongs to {owner}, a role that nobody holds.",
        "Give the tool to a role that is held, or add the holder to governance/people.csv.",
    ),
}


def tool_findings(tables: TableSet, window: Window) -> tuple[Finding, ...]:
    """What the inventory shows at the window's cutoff; nothing where no inventory was given.

    Reads ``tool_inventory`` and, for owners that nobody holds, ``people``.
    """
    if not tables.measured(TABLE):
        return ()
    inventory = tool_inventory(plain_rows(tables.frame(TABLE)), window.cutoff_day)
    held = None
    if tables.measured("people"):
        held = {BOTH, *holders_at(plain_rows(tables.frame("people")), window.cutoff_day)}
    return (
        *_without_owner(inventory, held),
        *_owned_twice(inventory),
        *_doubled(inventory),
        *_gaps(inventory),
    )


def _without_owner(inventory: ToolInventory, held: set[str] | None) -> Iterator[Finding]:
    for each in inventory.tools:
        if not each.owner_role:
            yield _finding(ToolCode.UNOWNED, each)
        elif held is not None and each.owner_role not in held:
            yield _finding(ToolCode.OWNER_UNKNOWN, each, owner=each.owner_role)


def _owned_twice(inventory: ToolInventory) -> Iterator[Finding]:
    """Once for each name, at the row that brings the second owner."""
    for tools in _grouped(inventory.tools, "name").values():
        owners = tuple(dict.fromkeys(each.owner_role for each in tools if each.owner_role))
        if BOTH in owners:
            both = next(each for each in tools if each.owner_role == BOTH)
            yield _finding(ToolCode.OWNED_TWICE, both, owners="CISO and CTO")
        elif len(owners) > 1:
            second = next(each for each in tools if each.owner_role not in ("", owners[0]))
            yield _finding(ToolCode.OWNED_TWICE, second, owners=" and ".join(owners))


def _doubled(inventory: ToolInventory) -> Iterator[Finding]:
    """Once for each security category in which different tools have different owners."""
    owned = [each for each in inventory.tools if each.owner_role and each.owner_role != BOTH]
    for category, tools in _grouped(owned, "category").items():
        if domain_of(category) is not Domain.SECURITY:
            continue
        pairs = [(one, other) for one, other in combinations(tools, 2) if _is_other(other, one)]
        if pairs:
            first = pairs[0][0]
            others = [other for one, other in pairs if one is first]
            shown = f"“{first.name}” of the {first.owner_role}"
            shown += "".join(f" and “{each.name}” of the {each.owner_role}" for each in others)
            yield _finding(ToolCode.DOUBLED, others[-1], tools=shown)


def _is_other(tool: Tool, than: Tool) -> bool:
    """A different tool of a different owner; one tool under two owners is a fault of its own."""
    return tool.owner_role != than.owner_role and _key(tool.name) != _key(than.name)


def _gaps(inventory: ToolInventory) -> Iterator[Finding]:
    used = {each.category for each in inventory.tools}
    file = next((each.file for each in inventory.tools), default_file(TABLES[TABLE]))
    for category in (*NEEDED_SECURITY, *NEEDED_INFRASTRUCTURE):
        if category not in used:
            leader = "the CISO" if category in NEEDED_SECURITY else "the CTO"
            nothing = Tool("", "", category, "", file, 0)
            yield _finding(ToolCode.CATEGORY_GAP, nothing, leader=leader)


def _grouped(tools: Iterable[Tool], by: str) -> dict[str, Sequence[Tool]]:
    found: dict[str, list[Tool]] = {}
    for each in tools:
        found.setdefault(_key(getattr(each, by)), []).append(each)
    return dict(found)


def _key(name: str) -> str:
    """A name without the differences that two offices make in writing it."""
    return " ".join(name.casefold().split())


def _finding(code: ToolCode, tool: Tool, **more: str) -> Finding:
    return explained(
        TOOL_FAULTS[code],
        code,
        {"category": CATEGORY_WORDS.get(tool.category, tool.category), **more},
        file=tool.file,
        line=tool.line,
        column="category" if code in (ToolCode.DOUBLED, ToolCode.CATEGORY_GAP) else "owner_role",
        value=tool.name or tool.category,
        table=TABLE,
    )
