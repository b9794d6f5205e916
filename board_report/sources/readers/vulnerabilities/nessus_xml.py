"""Read a .nessus file: one row for each item of each host's report."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.markup import Node, elements
from board_report.sources.records import table_of

COLUMNS = (
    *("host/@name", "host/host-fqdn", "host/HOST_START", "@pluginID", "@protocol", "@port"),
    *("@severity", "cve"),
)
"""What the header has also in a report without items."""


def read_nessus(content: bytes, spec: SourceSpec) -> Grid:  # noqa: ARG001  the file says it all
    """Rows of a .nessus file: ``@`` marks attributes, ``host/`` what is said of the host.

    An element that an item has several times, such as ``cve``, is joined by commas.

    Raises:
        ReadFaultError: not well-formed XML, or XML that declares entities.
    """
    header, rows = table_of(
        ((item.line, _fields(item)) for item in elements(content, {"ReportItem"})), COLUMNS
    )
    return Grid(header, rows)


def _fields(item: Node) -> dict[str, str]:
    fields = {f"@{name}": text for name, text in item.attributes.items()}
    fields |= {name: joined(item, name) for name in dict.fromkeys(c.name for c in item.children)}
    host = item.above("ReportHost")
    if host:
        fields["host/@name"] = host.attributes.get("name", "")
        properties = host.first("HostProperties")
        for tag in properties.all("tag") if properties else ():
            fields[f"host/{tag.attributes.get('name', '')}"] = tag.text
    return fields


def joined(node: Node, name: str) -> str:
    """The texts of all elements of this name within another, joined by commas."""
    return ", ".join(each.text for each in node.all(name) if each.text)
