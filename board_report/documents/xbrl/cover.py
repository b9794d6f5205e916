"""The cover page of a report, as its Form lays it out, with its facts tagged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from board_report.documents.xbrl.inline import (
    MONTH_DAY,
    MONTH_DAY_YEAR,
    TRUE,
    Context,
    Tagger,
    month_day,
    month_day_year,
)
from board_report.documents.xbrl.markup import node
from board_report.documents.xbrl.records import (
    AnnualRecord,
    CurrentReport,
    file_prefix,
    identifier,
)
from board_report.project.edgar_codes import EXCHANGE, INCORPORATION, edgar_codes

if TYPE_CHECKING:
    from lxml.etree import _Element

    from board_report.model import Filer

CHECKED, UNCHECKED = "\u2612", "\u2610"
NOT_ON_FILE = "[not on file]"
BOXES = (
    (
        "WrittenCommunications",
        "Written communications pursuant to Rule 425 under the Securities Act (17 CFR 230.425)",
    ),
    (
        "SolicitingMaterial",
        "Soliciting material pursuant to Rule 14a-12 under the Exchange Act (17 CFR 240.14a-12)",
    ),
    (
        "PreCommencementTenderOffer",
        "Pre-commencement communications pursuant to Rule 14d-2(b) under the Exchange Act "
        "(17 CFR 240.14d-2(b))",
    ),
    (
        "PreCommencementIssuerTenderOffer",
        "Pre-commencement communications pursuant to Rule 13e-4(c) under the Exchange Act "
        "(17 CFR 240.13e-4(c))",
    ),
)


def members(filer: Filer) -> tuple[str, ...]:
    """A name for each class of stock, where there are several to tell apart; else none."""
    if len(filer.securities) < 2:
        return ()
    names: list[str] = []
    for each in filer.securities:
        words = re.findall(r"[A-Za-z0-9]+", each.title)
        name = "".join(word[0].upper() + word[1:] for word in words)[:120] or "Class"
        name = name if name[0].isalpha() else f"Class{name}"
        taken = sum(given.startswith(name) for given in names)
        names.append(f"{name}{taken + 1 if taken else ''}Member")
    return tuple(names)


def contexts(record: AnnualRecord | CurrentReport, main: str) -> tuple[Context, ...]:
    """The context of the report, and one more for each class of stock where there are several."""
    if isinstance(record, AnnualRecord):
        start, end = record.year_starts, record.year_ends
    else:
        start = end = record.event_date
    who, prefix = identifier(record.filer), file_prefix(record.filer)
    classes = (
        Context(f"c-{number}", who, start, end, f"{prefix}:{name}")
        for number, name in enumerate(members(record.filer), 2)
    )
    return Context(main, who, start, end), *classes


def missing_cover_facts(filer: Filer) -> tuple[str, ...]:
    """Cover facts that are not on file, by the key of ``report.toml`` that would give each."""
    given = {
        "company.cik": filer.cik,
        "filer.file_number": filer.file_number,
        "filer.incorporated_in": filer.incorporated_in,
        "filer.ein": filer.ein,
        "filer.address.lines": filer.address_lines,
        "filer.address.city": filer.city,
        "filer.address.state": filer.state or filer.country,
        "filer.address.postal_code": filer.postal_code,
        "filer.phone.area_code": filer.area_code,
        "filer.phone.number": filer.phone,
        "filer.security": filer.securities,
        "filer.emerging_growth_company": filer.is_emerging_growth is not None,
        "filer.namespace": filer.namespace,
    }
    return tuple(key for key, value in given.items() if not value)


def hidden_facts(record: AnnualRecord | CurrentReport, tagger: Tagger) -> list[_Element]:
    """What no cover page shows: the CIK, whether it amends, and the fiscal year."""
    amends = isinstance(record, CurrentReport) and bool(record.amendment)
    found = [
        tagger.fact("dei:EntityCentralIndexKey", identifier(record.filer)),
        tagger.fact("dei:AmendmentFlag", "true" if amends else "false"),
    ]
    if isinstance(record, AnnualRecord):
        found += [
            tagger.fact("dei:DocumentFiscalYearFocus", str(record.fiscal_year)),
            tagger.fact("dei:DocumentFiscalPeriodFocus", "FY"),
        ]
    return found


def cover(record: AnnualRecord | CurrentReport, tagger: Tagger) -> _Element:
    """The whole cover page."""
    filer = record.filer
    page = node(
        "div",
        "cover",
        node("p", "agency", "UNITED STATES"),
        node("p", "agency", "SECURITIES AND EXCHANGE COMMISSION"),
        node("p", "place", "Washington, D.C. 20549"),
        node("hr", "rule"),
    )
    page.extend(
        _annual_head(record, tagger)
        if isinstance(record, AnnualRecord)
        else _current_head(record, tagger)
    )
    page.extend(_registrant(filer, tagger))
    if isinstance(record, CurrentReport):
        page.extend(_boxes(filer, tagger))
    page.extend(_securities(filer, tagger))
    page.append(_growth(filer, tagger))
    return page


def _current_head(record: CurrentReport, tagger: Tagger) -> list[_Element]:
    number = f"(Amendment No. {record.amendment_number})"
    day = tagger.fact(
        "dei:DocumentPeriodEndDate", month_day_year(record.event_date), format=MONTH_DAY_YEAR
    )
    return [
        node("p", "form", "FORM ", tagger.fact("dei:DocumentType", record.document_type)),
        *([node("p", "amendment", number)] if record.amendment else []),
        node("p", "kind", "CURRENT REPORT"),
        node("p", "kind", "Pursuant to Section 13 or 15(d) of the"),
        node("p", "kind", "Securities Exchange Act of 1934"),
        node("p", "date", "Date of Report (Date of earliest event reported): ", day),
    ]


def _annual_head(record: AnnualRecord, tagger: Tagger) -> list[_Element]:
    """Day and month of the year's end are a fact within the fact of its date."""
    ends = record.year_ends
    inner = tagger.fact("dei:CurrentFiscalYearEndDate", month_day(ends), format=MONTH_DAY)
    day = tagger.fact("dei:DocumentPeriodEndDate", inner, f", {ends.year}", format=MONTH_DAY_YEAR)
    law = "PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934"
    return [
        node("p", "form", "FORM ", tagger.fact("dei:DocumentType", record.document_type)),
        node(
            "p",
            "box",
            tagger.flag("dei:DocumentAnnualReport", True, CHECKED),
            f" ANNUAL REPORT {law}",
        ),
        node("p", "date", "For the fiscal year ended ", day),
        node(
            "p",
            "box",
            tagger.flag("dei:DocumentTransitionReport", False, UNCHECKED),
            f" TRANSITION REPORT {law}",
        ),
    ]


def _registrant(filer: Filer, tagger: Tagger) -> list[_Element]:
    place = _named(tagger, "EntityIncorporationStateCountryCode", filer.incorporated_in)
    cells = (
        (place, "(State or other jurisdiction of incorporation)"),
        (_value(tagger, "EntityFileNumber", filer.file_number), "(Commission File Number)"),
        (
            _value(tagger, "EntityTaxIdentificationNumber", filer.ein),
            "(IRS Employer Identification No.)",
        ),
    )
    row = [
        node("td", "third", node("p", "value", *value), node("p", "caption", caption))
        for value, caption in cells
    ]
    area = _value(tagger, "CityAreaCode", filer.area_code)
    phone = _value(tagger, "LocalPhoneNumber", filer.phone)
    return [
        node("p", "name", tagger.fact("dei:EntityRegistrantName", filer.registrant_name)),
        node("p", "caption", "(Exact name of registrant as specified in its charter)"),
        node("table", "three", node("tbody", "", node("tr", "", *row))),
        *_address(filer, tagger),
        node("p", "caption", "(Address of principal executive offices) (Zip Code)"),
        node("p", "date", "Registrant\u2019s telephone number: (", *area, ") ", *phone),
    ]


def _named(tagger: Tagger, element: str, code: str) -> list[_Element | str]:
    """A code, with its name before it where that is known: ``Delaware (DE)``."""
    kind = EXCHANGE if element == "SecurityExchangeName" else INCORPORATION
    name = edgar_codes(kind).get(code, "") if code else ""
    value = _value(tagger, element, code)
    return [f"{name} (", *value, ")"] if name else value


def _value(tagger: Tagger, element: str, text: str, context: str = "") -> list[_Element | str]:
    """A cover fact as it is, or the words that it is not on file, untagged."""
    if not text:
        return [node("span", "missing", NOT_ON_FILE)]
    return [tagger.fact(f"dei:{element}", text, context=context)]


def _address(filer: Filer, tagger: Tagger) -> list[_Element]:
    lines: list[_Element] = [
        node("p", "value", *_value(tagger, f"EntityAddressAddressLine{number}", line))
        for number, line in enumerate(filer.address_lines or ("",), 1)
    ]
    city = _value(tagger, "EntityAddressCityOrTown", filer.city)
    rest: list[_Element | str] = [*city, ", "]
    if filer.state or not filer.country:
        rest += [*_value(tagger, "EntityAddressStateOrProvince", filer.state), " "]
    rest += _value(tagger, "EntityAddressPostalZipCode", filer.postal_code)
    if filer.country:
        rest += [" ", *_value(tagger, "EntityAddressCountry", filer.country)]
    return [*lines, node("p", "value", *rest)]


def _boxes(filer: Filer, tagger: Tagger) -> list[_Element]:
    values = (
        filer.written_communications,
        filer.soliciting_material,
        filer.pre_commencement_tender_offer,
        filer.pre_commencement_issuer_tender_offer,
    )
    intro = (
        "Check the appropriate box below if the Form 8-K filing is intended to simultaneously "
        "satisfy the filing obligation of the registrant under any of the following provisions:"
    )
    return [
        node("p", "boxes", intro),
        *(
            node("p", "box", _box(tagger, element, value), f" {words}")
            for (element, words), value in zip(BOXES, values, strict=True)
        ),
    ]


def _box(tagger: Tagger, element: str, value: bool) -> _Element:
    return tagger.flag(f"dei:{element}", value, CHECKED if value else UNCHECKED)


def _securities(filer: Filer, tagger: Tagger) -> list[_Element]:
    heads = (
        "Title of each class",
        "Trading Symbol(s)",
        "Name of each exchange on which registered",
    )
    several = len(filer.securities) > 1
    rows = []
    for number, each in enumerate(filer.securities, 2):
        context = f"c-{number}" if several else ""
        names = edgar_codes(EXCHANGE)
        exchange = _value(tagger, "SecurityExchangeName", each.exchange, context)
        symbol: list[_Element | str] = (
            _value(tagger, "TradingSymbol", each.symbol, context)
            if each.symbol
            else [tagger.fact("dei:NoTradingSymbolFlag", "None", format=TRUE, context=context)]
        )
        cells = (
            _value(tagger, "Security12bTitle", each.title, context),
            symbol,
            [f"{names[each.exchange]} (", *exchange, ")"] if names.get(each.exchange) else exchange,
        )
        rows.append(node("tr", "", *(node("td", "cell", *cell) for cell in cells)))
    if not rows:
        missing = [node("td", "cell", *_value(tagger, "Security12bTitle", "")) for _ in heads]
        rows = [node("tr", "", *missing)]
    return [
        node("p", "left", "Securities registered pursuant to Section 12(b) of the Act:"),
        node(
            "table",
            "securities",
            node("thead", "", node("tr", "", *(node("th", "head", head) for head in heads))),
            node("tbody", "", *rows),
        ),
    ]


def _growth(filer: Filer, tagger: Tagger) -> _Element:
    words = (
        "Indicate by check mark whether the registrant is an emerging growth company as defined in "
        "Rule 405 of the Securities Act of 1933 or Rule 12b-2 of the Securities Exchange Act of "
        "1934. Emerging growth company "
    )
    if filer.is_emerging_growth is None:
        return node("p", "left", words, node("span", "missing", NOT_ON_FILE))
    box = _box(tagger, "EntityEmergingGrowthCompany", filer.is_emerging_growth)
    return node("p", "left", words, box)
