"""Wiz: its issues and its vulnerability findings, as CSV."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Reader
from board_report.sources.readers.vulnerabilities.closing import closed_when

READERS = (
    Reader(
        id="wiz-issues",
        tool="Wiz",
        export="report of issues, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "finding_id": "Issue ID",
                "asset_id": "Resource external ID",
                "asset_name": "Resource Name",
                "severity": "Severity",
                "first_seen_on": "Created At",
                "due_on": "Due At",
            },
            rules={"closed_on": closed_when("Status", "Resolved Time", "Resolved")},
            leave_out={"Severity": ("Informational",), "Resolution": ("FALSE_POSITIVE",)},
        ),
        signatures=(
            Header(
                has=(
                    *("Created At", "Severity", "Status", "Resource external ID", "Issue ID"),
                    *("Resolved Time", "Resolution", "Control ID", "Due At"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="DefectDojo's sample (BSD-3-Clause)",
        traps=(
            "Informational issues are left out; to count them, add leave_out.Severity = [] and "
            'values.severity.INFORMATIONAL = "low".',
            "An issue is resolved also when its control was disabled (Resolution "
            "CONTROL_DISABLED): leave such rows out where that is not a fix.",
            "Issues that were rejected stay open, unless Resolution says FALSE_POSITIVE.",
            "A time such as 2025-04-03 20:20:00 +0000 CET contradicts itself, and its row is set "
            "aside.",
        ),
    ),
    Reader(
        id="wiz-vulnerabilities",
        tool="Wiz",
        export="report of vulnerability findings, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "finding_id": "ID",
                "asset_id": "AssetID",
                "asset_name": "AssetName",
                "severity": "Severity",
                "first_seen_on": "FirstDetected",
            },
            rules={
                "cve": ColumnRule(("Name",), match=r"(?i)(CVE-\d{4}-\d{4,})"),
                "closed_on": closed_when("FindingStatus", "ResolvedAt", "Resolved"),
            },
            leave_out={"Severity": ("Informational", "None")},
        ),
        signatures=(
            Header(
                has=(
                    *("ID", "Name", "Severity", "FindingStatus", "FirstDetected", "ResolvedAt"),
                    *("AssetID", "DetailedName"),
                )
            ),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="npm dce-dev-wizard 1.23.0, WizCSVRow (the columns of a report)",
        traps=(
            "No sample was at hand: the columns are those that another program reads, and the "
            "spelling of states and the format of dates (ISO 8601) could not be confirmed.",
        ),
    ),
)
