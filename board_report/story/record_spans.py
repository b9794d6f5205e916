"""Tables whose records end before the quarter, or begin after it: nothing is known of it."""

from __future__ import annotations

from datetime import date

from board_report.metrics.freshness import lies_before
from board_report.model import State
from board_report.story import formats
from board_report.story.facts import BoardFacts

NOT_KNOWN = "this quarter is not known"


def ended_on(facts: BoardFacts, table: str) -> date | None:
    """Date of the last record of an export that seems to have stopped before the quarter began."""
    found = facts.tables[table]
    if not found.is_stale or found.records_to is None:
        return None
    return found.records_to if found.records_to < facts.window.first_day else None


def span_words(facts: BoardFacts, table: str) -> str:
    """``end on 30 Jan 2022`` or ``begin on 3 Feb 2025``; empty where the records tell something.

    Empty as well where so many were set aside that the figures are withheld: those may be later.
    """
    found, ended = facts.tables[table], ended_on(facts, table)
    if found.rejected_share > facts.project.max_rejected_share:
        return ""
    if ended:
        return f"end on {formats.day(ended)}"
    if found.records_from and lies_before(found, facts.window):
        return f"begin on {formats.day(found.records_from)}"
    return ""


def untold(facts: BoardFacts, table: str, records: str) -> str:
    """A title: ``Incident records end on 30 Jan 2022: this quarter is not known``; else empty.

    Args:
        facts: the report.
        table: whose records.
        records: what they are called at the start of a title.
    """
    words = span_words(facts, table)
    return f"{records} {words}: {NOT_KNOWN}" if words else ""


def what_to_export(facts: BoardFacts, table: str) -> str:
    """Which records are lacking; empty where the table tells something of the quarter."""
    if not span_words(facts, table):
        return ""
    if ended_on(facts, table):
        return f"Give an export that reaches {formats.day(facts.as_of)}."
    return "Give the records of the quarter too."


def why_zero_is_not_known(facts: BoardFacts, metric_id: str) -> str:
    """Why a figure of zero, or of nothing, does not say that there was none; empty where it does.

    A metric whose records ended so long ago that it is not measured says why by itself.
    """
    now = facts.now(metric_id)
    if now.value or now.state in (State.NOT_MEASURED, State.WITHHELD):
        return ""
    for table in facts.figures.spec(metric_id).tables:
        ended = ended_on(facts, table)
        if ended:
            return f"the records end on {formats.day(ended)}"
    return ""
