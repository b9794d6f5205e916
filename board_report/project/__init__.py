"""Read ``report.toml``: the company, its calendar, its sources, targets and appetite."""

from board_report.project.load import PROJECT_FILE, load_project
from board_report.project.records import (
    LOSS_FORMS,
    Budget,
    ColumnRule,
    CurvePoint,
    Insurance,
    MatchRule,
    Project,
    RiskSettings,
    SourceSpec,
)

__all__ = [
    "LOSS_FORMS",
    "PROJECT_FILE",
    "Budget",
    "ColumnRule",
    "CurvePoint",
    "Insurance",
    "MatchRule",
    "Project",
    "RiskSettings",
    "SourceSpec",
    "load_project",
]
