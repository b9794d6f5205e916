"""The disclosure as Inline XBRL, with what its own checks say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from board_report.model import Finding, Severity
from board_report.pipeline.names import XBRL_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from board_report.story.public_page import PublicContext


@dataclass(frozen=True)
class Tagged:
    """Tagged files by name within the quarter's folder, and what was found in them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def tag_disclosure(context: PublicContext) -> Tagged:
    """The item as a tagged document, its schema, and a fragment to paste; from public fields alone.

    Without a registrant on file there is none, since a tagged document names it.
    """
    from board_report.documents.tagged_annual import annual_record
    from board_report.documents.xbrl.readiness import filing_findings
    from board_report.documents.xbrl.writer import write_annual

    if context.filer is None:
        return Tagged({}, ())
    record = annual_record(context)
    return Tagged(
        {f"{XBRL_FOLDER}/{name}": data for name, data in write_annual(record).items()},
        tuple(map(_of_a_draft, filing_findings(record, folder=XBRL_FOLDER))),
    )


def _of_a_draft(finding: Finding) -> Finding:
    """What the cover lacks keeps tags a draft, and says so on them: no fault of the build."""
    from board_report.documents.xbrl.codes import XbrlCode

    is_missing = finding.code == XbrlCode.NOT_ON_FILE
    return replace(finding, severity=Severity.WARNING) if is_missing else finding
