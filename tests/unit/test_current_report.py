"""A current report on an incident: from what is public of it to the page and to the tags."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from board_report.documents.current_report import current_report_html, render_current_report
from board_report.documents.tagged_current import is_tagged, tagged_report
from board_report.documents.xbrl.reader import read_facts
from board_report.documents.xbrl.writer import write_current_report
from board_report.errors import DocumentError
from board_report.governance.incident_public import (
    IncidentPublicRecord,
    IncidentStatement,
    PriorFiling,
)
from board_report.model import Filer, ListedSecurity
from board_report.resources import templates_folder
from board_report.story.current_report import CurrentReport
from board_report.story.incident_report import current_report

MOMENT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
FILER = Filer(
    registrant_name="Example & Sons, Inc.",
    cik="0000000000",
    file_number="001-00000",
    incorporated_in="DE",
    ein="00-0000000",
    address_lines=("1 Main Street",),
    city="Springfield",
    state="IL",
    postal_code="62700",
    area_code="217",
    phone="555-0142",
    securities=(ListedSecurity("Common Stock", "EXM", "NYSE"),),
    is_emerging_growth=False,
    file_prefix="example",
)


def said(aspect: str, text: str) -> IncidentStatement:
    return IncidentStatement(aspect, text, "GC", "General Counsel", date(2026, 10, 13))


WHOLE = IncidentPublicRecord(
    form="8-K",
    item="1.05",
    amendment=0,
    event_on=date(2026, 10, 10),
    statements=(
        said("nature", "An intruder copied files from a system that we use."),
        said("scope", "Two of our business units are concerned."),
        said("timing", "It began on September 28, 2026 and has ended."),
        said("impact", "Orders of three days were lost."),
    ),
    undetermined=(),
    prior_filings=(),
)


def without(record: IncidentPublicRecord, aspect: str) -> IncidentPublicRecord:
    kept = tuple(each for each in record.statements if each.aspect != aspect)
    return replace(record, statements=kept)


def text_of(page: CurrentReport) -> str:
    data = render_current_report(page, templates=templates_folder(), generated_at=MOMENT).data
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(data)).pages)
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def test_a_whole_report_has_every_aspect_and_no_gap() -> None:
    page = current_report(WHOLE, FILER, signs="General Counsel")

    assert page.gaps == ()
    text = text_of(page)
    for words in (
        "Form 8-K",
        "October 10, 2026",
        "Delaware",
        "1 Main Street, Springfield, IL 62700",
        "(217) 555-0142",
        "New York Stock Exchange",
        "Item 1.05. Material Cybersecurity Incidents",
        *(each.text for each in WHOLE.statements),
        "To be signed by the General Counsel",
        "Not legal advice.",
    ):
        assert words in text
    assert "GAP" not in text


@pytest.mark.parametrize("aspect", ["nature", "scope", "timing", "impact"])
def test_each_aspect_that_the_item_asks_for_is_a_gap_when_nobody_said_it(aspect: str) -> None:
    page = current_report(without(WHOLE, aspect), FILER)

    (gap,) = page.gaps
    assert gap.endswith("No attested statement is on file, and the item asks for it.")
    (part,) = [each for each in page.parts if each.gaps]
    assert part.aspect == aspect


def test_what_is_not_determined_has_to_be_said() -> None:
    silent = replace(WHOLE, undetermined=("scope", "impact"))
    page = current_report(silent, FILER)
    assert page.gaps == (
        "Not determined or available: Something of its scope and material impact is not "
        "determined or available, and no statement says so.",
    )

    told = said("undetermined", "We do not know yet how many persons are concerned.")
    page = current_report(replace(silent, statements=(*silent.statements, told)), FILER)
    assert page.gaps == ()
    facts = {
        each.name: each.value
        for each in read_facts(write_current_report(tagged_report(page))["example-20261010.htm"])
    }
    name = "cyd:MaterialCybersecurityIncidentInformationNotAvailableOrUndeterminedTextBlock"
    assert "how many persons are concerned" in facts[name]


def test_an_amendment_names_what_it_amends() -> None:
    filed = PriorFiling("8-K", "1.05", date(2026, 10, 15), "", 0)
    amended = replace(WHOLE, form="8-K/A", amendment=1, prior_filings=(filed,))

    text = text_of(current_report(amended, FILER))

    assert "(Amendment No. 1)" in text
    assert "supplements the report on Form 8-K filed on October 15, 2026 under Item 1.05" in text


def test_other_events_ask_for_no_aspect_but_for_something_to_say() -> None:
    other = replace(WHOLE, item="8.01", statements=WHOLE.statements[:1])
    page = current_report(other, FILER)
    assert page.gaps == ()
    facts = read_facts(write_current_report(tagged_report(page))["example-20261010.htm"])
    assert not [each for each in facts if each.name.startswith("cyd:")]
    assert "An intruder copied files" in text_of(page)

    page = current_report(replace(other, statements=()), FILER)
    assert page.gaps == (
        "Nature: No attested statement is on file, so there is nothing to report.",
    )
    with pytest.raises(DocumentError, match="no statement is attested"):
        tagged_report(page)


def test_a_foreign_issuer_furnishes_a_form_that_is_not_tagged() -> None:
    page = current_report(replace(WHOLE, form="6-K", item=""), FILER)

    assert not is_tagged(page)
    text = text_of(page)
    assert "Rule 13a-16 or 15d-16" in text
    assert "Item 1.05." not in text
    assert "Emerging growth" not in text


def test_the_tags_say_what_the_page_says() -> None:
    page = current_report(WHOLE, FILER)
    facts = {
        each.name: each.value
        for each in read_facts(write_current_report(tagged_report(page))["example-20261010.htm"])
    }

    for aspect, name in (
        ("nature", "NatureTextBlock"),
        ("scope", "ScopeTextBlock"),
        ("timing", "TimingTextBlock"),
        ("impact", "MaterialImpactOrReasonablyLikelyMaterialImpactTextBlock"),
    ):
        (statement,) = [each for each in WHOLE.statements if each.aspect == aspect]
        assert statement.text in facts[f"cyd:MaterialCybersecurityIncident{name}"]
    assert facts["dei:EntityRegistrantName"] == "Example & Sons, Inc."
    assert facts["dei:DocumentPeriodEndDate"] == "2026-10-10"
    assert facts["dei:DocumentType"] == "8-K"


def test_a_statement_is_text_and_never_markup() -> None:
    hostile = said("nature", "<script>alert(1)</script> & <b>bold</b>")
    page = current_report(replace(WHOLE, statements=(hostile, *WHOLE.statements[1:])), FILER)

    html = current_report_html(page, templates_folder())
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    document = write_current_report(tagged_report(page))["example-20261010.htm"]
    assert b"<script" not in document


def test_a_report_without_a_date_cannot_be_tagged() -> None:
    page = current_report(replace(WHOLE, event_on=None), FILER)

    assert "to be dated" in text_of(page)
    with pytest.raises(DocumentError, match="no date of an event"):
        tagged_report(page)


def test_what_is_not_on_file_of_the_registrant_is_a_marked_gap() -> None:
    bare = Filer(registrant_name="Example & Sons, Inc.", cik="")
    text = text_of(current_report(WHOLE, bare))

    assert text.count("GAP: not on file") == 5
    assert "whether the registrant is an emerging growth company is not on file" in text
