"""Sysdig Secure: the vulnerabilities of running workloads, as CSV."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Reader

_WORKLOAD = (
    *("K8S cluster name", "K8S namespace name", "K8S workload type", "K8S workload name"),
    "K8S container name",
)

READERS = (
    Reader(
        id="sysdig",
        tool="Sysdig Secure",
        export="report of vulnerabilities at runtime, as CSV",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={"severity": "Severity", "asset_name": "Image"},
            rules={
                "finding_id": ColumnRule(
                    (
                        *("Vulnerability ID", "Package name", "Package version", "Package path"),
                        *(*_WORKLOAD, "Image ID"),
                    )
                ),
                "asset_id": ColumnRule((*_WORKLOAD, "Image")),
                "cve": ColumnRule(("Vulnerability ID",), match=r"(?i)(CVE-\d{4}-\d{4,})"),
            },
            leave_out={"Severity": ("Negligible",)},
        ),
        signatures=(
            Header(
                has=(
                    *("Vulnerability ID", "Severity", "Package name", "Package version"),
                    *("Package path", "Image", "Image ID", "Risk accepted", *_WORKLOAD),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="DefectDojo's sample (BSD-3-Clause)",
        traps=(
            "The report has no date of detection, and its dates of publication and fix are those "
            "of the vulnerability: give the day of the report as constants.first_seen_on.",
            "A vulnerability in four packages of one container is four rows, and four findings.",
            "Negligible findings, flaws in theory alone, are left out and counted.",
            "A risk that was accepted stays open.",
        ),
    ),
)
