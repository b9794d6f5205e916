"""Jira Cloud: issues as CSV."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Header, Reader

_PRESET = SourceSpec(
    table="incidents",
    file="",
    columns={
        "incident_id": "Issue key",
        "title": "Summary",
        "severity": "Priority",
        "detected_at": "Created",
        "recovered_at": "Resolved",
    },
    values={
        "severity": {
            **dict.fromkeys(("Highest", "Blocker", "Critical", "P1"), "critical"),
            **dict.fromkeys(("High", "Major", "P2"), "high"),
            **dict.fromkeys(("Medium", "P3"), "medium"),
            **dict.fromkeys(("Low", "Lowest", "Minor", "Trivial", "P4", "P5"), "low"),
        }
    },
    leave_out={
        "Resolution": ("Duplicate", "Canceled", "Cancelled"),
        "Status": ("Canceled", "Cancelled"),
    },
    date_format="%d/%b/%y %I:%M %p",
    other_date_formats=(
        "%d/%b/%y %H:%M",
        "%d/%b/%Y %I:%M %p",
        "%d/%b/%Y %H:%M",
        "%b %d, %Y, %I:%M %p",
        "%b %d, %Y %I:%M %p",
        "%d %b %Y %H:%M",
        "%d %b %Y, %H:%M",
    ),
)

READERS = (
    Reader(
        id="jira-cloud",
        tool="Jira",
        export="issues, as CSV (all fields or current fields)",
        preset=_PRESET,
        signatures=(Header(has=("Summary", "Issue key", "Issue Type", "Priority", "Created")),),
        evidence=Evidence.DOCUMENTED,
        reference='Atlassian, Jira Cloud: "Export CSV (all fields)"; a header row was read, no '
        "whole export",
        traps=(
            "Which types of issue are incidents is your company's choice, and an export has them "
            'all: only = { "Issue Type" = ["Incident"] } names yours.',
            "Dates are in the format of the site's language: those with an English name of the "
            "month are read, and 6/21/2025 16:14 or another language needs date_format.",
            "Times are in the zone of the user who made the export and do not say so: set "
            "time_zone.",
            "Severity is the issue's priority; to take another field, map it: "
            'severity = "Custom field (Severity)".',
            "Issues resolved as Duplicate, and cancelled ones, are left out and counted; whether "
            "other resolutions, such as Won't Do, were incidents is for you to say.",
            "An issue is counted from its creation: nothing says when it was first noticed, so "
            "time to detect is not measured.",
            "Headers such as Comment, Watchers and Labels are repeated; a column that is mapped to "
            "one of them is refused, because it cannot be told which is meant.",
        ),
    ),
)
