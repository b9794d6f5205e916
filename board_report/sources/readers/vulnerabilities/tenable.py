"""Nessus, Tenable Security Center and Tenable Vulnerability Management: their lists of findings."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Markup, Reader
from board_report.sources.readers.vulnerabilities import nessus_xml
from board_report.sources.readers.vulnerabilities.closing import closed_when

_LEVELS = {"4": "critical", "3": "high", "2": "medium", "1": "low"}
_FIXED_AGAIN = (
    "A flaw that was fixed and came back keeps the date on which it was last fixed; only rows in "
    "the state Fixed are closed."
)
_SCAN_DAY = (
    "A scan report has no date of first detection; the day of the scan is used, so that ages are "
    "lower bounds."
)

_NESSUS = Reader(
    id="nessus",
    tool="Tenable Nessus",
    export="scan report, as CSV",
    preset=SourceSpec(
        table="vulnerability_findings",
        file="",
        columns={"asset_id": "Host", "severity": "Risk", "cve": "CVE"},
        rules={"finding_id": ColumnRule(("Plugin ID", "Host", "Protocol", "Port", "CVE"))},
        leave_out={"Risk": ("None",)},
    ),
    signatures=(
        Header(
            has=("Plugin ID", "CVE", "Risk", "Host", "Protocol", "Port"),
            lacks=("Vulnerability State", "First Found"),
        ),
    ),
    evidence=Evidence.SAMPLE,
    reference="DefectDojo's sample of the default columns (BSD-3-Clause)",
    traps=(
        "The report has no dates: give the day of the scan as constants.first_seen_on.",
        "Nessus writes one row for each CVE of a plugin, and .nessus files one item for each "
        "plugin: the two count differently.",
        "A plugin that reports twice on one port without other differences counts once.",
    ),
)

_NESSUS_FILE = Reader(
    id="nessus-xml",
    tool="Tenable Nessus",
    export="scan report, as a .nessus file",
    preset=SourceSpec(
        table="vulnerability_findings",
        file="",
        columns={"asset_id": "host/@name", "severity": "@severity", "cve": "cve"},
        rules={
            "finding_id": ColumnRule(("@pluginID", "host/@name", "@protocol", "@port")),
            "asset_name": ColumnRule(("host/host-fqdn", "host/netbios-name"), how="first"),
            "first_seen_on": ColumnRule(
                ("host/HOST_START", "host/HOST_START_TIMESTAMP", "host/HOST_END"), how="first"
            ),
        },
        values={"severity": _LEVELS},
        leave_out={"@severity": ("0",)},
        date_format="%a %b %d %H:%M:%S %Y",
        other_date_formats=("epoch",),
    ),
    signatures=(Markup(root="NessusClientData_v2"),),
    evidence=Evidence.SAMPLE,
    reference="DefectDojo's sample (BSD-3-Clause); all of its items are informational",
    read=nessus_xml.read_nessus,
    traps=(
        _SCAN_DAY,
        "The scan's times are the scanner's own and have no zone; the day is taken as it stands.",
        "An item lists all CVEs of its plugin, and is one finding.",
    ),
)

_TENABLE_SC = Reader(
    id="tenable-sc",
    tool="Tenable Security Center",
    export="vulnerability detail list, as CSV",
    preset=SourceSpec(
        table="vulnerability_findings",
        file="",
        columns={"asset_id": "IP Address", "severity": "Severity", "cve": "CVE"},
        rules={
            "finding_id": ColumnRule(
                ("Plugin", "Repository", "IP Address", "DNS Name", "Protocol", "Port")
            ),
            "asset_name": ColumnRule(("DNS Name", "NetBIOS Name"), how="first"),
            # The day as written, without the time and the name of its zone; other texts stay.
            "first_seen_on": ColumnRule(
                ("First Discovered",), match=r"(?s)([A-Za-z]{3} \d{1,2}, \d{4}(?= \d)|.+)"
            ),
        },
        leave_out={"Severity": ("Info",)},
        date_format="%b %d, %Y",
        missing=("N/A",),
    ),
    signatures=(
        Header(
            has=(
                *("Plugin", "Severity", "IP Address", "DNS Name", "Protocol", "Port"),
                *("Repository", "First Discovered", "CVE"),
            )
        ),
    ),
    evidence=Evidence.SAMPLE,
    reference="DefectDojo's sample (BSD-3-Clause)",
    traps=(
        "Times end with the name of a zone, such as MST, which does not tell an offset: the day "
        "is taken as it is written.",
        "The list of the cumulative database holds what is open; no column says when a finding was "
        "closed, so none is.",
        "A row lists all CVEs of its plugin, and is one finding.",
    ),
)

_TENABLE_VM = Reader(
    id="tenable-vm",
    tool="Tenable Vulnerability Management",
    export="list of vulnerabilities, as CSV",
    preset=SourceSpec(
        table="vulnerability_findings",
        file="",
        columns={
            "asset_id": "Host",
            "severity": "Risk",
            "cve": "CVE",
            "first_seen_on": "First Found",
        },
        rules={
            "finding_id": ColumnRule(("Plugin ID", "Host", "Protocol", "Port", "CVE")),
            "asset_name": ColumnRule(("FQDN", "NetBios"), how="first"),
            "closed_on": closed_when("Vulnerability State", "Last Fixed", "Fixed"),
        },
        leave_out={"Risk": ("None",)},
        missing=("null",),
    ),
    signatures=(
        Header(
            has=(
                *("Plugin ID", "CVE", "Risk", "Host", "Protocol", "Port"),
                *("Vulnerability State", "First Found", "Last Fixed"),
            )
        ),
    ),
    evidence=Evidence.SAMPLE,
    reference="DefectDojo's sample (BSD-3-Clause)",
    traps=(
        _FIXED_AGAIN,
        "A plugin has one row for each of its CVEs, and each row is a finding.",
        "A severity that somebody recast is the one in Risk; a risk that was accepted stays open.",
    ),
)

_TENABLE_EXPLORE = Reader(
    id="tenable-explore",
    tool="Tenable Vulnerability Management",
    export="host findings of Explore, as CSV",
    preset=SourceSpec(
        table="vulnerability_findings",
        file="",
        columns={
            "finding_id": "id",
            "asset_id": "asset.id",
            "asset_name": "asset.name",
            "severity": "severity",
            "cve": "definition.cve",
        },
        rules={
            "first_seen_on": ColumnRule(("first_observed", "first_seen"), how="first"),
            "closed_on": closed_when("state", "last_fixed", "Fixed"),
        },
        values={"severity": _LEVELS},
        leave_out={"severity": ("Info", "0")},
    ),
    signatures=(
        Header(has=("id", "asset.id", "definition.id", "severity", "state", "last_fixed")),
    ),
    evidence=Evidence.DOCUMENTED,
    reference=(
        "docs.tenable.com/vulnerability-management, Findings Export Fields and Associated CSV Keys"
    ),
    traps=(
        "Choose at least Finding ID, Asset ID, Asset Name, Plugin ID, CVE, Severity, State, First "
        "Seen and Last Fixed when exporting: without State and Last Fixed the file is not "
        "recognized, since open findings could not be told from closed ones.",
        _FIXED_AGAIN,
        "No sample was at hand: the spelling of the first date (first_observed, or first_seen) and "
        "the format of dates (ISO 8601) could not be confirmed.",
    ),
)

READERS = (_NESSUS, _NESSUS_FILE, _TENABLE_SC, _TENABLE_VM, _TENABLE_EXPLORE)
