"""Bugcrowd: the submissions of a program, as CSV."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Header, Reader
from board_report.sources.readers.vulnerabilities.closing import closed_when

_REJECTED = ("duplicate", "out of scope", "not reproducible", "not applicable")
"""Substates of submissions that are no findings of their own."""

READERS = (
    Reader(
        id="bugcrowd",
        tool="Bugcrowd",
        export="submissions, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "finding_id": "reference_number",
                "asset_id": "target_name",
                "severity": "priority",
                "first_seen_on": "submitted_at",
            },
            rules={"closed_on": closed_when("substate", "closed_at", "resolved")},
            values={"severity": {"1": "critical", "2": "high", "3": "medium", "4": "low"}},
            leave_out={
                "duplicate": ("TRUE",),
                "priority": ("5",),
                "substate": tuple(
                    word.replace(" ", mark) for word in _REJECTED for mark in (" ", "_", "-")
                ),
            },
        ),
        signatures=(
            Header(
                has=(
                    *("reference_number", "bounty_code", "priority", "substate", "state"),
                    *("duplicate", "submitted_at", "closed_at", "target_name"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference=(
            "DefectDojo's sample (BSD-3-Clause); docs.bugcrowd.com, Submission Status (states)"
        ),
        traps=(
            "Priority 1 is critical, 2 high, 3 medium, 4 low; 5 is informational and left out.",
            "Duplicates, and submissions that were rejected as out of scope, not reproducible or "
            "not applicable, are left out.",
            "Only resolved submissions are closed; one that is valid and will not be fixed "
            "(informational) was closed in Bugcrowd and stays open here.",
            "A submission without a priority is not triaged yet, and is set aside.",
            "The date of first detection is that of the submission.",
        ),
    ),
)
