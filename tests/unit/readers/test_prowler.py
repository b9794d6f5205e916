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
