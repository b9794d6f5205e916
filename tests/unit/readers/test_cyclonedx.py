"""CycloneDX: ratings, states and affected components, in JSON and XML; an SBOM is no scan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.scans import DAY, Scan, read_scan

TIME = "2026-08-03T12:00:00Z"


def flaw(name: str = "CVE-2026-0001", **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "source": {"name": "NVD"},
        "ratings": [{"severity": "high"}],
        "affects": [{"ref": "pkg:npm/a@1"}],
        "created": "2019-01-01T00:00:00Z",
        **more,
    }


def document(*flaws: dict[str, Any], **more: Any) -> str:
    metadata = {"timestamp": TIME, "component": {"group": "example", "name": "shop"}}
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "metadata": metadata,
            "components": [{"name": "a"}, {"name": "b"}],
            "vulnerabilities": list(flaws),
            **more,
        },
        indent=1,
    )


def scan_of(folder: Path, *flaws: dict[str, Any]) -> Scan:
    return read_scan(folder, "vdr.cdx.json", document(*flaws))


def test_a_vulnerability_of_two_components_is_two_findings(tmp_path: Path) -> None:
    refs = [{"ref": "pkg:npm/a@1"}, {"ref": "pkg:npm/b@2"}]
    scan = scan_of(tmp_path, flaw(affects=refs), flaw("GHSA-1", references=[{"id": "CVE-2026-2"}]))
    assert (scan.reader, scan.ends) == ("cyclonedx", (3, 3, 0, 0, 0))
    assert scan.column("asset_id") == ["example/shop"] * 3
    assert scan.column("first_seen_on") == ["2026-08-03"] * 3
    assert scan.column("finding_id") == [
        "example/shop/pkg:npm/a@1/CVE-2026-0001/NVD",
        "example/shop/pkg:npm/b@2/CVE-2026-0001/NVD",
        "example/shop/pkg:npm/a@1/GHSA-1/NVD",
    ]


def test_cves_of_references(tmp_path: Path) -> None:
    """Of a flaw under another list's number the CVE is in its references, if anywhere."""
    references = [{"id": "CVE-2026-0009"}, {"id": "CVE-2026-0009"}]
    scan = scan_of(tmp_path, flaw("SNYK-1", references=references), flaw("GHSA-1"))
    assert scan.column("cve") == ["CVE-2026-0009", None]


@pytest.mark.parametrize(
    ("ratings", "severity"),
    [
        ([{"severity": "medium"}, {"severity": "critical"}, {"severity": "low"}], "critical"),
        ([{"severity": "unknown"}, {"severity": "low"}], "low"),
        ([{"method": "CVSSv31", "score": 6.9}, {"method": "CVSSv3", "score": 9}], "critical"),
        ([{"method": "CVSSv31", "score": 9.8}, {"severity": "medium"}], "medium"),
        ([{"severity": "unknown"}, {"method": "CVSSv4", "score": 7.0}], "high"),
        ([{"method": "OWASP", "score": 9}], None),
        ([{"method": "CVSSv2", "score": 10}], None),
        ([], None),
    ],
)
def test_the_highest_rating_counts(tmp_path: Path, ratings: Any, severity: str | None) -> None:
    """Words before scores; a method without bands gives no severity, and the row is set aside."""
    scan = scan_of(tmp_path, flaw(ratings=ratings))
    assert scan.column("severity") == ([severity] if severity else [])
    assert scan.ends == ((1, 1, 0, 0, 0) if severity else (1, 0, 1, 0, 0))


@pytest.mark.parametrize("rating", [{"severity": "info"}, {"severity": "none"},
                                    {"method": "CVSSv31", "score": 0.0}])  # fmt: skip
def test_what_is_no_severity_is_left_out(tmp_path: Path, rating: dict[str, Any]) -> None:
    assert scan_of(tmp_path, flaw(ratings=[rating])).ends == (1, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("analysis", "used", "closed"),
    [
        ({"state": "exploitable"}, 1, None),
        ({"state": "in_triage"}, 1, None),
        ({"state": "not_affected"}, 0, None),
        ({"state": "false_positive"}, 0, None),
        ({"state": "resolved"}, 0, None),
        ({"state": "resolved", "lastUpdated": "2026-08-20T12:00:00Z"}, 1, "2026-08-20"),
        ({"state": "resolved_with_pedigree", "lastUpdated": "2026-08-21"}, 1, "2026-08-21"),
        ({"state": "exploitable", "lastUpdated": "2026-08-20T12:00:00Z"}, 1, None),
    ],
)
def test_states_of_the_analysis(
    tmp_path: Path, analysis: dict[str, str], used: int, closed: str | None
) -> None:
    scan = scan_of(tmp_path, flaw(analysis=analysis))
    assert scan.ends == (1, used, 0, 0, 1 - used)
    assert scan.column("closed_on") == [closed] * used


def test_a_component_none_of_whose_versions_is_affected_is_left_out(tmp_path: Path) -> None:
    some = [{"version": "1", "status": "unaffected"}, {"version": "2", "status": "affected"}]
    none = [{"version": "1", "status": "unaffected"}]
    affects = [{"ref": "a", "versions": some}, {"ref": "b", "versions": none}]
    scan = scan_of(tmp_path, flaw(affects=affects))
    assert scan.ends == (2, 1, 0, 0, 1)


XML = f"""<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">
 <metadata><timestamp>{TIME}</timestamp><component><name>shop</name></component></metadata>
 <components><component><name>a</name></component><component><name>b</name></component></components>
 %s
</bom>
"""
FLAWS = """<vulnerabilities>
  <vulnerability><id>SNYK-1</id><source><name>Snyk</name></source>
   <references><reference><id>CVE-2026-0001</id></reference></references>
   <ratings><rating><severity>low</severity></rating>
    <rating><score>9.8</score><severity>critical</severity><method>CVSSv3</method></rating></ratings>
   <analysis><state>resolved</state><lastUpdated>2026-08-20T12:00:00Z</lastUpdated></analysis>
   <affects><target><ref>pkg:a</ref></target><target><ref>pkg:b</ref><versions><version>
    <status>unaffected</status></version></versions></target></affects>
  </vulnerability>
  <vulnerability><id>CVE-2026-0002</id><ratings><rating><severity>medium</severity></rating></ratings>
  </vulnerability>
 </vulnerabilities>"""


def test_xml_says_what_json_says(tmp_path: Path) -> None:
    scan = read_scan(tmp_path, "vdr.xml", XML % FLAWS)
    assert (scan.reader, scan.ends) == ("cyclonedx", (3, 2, 0, 0, 1))
    assert scan.column("severity") == ["critical", "medium"]
    assert scan.column("cve") == ["CVE-2026-0001", "CVE-2026-0002"]
    assert scan.column("closed_on") == ["2026-08-20", None]
    assert scan.column("asset_id") == ["shop"] * 2
    assert [row["_line"] for row in scan.rows] == [6, 14]


def test_the_extension_of_older_versions_names_the_component_in_an_attribute(
    tmp_path: Path,
) -> None:
    old = """<bom xmlns="http://cyclonedx.org/schema/bom/1.3"
 xmlns:v="http://cyclonedx.org/schema/ext/vulnerability/1.0"><components><component>
 <name>a</name><v:vulnerabilities><v:vulnerability ref="pkg:a"><v:id>CVE-2026-0001</v:id>
 <v:source name="NVD"/><v:ratings><v:rating><v:score><v:base>9.8</v:base></v:score>
 <v:severity>Critical</v:severity></v:rating></v:ratings></v:vulnerability></v:vulnerabilities>
 </component></components></bom>"""
    scan = read_scan(tmp_path, "bom.xml", old, DAY)
    assert scan.column("finding_id") == ["/pkg:a/CVE-2026-0001/NVD"]
    assert (scan.column("asset_id"), scan.column("severity")) == (["pkg:a"], ["critical"])


@pytest.mark.parametrize("name", ["bom.cdx.json", "bom.xml"])
def test_a_list_of_components_is_no_scan(tmp_path: Path, name: str) -> None:
    """An SBOM in which nobody looked for vulnerabilities must not read as none found."""
    whole = json.loads(document())
    del whole["vulnerabilities"]
    content = json.dumps(whole) if name.endswith("json") else XML % ""
    scan = read_scan(tmp_path, name, content)
    assert scan.reader == "cyclonedx"
    (refused,) = scan.found("no_scan")
    assert refused.stops
    assert "2 components (an SBOM)" in refused.reason
    assert not scan.found("no_rows")


@pytest.mark.parametrize("name", ["bom.cdx.json", "bom.xml"])
def test_an_empty_list_of_vulnerabilities_is_an_answer(tmp_path: Path, name: str) -> None:
    content = document() if name.endswith("json") else XML % "<vulnerabilities/>"
    scan = read_scan(tmp_path, name, content)
    assert (scan.ends, scan.loaded.stops) == ((0, 0, 0, 0, 0), False)
    assert scan.found("no_rows")
