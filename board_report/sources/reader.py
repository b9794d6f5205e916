"""What the reader of one tool's export declares: how it is recognized, read, and made ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from board_report.project import SourceSpec
from board_report.sources.grid import Grid


class Evidence(StrEnum):
    """What the reader was made from and is tested on."""

    SAMPLE = "a real export"
    DOCUMENTED = "the vendor's documented shape"


@dataclass(frozen=True)
class Header:
    """Delimited text or a workbook whose header has these cells, in any order or case."""

    has: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    """Headers that another family of the same tool has."""


@dataclass(frozen=True)
class Records:
    """JSON whose first record has these fields, named by their path: ``user.email``."""

    has: tuple[str, ...]
    at: str = ""
    """Where the records are, as ``sheet`` names it: ``Results.*.Vulnerabilities``; empty for a
    list of records, JSON lines, or one record alone."""
    lacks: tuple[str, ...] = ()
    equal: tuple[tuple[str, str], ...] = ()
    """(field, text) pairs that the first record must have, such as its class."""
    beside: tuple[str, ...] = ()
    """Keys that the file's outermost object must have."""


@dataclass(frozen=True)
class Markup:
    """XML with this outermost element (without its prefix)."""

    root: str
    has: tuple[str, ...] = ()
    """Texts that the beginning of the file must hold, such as a namespace."""


Signature = Header | Records | Markup
Read = Callable[[bytes, SourceSpec], Grid]
"""From the file's bytes (unpacked) and its block, merged with the preset, to rows of text.

Raises only :class:`~board_report.sources.faults.ReadFaultError`, whatever the bytes.
"""


@dataclass(frozen=True)
class Reader:
    """One export of one tool, declared once."""

    id: str
    """As ``reader = "..."`` names it in report.toml: ``tenable-vm``."""
    tool: str
    export: str
    """Which of the tool's exports, in words: ``list of vulnerabilities, as CSV``."""
    preset: SourceSpec
    """What a ``[[source]]`` block would say, table included; what the user's block says goes
    first."""
    signatures: tuple[Signature, ...]
    evidence: Evidence
    reference: str
    """Where the shape is documented, or whose sample was read."""
    read: Read | None = None
    """None where the reader of the file's kind is enough."""
    traps: tuple[str, ...] = ()
    """What a user of this export must know, one sentence each; printed in the docs."""

    @property
    def table(self) -> str:
        """The canonical table that it fills."""
        return self.preset.table
