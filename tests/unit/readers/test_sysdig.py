"""Sysdig: packages in containers, and levels below low."""

from __future__ import annotations

from pathlib import Path

from tests.unit.readers.scans import DAY, csv_of, read_scan

HEADER = (
    *("Vulnerability ID", "Severity", "Package name", "Package version", "Package type"),
    *("Package path", "Image", "OS Name", "CVSS score", "Vuln Publish date", "Public Exploit"),
    *("K8S cluster name", "K8S namespace name", "K8S workload type", "K8S workload name"),
    *("K8S container name", "Image ID", "In use", "Risk accepted"),
)
ROW = {
    "Vulnerability ID": "CVE-2023-36054",
    "Severity": "Medium",
    "Package name": "libkrb5-3",
    "Package version": "1.19.2",
    "Image": "mongo",
    "Vuln Publish date": "2023-07-05",
    "K8S cluster name": "prod",
    "K8S namespace name": "shop",
    "K8S workload type": "deployment",
    "K8S workload name": "carts",
    "K8S container name": "db",
    "Image ID": "sha256:1",
    "Risk accepted": "false",
}


def test_report(tmp_path: Path) -> None:
    """A flaw in two packages is two findings; the same row twice is one."""
    content = csv_of(
        HEADER,
        ROW,
        {**ROW, "Package name": "libk5crypto3"},
        {**ROW, "K8S container name": "web", "Vulnerability ID": "GHSA-1", "Severity": "Critical"},
        {**ROW, "Package name": "tar", "Severity": "Negligible"},
        {**ROW, "Package name": "bash", "Risk accepted": "true"},
        ROW,
    )
    scan = read_scan(tmp_path, "sysdig.csv", content, DAY)
    assert scan.reader == "sysdig"
    assert scan.ends == (6, 4, 0, 1, 1)
    assert scan.column("severity") == ["medium", "medium", "critical", "medium"]
    assert scan.column("cve") == ["CVE-2023-36054", "CVE-2023-36054", None, "CVE-2023-36054"]
    assert scan.column("asset_id")[0] == "prod/shop/deployment/carts/db/mongo"
    assert scan.column("closed_on") == [None] * 4


def test_publication_is_no_detection(tmp_path: Path) -> None:
    """The day of the report comes from the user."""
    scan = read_scan(tmp_path, "sysdig.csv", csv_of(HEADER, ROW))
    (told,) = scan.found("column_missing")
    assert 'constants.first_seen_on = "YYYY-MM-DD", with the day of the scan' in told.mend
    assert "Publi" not in told.mend
