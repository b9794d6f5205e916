"""Each rule of the deck lint with a case that it finds and one that it lets pass."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from board_report.model import Finding, Severity, Target
from board_report.story.commentary import Commentary
from board_report.story.deck_lint import known_abbreviations, lint_findings
from board_report.story.lint_codes import LINT_FAULTS, MOST_WORDS, LintCode
from board_report.story.lint_words import FEAR, fear_words, vanity_phrases
from board_report.story.live_figures import Citation
from board_report.story.markdown_text import Piece
from board_report.story.page import Ask, Judgement, Page
from board_report.story.sections import Passage
from tests.spec.tables import tables
from tests.unit.pages.series_for import Value, series_for

FILE = "commentary/people.md"


def page(title: str = "A title", *, name: str = "people", metrics: tuple[str, ...] = (),
         text: str = "") -> Page:  # fmt: skip
    return Page(name, "People", title, "", "", "", {"text": text}, metric_ids=metrics)


def said(text: str, *, line: int = 7, live: Citation | None = None, **more: Any) -> Commentary:
    """Commentary of one judgement, with an ask unless told otherwise."""
    given: dict[str, Any] = {
        "means": (Judgement("CISO", text),),
        "needs": Ask("Nothing today", ""),
        "passages": (Passage("What it means", (Piece(text, line, live),)),),
        **more,
    }
    return Commentary("people", FILE, **given)


def lint(
    commentary: Commentary | None = None,
    pages: tuple[Page, ...] = (page(),),
    given: dict[str, list[Value]] | None = None,
    **more: Any,
) -> list[Finding]:
    told = {commentary.page: commentary} if commentary else {}
    facts = series_for(given or {"mttd": [20.0]}, commentary=told, **more)
    return list(lint_findings(pages, facts))


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


def test_a_plain_page_has_no_finding() -> None:
    assert lint(said("We see attackers sooner. Recovery is no faster.")) == []


# Density


@pytest.mark.parametrize(("words", "count"), [(MOST_WORDS - 2, 0), (MOST_WORDS - 1, 1)])
def test_a_page_of_too_many_words(words: int, count: int) -> None:
    """The title has two words (the one of a letter is none) and the body the rest."""
    found = lint(pages=(page("Two words", text="word " * words),))
    assert codes(found) == ["lint_density"] * count
    assert all(f"holds {MOST_WORDS + 1} words" in each.reason for each in found)


@pytest.mark.parametrize("name", ["definitions-3", "forecasts", "glossary", "data-quality"])
def test_the_appendix_is_looked_up_and_may_be_long(name: str) -> None:
    assert lint(pages=(page(name=name, text="word " * 2 * MOST_WORDS),)) == []


# Jargon


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The QXZ is late", ["QXZ"]),
        ("QXZ and QXZ again, and TTPs", ["QXZ", "TTP"]),
        ("EDR and MFA for the CISO in the US", []),
        ("PCI and DSS are parts of a term", []),
        ("RA-36, D-31, INC0014390 and CVE-2026-1234 are records", []),
        ("Corvane in USD; HIPAA holds", []),
        ("A WARNING in seven", []),  # seven letters are a word that shouts
        ("Volume II", []),
    ],
)
def test_an_abbreviation_that_nobody_explains(text: str, words: list[str]) -> None:
    found = lint(said(text))
    assert [(each.code, each.value) for each in found] == [("lint_jargon", each) for each in words]


def test_the_companys_glossary_roles_and_regimes_explain() -> None:
    raci = [{"activity": "Buy", "role": "VPX", "assignment": "A"}]
    own = {"QXZ": "our quarterly zone check"}
    facts = series_for({"mttd": [1.0]}, glossary=own, some=tables(raci=raci))
    company = replace(facts.project.company, regimes=("NYDFS",), business_units=("EMEA",))
    facts = replace(facts, project=replace(facts.project, company=company))
    assert {"QXZ", "VPX", "NYDFS", "EMEA"} <= known_abbreviations(facts)
    assert "TTP" not in known_abbreviations(facts)


def test_a_finding_stands_at_its_line() -> None:
    (found,) = lint(said("The QXZ is late", line=12))
    assert (found.file, found.line, found.severity) == (FILE, 12, Severity.WARNING)


# Vanity


@pytest.mark.parametrize(
    "text",
    [
        "We blocked 2.4 million attacks.",
        "The filter stopped thousands of phishing emails",
        "14,000 alerts processed",
        "9,200 alerts were handled by the team",
        "Every day attacks are blocked",
        "The team processed 14,000 alerts",
        "300 patches applied",
    ],
)
def test_volume_without_outcome(text: str) -> None:
    assert codes(lint(said(text))) == ["lint_vanity"]


@pytest.mark.parametrize(
    "text",
    [
        "Two attacks reached the laboratory; neither spread.",
        "14 of 16 alerts with a verdict were true",
        "The firewall blocked the release for a day",
        "We stopped the project",
        "We closed the other exploited flaws",
    ],
)
def test_what_came_of_it_is_no_vanity(text: str) -> None:
    assert vanity_phrases(text) == []


def test_a_figure_that_nobody_is_held_to() -> None:
    """Alerts raised has no direction; the phishing report rate has, and a target would do too."""
    cited = Citation("alerts_raised")
    (found,) = lint(said("812", live=cited), given={"alerts_raised": [812.0]})
    assert (found.code, found.value) == ("lint_vanity_metric", "alerts_raised")
    held = {"alerts_raised": Target("alerts_raised", at_least=False, value=900, near=950)}
    assert lint(said("812", live=cited), given={"alerts_raised": [812.0]}, targets=held) == []
    other = Citation("phishing_report_rate")
    assert lint(said("it rose", live=other), given={"phishing_report_rate": [0.4]}) == []


# Fear


@pytest.mark.parametrize("word", FEAR)
def test_every_fear_word_is_found(word: str) -> None:
    assert fear_words(f"This is {word.capitalize()}, they say") == [word.capitalize()]


@pytest.mark.parametrize(
    "text", ["A not if, but when: attack", "It is a wake up call", "Wake-up\u00a0call"]
)
def test_fear_words_however_they_are_joined(text: str) -> None:
    assert codes(lint(said(text))) == ["lint_fear"]


@pytest.mark.parametrize("text", ["Hackerspace", "A nightmarish word is another", "Time to bomb"])
def test_parts_of_words_frighten_nobody(text: str) -> None:
    assert fear_words(text) == []


# Percentages


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We cut noise by 40%", ["40%"]),
        ("At 12 percent we stopped", ["12 percent"]),
        ("It is 40% of vendors", []),
        ("It rose by 4 percent points, and 12% points", []),
        ("We stand at 46%", []),  # the page's share
        ("Target 40%, last quarter 44%", ["40%"]),  # 44% was last quarter's; no target is set
        ("45.5% is nobody's", ["45.5%"]),
    ],
)
def test_a_percentage_needs_its_whole(text: str, values: list[str]) -> None:
    found = lint(
        said(text),
        (page(metrics=("phishing_report_rate",)),),
        {"phishing_report_rate": [0.44, 0.46]},
        targets={},
    )
    assert [(each.code, each.value) for each in found] == [
        ("lint_percent_without_denominator", each) for each in values
    ]


def test_the_target_and_a_part_of_the_page_count_as_given() -> None:
    found = lint(
        said("Target 40%; Freight stands at 61%"),
        (page(metrics=("phishing_report_rate",)),),
        {"phishing_report_rate": [0.46]},
        slices={("phishing_report_rate", "business_unit"): {"Freight": [0.61]}},
    )
    assert found == []


def test_a_share_of_another_page_does_not_help() -> None:
    given: dict[str, list[Value]] = {"phishing_report_rate": [0.46]}
    (found,) = lint(said("We stand at 46%"), (page(),), given)
    assert found.code == "lint_percent_without_denominator"


# The ask


def test_commentary_that_asks_for_nothing_and_does_not_say_so() -> None:
    (found,) = lint(said("All is well.", needs=None))
    assert (found.code, found.file) == ("lint_no_ask", FILE)
    assert lint(Commentary("people", FILE, title="A title alone")) == []


@pytest.mark.parametrize(
    ("quarters", "count"), [(["2026-Q2"], 1), (["2026-Q2", "2026-Q3"], 0), ([], 1)]
)
def test_a_quarter_without_a_decision_is_noted(quarters: list[str], count: int) -> None:
    rows = [{"quarter": each, "title": "Decide", "state": "asked"} for each in quarters]
    found = lint(some=tables(decisions=rows))
    assert codes(found) == ["lint_no_decision"] * count
    assert all(each.severity is Severity.NOTE for each in found)


def test_without_a_table_of_decisions_nothing_is_noted() -> None:
    assert lint() == []


def test_the_words_of_decisions_are_read_too() -> None:
    rows = [
        {"quarter": "2026-Q3", "title": "Fund the QXZ", "state": "asked", "if_not": "A nightmare"},
        {"quarter": "2026-Q2", "title": "Fund the XQZ", "state": "asked"},
    ]
    found = lint(some=tables(decisions=rows))
    assert [(each.code, each.value, each.file, each.line) for each in found] == [
        ("lint_jargon", "QXZ", "decisions.csv", 2),
        ("lint_fear", "nightmare", "decisions.csv", 2),
    ]


# Titles


@pytest.mark.parametrize(("letters", "count"), [(118, 0), (300, 1)])
def test_a_title_of_three_lines(letters: int, count: int) -> None:
    title = ("Detection is faster than a year ago and recovery is not " * 6)[:letters]
    found = lint(pages=(page(title),))
    assert codes(found) == ["lint_long_title"] * count


# All


def test_every_code_is_explained_and_begins_with_its_kind() -> None:
    assert set(LINT_FAULTS) == set(LintCode)
    assert all(code.startswith("lint_") for code in LintCode)
    for each in LINT_FAULTS.values():
        assert each.severity in (Severity.WARNING, Severity.NOTE) and not each.stops
