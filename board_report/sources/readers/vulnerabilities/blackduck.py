"""Black Duck: the vulnerabilities of a project's components, as CSV."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Reader
from board_report.sources.readers.vulnerabilities.closing import closed_when

READERS = (
    Reader(
        id="black-duck",
        tool="Black Duck",
        export="security report of a project version, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={"due_on": "Remediation target date"},
            rules={
                "finding_id": ColumnRule(
                    ("Project id", "Version id", "Channel version id", "Vulnerability id")
                ),
                "asset_id": ColumnRule(("Project name", "Version"), between=" "),
                "severity": ColumnRule(
                    ("Security Risk", "Base score"),
                    how="first",
                    bands=(("9", "critical"), ("7", "high"), ("4", "medium"), ("0.1", "low")),
                ),
                "cve": ColumnRule(("Vulnerability id",), match=r"(?i)(CVE-\d{4}-\d{4,})"),
                "closed_on": closed_when(
                    *("Remediation status", "Remediation actual date"),
                    *("REMEDIATION_COMPLETE", "PATCHED"),
                ),
            },
            leave_out={"Remediation status": ("DUPLICATE",)},
            date_format="%m/%d/%y",
        ),
        signatures=(
            Header(
                has=(
                    *("Project id", "Version id", "Channel version id", "Project name", "Version"),
                    *("Vulnerability id", "Base score", "Remediation status"),
                    *("Remediation target date", "Remediation actual date"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="DefectDojo's sample (BSD-3-Clause)",
        traps=(
            "The report has no date of detection, and Published on is not one: give the day of "
            "the scan as constants.first_seen_on.",
            "Project name is the component: the report does not name the application that holds "
            "it. Reports of two applications with one component in common have equal keys, and "
            "the second such row counts as repeated.",
            "The level is the tool's own (Security Risk); only where that is absent, the base "
            "score gives it: from 9 critical, from 7 high, from 4 medium, above 0 low.",
            "Only REMEDIATION_COMPLETE and PATCHED close a finding, on the actual date; one of "
            "these without a date is set aside. IGNORED and MITIGATED stay open, DUPLICATE is left "
            "out. Of these states the sample has only NEW and DUPLICATE.",
        ),
    ),
)
