"""Item 106: addressed, not applicable with a reason, or a marked gap; and what does not agree."""

from datetime import date
from typing import Any

import pytest

from board_report.errors import ProjectError
from board_report.governance.item_106 import cover
from board_report.governance.item_106_records import (
    Answer,
    Coverage,
    Covered,
    Disagreement,
    GapCode,
)
from board_report.governance.rules import load_rules, read_rules
from board_report.governance.statements import Fact, Statement, facts_from, statements_from
from board_report.tables.item_106 import SUB_ITEMS

ON = date(2026, 10, 6)
THIRD = "106(b)(1)(ii)"
EFFECTS = "106(b)(2)"
COMMITTEE = "106(c)(1) committee"


def statement(sub_item: str = THIRD, on: date | None = ON, **more: Any) -> Statement:
    given = {"id": "A-1", "position": 1, "text": "We do.", "role": "CISO", **more}
    return Statement(sub_item=sub_item, attested_on=on, **given)


def fact(answer: str, sub_item: str = THIRD, reason: str = "", on: date | None = ON) -> Fact:
    return Fact(sub_item, answer, reason, "GC", on)


def covered(*statements: Statement, facts: tuple[Fact, ...] = (), **more: Any) -> Coverage:
    return cover(
        load_rules(),
        statements,
        {each.sub_item: each for each in facts},
        **{"year_starts": date(2026, 1, 1), "drawn_on": date(2026, 10, 9), **more},
    )


def item(coverage: Coverage, sub_item: str = THIRD) -> Covered:
    return {each.sub_item.id: each for each in coverage.items}[sub_item]


def codes(coverage: Coverage, sub_item: str = THIRD) -> list[Disagreement]:
    return [each.code for each in coverage.findings if each.sub_item == sub_item]


# The rule data


def test_sub_items_are_those_of_the_tables_in_the_order_of_the_rule() -> None:
    assert tuple(each.id for each in load_rules().sub_items) == SUB_ITEMS


def test_every_heading_is_used_and_in_order() -> None:
    rules = load_rules()
    numbers = [heading.number for each in rules.sections for heading in each.headings]

    assert list(dict.fromkeys(each.heading for each in rules.sub_items)) == numbers


def test_six_flags_of_the_taxonomy() -> None:
    assert [each.id for each in load_rules().sub_items if each.flag] == [
        "106(b)(1)(i)",
        "106(b)(1)(ii)",
        "106(b)(1)(iii)",
        "106(b)(2)",
        "106(c)(2)(i) positions",
        "106(c)(2)(iii)",
    ]


def test_sub_item_without_a_heading_is_refused() -> None:
    text = """
checked_on = 2026-01-01
sources = []
forms = {}
sections = []
[[sub_items]]
id = "106(b)(1)"
paragraph = "(b)(1)"
heading = "9.9"
label = ""
asks = ""
requirement = ""
"""
    with pytest.raises(ValueError, match=r"no heading for 106\(b\)\(1\)"):
        read_rules(text)


def test_form_without_such_an_item_is_refused() -> None:
    with pytest.raises(ProjectError, match="10-K or 20-F") as caught:
        load_rules().form("40-F")

    assert caught.value.where == "report.toml: company.form"


# States


def test_nothing_on_file_is_a_gap_in_every_sub_item() -> None:
    coverage = covered()

    assert [each.answer for each in coverage.items] == [Answer.GAP] * 12
    assert (coverage.complete, coverage.gaps) == (0, 12)
    assert {gap.code for each in coverage.items for gap in each.gaps} == {GapCode.NO_STATEMENT}


def test_dated_statement_addresses_its_sub_item_and_no_other() -> None:
    coverage = covered(statement())

    assert item(coverage).answer is Answer.ADDRESSED
    assert item(coverage).attested == (("CISO", ON),)
    assert coverage.complete == 1


def test_statement_without_a_date_is_a_gap_and_does_not_count() -> None:
    found = item(covered(statement(on=None)))

    assert (found.answer, found.statements) == (Answer.GAP, ())
    assert [(gap.code, gap.role) for gap in found.gaps] == [(GapCode.NOT_DATED, "CISO")]


def test_partly_attested_keeps_what_is_attested_and_marks_the_rest() -> None:
    waiting = [statement(id=f"A-{n}", on=None, role=role) for n, role in ((2, "GC"), (3, "CTO"))]
    found = item(covered(statement(), *waiting, statement(id="A-4", on=None, role="GC")))

    assert found.answer is Answer.PARTLY
    assert not found.answer.is_complete
    assert [each.id for each in found.statements] == ["A-1"]
    assert [gap.sentence for gap in found.gaps] == [
        "A drafted statement waits to be attested (A-3), so nothing is claimed from it.",
        "2 drafted statements wait to be attested (A-2, A-4), so nothing is claimed from them.",
    ]


def test_attested_statement_that_cannot_be_printed_is_a_gap() -> None:
    found = item(covered(statement(withheld="it cites a figure without a value")))

    assert (found.answer, found.statements) == (Answer.GAP, ())
    assert found.gaps[0].code is GapCode.WITHHELD
    assert "A-1" in found.gaps[0].sentence


@pytest.mark.parametrize(
    ("given", "answer", "gaps"),
    [
        (fact("not_applicable", reason="None."), Answer.NOT_APPLICABLE, []),
        (fact("not_applicable"), Answer.GAP, [GapCode.NO_REASON]),
        (fact("not_applicable", reason="None.", on=None), Answer.GAP, [GapCode.NOT_DATED]),
        (fact("no"), Answer.GAP, [GapCode.NO_STATEMENT]),
        (fact("yes"), Answer.GAP, [GapCode.NO_STATEMENT]),
    ],
)
def test_fact_without_a_statement(given: Fact, answer: Answer, gaps: list[GapCode]) -> None:
    found = item(covered(facts=(given,)))

    assert found.answer is answer
    assert [gap.code for gap in found.gaps] == gaps


@pytest.mark.parametrize("sub_item", ["106(b)(1)", "106(b)(2)", "106(c)(1) oversight"])
def test_what_is_asked_of_everybody_is_never_not_applicable(sub_item: str) -> None:
    found = item(covered(facts=(fact("not_applicable", sub_item, "Small."),)), sub_item)

    assert [gap.code for gap in found.gaps] == [GapCode.ALWAYS_ASKED]


def test_reason_is_attested_by_the_officer_of_the_fact() -> None:
    found = item(covered(facts=(fact("not_applicable", reason="None."),)))

    assert found.attested == (("GC", ON),)


# Facts and text


def test_fact_and_text_that_agree_raise_nothing() -> None:
    assert codes(covered(statement(), facts=(fact("yes"),))) == []


@pytest.mark.parametrize(
    ("statements", "facts", "expected"),
    [
        ([statement()], (), [Disagreement.FACT_MISSING]),
        ([statement()], (fact("no"),), [Disagreement.NO_BUT_TEXT]),
        ([statement()], (fact("yes", on=None),), [Disagreement.FACT_NOT_DATED]),
        ([], (fact("yes"),), [Disagreement.YES_BUT_NO_TEXT]),
        ([statement(on=None)], (fact("yes"),), [Disagreement.YES_BUT_NO_TEXT]),
        (
            [statement()],
            (fact("not_applicable", reason="None."),),
            [Disagreement.NOT_APPLICABLE_BUT_TEXT],
        ),
    ],
)
def test_fact_and_text_that_do_not_agree(
    statements: list[Statement], facts: tuple[Fact, ...], expected: list[Disagreement]
) -> None:
    assert codes(covered(*statements, facts=facts)) == expected


def test_no_material_effect_is_told_in_words_as_well() -> None:
    coverage = covered(statement(EFFECTS), facts=(fact("no", EFFECTS),))

    assert codes(coverage, EFFECTS) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No risk has affected us or is reasonably likely to.", []),
        ("Risks haven’t affected us, nor are they reasonably likely to.", []),
        ("None has. An outage could affect us.", []),
        ("None has. An outage is Reasonably Likely to.", [Disagreement.NO_BUT_LIKELY]),
        (
            "An outage is reasonably likely to. It has not yet.",
            [Disagreement.NO_BUT_LIKELY],
        ),
    ],
)
def test_no_does_not_go_with_an_effect_that_is_likely(
    text: str, expected: list[Disagreement]
) -> None:
    said = statement(EFFECTS, text=text)

    assert codes(covered(said, facts=(fact("no", EFFECTS),)), EFFECTS) == expected
    assert codes(covered(said, facts=(fact("yes", EFFECTS),)), EFFECTS) == []


def test_sub_item_without_a_flag_needs_no_fact() -> None:
    assert codes(covered(statement("106(b)(1)")), "106(b)(1)") == []


# Dates and committee


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 12, 31), [Disagreement.BEFORE_THE_YEAR]),
        (date(2026, 1, 1), []),
        (date(2026, 10, 9), []),
        (date(2026, 10, 10), [Disagreement.AFTER_THE_DATA]),
    ],
)
def test_attestation_belongs_to_the_year_and_precedes_the_data(
    on: date, expected: list[Disagreement]
) -> None:
    assert codes(covered(statement(on=on), facts=(fact("yes"),))) == expected


@pytest.mark.parametrize(
    ("text", "committee", "expected"),
    [
        ("The RISK committee oversees.", "Risk Committee", []),
        ("The Audit Committee oversees.", "Risk Committee", [Disagreement.COMMITTEE_NOT_NAMED]),
        ("The Audit Committee oversees.", "", []),
    ],
)
def test_text_names_the_committee_of_the_calendar(
    text: str, committee: str, expected: list[Disagreement]
) -> None:
    coverage = covered(statement(COMMITTEE, text=text), committee=committee)

    assert codes(coverage, COMMITTEE) == expected


# Rows


def test_statements_are_ordered_by_position_and_their_blanks_tidied() -> None:
    rows = [
        {"attestation_id": "A-2", "position": 2, "statement": " two\n  lines "},
        {"attestation_id": "A-1", "position": 1, "statement": "one"},
    ]

    assert [(each.id, each.text) for each in statements_from(rows)] == [
        ("A-1", "one"),
        ("A-2", "two lines"),
    ]


def test_mark_that_reorders_text_is_dropped() -> None:
    row = {"statement": "in \u202e2026\u202c, \u2067so\u2069", "reason": "\u200fno"}

    assert statements_from([row])[0].text == "in 2026, so"
    assert facts_from([row])[""].reason == "no"


def test_facts_are_found_by_sub_item() -> None:
    rows = [{"sub_item": THIRD, "answer": "no", "attested_by_role": "GC", "attested_on": ON}]

    assert facts_from(rows) == {THIRD: Fact(THIRD, "no", "", "GC", ON)}
