"""Our own rules: what we write passes, and each fault alone is told with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.documents.xbrl.checks import check_document
from board_report.documents.xbrl.codes import XBRL_FAULTS, XbrlCode
from board_report.documents.xbrl.records import AnnualRecord, CurrentReport
from board_report.documents.xbrl.writer import write_annual, write_current_report
from board_report.model import Filer, Severity
from tests.unit.xbrl.samples import FILER, TWO_CLASSES, annual, incident, other_event

RISK = "cyd:CybersecurityRisk"
NATURE = "cyd:MaterialCybersecurityIncidentNatureTextBlock"


def page(record: AnnualRecord | CurrentReport) -> str:
    """The document as text."""
    files = (
        write_annual(record) if isinstance(record, AnnualRecord) else (write_current_report(record))
    )
    return files[f"{record.stem}.htm"].decode("ascii")


def codes(text: str) -> list[str]:
    """What is found, in order."""
    return [each.code for each in check_document(text.encode(), file="x.htm")]


@pytest.mark.parametrize(
    "record",
    [annual(), incident(), incident(amendment="Why."), other_event(), incident(filer=TWO_CLASSES)],
    ids=["annual", "8-K", "8-K/A", "8.01", "two classes"],
)
def test_what_is_written_passes(record: AnnualRecord | CurrentReport) -> None:
    assert check_document(page(record).encode()) == ()


# (code, words, what stands in their place)
EVENT_FAULTS = (
    (XbrlCode.UNKNOWN_ELEMENT, NATURE, "cyd:MaterialCybersecurityIncidentKindTextBlock"),
    (XbrlCode.UNKNOWN_ELEMENT, '"dei:TradingSymbol"', '"dei:TickerSymbol"'),
    (XbrlCode.UNKNOWN_ELEMENT, '"dei:TradingSymbol"', '"nowhere:TradingSymbol"'),
    (XbrlCode.ABSTRACT_ELEMENT, NATURE, "cyd:MaterialCybersecurityIncidentLineItems"),
    (XbrlCode.WRONG_REPORT, NATURE, f"{RISK}RoleOfManagementTextBlock"),
    (XbrlCode.IDENTIFIER, "http://www.sec.gov/CIK", "http://www.example.com"),
    (XbrlCode.IDENTIFIER, ">0001234567</xbrli:identifier>", ">1234567</xbrli:identifier>"),
    (XbrlCode.CIK_DIFFERS, ">0001234567</xbrli:identifier>", ">0007654321</xbrli:identifier>"),
    (XbrlCode.NO_CIK, ">0001234567<", ">0000000000<"),
    (XbrlCode.EVENT_DATE, "<xbrli:startDate>2026-08-17", "<xbrli:startDate>2026-08-16"),
    (XbrlCode.EVENT_DATE, "August 17, 2026<", "August 18, 2026<"),
    (XbrlCode.VALUE_UNREADABLE, "August 17, 2026<", "17/8/2026<"),
    (XbrlCode.FORMAT_UNKNOWN, "ixt:fixed-false", "ixt:fixed-maybe"),
    (XbrlCode.BAD_BOOLEAN, ">false<", ">maybe<"),
    (XbrlCode.NO_SCHEMA, "link:schemaRef", "link:linkbaseRef"),
    (XbrlCode.INCIDENT_YEAR, "/2026\"", "/2024\""),
    (XbrlCode.YEARS_DIFFER, "gov/dei/2026", "gov/dei/2025"),
    (XbrlCode.YEAR_UNKNOWN, "gov/cyd/2026", "gov/cyd/2031"),
    (XbrlCode.COVER_FACT_MISSING, '"dei:LocalPhoneNumber"', '"dei:AmendmentDescription"'),
    (XbrlCode.VALUES_DIFFER, '"dei:LocalPhoneNumber"', '"dei:CityAreaCode"'),
    (XbrlCode.OUTSIDE, "<body ", "<body><script>1</script></body><body "),
)  # fmt: skip


@pytest.mark.parametrize(("code", "words", "instead"), EVENT_FAULTS)
def test_a_fault_of_a_current_report_is_told(code: str, words: str, instead: str) -> None:
    text = page(incident())
    assert words in text
    assert code in codes(text.replace(words, instead))


ANNUAL_FAULTS = (
    (XbrlCode.FISCAL_YEAR, "<xbrli:startDate>2026-01-01", "<xbrli:startDate>2026-02-01"),
    (XbrlCode.FISCAL_YEAR, "<xbrli:endDate>2026-12-31", "<xbrli:endDate>2026-12-30"),
    (XbrlCode.NOT_ESCAPED, ' escape="true"', ""),
    (XbrlCode.NO_CONTEXT, '<xbrli:context id="c-1"', '<xbrli:context id="c-9"'),
    (XbrlCode.VALUE_UNREADABLE, '<ix:continuation id="', '<ix:continuation id="x'),
    (XbrlCode.COVER_FACT_MISSING, "dei:DocumentFiscalYearFocus", "dei:AmendmentDescription"),
)


@pytest.mark.parametrize(("code", "words", "instead"), ANNUAL_FAULTS)
def test_a_fault_of_an_annual_report_is_told(code: str, words: str, instead: str) -> None:
    text = page(annual())
    assert words in text
    assert code in codes(text.replace(words, instead))


def test_a_fault_has_its_place() -> None:
    """The file, the line of the file, the element and the value."""
    flag = f'name="{RISK}ManagementThirdPartyEngagedFlag"'
    lines = page(annual()).splitlines()
    (at,) = [number for number, line in enumerate(lines) if flag in line]
    lines[at] = lines[at].replace(' format="ixt:fixed-true"', "")
    (found,) = check_document("\n".join(lines).encode(), file="lkf.htm")
    assert (found.code, found.file, found.line) == ("xbrl_bad_boolean", "lkf.htm", at + 1)
    assert found.column == f"{RISK}ManagementThirdPartyEngagedFlag"
    assert found.value == "'We engage consultants'"


def test_an_8_k_of_item_1_05_needs_a_cyd_fact() -> None:
    """EFM 6.5.77; under Item 8.01 none is asked for."""
    text = page(other_event())
    assert codes(text) == []
    named = text.replace("Item 8.01 Other Events", "Item 1.05 Material Cybersecurity Incidents")
    assert codes(named) == ["xbrl_no_cyd_fact"]


def test_an_annual_report_needs_a_cyd_fact() -> None:
    """DQC_0202."""
    text = page(replace(annual(), sections=()))
    assert codes(text) == ["xbrl_no_cyd_fact"]


def test_a_hidden_fact_is_told() -> None:
    flag = f'<ix:nonNumeric contextRef="c-1" name="{RISK}ManagementThirdPartyEngagedFlag">'
    text = page(annual()).replace("<ix:hidden>", f"<ix:hidden>{flag}true</ix:nonNumeric>")
    assert codes(text) == ["xbrl_hidden"]


def test_an_empty_block_is_told() -> None:
    block = f'<ix:nonNumeric contextRef="c-1" name="{NATURE}" escape="true"> </ix:nonNumeric>'
    text = page(incident(aspects=incident().aspects[:1]))
    assert codes(text.replace("<hr ", f"{block}<hr ", 1)) == ["xbrl_empty_block"]


def test_a_fact_of_one_class_of_stock_is_not_of_the_registrant() -> None:
    text = page(incident(filer=TWO_CLASSES))
    assert codes(
        text.replace(f'contextRef="c-1" name="{NATURE}"', f'contextRef="c-2" name="{NATURE}"')
    ) == ["xbrl_segment"]


def test_a_fragment_alone_is_no_document() -> None:
    fragment = write_annual(annual())["lkf-20261231-fragment.xhtml"]
    found = {each.code for each in check_document(fragment)}
    assert {"xbrl_not_xhtml", "xbrl_no_schema", "xbrl_no_context"} <= found


def test_a_filer_of_whom_nothing_is_known_misses_its_cover_facts() -> None:
    found = check_document(page(incident(filer=Filer("Larkfield", ""))).encode())
    missing = [each.column for each in found if each.code == "xbrl_cover_fact_missing"]
    assert missing == [
        "dei:EntityFileNumber",
        "dei:EntityIncorporationStateCountryCode",
        "dei:EntityTaxIdentificationNumber",
        "dei:EntityAddressAddressLine1",
        "dei:EntityAddressCityOrTown",
        "dei:EntityAddressPostalZipCode",
        "dei:CityAreaCode",
        "dei:LocalPhoneNumber",
        "dei:EntityEmergingGrowthCompany",
    ]
    assert [each.code for each in found if each.severity is Severity.WARNING] == ["xbrl_no_cik"]


@pytest.mark.parametrize(
    ("starts", "ends", "good"),
    [
        ("2026-01-01", "2026-12-31", True),
        ("2025-12-28", "2026-12-31", True),
        ("2026-01-04", "2026-12-31", True),
        ("2026-01-31", "2026-12-31", False),
        ("2025-10-01", "2026-12-31", False),
    ],
)
def test_fiscal_years_of_52_and_53_weeks_are_years(starts: str, ends: str, good: bool) -> None:
    text = page(annual()).replace("startDate>2026-01-01", f"startDate>{starts}")
    assert ends in text
    assert ("xbrl_fiscal_year" not in codes(text)) is good


def test_every_code_is_explained_and_none_twice() -> None:
    assert set(XBRL_FAULTS) == set(XbrlCode)
    assert FILER.cik == "0001234567"
