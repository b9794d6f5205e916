"""What reading one table gives, by whichever way it was read."""

from __future__ import annotations

from dataclasses import dataclass

from board_report.model import Finding, Reconciliation, RejectedRow, SourceFile
from board_report.tables.schema import Table


@dataclass(frozen=True)
class LoadedTable:
    """One table with its share of what was found."""

    table: Table
    findings: tuple[Finding, ...]
    rejected: tuple[RejectedRow, ...]
    reconciliation: tuple[Reconciliation, ...]
    sources: tuple[SourceFile, ...]
