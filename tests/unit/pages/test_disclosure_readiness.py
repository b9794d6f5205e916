"""Disclosure readiness: parts attested, parts open, and what does not agree with the record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from board_report.model import State
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import disclosure_readiness
from tests.governance_data import ATTESTATIONS, FACTS, fact, tables
from tests.unit.pages.facts_for import sample_project
from tests.unit.pages.series_for import Value, series_for

UNDATED = "106(b)(1)(ii)"
"""The one sub-item of the company whose second statement nobody has attested yet."""
ATTESTED = tuple(each for each in ATTESTATIONS if each["attested_on"])


def page_of(given: dict[str, list[Value]] | None = None, **changes: Any) -> Page:
    project = {key: changes.pop(key) for key in ("company",) if key in changes}
    (page,) = disclosure_readiness.build(series_for(given or {}, some=tables(**changes), **project))
    assert len(page.title) <= LONGEST_TITLE
    return page


def without(sub_item: str) -> dict[str, Any]:
    """The company's rows without a sub-item's statements and fact."""
    return {
        "attestations": [each for each in ATTESTED if each["sub_item"] != sub_item],
        "item_106_facts": [each for each in FACTS if each["sub_item"] != sub_item],
    }


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"attestations": ATTESTED}, "Item 1C is attested in 12 of 12 parts; nothing is open"),
        (
            {},
            "Item 1C is attested in 11 of 12 parts; one part keeps the draft from being final",
        ),
        (
            without("106(c)(2)(ii)"),
            "Item 1C is attested in 11 of 12 parts; one part keeps the draft from being final",
        ),
        (
            {"attestations": [each for each in ATTESTATIONS
                              if each["sub_item"] != "106(c)(2)(ii)"]},
            "Item 1C is attested in 10 of 12 parts; two parts keep the draft from being final",
        ),
        # the record says no, and a statement says that they report
        (
            {"attestations": ATTESTED,
             "item_106_facts": [*FACTS[:-1], fact("106(c)(2)(iii)", "no")]},
            "Item 1C is attested in 12 of 12 parts; one point does not agree with the record",
        ),
        (
            {"attestations": [], "item_106_facts": []},
            "Item 1C is attested in 0 of 12 parts; twelve are open and six points do not agree "
            "with the record",
        ),
    ],
)  # fmt: skip
def test_title_counts_what_is_attested_and_what_is_open(
    changes: dict[str, Any], title: str
) -> None:
    assert page_of(**changes).title == title


def test_the_form_names_the_item() -> None:
    foreign = replace(sample_project().company, form="20-F")

    assert page_of(company=foreign, attestations=ATTESTED).title.startswith("Item 16K is attested")


def test_a_row_says_who_attested_and_what_is_missing() -> None:
    rows: Any = {row["asks"]: row for row in page_of().body["rows"]}  # type: ignore[attr-defined]
    partly = rows["Whether third parties are engaged"]

    assert (partly["status"], partly["word"], partly["by"]) == ("near", "Partly addressed", "CISO")
    assert "waits to be attested (A-06)" in partly["gap"]
    gone: Any = page_of(**without("106(c)(2)(ii)")).body["rows"]
    assert [(row["by"], row["on"], row["status"]) for row in gone if row["status"] == "off"] == [
        ("–", "–", "off")
    ]


def test_reviews_of_materiality_are_a_figure_none_or_not_measured() -> None:
    def shown(value: Value) -> str:
        reviews: Any = page_of({"materiality_reviews_open": [value]}).body["reviews"]
        return str(reviews[0]["value"])

    assert [shown(each) for each in (2.0, 0.0, State.NOTHING_HAPPENED, None)] == [
        "2", "0", "none", "not measured",
    ]  # fmt: skip


def test_a_whole_text_with_something_to_mend_is_not_called_done() -> None:
    first, *others = ATTESTED
    spoiled = {**first, "statement": f"{first['statement']} [TBD]"}
    page = page_of(attestations=[spoiled, *others])

    assert page.title == (
        "Item 1C is attested in 12 of 12 parts; a reader would object to one point of the text"
    )
    reviews: Any = page.body["reviews"]
    assert reviews[2] == {"label": "point in the text to mend (lint)", "value": "1"}


def test_a_draft_that_cannot_be_made_counts_nothing_of_its_text() -> None:
    first, *others = ATTESTED
    unknown = {**first, "statement": "{{ metric('no_such_figure') }}"}
    reviews: Any = page_of(attestations=[unknown, *others]).body["reviews"]

    assert reviews[2]["value"] == "not known:"
