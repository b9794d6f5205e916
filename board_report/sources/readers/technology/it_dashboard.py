"""Lists of government IT projects: the US IT Dashboard's, and Canada's."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Reader
from board_report.sources.readers.technology.dollars import (
    CURRENCY,
    read_canadian_dollars,
    read_us_dollars,
)

_MILLION = "1000000"


def _day(*headers: str) -> ColumnRule:
    """A day, which the list writes as midnight in UTC: it is the same day in any zone."""
    return ColumnRule(headers, how="first", match=r"^(\d{4}-\d{2}-\d{2})")


def _millions(header: str) -> ColumnRule:
    """A cost with its currency in front, which is held against the report's; empty without one."""
    return ColumnRule((CURRENCY, header), between=" ", match=r"^(\S+ .+)$", times=_MILLION)


READERS = (
    Reader(
        id="us-it-dashboard-projects",
        tool="US IT Dashboard",
        export="projects of federal agencies, as CSV",
        preset=SourceSpec(
            table="it_projects",
            file="",
            columns={
                "name": "Project Name",
                "owner_area": "Agency Name",
            },
            rules={
                "project_id": ColumnRule(("Unique Investment Identifier", "Project ID")),
                "started_on": _day("Start Date"),
                "planned_completion_on": _day("Planned Project Completion Date (B2)"),
                "completed_or_projected_on": _day(
                    "Projected/Actual Project Completion Date (B2)", "Completion Date (B1)"
                ),
                "updated_on": _day("Updated Date"),
                "days_late": ColumnRule(("Schedule Variance (in days)",), times="-1"),
                "planned_cost": _millions("Planned Cost ($ M)"),
                "actual_or_projected_cost": _millions("Projected/Actual Cost ($ M)"),
                "lifecycle_cost": _millions("Lifecycle Cost ($ M)"),
            },
        ),
        signatures=(
            Header(
                has=(
                    "Unique Investment Identifier",
                    "Project ID",
                    "Planned Cost ($ M)",
                    "Schedule Variance (in days)",
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="US Government, IT Dashboard, projects of 2011 to 2013",
        read=read_us_dollars,
        traps=(
            "Costs are in millions of US dollars; in a report in another currency they are set "
            "aside.",
            "Variances are planned minus actual, so that a project of -153 days is 153 days late; "
            "the publisher's days are used, as the two dates of completion often do not show them.",
            "In the extract of 2011 to 2013 day and month look exchanged wherever the day is 12 or "
            "less; dates are used as they are written, and a project that seems to end before it "
            "began is set aside.",
            "Where a project has no date of completion of its own, that of its business case "
            "(B1) is taken.",
        ),
    ),
    Reader(
        id="canada-it-projects",
        tool="Government of Canada",
        export="large IT projects, as CSV",
        preset=SourceSpec(
            table="it_projects",
            file="",
            columns={
                "project_id": "uniqueId",
                "name": "projectName",
                "owner_area": "department",
                "completed_or_projected_on": "estimatedCompletionDate",
                "updated_on": "asOfDate",
            },
            rules={
                "planned_cost": ColumnRule(
                    (CURRENCY, "totalBudget"), between=" ", match=r"^(\S+ \S+)$"
                )
            },
            date_format="%B %d, %Y",
        ),
        signatures=(Header(has=("uniqueId", "projectName", "totalBudget", "asOfDate")),),
        evidence=Evidence.SAMPLE,
        reference="Large Government of Canada IT projects, 2016 and 2019 (MIT)",
        read=read_canadian_dollars,
        traps=(
            "Budgets are Canadian dollars, though the list writes $ alone; in a report in another "
            "currency they are set aside.",
            "The list has no cost to date and no earlier date of completion, so that cost and "
            "schedule against plan are not measured.",
        ),
    ),
)
