"""Grype's report of the vulnerabilities in images and folders, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.located import located
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.components.reports import (
    Texts,
    cve_numbers,
    objects_at,
    read_report,
    text_at,
    texts_of,
    with_known,
)

_MATCH = (
    "vulnerability.id",
    "vulnerability.namespace",
    "vulnerability.severity",
    "vulnerability.fix.state",
    "artifact.name",
    "artifact.version",
    "artifact.type",
)


def read(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each match, with what was scanned and when.

    Raises:
        ReadFaultError: not JSON.
    """
    return read_report(
        content, spec, _rows, ("source.target", *_MATCH, "artifact.location", "cves")
    )


def _rows(text: str, whole: Any) -> Iterator[tuple[int, Texts]]:
    scanned = text_at(whole, "source.target.userInput") or text_at(whole, "source.target")
    scan = {"source.target": scanned, **with_known(texts_of(whole, ("descriptor.timestamp",)))}
    del whole  # the text is walked through again, so that only one match is held at a time
    for found in located(text, ("matches", "*")):
        match = texts_of(found.value, _MATCH)
        places = objects_at(found.value, "artifact.locations")
        related = objects_at(found.value, "relatedVulnerabilities")
        match["artifact.location"] = text_at(places[0], "path") if places else ""
        match["cves"] = cve_numbers(
            match["vulnerability.id"], *(text_at(each, "id") for each in related)
        )
        yield found.line, {**scan, **match}


READERS = (
    Reader(
        id="grype",
        tool="Grype",
        export="vulnerabilities of images and folders, as JSON",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "asset_id": "source.target",
                "severity": "vulnerability.severity",
                "cve": "cves",
                "first_seen_on": "descriptor.timestamp",
            },
            rules={
                "finding_id": ColumnRule(
                    (
                        "source.target",
                        "artifact.name",
                        "artifact.version",
                        "artifact.type",
                        "artifact.location",
                        "vulnerability.id",
                        "vulnerability.namespace",
                    )
                ),
            },
            leave_out={"vulnerability.severity": ("Negligible",)},
        ),
        signatures=(
            Records(has=("matches", "descriptor.name"), equal=(("descriptor.name", "grype"),)),
        ),
        read=read,
        evidence=Evidence.SAMPLE,
        reference="Anchore, Grype, JSON reports of versions 0.7 and 0.94",
        traps=(
            "A report has no date of first detection; its own date (descriptor.timestamp) is used, "
            "so that ages are a lower bound.",
            "Older reports have no date at all: give the day of the scan as "
            "constants.first_seen_on.",
            "Negligible matches are left out and counted; Unknown severities are set aside.",
            "The fix state “fixed” means that a fixed version exists, not that it is installed; "
            "nothing in a report is closed.",
            "Matches that Grype was told to ignore (ignoredMatches) are not read.",
            "A GitHub advisory is looked up by the CVE numbers that Grype relates to it.",
            "Give the newest report of each image alone; what an older one lists may be gone.",
        ),
    ),
)
