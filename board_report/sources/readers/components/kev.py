"""CISA's catalogue of known exploited vulnerabilities, as CISA publishes it."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Header, Reader, Records

_COLUMNS = {
    "cve": "cveID",
    "added_on": "dateAdded",
    "kev_due_on": "dueDate",
    "vulnerability_name": "vulnerabilityName",
}

READERS = (
    Reader(
        id="cisa-kev",
        tool="CISA",
        export="catalogue of known exploited vulnerabilities, as CSV or JSON",
        preset=SourceSpec(table="kev_catalogue", file="", columns=_COLUMNS),
        signatures=(
            Header(has=("cveID", "vendorProject", "dateAdded", "dueDate")),
            Records(
                at="vulnerabilities.*",
                has=("cveID", "vendorProject", "dateAdded", "dueDate"),
                beside=("catalogVersion",),
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="CISA, Known Exploited Vulnerabilities Catalog (CC0)",
        traps=(
            "Some due dates lie before the day on which the entry was added; they are used as "
            "they are.",
        ),
    ),
)
