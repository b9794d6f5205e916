"""The pages of risk in money as they print: each case, with and without a leader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest

from board_report.charts import draw_all
from board_report.documents.deck import deck_figures
from board_report.documents.pdf import PdfResult
from board_report.model import State
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.left_out import OF_THE_MODEL, why_not_built
from board_report.story.lint_codes import MOST_WORDS
from board_report.story.page import Page
from board_report.story.page_text import count_words, page_texts
from board_report.typeset import lines_needed
from tests.tools.layout import check_layout
from tests.tools.layout import pages_of as words_by_page
from tests.tools.money_gallery import CASES, deck_of, facts_of, pages_of, render
from tests.unit.pages.money_for import money_of
from tests.unit.pages.series_for import series_for
from tests.unit.pages.test_plain_words import PROGRAM_WORDS
from tests.unit.test_voices_everywhere import WORDS, html_of, of_kinds, sample

pytestmark = pytest.mark.xdist_group("money_pages")
WAYS = [(case, voices) for case in CASES for voices in (False, True)]
SHEET = 864.0
"""Points across a page, which the context and the source line have."""


@cache
def deck(case: str, voices: bool) -> PdfResult:
    return render(CASES[case](), has_voices=voices)


@cache
def pages(case: str, voices: bool) -> tuple[Page, ...]:
    return pages_of(facts_of(CASES[case](), has_voices=voices))


def every_page() -> Iterator[tuple[str, Page]]:
    for case, voices in WAYS:
        for page in pages(case, voices):
            yield f"{case} {voices} {page.id}", page


@pytest.mark.parametrize(("case", "voices"), WAYS)
def test_every_word_is_in_its_place(case: str, voices: bool) -> None:
    made = deck(case, voices)
    assert check_layout(made.data) == []
    assert made.pages == 1 + len(pages(case, voices))


@pytest.mark.parametrize(("case", "voices"), WAYS)
def test_every_page_prints_its_words_and_its_voices(case: str, voices: bool) -> None:
    printed = list(words_by_page(deck(case, voices).data))[1:]
    for page, (_, words) in zip(pages(case, voices), printed, strict=True):
        text = "".join(word.text for word in words).replace("\u00a0", "")
        for said in (page.title, page.context, page.sources):
            assert said.replace(" ", "").replace("\u00a0", "") in text
        assert ("Nothingtoday" in text) == (voices and page.voices_room is not None)


def test_titles_and_lines_keep_to_their_room() -> None:
    for name, page in every_page():
        assert len(page.title) <= LONGEST_TITLE, name
        assert lines_needed(page.context, SHEET, 12) == 1, name
        assert lines_needed(page.sources, SHEET, 9) == 1, name
        assert count_words(page_texts(page)) <= MOST_WORDS, name


def test_pages_speak_to_directors() -> None:
    for name, page in every_page():
        assert not PROGRAM_WORDS.search(" ".join(page_texts(page))), name


def test_every_picture_says_its_main_figures() -> None:
    for name, page in every_page():
        for key, spec in page.figures.items():
            assert spec.alt.endswith("."), (name, key)
            assert any(sign.isdigit() for sign in spec.alt), (name, key)


def test_the_same_results_give_the_same_pictures() -> None:
    first, again = (draw_all(deck_figures(deck_of(CASES["usual"]()))) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(("case", "voices"), WAYS)
def test_voices_take_the_same_column_on_every_page(case: str, voices: bool) -> None:
    for page in pages(case, voices):
        widest = max((spec.width for spec in page.figures.values()), default=0.0)
        if voices and page.voices_room is not None:
            assert widest <= 642, page.id


# --- voices ----------------------------------------------------------------------------------

HEARD = tuple(name for name in OF_THE_MODEL if name not in ("loss-in-figures", "risk-assumptions"))


@cache
def html_with(*kinds: str) -> Mapping[str, str]:
    """Each page of a full deck with commentary of these kinds on the pages of risk in money."""
    said = {page: of_kinds(page, *kinds) for page in HEARD}
    money = CASES["usual"]()
    return html_of(replace(sample(), money=money, risk=money.position, commentary=said))


@pytest.mark.parametrize("kind", WORDS)
def test_each_kind_alone_is_seen_on_every_page(kind: str) -> None:
    pages = html_with(kind)
    assert [pages[page].count(WORDS[kind]) for page in HEARD] == [1] * len(HEARD)
    assert "Zebras" not in pages["risk-assumptions"]


def test_all_five_kinds_stand_in_their_order() -> None:
    pages = html_with(*WORDS)
    for page in HEARD:
        places = [pages[page].index(words) for words in WORDS.values()]
        assert places == sorted(places)


# --- without data ----------------------------------------------------------------------------


def test_without_a_model_the_first_page_says_why_and_the_rest_are_not_there() -> None:
    built = pages_of(series_for({}))
    assert [page.id for page in built] == ["risk-against-appetite"]
    assert why_not_built(series_for({}), "tail-drivers") == "no risk could be put in money"


def test_without_initiatives_there_is_nothing_to_buy_and_to_choose() -> None:
    facts = facts_of(money_of(3, initiatives=0))
    ids = [page.id for page in pages_of(facts)]
    assert "risk-bought-down" not in ids
    assert "budget-scenarios" not in ids
    assert why_not_built(facts, "budget-scenarios").startswith("no initiative")
    assert why_not_built(facts, "risk-assumptions-7") == "what was given fits the pages before it"


def test_a_loss_that_is_withheld_is_on_none_of_the_pages() -> None:
    money = money_of(3)
    facts = series_for({"loss_1_in_20": [State.WITHHELD]}, risk=money.position, money=money)
    assert facts.measured_money is None
    assert [page.id for page in pages_of(facts)] == ["risk-against-appetite"]
    assert {why_not_built(facts, page) for page in OF_THE_MODEL} == {"loss in money is withheld"}
    assert pages_of(replace(facts, risk=None, money=None))[0].id == "risk-against-appetite"
