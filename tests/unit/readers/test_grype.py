"""Grype: what was scanned and when, severities, and advisories with their CVEs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.scans import DAY, read_scan


def match(name: str, severity: str = "High", path: str = "/lib/a", **more: Any) -> dict[str, Any]:
    return {
        "vulnerability": {
            "id": name,
            "severity": severity,
            "namespace": "debian:12",
            "fix": {"versions": ["2"], "state": "fixed"},
            "epss": [{"cve": name, "epss": 0.9, "percentile": 0.99, "date": "2026-01-01"}],
        },
        "matchDetails": [],
        "artifact": {
            "name": "zlib",
            "version": "1.2",
            "type": "deb",
            "locations": [{"path": path}, {"path": "/var/lib/dpkg/status"}],
        },
        **more,
    }


def report(*matches: dict[str, Any], target: Any = None, **more: Any) -> str:
    source = {"type": "image", "target": target or {"userInput": "shop:1.4", "imageID": "sha256:1"}}
    descriptor = {"name": "grype", "version": "0.94.0", "timestamp": "2026-08-03T11:43:35.523947Z"}
    whole = {"matches": list(matches), "source": source, "descriptor": descriptor, **more}
    return json.dumps(whole, indent=1)


def test_matches(tmp_path: Path) -> None:
    scan = read_scan(
        tmp_path,
        "grype.json",
        report(
            match("CVE-2026-0001", "Critical"),
            match("CVE-2026-0001", "Medium", path="/lib/b"),
            match("CVE-2026-0002", "Negligible"),
            match("CVE-2026-0003", "Unknown"),
            match("CVE-2026-0004", "Low"),
            ignoredMatches=[match("CVE-2026-0009")],
        ),
    )
    assert (scan.reader, scan.ends) == ("grype", (5, 3, 1, 0, 1))
    assert scan.column("severity") == ["critical", "medium", "low"]
    assert scan.column("asset_id") == ["shop:1.4"] * 3
    assert scan.column("first_seen_on") == ["2026-08-03"] * 3
    assert scan.column("closed_on") == [None] * 3
    assert scan.column("finding_id")[:2] == [
        "shop:1.4/zlib/1.2/deb//lib/a/CVE-2026-0001/debian:12",
        "shop:1.4/zlib/1.2/deb//lib/b/CVE-2026-0001/debian:12",
    ]


def test_an_advisory_is_known_by_the_cves_related_to_it(tmp_path: Path) -> None:
    related = [{"id": "CVE-2026-0007"}, {"id": "CVE-2026-0008"}]
    scan = read_scan(
        tmp_path,
        "grype.json",
        report(
            match("GHSA-aaaa-bbbb-cccc", relatedVulnerabilities=related),
            match("GHSA-dddd-eeee-ffff"),
        ),
    )
    assert scan.column("cve") == ["CVE-2026-0007 CVE-2026-0008", None]


@pytest.mark.parametrize("target", [".", "/srv/app.tar"])
def test_a_folder_is_named_by_its_path(tmp_path: Path, target: str) -> None:
    scan = read_scan(tmp_path, "grype.json", report(match("CVE-2026-0001"), target=target))
    assert scan.column("asset_id") == [target]


def test_a_report_without_its_date_needs_one(tmp_path: Path) -> None:
    whole = json.loads(report(match("CVE-2026-0001")))
    del whole["descriptor"]["timestamp"]
    scan = read_scan(tmp_path, "grype.json", json.dumps(whole), DAY)
    assert scan.column("first_seen_on") == ["2026-08-03"]
    without = read_scan(tmp_path / "without", "grype.json", json.dumps(whole))
    assert [each.column for each in without.found("column_missing")] == ["first_seen_on"]


def test_a_scan_that_found_nothing_is_a_scan(tmp_path: Path) -> None:
    scan = read_scan(tmp_path, "grype.json", report())
    assert (scan.reader, scan.ends, scan.loaded.stops) == ("grype", (0, 0, 0, 0, 0), False)
