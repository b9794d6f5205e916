"""Security Hub: checks of controls and vulnerabilities in one format, told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.projects import load
from tests.unit.readers.checked import read_checks

STANDARD = "aws-foundational-security-best-practices/v/1.0.0/IAM.5"


def control(status: str, resource: str, **changes: Any) -> dict[str, Any]:
    """A finding of a control."""
    usual = {
        "Id": f"finding/{resource}",
        "GeneratorId": STANDARD,
        "AwsAccountId": "111122223333",
        "Types": ["Software and Configuration Checks/Industry and Regulatory Standards/X"],
        "LastObservedAt": "2026-08-14T21:02:53.940Z",
        "UpdatedAt": "2026-08-20T21:02:53.454Z",
        "Severity": {"Label": "HIGH", "Normalized": 70},
        "Title": "IAM.5 MFA should be enabled",
        "ProductFields": {"ControlId": "IAM.5", "aws/securityhub/ProductName": "Security Hub"},
        "Resources": [
            {
                "Type": "AwsIamUser",
                "Id": resource,
                "Region": "us-east-1",
                "Tags": {"Name": "x", "name": "y"},
                "Details": {"AwsIamUser": {"UserName": "u"}},
            }
        ],
        "Compliance": {"Status": status, "StatusReasons": [{"ReasonCode": "A"}]},
        "Workflow": {"Status": "NEW"},
        "RecordState": "ACTIVE",
    }
    return usual | changes


def flaw(name: str, **changes: Any) -> dict[str, Any]:
    """A finding of Inspector."""
    usual = {
        "Id": f"arn:finding/{name}",
        "GeneratorId": "AWSInspector",
        "AwsAccountId": "111122223333",
        "Types": ["Software and Configuration Checks/Vulnerabilities/CVE"],
        "FirstObservedAt": "2026-05-30T20:07:14Z",
        "UpdatedAt": "2026-08-15T07:00:24Z",
        "Severity": {"Label": "HIGH"},
        "Title": f"{name} - jetty",
        "ProductFields": {"aws/inspector/FindingStatus": "ACTIVE"},
        "Resources": [{"Type": "AwsEc2Instance", "Id": "i-1", "Tags": {"Name": "Web 1"}}],
        "Vulnerabilities": [{"Id": name}],
        "Workflow": {"Status": "NEW"},
        "RecordState": "ACTIVE",
    }
    return usual | changes


def test_controls(tmp_path: Path) -> None:
    suppressed = {"Workflow": {"Status": "SUPPRESSED"}}
    related = {
        "Status": "FAILED",
        "SecurityControlId": "S3.1",
        "RelatedRequirements": ["NIST.800-53.r5 AC-4", "PCI DSS v3.2.1/1.2.1"],
    }
    findings = [
        control("PASSED", "a"),
        control("FAILED", "b", **suppressed),
        control("WARNING", "c"),
        control("NOT_AVAILABLE", "d"),
        control("FAILED", "e", RecordState="ARCHIVED"),
        control("", "f", Compliance=related, GeneratorId="security-control/S3.1"),
        control("FAILED", "g", Severity={"Normalized": 90}),
    ]
    got = read_checks(tmp_path, "hub.json", json.dumps({"Findings": findings}))
    assert got.reader == "aws-security-hub"
    assert got.ends == (7, 6, 0, 0, 1)
    assert got.column("result") == [
        "passed", "failed", "not_checked", "not_checked", "failed", "failed",
    ]  # fmt: skip
    assert got.column("is_muted") == [False, True, False, False, False, False]
    assert got.column("severity") == ["high"] * 5 + ["critical"]
    assert got.column("check_id")[4:] == ["security-control/S3.1", STANDARD]
    assert got.column("service") == ["IAM"] * 4 + ["S3", "IAM"]
    assert got.column("tool") == ["Security Hub"] * 6
    assert got.column("checked_on") == ["2026-08-14"] * 6
    assert got.column("requirements")[0] == (
        "aws-foundational-security-best-practices/v/1.0.0:IAM.5",
    )
    assert got.column("requirements")[4] == ("NIST.800-53.r5:AC-4", "PCI DSS v3.2.1:1.2.1")


def test_vulnerabilities(tmp_path: Path) -> None:
    """Closed is what Inspector closed or a person resolved; what was only hidden is left out."""
    closed = {"ProductFields": {"aws/inspector/FindingStatus": "CLOSED"}}
    findings = [
        flaw("CVE-2026-0001", Vulnerabilities=[{"Id": "CVE-2026-0001"}, {"Id": "CVE-2026-0009"}]),
        flaw("CVE-2026-0002", RecordState="ARCHIVED", **closed),
        flaw("CVE-2026-0003", Workflow={"Status": "RESOLVED"}),
        flaw("CVE-2026-0004", RecordState="ARCHIVED"),
        flaw("CVE-2026-0005", Severity={"Label": "INFORMATIONAL"}),
    ]
    got = read_checks(tmp_path, "hub.json", json.dumps(findings), table="vulnerability_findings")
    assert got.reader == "aws-security-hub-vulnerabilities"
    assert got.ends == (5, 3, 0, 0, 2)
    assert got.column("cve") == ["CVE-2026-0001 CVE-2026-0009", "CVE-2026-0002", "CVE-2026-0003"]
    assert got.column("closed_on") == [None, "2026-08-15", "2026-08-15"]
    assert got.column("first_seen_on") == ["2026-05-30"] * 3
    assert got.column("asset_name") == ["Web 1"] * 3


MIXED = {"findings": [control("FAILED", "a"), flaw("CVE-2026-0001"), control("PASSED", "b")]}


def test_a_mixed_file_is_asked_about(tmp_path: Path) -> None:
    """Two readers know it, so a person says which; neither half is lost in silence."""
    got = read_checks(tmp_path, "hub.json", json.dumps(MIXED))
    (told,) = got.found("several_readers")
    assert told.stops
    assert "aws-security-hub-vulnerabilities" in told.reason


def test_a_mixed_file_in_two_blocks(tmp_path: Path) -> None:
    """The same file fills both tables, each finding one of them."""
    block = '\n[[source]]\nfile = "ciso/hub.json"\nreader = "{}"\n'
    report = block.format("aws-security-hub") + block.format("aws-security-hub-vulnerabilities")
    _, loaded = load(tmp_path, {"ciso/hub.json": json.dumps(MIXED)}, report)
    assert len(loaded.tables.frame("configuration_checks")) == 2
    assert list(loaded.tables.frame("vulnerability_findings")["cve"]) == ["CVE-2026-0001"]
    parts = [each for each in loaded.reconciliation if each.file == "ciso/hub.json"]
    assert sorted((each.read, each.used, each.left_out) for each in parts) == [
        (3, 1, 2), (3, 2, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("content", ["[]", "{}", '{"findings": {}}', "[1]"])
def test_what_is_no_finding_is_not_recognized(tmp_path: Path, content: str) -> None:
    got = read_checks(tmp_path, "hub.json", content)
    assert got.found("not_recognized")
