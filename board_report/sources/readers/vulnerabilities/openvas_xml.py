"""Read a scan report of OpenVAS in XML: one row for each result."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.markup import Node, elements
from board_report.sources.records import table_of

_OWN = (
    *("name", "port", "threat", "severity", "original_threat", "original_severity"),
    *("creation_time", "modification_time", "description"),
)
_NVT = ("name", "family", "cvss_base", "solution")
_REPORT = ("scan_start", "timestamp")
COLUMNS = (
    *("host", "host/hostname", "port", "threat", "severity", "nvt/@oid", "nvt/name", "cve"),
    "report/scan_start",
)
"""What the header has also in a report without results."""


def read_openvas(content: bytes, spec: SourceSpec) -> Grid:  # noqa: ARG001  the file says it all
    """Rows of a report: ``nvt/`` marks what is said of the test, ``report/`` of the whole scan.

    Raises:
        ReadFaultError: not well-formed XML, or XML that declares entities.
    """
    header, rows = table_of(
        (
            (result.line, _fields(result))
            for result in elements(content, {"result"})
            # A result may name the result that detected its product: that one is no row.
            if result.parent and result.parent.name == "results"
        ),
        COLUMNS,
    )
    return Grid(header, rows)


def _fields(result: Node) -> dict[str, str]:
    fields = {f"@{name}": text for name, text in result.attributes.items()}
    fields |= {name: result.value(name) for name in _OWN}
    fields["host"], fields["host/hostname"] = result.value("host"), result.value("host", "hostname")
    fields["qod"] = result.value("qod", "value")
    nvt = result.first("nvt")
    if nvt:
        fields["nvt/@oid"] = nvt.attributes.get("oid", "")
        fields |= {f"nvt/{name}": nvt.value(name) for name in _NVT}
        fields["cve"] = _cves(nvt)
    report = result.above("report")
    if report:
        fields |= {f"report/{name}": report.value(name) for name in _REPORT}
    return fields


def _cves(nvt: Node) -> str:
    """The CVEs of a test: references of that type, or in older reports an element of its own."""
    refs = nvt.first("refs")
    found = [
        ref.attributes.get("id", "")
        for ref in (refs.all("ref") if refs else ())
        if ref.attributes.get("type", "").casefold() == "cve"
    ]
    return ", ".join(each for each in (*found, nvt.value("cve")) if each)
