"""What is written: nesting, continuation, flags from facts, the cover, and the files beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.documents.xbrl.elements import cyd_elements
from board_report.documents.xbrl.pieces import plain, sentences, untagged_answers
from board_report.documents.xbrl.read_records import ReadFact
from board_report.documents.xbrl.reader import read_document, read_facts
from board_report.documents.xbrl.records import CurrentReport, IncidentAspect
from board_report.documents.xbrl.writer import (
    FRAGMENT_CONTEXT,
    write_annual,
    write_current_report,
)
from board_report.model import Filer
from tests.unit.xbrl.samples import ANSWERS, FILER, TWO_CLASSES, annual, incident, other_event

RISK = "CybersecurityRisk"
IX = "{http://www.xbrl.org/2013/inlineXBRL}"


def facts_of(files: dict[str, bytes]) -> dict[str, ReadFact]:
    """Facts of the document by local name."""
    (page,) = [data for name, data in files.items() if name.endswith(".htm")]
    return {each.local_name: each for each in read_facts(page)}


def test_files_are_named_as_filers_name_them() -> None:
    assert sorted(write_annual(annual())) == [
        "lkf-20261231-fragment.xhtml",
        "lkf-20261231.htm",
        "lkf-20261231.xsd",
        "lkf-20261231_pre.xml",
    ]
    assert sorted(write_current_report(incident(filer=TWO_CLASSES))) == [
        "lkf-20260817.htm",
        "lkf-20260817.xsd",
        "lkf-20260817_def.xml",
        "lkf-20260817_lab.xml",
        "lkf-20260817_pre.xml",
    ]


def test_same_record_gives_same_bytes() -> None:
    assert write_annual(annual()) == write_annual(annual())
    assert write_current_report(incident()) == write_current_report(incident())


def test_the_page_is_as_edgar_takes_it() -> None:
    """ASCII, no document type, no style sheet, nothing that is fetched or run."""
    page = write_annual(annual())["lkf-20261231.htm"]
    assert page.isascii()
    assert b"<!DOCTYPE" not in page
    assert b"<style" not in page
    document = read_document(page)
    assert document.outside == ()
    assert document.has_xhtml_root
    assert document.schema_refs == ("lkf-20261231.xsd",)


def test_every_annual_element_is_tagged_once() -> None:
    wanted = {
        each.name
        for each in cyd_elements().values()
        if each.network == "af" and not each.is_abstract
    }
    found = [
        each.local_name
        for each in read_facts(write_annual(annual())["lkf-20261231.htm"])
        if each.name.startswith("cyd:")
    ]
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_text_blocks_hold_what_stands_in_them() -> None:
    """Joined over headings, which are no part of them, and nested."""
    facts = facts_of(write_annual(annual()))
    whole = facts[f"{RISK}ManagementProcessesForAssessingIdentifyingAndManagingThreatsTextBlock"]
    assert whole.text == (
        "We assess risks & manage them. We cover <systems> of others. "
        "They are integrated with enterprise risk by Acme Inc. of Ohio. More. "
        "We engage consultants. We review service providers."
    )
    assert whole.continuations == 2
    inner = facts[f"{RISK}ManagementProcessesIntegratedTextBlock"]
    assert inner.text == "They are integrated with enterprise risk by Acme Inc. of Ohio. More."
    assert inner.value in whole.value
    management = facts[f"{RISK}RoleOfManagementTextBlock"]
    assert management.text == (
        "Our CISO is responsible. The CISO has twenty years of experience. "
        "Staff monitor incidents. The CISO reports to the committee."
    )
    assert "board oversees" not in management.text


def test_nested_facts_stand_inside_their_block() -> None:
    root = ElementTree.fromstring(write_annual(annual())["lkf-20261231.htm"])
    above = {child: parent for parent in root.iter() for child in parent}

    def holders(name: str) -> list[str]:
        (element,) = [
            each for each in root.iter(f"{IX}nonNumeric") if each.get("name") == f"cyd:{RISK}{name}"
        ]
        found = []
        while element in above:
            element = above[element]
            if element.tag in (f"{IX}nonNumeric", f"{IX}continuation"):
                found.append(element.get("name") or element.get("id") or "")
        return found

    chain = holders("ManagementProcessesIntegratedFlag")
    assert chain[0] == f"cyd:{RISK}ManagementProcessesIntegratedTextBlock"
    assert len(chain) == 2, "within the continuation of the block of processes"
    assert holders("ManagementExpertiseOfManagementResponsibleTextBlock") == [
        f"cyd:{RISK}RoleOfManagementTextBlock"
    ]


@pytest.mark.parametrize("answer", [True, False])
def test_flags_come_from_facts_and_not_from_words(answer: bool) -> None:
    """The words stay what they are, whatever the fact says."""
    texts = {"106(b)(1)(ii)": ("We do not engage any third parties.",)}
    facts = facts_of(write_annual(annual(texts=texts, answers={"106(b)(1)(ii)": answer})))
    flag = facts[f"{RISK}ManagementThirdPartyEngagedFlag"]
    assert flag.value == ("true" if answer else "false")
    assert flag.format == f"ixt:fixed-{'true' if answer else 'false'}"
    assert flag.text == "We do not engage any third parties"


def test_a_fact_that_nobody_knows_has_no_flag() -> None:
    facts = facts_of(write_annual(annual(answers={"106(b)(1)(ii)": None})))
    assert f"{RISK}ManagementThirdPartyEngagedFlag" not in facts


def test_a_no_of_which_nothing_is_said_has_no_flag_and_is_told() -> None:
    record = annual(texts={"106(b)(1)(iii)": ()}, answers={"106(b)(1)(iii)": False})
    assert f"{RISK}ThirdPartyOversightAndIdentificationProcessesFlag" not in facts_of(
        write_annual(record)
    )
    assert untagged_answers(record) == (("106(b)(1)(iii)", False),)
    assert untagged_answers(annual()) == ()


def test_a_flag_stands_on_the_sentence_that_speaks_of_it() -> None:
    """Not on the first, which tells of an incident and would read as its opposite."""
    flag = facts_of(write_annual(annual()))[
        f"{RISK}MateriallyAffectedOrReasonablyLikelyToMateriallyAffectRegistrantFlag"
    ]
    assert (flag.text, flag.value) == (
        "No risks have materially affected our strategy",
        "false",
    )


def test_nothing_on_cybersecurity_is_hidden_and_blocks_are_escaped() -> None:
    for files in (write_annual(annual()), write_current_report(incident())):
        for fact in facts_of(files).values():
            if fact.name.startswith("cyd:"):
                assert not fact.is_hidden
                assert fact.is_escaped == fact.local_name.endswith("TextBlock")


def test_the_heading_under_which_nothing_is_said_is_left_out() -> None:
    page = write_annual(annual(texts={"106(b)(2)": ()}))["lkf-20261231.htm"].decode()
    assert ">Effects<" not in page
    assert ">Effects<" in write_annual(annual())["lkf-20261231.htm"].decode()


def test_markup_in_a_statement_is_text() -> None:
    texts = {"106(b)(1)": ("<script>alert(1)</script> & <ix:nonNumeric name='x'>",)}
    document = read_document(write_annual(annual(texts=texts))["lkf-20261231.htm"])
    assert document.outside == ()
    assert "<script>alert(1)</script> & <ix:nonNumeric name='x'>" in document.text


def test_cover_facts_of_an_annual_report() -> None:
    facts = facts_of(write_annual(annual()))
    assert {name: facts[name].value for name in (
        *("DocumentType", "DocumentPeriodEndDate", "CurrentFiscalYearEndDate"),
        *("DocumentFiscalYearFocus", "EntityCentralIndexKey", "EntityRegistrantName"),
        *("EntityFileNumber", "EntityIncorporationStateCountryCode", "SecurityExchangeName"),
        *("AmendmentFlag", "EntityEmergingGrowthCompany", "TradingSymbol"),
    )} == {
        "DocumentType": "10-K",
        "DocumentPeriodEndDate": "2026-12-31",
        "CurrentFiscalYearEndDate": "--12-31",
        "DocumentFiscalYearFocus": "2026",
        "EntityCentralIndexKey": "0001234567",
        "EntityRegistrantName": "Larkfield Freight, Inc.",
        "EntityFileNumber": "001-12345",
        "EntityIncorporationStateCountryCode": "DE",
        "SecurityExchangeName": "NYSE",
        "AmendmentFlag": "false",
        "EntityEmergingGrowthCompany": "false",
        "TradingSymbol": "LKF",
    }  # fmt: skip


def test_a_cover_fact_that_is_missing_is_said_and_not_tagged() -> None:
    bare = Filer(registrant_name="Larkfield Freight, Inc.", cik="")
    page = write_current_report(incident(filer=bare))["registrant-20260817.htm"]
    facts = {each.local_name for each in read_facts(page)}
    assert not facts & {"EntityFileNumber", "EntityTaxIdentificationNumber", "Security12bTitle"}
    assert "EntityEmergingGrowthCompany" not in facts
    assert page.decode().count("[not on file]") == 3 + 4 + 2 + 3 + 1


def test_contexts_are_the_fiscal_year_and_the_day_of_the_event() -> None:
    year = read_document(write_annual(annual())["lkf-20261231.htm"]).contexts["c-1"]
    assert (year.start, year.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (year.scheme, year.identifier) == ("http://www.sec.gov/CIK", "0001234567")
    day = read_document(write_current_report(incident())["lkf-20260817.htm"]).contexts["c-1"]
    assert day.start == day.end == date(2026, 8, 17)


def test_aspects_of_an_incident() -> None:
    facts = facts_of(write_current_report(incident()))
    assert {name: fact.text for name, fact in facts.items() if name.startswith("Material")} == {
        "MaterialCybersecurityIncidentTimingTextBlock": (
            "On August 6, 2026 we detected unauthorized activity."
        ),
        "MaterialCybersecurityIncidentNatureTextBlock": (
            "It was ransomware on a gateway. Mail was not touched."
        ),
        "MaterialCybersecurityIncidentScopeTextBlock": "Nine of 62 terminals stopped.",
        "MaterialCybersecurityIncidentMaterialImpactOrReasonablyLikelyMaterialImpactTextBlock": (
            "It is reasonably likely to lower our third quarter."
        ),
        "MaterialCybersecurityIncidentInformationNotAvailableOrUndeterminedTextBlock": (
            "Whether data left is not determined."
        ),
    }


def test_an_impact_that_is_not_determined_is_not_claimed() -> None:
    record = incident(aspects=(IncidentAspect("undetermined", ("The impact is not known.",)),))
    names = [name for name in facts_of(write_current_report(record)) if "Incident" in name]
    assert names == ["MaterialCybersecurityIncidentInformationNotAvailableOrUndeterminedTextBlock"]


def test_an_amendment_says_so_and_why() -> None:
    facts = facts_of(write_current_report(incident(amendment="To report the impact.")))
    assert facts["DocumentType"].value == "8-K/A"
    assert facts["AmendmentFlag"].value == "true"
    assert facts["AmendmentDescription"].value == "To report the impact."
    assert "AmendmentDescription" not in facts_of(write_current_report(incident()))


def test_item_8_01_has_its_cover_alone() -> None:
    files = write_current_report(other_event())
    assert not [name for name, each in facts_of(files).items() if each.name.startswith("cyd:")]
    assert b"cyd-8k-sub" not in files["lkf-20260817.xsd"]
    assert b"cyd-8k-sub-2026.xsd" in write_current_report(incident())["lkf-20260817.xsd"]


@pytest.mark.parametrize("changes", [{"aspects": ()}, {"item": "8.01"}])
def test_records_that_cannot_be_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"Item \d"):
        incident(**changes)


def test_boxes_are_false_unless_said_otherwise() -> None:
    ticked = replace(FILER, soliciting_material=True)
    facts = facts_of(write_current_report(incident(filer=ticked)))
    assert (facts["SolicitingMaterial"].value, facts["SolicitingMaterial"].text) == ("true", "☒")
    assert (facts["WrittenCommunications"].value, facts["WrittenCommunications"].text) == (
        "false",
        "☐",
    )


def test_classes_of_stock_have_a_context_each() -> None:
    document = read_document(write_current_report(incident(filer=TWO_CLASSES))["lkf-20260817.htm"])
    titles = [each for each in document.facts if each.local_name == "Security12bTitle"]
    members = [document.contexts[each.context_id].members for each in titles]
    assert members == [
        (("us-gaap:StatementClassOfStockAxis", "lkf:CommonStockParValue001Member"),),
        (("us-gaap:StatementClassOfStockAxis", "lkf:Class65SeriesAPreferredStockMember"),),
    ]
    assert [each.value for each in document.facts if each.local_name == "NoTradingSymbolFlag"] == [
        "true"
    ]


def test_the_schema_imports_the_entry_point_and_dei_of_one_year() -> None:
    schema = write_annual(annual())["lkf-20261231.xsd"].decode()
    assert re.findall(r'schemaLocation="https://xbrl.sec.gov/([^"]+)"', schema) == [
        "cyd/2026/cyd-af-sub-2026.xsd",
        "cyd/2026/cyd-2026.xsd",
        "dei/2026/dei-2026.xsd",
    ]
    assert 'targetNamespace="http://www.larkfield.example/20261231"' in schema
    assert 'href="lkf-20261231_pre.xml"' in schema


@pytest.mark.parametrize(("year", "used"), [(2023, 2025), (2024, 2025), (2026, 2026), (2029, 2026)])
def test_reports_of_incidents_begin_with_the_taxonomy_of_2025(year: int, used: int) -> None:
    assert incident(event_date=date(year, 5, 4)).taxonomy_year == used


def test_the_fragment_is_the_item_alone_and_says_what_its_host_must_hold() -> None:
    fragment = write_annual(annual(notice=("A draft.",)))["lkf-20261231-fragment.xhtml"]
    whole = facts_of(write_annual(annual()))
    found = {each.local_name: each for each in read_facts(fragment)}
    assert {name: each.value for name, each in found.items()} == {
        name: each.value for name, each in whole.items() if each.name.startswith("cyd:")
    }
    assert {each.context_id for each in found.values()} == {FRAGMENT_CONTEXT}
    assert all(each.id.startswith("item1c-") for each in found.values())
    note = fragment.decode().partition("<!--")[2].partition("-->")[0]
    assert FRAGMENT_CONTEXT in note
    assert "cyd-af-sub-2026.xsd" in note
    assert "2026-01-01 to 2026-12-31" in note
    assert b"A draft.</" not in fragment
    assert ElementTree.fromstring(fragment).tag == "{http://www.w3.org/1999/xhtml}div"


def test_what_cannot_be_tagged_is_refused() -> None:
    record = annual()
    first = record.sections[0].headings[0]
    wrong = replace(first, items=(replace(first.items[0], sub_item="106(d)"),))
    section = replace(record.sections[0], headings=(wrong,))
    with pytest.raises(ValueError, match=r"106\(d\)"):
        write_annual(replace(record, sections=(section,)))


@given(st.text(max_size=200))
def test_any_words_come_back_as_they_are(words: str) -> None:
    """Whatever an officer writes, the tagged words are those words."""
    record = annual(texts={"106(b)(2)": (f"A {words} Z",)})
    name = f"{RISK}MateriallyAffectedOrReasonablyLikelyToMateriallyAffectRegistrantTextBlock"
    found = facts_of(write_annual(record))[name]
    assert found.text == plain(f"A {words} Z")


@given(st.text(alphabet="ab .!?A\u201d)", max_size=60))
def test_sentences_cover_their_text_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
    assert all(end <= following for (_, end), (following, _) in pairwise(spans))


def test_sentences_know_abbreviations() -> None:
    text = "We work with Acme Inc. of Ohio. Our U.S. team reports. Done"
    assert [text[start:end] for start, end in sentences(text)] == [
        "We work with Acme Inc. of Ohio",
        "Our U.S. team reports",
        "Done",
    ]


def test_the_answers_of_the_sample_are_all_flags() -> None:
    """The test's own table against the elements that carry yes or no."""
    flags = [each for each in cyd_elements().values() if each.is_flag]
    assert {each.sub_item for each in flags} == set(ANSWERS)


def test_current_report_names_its_files_by_the_event() -> None:
    assert isinstance(incident(), CurrentReport)
    assert incident().stem == "lkf-20260817"
    assert replace(incident(), filer=replace(FILER, file_prefix="")).stem == "lkf-20260817"
