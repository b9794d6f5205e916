"""Prowler: three headers, requirements in one cell, muted findings and two units of time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from board_report.sources.readers.compliance.prowler import requirements_of
from tests.unit.readers.checked import read_checks
from tests.unit.readers.scans import csv_of

HEADER = (
    *("AUTH_METHOD", "TIMESTAMP", "ACCOUNT_UID", "ACCOUNT_NAME", "FINDING_UID", "PROVIDER"),
    *("CHECK_ID", "CHECK_TITLE", "STATUS", "STATUS_EXTENDED", "MUTED", "SERVICE_NAME"),
    *("SEVERITY", "RESOURCE_TYPE", "RESOURCE_UID", "RESOURCE_NAME", "REGION", "COMPLIANCE"),
)
V2 = (
    *("PROFILE", "ACCOUNT_NUM", "REGION", "TITLE_ID", "CHECK_RESULT", "ITEM_SCORED", "ITEM_LEVEL"),
    *("TITLE_TEXT", "CHECK_RESULT_EXTENDED", "CHECK_SEVERITY", "CHECK_SERVICENAME"),
    *("CHECK_ASFF_RESOURCE_TYPE",),
)


def finding(resource: str, **cells: str) -> dict[str, str]:
    """A row of version 5 with some of its cells changed."""
    usual = {
        "TIMESTAMP": "2026-08-14 14:27:03.913874",
        "ACCOUNT_UID": "111122223333",
        "CHECK_ID": "s3_public",
        "CHECK_TITLE": "Buckets are not public",
        "STATUS": "FAIL",
        "MUTED": "False",
        "SERVICE_NAME": "s3",
        "SEVERITY": "high",
        "RESOURCE_UID": resource,
        "REGION": "us-east-1",
        "COMPLIANCE": "CIS-2.0: 1.20 | ISO27001-2022: A.5.1, A.5.2",
    }
    return usual | cells


def test_version_5(tmp_path: Path) -> None:
    content = csv_of(
        HEADER,
        finding("a", MUTED="True"),
        finding("b", STATUS="PASS"),
        finding("c", STATUS="MANUAL", SEVERITY="informational"),
        finding("", RESOURCE_NAME="named"),
        finding("a", REGION="eu-west-1"),
        finding("d", STATUS="SKIPPED"),
        delimiter=";",
    )
    got = read_checks(tmp_path, "prowler.csv", content)
    assert got.reader == "prowler-csv"
    assert got.ends == (6, 5, 1, 0, 0)
    assert got.column("result") == ["failed", "passed", "not_checked", "failed", "failed"]
    assert got.column("is_muted") == [True, False, False, False, False]
    assert got.column("resource_id") == ["a", "b", "c", "named", "a"]
    assert got.column("severity") == ["high", "high", "informational", "high", "high"]
    assert got.column("checked_on") == ["2026-08-14"] * 5
    assert got.column("requirements")[0] == (
        "CIS-2.0:1.20", "ISO27001-2022:A.5.1", "ISO27001-2022:A.5.2",
    )  # fmt: skip
    assert got.column("is_full_run") == [True] * 5
    assert got.column("business_unit") == [None] * 5
    assert [(each.line, each.value) for each in got.found("unknown_category")] == [(7, "SKIPPED")]


def test_a_row_of_another_width_is_set_aside(tmp_path: Path) -> None:
    """Empty cells at the end are none; others have moved the row."""
    lines = csv_of(HEADER, *[finding(each) for each in "abc"], delimiter=";").splitlines()
    lines[1] += ";;"
    lines[2] += ";x"
    lines[3] = lines[3].rpartition(";")[0]
    got = read_checks(tmp_path, "prowler.csv", "\n".join(lines) + "\n")
    assert got.ends == (3, 1, 2, 0, 0)
    assert (got.column("resource_id"), len(got.column("requirements")[0])) == (["a"], 3)
    assert [each.line for each in got.found("too_many_cells")] == [3]
    assert [each.line for each in got.found("too_few_cells")] == [4]


def test_a_partial_run_can_be_said(tmp_path: Path) -> None:
    """What the block says goes before what the reader takes for granted."""
    more = '[source.constants]\nis_full_run = "false"\nbusiness_unit = "Retail"\n'
    got = read_checks(tmp_path, "p.csv", csv_of(HEADER, finding("a"), delimiter=";"), more)
    assert (got.column("is_full_run"), got.column("business_unit")) == ([False], ["Retail"])


@pytest.mark.parametrize(
    ("cell", "requirements"),
    [
        ("", ""),
        ("CIS-2.0: 1.20", "CIS-2.0:1.20"),
        ("CIS-2.0: 1.20 | ENS: op.acc.2", "CIS-2.0:1.20;ENS:op.acc.2"),
        ("KISA: 2.5.6, 2.6.4", "KISA:2.5.6;KISA:2.6.4"),
        ("Onboarding: Billing, security contacts", "Onboarding:Billing, security contacts"),
        ("A: x;y", "A:x,y"),
        ("A: b:c", "A:b:c"),
        ("no colon", ""),
    ],
)
def test_requirements_in_a_cell(cell: str, requirements: str) -> None:
    """Cut at commas only where that cannot cut a name; never at the list's own sign."""
    assert requirements_of(cell) == requirements


def ocsf(resource: str, **changes: Any) -> dict[str, Any]:
    """A finding as OCSF, with some of its fields changed."""
    usual = {
        "metadata": {"event_code": "s3_public", "product": {"name": "Prowler"}},
        "severity": "High",
        "status": "New",
        "status_code": "FAIL",
        "time": 1786717623,
        "time_dt": "2026-08-14T14:27:03.913874",
        "finding_info": {"title": "Buckets are not public", "uid": "f-1"},
        "resources": [
            {"uid": resource, "name": "n", "type": "AwsS3Bucket", "region": "us-east-1",
             "group": {"name": "s3"}, "data": {"metadata": {"arn": "x"}}}
        ],
        "cloud": {"account": {"uid": "111122223333"}, "region": "us-east-1"},
        "unmapped": {"compliance": {"CIS-2.0": ["1.20"], "Onboarding": ["Billing, contacts"]}},
    }  # fmt: skip
    return usual | changes


def test_ocsf(tmp_path: Path) -> None:
    """Seconds and milliseconds are told apart; each resource is a row."""
    several = [{"uid": "e"}, {"uid": "f"}]
    records = [
        ocsf("a", status="Suppressed"),
        ocsf("b", status_code="PASS", time_dt=None, time=1786717623),
        ocsf("c", status_code="MANUAL", time_dt=None, time=1786717623913),
        ocsf("d", resources=several, unmapped={}),
        ocsf("g", resources=[]),
    ]
    got = read_checks(tmp_path, "prowler.ocsf.json", json.dumps(records))
    assert got.reader == "prowler-ocsf"
    assert got.ends == (6, 5, 1, 0, 0)
    assert got.column("resource_id") == ["a", "b", "c", "e", "f"]
    assert got.column("checked_on") == ["2026-08-14"] * 5
    assert got.column("is_muted") == [True, False, False, False, False]
    assert got.column("requirements")[0] == ("CIS-2.0:1.20", "Onboarding:Billing, contacts")
    assert got.column("requirements")[3] == ()
    assert got.column("service") == ["s3", "s3", "s3", None, None]
    assert got.column("region") == ["us-east-1"] * 5
    assert [each.code for each in got.loaded.findings if each.severity == "error"] == [
        "key_missing"
    ]


def old(text: str, **cells: str) -> dict[str, str]:
    """A row of version 2 with some of its cells changed."""
    usual = {
        "ACCOUNT_NUM": "111122223333",
        "REGION": "us-east-1",
        "TITLE_ID": "1.3",
        "CHECK_RESULT": "PASS",
        "TITLE_TEXT": "[check13] Ensure credentials are disabled (Scored)",
        "CHECK_RESULT_EXTENDED": text,
        "CHECK_SEVERITY": "Medium",
    }
    return usual | cells


def test_version_2(tmp_path: Path) -> None:
    """The user gives the date; the text of the result tells the resources apart."""
    content = csv_of(
        V2,
        old("User a has used key 1"),
        old("User a has used key 2", CHECK_RESULT="FAIL", CHECK_SEVERITY="Informational"),
        old("User a has used key 1"),
        old("This region has no keys", CHECK_RESULT="INFO"),
    )
    day = '[source.constants]\nchecked_on = "2026-08-14"\n'
    got = read_checks(tmp_path, "prowler.csv", content, day)
    assert got.reader == "prowler-v2-csv"
    assert got.ends == (4, 3, 0, 1, 0)
    assert got.column("check_id") == ["check13"] * 3
    assert got.column("title") == ["Ensure credentials are disabled (Scored)"] * 3
    assert got.column("result") == ["passed", "failed", "not_checked"]
    assert got.column("severity") == ["medium", "informational", "medium"]


def test_without_a_date_nothing_is_read(tmp_path: Path) -> None:
    """No date is invented: the file stops until somebody gives one."""
    got = read_checks(tmp_path, "prowler.csv", csv_of(V2, old("a")))
    (missing,) = got.found("column_missing")
    assert (missing.column, missing.stops) == ("checked_on", True)


V3 = (
    *("assessment_start_time", "finding_unique_id", "provider", "check_id", "check_title"),
    *("status", "status_extended", "service_name", "severity", "resource_type", "compliance"),
    *("profile", "account_id", "region", "resource_id", "resource_arn"),
)


def test_version_3(tmp_path: Path) -> None:
    """The CSV and the JSON of one run say the same; what was allowed is not judged."""
    usual = {
        "assessment_start_time": "2026-08-14T23:49:42.744599",
        "check_id": "acm_expiration",
        "check_title": "Certificates are valid",
        "status": "FAIL",
        "service_name": "acm",
        "severity": "high",
        "compliance": "SOC2: cc_6_7 | GDPR: article_32",
        "account_id": "111122223333",
        "region": "us-east-1",
    }
    content = csv_of(
        V3,
        {**usual, "resource_arn": "arn:1", "resource_id": "a"},
        {**usual, "resource_id": "b", "status": "WARNING", "compliance": ""},
        delimiter=";",
    )
    record = {
        "AssessmentStartTime": "2026-08-14T23:49:42.744599",
        "FindingUniqueId": "f",
        "CheckID": "acm_expiration",
        "CheckTitle": "Certificates are valid",
        "Status": "FAIL",
        "ServiceName": "acm",
        "Severity": "high",
        "Compliance": {"SOC2": ["cc_6_7"], "GDPR": ["article_32"]},
        "AccountId": "111122223333",
        "Region": "us-east-1",
        "ResourceId": "a",
        "ResourceArn": "arn:1",
    }
    allowed = {**record, "ResourceArn": "", "ResourceId": "b", "Status": "WARNING"}
    del allowed["Compliance"]
    rows = read_checks(tmp_path / "csv", "p.csv", content)
    records = read_checks(tmp_path / "json", "p.json", json.dumps([record, allowed]))
    assert (rows.reader, records.reader) == ("prowler-v3-csv", "prowler-v3-json")
    for got in (rows, records):
        assert got.ends == (2, 2, 0, 0, 0)
        assert got.column("resource_id") == ["arn:1", "b"]
        assert got.column("result") == ["failed", "not_checked"]
        assert got.column("requirements") == [("SOC2:cc_6_7", "GDPR:article_32"), ()]
        assert got.column("checked_on") == ["2026-08-14"] * 2
        assert got.column("account") == ["111122223333"] * 2


def test_ocsf_of_version_4(tmp_path: Path) -> None:
    """It calls the time by another name."""
    record = ocsf("a", event_time="2026-08-14T14:15:19.382075")
    del record["time"], record["time_dt"]
    got = read_checks(tmp_path, "p.json", json.dumps([record]))
    assert (got.reader, got.column("checked_on")) == ("prowler-ocsf", ["2026-08-14"])
