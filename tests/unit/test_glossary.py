"""Terms are found as they stand, the company's own win, and the page holds them all."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from board_report.story.glossary import BUILT_IN, Term, glossary, terms_in
from board_report.story.page import Page
from board_report.story.pages import glossary as glossary_page
from tests.unit.pages.series_for import series_for

ASKED_FOR = (
    "MTTD", "MTTA", "MTTR", "EDR", "SIEM", "IAM", "PAM", "MFA", "KEV", "CVE", "SLA", "SOC 2",
    "ISO 27001", "HIPAA", "GDPR", "PCI DSS", "CSF", "DORA", "ALE", "VaR", "RACI", "KPI", "ROI",
    "NPV", "IRR", "CISO", "CTO",
)  # fmt: skip


def found(text: str, **own: str) -> list[str]:
    return [each.term for each in terms_in([text], glossary(own))]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("EDR sees it", ["EDR"]),
        ("the edr sees it", []),  # an abbreviation is written in capitals
        ("Crown jewels and a crown\u00a0jewel", ["crown jewel"]),
        ("Zero-trust pillars", ["zero trust"]),
        ("SOC 2 was passed", ["SOC 2"]),  # and no security operations center
        ("The SOC and SOC 2", ["SOC", "SOC 2"]),
        ("Two KPIs, a KPI’s owner", ["KPI"]),
        ("MTTDs of MTTR", ["MTTD", "MTTR"]),
        ("An XEDR or EDRX", []),
        ("CISA lists it", ["CISA"]),
        ("", []),
    ],
)
def test_terms_are_found_as_whole_words(text: str, terms: list[str]) -> None:
    assert found(text) == terms


def test_the_companys_own_meaning_wins() -> None:
    (term,) = terms_in(["Our EDR"], glossary({"EDR": "Everyday risk, as we call it."}))
    assert term == Term("EDR", "", "Everyday risk, as we call it")
    assert term.words == "Everyday risk, as we call it."


def test_the_companys_own_terms_are_found_beside_ours() -> None:
    assert found("The XYZ runs on EDR", XYZ="our warehouse system") == ["EDR", "XYZ"]


def test_words_of_an_entry() -> None:
    assert Term("A", "first letter", "the one before B").words == "First letter: the one before B."
    assert Term("A", "", "the one before B").words == "The one before B."
    assert Term("A", "first letter", "").words == "First letter."


def test_our_entries_are_complete_and_once() -> None:
    """What the requirement names is there; each entry says something and ends without a stop."""
    terms = [term for term, _, _ in BUILT_IN]
    assert len(terms) == len(set(terms))
    assert set(ASKED_FOR) <= set(terms)
    for term, stands_for, meaning in BUILT_IN:
        assert stands_for or meaning, term
        assert not f"{stands_for}{meaning}".endswith("."), term


def test_entries_are_in_alphabetical_order_whatever_their_case() -> None:
    names = [each.term.casefold() for each in glossary({})]
    assert all(one <= other for one, other in pairwise(names))


# The page


def told(*texts: str) -> Page:
    return Page("p", "P", "Title", "", "", "", {"rows": list(texts)})


def test_the_page_holds_what_stands_on_the_pages_and_nothing_else() -> None:
    (page,) = glossary_page.build(series_for({}), [told("EDR"), told("and a SIEM")])
    columns: Any = page.body["columns"]
    assert [row["term"] for column in columns for row in column] == ["EDR", "SIEM"]
    assert page.title == "Two terms of this report in plain words"
    assert page.id == "glossary"


def test_without_a_term_there_is_no_page() -> None:
    assert glossary_page.build(series_for({}), [told("plain words")]) == ()


def test_all_terms_at_once_take_several_full_pages_and_none_is_lost() -> None:
    every = [term for term, _, _ in BUILT_IN]
    pages = glossary_page.build(series_for({}), [told(*every)])
    shown = [row["term"] for page in pages for column in page.body["columns"]  # type: ignore[attr-defined]
             for row in column]  # fmt: skip
    assert sorted(shown) == sorted(every)
    assert [page.id for page in pages] == [f"glossary-{at + 1}" for at in range(len(pages))]
    assert 2 <= len(pages) <= 4
    assert {page.template for page in pages} == {"glossary"}
    for page in pages:
        columns: Any = page.body["columns"]
        assert len(columns) <= glossary_page.COLUMNS
