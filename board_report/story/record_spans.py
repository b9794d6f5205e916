"""Tables whose records end before the quarter, or begin after it: nothing is known of it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from board_report.metrics.freshness import days_of, lies_before
from board_report.model import State
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.typeset import lines_needed

_WEEK, _YEAR = 7, 366
_LINE = (864.0, 12.0)
"""Width of the line under a title and size of its letters, in points."""
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


def part_words(facts: BoardFacts, table: str) -> str:
    """``Records from 29 Feb to 2 Mar.`` where they begin or end inside the quarter; else empty.

    They end inside it where they are silent for a week or longer at its end, and longer than they
    were between any two of their days in the year before.
    """
    found, window = facts.tables[table], facts.window
    first, last = found.records_from, found.records_to
    if first is None or last is None or span_words(facts, table):
        return ""
    begins = window.first_day < first
    ends = window.first_day <= last and _is_silence(facts, table, (window.cutoff_day - last).days)
    if begins and ends:
        return f"Records from {formats.day_short(first)} to {formats.day_short(last)}."
    if begins:
        return f"Records from {formats.day_short(first)} on."
    return f"Records up to {formats.day_short(last)}." if ends else ""


def that_fits(*contexts: str) -> str:
    """The first of several lines under a title that one line holds; else the last."""
    return next((each for each in contexts if lines_needed(each, *_LINE) == 1), contexts[-1])


def _is_silence(facts: BoardFacts, table: str, length: int) -> bool:
    if length < _WEEK:
        return False
    cutoff, zone = facts.window.cutoff_day, facts.project.calendar.time_zone
    days = sorted({day for day in days_of(facts.tables[table], zone) if day <= cutoff})
    recent = [day for day in days if (cutoff - day).days <= _YEAR]
    return length > max(((b - a).days for a, b in pairwise(recent)), default=0)


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
