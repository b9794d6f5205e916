"""CycloneDX documents that list vulnerabilities (VDR, VEX or a scanner's BOM), as JSON or XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.located import located
from board_report.sources.reader import Evidence, Markup, Reader, Records
from board_report.sources.readers.components.cyclonedx_xml import read_xml
from board_report.sources.readers.components.ratings import (
    COLUMNS,
    CVSS_BANDS,
    affected_only,
    rated,
    standing,
)
from board_report.sources.readers.components.reports import (
    Texts,
    cve_numbers,
    objects_at,
    read_report,
    text_at,
    texts_of,
    with_known,
)


def read(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each component that each vulnerability affects.

    Raises:
        ReadFaultError: not JSON or XML, or a list of components without vulnerabilities.
    """
    if kind_of(spec.file, content) is Kind.XML:
        return read_xml(content)
    return read_report(content, spec, _rows, COLUMNS)


def _rows(text: str, whole: Any) -> Iterator[tuple[int, Texts]]:
    if not isinstance(whole, dict) or not isinstance(whole.get("vulnerabilities"), list):
        raise ReadFaultError(ReadCode.NO_SCAN, line=1, what=_what(whole))
    names = [text_at(whole, f"metadata.component.{each}") for each in ("group", "name")]
    document = {
        "metadata.component": "/".join(filter(None, names)),
        **with_known(texts_of(whole, ("metadata.timestamp",))),
    }
    del whole  # the text is walked through again, so that one vulnerability is held at a time
    for found in located(text, ("vulnerabilities", "*")):
        one = {**document, **_vulnerability(found.value)}
        for target in objects_at(found.value, "affects") or ({},):
            versions = [text_at(each, "status") for each in objects_at(target, "versions")]
            yield found.line, {**one, **affected_only(text_at(target, "ref"), versions)}


def _what(whole: Any) -> str:
    count = len(objects_at(whole, "components"))
    return f"a CycloneDX list of {count:,} components (an SBOM) without vulnerabilities"


def _vulnerability(value: Any) -> Texts:
    ratings = objects_at(value, "ratings")
    references = objects_at(value, "references")
    name = text_at(value, "id")
    return {
        "id": name,
        "source.name": text_at(value, "source.name"),
        "cves": cve_numbers(name, *(text_at(each, "id") for each in references)),
        **rated(
            [
                (text_at(each, "severity"), text_at(each, "method"), text_at(each, "score"))
                for each in ratings
            ]
        ),
        **standing(text_at(value, "analysis.state"), text_at(value, "analysis.lastUpdated")),
    }


READERS = (
    Reader(
        id="cyclonedx",
        tool="CycloneDX",
        export="vulnerabilities of a bill of materials (VDR or VEX), as JSON or XML",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={
                "cve": "cves",
                "first_seen_on": "metadata.timestamp",
                "closed_on": "closed",
            },
            rules={
                "finding_id": ColumnRule(
                    ("metadata.component", "affects.ref", "id", "source.name")
                ),
                "asset_id": ColumnRule(("metadata.component", "affects.ref"), how="first"),
                "severity": ColumnRule(("severity", "score"), how="first", bands=CVSS_BANDS),
            },
            leave_out={
                "severity": ("info", "none"),
                "score": ("0", "0.0"),
                "standing": ("not affected", "false positive", "resolved without a date"),
            },
        ),
        signatures=(
            Records(has=("bomFormat", "specVersion"), equal=(("bomFormat", "CycloneDX"),)),
            Markup(root="bom", has=("cyclonedx.org/schema/bom",)),
        ),
        read=read,
        evidence=Evidence.SAMPLE,
        reference="OWASP CycloneDX specification 1.4 to 1.6, vulnerabilities; a Grype BOM",
        traps=(
            "A list of components without vulnerabilities (an SBOM) is refused: nobody looked for "
            "vulnerabilities in it, and none would be a wrong number.",
            "A document has no date of first detection; its own date (metadata.timestamp) is used, "
            "so that ages are a lower bound. A vulnerability's “created” is when its record "
            "was made in a database, and is not used.",
            "A document without its own date needs constants.first_seen_on.",
            "Of several ratings the highest severity counts, whoever gave it; where none names a "
            "severity, the highest score of CVSS 3 or 4 does, by its bands. Scores of CVSS 2, "
            "OWASP, SSVC and others have no such bands.",
            "What the analysis calls not_affected or false_positive is left out and counted, and "
            "so is what it calls resolved without a date (lastUpdated); every other state is open.",
            "A component whose versions are all “unaffected” is left out and counted.",
            "A vulnerability that affects several components is a row for each of them.",
            "One flaw listed under a CVE number and under an advisory's number is two findings.",
        ),
    ),
)
