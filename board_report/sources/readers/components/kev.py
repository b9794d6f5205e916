"""CISA's catalogue of known exploited vulnerabilities, as CISA publishes it."""

from __future__ import annotations

from dataclasses import replace

from board_report.project import SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.reader import Evidence, Header, Reader, Records
from board_report.sources.records import read_records
from board_report.sources.text import read_text

_COLUMNS = {
    "cve": "cveID",
    "added_on": "dateAdded",
    "kev_due_on": "dueDate",
    "vulnerability_name": "vulnerabilityName",
    "released_on": "../dateReleased",
}


def read(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each entry; of the JSON file each with the date on which the file was released.

    Raises:
        ReadFaultError: neither text with a header nor JSON with a list of entries.
    """
    if kind_of(spec.file, content) in (Kind.JSON, Kind.JSON_LINES):
        return read_records(content, replace(spec, sheet=spec.sheet or "vulnerabilities.*"))
    return read_text(content, spec)


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
        read=read,
        evidence=Evidence.SAMPLE,
        reference="CISA, Known Exploited Vulnerabilities Catalog (CC0)",
        traps=(
            "Some due dates lie before the day on which the entry was added; they are used as "
            "they are.",
            "The JSON file says when it was released, so that the age of the copy is known; of a "
            "CSV file only the newest entry's age is, unless constants.released_on gives its day.",
        ),
    ),
)
