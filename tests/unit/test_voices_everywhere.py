"""Whatever a leader says is seen on its page, alone or with the rest, or is said to be unseen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from board_report.documents.deck import deck_html
from board_report.documents.environment import make_environment
from board_report.errors import CommentaryError
from board_report.model import Finding, Severity, State
from board_report.pipeline import compute_figures, gather_facts, read_inputs
from board_report.resources import sample_folder, templates_folder
from board_report.story.commentary import Commentary, read_commentary
from board_report.story.deck import build_board_context, build_pages
from board_report.story.deck_lint import LintCode, lint_findings
from board_report.story.facts import BoardFacts
from board_report.story.left_out import OF_THE_MODEL
from board_report.story.modes import PAGE_IDS, PAGES, is_page_id
from board_report.story.page import Action, Ask, Judgement, Mode, Page, Voices
from board_report.story.prose_check import prose_findings
from board_report.story.prose_codes import ProseCode
from board_report.story.sections import CommentaryAction
from board_report.tables.schema import TableSet
from tests.unit.pages.series_for import Value, series_for

MADE = datetime(2026, 10, 9, 12, tzinfo=UTC)
FILE = "commentary/page.md"
WORDS = {
    "facts": "Zebras graze here",
    "means": "Zebras are striped",
    "does": "Count the zebras",
    "recommends": "Feed the zebras",
    "needs": "Approve the zebras",
}


def of_kinds(page: str, *kinds: str) -> Commentary:
    """Commentary with some of the five kinds that a page prints."""
    whole = Commentary(
        page=page,
        file=FILE,
        facts=(Judgement("", WORDS["facts"]),),
        means=(Judgement("CISO", WORDS["means"]),),
        does=(CommentaryAction(WORDS["does"], "CTO", date(2026, 12, 15)),),
        recommends=(Judgement("CTO", WORDS["recommends"]),),
        needs=Ask(WORDS["needs"], ""),
    )
    empty = {kind: None if kind == "needs" else () for kind in WORDS if kind not in kinds}
    return replace(whole, **empty)  # type: ignore[arg-type]


def notes_only(page: str) -> Commentary:
    return Commentary(page, FILE, notes=("Zebras aside.",), questions=(("Zebras?", "No zebras."),))


@cache
def sample() -> BoardFacts:
    """The sample company without a word of its leaders."""
    inputs = read_inputs(sample_folder())
    return replace(gather_facts(inputs, *compute_figures(inputs)), commentary={})


def told(facts: BoardFacts) -> dict[str, Page]:
    return {page.id: page for some in build_pages(facts).values() for page in some}


@cache
def rooms() -> tuple[str, ...]:
    """Every page of the sample that keeps a column for voices."""
    return tuple(each.id for each in told(sample()).values() if each.voices_room is not None)


def html_of(facts: BoardFacts) -> dict[str, str]:
    """Each page's part of the HTML, of the full deck and of its appendix."""
    pages = build_pages(facts)
    found = {}
    for mode in (Mode.FULL, Mode.APPENDIX):
        deck = build_board_context(facts, pages, mode, MADE)
        html = deck_html(deck, templates_folder())
        parts = re.split(r'<section class="page" id="([^"]+)">', html)[1:]
        found |= dict(zip(parts[::2], parts[1::2], strict=True))
    return found


@cache
def shown(*kinds: str) -> Mapping[str, str]:
    """All pages with commentary of these kinds on each that has room; none at all without."""
    said = {page: of_kinds(page, *kinds) for page in rooms()} if kinds else {}
    return html_of(replace(sample(), commentary=said))


# --- what is said is seen ------------------------------------------------------------------------


def test_the_pages_with_room_are_those_the_guides_speak_of() -> None:
    """Twenty-eight of the sample's; the others refuse words."""
    assert len(rooms()) == 28
    assert {"zero-trust", "ai-governance", "horizon", "decisions", "operating-model"} < set(rooms())


@pytest.mark.parametrize("kind", WORDS)
def test_each_kind_alone_is_seen_on_every_page(kind: str) -> None:
    pages, other = shown(kind), set(WORDS.values()) - {WORDS[kind]}
    assert [page for page in rooms() if WORDS[kind] not in pages[page]] == []
    assert [page for page in rooms() if pages[page].count(WORDS[kind]) > 1] == []
    assert [page for page in rooms() if any(words in pages[page] for words in other)] == []


@pytest.mark.parametrize(
    "page", ["detect-and-respond", "horizon", "vendor-scorecards", "decisions"]
)
def test_all_five_kinds_stand_on_one_page_in_their_order(page: str) -> None:
    html = html_of(replace(sample(), commentary={page: of_kinds(page, *WORDS)}))[page]
    places = [html.index(words) for words in WORDS.values()]
    assert places == sorted(places)


def test_notes_and_questions_change_no_page() -> None:
    """They stand in the briefing book alone, so the page is as it is without a word."""
    said = {page: notes_only(page) for page in rooms()}
    assert html_of(replace(sample(), commentary=said)) == shown()


@pytest.mark.parametrize("kind", ["facts", "recommends"])
def test_facts_or_advice_take_the_room_that_a_judgement_takes(kind: str) -> None:
    """A page is set beside its column, or over its whole width, whatever stands in the column."""

    def sizes(pages: Mapping[str, str]) -> dict[str, list[str]]:
        return {
            page: re.findall(r'class="col [^"]*"|width: [\d.]+pt', html)
            for page, html in pages.items()
            if page in rooms()
        }

    assert sizes(shown(kind)) == sizes(shown("means"))
    wide = sizes(shown())
    for page in ("ai-governance", "disclosure-readiness", "horizon", "decisions"):
        assert sizes(shown(kind))[page] != wide[page]


def test_what_a_pillar_has_still_to_reach_stands_where_nobody_speaks() -> None:
    """Under the column it would leave the page."""
    assert "Still to reach" in shown()["zero-trust"]
    assert all("Still to reach" not in shown(kind)["zero-trust"] for kind in WORDS)


def test_voices_set_in_a_row_show_all_five_kinds() -> None:
    said = Voices(
        facts=(Judgement("", WORDS["facts"]),),
        means=(Judgement("CISO", WORDS["means"]),),
        does=(Action(WORDS["does"], "Renwick", ""),),
        recommends=(Judgement("CTO", WORDS["recommends"]),),
        needs=Ask(WORDS["needs"], ""),
    )
    environment = make_environment(templates_folder())
    row = environment.from_string(
        "{% import 'deck/macros.html' as m %}{{ m.voices_in_row(voices) }}"
    )
    for kind, words in WORDS.items():
        one = replace(Voices(), **{kind: getattr(said, kind)})
        assert words in row.render(voices=one)
        assert words in row.render(voices=said)
        assert 'class="pause"' not in row.render(voices=one)
        assert one.is_heard
    assert not Voices(is_dense=True).is_heard


def test_facts_alone_ask_for_nothing_and_the_lint_says_so() -> None:
    def asks(*kinds: str) -> list[Finding]:
        said = {"people": of_kinds("people", *kinds)}
        found = lint_findings((), replace(series_for({}), commentary=said))
        return [each for each in found if each.code == LintCode.NO_ASK]

    assert len(asks("facts")) == 1
    assert len(asks("recommends")) == 1
    assert asks("facts", "needs") == []
    assert asks() == []


# --- pages that are not in the report ------------------------------------------------------------


def left_out(facts: BoardFacts) -> list[Finding]:
    pages = tuple(told(facts).values())
    return [each for each in prose_findings(pages, facts) if each.code == ProseCode.PAGE_LEFT_OUT]


def about(page: str, facts: BoardFacts) -> BoardFacts:
    return replace(facts, commentary={page: of_kinds(page, "facts")})


def changed(names: tuple[str, ...], *, is_given: bool) -> BoardFacts:
    """The sample with these tables empty, or not given at all."""
    given = dict(sample().tables.tables)
    for name in names:
        frame = given[name].frame.iloc[:0]
        given[name] = replace(given[name], frame=frame, measured=is_given)
    return replace(sample(), tables=TableSet(given))


def empty(*names: str) -> BoardFacts:
    return changed(names, is_given=True)


def dropped(*names: str) -> BoardFacts:
    return changed(names, is_given=False)


@pytest.mark.parametrize(
    ("page", "facts", "why"),
    [
        (
            "vendor-scorecards",
            lambda: dropped("vendor_selections"),
            "governance/vendor_selections.csv",
        ),
        ("vendor-scorecards", lambda: empty("vendor_selections"), "no vendor was chosen"),
        ("horizon-actions", lambda: dropped("horizon"), "no file governance/horizon.csv"),
        (
            "horizon-actions",
            lambda: empty("horizon"),
            "what was given fits the pages before it",
        ),
        ("decisions-2", lambda: dropped("decisions"), "no file governance/decisions.csv"),
        ("decisions-9", sample, "what was given fits the pages before it"),
    ],
)
def test_a_page_left_out_is_a_warning_with_its_reason(
    page: str, facts: Callable[[], BoardFacts], why: str
) -> None:
    (found,) = left_out(about(page, facts()))
    assert found.severity is Severity.WARNING
    assert not found.stops
    assert (found.file, found.line, found.value) == (FILE, 2, page)
    assert found.reason.startswith("this page is not in the report: ")
    assert why in found.reason


@pytest.mark.parametrize("page", ["vendor-scorecards", "horizon", "decisions", "people"])
def test_a_page_that_is_there_is_no_finding(page: str) -> None:
    assert left_out(about(page, sample())) == []


def test_words_keep_a_page_that_nothing_was_given_for() -> None:
    """Unlike those that consist of rows, it has its column to show."""
    assert left_out(about("horizon", dropped("horizon"))) == []


@pytest.mark.parametrize(
    ("page", "near"),
    [
        ("vendor-scorecrds", "vendor-scorecards"),
        ("horizon-action", "horizon-actions"),
        ("decisions-1", "decisions"),
        ("decisions-two", "decisions-2"),
        ("detect_and_respond", "detect-and-respond"),
        ("definitions", "definitions-1"),
    ],
)
def test_a_name_that_no_page_has_stops_and_names_the_nearest(page: str, near: str) -> None:
    with pytest.raises(CommentaryError, match=f"no page '{page}'. Did you mean {near}") as caught:
        build_pages(about(page, sample()))
    assert caught.value.where == f"{FILE}:2"
    assert "vendor-scorecards" in caught.value.mend


@pytest.mark.parametrize("page", ["cover", "glossary", "zebra"])
def test_pages_made_for_each_deck_take_no_words(page: str) -> None:
    with pytest.raises(CommentaryError, match=f"no page '{page}'"):
        build_pages(about(page, sample()))


def test_the_names_are_those_of_the_pages_that_are_built() -> None:
    """Each module makes the page of its name or parts of it, and no part is unknown."""
    built = set(told(sample()))
    assert {each for each in built if not is_page_id(each) and "glossary" not in each} == set()
    assert {name.replace("_", "-") for name in PAGES} - set(PAGE_IDS) == {"definitions"}
    not_given = {"decisions-2", "configuration-checks", "projects-and-cloud", *OF_THE_MODEL}
    assert set(PAGE_IDS) - built <= not_given
    assert not any(is_page_id(each) for each in ("decisions-02", "decisions-", "people-2", ""))


def test_the_line_is_that_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "commentary").mkdir()
    text = "---\nquarter: 2026-Q3\npage: vendor-scorecards\n---\n## The facts\nNone.\n"
    (tmp_path / "commentary" / "vendors.md").write_text(text, "utf-8")
    facts = dropped("vendor_selections")
    said = read_commentary(tmp_path, facts.figures, "USD", facts.project.quarter)
    (found,) = left_out(replace(facts, commentary=said))
    assert (found.file, found.line) == ("commentary/vendors.md", 3)


# --- quarters that the series does not reach -----------------------------------------------------


def printed(text: str, folder: Path, *values: Value) -> str:
    """A fact as printed, with a series of these values, the last of them of this quarter."""
    (folder / "commentary").mkdir(exist_ok=True)
    page = folder / "commentary" / "page.md"
    page.write_text(f"---\npage: people\n---\n## The facts\n{text}\n", "utf-8")
    facts = series_for({"mttd": values}, only=True)
    said = read_commentary(folder, facts.figures, "USD", facts.project.quarter)["people"]
    return " ".join(each.text for each in said.facts).replace("\u00a0", " ")


YEAR_AGO = "{{ metric('mttd').year_ago }}"


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        (YEAR_AGO, (41.0, 30.0, 28.0, 23.0, 19.0), "41 h"),
        (YEAR_AGO, (None, 30.0, 28.0, 23.0, 19.0), "not measured"),
        (YEAR_AGO, (State.NOTHING_HAPPENED, 30.0, 28.0, 23.0, 19.0), "none"),
        (YEAR_AGO, (19.0,), "not measured"),
        ("{{ metric('mttd').before }}", (19.0,), "not measured"),
        ("{{ metric('mttd').before }}", (23.0, 19.0), "23 h"),
    ],
)
def test_what_was_a_year_ago(
    tmp_path: Path, text: str, values: tuple[Value, ...], said: str
) -> None:
    assert printed(text, tmp_path, *values) == said


CONDITION = (
    "{% if metric('mttd', ago=4).measured %}From {{ metric('mttd', ago=4) }}."
    + "{% else %}New.{% endif %}"
)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((41.0, 30.0, 28.0, 23.0, 19.0), "From 41 h."),
        ((None, 30.0, 28.0, 23.0, 19.0), "New."),
        ((19.0,), "New."),
    ],
)
def test_a_condition_may_ask_whether_there_was_a_value(
    tmp_path: Path, values: tuple[Value, ...], said: str
) -> None:
    assert printed(CONDITION, tmp_path, *values) == said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ metric('mttd', ago=4) }}", "mttd has no value 4 quarters ago; print it only where it "
         "has: {% if metric('mttd', ago=4).measured %}"),
        ("{{ metric('mttd', ago=1) }}", "no value 1 quarter ago; print it only where it has: "),
        ("{{ metric('mttd', ago=4).status }}", "{% if metric('mttd', ago=4).measured %}"),
        ("{{ metric('mttd').change }}", "mttd has no change: one of the quarters has no value"),
        ("{% if metric('mttd').year_ago.number > 3 %}x{% endif %}", "ask .measured first"),
        ("{{ metric('mttx', ago=4) }}", "Did you mean mttd"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_there_stops_and_shows_the_condition(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(CommentaryError) as caught:
        printed(text, tmp_path, 19.0)
    assert told in f"{caught.value.what} {caught.value.mend}"
    assert caught.value.where == "commentary/page.md:5"


@pytest.mark.parametrize("values", [(19.0,), (None, 30.0, 28.0, 23.0, 19.0)])
def test_words_about_a_year_that_was_not_measured_are_left_alone(
    tmp_path: Path, values: tuple[Value, ...]
) -> None:
    """Nothing is known that would contradict them."""
    printed(f"Detection took {{{{ metric('mttd') }}}}, against {YEAR_AGO}.", tmp_path, *values)
    facts = series_for({"mttd": values}, only=True)
    said = read_commentary(tmp_path, facts.figures, "USD", facts.project.quarter)
    page = Page("people", "People", "Title", "", "", "", {}, metric_ids=("mttd",))
    assert prose_findings((page,), replace(facts, commentary=said)) == ()
