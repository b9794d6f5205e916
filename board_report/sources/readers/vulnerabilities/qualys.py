"""Qualys: scan reports of Vulnerability Management and lists of VMDR, as CSV."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Reader
from board_report.sources.readers.vulnerabilities.closing import closed_when

_LEVELS = {"5": "critical", "4": "high", "3": "medium", "2": "low", "1": "low"}
_TRAPS = (
    "A flaw that was fixed and came back keeps the date on which it was last fixed; only rows in "
    "the state Fixed are closed.",
    "Severity 5 is read as critical, 4 as high, 3 as medium, 2 and 1 as low; Qualys rates "
    "confirmed and potential flaws on one scale.",
    "Times Detected counts scans that saw a flaw, not times that it came back; how often that was "
    "is not in the export.",
    "Information gathered is left out.",
)

READERS = (
    Reader(
        id="qualys-vm",
        tool="Qualys Vulnerability Management",
        export="host-based scan report, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "asset_id": "IP",
                "severity": "Severity",
                "cve": "CVE ID",
                "first_seen_on": "First Detected",
            },
            rules={
                "finding_id": ColumnRule(("IP", "QID", "Port", "Protocol", "Instance")),
                "asset_name": ColumnRule(("DNS", "NetBIOS"), how="first"),
                "closed_on": closed_when("Vuln Status", "Date Last Fixed", "Fixed"),
            },
            values={"severity": _LEVELS},
            leave_out={"Type": ("Ig", "Information Gathered")},
            date_format="%m/%d/%Y %H:%M:%S",
        ),
        signatures=(
            Header(
                has=(
                    *("IP", "QID", "Vuln Status", "Type", "Severity", "Port", "Protocol"),
                    *("Instance", "First Detected", "Date Last Fixed", "CVE ID"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="DefectDojo's sample (BSD-3-Clause); all of its rows are active",
        traps=(
            *_TRAPS,
            "Times are month first and have no zone; the day is taken as it is written.",
        ),
    ),
    Reader(
        id="qualys-vmdr",
        tool="Qualys VMDR",
        export="list of asset vulnerabilities, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "asset_id": "Asset Id",
                "asset_name": "Asset Name",
                "severity": "Severity",
                "cve": "CVE",
                "first_seen_on": "First Detected",
            },
            rules={
                "finding_id": ColumnRule(("CVE", "QID", "Asset Id", "Protocol", "Port")),
                "closed_on": closed_when("Status", "Last Fixed", "Fixed"),
            },
            values={"severity": _LEVELS},
            leave_out={"Type Detected": ("Information", "Information Gathered", "Ig")},
            date_format="%b %d, %Y %I:%M %p",
            missing=("'-",),
        ),
        signatures=(
            Header(
                has=(
                    *("CVE", "QID", "Severity", "Type Detected", "Protocol", "Port", "Status"),
                    *("First Detected", "Last Fixed", "Asset Id", "Asset Name"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="DefectDojo's sample (BSD-3-Clause)",
        traps=(
            *_TRAPS,
            "A QID has one row for each of its CVEs, and each row is a finding.",
            "Rows that somebody disabled or ignored in Qualys are findings like others.",
        ),
    ),
)
