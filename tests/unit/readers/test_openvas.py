"""OpenVAS reports as CSV and XML: levels, references, and results within results."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.scans import csv_of, read_scan

HEADER = (
    *("IP", "Hostname", "Port", "Port Protocol", "CVSS", "Severity", "QoD", "Solution Type"),
    *("NVT Name", "Summary", "Specific Result", "NVT OID", "CVEs", "Task ID", "Task Name"),
    *("Timestamp", "Result ID"),
)
RESULT = {
    "IP": "10.0.0.1",
    "Port": "443",
    "Port Protocol": "tcp",
    "CVSS": "9.8",
    "Severity": "High",
    "NVT OID": "1.3.6.1",
    "CVEs": "CVE-2014-0160,CVE-2014-0346",
    "Timestamp": "2024-03-18T18:46:31Z",
    "Result ID": "r-1",
}


def test_csv(tmp_path: Path) -> None:
    """The tool's own level stands, also where the number says more."""
    content = csv_of(
        HEADER,
        RESULT,
        {**RESULT, "Port": "444", "Severity": "Critical"},
        {**RESULT, "Severity": "Log"},
        {**RESULT, "Severity": "False Positive"},
        {**RESULT, "Result ID": "r-2"},
        {**RESULT, "Hostname": "a.example"},
    )
    scan = read_scan(tmp_path, "openvas.csv", content)
    assert scan.reader == "openvas"
    assert scan.ends == (6, 3, 0, 1, 2)
    assert scan.column("severity") == ["high", "critical", "high"]
    assert scan.column("cve")[0] == "CVE-2014-0160 CVE-2014-0346"
    assert scan.column("first_seen_on") == ["2024-03-18"] * 3


DETECTION = (
    '<detection><result id="d-1"><details><detail><name>product</name><value>cpe</value></detail>'
    "</details></result></detection>"
)


def result(port: str = "80/tcp", **parts: str) -> str:
    """A result; ``inner`` and ``refs`` are put in as they are."""
    usual = {"threat": "High", "severity": "7.5", "refs": "", "inner": ""}
    part = usual | parts
    return (
        f'<result id="r-{port}"><name>Weak</name>'
        "<creation_time>2024-03-20T10:00:00Z</creation_time>"
        f"<host>10.0.0.1<asset/><hostname>web.example</hostname></host><port>{port}</port>"
        f'<nvt oid="1.3.6.1"><name>Weak</name>{part["refs"]}</nvt>'
        f"<threat>{part['threat']}</threat><severity>{part['severity']}</severity>"
        f"{part['inner']}</result>"
    )


def report(*results: str, started: str = "<scan_start>2024-03-18T18:46:31Z</scan_start>") -> str:
    """A report within a report, as the tool writes it."""
    return (
        '<report id="o" format_id="f" content_type="text/xml"><name>2024</name><report id="i">'
        f"<gmp/><scan_run_status>Done</scan_run_status>{started}<results>\n"
        + "\n".join(results)
        + "\n</results></report></report>\n"
    )


def test_xml(tmp_path: Path) -> None:
    """CVEs of references old and new, the scan's day, and no row for a result in a result."""
    content = report(
        result(inner=DETECTION),
        result(
            "443/tcp",
            refs='<refs><ref type="cve" id="CVE-2014-0160"/><ref type="url" id="x"/>'
            '<ref type="CVE" id="CVE-2014-0346"/></refs>',
        ),
        result("22/tcp", refs="<cve>CVE-2008-5161</cve>"),
        result("23/tcp", refs="<cve>NOCVE</cve>"),
        result("general/tcp", threat="Log", severity="0.0"),
    )
    scan = read_scan(tmp_path, "report.xml", content)
    assert scan.reader == "openvas-xml"
    assert scan.ends == (5, 4, 0, 0, 1)
    assert scan.column("cve") == [None, "CVE-2014-0160 CVE-2014-0346", "CVE-2008-5161", None]
    assert scan.column("first_seen_on") == ["2024-03-18"] * 4
    assert scan.column("_line") == [2, 3, 4, 5]
    assert scan.column("asset_name") == ["web.example"] * 4
    assert scan.column("finding_id")[0] == "1.3.6.1/10.0.0.1/web.example/80/tcp"


@pytest.mark.parametrize(
    ("number", "level"),
    [
        *(("10.0", "critical"), ("9.0", "critical"), ("8.9", "high"), ("7.0", "high")),
        *(("6.9", "medium"), ("4.0", "medium"), ("3.9", "low"), ("0.1", "low")),
    ],
)
def test_number_gives_the_level_that_is_missing(tmp_path: Path, number: str, level: str) -> None:
    """As NIST draws the lines."""
    content = report(result(threat="", severity=number))
    assert read_scan(tmp_path, "report.xml", content).column("severity") == [level]


def test_no_level_and_no_number_is_set_aside(tmp_path: Path) -> None:
    """Neither word nor number says anything."""
    scan = read_scan(tmp_path, "report.xml", report(result(threat="", severity="")))
    assert scan.ends == (1, 0, 1, 0, 0)
    assert [each.column for each in scan.found("value_missing")] == ["severity"]


def test_report_without_its_start(tmp_path: Path) -> None:
    """The time at which the result was written is what remains."""
    scan = read_scan(tmp_path, "report.xml", report(result(), started=""))
    assert scan.column("first_seen_on") == ["2024-03-20"]


def test_report_of_the_protocol(tmp_path: Path) -> None:
    """What the manager answers holds the report one level deeper."""
    content = f"<get_reports_response>{report(result())}</get_reports_response>"
    scan = read_scan(tmp_path, "report.xml", content)
    assert (scan.reader, scan.ends[1]) == ("openvas-xml", 1)


def test_report_without_results(tmp_path: Path) -> None:
    """Nothing was found, and no column is missing."""
    scan = read_scan(tmp_path, "report.xml", report())
    assert scan.ends == (0, 0, 0, 0, 0)
    assert [each for each in scan.loaded.findings if each.stops] == []


def test_other_reports_in_xml_are_not_taken_for_it(tmp_path: Path) -> None:
    """Many tools call their outermost element a report."""
    scan = read_scan(tmp_path, "report.xml", "<report><results><result/></results></report>")
    assert [each.stops for each in scan.found("not_recognized")] == [True]
