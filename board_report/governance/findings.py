"""Everything that governance finds fault with, as findings."""

from __future__ import annotations

from board_report.model import Finding
from board_report.period import Window
from board_report.tables.schema import TableSet


def governance_findings(tables: TableSet, window: Window) -> tuple[Finding, ...]:
    """Findings about reporting lines, RACI, decisions taken and the tool inventory."""
    del tables, window
    return ()
