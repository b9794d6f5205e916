"""The sample's decks in each mode and its briefing book: pages, figures, layout, conformance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from board_report import pipeline
from board_report.documents.pdf import PdfResult
from board_report.resources import sample_folder
from board_report.story.briefing_page import BriefingContext
from board_report.story.page import Mode
from tests.tools.layout import check_layout, pages_of
from tests.tools.layout import text_of as words_of
from tests.verapdf import assert_archival


@cache
def inputs() -> pipeline.Inputs:
    return pipeline.read_inputs(sample_folder())


@cache
def story() -> pipeline.Story:
    return pipeline.tell_story(inputs(), *pipeline.compute_figures(inputs()))


@cache
def deck(mode: Mode) -> PdfResult:
    context = pipeline.deck_context(story(), mode)
    return pipeline.render_deck(context, pipeline.created_at(inputs().project))


def context_of_book(mode: Mode = Mode.FULL) -> BriefingContext:
    return pipeline.briefing_context(story(), mode)


@cache
def book(mode: Mode = Mode.FULL) -> PdfResult:
    created = pipeline.created_at(inputs().project)
    return pipeline.render_briefing(context_of_book(mode), created)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\ufffe", "-"))


def squeezed(text: str) -> str:
    """Without blanks, which a reader of PDF guesses from the gaps between letters."""
    return re.sub(r"\s", "", plain(text))


def page_texts(data: bytes) -> dict[int, str]:
    return {number: plain(words_of(words)) for number, words in pages_of(data)}


def bookmarks(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [each.get_title() for each in document.get_toc()]
    finally:
        document.close()


pytestmark = pytest.mark.xdist_group("modes")


@pytest.mark.parametrize(
    ("mode", "least", "most"),
    [(Mode.FULL, 20, 31), (Mode.BRIEF, 6, 6), (Mode.AUDIT_COMMITTEE, 10, 10)],
)
def test_each_deck_has_its_number_of_pages(mode: Mode, least: int, most: int) -> None:
    result = deck(mode)
    assert least <= result.pages <= most
    assert result.pages == len(pipeline.deck_context(story(), mode).pages)
    assert result.warnings == ()


@pytest.mark.parametrize("mode", [Mode.BRIEF, Mode.AUDIT_COMMITTEE, Mode.APPENDIX])
def test_no_word_left_its_place(mode: Mode) -> None:
    assert check_layout(deck(mode).data) == []


def body_texts(mode: Mode) -> Mapping[str, str]:
    """What is printed on each page but the cover, without its number and the deck's name."""
    context = pipeline.deck_context(story(), mode)
    pages = context.pages
    texts = page_texts(deck(mode).data)
    return {
        page.id: re.sub(
            rf"\b\d+ of \d+\b|\bpage \d+\b|{re.escape(context.title)}", "", texts[number]
        )
        for number, page in enumerate(pages, 1)
        if page.id != "cover"
    }


@pytest.mark.parametrize("mode", [Mode.BRIEF, Mode.AUDIT_COMMITTEE])
def test_a_page_reads_the_same_in_every_deck(mode: Mode) -> None:
    """Word for word, but for page numbers; so a figure cannot differ between audiences."""
    full = {**body_texts(Mode.APPENDIX), **body_texts(Mode.FULL)}
    for page_id, text in body_texts(mode).items():
        assert sorted(text.split()) == sorted(full[page_id].split()), page_id


@pytest.mark.parametrize("mode", list(Mode))
def test_the_cover_names_the_deck_and_its_pages(mode: Mode) -> None:
    context = pipeline.deck_context(story(), mode)
    cover = squeezed(page_texts(deck(mode).data)[1])
    assert squeezed(context.title) in cover
    assert ("board-deck-appendix.pdf" in cover) is (mode is not Mode.APPENDIX)
    entries: list[dict[str, str]] = context.pages[0].body["contents"]  # type: ignore[assignment]
    assert entries and all(squeezed(each["section"]) in cover for each in entries)


def test_the_book_has_a_part_for_each_page_of_its_deck() -> None:
    context = context_of_book()
    pages = pipeline.deck_context(story(), Mode.FULL).pages
    assert [each.id for each in context.pages] == [page.id for page in pages[1:]]
    assert bookmarks(book().data) == [
        "Briefing book",
        *(f"{each.number} {each.section}" for each in context.pages),
        "Glossary",
    ]


def test_the_book_says_whom_it_is_for_and_with_what_it_goes() -> None:
    for mode in (Mode.FULL, Mode.BRIEF):
        first = page_texts(book(mode).data)[1]
        assert "Not for directors." in first
        assert pipeline.DECKS[mode.value] in first
        assert "Confidential: Board of Directors" in first


def test_every_page_of_the_sample_has_something_to_say() -> None:
    for page in context_of_book().pages:
        assert page.notes.paragraphs, page.id
        assert 5 <= page.notes.seconds <= 120, page.id
        assert all(each.text and each.answer for each in page.questions), page.id


def test_figures_in_the_book_read_as_in_the_deck() -> None:
    """Each figure that a speaker has at hand stands so in the definitions of the appendix."""
    appendix = " ".join(page_texts(deck(Mode.APPENDIX).data).values())
    for page in context_of_book().pages:
        for line in page.figures:
            assert plain(line.title) in appendix
            assert plain(line.value) in appendix, (page.id, line)


def test_the_book_prints_every_question_and_answer() -> None:
    text = squeezed(" ".join(page_texts(book().data).values()))
    for page in context_of_book().pages:
        for each in page.questions:
            assert squeezed(each.text) in text, each.text
    assert book().warnings == ()


def test_the_books_of_two_modes_answer_the_same_question_alike() -> None:
    """But where an answer points to one above it, which another mode may not have."""
    full = {each.text: each.answer for page in context_of_book().pages for each in page.questions}
    brief = {each.text: each.answer
             for page in context_of_book(Mode.BRIEF).pages for each in page.questions}  # fmt: skip
    common = full.keys() & brief.keys()
    assert len(common) >= 5
    for text in common:
        assert full[text].split(" Actions:")[0][:60] == brief[text].split(" Actions:")[0][:60]


def test_decks_and_book_are_archival_and_accessible(tmp_path: Path) -> None:
    """PDF/A-3a and PDF/UA-1 at once, by veraPDF's word."""
    paths = []
    for name, result in {
        "brief.pdf": deck(Mode.BRIEF),
        "audit.pdf": deck(Mode.AUDIT_COMMITTEE),
        "appendix.pdf": deck(Mode.APPENDIX),
        "book.pdf": book(),
    }.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(result.data)
    assert_archival(paths)
