"""Nessus, Security Center and Vulnerability Management: five exports of one vendor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.scans import DAY, csv_of, read_scan

NESSUS = (
    *("Plugin ID", "CVE", "CVSS", "Risk", "Host", "Protocol", "Port", "Name", "Synopsis"),
    *("Description", "Solution", "See Also", "Plugin Output"),
)
FLAW = {
    "Plugin ID": "35291",
    "CVE": "CVE-2004-2761",
    "Risk": "Medium",
    "Host": "10.1.1.1",
    "Protocol": "tcp",
    "Port": "443",
    "Name": "Weak hash",
}


def test_nessus_csv(tmp_path: Path) -> None:
    """One row for each plugin, port and CVE; two protocols on one port are two findings."""
    content = csv_of(
        NESSUS,
        FLAW,
        {**FLAW, "CVE": "CVE-2005-4900"},
        {**FLAW, "Protocol": "udp", "Risk": "Critical"},
        {**FLAW, "Risk": "None", "Plugin ID": "19506"},
    )
    scan = read_scan(tmp_path, "scan.csv", content, DAY)
    assert scan.reader == "nessus"
    assert scan.ends == (4, 3, 0, 0, 1)
    assert scan.column("finding_id") == [
        "35291/10.1.1.1/tcp/443/CVE-2004-2761",
        "35291/10.1.1.1/tcp/443/CVE-2005-4900",
        "35291/10.1.1.1/udp/443/CVE-2004-2761",
    ]
    assert scan.column("severity") == ["medium", "medium", "critical"]
    assert scan.column("first_seen_on") == ["2026-08-03"] * 3
    assert scan.column("closed_on") == [None] * 3


def test_plugin_that_reports_twice_on_a_port_counts_once(tmp_path: Path) -> None:
    """Only its output differs, which no figure needs."""
    content = csv_of(NESSUS, FLAW, {**FLAW, "Plugin Output": "and another certificate"})
    assert read_scan(tmp_path, "scan.csv", content, DAY).ends == (2, 1, 0, 1, 0)


def test_undated_report_needs_the_day_of_the_scan(tmp_path: Path) -> None:
    """No date is made up for it."""
    scan = read_scan(tmp_path, "scan.csv", csv_of(NESSUS, FLAW))
    (told,) = scan.found("column_missing")
    assert (told.column, told.stops) == ("first_seen_on", True)


def test_unknown_level_is_set_aside(tmp_path: Path) -> None:
    """It is not taken for the nearest one."""
    scan = read_scan(tmp_path, "scan.csv", csv_of(NESSUS, {**FLAW, "Risk": "Severe"}), DAY)
    assert scan.ends == (1, 0, 1, 0, 0)
    (told,) = scan.found("unknown_category")
    assert (told.line, told.column, told.value) == (2, "severity", "Severe")


CENTER = (
    *("Plugin", "Plugin Name", "Family", "Severity", "IP Address", "Protocol", "Port", "Exploit?"),
    *("Repository", "MAC Address", "DNS Name", "NetBIOS Name", "Plugin Text", "First Discovered"),
    *("Last Observed", "CVE"),
)
SEEN = {
    "Plugin": "65821",
    "Severity": "Medium",
    "IP Address": "10.2.1.1",
    "Protocol": "TCP",
    "Port": "443",
    "Repository": "Individual Scan",
    "First Discovered": "Jan 5, 2021 10:24:08 MST",
    "CVE": "CVE-2013-2566,CVE-2015-2808",
}


def test_security_center_takes_the_day_as_written(tmp_path: Path) -> None:
    """The zone's name tells no offset, and none is guessed; a date alone is read too."""
    content = csv_of(
        CENTER,
        SEEN,
        {**SEEN, "Port": "8443", "First Discovered": "Dec 31, 2020 23:59:59 AEDT"},
        {**SEEN, "Port": "9443", "First Discovered": "Aug 18, 2004"},
        {**SEEN, "Port": "1", "Severity": "Info"},
    )
    scan = read_scan(tmp_path, "sc.csv", content)
    assert scan.reader == "tenable-sc"
    assert scan.ends == (4, 3, 0, 0, 1)
    assert scan.column("first_seen_on") == ["2021-01-05", "2020-12-31", "2004-08-18"]
    assert scan.column("cve") == ["CVE-2013-2566 CVE-2015-2808"] * 3


@pytest.mark.parametrize("text", ["5 Jan 2021 10:24", "Foo 5, 2021 10:24:08 MST", "soon"])
def test_security_center_keeps_what_is_no_date_for_the_finding(tmp_path: Path, text: str) -> None:
    """The text stands in the message, not an empty cell."""
    scan = read_scan(tmp_path, "sc.csv", csv_of(CENTER, {**SEEN, "First Discovered": text}))
    assert scan.ends == (1, 0, 1, 0, 0)
    (told,) = scan.found("bad_date")
    assert told.column == "first_seen_on"
    assert text.startswith(told.value)


def test_hosts_with_one_address_are_told_apart_by_name(tmp_path: Path) -> None:
    """Home networks repeat addresses; names and repositories do not."""
    content = csv_of(CENTER, {**SEEN, "DNS Name": "a.example"}, {**SEEN, "DNS Name": "b.example"})
    scan = read_scan(tmp_path, "sc.csv", content)
    assert scan.column("asset_name") == ["a.example", "b.example"]


LONG = (
    *NESSUS,
    *("", "Vulnerability State", "IP Address", "FQDN", "NetBios", "OS", ""),
    *("First Found", "Last Found", "Severity", "Last Fixed"),
)


def managed(**cells: str) -> dict[str, str]:
    """A row of the long list with some of its cells changed."""
    row = {
        **FLAW,
        "Vulnerability State": "Active",
        "First Found": "2026-05-01T12:00:00.000Z",
    }
    return row | {name.replace("_", " "): text for name, text in cells.items()}


def test_vulnerability_management_closes_only_what_is_fixed(tmp_path: Path) -> None:
    """A flaw that came back keeps the date of its last fix, and is open."""
    fixed = "2026-06-01T12:00:00.000Z"
    content = csv_of(
        LONG,
        managed(Vulnerability_State="Fixed", Last_Fixed=fixed),
        managed(Vulnerability_State="Resurfaced", Last_Fixed=fixed, Port="80"),
        managed(Vulnerability_State="New", Port="81"),
        managed(Vulnerability_State="FIXED", Port="82"),
        managed(Risk="None", Port="83"),
    )
    scan = read_scan(tmp_path, "vm.csv", content)
    assert scan.reader == "tenable-vm"
    assert scan.column("closed_on") == ["2026-06-01", None, None]
    assert scan.ends == (5, 3, 1, 0, 1)


def test_fixed_row_without_its_date_is_set_aside(tmp_path: Path) -> None:
    """It is not open, and when it was closed is not known."""
    scan = read_scan(tmp_path, "vm.csv", csv_of(LONG, managed(Vulnerability_State="Fixed")))
    (told,) = scan.found("bad_date")
    assert (told.column, told.value) == ("closed_on", "Fixed")


EXPLORE = (
    *("age_in_days", "asset.display_ipv4_address", "asset.id", "asset.name", "definition.cve"),
    *("definition.id", "definition.name", "first_observed", "id", "last_fixed", "last_seen"),
    *("port", "protocol", "resurfaced_date", "severity", "state"),
)


def explored(name: str, **cells: str) -> dict[str, str]:
    """A finding of Explore."""
    usual = {
        "id": name,
        "asset.id": "5e1c",
        "asset.name": "web-1",
        "definition.id": "35291",
        "definition.cve": "CVE-2004-2761",
        "first_observed": "2026-05-01T12:00:00.000Z",
        "severity": "High",
        "state": "ACTIVE",
    }
    return usual | cells


def test_explore_with_semicolons(tmp_path: Path) -> None:
    """As documented: dotted names, a delimiter that is found, and states in capitals."""
    fixed = "2026-06-01T12:00:00.000Z"
    content = csv_of(
        EXPLORE,
        explored("f-1"),
        explored("f-2", state="FIXED", last_fixed=fixed),
        explored("f-3", state="RESURFACED", last_fixed=fixed, severity="CRITICAL"),
        explored("f-4", severity="INFO"),
        delimiter=";",
    )
    scan = read_scan(tmp_path, "explore.csv", content)
    assert scan.reader == "tenable-explore"
    assert scan.ends == (4, 3, 0, 0, 1)
    assert scan.column("finding_id") == ["f-1", "f-2", "f-3"]
    assert scan.column("closed_on") == [None, "2026-06-01", None]
    assert scan.column("severity") == ["high", "high", "critical"]
    assert scan.column("asset_name") == ["web-1"] * 3


@pytest.mark.parametrize("dropped", ["state", "last_fixed"])
def test_explore_without_states_is_not_recognized(tmp_path: Path, dropped: str) -> None:
    """Closed findings would count as open."""
    header = [name for name in EXPLORE if name != dropped]
    row = {name: text for name, text in explored("f-1").items() if name != dropped}
    scan = read_scan(tmp_path, "explore.csv", csv_of(header, row, delimiter=";"))
    assert [each.stops for each in scan.found("not_recognized")] == [True]


HOST = """\
<ReportHost name="web-1.example"><HostProperties>
<tag name="HOST_END">Mon May 30 22:00:00 2016</tag>
{started}
<tag name="host-fqdn">web-1.example</tag>
<tag name="netbios-name">WEB1</tag>
</HostProperties>
{items}
</ReportHost>
"""
ITEM = (
    '<ReportItem port="{port}" svc_name="www" protocol="tcp" severity="{severity}" '
    'pluginID="35291" pluginName="Weak &amp; old">{inner}</ReportItem>'
)


def nessus(*items: str, started: str = "Mon May  2 21:18:23 2016") -> str:
    """A .nessus file with one host."""
    tag = f'<tag name="HOST_START">{started}</tag>' if started else ""
    host = HOST.format(started=tag, items="\n".join(items))
    return (
        '<?xml version="1.0" ?>\n<NessusClientData_v2>\n<Policy><policyName>P</policyName>'
        f'</Policy>\n<Report name="R">\n{host}</Report>\n</NessusClientData_v2>\n'
    )


def test_nessus_file(tmp_path: Path) -> None:
    """Levels 0 to 4, several CVEs of one item, the day of the scan, and true lines."""
    content = nessus(
        ITEM.format(port=443, severity=4, inner="<cve>CVE-2014-0160</cve><cve>CVE-2014-0346</cve>"),
        ITEM.format(port=80, severity=3, inner="<cve>CVE-2014-3566</cve>"),
        ITEM.format(port=81, severity=2, inner=""),
        ITEM.format(port=82, severity=1, inner=""),
        ITEM.format(port=0, severity=0, inner=""),
    )
    scan = read_scan(tmp_path, "scan.nessus", content)
    assert scan.reader == "nessus-xml"
    assert scan.ends == (5, 4, 0, 0, 1)
    assert scan.column("severity") == ["critical", "high", "medium", "low"]
    assert scan.column("cve") == ["CVE-2014-0160 CVE-2014-0346", "CVE-2014-3566", None, None]
    assert scan.column("first_seen_on") == ["2016-05-02"] * 4
    assert scan.column("finding_id")[0] == "35291/web-1.example/tcp/443"
    assert scan.column("asset_name") == ["web-1.example"] * 4
    first = content.split("\n").index(ITEM.format(port=81, severity=2, inner="")) + 1
    assert scan.column("_line")[2] == first


def test_nessus_file_of_a_scan_that_tells_only_its_end(tmp_path: Path) -> None:
    """The day on which it ended is the day of the scan."""
    content = nessus(ITEM.format(port=443, severity=4, inner=""), started="")
    assert read_scan(tmp_path, "a.nessus", content).column("first_seen_on") == ["2016-05-30"]


def test_nessus_file_without_items_says_that_nothing_was_found(tmp_path: Path) -> None:
    """No column is missing, and no row is there."""
    scan = read_scan(tmp_path, "scan.nessus", nessus())
    assert scan.ends == (0, 0, 0, 0, 0)
    assert [each.code for each in scan.loaded.findings if each.stops] == []


def test_nessus_file_that_breaks_off_stops(tmp_path: Path) -> None:
    """Half a report would print too few findings."""
    content = nessus(ITEM.format(port=443, severity=4, inner=""))[:-40]
    (told,) = read_scan(tmp_path, "scan.nessus", content).found("bad_xml")
    assert told.stops
