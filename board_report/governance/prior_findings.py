"""What is wrong with filings as they are on record, and with what is carried forward from one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.governance.carry_forward import carried, was_and_is
from board_report.governance.prior_filing import TABLE, PriorFiling, prior_filing, year_of
from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.governance.rules import load_rules
from board_report.governance.statements import NOT_APPLICABLE, Fact, facts_from, statements_from
from board_report.model import Finding, Severity
from board_report.period import Quarter
from board_report.sources.faults import Explanation, explained
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, TableSet

if TYPE_CHECKING:
    from board_report.project import Project

_HOW = (
    "Where they still hold, have {role} confirm them by {count} in governance/attestations.csv: "
    "sub_item {sub_item}, position {positions}, carried_from {year}, an empty statement, the "
    "role and the date."
)


class PriorCode(StrEnum):
    """What is wrong with a filing on record, or with what is to be carried forward."""

    TWO_FILINGS = "prior_two_filings"
    FILED_LATER = "prior_filed_later"
    FILED_EARLY = "prior_filed_early"
    ANSWERS_DIFFER = "prior_answers_differ"
    NOT_CARRIED = "carried_not_found"
    FACT_CHANGED = "carried_fact_changed"
    OPEN = "carried_not_attested"
    OPEN_CHANGED = "carried_not_possible"


PRIOR_FAULTS: dict[PriorCode, Explanation] = {
    PriorCode.TWO_FILINGS: Explanation(
        Severity.ERROR,
        "Two filings are on record for one fiscal year; the one filed last counts.",
        "fiscal year {year} has a filing of {first} and one of {last}; the one of {last} counts.",
        "Keep the rows of the filing that stands, and remove the others.",
    ),
    PriorCode.FILED_LATER: Explanation(
        Severity.ERROR,
        "A filing is dated after the data were drawn; it does not count.",
        "it is dated {filed}, and the data were drawn on {drawn}: it does not count.",
        "Correct filed_on, or frozen_on in report.toml.",
    ),
    PriorCode.FILED_EARLY: Explanation(
        Severity.ERROR,
        "A filing is dated before its fiscal year had ended.",
        "it is dated {filed}, and fiscal year {year} ended on {ended}.",
        "Correct filed_on, or the fiscal year.",
    ),
    PriorCode.ANSWERS_DIFFER: Explanation(
        Severity.ERROR,
        "The rows of one sub-item give its fact differently; the first counts.",
        "the fact of {sub_item} is {first} in line {line_of_first} and {value} here.",
        "Give the answer that was filed, once.",
    ),
    PriorCode.NOT_CARRIED: Explanation(
        Severity.ERROR,
        "An attestation carries forward words that no filing on record has; nothing is printed.",
        "{id} is left out: {why}.",
        "Correct carried_from, the sub-item or the position, or give it words of its own.",
    ),
    PriorCode.FACT_CHANGED: Explanation(
        Severity.ERROR,
        "An attestation carries forward words whose fact has changed since; nothing is printed.",
        "{id} is left out: {why}.",
        "Give it a statement of its own and empty carried_from, or correct the fact.",
    ),
    PriorCode.OPEN: Explanation(
        Severity.NOTE,
        "Last year's words stand in the draft as carried forward, and nobody attested them.",
        "{sub_item} is as it was filed for fiscal year {year}, and nobody attested it this year: "
        "nothing is claimed by it.",
        _HOW,
    ),
    PriorCode.OPEN_CHANGED: Explanation(
        Severity.WARNING,
        "A sub-item has no attestation, and last year's words cannot stand for one.",
        "{sub_item} has no attestation, and last year's words do not carry forward, as {why}.",
        "Have what is true now attested in governance/attestations.csv.",
    ),
}


def prior_findings(tables: TableSet, project: Project) -> tuple[Finding, ...]:
    """Findings about filings on record and what is carried forward from the last one.

    Args:
        tables: with ``prior_disclosure``, ``attestations`` and ``item_106_facts``.
        project: for the fiscal year that is drafted and the day on which the data were drawn.
    """
    rows = plain_rows(tables.frame(TABLE))
    said = plain_rows(tables.frame("attestations"))
    facts = facts_from(plain_rows(tables.frame("item_106_facts")))
    prior = prior_filing(rows, year=project.quarter.year, drawn_on=project.frozen_on)
    return (
        *_two_filings(rows, project.frozen_on),
        *(found for row in _first_of_each(rows) for found in _dates(row, project)),
        *_answers(rows),
        *(found for row in said for found in _carried(row, prior, facts)),
        *(_open(rows, said, prior, facts) if prior else ()),
    )


def _told(
    code: PriorCode, row: Row, column: str = "", table: str = TABLE, **facts: object
) -> Finding:
    line = row.get(LINE_COLUMN)
    return explained(
        PRIOR_FAULTS[code],
        code,
        facts,
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
        column=column,
        value=text_of(row, column) if column else "",
        table=table,
    )


def _first_of_each(rows: Iterable[Row]) -> list[Row]:
    """The first row of each filing, by fiscal year and date."""
    found: dict[tuple[int, date | None], Row] = {}
    for row in rows:
        found.setdefault((year_of(row), day_of(row, "filed_on")), row)
    return [found[key] for key in sorted(found, key=str)]


def _two_filings(rows: Sequence[Row], drawn_on: date) -> Iterator[Finding]:
    by_year: dict[int, list[Row]] = {}
    for row in _first_of_each(rows):
        filed = day_of(row, "filed_on")
        if filed and filed <= drawn_on:
            by_year.setdefault(year_of(row), []).append(row)
    for year, several in by_year.items():
        for earlier in several[:-1]:
            first, last = day_of(earlier, "filed_on"), day_of(several[-1], "filed_on")
            yield _told(
                PriorCode.TWO_FILINGS, earlier, "filed_on", year=year, first=first, last=last
            )


def _dates(row: Row, project: Project) -> Iterator[Finding]:
    filed, year = day_of(row, "filed_on"), year_of(row)
    if filed is None:
        return
    ended = project.calendar.last_day(Quarter(year, 4))
    if filed > project.frozen_on:
        drawn = project.frozen_on
        yield _told(PriorCode.FILED_LATER, row, "filed_on", filed=filed, drawn=drawn)
    elif filed <= ended:
        yield _told(PriorCode.FILED_EARLY, row, "filed_on", filed=filed, year=year, ended=ended)


def _answers(rows: Iterable[Row]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        if not text_of(row, "answer"):
            continue
        key = (year_of(row), day_of(row, "filed_on"), text_of(row, "sub_item"))
        before = first.setdefault(key, row)
        if text_of(before, "answer") != text_of(row, "answer"):
            yield _told(
                PriorCode.ANSWERS_DIFFER,
                row,
                "answer",
                sub_item=text_of(row, "sub_item"),
                first=text_of(before, "answer"),
                line_of_first=before.get(LINE_COLUMN),
            )


def _carried(row: Row, prior: PriorFiling | None, facts: dict[str, Fact]) -> Iterator[Finding]:
    """What keeps an attestation from carrying anything forward."""
    [statement] = statements_from([row])
    fact = facts.get(statement.sub_item)
    why = carried(statement, prior, fact).withheld
    if why:
        changed = (
            prior is not None
            and prior.year == statement.carried_from
            and (statement.sub_item, statement.position) in prior.passages
        )
        code = PriorCode.FACT_CHANGED if changed else PriorCode.NOT_CARRIED
        yield _told(code, row, "carried_from", "attestations", id=statement.id, why=why)


def _open(
    rows: Sequence[Row], said: Sequence[Row], prior: PriorFiling, facts: dict[str, Fact]
) -> Iterator[Finding]:
    """The sub-items of which last year's filing spoke and of which nothing is on file now."""
    answered = {text_of(row, "sub_item") for row in said}
    for name in (each.id for each in load_rules().sub_items):
        fact = facts.get(name)
        if name in answered or not prior.passages_of(name):
            continue
        if fact and fact.answer == NOT_APPLICABLE:
            continue
        row = _row_of(rows, prior, name)
        if prior.has_changed(name, fact):
            yield _told(PriorCode.OPEN_CHANGED, row, sub_item=name, why=was_and_is(prior, fact))
            continue
        positions = [str(position) for place, position in prior.passages if place == name]
        yield _told(
            PriorCode.OPEN,
            row,
            sub_item=name,
            year=prior.year,
            role=fact.role if fact and fact.role else "an officer",
            count="one row" if len(positions) == 1 else f"a row for each of {len(positions)}",
            positions=" and ".join(positions),
        )


def _row_of(rows: Sequence[Row], prior: PriorFiling, sub_item: str) -> Row:
    """The first row of a sub-item in the filing that counts."""
    return next(
        row
        for row in rows
        if (year_of(row), day_of(row, "filed_on")) == (prior.year, prior.text.filed_on)
        and text_of(row, "sub_item") == sub_item
    )
