"""The rules on contexts: who a fact is about, and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from board_report.documents.xbrl.codes import XbrlCode, xbrl_finding
from board_report.documents.xbrl.names import CIK_SCHEME, NO_CIK
from board_report.documents.xbrl.read_records import ReadContext, ReadDocument, ReadFact
from board_report.documents.xbrl.report_kind import (
    ANNUAL_FORMS,
    CURRENT_FORMS,
    cover_value,
    form_of,
)
from board_report.model import Finding

_YEAR_DAYS = range(357, 372)
"""Days of a fiscal year, be it of the calendar or of 52 or 53 weeks."""
_INCIDENT_AXIS = "cyd:MaterialCybersecurityIncidentAxis"


def _missing(document: ReadDocument) -> Iterator[Finding]:
    for fact in document.facts:
        if fact.context_id not in document.contexts:
            yield xbrl_finding(
                XbrlCode.NO_CONTEXT, line=fact.line, column=fact.name, value=repr(fact.context_id)
            )


def _entities(document: ReadDocument) -> Iterator[Finding]:
    cover = cover_value(document, "EntityCentralIndexKey")
    for context in document.contexts.values():
        if context.scheme != CIK_SCHEME or not re.fullmatch(r"[0-9]{10}", context.identifier):
            yield xbrl_finding(
                XbrlCode.IDENTIFIER,
                value=repr(context.identifier),
                context=context.id,
                scheme=repr(context.scheme),
            )
        elif cover and cover != context.identifier:
            yield xbrl_finding(
                XbrlCode.CIK_DIFFERS, value=context.identifier, context=context.id, cover=cover
            )
    if any(context.identifier == NO_CIK for context in document.contexts.values()):
        yield xbrl_finding(XbrlCode.NO_CIK, value=NO_CIK)


def _dates(document: ReadDocument) -> Iterator[Finding]:
    """The facts on cybersecurity are of the registrant, and of the day or year reported on."""
    form, ends = form_of(document), _date(cover_value(document, "DocumentPeriodEndDate"))
    for fact, context in _cyd_facts(document):
        others = [axis for axis, _ in context.members if axis != _INCIDENT_AXIS]
        if others:
            yield xbrl_finding(XbrlCode.SEGMENT, line=fact.line, column=fact.name, value=others[0])
        if form in CURRENT_FORMS and not context.start == context.end == (ends or context.end):
            yield _wrong(XbrlCode.EVENT_DATE, fact, context, ends)
        if form in ANNUAL_FORMS and not _is_year(context, ends):
            yield _wrong(XbrlCode.FISCAL_YEAR, fact, context, ends)


def _cyd_facts(document: ReadDocument) -> Iterator[tuple[ReadFact, ReadContext]]:
    """One fact of each context is enough to tell of it."""
    told = set()
    for fact in document.facts:
        context = document.contexts.get(fact.context_id)
        is_cyd = fact.namespace.startswith("http://xbrl.sec.gov/cyd/")
        if context and is_cyd and context.id not in told:
            told.add(context.id)
            yield fact, context


def _is_year(context: ReadContext, ends: date | None) -> bool:
    if context.start is None or context.end is None or (ends and context.end != ends):
        return False
    return (context.end - context.start + timedelta(days=1)).days in _YEAR_DAYS


def _wrong(code: XbrlCode, fact: ReadFact, context: ReadContext, ends: date | None) -> Finding:
    return xbrl_finding(
        code,
        line=fact.line,
        column=fact.name,
        start=context.start or "no day",
        end=context.end or "no day",
        event=ends or "a day that the cover does not say",
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


CONTEXT_RULES: tuple[Callable[[ReadDocument], Iterator[Finding]], ...] = (
    _missing,
    _entities,
    _dates,
)
