"""The disclosure as Inline XBRL, with what its own checks say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.model import Finding
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
    from board_report.documents.xbrl.checks import check_document
    from board_report.documents.xbrl.writer import write_annual

    if context.filer is None:
        return Tagged({}, ())
    written = write_annual(annual_record(context))
    return Tagged(
        {f"{XBRL_FOLDER}/{name}": data for name, data in written.items()},
        tuple(
            finding
            for name, data in written.items()
            if name.endswith(".htm")
            for finding in check_document(data, file=f"{XBRL_FOLDER}/{name}")
        ),
    )
