"""Reports on configurations and controls, whatever their bytes: rows, or a fault that is told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.readers.compliance import (
    fedramp,
    oscal,
    prowler,
    prowler_earlier,
    security_hub,
    xccdf,
)
from board_report.sources.resolve import told

Read = Callable[[bytes, SourceSpec], Grid]

OCSF = [
    {
        "metadata": {"event_code": "c", "product": {"name": "Prowler"}},
        "status_code": "FAIL",
        "time": 1786717623,
        "resources": [{"uid": "a", "group": {"name": "s3"}, "data": {}}, {"uid": "b"}],
        "unmapped": {"compliance": {"CIS-2.0": ["1.20", "1.21"]}},
    }
]
ASFF = {
    "Findings": [
        {
            "GeneratorId": "s/v/1/IAM.5",
            "AwsAccountId": "1",
            "Types": ["Software and Configuration Checks/Vulnerabilities/CVE"],
            "Severity": {"Label": "HIGH"},
            "ProductFields": {"aws/inspector/FindingStatus": "CLOSED"},
            "Resources": [{"Id": "i-1", "Tags": {"Name": "a"}, "Details": {}}],
            "Vulnerabilities": [{"Id": "CVE-2026-0001"}],
            "Compliance": {"Status": "FAILED", "RelatedRequirements": ["NIST AC-2"]},
            "Workflow": {"Status": "NEW"},
        }
    ]
}
PLAN = {
    "plan-of-action-and-milestones": {
        "observations": [{"uuid": "o", "collected": "2026-05-19T12:14:16Z"}],
        "risks": [
            {
                "uuid": "r",
                "status": "closed",
                "deadline": "2026-12-01",
                "risk-log": {"entries": [{"start": "2026-09-02", "status-change": "closed"}]},
            }
        ],
        "poam-items": [
            {
                "uuid": "i",
                "title": "T",
                "related-risks": [{"risk-uuid": "r"}],
                "related-observations": [{"observation-uuid": "o"}],
            }
        ],
    }
}
XCCDF = b"""<?xml version="1.0"?>
<c:Benchmark xmlns:c="http://checklists.nist.gov/xccdf/1.2"><c:Rule id="a" extends="b">
<c:title>T</c:title></c:Rule><c:Rule id="b" extends="a" severity="high"/>
<c:TestResult end-time="2026-08-14T10:00:00Z"><c:target>h</c:target><c:profile idref="p"/>
<c:rule-result idref="a"><c:result>fail</c:result><c:instance>i</c:instance></c:rule-result>
<c:rule-result/></c:TestResult></c:Benchmark>
"""
CSV = (
    b"FINDING_UID;CHECK_ID;STATUS;MUTED;RESOURCE_UID;COMPLIANCE\n"
    b'f;c;PASS;False;"a ""b""";CIS-2.0: 1.20 | KISA: 2.5.6, 2.6.4\n'
    b"f;c;FAIL;True;b;\n"
)


def _workbook() -> bytes:
    book = Workbook()
    for name in ("Open POA&M Items", "Closed POA&M Items"):
        sheet = book.create_sheet(name)
        sheet.append(["CSP"])
        sheet.append([*fedramp.HEADERS, "Status Date"])
        sheet.append(["V-1", "W", "5/5/2026", "8/1/2026", "8/5/2026"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


V3 = [{"CheckID": "c", "Status": "FAIL", "Compliance": {"SOC2": ["cc_6_7"]}, "CheckType": ["a"]}]
JSON: list[tuple[Read, Any]] = [
    (prowler_earlier.read_json, V3),
    (prowler.read_ocsf, OCSF),
    (security_hub.read_asff, ASFF),
    (oscal.read_plan, PLAN),
]
BYTES: list[tuple[Read, str, bytes]] = [
    (prowler.read_csv, "p.csv", CSV),
    (prowler.read_ocsf, "p.json", json.dumps(OCSF, indent=1).encode()),
    (security_hub.read_asff, "a.json", json.dumps(ASFF, indent=1).encode()),
    (oscal.read_plan, "o.json", json.dumps(PLAN, indent=1).encode()),
    (xccdf.read_xccdf, "x.xml", XCCDF),
    (fedramp.read_poam, "f.xlsx", _workbook()),
    (fedramp.read_poam, "f.csv", CSV),
]
each_json = pytest.mark.parametrize(("read", "whole"), JSON, ids=["v3", "ocsf", "asff", "plan"])
each_file = pytest.mark.parametrize(
    ("read", "name", "valid"), BYTES, ids=[f"{name}-{at}" for at, (_, name, _) in enumerate(BYTES)]
)
several = settings(max_examples=150)
values = st.sampled_from([None, True, 3, 2.5, "", "x", [], {}, [1], [[]], {"a": {}}, [{}], [None]])


def check(read: Read, name: str, content: bytes) -> None:
    """Nothing but a fault leaves the reader, and it can be told; rows are as wide as the header."""
    spec = SourceSpec(table="configuration_checks", file=name)
    try:
        grid = read(content, spec)
    except ReadFaultError as fault:
        finding = told(spec, fault)
        assert finding.reason
        assert finding.stops
        return
    assert all(isinstance(cell, str) for row in grid.rows for cell in row.cells)
    if not name.endswith(".csv"):
        assert all(len(row.cells) == len(grid.header.cells) for row in grid.rows)
    assert all(row.line >= 1 for row in grid.rows)


@each_file
@several
@given(content=st.binary(max_size=300))
def test_any_bytes(read: Read, name: str, valid: bytes, content: bytes) -> None:
    del valid
    check(read, name, content)


@each_file
@several
@given(data=st.data())
def test_a_report_that_was_damaged(
    read: Read, name: str, valid: bytes, data: st.DataObject
) -> None:
    """Cut off, and with some bytes replaced by others."""
    content = bytearray(valid[: data.draw(st.integers(0, len(valid)))])
    for _ in range(data.draw(st.integers(0, 4)) if content else 0):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    check(read, name, bytes(content))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    held = value.items() if isinstance(value, dict) else ()
    held = enumerate(value) if isinstance(value, list) else held
    return [path, *(each for key, inner in held for each in _places(inner, (*path, key)))]


@each_json
@several
@given(data=st.data())
def test_values_of_another_type(read: Read, whole: Any, data: st.DataObject) -> None:
    """Anywhere a number, a list, an object or nothing stands in place of what belongs there."""
    changed = json.loads(json.dumps(whole))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(_places(changed)))
        other = json.loads(json.dumps(data.draw(values)))
        if not path:
            changed = other
            break
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = other
    check(read, "r.json", json.dumps(changed).encode())


@pytest.mark.parametrize("read", [each for each, _ in JSON], ids=["v3", "ocsf", "asff", "plan"])
@pytest.mark.parametrize("deep", ["[" * 60_000, '{"a":' * 60_000], ids=["lists", "objects"])
def test_depth_is_a_fault(read: Read, deep: str) -> None:
    check(read, "r.json", deep.encode())
