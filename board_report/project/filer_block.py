"""Read ``[filer]``: what the cover page of a report to the Commission says of the registrant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from board_report.model import Company, Filer, ListedSecurity
from board_report.project.edgar_codes import (
    ADDRESS,
    COUNTRY,
    EXCHANGE,
    INCORPORATION,
    edgar_codes,
)
from board_report.toml_reader import Section

BOXES = (
    "written_communications",
    "soliciting_material",
    "pre_commencement_tender_offer",
    "pre_commencement_issuer_tender_offer",
)
"""The check boxes of Form 8-K; false unless said otherwise."""


@dataclass(frozen=True)
class _Shape:
    """What a text has to look like, and what is said where it does not."""

    pattern: str
    what: str
    mend: str


_SHAPES = {
    "file_number": _Shape(
        r"[0-9]{1,3}-[0-9]{1,8}(-.{1,4})?",
        "a Commission file number",
        "Write it as on the cover of the last annual report, such as 001-12345.",
    ),
    "ein": _Shape(r"[0-9]{2}-[0-9]{7}", "an EIN", "Write nine digits as 12-3456789."),
    "area_code": _Shape(r"[0-9]{1,5}", "an area code", "Write its digits alone."),
    "number": _Shape(
        r"[0-9][0-9 .-]{3,19}",
        "a telephone number without its area code",
        "Write it as 555-0142, and the area code in area_code.",
    ),
    "file_prefix": _Shape(
        r"[a-z][a-z0-9]{0,19}",
        "what names of files may begin with",
        "Write a few lower-case letters, most often the trading symbol.",
    ),
    "namespace": _Shape(
        r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*",
        "a web address to name the schema after",
        'Write the company\'s own, without a path: "http://www.example.com".',
    ),
}
_LISTS = {
    INCORPORATION: "EDGAR's list of states and countries",
    ADDRESS: "the list of states and provinces",
    COUNTRY: "the list of countries (ISO 3166)",
    EXCHANGE: "the list of exchanges",
}


def read_filer(section: Section, company: Company) -> Filer | None:
    """The registrant as its cover page names it.

    Args:
        section: ``[filer]``.
        company: has the CIK, which is said once, in ``[company]``; all zeros mean that there is
            none.

    Returns:
        The facts, each empty where it is not given; None where the section is missing or empty.

    Raises:
        ProjectError: a value cannot be what it is given as.
    """
    if not section.values:
        return None
    section.only(
        *("registrant_name", "file_number", "incorporated_in", "ein", "address", "phone"),
        *("security", "emerging_growth_company", "file_prefix", "namespace", "form_8k"),
    )
    address = section.section("address")
    address.only("lines", "city", "state", "country", "postal_code")
    phone = section.section("phone")
    phone.only("area_code", "number")
    boxes = section.section("form_8k")
    boxes.only(*BOXES)
    securities = tuple(map(_security, section.sections("security")))
    return Filer(
        registrant_name=_registrant_name(section, company),
        cik=registrant_cik(company),
        file_number=_shaped(section, "file_number"),
        incorporated_in=_code(section, "incorporated_in", INCORPORATION),
        ein=_shaped(section, "ein"),
        address_lines=_address_lines(address),
        city=address.text("city", ""),
        state=_code(address, "state", ADDRESS),
        country=_code(address, "country", COUNTRY),
        postal_code=address.text("postal_code", ""),
        area_code=_shaped(phone, "area_code"),
        phone=_shaped(phone, "number"),
        securities=securities,
        is_emerging_growth=(
            section.boolean("emerging_growth_company", False)
            if "emerging_growth_company" in section.values
            else None
        ),
        file_prefix=_shaped(section, "file_prefix"),
        namespace=_shaped(section, "namespace"),
        **{name: boxes.boolean(name, False) for name in BOXES},
    )


def registrant_cik(company: Company) -> str:
    """The CIK in ten digits; empty where the company has none, which all zeros say too."""
    digits = company.cik.zfill(10)
    return "" if set(digits) == {"0"} else digits


def _registrant_name(section: Section, company: Company) -> str:
    name = section.text("registrant_name", company.name)
    if not name or not name[0].isalnum() or len(name) > 150:
        raise section.error(
            "registrant_name",
            f"{name[:60]!r} is not a registrant's name.",
            "Write it exactly as in the charter; it begins with a letter or a digit and has at "
            "most 150 characters.",
        )
    return name


def _shaped(section: Section, key: str) -> str:
    """A text of the shape that its key has; empty where it is not given."""
    value = section.text(key, "")
    shape = _SHAPES[key]
    if value and not re.fullmatch(shape.pattern, value):
        raise section.error(key, f"{value!r} is not {shape.what}.", shape.mend)
    return value


def _code(section: Section, key: str, kind: str) -> str:
    """A code of a list; where a name is written, the code that goes with it is told."""
    value = section.text(key, "")
    codes = edgar_codes(kind)
    if not value or value in codes:
        return value
    meant = [code for code, name in codes.items() if name and name.casefold() == value.casefold()]
    meant += [code for code in codes if code.casefold() == value.casefold()]
    raise section.error(
        key,
        f"{value!r} is not a code of {_LISTS[kind]}.",
        f'Did you mean "{meant[0]}"?' if meant else 'Write the code, such as "DE" or "NYSE".',
    )


def _address_lines(address: Section) -> tuple[str, ...]:
    lines = address.texts("lines", ())
    if len(lines) > 3 or not all(lines):
        raise address.error(
            "lines", "an address has one to three lines.", 'Write ["200 Harbor Way", "Suite 9"].'
        )
    return lines


def _security(section: Section) -> ListedSecurity:
    section.only("title", "symbol", "exchange")
    title = section.text("title")
    if len(title) > 150:
        raise section.error("title", "it is longer than 150 characters.", "Shorten it.")
    exchange = _code(section, "exchange", EXCHANGE)
    if not exchange:
        raise section.error("exchange", "it is missing.", 'Add exchange = "NYSE".')
    return ListedSecurity(title=title, symbol=section.text("symbol", ""), exchange=exchange)
