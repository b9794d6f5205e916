"""Wiz: issues with their resolutions, and findings of vulnerabilities."""

from __future__ import annotations

from pathlib import Path

from tests.unit.readers.scans import csv_of, read_scan

ISSUES = (
    *("Created At", "Title", "Severity", "Status", "Resource Type", "Resource external ID"),
    *("Resolved Time", "Resolution", "Control ID", "Resource Name", "Issue ID", "Due At"),
)


def issue(name: str, **cells: str) -> dict[str, str]:
    """An issue with some of its cells changed."""
    usual = {
        "Created At": "2026-01-24T11:02:11Z",
        "Severity": "HIGH",
        "Status": "OPEN",
        "Resource external ID": "arn:a",
        "Resource Name": "a",
        "Issue ID": name,
    }
    return usual | {name.replace("_", " "): text for name, text in cells.items()}


def test_issues(tmp_path: Path) -> None:
    """Resolved ones are closed, rejected ones open, false and informational ones left out."""
    at = "2026-04-03 20:20:00.43042 +0000 UTC"
    content = csv_of(
        ISSUES,
        issue("i-1", Due_At="2026-02-24T11:02:11Z"),
        issue("i-2", Status="RESOLVED", Resolved_Time=at, Resolution="ISSUE_FIXED"),
        issue("i-3", Status="REJECTED", Resolved_Time=at, Resolution="WONT_FIX"),
        issue("i-4", Status="REJECTED", Resolution="FALSE_POSITIVE"),
        issue("i-5", Severity="INFORMATIONAL"),
        issue("i-6", Status="RESOLVED", Resolved_Time=at.replace("UTC", "CET")),
        issue("i-7", Status="IN_PROGRESS", Severity="CRITICAL"),
    )
    scan = read_scan(tmp_path, "wiz.csv", content)
    assert scan.reader == "wiz-issues"
    assert scan.ends == (7, 4, 1, 0, 2)
    assert scan.column("finding_id") == ["i-1", "i-2", "i-3", "i-7"]
    assert scan.column("closed_on") == [None, "2026-04-03", None, None]
    assert scan.column("due_on") == ["2026-02-24", None, None, None]
    assert [each.line for each in scan.found("bad_date")] == [7]


def test_company_counts_informational_issues(tmp_path: Path) -> None:
    """It says so: nothing is left out by severity, and the word has a level."""
    more = '[source.leave_out]\nSeverity = []\n[source.values.severity]\nINFORMATIONAL = "low"\n'
    content = csv_of(
        ISSUES,
        issue("i-1", Severity="INFORMATIONAL"),
        issue("i-2", Status="REJECTED", Resolution="FALSE_POSITIVE"),
    )
    scan = read_scan(tmp_path, "wiz.csv", content, more)
    assert scan.ends == (2, 1, 0, 0, 1)
    assert scan.column("severity") == ["low"]


FINDINGS = (
    *("ID", "WizURL", "Name", "CVSSSeverity", "FindingStatus", "Severity", "VendorSeverity"),
    *("FirstDetected", "LastDetected", "ResolvedAt", "ResolutionReason", "DetailedName"),
    *("AssetID", "AssetName"),
)


def test_vulnerability_findings(tmp_path: Path) -> None:
    """As another program reads them."""
    usual = {
        "Name": "CVE-2024-3094",
        "FindingStatus": "OPEN",
        "Severity": "CRITICAL",
        "FirstDetected": "2026-03-30T12:00:00Z",
        "DetailedName": "xz",
        "AssetID": "a-1",
        "AssetName": "web",
    }
    content = csv_of(
        FINDINGS,
        {**usual, "ID": "f-1"},
        {**usual, "ID": "f-2", "FindingStatus": "RESOLVED", "ResolvedAt": "2026-04-02T12:00:00Z"},
        {**usual, "ID": "f-3", "Name": "GHSA-rxwq-x6h5-x525", "Severity": "LOW"},
        {**usual, "ID": "f-4", "Severity": "NONE"},
    )
    scan = read_scan(tmp_path, "wiz.csv", content)
    assert scan.reader == "wiz-vulnerabilities"
    assert scan.ends == (4, 3, 0, 0, 1)
    assert scan.column("closed_on") == [None, "2026-04-02", None]
    assert scan.column("cve") == ["CVE-2024-3094", "CVE-2024-3094", None]
