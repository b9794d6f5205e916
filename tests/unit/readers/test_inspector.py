"""Amazon Inspector: states, several resources, and severities that are none yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.readers.scans import read_scan

ECR = {
    "id": "arn:aws:ecr:eu-west-1:1:repository/shop/sha256:1",
    "type": "AWS_ECR_CONTAINER_IMAGE",
    "tags": {},
    "details": {"awsEcrContainerImage": {"repositoryName": "shop"}},
}
EC2 = {"id": "i-0b22", "type": "AWS_EC2_INSTANCE", "tags": {"Name": "till-1"}, "details": {}}


def flaw(number: int, **more: Any) -> dict[str, Any]:
    return {
        "awsAccountId": "1",
        "findingArn": f"arn:aws:inspector2:eu-west-1:1:finding/{number}",
        "firstObservedAt": "2026-07-01T23:30:00.045000+00:00",
        "lastObservedAt": "2026-07-20T04:00:00+00:00",
        "updatedAt": "2026-08-03T04:00:00+00:00",
        "packageVulnerabilityDetails": {"vulnerabilityId": f"CVE-2026-000{number}"},
        "resources": [ECR],
        "severity": "HIGH",
        "status": "ACTIVE",
        "type": "PACKAGE_VULNERABILITY",
        **more,
    }


def scan_of(folder: Path, *flaws: dict[str, Any]) -> Any:
    return read_scan(folder, "inspector.json", json.dumps({"findings": list(flaws)}, indent=1))


def test_states(tmp_path: Path) -> None:
    """Closed on the day of the change to it, in the company's zone (Chicago); hidden ones are out.

    04:00 UTC is the evening before.
    """
    scan = scan_of(
        tmp_path,
        flaw(1),
        flaw(2, status="CLOSED"),
        flaw(3, status="SUPPRESSED"),
        flaw(4, severity="UNTRIAGED"),
        flaw(5, severity="INFORMATIONAL"),
        flaw(6, severity="LOW", type="NETWORK_REACHABILITY", packageVulnerabilityDetails=None),
    )
    assert (scan.reader, scan.ends) == ("aws-inspector", (6, 3, 1, 0, 2))
    assert scan.column("closed_on") == [None, "2026-08-02", None]
    assert scan.column("first_seen_on") == ["2026-07-01"] * 3
    assert scan.column("cve") == ["CVE-2026-0001", "CVE-2026-0002", None]
    assert scan.column("severity") == ["high", "high", "low"]
    (untriaged,) = scan.found("unknown_category")
    assert untriaged.value == "UNTRIAGED"


def test_a_finding_on_several_resources_is_one_on_each(tmp_path: Path) -> None:
    scan = scan_of(tmp_path, flaw(1, resources=[ECR, EC2]), flaw(2, resources=[]))
    assert scan.ends == (3, 2, 1, 0, 0)
    assert scan.column("asset_id") == [ECR["id"], "i-0b22"]
    assert scan.column("asset_name") == ["shop", "till-1"]
    assert [each.rpartition("/")[2] for each in scan.column("finding_id")] == ["1", "2"]
    assert [each.column for each in scan.found("value_missing")] == ["asset_id"]


def test_an_advisory_and_times_as_the_interface_gives_them(tmp_path: Path) -> None:
    """Seconds since 1970; the CVEs of an advisory are in its related vulnerabilities."""
    package = {"vulnerabilityId": "ALAS2-2026-1", "relatedVulnerabilities": ["CVE-2026-0001"]}
    given = flaw(1, packageVulnerabilityDetails=package, firstObservedAt=1_785_153_600.5)
    scan = read_scan(tmp_path, "inspector.json", json.dumps([given]))
    assert scan.column("cve") == ["CVE-2026-0001"]
    assert scan.column("first_seen_on") == ["2026-07-27"]
