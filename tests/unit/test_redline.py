"""The redline as counsel reads it: what changed, why, tagged for whoever hears it, and public."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from board_report.documents.pdf import PdfResult
from board_report.documents.redline import redline_html, render_redline
from board_report.governance.filing_changes import count_changes, filing_changes
from board_report.resources import templates_folder
from board_report.story.public_record import public_record
from board_report.story.redline import redline_context
from board_report.story.redline_page import Piece, RedlineContext, RedlineEntry
from tests.governance_data import (
    carrying,
    fact,
    figures,
    filed,
    project,
    record,
    said,
    tables,
)
from tests.planted import everything_in, plant_tables

MOMENT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
PROCESSES, EFFECTS, OVERSIGHT = "106(b)(1)", "106(b)(2)", "106(c)(1) oversight"
TRAINED = "Employees receive security training when they join and once a year after that."
GIVEN: dict[str, Any] = {
    "attestations": [
        said(1, PROCESSES, "CISO", "2026-10-06", "We review our scenarios every quarter."),
        said(2, EFFECTS, "GC", "2026-10-08", "A risk has affected us."),
        said(3, OVERSIGHT, "CHAIR", "2026-10-08", "Our board oversees these risks."),
        said(4, "106(c)(2)(ii)", "CISO", "2026-10-06", TRAINED),
    ],
    "item_106_facts": [fact(EFFECTS, "yes", "GC"), fact("106(b)(1)(iii)", "yes")],
    "prior_disclosure": [
        filed(PROCESSES, "We review our scenarios every year.", 1),
        filed(PROCESSES, TRAINED, 2),
        filed(EFFECTS, "No risk has affected us.", 1, "no"),
        filed(OVERSIGHT, "Our board oversees these risks."),
        filed("106(b)(1)(iii)", "We assess providers.", 1, "yes"),
    ],
}


def context(show_all: bool = False, **changes: Any) -> RedlineContext:
    made = redline_context(record(tables(**(GIVEN | changes))), show_all=show_all)
    assert made is not None
    return made


def entries(made: RedlineContext) -> dict[str, RedlineEntry]:
    return {
        f"{entry.sub_item} {entry.label}": entry
        for section in made.sections
        for heading in section.headings
        for entry in heading.entries
    }


def reasons(entry: RedlineEntry) -> list[list[str]]:
    return [
        [str(each).replace("\u00a0", " ") for each in paragraph.reasons]
        for paragraph in entry.paragraphs
    ]


def pdf(made: RedlineContext) -> PdfResult:
    return render_redline(made, templates=templates_folder(), generated_at=MOMENT)


def words(result: PdfResult) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(result.data)).pages)
    return " ".join(text.split())


# What is told


def test_there_is_none_without_an_earlier_filing() -> None:
    assert redline_context(record()) is None


def test_sub_items_of_which_nothing_was_or_is_said_are_left_out() -> None:
    assert list(entries(context())) == [
        "106(b)(1) Processes",
        "106(b)(1)(iii) Service providers",
        "106(b)(2) Effects: risks, not only incidents",
        "106(c)(1) Board oversight",
        "106(c)(2)(ii) Informing and monitoring",
    ]


def test_words_are_marked_in_their_paragraph() -> None:
    first, moved = entries(context())["106(b)(1) Processes"].paragraphs

    assert first.pieces == (
        Piece("equal", "We review our scenarios every", space=True),
        Piece("delete", "year", space=True),
        Piece("insert", "quarter"),
        Piece("equal", "."),
    )
    assert moved.pieces == (Piece("moved_from", TRAINED, "M1"),)


def test_reasons_are_what_is_on_record() -> None:
    found = entries(context())

    assert reasons(found["106(b)(1) Processes"]) == [
        ["I. Drummond, CISO, 6 Oct 2026 · A-01"],
        ["M1 moved to 106(c)(2)(ii)."],
    ]
    assert reasons(found["106(b)(2) Effects: risks, not only incidents"]) == [
        ["Fact was no, is yes.", "R. Achterberg, GC, 8 Oct 2026 · A-02"]
    ]
    assert reasons(found["106(c)(2)(ii) Informing and monitoring"]) == [
        [
            "Nothing was filed here for 2025.",
            "I. Drummond, CISO, 6 Oct 2026 · A-04",
            "M1 moved from 106(b)(1).",
        ]
    ]


def test_counts_are_of_what_a_reader_sees() -> None:
    counts = context().counts

    # year -> quarter and No risk -> A risk; the training moved, and the providers wait.
    assert (counts.insertions, counts.deletions, counts.moves) == (2, 2, 1)
    assert (counts.words_inserted, counts.words_deleted) == (2, 2)
    assert (counts.changed, counts.as_filed, counts.waiting) == (4, 1, 1)


def test_what_waits_to_be_confirmed_is_no_deletion() -> None:
    entry = entries(context())["106(b)(1)(iii) Service providers"]

    assert (entry.paragraphs, entry.waiting) == ((), ("We assess providers.",))
    assert entry.waiting_for == "I. Drummond, CISO"


def test_what_a_gap_leaves_out_is_a_deletion_with_its_reason() -> None:
    rows = [
        said(1, PROCESSES, "CISO", "2026-10-06", "We have a program."),
        said(2, PROCESSES, "GC", None, "We test it."),
    ]
    made = context(
        attestations=rows,
        prior_disclosure=[
            filed(PROCESSES, "We have a program.", 1),
            filed(PROCESSES, "We test it.", 2),
        ],
    )

    kept, gone = entries(made)["106(b)(1) Processes"].paragraphs
    assert (kept.is_changed, kept.summary) == (False, "As filed: We have a program.")
    assert [str(each) for each in gone.reasons] == ["Gap: waits for R. Achterberg, GC."]
    assert gone.pieces == (Piece("delete", "We test it."),)


def test_as_filed_is_one_line_or_all_of_it() -> None:
    text = "Our board oversees these risks, and it does so with great care each time it meets."
    changes: dict[str, Any] = {
        "attestations": [carrying(1, OVERSIGHT, "CHAIR", "2026-10-08")],
        "prior_disclosure": [filed(OVERSIGHT, text)],
    }
    [paragraph] = entries(context(**changes))["106(c)(1) Board oversight"].paragraphs

    assert len(paragraph.summary) <= 64
    assert paragraph.summary.startswith("As filed: Our board oversees these risks")
    assert paragraph.summary.endswith(" …")
    assert text not in redline_html(context(**changes), templates_folder())
    assert text in redline_html(context(show_all=True, **changes), templates_folder())
    assert context(**changes).counts.is_same


@pytest.mark.parametrize(
    ("year", "title"),
    [(2025, "What changed since last year"), (2024, "What changed since fiscal year 2024")],
)
def test_title_names_the_year_that_it_speaks_of(year: int, title: str) -> None:
    rows = [filed(OVERSIGHT, "We oversee.", fiscal_year=year, filed_on=f"{year + 1}-02-20")]

    assert context(prior_disclosure=rows).title == title


# Paragraphs


def test_paragraphs_of_the_new_text_keep_their_number() -> None:
    [found] = filing_changes(
        {"a": ["One is first.", "Two went away.", "Three is last of all."]},
        {"a": ["One is first.", "Three is last of all."]},
    ).values()

    assert [(each.at, each.text, each.old_text) for each in found] == [
        (0, "One is first.", "One is first."),
        (None, "", "Two went away."),
        (1, "Three is last of all.", "Three is last of all."),
    ]
    assert count_changes(found).changed == 1


def test_paragraphs_that_were_joined_are_as_filed() -> None:
    joined = "One is first. Two is next."
    [found] = filing_changes({"a": ["One is first.", "Two is next."]}, {"a": [joined]}).values()

    assert [(each.is_changed, each.text) for each in found] == [(False, joined)]


# The page


def test_page_prints_it_without_a_complaint() -> None:
    result = pdf(context())
    text = words(result)

    assert result.warnings == ()
    assert "Item 1C as filed on Form 10-K on 20 February 2026, against this draft." in text
    assert "2 insertions 2 deletions 1 moved 4 paragraphs changed, 1 as filed" in text
    assert "1 carried forward, not attested" in text
    assert "We review our scenarios every year quarter." in text
    assert "Not filed; draft for counsel, not legal advice. Rules checked on 5 Oct 2026." in text


def test_page_of_no_change_says_so() -> None:
    rows = [carrying(1, OVERSIGHT, "CHAIR", "2026-10-08")]
    result = pdf(context(attestations=rows, prior_disclosure=[filed(OVERSIGHT, "We oversee.")]))

    assert "Nothing changed: 1 paragraph is as filed." in words(result)
    assert "put in" not in words(result)


def spoken(data: bytes) -> list[tuple[str, str]]:
    """What is read out in place of marked words, and the line that they have, in reading order."""
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if not isinstance(node, dict):
            return
        if "/ActualText" in node:
            found.append((str(node["/ActualText"]), str(node["/A"]["/TextDecorationType"])))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid)

    walk(PdfReader(BytesIO(data)).root_object["/StructTreeRoot"])
    return found


def test_marks_are_read_out() -> None:
    found = spoken(pdf(context()).data)

    assert ("deleted: year", "/LineThrough") in found
    assert ("inserted: quarter", "/Underline") in found
    away = " ".join(text.removeprefix("moved away: ") for text, _ in found if "away" in text)
    here = " ".join(text.removeprefix("moved here: ") for text, _ in found if "here" in text)
    assert away == here == TRAINED


def test_a_long_line_breaks_at_its_end() -> None:
    """With a blank that no longer fits, the renderer would break it after the first word."""
    text = "Our board of directors oversees risks from cybersecurity threats. It "
    made = context(
        attestations=[said(1, OVERSIGHT, "CHAIR", "2026-10-08", f"{text}sets the tolerance too.")],
        prior_disclosure=[filed(OVERSIGHT, f"{text}does so too.")],
    )

    lines = PdfReader(BytesIO(pdf(made).data)).pages[0].extract_text().splitlines()

    assert "Our" not in [line.strip() for line in lines]


def test_html_in_a_filing_is_text() -> None:
    rows = [filed(OVERSIGHT, "We <b>oversee</b> & <script>act()</script>.")]
    page = redline_html(context(prior_disclosure=rows), templates_folder())

    assert "<script>" not in page
    assert "&lt;script&gt;act" in page


def test_same_record_same_bytes() -> None:
    assert pdf(context()).data == pdf(context()).data


def test_long_item_and_long_words_are_set_whole() -> None:
    old = " ".join(f"Sentence {n} tells of the risk number {n} in some words." for n in range(300))
    new = old.replace("number 7", "number seven").replace("some words", "w" * 120, 3)
    rows = [
        said(n + 1, PROCESSES, "CISO", "2026-10-06", text)
        for n, text in enumerate(new.split(" Sentence 150", 1))
    ]
    prior = [filed(PROCESSES, old)]
    result = pdf(context(show_all=True, attestations=rows, prior_disclosure=prior))

    assert result.warnings == ()
    assert "Sentence 299 tells of the risk" in words(result)
    assert result.pages > 3


# What only the board may read


def test_no_secret_of_the_board_reaches_the_redline() -> None:
    some, planted = plant_tables(tables(**GIVEN))
    made = redline_context(public_record(project(), some, figures()))
    assert made

    everything = everything_in(pdf(made).data)

    assert planted.found_in(repr(made)) == {}
    assert planted.found_in(everything) == {}
    assert "Corvane Medical Supply" in everything
    assert "inserted: quarter" in everything
