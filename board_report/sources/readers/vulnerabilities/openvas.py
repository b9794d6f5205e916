"""Greenbone OpenVAS: its scan reports as CSV and as XML."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Markup, Reader
from board_report.sources.readers.vulnerabilities import openvas_xml

_NO_FLAWS = ("Log", "Debug", "False Positive")
_TRAPS = (
    "A report has no date of first detection; the time of the scan is used, so that ages are lower "
    "bounds.",
    "Results of the levels Log, Debug and False Positive are left out.",
    "Older releases know no level Critical: what NIST calls critical is High there, and stays "
    "high here.",
    "The report's filter decides what is in it: by default, results of low quality of detection "
    "are not.",
)

READERS = (
    Reader(
        id="openvas",
        tool="Greenbone OpenVAS",
        export="scan report, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "asset_id": "IP",
                "asset_name": "Hostname",
                "severity": "Severity",
                "cve": "CVEs",
                "first_seen_on": "Timestamp",
            },
            rules={
                "finding_id": ColumnRule(("NVT OID", "IP", "Hostname", "Port", "Port Protocol"))
            },
            leave_out={"Severity": _NO_FLAWS},
        ),
        signatures=(
            Header(
                has=(
                    *("IP", "Hostname", "Port", "Port Protocol", "CVSS", "Severity", "QoD"),
                    *("NVT Name", "NVT OID", "CVEs", "Timestamp"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="DefectDojo's sample (BSD-3-Clause)",
        traps=_TRAPS,
    ),
    Reader(
        id="openvas-xml",
        tool="Greenbone OpenVAS",
        export="scan report, as XML",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={"asset_id": "host", "asset_name": "host/hostname", "cve": "cve"},
            rules={
                "finding_id": ColumnRule(("nvt/@oid", "host", "host/hostname", "port")),
                "severity": ColumnRule(
                    ("threat", "severity"),
                    how="first",
                    bands=(("9", "critical"), ("7", "high"), ("4", "medium"), ("0.1", "low")),
                ),
                "first_seen_on": ColumnRule(
                    ("report/scan_start", "report/timestamp", "creation_time"), how="first"
                ),
            },
            leave_out={"threat": _NO_FLAWS},
            missing=("NOCVE",),
        ),
        signatures=(
            Markup(root="report", has=("format_id=", "<scan_run_status>")),
            Markup(root="get_reports_response", has=("format_id=", "<scan_run_status>")),
        ),
        evidence=Evidence.SAMPLE,
        reference="DefectDojo's sample (BSD-3-Clause)",
        read=openvas_xml.read_openvas,
        traps=(
            *_TRAPS,
            "Where a result has no level, its CVSS number gives it: from 9 critical, from 7 high, "
            "from 4 medium, above 0 low.",
            "Identifiers of results differ from scan to scan; a finding is known by its test, host "
            "and port.",
        ),
    ),
)
