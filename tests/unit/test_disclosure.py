"""The draft for counsel as a page: what stands where, escaped, tagged, and whole."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from board_report.documents.disclosure import disclosure_html, render_disclosure
from board_report.documents.pdf import PdfResult
from board_report.resources import templates_folder
from board_report.story.public import public_context
from tests.governance_data import ATTESTATIONS, record, said, tables

MOMENT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)


def html(company: dict[str, Any] | None = None, **changes: Any) -> str:
    made = public_context(record(tables(**changes), **(company or {})))
    return disclosure_html(made, templates_folder())


def pdf(company: dict[str, Any] | None = None, **changes: Any) -> PdfResult:
    made = public_context(record(tables(**changes), **(company or {})))
    return render_disclosure(made, templates=templates_folder(), generated_at=MOMENT)


def reader(result: PdfResult) -> PdfReader:
    return PdfReader(BytesIO(result.data))


def words(result: PdfResult) -> str:
    """All text of the file with every run of blanks as one."""
    text = " ".join(page.extract_text() for page in reader(result).pages)
    return " ".join(text.split())


@pytest.fixture(scope="module")
def usual() -> PdfResult:
    return pdf()


class Outline(HTMLParser):
    """Heading levels, table cells without a scope, and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.unscoped = 0
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.unscoped += tag == "th" and dict(attrs).get("scope") not in ("col", "row")

    def handle_data(self, data: str) -> None:
        self.text += data


# What stands where


def test_every_attested_sentence_is_printed_and_no_other(usual: PdfResult) -> None:
    text = words(usual)
    printed = [
        each for each in ATTESTATIONS if each["attested_on"] and "{{" not in each["statement"]
    ]
    waiting = [each for each in ATTESTATIONS if not each["attested_on"]]

    assert (len(printed), len(waiting)) == (13, 1)
    for each in printed:
        # A hyphen at the end of a line is followed by a blank in the extracted text.
        assert re.sub(r"- ?", "-", each["statement"]) in re.sub(r"- ?", "-", text)
    assert waiting[0]["statement"] not in text
    assert "agenda of 5 meetings of the Board" in text


def test_headings_follow_the_rule(usual: PdfResult) -> None:
    outline = [str(item["/Title"]) for item in flat(reader(usual).outline)]

    assert outline[0] == "Item 1C. Cybersecurity"
    assert [each for each in outline if re.match(r"\d ", each)] == [
        "1 Risk management and strategy",
        "2 Governance",
    ]
    assert [each[:3] for each in outline if re.match(r"\d\.\d ", each)] == [
        "1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4",
    ]  # fmt: skip
    assert "Completeness against Item 106" in outline


def flat(outline: list[Any]) -> list[Any]:
    return [each for item in outline for each in (flat(item) if isinstance(item, list) else [item])]


def test_header_and_footer_stand_on_every_page(usual: PdfResult) -> None:
    pages = [" ".join(page.extract_text().split()) for page in reader(usual).pages]

    for number, page in enumerate(pages, start=1):
        assert "Corvane Medical Supply, Inc. · Form 10-K for fiscal year 2026" in page
        assert "Draft for counsel · 30 Sep 2026" in page
        assert "Not legal advice. Rules checked on 5 Oct 2026." in page
        assert f"{number} of {len(pages)}" in page


def test_margins_name_the_sub_item_and_who_attested(usual: PdfResult) -> None:
    text = words(usual)

    assert "106(b)(1)(i) Integration, and how" in text
    assert "H. Paulsen, CFO 7 Oct 2026 · A-04" in text


def test_gap_is_marked_with_its_owner(usual: PdfResult) -> None:
    assert (
        "GAP. A drafted statement waits to be attested (A-06), so nothing is claimed from it. "
        "To attest: R. Achterberg, GC."
    ) in words(usual)


def test_figures_are_listed_with_their_id(usual: PdfResult) -> None:
    text = words(usual)

    assert re.search(r"Title of committee_cyber_meetings committee_cyber_meetings 5\b", text)


def test_facts_for_tagging_are_yes_or_no() -> None:
    page = Outline(html()).text

    assert page.count("Flag") == 6
    assert re.search(r"a material effect\s*MateriallyAffected\w+Flag\s*No", page)
    assert "CIK" not in page
    assert "CIK 0001234567" in Outline(html({"cik": "0001234567"})).text


def test_twenty_f_is_item_16k() -> None:
    whole = html({"form": "20-F"})
    page = Outline(whole).text

    assert "Item 16K. Cybersecurity" in page
    assert "Form 20-F for fiscal year 2026" in whole
    assert "Item 1C" not in page
    assert "16K(c)(2)(iii)" in page


# Worst data


def test_nothing_attested_is_twelve_marked_gaps() -> None:
    result = pdf(attestations=(), item_106_facts=())
    text = words(result)

    assert text.count("GAP. No attestation is on file, so nothing is claimed.") == 12
    assert "0 of 12 sub-items of Item 106 are complete." in text
    assert result.warnings == ()
    assert result.pages <= 4


def test_sixty_attestations_are_all_printed() -> None:
    roles = ("CISO", "CTO", "GC")
    rows = [
        said(
            number,
            ATTESTATIONS[number % 15]["sub_item"],
            roles[number % 3],
            f"2026-0{1 + number % 9}-06",
            f"Statement number {number:03d} says what we do. " * 3,
        )
        for number in range(60)
    ]

    result = pdf(attestations=rows)

    assert result.warnings == ()
    assert set(re.findall(r"number (\d{3})", words(result))) == {f"{n:03d}" for n in range(60)}


def test_row_stays_with_its_margin_notes() -> None:
    """On no page does a note stand without the paragraph it belongs to."""
    rows = [
        said(
            number,
            "106(b)(1)",
            "CISO",
            f"2026-0{1 + number % 9}-06",
            f"Paragraph {number:02d} " * 20,
        )
        for number in range(10, 50)
    ]

    for page in reader(pdf(attestations=rows)).pages:
        text = page.extract_text()
        assert set(re.findall(r"· A-(\d\d)", text)) == set(re.findall(r"Paragraph (\d\d)", text))


def test_long_sentence_and_long_word_stay_in_their_column() -> None:
    long = "We review " + "each of the many systems on which we depend " * 6 + "x" * 300
    result = pdf(attestations=[said(1, "106(b)(1)", "CISO", "2026-10-06", long)])

    def right_edge(text: str, _cm: Any, matrix: list[float], *_: Any) -> None:
        if "xxx" in text:
            edges.append(matrix[4])

    edges: list[float] = []
    for page in reader(result).pages:
        page.extract_text(visitor_text=right_edge)

    assert result.warnings == ()
    assert words(result).replace(" ", "").count("x" * 300) == 1
    assert len(edges) > 1


def test_very_long_statement_runs_over_the_page() -> None:
    long = " ".join(f"Sentence {number:03d} of one statement is here." for number in range(150))
    result = pdf(attestations=[said(1, "106(b)(1)", "CISO", "2026-10-06", long)])

    assert set(re.findall(r"Sentence (\d{3})", words(result))) == {f"{n:03d}" for n in range(150)}


@pytest.mark.parametrize("where", ["statement", "name", "reason"])
def test_markup_is_text(where: str) -> None:
    nasty = '<script>alert("x")</script> & <b>bold</b> <img src="http://example.com/x">'
    rows = [said(1, "106(b)(1)", "CISO", "2026-10-06", nasty if where == "statement" else "We do.")]
    facts = [
        {
            "sub_item": "106(b)(1)(ii)", "answer": "not_applicable", "attested_by_role": "CISO",
            "attested_on": "2026-10-06", "reason": nasty if where == "reason" else "None.",
        }
    ]  # fmt: skip
    company = {"name": nasty} if where == "name" else {}

    page = html(company, attestations=rows, item_106_facts=facts)

    assert "<script" not in page
    assert "<b>bold" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    printed = words(pdf(company, attestations=rows, item_106_facts=facts))
    assert nasty.replace(" ", "") in printed.replace(" ", "")


def test_right_to_left_text_does_no_harm() -> None:
    rows = [
        said(1, "106(b)(1)", "CISO", "2026-10-06", "\u202eשלום 2026"),
        said(2, "106(b)(1)(i)", "CFO", "2026-10-07", "The next sentence reads as before."),
    ]

    result = pdf(attestations=rows)
    text = PdfDocument(result.data)[0].get_textpage().get_text_range()

    # The mark that turns the order is dropped; the fonts have no such letters, and that is said.
    assert "The next sentence reads as before." in text
    assert "6202" not in text
    assert result.warnings
    assert all("glyph" in each for each in result.warnings)


# The file


def test_usual_draft_has_no_warning_and_four_pages(usual: PdfResult) -> None:
    assert (usual.warnings, usual.pages) == ((), 4)


def test_pages_are_letter_size(usual: PdfResult) -> None:
    assert {tuple(map(float, page.mediabox[2:])) for page in reader(usual).pages} == {(612, 792)}


def test_same_bytes_again(usual: PdfResult) -> None:
    assert pdf().data == usual.data


def test_title_author_and_language(usual: PdfResult) -> None:
    found = reader(usual)

    assert found.metadata is not None
    assert found.metadata.title == (
        "Item 1C. Cybersecurity: Corvane Medical Supply, Inc., fiscal year 2026 (draft for counsel)"
    )
    assert found.metadata.author == "Corvane Medical Supply, Inc."
    assert found.trailer["/Root"]["/Lang"] == "en"


def test_heading_levels_never_skip_and_cells_have_a_scope() -> None:
    page = Outline(html())

    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.levels, page.levels[1:], strict=False))
    assert page.unscoped == 0


def test_file_embeds_nothing(usual: PdfResult) -> None:
    assert reader(usual).attachments == {}
