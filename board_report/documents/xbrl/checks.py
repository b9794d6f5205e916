"""The program's own rules for a tagged document, after EDGAR's where those are known.

Each rule is a small function over what the reader found; all are run, and every fault is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from board_report.documents.xbrl.codes import XbrlCode, xbrl_finding
from board_report.documents.xbrl.context_checks import CONTEXT_RULES
from board_report.documents.xbrl.elements import BOOLEAN, cyd_elements, dei_types
from board_report.documents.xbrl.names import (
    ANNUAL,
    FIRST_INCIDENT_YEAR,
    INCIDENT,
    YEARS,
)
from board_report.documents.xbrl.read_records import ReadDocument, ReadFact
from board_report.documents.xbrl.reader import read_document
from board_report.documents.xbrl.report_kind import (
    ANNUAL_FORMS,
    CURRENT_FORMS,
    cover_value,
    form_of,
)
from board_report.model import Finding

_TAXONOMY = re.compile(r"http://xbrl\.sec\.gov/(cyd|dei)/(\d{4})")
_BOOLEANS = ("true", "false", "1", "0")
_REPORTS = {ANNUAL: "annual reports", INCIDENT: "reports of incidents"}
COVER = (
    *("DocumentType", "AmendmentFlag", "DocumentPeriodEndDate", "EntityRegistrantName"),
    *("EntityCentralIndexKey", "EntityFileNumber", "EntityIncorporationStateCountryCode"),
    *("EntityTaxIdentificationNumber", "EntityAddressAddressLine1", "EntityAddressCityOrTown"),
    *("EntityAddressPostalZipCode", "CityAreaCode", "LocalPhoneNumber"),
    *("EntityEmergingGrowthCompany",),
)
"""Elements that the cover of an annual or a current report needs."""
CURRENT_COVER = (
    *("WrittenCommunications", "SolicitingMaterial", "PreCommencementTenderOffer"),
    "PreCommencementIssuerTenderOffer",
)
"""Those that the cover of a current report needs as well."""
ANNUAL_COVER = ("DocumentFiscalYearFocus", "DocumentFiscalPeriodFocus", "CurrentFiscalYearEndDate")
"""Those that the cover of an annual report needs as well."""


def check_document(data: bytes, *, file: str = "") -> tuple[Finding, ...]:
    """Everything that our own rules find in a document.

    Args:
        data: the document.
        file: its name, for the findings.

    Raises:
        DocumentError: it is not well-formed XHTML, is too large, or has a document type.
    """
    return check_read(read_document(data), file=file)


def check_read(document: ReadDocument, *, file: str = "") -> tuple[Finding, ...]:
    """The same of a document that was read already."""
    return tuple(replace(finding, file=file) for rule in _RULES for finding in rule(document))


def taxonomy_of(fact: ReadFact) -> tuple[str, int]:
    """(``cyd`` or ``dei``, year) of a fact's element; an empty name for any other."""
    found = _TAXONOMY.fullmatch(fact.namespace)
    return (found[1], int(found[2])) if found else ("", 0)


def _page(document: ReadDocument) -> Iterator[Finding]:
    if not document.has_xhtml_root:
        yield xbrl_finding(XbrlCode.NOT_XHTML, line=1, value="another")
    for line, what in document.outside:
        yield xbrl_finding(XbrlCode.OUTSIDE, line=line, value=what)
    if len(document.schema_refs) != 1:
        yield xbrl_finding(XbrlCode.NO_SCHEMA, count=len(document.schema_refs))


def _years(document: ReadDocument) -> Iterator[Finding]:
    years: dict[str, dict[int, int]] = {"cyd": {}, "dei": {}}
    for fact in document.facts:
        name, year = taxonomy_of(fact)
        if name:
            years[name].setdefault(year, fact.line)
    both = set(years["cyd"]) | set(years["dei"])
    if len(both) > 1:
        yield xbrl_finding(
            XbrlCode.YEARS_DIFFER,
            dei=_listed(years["dei"]),
            cyd=_listed(years["cyd"]),
        )
    for year in sorted(both - set(YEARS)):
        yield xbrl_finding(XbrlCode.YEAR_UNKNOWN, value=f"the taxonomies of {year}")
    if form_of(document) in CURRENT_FORMS and any(
        year < FIRST_INCIDENT_YEAR for year in years["cyd"]
    ):
        yield xbrl_finding(XbrlCode.INCIDENT_YEAR, line=min(years["cyd"].values()))


def _listed(years: dict[int, int]) -> str:
    return " and ".join(map(str, sorted(years))) or "no year"


def _elements(document: ReadDocument) -> Iterator[Finding]:
    form = form_of(document)
    for fact in document.facts:
        taxonomy, year = taxonomy_of(fact)
        if not fact.namespace:
            yield _about(XbrlCode.UNKNOWN_ELEMENT, fact, "any taxonomy: its prefix is not declared")
        elif taxonomy == "dei" and year in YEARS and fact.local_name not in dei_types():
            yield _about(XbrlCode.UNKNOWN_ELEMENT, fact, f"dei {year}")
        elif taxonomy == "cyd" and year in YEARS:
            yield from _cyd_element(fact, year, form)


def _cyd_element(fact: ReadFact, year: int, form: str) -> Iterator[Finding]:
    element = cyd_elements().get(fact.local_name)
    if element is None:
        yield _about(XbrlCode.UNKNOWN_ELEMENT, fact, f"cyd {year}")
    elif element.is_abstract:
        yield _about(XbrlCode.ABSTRACT_ELEMENT, fact, "")
    else:
        wanted = INCIDENT if form in CURRENT_FORMS else ANNUAL if form in ANNUAL_FORMS else ""
        if wanted and element.network != wanted:
            yield _about(XbrlCode.WRONG_REPORT, fact, _REPORTS[element.network])


def _values(document: ReadDocument) -> Iterator[Finding]:
    for fact in document.facts:
        taxonomy, _ = taxonomy_of(fact)
        element = cyd_elements().get(fact.local_name) if taxonomy == "cyd" else None
        kind = dei_types().get(fact.local_name, "") if taxonomy == "dei" else ""
        if fact.fault:
            yield xbrl_finding(
                XbrlCode.FORMAT_UNKNOWN if fact.is_format_unknown else XbrlCode.VALUE_UNREADABLE,
                line=fact.line,
                column=fact.name,
                fault=fact.fault,
            )
        elif (kind == BOOLEAN or (element and element.is_flag)) and not fact.is_nil:
            if fact.value.strip() not in _BOOLEANS:
                yield _about(XbrlCode.BAD_BOOLEAN, fact, repr(fact.value.strip()[:40]))
        elif element and element.is_text_block and not fact.is_nil:
            if not fact.is_escaped:
                yield _about(XbrlCode.NOT_ESCAPED, fact, "")
            if not fact.text:
                yield _about(XbrlCode.EMPTY_BLOCK, fact, "")
        if taxonomy == "cyd" and fact.is_hidden:
            yield _about(XbrlCode.HIDDEN, fact, "")


def _repeated(document: ReadDocument) -> Iterator[Finding]:
    first: dict[tuple[str, str], ReadFact] = {}
    """Numbers are left out: they may differ by their unit or their rounding."""
    for fact in document.facts:
        if fact.is_number:
            continue
        known = first.setdefault((fact.name, fact.context_id), fact)
        if known.value != fact.value and not (known.fault or fact.fault):
            yield xbrl_finding(
                XbrlCode.VALUES_DIFFER,
                line=fact.line,
                column=fact.name,
                value=fact.value[:40],
                first=known.line,
            )


def _tagged(document: ReadDocument) -> Iterator[Finding]:
    """EFM 6.5.77 asks a cyd fact of a report under Item 1.05, and DQC_0202 of an annual report."""
    form = form_of(document)
    has_any = any(taxonomy_of(fact)[0] == "cyd" for fact in document.facts)
    names_item = re.search(r"\bItem\s*1\.05\b", document.text, re.IGNORECASE)
    if has_any or not (form in ANNUAL_FORMS or (form in CURRENT_FORMS and names_item)):
        return
    report = f"{form} with Item 1.05" if form in CURRENT_FORMS else f"annual report on {form}"
    yield xbrl_finding(XbrlCode.NO_CYD_FACT, report=report)


def _cover(document: ReadDocument) -> Iterator[Finding]:
    form = form_of(document)
    wanted: tuple[str, ...] = COVER
    wanted += CURRENT_COVER if form in CURRENT_FORMS else ()
    wanted += ANNUAL_COVER if form in ANNUAL_FORMS else ()
    for name in wanted:
        if not cover_value(document, name):
            yield xbrl_finding(
                XbrlCode.COVER_FACT_MISSING, column=f"dei:{name}", report=form or "report"
            )


def _about(code: XbrlCode, fact: ReadFact, value: str) -> Finding:
    return xbrl_finding(code, line=fact.line, column=fact.name, value=value)


_RULES = (_page, _tagged, _cover, _years, _elements, _values, _repeated, *CONTEXT_RULES)
