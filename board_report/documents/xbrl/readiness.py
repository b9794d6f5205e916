"""Everything that keeps a tagged report from being filed, as far as the program can tell."""

from __future__ import annotations

from dataclasses import replace

from board_report.documents.xbrl.checks import check_document
from board_report.documents.xbrl.codes import XbrlCode, xbrl_finding
from board_report.documents.xbrl.cover import missing_cover_facts
from board_report.documents.xbrl.pieces import flag_element, untagged_answers
from board_report.documents.xbrl.records import AnnualRecord, CurrentReport
from board_report.documents.xbrl.writer import write_annual, write_current_report
from board_report.model import Finding

REPORT_TOML = "report.toml"
_TOLD_BY_KEY = (XbrlCode.COVER_FACT_MISSING, XbrlCode.NO_CIK)
"""Faults of the page that the missing key of ``report.toml`` tells better."""


def filing_findings(
    record: AnnualRecord | CurrentReport, *, folder: str = ""
) -> tuple[Finding, ...]:
    """Cover facts that are not on file, faults of the page, and answers that nothing can carry.

    An error keeps the document from being final; a note does not.

    Args:
        record: what is reported.
        folder: of the document within the quarter's folder, for the findings.

    Raises:
        ValueError: a sub-item is not one that is tagged.
    """
    name = f"{record.stem}.htm"
    file = f"{folder}/{name}" if folder else name
    page = written(record)[name]
    return (
        *(
            xbrl_finding(XbrlCode.NOT_ON_FILE, file=REPORT_TOML, column=key)
            for key in missing_cover_facts(record.filer)
        ),
        *(
            finding
            for finding in check_document(page, file=file)
            if finding.code not in _TOLD_BY_KEY
        ),
        *(replace(each, file=file) for each in _not_carried(record)),
    )


def written(record: AnnualRecord | CurrentReport) -> dict[str, bytes]:
    """The files of either kind of report."""
    if isinstance(record, AnnualRecord):
        return write_annual(record)
    return write_current_report(record)


def _not_carried(record: AnnualRecord | CurrentReport) -> list[Finding]:
    if not isinstance(record, AnnualRecord):
        return []
    return [
        xbrl_finding(
            XbrlCode.FLAG_NOT_CARRIED,
            column=f"{sub_item} (cyd:{flag_element(sub_item)})",
            value="yes" if answer else "no",
        )
        for sub_item, answer in untagged_answers(record)
    ]
