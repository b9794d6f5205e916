"""Trivy's report of the vulnerabilities in images and file systems, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
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

_RESULT = ("Target", "Class", "Type")
_FINDING = ("VulnerabilityID", "PkgName", "PkgPath", "InstalledVersion", "Status", "Severity")
_OTHER_SCANS = {"config", "secret", "license", "license-file", "custom"}
"""Classes of results that are not about vulnerabilities of packages."""


def read(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each vulnerability of each result, with the report and the result it lies in.

    Raises:
        ReadFaultError: not JSON, or a report that looked for other things than vulnerabilities.
    """
    return read_report(content, spec, _rows, ("ArtifactName", *_RESULT, *_FINDING, "cves"))


def _rows(text: str, whole: Any) -> Iterator[tuple[int, Texts]]:
    _refuse_other_scans(whole)
    several = isinstance(whole, list)  # results of an old report, or several reports
    paths = (("*",), ("*", "Results", "*")) if several else (("Results", "*"),)
    del whole  # the text is walked through again, so that only one finding is held at a time
    for path in paths:
        for found in located(text, (*path, "Vulnerabilities", "*")):
            result, reports = found.parents[-1], found.parents[:-1]
            finding = texts_of(found.value, _FINDING)
            finding["cves"] = cve_numbers(finding["VulnerabilityID"])
            yield found.line, {**_report(reports), **texts_of(result, _RESULT), **finding}


def _report(parents: Sequence[Mapping[str, Any]]) -> Texts:
    """What the report around a result says; older ones have none around it."""
    if not parents:
        return {}
    created = with_known(texts_of(parents[0], ("CreatedAt",)))
    return texts_of(parents[0], ("ArtifactName",)) | created


def _refuse_other_scans(whole: Any) -> None:
    reports = whole if isinstance(whole, list) else [whole]
    results = [each for report in reports for each in objects_at(report, "Results")]
    if results and all(
        text_at(each, "Class") in _OTHER_SCANS and not each.get("Vulnerabilities")
        for each in results
    ):
        what = "a report of Trivy's other scanners (misconfigurations, secrets or licenses)"
        raise ReadFaultError(ReadCode.NO_SCAN, line=1, what=what)


_PRESET = SourceSpec(
    table="vulnerability_findings",
    file="",
    columns={
        "severity": "Severity",
        "cve": "cves",
        "first_seen_on": "CreatedAt",
    },
    rules={
        "finding_id": ColumnRule(
            (
                "ArtifactName",
                "Target",
                "PkgName",
                "PkgPath",
                "InstalledVersion",
                "VulnerabilityID",
            )
        ),
        "asset_id": ColumnRule(("ArtifactName", "Target"), how="first"),
    },
    leave_out={"Status": ("not_affected",)},
)

READERS = (
    Reader(
        id="trivy",
        tool="Trivy",
        export="vulnerabilities of images and file systems, as JSON",
        preset=_PRESET,
        signatures=(
            Records(has=("SchemaVersion", "ArtifactName")),
            Records(has=("Target", "Type", "Vulnerabilities")),
        ),
        read=read,
        evidence=Evidence.SAMPLE,
        reference="Aqua Security, Trivy, JSON reports of schema 2 and of the versions before it",
        traps=(
            "A report has no date of first detection; its own date (CreatedAt) is used, so that "
            "ages are a lower bound.",
            "Older reports have no date at all: give the day of the scan as "
            "constants.first_seen_on.",
            "The status “fixed” means that a fixed version exists, not that it is installed; "
            "nothing in a report is closed.",
            "UNKNOWN severities are set aside.",
            "Misconfigurations, secrets and licenses are not read.",
            "The installed version is a part of a finding's identifier: after an update that does "
            "not mend it, it is another finding.",
            "Give the newest report of each image alone; what an older one lists may be gone.",
        ),
    ),
)
