"""Exports of vulnerability scanners: with the file's name alone, what plain Python counts."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from board_report.model import Finding, Reconciliation
from board_report.pipeline import Inputs, explain_metric, read_inputs
from tests.functional.real_exports.conftest import MakeReal

pytestmark = pytest.mark.xdist_group("real_vulnerabilities")

FILES = {
    "nessus": "vulns/tenable__nessus__nessus_many_vuln2-default.csv",
    "nessus-xml": "vulns/tenable__nessus__nessus_many_vuln.xml",
    "tenable-sc": "vulns/tenable__nessus__nessus_many_vuln.csv",
    "tenable-vm": "vulns/tenable__tenable_many_vuln.csv",
    "qualys-vm": "vulns/qualys__Qualys_Sample_Report.csv",
    "qualys-vmdr": "vulns/qualys_vmdr__many_vulns_cve.csv",
    "openvas": "vulns/openvas__report_using_openVAS.csv",
    "openvas-xml": "vulns/openvas__many_vuln.xml",
    "wiz-issues": "vulns/wiz__resolved_findings.csv",
    "black-duck": "vulns/blackduck__many_vulns.csv",
    "bugcrowd": "vulns/bugcrowd__BugCrowd-many.csv",
    "sysdig": "vulns/sysdig_reports__sysdig_reports_many_vul.csv",
}
"""Each real file by the reader that must know it."""
UNDATED = ("nessus", "black-duck", "sysdig")
"""Exports without any date of detection: the user gives the day of the scan."""
DAY = "2024-01-15"


def name_of(reader: str) -> str:
    return f"ciso/{reader}{Path(FILES[reader]).suffix}"


def plain(path: Path, skip: int = 0) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with the line that each starts on, by the standard library alone."""
    lines = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
    for _ in range(skip):
        next(lines)
    reader = csv.reader(lines)
    header = next(reader)
    rows, starts = [], skip + reader.line_num + 1
    for cells in reader:
        if any(cells):
            rows.append((starts, dict(zip(header, cells, strict=False))))
        starts = skip + reader.line_num + 1
    return rows


def of(shared: Path, reader: str, skip: int = 0) -> list[dict[str, str]]:
    """The rows of a reader's real file."""
    return [row for _, row in plain(shared / FILES[reader], skip)]


@pytest.fixture
def inputs(make_real: MakeReal) -> Inputs:
    """All files, by name alone, and the day of the scan where an export has none."""
    more = "".join(
        f'\n[[source]]\nfile = "{name_of(reader)}"\n[source.constants]\nfirst_seen_on = "{DAY}"\n'
        for reader in UNDATED
    )
    files = {name_of(reader): path for reader, path in FILES.items()}
    return read_inputs(make_real(files, "2026-Q1", more))


def frame_of(inputs: Inputs, reader: str) -> pd.DataFrame:
    frame = inputs.loaded.tables.frame("vulnerability_findings")
    return frame[frame["_source"] == name_of(reader)]


def ends_of(inputs: Inputs, file: str) -> Reconciliation:
    """Where the rows of a file went; they add up."""
    (part,) = [each for each in inputs.loaded.reconciliation if each.file == file]
    ends = (part.used, part.rejected, part.duplicate, part.superseded, part.left_out)
    assert part.read == sum(ends) + part.out_of_period
    return part


def found(inputs: Inputs, code: str, reader: str) -> list[Finding]:
    return [
        each
        for each in inputs.loaded.findings
        if each.code == code and each.file == name_of(reader)
    ]


def days(frame: pd.DataFrame, column: str) -> list[str]:
    """The dates of a column, empty where there is none."""
    return ["" if pd.isna(each) else f"{each:%Y-%m-%d}" for each in frame[column]]


def read_day(text: str, form: str) -> str:
    """A day in ISO 8601, of a text in this format."""
    return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()


def cves(text: str) -> str:
    """What the table should hold of the CVEs in a cell; empty where there are none."""
    return " ".join(re.findall(r"CVE-\d{4}-\d{4,}", text))


def held(frame: pd.DataFrame, column: str) -> list[str]:
    return ["" if pd.isna(each) else each for each in frame[column]]


def test_each_file_is_known_and_every_row_accounted_for(inputs: Inputs) -> None:
    """Read, used and left out; nothing is set aside and nothing is counted twice."""
    assert inputs.stops == ()
    ends: dict[str, tuple[int, int, int]] = {}
    for reader in FILES:
        part = ends_of(inputs, name_of(reader))
        assert (part.rejected, part.duplicate, part.superseded) == (0, 0, 0), reader
        ends[reader] = (part.read, part.used, part.left_out)
        (told,) = found(inputs, "reader_found", reader)
        assert f'reader = "{reader}"' in told.mend
    assert ends == {
        "nessus": (30, 1, 29),
        "nessus-xml": (7, 0, 7),
        "tenable-sc": (4, 4, 0),
        "tenable-vm": (20, 20, 0),
        "qualys-vm": (6, 6, 0),
        "qualys-vmdr": (5, 5, 0),
        "openvas": (13, 1, 12),
        "openvas-xml": (44, 44, 0),
        "wiz-issues": (3, 0, 3),
        "black-duck": (24, 23, 1),
        "bugcrowd": (5, 5, 0),
        "sysdig": (50, 48, 2),
    }


def test_rows_read_are_the_records_of_the_files(inputs: Inputs, shared: Path) -> None:
    """Counted by the standard library, preamble and blank lines aside."""
    for reader, path in FILES.items():
        if path.endswith(".xml"):
            tag = "ReportItem" if reader == "nessus-xml" else "result"
            count = sum(1 for _ in ET.parse(shared / path).getroot().iter(tag))
        else:
            count = len(plain(shared / path, 3 if reader == "qualys-vmdr" else 0))
        assert ends_of(inputs, name_of(reader)).read == count


def test_nothing_is_claimed_that_no_export_holds(make_real: MakeReal) -> None:
    """Business units, tiers and exposure stay unknown; so does how often a flaw came back."""
    dated = {name_of(reader): path for reader, path in FILES.items() if reader not in UNDATED}
    inputs = read_inputs(make_real(dated, "2026-Q1", business_units=("Corporate", "Retail")))
    frame = inputs.loaded.tables.frame("vulnerability_findings")
    for column in ("business_unit", "asset_tier", "exposure", "reopened_count"):
        assert frame[column].isna().all(), column


def test_undated_export_asks_for_the_day_of_the_scan(make_real: MakeReal) -> None:
    """Without it the build stops, rather than date a finding by its publication."""
    inputs = read_inputs(make_real({name_of("sysdig"): FILES["sysdig"]}, "2026-Q1"))
    assert [(each.code, each.column) for each in inputs.stops] == [
        ("column_missing", "first_seen_on")
    ]
    assert ends_of(inputs, name_of("sysdig")).used == 0


def test_nessus_report(inputs: Inputs, shared: Path) -> None:
    """29 of 30 rows are informational; the other is a finding on its port."""
    rows = plain(shared / FILES["nessus"])
    (line, row), *others = [(line, row) for line, row in rows if row["Risk"] != "None"]
    assert others == []
    (used,) = frame_of(inputs, "nessus").to_dict("records")
    key = "/".join(row[each] for each in ("Plugin ID", "Host", "Protocol", "Port", "CVE"))
    assert (used["finding_id"], used["_line"]) == (key, line)
    assert (used["severity"], used["asset_id"]) == (row["Risk"].lower(), row["Host"])
    assert days(frame_of(inputs, "nessus"), "first_seen_on") == [DAY]


def test_nessus_file(inputs: Inputs, shared: Path) -> None:
    """All items of the real file are informational: they are counted and left out."""
    items = list(ET.parse(shared / FILES["nessus-xml"]).getroot().iter("ReportItem"))
    informational = [item for item in items if item.get("severity") == "0"]
    assert ends_of(inputs, name_of("nessus-xml")).left_out == len(informational) == len(items)
    (told,) = found(inputs, "left_out", "nessus-xml")
    lines = (shared / FILES["nessus-xml"]).read_text().split("\n")
    first = next(at for at, line in enumerate(lines, start=1) if "<ReportItem" in line)
    assert told.line == first


def test_nessus_file_with_its_informational_items(make_real: MakeReal, shared: Path) -> None:
    """Whoever counts them says so, and then each has the day of the scan and its host."""
    block = (
        f'\n[[source]]\nfile = "{name_of("nessus-xml")}"\n[source.leave_out]\n"@severity" = []\n'
        '[source.values.severity]\n0 = "low"\n'
    )
    files = {name_of("nessus-xml"): FILES["nessus-xml"]}
    inputs = read_inputs(make_real(files, "2026-Q1", block))
    frame = frame_of(inputs, "nessus-xml")
    (host,) = ET.parse(shared / FILES["nessus-xml"]).getroot().iter("ReportHost")
    tags = {tag.get("name"): tag.text for tag in host.iter("tag")}
    started = read_day(str(tags["HOST_START"]), "%a %b %d %H:%M:%S %Y")
    expected = {
        f"{item.get('pluginID')}/{host.get('name')}/{item.get('protocol')}/{item.get('port')}"
        for item in host.iter("ReportItem")
    }
    assert set(frame["finding_id"]) == expected
    assert len(frame) == len(expected) == 7
    assert set(days(frame, "first_seen_on")) == {started}
    assert set(frame["asset_id"]) == {host.get("name")}
    assert set(frame["asset_name"]) == {tags["host-fqdn"]}


def test_security_center(inputs: Inputs, shared: Path) -> None:
    """The day before the zone's name, and all CVEs of a plugin."""
    rows = of(shared, "tenable-sc")
    frame = frame_of(inputs, "tenable-sc")
    written = [row["First Discovered"] for row in rows]
    assert all(text.endswith(" MST") for text in written)
    expected = [read_day(each[:-13], "%b %d, %Y") for each in written]
    assert days(frame, "first_seen_on") == expected == ["2021-01-05"] * 4
    assert held(frame, "cve") == [cves(row["CVE"]) for row in rows]
    assert frame["severity"].tolist() == [row["Severity"].lower() for row in rows]
    assert frame["closed_on"].isna().all()


def test_vulnerability_management(inputs: Inputs, shared: Path) -> None:
    """As the guide's own block read it, which named every column."""
    rows = plain(shared / FILES["tenable-vm"])
    frame = frame_of(inputs, "tenable-vm")
    expected = [
        (line, row["Risk"].lower(), row["First Found"][:10], row["Host"], row["CVE"])
        for line, row in rows
    ]
    first = days(frame, "first_seen_on")
    held_rows = zip(frame["_line"], frame["severity"], first, frame["asset_id"], frame["cve"],
                    strict=True)  # fmt: skip
    assert list(held_rows) == expected
    assert Counter(frame["severity"]) == {"high": 12, "medium": 8}
    assert frame["finding_id"].is_unique


def test_policy_gives_due_dates(make_real: MakeReal, shared: Path) -> None:
    """The one key that a company adds: days by severity."""
    name = name_of("tenable-vm")
    block = f'\n[[source]]\nfile = "{name}"\ndue_within_days = {{ high = 30, medium = 90 }}\n'
    inputs = read_inputs(make_real({name: FILES["tenable-vm"]}, "2023-Q3", block))
    expected = [
        date.fromisoformat(row["First Found"][:10])
        + timedelta(days={"High": 30, "Medium": 90}[row["Risk"]])
        for row in of(shared, "tenable-vm")
    ]
    frame = frame_of(inputs, "tenable-vm")
    assert days(frame, "due_on") == [each.isoformat() for each in expected]
    assert explain_metric(inputs, "vulnerabilities_overdue")[1].value == 20


def test_flaw_that_came_back_is_open(inputs: Inputs, shared: Path) -> None:
    """One block reads Qualys: two active rows carry the date of an earlier fix, and stay open."""
    rows = of(shared, "qualys-vm")
    assert sum(bool(row["Date Last Fixed"]) for row in rows) == 2
    assert {row["Vuln Status"] for row in rows} == {"Active"}
    frame = frame_of(inputs, "qualys-vm")
    assert frame["closed_on"].isna().all()
    assert set(frame["severity"]) == {"critical"}
    expected = [read_day(row["First Detected"][:10], "%m/%d/%Y") for row in rows]
    assert days(frame, "first_seen_on") == expected
    assert held(frame, "cve") == [cves(row["CVE ID"]) for row in rows]
    assert len(found(inputs, "several_cves", "qualys-vm")) == 1


def test_vmdr(inputs: Inputs, shared: Path) -> None:
    """Below three lines of preamble; only what is FIXED is closed, and ``'-`` says nothing."""
    rows = of(shared, "qualys-vmdr", skip=3)

    def day(text: str) -> str:
        return read_day(text, "%b %d, %Y %I:%M %p") if text else ""

    frame = frame_of(inputs, "qualys-vmdr")
    assert days(frame, "first_seen_on") == [day(row["First Detected"]) for row in rows]
    closed = [day(row["Last Fixed"]) if row["Status"] == "FIXED" else "" for row in rows]
    assert days(frame, "closed_on") == closed
    assert sum(map(bool, closed)) == 1
    assert frame["severity"].tolist() == ["low", "low", "medium", "high", "critical"]
    assert sum(row["Protocol"] == "'-" for row in rows) == 1
    assert not frame["finding_id"].str.contains("'-").any()
    assert frame["_line"].tolist() == [5, 6, 7, 8, 9]


def test_openvas_csv(inputs: Inputs, shared: Path) -> None:
    """Twelve of thirteen results are log entries."""
    rows = of(shared, "openvas")
    (row,) = [row for row in rows if row["Severity"] != "Log"]
    (used,) = frame_of(inputs, "openvas").to_dict("records")
    assert (used["severity"], used["asset_id"]) == (row["Severity"].lower(), row["IP"])
    assert used["first_seen_on"] == pd.Timestamp(row["Timestamp"][:10])
    assert used["finding_id"].startswith(row["NVT OID"])


def openvas_results(shared: Path) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Results of the real XML with their test."""
    for result in ET.parse(shared / FILES["openvas-xml"]).getroot().iter("result"):
        nvt = result.find("nvt")
        assert nvt is not None
        yield result, nvt


def test_openvas_xml(inputs: Inputs, shared: Path) -> None:
    """Levels as the tool gives them; two results have none, and their number 4.0 gives it."""
    frame = frame_of(inputs, "openvas-xml")
    levels = [str(result.findtext("threat") or "").lower() for result, _ in openvas_results(shared)]
    missing = [result.findtext("severity") for result, _ in openvas_results(shared)
               if not result.findtext("threat")]  # fmt: skip
    assert missing == ["4.0", "4.0"]
    assert frame["severity"].tolist() == [level or "medium" for level in levels]
    assert Counter(frame["severity"]) == {"medium": 25, "high": 19}
    expected = [
        " ".join(ref.get("id", "") for ref in nvt.iter("ref") if ref.get("type") == "cve")
        for _, nvt in openvas_results(shared)
    ]
    assert held(frame, "cve") == expected
    assert sum(map(bool, expected)) == 23
    assert frame["finding_id"].is_unique
    assert set(days(frame, "first_seen_on")) == {"2023-09-26"}
    assert set(frame["asset_id"]) == {"192.168.1.1001"}


def test_lines_of_xml_are_those_of_the_file(inputs: Inputs, shared: Path) -> None:
    """A person who looks for a finding finds it there."""
    lines = (shared / FILES["openvas-xml"]).read_text().split("\n")
    starts = [at for at, line in enumerate(lines, start=1) if "<result " in line]
    assert frame_of(inputs, "openvas-xml")["_line"].tolist() == starts


def test_wiz_issues_with_the_informational_ones(make_real: MakeReal, shared: Path) -> None:
    """Counted as low by a company that says so: one stands, two contradict themselves."""
    name = name_of("wiz-issues")
    block = (
        f'\n[[source]]\nfile = "{name}"\n[source.leave_out]\nSeverity = []\n'
        '[source.values.severity]\nINFORMATIONAL = "low"\n'
    )
    inputs = read_inputs(make_real({name: FILES["wiz-issues"]}, "2026-Q1", block))
    lines = [line for line, _ in plain(shared / FILES["wiz-issues"])]
    part = ends_of(inputs, name)
    assert (part.read, part.used, part.rejected) == (3, 1, 2)
    (early,) = found(inputs, "out_of_order", "wiz-issues")
    assert (early.line, early.column) == (lines[0], "closed_on")
    assert "closed_on 1999-01-25 lies before first_seen_on 2023-01-25T" in early.reason
    (denied,) = found(inputs, "bad_date", "wiz-issues")
    assert (denied.line, denied.value) == (lines[2], "2025-04-03 20:20:00.43042 +0000 CET")
    (used,) = frame_of(inputs, "wiz-issues").to_dict("records")
    assert (used["_line"], used["closed_on"]) == (lines[1], pd.Timestamp("2025-04-03"))


def test_black_duck(inputs: Inputs, shared: Path) -> None:
    """The tool's own levels; a duplicate is no finding; identifiers of VulnDB are no CVEs."""
    rows = [row for row in of(shared, "black-duck") if row["Remediation status"] != "DUPLICATE"]
    frame = frame_of(inputs, "black-duck")
    assert frame["severity"].tolist() == [row["Security Risk"].lower() for row in rows]
    assert held(frame, "cve") == [cves(row["Vulnerability id"]) for row in rows]
    assert frame["cve"].isna().sum() == sum(row["Vulnerability source"] != "NVD" for row in rows)
    assert frame["asset_id"].tolist() == [f"{r['Project name']} {r['Version']}" for r in rows]
    assert frame["finding_id"].is_unique
    assert frame["closed_on"].isna().all()
    assert frame["due_on"].isna().all()


def test_bugcrowd(inputs: Inputs, shared: Path) -> None:
    """Priorities 2, 3 and 4, all open, since the day of their submission."""
    rows = of(shared, "bugcrowd")
    names = {"1": "critical", "2": "high", "3": "medium", "4": "low"}
    frame = frame_of(inputs, "bugcrowd")
    assert frame["severity"].tolist() == [names[row["priority"]] for row in rows]
    assert days(frame, "first_seen_on") == [row["submitted_at"][:10] for row in rows]
    assert frame["finding_id"].tolist() == [row["reference_number"] for row in rows]
    assert frame["closed_on"].isna().all()


def test_sysdig(inputs: Inputs, shared: Path) -> None:
    """Each package of a container with a vulnerability is a finding."""
    rows = [row for row in of(shared, "sysdig") if row["Severity"] != "Negligible"]
    frame = frame_of(inputs, "sysdig")
    assert frame["severity"].tolist() == [row["Severity"].lower() for row in rows]
    assert held(frame, "cve") == [cves(row["Vulnerability ID"]) for row in rows]
    assert frame["finding_id"].is_unique
    assert frame["asset_id"].nunique() == len({row["K8S container name"] for row in rows}) == 2
