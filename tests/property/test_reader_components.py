"""Reports on components, whatever their bytes: rows, or a fault that the user is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.readers.components import (
    cyclonedx,
    epss,
    grype,
    inspector,
    kev,
    sarif,
    trivy,
)
from board_report.sources.resolve import told

Read = Callable[[bytes, SourceSpec], Grid]

TRIVY = {
    "SchemaVersion": 2,
    "CreatedAt": "2026-08-03T09:30:11Z",
    "ArtifactName": "shop:1",
    "Results": [
        {
            "Target": "a.jar",
            "Class": "lang-pkgs",
            "Vulnerabilities": [
                {"VulnerabilityID": "CVE-2026-0001", "PkgName": "a", "Severity": "LOW"},
                {"VulnerabilityID": "TEMP-1", "PkgName": "b", "Severity": "HIGH"},
            ],
        }
    ],
}
GRYPE = {
    "matches": [
        {
            "vulnerability": {"id": "GHSA-1", "severity": "High", "fix": {"state": "fixed"}},
            "relatedVulnerabilities": [{"id": "CVE-2026-0001"}],
            "artifact": {"name": "a", "version": "1", "locations": [{"path": "/a"}]},
        },
        {"vulnerability": {"id": "CVE-2026-0002"}, "artifact": {"locations": []}},
    ],
    "source": {"target": {"userInput": "shop:1"}},
    "descriptor": {"name": "grype", "timestamp": "2026-08-03T09:30:11Z"},
}
INSPECTOR = {
    "findings": [
        {
            "findingArn": "arn:1",
            "awsAccountId": "1",
            "firstObservedAt": 1785153600,
            "severity": "HIGH",
            "status": "CLOSED",
            "packageVulnerabilityDetails": {
                "vulnerabilityId": "ALAS-1",
                "relatedVulnerabilities": ["CVE-2026-0001"],
            },
            "resources": [{"id": "i-1", "tags": {"Name": "a"}}, {"id": "i-2"}],
        }
    ]
}
SARIF = {
    "runs": [
        {
            "tool": {
                "driver": {
                    "name": "T",
                    "rules": [{"id": "a", "properties": {"tags": ["security"]}}],
                },
                "extensions": [{"rules": [{"id": "b"}]}],
            },
            "invocations": [{"endTimeUtc": "2026-08-03T09:30:11Z"}],
            "results": [
                {
                    "ruleId": "a",
                    "ruleIndex": 0,
                    "partialFingerprints": {"x": "1"},
                    "suppressions": [{"status": "rejected"}],
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "a.py"},
                                "region": {"startLine": 1},
                            }
                        }
                    ],
                },
                {"rule": {"index": 0, "toolComponent": {"index": 0}}, "kind": "pass"},
            ],
        }
    ]
}
CYCLONEDX = {
    "bomFormat": "CycloneDX",
    "metadata": {"timestamp": "2026-08-03T09:30:11Z", "component": {"name": "shop"}},
    "components": [{"name": "a"}],
    "vulnerabilities": [
        {
            "id": "CVE-2026-0001",
            "ratings": [{"severity": "high"}, {"method": "CVSSv31", "score": 9.8}],
            "analysis": {"state": "resolved", "lastUpdated": "2026-08-03"},
            "references": [{"id": "CVE-2026-0002"}],
            "affects": [{"ref": "a", "versions": [{"status": "unaffected"}]}, {"ref": "b"}],
        }
    ],
}
KEV = {
    "catalogVersion": "1",
    "dateReleased": "2026-08-03",
    "vulnerabilities": [{"cveID": "CVE-2026-0001"}, {"cveID": "CVE-2026-0002", "cwes": ["a"]}],
}
EPSS = {"data": [{"cve": "CVE-2026-0001", "epss": "0.1"}, {"cve": "CVE-2026-0002", "epss": 1}]}
REPORTS: dict[str, tuple[Read, dict[str, Any]]] = {
    "trivy": (trivy.read, TRIVY),
    "grype": (grype.read, GRYPE),
    "inspector": (inspector.read, INSPECTOR),
    "sarif": (sarif.read, SARIF),
    "cyclonedx": (cyclonedx.read, CYCLONEDX),
    "kev": (kev.read, KEV),
    "epss": (epss.read, EPSS),
}
"""Each reader with a report of two rows."""
XML = b"""<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><component><name>a</name></component>
</metadata><components><component/></components><vulnerabilities><vulnerability><id>CVE-2026-1</id>
<source><name>NVD</name></source><ratings><rating><score>9.8</score><method>CVSSv3</method></rating>
</ratings><analysis><state>resolved</state></analysis><affects><target><ref>b</ref></target>
<target><ref>c</ref><versions><version><status>unaffected</status></version></versions></target>
</affects></vulnerability></vulnerabilities></bom>
"""
CSV = b"#model_version:v1,score_date:2026-09-30T00:00:00+0000\ncve,epss,percentile\nA,1,1\nB,0,0\n"
OTHERS: dict[str, tuple[Read, str, bytes]] = {
    "cyclonedx-xml": (cyclonedx.read, "bom.xml", XML),
    "epss-csv": (epss.read, "epss.csv", CSV),
    "kev-csv": (kev.read, "kev.csv", b"cveID,dateAdded\nCVE-2026-0001,2026-01-01\nb,c\n"),
}
FILES = {name: (read, "report.json", json.dumps(report, indent=1).encode())
         for name, (read, report) in REPORTS.items()} | OTHERS  # fmt: skip
TOKENS = (
    *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"null", b"1e999", b"-0", b"NaN", b'"\\ud800"'),
    *(b"<vulnerability>", b"</vulnerability>", b"<target/>", b"<bom>", b"&x;", b"<!--", b"]]>"),
    *(b"\x00", b"\xff", b"\n", b"\r", b'"a"', b"," * 30),
)
ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
each_file = pytest.mark.parametrize("name", list(FILES))
several = settings(max_examples=150, deadline=None)


def spec_of(name: str) -> SourceSpec:
    """The block of a file; the line above the header of EPSS is found before it is read."""
    above = 1 if name == "epss-csv" else 0
    return SourceSpec(table="vulnerability_findings", file=FILES[name][1], skip_rows=above)


def check(name: str, content: bytes) -> None:
    """Nothing but a fault leaves the reader, and it can be told; rows are as wide as the header."""
    read, _, _ = FILES[name]
    try:
        grid = read(content, spec_of(name))
    except ReadFaultError as fault:
        assert told(spec_of(name), fault).reason
        return
    if not name.endswith("csv"):
        assert all(len(row.cells) == len(grid.header.cells) for row in grid.rows)
    assert all(isinstance(cell, str) for row in grid.rows for cell in row.cells)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    assert all(1 <= row.line <= lines for row in grid.rows)


@each_file
def test_the_valid_files_are_read(name: str) -> None:
    """What is damaged below is a file with two rows."""
    read, _, content = FILES[name]
    assert len(read(content, spec_of(name)).rows) == 2


@each_file
@several
@given(content=st.binary(max_size=300))
def test_any_bytes(name: str, content: bytes) -> None:
    """Alone, and behind the beginning of a report."""
    check(name, content)
    check(name, FILES[name][2][:150] + content)


@each_file
@several
@given(data=st.data())
def test_files_that_break_off_or_are_damaged(name: str, data: st.DataObject) -> None:
    """Cut, with bytes flipped, and with tokens put in or in place of others."""
    content = bytearray(FILES[name][2])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= 1 << data.draw(st.integers(0, 7))
    for token in data.draw(st.lists(st.sampled_from(TOKENS), max_size=4)):
        at = data.draw(st.integers(0, len(content)))
        width = data.draw(st.sampled_from((0, 0, 3, 20)))
        content[at : at + width] = token
    cut = data.draw(st.none() | st.integers(0, len(content)))
    check(name, bytes(content[:cut]))


@pytest.mark.parametrize("name", list(REPORTS))
@several
@given(data=st.data())
def test_values_of_other_types(name: str, data: st.DataObject) -> None:
    """Where an object is expected a list, a number, nothing, or something nested."""
    report = json.loads(json.dumps(REPORTS[name][1]))
    for _ in range(data.draw(st.integers(1, 3))):
        swap(report, data)
    check(name, json.dumps(report).encode())


def swap(value: Any, data: st.DataObject) -> None:
    """Replace one value, somewhere in a report, by any other."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))
    inner = value[key]
    if isinstance(inner, (dict, list)) and inner and data.draw(st.integers(0, 3)):
        swap(inner, data)
    else:
        value[key] = data.draw(ANY_VALUE)


@pytest.mark.parametrize("name", list(REPORTS))
@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_depth_without_end(name: str, opening: bytes) -> None:
    """Deeper than any report, with and without its end; also where a record is expected."""
    deep = opening * 100_000
    check(name, deep)
    _, _, content = FILES[name]
    key = next(iter(json.loads(content)))
    for each in (key, "Results", "matches", "findings", "runs", "vulnerabilities", "data"):
        check(name, b'{"' + each.encode() + b'": [' + b"[" * 5_000 + b"]" * 5_000 + b"]}")
