"""The tools that the two offices run, and who owns which.

A tool is in use on a day unless it starts later or was switched off by then. A tool without a date
of first use is in use, since the inventory lists what the offices run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.rows import Row, day_of, text_of
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN
from board_report.tables.working_together import INFRASTRUCTURE_TOOLS, SECURITY_TOOLS

TABLE = "tool_inventory"
BOTH = "BOTH"
"""An owner that is no single one: the CISO and the CTO together."""


CATEGORY_WORDS: Mapping[str, str] = {
    "edr": "endpoint detection (EDR)",
    "iam": "identity and access (IAM)",
    "siem": "event monitoring (SIEM)",
    "pam": "privileged access (PAM)",
    "vulnerability_management": "vulnerability management",
    "email_security": "email security",
    "network_security": "network security",
    "data_loss_prevention": "data loss prevention",
    "backup": "backup",
    "cloud": "cloud",
    "applications": "applications",
    "network": "network",
    "service_management": "service management",
    "delivery_pipeline": "delivery pipeline",
    "data_platform": "data platform",
    "workplace": "workplace",
    "other": "other work",
}


class Domain(StrEnum):
    """Which kind of work a tool is for."""

    SECURITY = "security"
    INFRASTRUCTURE = "infrastructure"
    OTHER = "other"


@dataclass(frozen=True)
class Tool:
    """One row of the inventory."""

    tool_id: str
    name: str
    category: str
    """As the inventory has it: ``edr``."""
    owner_role: str
    """Empty while nobody owns it."""
    file: str
    line: int

    @property
    def domain(self) -> Domain:
        """Whether it is for security, for the broader infrastructure, or for neither."""
        return domain_of(self.category)


@dataclass(frozen=True)
class ToolInventory:
    """The tools in use on one day, in the order of the file."""

    tools: tuple[Tool, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        """Roles that own a tool, in the order of the file."""
        return tuple(dict.fromkeys(each.owner_role for each in self.tools if each.owner_role))

    def of(self, owner: str, domain: Domain | None = None) -> tuple[Tool, ...]:
        """The tools of an owner (empty text: of nobody), all of them or of one domain."""
        return tuple(
            each
            for each in self.tools
            if each.owner_role == owner and domain in (None, each.domain)
        )

    def by_category(self, owner: str, domain: Domain) -> dict[str, tuple[Tool, ...]]:
        """The tools of an owner in one domain by category, the largest category first."""
        found: dict[str, tuple[Tool, ...]] = {}
        for each in self.of(owner, domain):
            found[each.category] = (*found.get(each.category, ()), each)
        return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


def domain_of(category: str) -> Domain:
    """The domain of a category of the inventory."""
    if category in SECURITY_TOOLS:
        return Domain.SECURITY
    return Domain.INFRASTRUCTURE if category in INFRASTRUCTURE_TOOLS else Domain.OTHER


def tool_inventory(rows: Iterable[Row], on: date) -> ToolInventory:
    """The tools in use at the end of a day, from the rows of ``tool_inventory``."""
    return ToolInventory(tuple(_tool(row) for row in rows if _in_use(row, on)))


def _in_use(row: Row, on: date) -> bool:
    since, retired = day_of(row, "in_use_since"), day_of(row, "retired_on")
    return (since is None or since <= on) and (retired is None or retired > on)


def _tool(row: Row) -> Tool:
    line = row.get(LINE_COLUMN)
    return Tool(
        tool_id=text_of(row, "tool_id"),
        name=text_of(row, "name"),
        category=text_of(row, "category"),
        owner_role=text_of(row, "owner_role"),
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
    )
