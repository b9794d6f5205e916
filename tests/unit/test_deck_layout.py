"""The deck as it prints: every word in its place, tagged, and the same on every run."""

import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from board_report.charts import draw_all
from board_report.documents.deck import (
    deck_figures,
    deck_html,
    figure_name,
    render_deck,
    set_title,
    template_of,
)
from board_report.documents.pdf import PdfResult, write_pdf
from board_report.errors import DocumentError
from board_report.resources import templates_folder
from tests.tools.deck_gallery import MOMENT, gallery, gallery_templates, render_gallery
from tests.tools.layout import check_layout, pages_of, text_of
from tests.verapdf import assert_archival

KINDS = ("usual", "worst", "first")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gallery_templates(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfResult]:
    folder = tmp_path_factory.mktemp("decks")
    return {kind: render_gallery(folder, kind) for kind in KINDS}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u00a0", " "))


@pytest.mark.parametrize("kind", KINDS)
def test_the_renderer_complains_of_nothing(decks: dict[str, PdfResult], kind: str) -> None:
    assert decks[kind].warnings == ()


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_takes_one_sheet(decks: dict[str, PdfResult], kind: str) -> None:
    assert decks[kind].pages == len(gallery(kind).pages)


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_is_in_its_place(decks: dict[str, PdfResult], kind: str) -> None:
    assert check_layout(decks[kind].data) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_what_it_was_given(decks: dict[str, PdfResult], kind: str) -> None:
    context = gallery(kind)
    for page, (number, words) in zip(context.pages, pages_of(decks[kind].data), strict=True):
        printed = squeezed(text_of(words))
        voices = [action.text for action in page.voices.does]
        expected = [page.title, page.context, page.sources, page.owners, f"{number} of"]
        shown = [*expected, *voices, context.state, context.classification, context.company_name]
        if page.id in ("cover", "executive-summary", "gallery-decisions", "gallery-tables"):
            shown = [each for each in shown if each not in voices]
        assert [each for each in shown if squeezed(each) not in printed] == []


def test_the_scorecard_prints_every_row(decks: dict[str, PdfResult]) -> None:
    context = gallery("worst")
    printed = squeezed(text_of(list(pages_of(decks["worst"].data))[1][1]))
    for group in context.pages[1].body["groups"]:  # type: ignore[attr-defined]
        for row in group["rows"]:
            value = row["absent"] or row["value"]
            for words in (row["name"], row["unit"], value, row["status_word"], row["owner"]):
                assert squeezed(words) in printed


def test_bookmarks_are_the_sections(decks: dict[str, PdfResult]) -> None:
    outline = PdfReader(BytesIO(decks["usual"].data)).outline
    titles = [entry.title for entry in outline[1]]  # type: ignore[union-attr]
    assert titles == [page.section for page in gallery("usual").pages[1:]]


def test_the_file_names_its_title_language_and_date(decks: dict[str, PdfResult]) -> None:
    reader = PdfReader(BytesIO(decks["usual"].data))
    assert reader.root_object["/Lang"] == "en-US"
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Corvane Medical Supply, Inc.: Cyber-risk report to the Board, Third quarter 2026"
    )
    assert reader.metadata.creation_date == MOMENT


def test_every_page_has_the_size_of_the_sheet(decks: dict[str, PdfResult]) -> None:
    for page in PdfReader(BytesIO(decks["usual"].data)).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == (960, 540)


def test_every_picture_has_its_description(templates: Path) -> None:
    html = deck_html(gallery(), templates)
    shown = re.findall(r'<img src="figure:([^"]+)" alt="([^"]+)"', html)
    expected = {name: spec.alt for name, spec in deck_figures(gallery()).items()}
    assert dict(shown) == expected
    assert html.count("<img") == len(expected)


def test_headings_start_at_one_and_skip_no_level(templates: Path) -> None:
    html = deck_html(gallery(), templates)
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_same_deck_has_the_same_bytes(decks: dict[str, PdfResult], tmp_path: Path) -> None:
    assert render_gallery(tmp_path, "first").data == decks["first"].data


@pytest.mark.slow
def test_the_deck_is_archival_and_tagged(decks: dict[str, PdfResult], tmp_path: Path) -> None:
    paths = []
    for kind, deck in decks.items():
        paths.append(tmp_path / f"{kind}.pdf")
        paths[-1].write_bytes(deck.data)
    assert_archival(paths)


def test_a_missing_picture_stops_the_build(templates: Path) -> None:
    context = gallery("first")
    drawings = draw_all(deck_figures(context))
    del drawings[figure_name("gallery-dots", "dots")]
    with pytest.raises(DocumentError, match="gallery-dots--dots"):
        render_deck(context, templates=templates, drawings=drawings, generated_at=MOMENT)


def test_a_page_without_a_template_stops_the_build() -> None:
    with pytest.raises(DocumentError, match="gallery-"):
        deck_html(gallery("first"), templates_folder())


def test_the_parts_of_a_page_share_its_template(templates: Path) -> None:
    assert template_of("gallery-dots-2", templates) == "deck/pages/gallery-dots.html"
    assert template_of("gallery-dots", templates) == "deck/pages/gallery-dots.html"


# --- titles ---


def test_a_short_title_is_set_large_on_one_line() -> None:
    name, width = set_title("A short title")
    assert name == "is-single" and width == 850


def test_the_second_line_of_a_title_is_no_lone_word() -> None:
    title = (
        "Secure approval now takes 22 days, 14 fewer than a year ago; one launch bypassed review"
    )
    name, width = set_title(title)
    assert name == "" and 600 < width < 700


def test_a_long_title_is_set_smaller() -> None:
    words = "Detection is faster than a year ago and recovery is not "
    sizes = [set_title((words * 5)[:length])[0] for length in (150, 180, 198)]
    assert sizes == ["", "is-long", "is-longest"]


# --- the check itself ---


def faults(body: str) -> list[str]:
    style = (
        "@page { size: 960pt 540pt; margin: 0 } * { margin: 0 } "
        "body { font: 12pt/14pt 'Board Sans' } p { position: absolute; white-space: nowrap }"
    )
    html = (
        '<!DOCTYPE html><html lang="en"><head><title>T</title>'
        '<link rel="stylesheet" href="css/fonts.css">'
        f'<style>{style}</style></head><body><p style="position: static; padding: 60pt">Cover</p>'
        f'<div style="break-before: page; position: relative; height: 500pt">{body}</div>'
        "</body></html>"
    )
    folder = templates_folder()
    return check_layout(write_pdf(html, base=folder, allowed=[folder], generated_at=MOMENT).data)


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("left: 20pt; top: 200pt", "outside the margins"),
        ("left: 890pt; top: 200pt", "outside the margins"),
        ("left: 60pt; top: 470pt", "under the body's end"),
        ("left: 60pt; top: 200pt; font-size: 10pt", "is set in 10.0 points"),
        ("left: 60pt; top: 200pt; font-size: 9pt", "too small for the body"),
        ("left: 60pt; top: 105pt", "overlap"),
    ],
)
def test_the_check_finds_words_out_of_place(place: str, fault: str) -> None:
    neighbour = '<p style="left: 66pt; top: 100pt">Neighbour</p>'
    found = faults(f'{neighbour}<p style="{place}">Wandering</p>')
    assert any(fault in each for each in found), found


def test_the_check_passes_words_in_place() -> None:
    assert (
        faults(
            '<p style="left: 60pt; top: 100pt">One</p><p style="left: 60pt; top: 114pt">Two</p>'
            '<p style="left: 60pt; top: 480pt; font-size: 9pt">Source</p>'
        )
        == []
    )
