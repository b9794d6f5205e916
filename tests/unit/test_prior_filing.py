"""What was filed is read back as filed, and its words stand for this year only when confirmed."""

from datetime import date
from typing import Any

import pytest

from board_report.governance.filing_text import drafted
from board_report.governance.item_106_records import Answer, Covered, GapCode
from board_report.governance.prior_filing import PriorFiling, prior_filing
from board_report.governance.prior_findings import PriorCode, prior_findings
from board_report.governance.statements import Fact
from board_report.model import Finding, Severity
from board_report.story.public import coverage_of, prior_of, public_context
from board_report.tables.item_106 import SUB_ITEMS
from tests.governance_data import (
    ATTESTATIONS,
    carrying,
    fact,
    filed,
    project,
    record,
    said,
    tables,
)

DRAWN = date(2026, 10, 9)
OVERSIGHT, EFFECTS, PROVIDERS = "106(c)(1) oversight", "106(b)(2)", "106(b)(1)(iii)"
WORDS = "Our board oversees these risks."


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as governance reads it."""
    return {**row, "filed_on": date.fromisoformat(row["filed_on"])}


def prior(*rows: dict[str, Any], year: int = 2026) -> PriorFiling | None:
    return prior_filing([plain(each) for each in rows], year=year, drawn_on=DRAWN)


def item(sub_item: str, **given: Any) -> Covered:
    coverage, _ = coverage_of(record(tables(**given)))
    return {each.sub_item.id: each for each in coverage.items}[sub_item]


def found(**given: Any) -> list[Finding]:
    return list(prior_findings(tables(**given), project()))


def codes(**given: Any) -> list[str]:
    return [each.code for each in found(**given)]


# The filing


def test_passages_stand_by_sub_item_and_position() -> None:
    read = prior(
        filed(EFFECTS, "No risk has.", 2, "no"),
        filed(OVERSIGHT, f"  {WORDS}\n"),
        filed(EFFECTS, "We were attacked.", 1),
    )

    assert read
    assert [each.sub_item for each in read.text.items] == [EFFECTS, OVERSIGHT]
    assert read.passages_of(EFFECTS) == ("We were attacked.", "No risk has.")
    assert read.text.item(EFFECTS).answer is False
    assert read.text.item(OVERSIGHT).text == WORDS
    assert (read.text.form, read.text.filed_on, read.year) == ("10-K", date(2026, 2, 20), 2025)


def test_last_filing_before_the_year_counts() -> None:
    rows = (
        filed(OVERSIGHT, "Of 2024.", fiscal_year=2024, filed_on="2025-02-20"),
        filed(OVERSIGHT, "Of 2025."),
        filed(OVERSIGHT, "Of 2026.", fiscal_year=2026, filed_on="2026-10-01"),
    )

    for year, text in ((2025, "Of 2024."), (2026, "Of 2025."), (2027, "Of 2026.")):
        read = prior(*rows, year=year)
        assert read
        assert read.passages_of(OVERSIGHT) == (text,)
    assert prior(*rows, year=2024) is None


def test_of_two_filings_the_amendment_counts_and_it_is_said() -> None:
    rows = (filed(OVERSIGHT, "First."), filed(OVERSIGHT, "Amended.", filed_on="2026-03-02"))

    read = prior(*rows)

    assert read
    assert read.passages_of(OVERSIGHT) == ("Amended.",)
    [told] = [each for each in found(prior_disclosure=rows) if each.code == PriorCode.TWO_FILINGS]
    assert (told.severity, told.line) == (Severity.ERROR, 2)
    assert "2026-02-20 and one of 2026-03-02" in told.reason


def test_filing_of_tomorrow_does_not_count_and_it_is_said() -> None:
    row = filed(OVERSIGHT, WORDS, filed_on="2026-10-10")

    assert prior(row) is None
    assert codes(prior_disclosure=[row]) == [PriorCode.FILED_LATER]


def test_filing_before_its_year_had_ended_is_said() -> None:
    row = filed(OVERSIGHT, WORDS, filed_on="2025-12-31")

    assert PriorCode.FILED_EARLY in codes(prior_disclosure=[row])


def test_answers_of_one_sub_item_that_differ_are_said() -> None:
    rows = [filed(EFFECTS, "A.", 1, "no"), filed(EFFECTS, "B.", 2, "yes")]

    [told] = [
        each for each in found(prior_disclosure=rows) if each.code == PriorCode.ANSWERS_DIFFER
    ]

    assert (told.line, told.column, told.value) == (3, "answer", "yes")
    assert "is no in line 2 and yes here" in told.reason


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ("no", "yes", True), ("yes", "no", True), ("yes", "not_applicable", True),
        ("no", "no", False), ("yes", "yes", False), ("", "yes", False),
    ],
)  # fmt: skip
def test_fact_has_changed_only_where_both_are_known(before: str, now: str, changed: bool) -> None:
    read = prior(filed(EFFECTS, "A.", 1, before))

    assert read
    assert read.has_changed(EFFECTS, Fact(EFFECTS, now, "", "GC", None)) is changed
    assert read.has_changed(EFFECTS, None) is False


# Carried forward


def test_words_nobody_attested_are_shown_and_not_claimed() -> None:
    given = {
        "attestations": [],
        "item_106_facts": [fact(PROVIDERS, "yes")],
        "prior_disclosure": [filed(PROVIDERS, "We assess.", 1, "yes"), filed(PROVIDERS, "Too.", 2)],
    }

    covered = item(PROVIDERS, **given)

    assert covered.answer is Answer.GAP
    assert covered.statements == ()
    [gap] = covered.gaps
    assert (gap.code, gap.role, gap.carried) == (
        GapCode.CARRIED_FORWARD, "CISO", ("We assess.", "Too."),
    )  # fmt: skip
    coverage, _ = coverage_of(record(tables(**given)))
    assert not any(drafted(coverage.items, fiscal_year=2026, form="10-K").said())
    assert not public_context(record(tables(**given))).is_complete
    [told] = found(**given)
    assert told.code == PriorCode.OPEN
    assert "have CISO confirm them by a row for each of 2" in told.mend
    assert "position 1 and 2, carried_from 2025" in told.mend


def test_confirmed_words_are_those_of_that_position_attested_anew() -> None:
    given = {
        "attestations": [carrying(2, OVERSIGHT, "CHAIR", "2026-10-08")],
        "prior_disclosure": [filed(OVERSIGHT, "Other.", 1), filed(OVERSIGHT, WORDS, 2)],
    }

    covered = item(OVERSIGHT, **given)

    assert covered.answer is Answer.ADDRESSED
    [statement] = covered.statements
    assert (statement.text, statement.role) == (WORDS, "CHAIR")
    assert statement.attested_on == date(2026, 10, 8)
    made = public_context(record(tables(**given)))
    [paragraph] = [
        each
        for section in made.sections
        for heading in section.headings
        for entry in heading.entries
        for each in entry.paragraphs
    ]
    assert (paragraph.text, paragraph.ids) == (WORDS, "A-02, as filed for 2025")
    assert codes(**given) == []


def test_confirmation_without_a_date_waits_with_the_words() -> None:
    given = {
        "attestations": [carrying(1, OVERSIGHT, "CHAIR", None)],
        "prior_disclosure": [filed(OVERSIGHT, WORDS)],
    }

    [gap] = item(OVERSIGHT, **given).gaps

    assert (gap.code, gap.role, gap.carried) == (GapCode.NOT_DATED, "CHAIR", (WORDS,))


@pytest.mark.parametrize(
    ("row", "filings", "reason"),
    [
        (carrying(1, OVERSIGHT, "CHAIR", "2026-10-08"), [], "no filing for fiscal year 2025"),
        (carrying(1, OVERSIGHT, "CHAIR", "2026-10-08", 2024), [filed(OVERSIGHT, WORDS)],
         "fiscal year 2024, and the last filing is for 2025"),
        (carrying(3, OVERSIGHT, "CHAIR", "2026-10-08"), [filed(OVERSIGHT, WORDS)],
         "has no passage 3 here"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_carried(
    row: dict[str, Any], filings: list[dict[str, Any]], reason: str
) -> None:
    given = {"attestations": [row], "prior_disclosure": filings}

    covered = item(OVERSIGHT, **given)

    assert covered.statements == ()
    assert [gap.code for gap in covered.gaps] == [GapCode.WITHHELD]
    assert reason in covered.gaps[0].sentence
    [told] = [each for each in found(**given) if each.code == PriorCode.NOT_CARRIED]
    assert (told.severity, told.table, told.line) == (Severity.ERROR, "attestations", 2)
    assert reason in told.reason


def test_fact_that_changed_forbids_it() -> None:
    given = {
        "attestations": [carrying(1, EFFECTS, "GC", "2026-10-08")],
        "item_106_facts": [fact(EFFECTS, "yes", "GC")],
        "prior_disclosure": [filed(EFFECTS, "No risk has affected us.", 1, "no")],
    }

    covered = item(EFFECTS, **given)

    assert (covered.answer, covered.statements) == (Answer.GAP, ())
    assert "the fact was “no” for fiscal year 2025 and is “yes” now" in covered.gaps[0].sentence
    assert codes(**given) == [PriorCode.FACT_CHANGED]


def test_fact_that_changed_leaves_no_words_in_the_gap() -> None:
    given = {
        "attestations": [],
        "item_106_facts": [fact(EFFECTS, "yes", "GC")],
        "prior_disclosure": [filed(EFFECTS, "No risk has affected us.", 1, "no")],
    }

    [gap] = item(EFFECTS, **given).gaps

    assert (gap.code, gap.carried) == (GapCode.NO_STATEMENT, ())
    assert codes(**given) == [PriorCode.OPEN_CHANGED]


def test_not_applicable_needs_no_words_of_last_year() -> None:
    given = {
        "attestations": [],
        "item_106_facts": [fact("106(c)(1) committee", "not_applicable", reason="The board does.")],
        "prior_disclosure": [filed("106(c)(1) committee", WORDS)],
    }

    assert item("106(c)(1) committee", **given).answer is Answer.NOT_APPLICABLE
    assert codes(**given) == []


def test_braces_in_what_was_filed_are_words() -> None:
    given = {
        "attestations": [carrying(1, OVERSIGHT, "CHAIR", "2026-10-08")],
        "prior_disclosure": [filed(OVERSIGHT, "We use {{ metric('mttd') }} as filed.")],
    }

    assert item(OVERSIGHT, **given).statements[0].text == "We use {{ metric('mttd') }} as filed."


def test_without_a_filing_nothing_is_different() -> None:
    assert prior_of(record()) is None
    assert codes() == []
    assert {gap.code for name in SUB_ITEMS for gap in item(name, attestations=[]).gaps} == {
        GapCode.NO_STATEMENT
    }


def test_own_words_are_not_touched() -> None:
    given = {
        "attestations": [said(1, OVERSIGHT, "CHAIR", "2026-10-08", "New words.")],
        "prior_disclosure": [filed(OVERSIGHT, WORDS)],
    }

    assert [each.text for each in item(OVERSIGHT, **given).statements] == ["New words."]
    assert len(ATTESTATIONS) > 1
