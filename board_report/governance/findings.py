"""Everything that governance finds fault with, as findings."""

from __future__ import annotations

from board_report.governance.collaboration import collaboration_findings
from board_report.governance.conflicts import review_reporting
from board_report.governance.decision_checks import decision_findings
from board_report.governance.horizon import horizon_findings
from board_report.governance.joint_kpis import joint_kpi_findings
from board_report.governance.raci_review import review_raci
from board_report.governance.reporting import reporting_findings
from board_report.governance.tool_findings import tool_findings
from board_report.governance.vendor_findings import vendor_findings
from board_report.metrics.evaluate import Figures
from board_report.model import Finding
from board_report.period import Window
from board_report.tables.schema import TableSet


def governance_findings(tables: TableSet, window: Window, figures: Figures) -> tuple[Finding, ...]:
    """Findings about the operating model, how the offices work together, and decisions asked.

    As known at the window's cutoff; each with the file and line of the row it is about.
    """
    return (
        *reporting_findings(review_reporting(tables, window)),
        *(each.finding() for each in review_raci(tables, window).findings),
        *tool_findings(tables, window),
        *joint_kpi_findings(tables, figures),
        *collaboration_findings(tables, window),
        *vendor_findings(tables, window),
        *decision_findings(tables, window),
        *horizon_findings(tables, window),
    )
