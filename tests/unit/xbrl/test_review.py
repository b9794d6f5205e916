"""The tagged text for review: bars, notes, values read back, and a page that can be printed."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from board_report.documents.xbrl.records import AnnualRecord, CurrentReport
from board_report.documents.xbrl.review import (
    ReviewRow,
    name_parts,
    render_tagged_review,
    tagged_review,
)
from board_report.model import Filer
from board_report.resources import templates_folder
from tests.unit.xbrl.samples import TWO_CLASSES, annual, incident, other_event

WHEN = datetime(2026, 10, 9, tzinfo=UTC)


def row(record: AnnualRecord | CurrentReport, words: str) -> ReviewRow:
    """The row of a paragraph or heading, by words in it."""
    rows = tagged_review(record).rows
    (found,) = [each for each in rows if words in each.before + each.flagged + each.after]
    return found


def test_bars_show_how_far_blocks_reach() -> None:
    record = annual()
    assert row(record, "We assess risks").bars == ("on", "off")
    assert row(record, "Integration").bars == ("gap", "off"), "the block goes on below"
    assert row(record, "integrated with").bars == ("on", "on")
    assert row(record, "Effects").bars == ("off", "off")
    assert row(record, "The Risk Committee").bars == ("on", "on")
    assert row(record, "informed every quarter").bars == ("on", "begin")
    assert row(record, "Governance").bars == ("off", "off")


def test_notes_name_tags_where_they_begin_or_go_on() -> None:
    notes = row(annual(), "integrated with").notes
    assert [(each.mark, "".join(each.words), each.is_continued, each.value) for each in notes] == [
        ("outer", "ManagementProcesses", True, ""),
        ("inner", "ManagementProcessesIntegratedTextBlock", False, ""),
        ("flag", "ManagementProcessesIntegratedFlag", False, "True"),
    ]
    assert row(annual(), "cover <systems>").notes == (), "nothing begins here"


def test_flags_show_their_words_and_the_value_read_back() -> None:
    found = row(annual(), "No risks have")
    assert found.flagged == "No risks have materially affected our strategy"
    assert (found.before, found.after) == ("", ".")
    assert found.notes[-1].value == "False"


def test_an_aspect_begins_where_another_ended() -> None:
    record = incident(amendment="Why it amends.")
    assert row(record, "On August 6").bars == ("on", "off")
    assert row(record, "It was ransomware").bars == ("begin", "off")
    assert row(record, "Mail was not").bars == ("on", "off")
    assert row(record, "forward-looking").bars == ("off", "off")
    assert row(record, "Why it amends").notes[0].words == ("Amendment", "Description")


def test_what_is_open_is_said() -> None:
    texts, answers = {"106(b)(1)(iii)": ()}, {"106(b)(1)(iii)": False}
    record = annual(texts=texts, answers=answers, filer=Filer("Larkfield", "", ein="12-3456789"))
    points = tagged_review(record).open_points
    assert "Not on file in report.toml: company.cik." in points
    assert not any("filer.ein" in each for each in points)
    assert points[-1] == (
        "The answer to 106(b)(1)(iii) "
        "(cyd:CybersecurityRiskThirdPartyOversightAndIdentificationProcessesFlag) is no, and "
        "nothing is said to it."
    )
    assert tagged_review(annual()).open_points == ()


def test_names_can_break_between_their_words() -> None:
    assert name_parts("CybersecurityRiskRoleOfManagementTextBlock", "CybersecurityRisk") == (
        *("Role", "Of", "Management", "Text", "Block"),
    )
    assert "".join(name_parts("Security12bTitle", "")) == "Security12bTitle"


LONG = " ".join(["Aworthylongsentencewithoutanyspacesatallinitwhatsoever"] * 90)
WORST = (
    annual(notice=("A draft.", "Rules checked on 5 Oct 2026.")),
    annual(texts={"106(b)(1)": (LONG, LONG)}, filer=TWO_CLASSES),
    annual(filer=Filer("L" * 150, "")),
    incident(filer=TWO_CLASSES, amendment="Why."),
    other_event(),
)


@pytest.mark.slow
@pytest.mark.parametrize("record", WORST, ids=["plain", "long", "nothing known", "8-K/A", "8.01"])
def test_the_sheet_is_printed_without_complaint(record: AnnualRecord | CurrentReport) -> None:
    done = render_tagged_review(record, templates_folder(), WHEN)
    assert done.warnings == ()
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(done.data)).pages)
    assert "not legal advice" in text
    assert f"{record.stem}.htm" in text


@pytest.mark.slow
def test_the_same_record_gives_the_same_sheet() -> None:
    first = render_tagged_review(incident(), templates_folder(), WHEN)
    assert first == render_tagged_review(incident(), templates_folder(), WHEN)
