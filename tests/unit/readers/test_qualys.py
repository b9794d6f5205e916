"""Qualys reports: states, levels, preamble, and dates that do not close."""

from __future__ import annotations

from pathlib import Path

from tests.unit.readers.scans import csv_of, read_scan

REPORT = (
    *("IP", "Network", "DNS", "NetBIOS", "Tracking Method", "OS", "IP Status", "QID", "Title"),
    *("Vuln Status", "Type", "Severity", "Port", "Protocol", "FQDN", "SSL", "First Detected"),
    *("Last Detected", "Times Detected", "Date Last Fixed", "CVE ID", "PCI Vuln", "Instance"),
)


def flaw(qid: str, **cells: str) -> dict[str, str]:
    """A row of a report with some of its cells changed."""
    usual = {
        "IP": "10.1.1.1",
        "QID": qid,
        "Vuln Status": "Active",
        "Type": "Vuln",
        "Severity": "5",
        "First Detected": "05/13/2021 07:08:28",
        "Times Detected": "74",
    }
    return usual | {name.replace("_", " "): text for name, text in cells.items()}


def test_one_block_reads_open_and_fixed(tmp_path: Path) -> None:
    """Fixed rows are closed; a flaw that came back is open, whatever its date says."""
    fixed = "08/07/2026 22:53:26"
    content = csv_of(
        REPORT,
        flaw("1", Date_Last_Fixed=fixed),
        flaw("2", Date_Last_Fixed=fixed, Vuln_Status="Fixed"),
        flaw("3", Date_Last_Fixed=fixed, Vuln_Status="Re-Opened"),
        flaw("4", Vuln_Status="New"),
        flaw("5", Vuln_Status="Fixed"),
    )
    scan = read_scan(tmp_path, "qualys.csv", content)
    assert scan.reader == "qualys-vm"
    assert scan.column("closed_on") == [None, "2026-08-07", None, None]
    assert scan.ends == (5, 4, 1, 0, 0)
    (told,) = scan.found("bad_date")
    assert (told.line, told.column, told.value) == (6, "closed_on", "Fixed")


def test_levels_and_information_gathered(tmp_path: Path) -> None:
    """Five levels become four, and what is no flaw is left out."""
    rows = [flaw(str(level), Severity=str(level)) for level in range(1, 6)]
    content = csv_of(REPORT, *rows, flaw("9", Type="Ig", Severity="3"))
    scan = read_scan(tmp_path, "qualys.csv", content)
    assert scan.column("severity") == ["low", "low", "medium", "high", "critical"]
    assert scan.ends == (6, 5, 0, 0, 1)


def test_scans_that_saw_a_flaw_are_no_returns(tmp_path: Path) -> None:
    """Times Detected is 74, and nothing is known of reopening."""
    scan = read_scan(tmp_path, "qualys.csv", csv_of(REPORT, flaw("1")))
    assert scan.column("reopened_count") == [None]


def test_ports_and_instances_tell_findings_apart(tmp_path: Path) -> None:
    """One flaw on two ports and in two instances of a database is four findings."""
    content = csv_of(
        REPORT,
        flaw("1", Port="1521", Protocol="tcp", Instance="A"),
        flaw("1", Port="1521", Protocol="tcp", Instance="B"),
        flaw("1", Port="1521", Protocol="udp"),
        flaw("1", Port="1522", Protocol="tcp"),
        flaw("1", Port="1522", Protocol="tcp"),
    )
    assert read_scan(tmp_path, "qualys.csv", content).ends == (5, 4, 0, 1, 0)


def test_month_comes_first(tmp_path: Path) -> None:
    """05/06 is the sixth of May; a thirteenth month is none."""
    content = csv_of(
        REPORT,
        flaw("1", First_Detected="05/06/2021 00:00:00"),
        flaw("2", First_Detected="13/06/2021 00:00:00"),
    )
    scan = read_scan(tmp_path, "qualys.csv", content)
    assert scan.column("first_seen_on") == ["2021-05-06"]
    assert [each.line for each in scan.found("bad_date")] == [3]


PREAMBLE = (
    '"Asset Vuln Datalist Report","04 Feb 2026 10:00AM GMT-0500","1"\n'
    '"Example","1 Street","City","None","12345","USA"\n"A. Example","user","Role"\n'
)
LIST = (
    *("CVE", "CVE-Description", "QID", "Title", "Severity", "KB Severity", "Type Detected"),
    *("Last Detected", "First Detected", "Protocol", "Port", "Status", "Asset Id", "Asset Name"),
    *("Disabled", "Ignored", "Last Fixed", "Last Reopened", "Times Detected"),
)


def listed(cve: str, **cells: str) -> dict[str, str]:
    """A row of a VMDR list."""
    usual = {
        "CVE": cve,
        "QID": "800001",
        "Severity": "4",
        "Type Detected": "Confirmed",
        "First Detected": "Jan 10, 2026 10:00 AM",
        "Protocol": "'-",
        "Port": "0",
        "Status": "ACTIVE",
        "Asset Id": "300000001",
        "Asset Name": "SERVER01",
    }
    return usual | {name.replace("_", " "): text for name, text in cells.items()}


def test_vmdr_below_its_preamble(tmp_path: Path) -> None:
    """Lines are those of the file, ``'-`` is no value, and the state closes."""
    fixed = "Jan 25, 2026 12:30 PM"
    content = PREAMBLE + csv_of(
        LIST,
        listed("CVE-2023-0001"),
        listed("CVE-2023-0002", Status="FIXED", Last_Fixed=fixed),
        listed("CVE-2023-0003", Status="REOPENED", Last_Fixed=fixed),
        listed("'-", Status="FIXED", Last_Fixed="'-"),
        listed("CVE-2023-0005", Type_Detected="Information"),
    )
    scan = read_scan(tmp_path, "vmdr.csv", content)
    assert scan.reader == "qualys-vmdr"
    assert scan.ends == (5, 3, 1, 0, 1)
    assert scan.column("_line") == [5, 6, 7]
    assert scan.column("closed_on") == [None, "2026-01-25", None]
    assert scan.column("finding_id")[0] == "CVE-2023-0001/800001/300000001//0"
    assert [each.line for each in scan.found("bad_date")] == [8]


def test_vmdr_flaw_without_a_cve(tmp_path: Path) -> None:
    """It is a finding like others."""
    scan = read_scan(tmp_path, "vmdr.csv", PREAMBLE + csv_of(LIST, listed("'-")))
    assert scan.column("cve") == [None]
    assert scan.column("finding_id") == ["/800001/300000001//0"]
