"""Which report a document is, as its own cover facts say."""

from __future__ import annotations

from board_report.documents.xbrl.read_records import ReadDocument

ANNUAL_FORMS = ("10-K", "10-K/A", "10-KT", "20-F", "20-F/A")
CURRENT_FORMS = ("8-K", "8-K/A")


def form_of(document: ReadDocument) -> str:
    """``8-K``; empty where no cover fact says."""
    return cover_value(document, "DocumentType")


def cover_value(document: ReadDocument, name: str) -> str:
    """The value of a cover fact, by local name; empty where there is none."""
    facts = (
        each.value.strip()
        for each in document.facts
        if each.local_name == name and each.namespace.startswith("http://xbrl.sec.gov/dei/")
    )
    return next(facts, "")
