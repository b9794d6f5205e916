"""What of the disclosure's record does not agree, as findings at the line where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from board_report.governance.committees import is_board
from board_report.governance.item_106_records import CoverageFinding, Disagreement
from board_report.governance.rows import Row, plain_rows, text_of
from board_report.model import Finding
from board_report.sources.faults import Explanation, explained, warning
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, TableSet

STATEMENTS, FACTS = "attestations", "item_106_facts"
COMMITTEE_UNKNOWN = "committee_unknown"
_SAYS = "{sub_item}: {sentence}"
_ABOUT_FACTS = frozenset((Disagreement.FACT_MISSING, Disagreement.FACT_NOT_DATED))
"""What is mended in the table of facts; the rest in that of the statements."""

ITEM_106_FAULTS: dict[str, Explanation] = {
    f"item_106_{Disagreement.FACT_MISSING}": warning(
        "A sub-item that is tagged has no yes-or-no fact.",
        _SAYS,
        "Have the answer attested in governance/item_106_facts.csv.",
    ),
    f"item_106_{Disagreement.FACT_NOT_DATED}": warning(
        "A yes-or-no fact is on file and nobody attested it.",
        _SAYS,
        "Have it attested, with the date.",
    ),
    f"item_106_{Disagreement.NO_BUT_TEXT}": warning(
        "A fact says no, and a statement stands in the text.",
        _SAYS,
        "Correct the fact, or take the statement out.",
    ),
    f"item_106_{Disagreement.NO_BUT_LIKELY}": warning(
        "The fact of material effects says no, and a sentence calls one reasonably likely.",
        _SAYS,
        "Correct the fact or the sentence; the fact covers what is reasonably likely.",
    ),
    f"item_106_{Disagreement.YES_BUT_NO_TEXT}": warning(
        "A fact says yes, and no attested statement says it.",
        _SAYS,
        "Have a statement attested, or correct the fact.",
    ),
    f"item_106_{Disagreement.NOT_APPLICABLE_BUT_TEXT}": warning(
        "A fact says not applicable, and a statement stands in the text.",
        _SAYS,
        "Correct the fact, or take the statement out.",
    ),
    f"item_106_{Disagreement.BEFORE_THE_YEAR}": warning(
        "Something was attested before the fiscal year began.",
        _SAYS,
        "Have it attested for this year.",
    ),
    f"item_106_{Disagreement.AFTER_THE_DATA}": warning(
        "Something is dated after the data were drawn.",
        _SAYS,
        "Correct the date, or frozen_on in report.toml.",
    ),
    f"item_106_{Disagreement.COMMITTEE_NOT_NAMED}": warning(
        "The text does not name the committee that the calendar shows.",
        _SAYS,
        "Name the committee as the calendar has it, or correct the calendar.",
    ),
    f"item_106_{Disagreement.REPORTING_LINE}": warning(
        "The text gives a reporting line that is not the one on record.",
        _SAYS,
        "Correct the sentence, or governance/people.csv.",
    ),
    COMMITTEE_UNKNOWN: warning(
        "The committee of report.toml is none that the calendar has.",
        "no meeting of it is on the calendar, which has {known}.",
        "Write its name as the calendar has it, or give its meetings.",
    ),
}


def item_106_findings(
    disagreements: Iterable[CoverageFinding], tables: TableSet
) -> tuple[Finding, ...]:
    """Each disagreement at the first row of its sub-item.

    Args:
        disagreements: as the coverage has them.
        tables: with ``attestations`` and ``item_106_facts``, for the places.
    """
    places = {name: _places(tables, name) for name in (STATEMENTS, FACTS)}
    return tuple(_finding(each, places) for each in disagreements)


def _places(tables: TableSet, name: str) -> dict[str, Row]:
    """The first row of each sub-item."""
    found: dict[str, Row] = {}
    for row in plain_rows(tables.frame(name), ("sub_item", SOURCE_COLUMN, LINE_COLUMN)):
        found.setdefault(text_of(row, "sub_item"), row)
    return found


def _finding(each: CoverageFinding, places: Mapping[str, Mapping[str, Row]]) -> Finding:
    wanted, other = (STATEMENTS, FACTS)
    if each.code in _ABOUT_FACTS or each.sub_item not in places[STATEMENTS]:
        wanted, other = FACTS, STATEMENTS
    table = wanted if each.sub_item in places[wanted] else other
    row = places[table].get(each.sub_item, {})
    line = row.get(LINE_COLUMN)
    return explained(
        ITEM_106_FAULTS[f"item_106_{each.code}"],
        f"item_106_{each.code}",
        {"sub_item": each.sub_item, "sentence": each.sentence},
        file=text_of(row, SOURCE_COLUMN) or f"governance/{wanted}.csv",
        line=line if isinstance(line, int) else 0,
        column="sub_item" if row else "",
        value=each.sub_item if row else "",
        table=table if row else wanted,
    )


def committee_findings(committee: str, tables: TableSet) -> Iterator[Finding]:
    """Whether the committee of ``report.toml`` is one that meets.

    Args:
        committee: as ``report.toml`` names it; empty where it names none.
        tables: with ``committee_calendar``; nothing is said where it is empty.
    """
    known = dict.fromkeys(
        text_of(row, "committee")
        for row in plain_rows(tables.frame("committee_calendar"), ("committee",))
    )
    if not committee or is_board(committee) or not known:
        return
    if committee.casefold() in map(str.casefold, known):
        return
    yield explained(
        ITEM_106_FAULTS[COMMITTEE_UNKNOWN],
        COMMITTEE_UNKNOWN,
        {"known": ", ".join(known)},
        file="report.toml",
        column="company.board_committee",
        value=committee,
    )
