"""Amazon Inspector's findings, as JSON."""

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
)

_FINDING = (
    "findingArn",
    "awsAccountId",
    "type",
    "title",
    "severity",
    "status",
    "firstObservedAt",
    "lastObservedAt",
    "updatedAt",
    "packageVulnerabilityDetails.vulnerabilityId",
)
_RESOURCE = (
    "id",
    "type",
    "region",
    "tags.Name",
    "details.awsEcrContainerImage.repositoryName",
    "details.awsLambdaFunction.functionName",
)
_NAMES = tuple(f"resource.{each}" for each in _RESOURCE[3:])
_HAS = ("findingArn", "awsAccountId", "firstObservedAt")


def read(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each resource of each finding.

    Raises:
        ReadFaultError: not JSON.
    """
    resource = tuple(f"resource.{each}" for each in ("number", *_RESOURCE))
    return read_report(content, spec, _rows, (*_FINDING, *resource, "cves"))


def _rows(text: str, whole: Any) -> Iterator[tuple[int, Texts]]:
    path = ("*",) if isinstance(whole, list) else ("findings", "*")
    del whole  # the text is walked through again, so that only one finding is held at a time
    for found in located(text, path):
        finding = texts_of(found.value, _FINDING)
        finding["cves"] = cve_numbers(
            finding["packageVulnerabilityDetails.vulnerabilityId"],
            text_at(found.value, "packageVulnerabilityDetails.relatedVulnerabilities"),
        )
        # A finding without a resource is a row too: it must be told, not lost.
        resources = objects_at(found.value, "resources") or ({},)
        for number, resource in enumerate(resources, start=1):
            finding["resource.number"] = str(number)
            yield found.line, {**finding, **texts_of(resource, _RESOURCE, "resource.")}


READERS = (
    Reader(
        id="aws-inspector",
        tool="Amazon Inspector",
        export="findings, as JSON",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "asset_id": "resource.id",
                "severity": "severity",
                "cve": "cves",
                "first_seen_on": "firstObservedAt",
            },
            rules={
                "finding_id": ColumnRule(("findingArn", "resource.number")),
                "asset_name": ColumnRule(_NAMES, how="first"),
                "closed_on": ColumnRule(
                    ("status", "updatedAt"), between=" ", match=r"(?i)^closed (.+)$"
                ),
            },
            date_format="epoch",
            leave_out={"severity": ("INFORMATIONAL",), "status": ("SUPPRESSED",)},
        ),
        signatures=(Records(at="findings.*", has=_HAS), Records(has=_HAS)),
        read=read,
        evidence=Evidence.SAMPLE,
        reference="Amazon Inspector API Reference, Finding; Amazon Inspector User Guide, "
        "Understanding findings",
        traps=(
            "A finding on several resources is a row for each of them.",
            "A closed finding has no date of closing; the day of its last update is used, which "
            "the change to CLOSED sets.",
            "Inspector deletes closed findings after 30 days (3 where the resource is gone): a "
            "quarter's closures need exports from within the quarter.",
            "SUPPRESSED findings are hidden by a rule of yours, not mended; they are left out and "
            "counted.",
            "UNTRIAGED findings have no severity yet and are set aside; INFORMATIONAL ones are "
            "left out and counted.",
        ),
    ),
)
