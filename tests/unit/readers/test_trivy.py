"""Trivy: reports of both shapes, several images, and reports of its other scanners."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.readers.scans import DAY, read_scan


def flaw(name: str, severity: str = "HIGH", **more: Any) -> dict[str, Any]:
    return {
        "VulnerabilityID": name,
        "PkgName": "openssl",
        "InstalledVersion": "1.1.1",
        "Severity": severity,
        "PublishedDate": "2019-01-01T00:00:00Z",
        **more,
    }


def result(*flaws: dict[str, Any], target: str = "app.jar", **more: Any) -> dict[str, Any]:
    given = {"Vulnerabilities": list(flaws)} if flaws else {}
    return {"Target": target, "Class": "lang-pkgs", "Type": "jar", **given, **more}


def report(*results: dict[str, Any], name: str = "shop:1.4") -> dict[str, Any]:
    return {
        "SchemaVersion": 2,
        "CreatedAt": "2026-08-03T09:30:11.123456789Z",
        "ArtifactName": name,
        "ArtifactType": "container_image",
        "Results": list(results),
    }


def test_a_report_of_schema_2(tmp_path: Path) -> None:
    """Names and severities; the report's own date stands for that of detection."""
    whole = report(
        result(flaw("CVE-2026-0001", "CRITICAL"), flaw("GHSA-aaaa-bbbb-cccc", "MEDIUM")),
        result(target="clean.jar"),
        result(flaw("CVE-2026-0001", "LOW", PkgPath="lib/a.so"), target="shop:1.4 (debian 12)"),
    )
    scan = read_scan(tmp_path, "image.json", json.dumps(whole, indent=1))
    assert scan.reader == "trivy"
    assert scan.ends == (3, 3, 0, 0, 0)
    assert scan.column("asset_id") == ["shop:1.4"] * 3
    assert scan.column("severity") == ["critical", "medium", "low"]
    assert scan.column("cve") == ["CVE-2026-0001", None, "CVE-2026-0001"]
    assert scan.column("first_seen_on") == ["2026-08-03"] * 3
    assert scan.column("closed_on") == [None] * 3
    assert scan.column("finding_id") == [
        "shop:1.4/app.jar/openssl//1.1.1/CVE-2026-0001",
        "shop:1.4/app.jar/openssl//1.1.1/GHSA-aaaa-bbbb-cccc",
        "shop:1.4/shop:1.4 (debian 12)/openssl/lib/a.so/1.1.1/CVE-2026-0001",
    ]


def test_several_images_in_one_file(tmp_path: Path) -> None:
    """A flaw of one package in two images is two findings."""
    whole = [report(result(flaw("CVE-2026-0001")), name=name) for name in ("shop:1.4", "till:2")]
    scan = read_scan(tmp_path, "images.json", json.dumps(whole))
    assert scan.column("asset_id") == ["shop:1.4", "till:2"]
    assert len(set(scan.column("finding_id"))) == 2


def test_an_older_report_needs_the_day_of_the_scan(tmp_path: Path) -> None:
    clean = {"Target": "t (debian 10)", "Type": "debian", "Vulnerabilities": None}
    found = {"Target": "u", "Type": "npm", "Vulnerabilities": [flaw("CVE-2019-1234")]}
    older = json.dumps([clean, found])
    scan = read_scan(tmp_path, "old.json", older, DAY)
    assert (scan.reader, scan.ends) == ("trivy", (1, 1, 0, 0, 0))
    assert (scan.column("asset_id"), scan.column("first_seen_on")) == (["u"], ["2026-08-03"])
    without = read_scan(tmp_path / "without", "old.json", older)
    (missing,) = without.found("column_missing")
    assert (missing.column, missing.stops) == ("first_seen_on", True)
    assert 'constants.first_seen_on = "YYYY-MM-DD", with the day of the scan' in missing.mend


def test_what_a_fixed_version_says_and_does_not_say(tmp_path: Path) -> None:
    """The status fixed is no closing; not affected is no finding; an unknown severity is told."""
    whole = report(
        result(
            flaw("CVE-2026-0001", Status="fixed", FixedVersion="1.1.2"),
            flaw("CVE-2026-0002", Status="not_affected"),
            flaw("CVE-2026-0003", "UNKNOWN", Status="affected"),
            flaw("CVE-2026-0004"),
            flaw("CVE-2026-0004"),
        )
    )
    text = json.dumps(whole, indent=1)
    scan = read_scan(tmp_path, "image.json", text)
    assert scan.ends == (5, 2, 1, 1, 1)
    assert scan.column("closed_on") == [None, None]
    (unknown,) = scan.found("unknown_category")
    assert unknown.value == "UNKNOWN"
    named = next(at for at, line in enumerate(text.split("\n"), 1) if "CVE-2026-0003" in line)
    assert unknown.line == named - 1  # the record begins with its brace


def test_a_clean_image_has_no_findings(tmp_path: Path) -> None:
    """Packages were looked at and none has a flaw: a zero, with the usual question."""
    scan = read_scan(tmp_path, "image.json", json.dumps(report(result())))
    assert (scan.reader, scan.ends) == ("trivy", (0, 0, 0, 0, 0))
    assert not scan.loaded.stops
    assert scan.found("no_rows")


def test_a_report_on_configurations_is_no_scan_for_vulnerabilities(tmp_path: Path) -> None:
    other = {"Target": "Dockerfile", "Class": "config", "Misconfigurations": [{"ID": "DS002"}]}
    scan = read_scan(tmp_path, "config.json", json.dumps(report(other)))
    (refused,) = scan.found("no_scan")
    assert refused.stops
    assert "other scanners" in refused.reason
